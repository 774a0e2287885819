// The button of a multilingual channel: the card of a pulse for one member, in their language.
import { expect, test } from 'vitest';
import { buttonsOf, cardOf, textOf } from '../../support/harness.js';
import { asked, scene, toldIn } from './scene.js';

const line = 'closes 3d "Shall we?" "Yes" "No"';

async function multilingual(language = 'en') {
  const bot = await scene();
  await bot.call('root', 'rapporteur.set', { language, multilingual: 'yes' });
  return bot;
}

test('the card shows itself to the presser alone, in their language, and can be answered there', async () => {
  const bot = await multilingual();
  const pulse = await asked(bot, line);
  const read = await pulse.press('bob', '🌐 Translate', { locale: 'ar' });
  expect(read.kind).toBe('say');
  const card = cardOf(read);
  expect(card.locale).toBe('ar');
  expect(textOf(card)).toContain('استطلاع غير رسمي');
  expect(textOf(card)).toContain('Shall we?');
  expect(buttonsOf(card).map(({ label }) => label)).not.toContain('🌐 ترجمة');
  const [yes] = buttonsOf(card);
  const receipt = await bot.press('bob', card, yes?.label ?? '', { locale: 'ar' });
  expect(toldIn(receipt)).toContain('إجابتكم');
  await pulse.says('1 person has answered.');
  expect(pulse.card().locale).toBe('en');
});

test('the card keeps its button as it is drawn anew, and when it is closed', async () => {
  const bot = await multilingual('fr');
  const pulse = await asked(bot, line);
  await pulse.press('bob', '1. Yes');
  await pulse.says('1 personne a répondu.');
  expect(buttonsOf(pulse.card()).map(({ label }) => label)).toContain('🌐 Traduire');
  await bot.sleepUntil('2026-03-04T12:01:00Z');
  await pulse.says('clos');
  expect(buttonsOf(pulse.card()).map(({ label }) => label)).toEqual(['🌐 Traduire']);
  const read = await bot.press('bob', pulse.card(), '🌐 Traduire', { locale: 'ru' });
  expect(textOf(cardOf(read))).toContain('Неформальный опрос, закрыт');
});

test('a channel of one language has no such button', async () => {
  const bot = await scene();
  const pulse = await asked(bot, line);
  expect(JSON.stringify(pulse.card())).not.toContain('pulse.translate');
});

test('who sees none of its channels is told of nothing', async () => {
  const bot = await multilingual();
  const pulse = await asked(bot, line);
  const answer = await bot.call('stranger', 'pulse.translate', { id: pulse.id }, { channel: 'board' });
  expect(textOf(cardOf(answer))).toContain('There is nothing under that ID here.');
});
