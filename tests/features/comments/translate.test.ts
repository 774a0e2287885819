// The button of a multilingual channel below a reminder.
import { expect, test } from 'vitest';
import { renderCard } from '../../../adapters/discord/render.js';
import { locales } from '../../../src/core/locale.js';
import { buttonsOf, cardOf, textOf } from '../../support/harness.js';
import { type Stage, stage } from './stage.js';

const at = (name: string): string => `https://www.icann.org/en/public-comment/proceeding/${name}-20-02-2026`;
const wishes = { days: '7,closes', hour: '9', zone: 'UTC', category: '', words: '' };

/** A channel that follows, and has been reminded of so many proceedings at once. */
async function reminded(count: number, settings: Record<string, string>): Promise<Stage> {
  const bot = stage({ now: '2026-03-01T12:00:00Z' });
  await bot.call('root', 'rapporteur.set', settings);
  for (let n = 1; n <= count; n += 1)
    await bot.call('sam', 'comments.added', { address: at(`name-${n}`), title: `Names ${n}`, closing: '2026-04-12' });
  await bot.call('sam', 'comments.followed', wishes);
  await bot.sleepUntil('2026-04-05T10:00:00Z');
  return bot;
}

const posted = (bot: Stage) => bot.seen.map(({ card }) => card).find(({ title }) => title !== undefined);

test('the reminder is told to the presser alone, in their language, with what it was about', async () => {
  const bot = await reminded(1, { language: 'en', multilingual: 'yes' });
  const card = posted(bot);
  if (!card) throw new Error('no reminder');
  const before = bot.seen.length;
  const read = await bot.press('alice', card, '🌐 Translate', { locale: 'zh-CN' });
  expect(read.kind).toBe('say');
  expect(textOf(cardOf(read))).toContain('公共评议：截止日期临近');
  expect(textOf(cardOf(read))).toContain('Names 1');
  expect(bot.seen).toHaveLength(before);
});

test('each of several has its own, and the post is still one message on Discord in every language', async () => {
  for (const language of locales) {
    const bot = await reminded(5, { language, multilingual: 'yes' });
    const card = posted(bot);
    if (!card) throw new Error('no reminder');
    const translate = buttonsOf(card).filter(({ target }) => target.to === 'comments.translate');
    expect(new Set(translate.map(({ target }) => target.args.id)).size).toBe(5);
    expect(new Set(translate.map(({ label }) => label)).size).toBe(5);
    expect(renderCard(card).flatMap(({ components }) => components ?? []).length).toBeLessThanOrEqual(5);
  }
});

test('a channel of one language has no such button', async () => {
  const bot = await reminded(1, { language: 'en' });
  expect(JSON.stringify(posted(bot))).not.toContain('comments.translate');
});
