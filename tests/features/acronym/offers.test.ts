// What is offered to be chosen: near misses and further hits on buttons.
import { describe, expect, test } from 'vitest';
import { buttonsOf, cardOf, harness, textOf } from '../../support/harness.js';

const explained = (text: string) => text.match(/^.+(?= — )/gm);

describe('a near miss', () => {
  const asked = async (line: string) => {
    const bot = await harness();
    const card = cardOf(await bot.type('alice', line));
    return { bot, card, labels: buttonsOf(card).map(({ label }) => label) };
  };

  test('that is pressed is told beside what was found, which stays', async () => {
    const { bot, card, labels } = await asked('/acronym PDP, GNSSO, ALACC');
    for (const acronym of ['GNSO', 'ALAC']) {
      const label = labels.find((one) => one.startsWith(`${acronym}: `)) ?? '';
      const answer = await bot.press('alice', card, label);
      expect(answer.kind).toBe('say');
      expect(explained(textOf(cardOf(answer)))).toEqual([acronym]);
    }
    await bot.press('alice', card, 'Share');
    expect(explained(textOf(bot.platform.messages[0]?.card ?? card))).toEqual(['PDP']);
  });

  test('is told in the language that was asked for, and shared by its own button', async () => {
    const { bot, card, labels } = await asked('/acronym GACC in fr');
    const told = cardOf(await bot.press('alice', card, labels.find((one) => one.startsWith('GAC: ')) ?? ''));
    expect(textOf(told)).toContain('Comité consultatif gouvernemental');
    await bot.press('alice', told, 'Share');
    expect(textOf(bot.platform.messages[0]?.card ?? card)).toContain('Comité consultatif gouvernemental');
  });
});
