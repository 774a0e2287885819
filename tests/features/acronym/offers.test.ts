// What is offered to be chosen: near misses and further hits on buttons, completions as one types.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buttonsOf, cardOf, type Harness, harness, textOf } from '../../support/harness.js';

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

describe('completion', () => {
  const suggested = (bot: Harness, term: string) => {
    const by = { platform: 'fake', space: 'S1', person: 'alice' };
    return bot.core.suggest(
      { to: 'acronym.explain', args: { term }, by, place: { ...by, channel: 'general' } },
      'term',
    );
  };

  test.each([
    ['GN', 'GNSO', 'GNSO: Generic Names'],
    ['PDP, GN', 'PDP, GNSO', 'PDP, GNSO: Generic Names'],
    ['PDP,GN', 'PDP,GNSO', 'PDP,GNSO: Generic Names'],
    ['PDP、EPDP；GN', 'PDP、EPDP；GNSO', 'PDP、EPDP；GNSO: Generic Names'],
    ['PDP, policy devel', 'PDP, PDP', 'PDP, PDP: Policy Development'],
    [`${'PDP, '.repeat(12)}GN`, `${'PDP, '.repeat(12)}GNSO`, '… GNSO: Generic Names'],
  ])('is of the last term, and keeps those before it: %s', async (typed, value, label) => {
    const choices = await suggested(await harness(), typed);
    expect(choices.find((one) => one.value === value)?.label).toContain(label);
  });

  test('whatever stands before, the choices are those of the last term alone', async () => {
    const bot = await harness();
    const alone = await suggested(bot, 'gn');
    const before = fc.array(fc.tuple(fc.string(), fc.constantFrom(', ', '،', '; ')), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(before, async (some) => {
        const typed = some.flat().join('').replaceAll('\0', '');
        const choices = await suggested(bot, `${typed}gn`);
        expect(choices.map(({ value }) => value)).toEqual(alone.map(({ value }) => `${typed}${value}`));
      }),
      { numRuns: 50 },
    );
  });
});
