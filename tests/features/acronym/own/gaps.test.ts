// What is looked for and not found: counted without names, turned into entries.
import { describe, expect, test } from 'vitest';
import { stale } from '../../../../src/features/acronym/own/gap.js';
import { buttonsOf, cardOf, textOf } from '../../../support/harness.js';
import { addEntry, formOf, fromElsewhere, lookUp, stage, submit } from './stage.js';

describe('gaps', () => {
  test('come with how often they were looked for, the most wanted first, and without names', async () => {
    const bot = await stage();
    for (const [person, term] of [
      ['alice', 'XONE'],
      ['alice', 'XTWO'],
      ['bob', 'xtwo'],
    ] as const)
      await bot.type(person, `/acronym ${term}`);
    await bot.type('alice', '/acronym PDP');
    const text = textOf(cardOf(await bot.type('sam', '/glossary gaps')));
    expect(text).toMatch(/XTWO — looked for 2 times\nXONE — looked for once/);
    expect(text).not.toMatch(/alice|bob|PDP/);
    expect(bot.store.dump()).not.toMatch(/alice|bob/);
  });

  test('become entries with a press, and are then no gaps any more', async () => {
    const bot = await stage();
    await lookUp(bot, 'XONE');
    const card = cardOf(await bot.type('sam', '/glossary gaps'));
    const form = await bot.press('sam', card, 'Add “XONE”');
    expect(formOf(form).fields[0]?.value).toBe('XONE');
    await submit(bot, 'sam', form, { expansion: 'Example One' });
    expect(await lookUp(bot, 'XONE')).toContain('Example One');
    expect(textOf(cardOf(await bot.type('sam', '/glossary gaps')))).toContain(
      'Nothing that was looked for is missing.',
    );
    expect(buttonsOf(card).map(({ label }) => label)).toEqual(['Add “XONE”']);
  });

  test('are closed by whatever brings them: another name, an import, an entry of another form', async () => {
    const bot = await stage();
    for (const term of ['XONE', 'example two words']) await lookUp(bot, term);
    await addEntry(bot, 'XZZ, XONE', 'Example Two Words');
    expect(textOf(cardOf(await bot.type('sam', '/glossary gaps')))).toContain('Nothing that was looked for');
  });

  test('are taken off the list where they are none', async () => {
    const bot = await stage();
    await lookUp(bot, 'asdfgh');
    const card = cardOf(await bot.type('sam', '/glossary gaps'));
    const select = card.blocks.find((block) => block.kind === 'select');
    const gap = select?.kind === 'select' ? (select.choices[0]?.value ?? '') : '';
    expect(textOf(cardOf(await bot.call('sam', 'glossary.forget', { gap })))).toContain('Nothing that was looked for');
  });

  test('are told page by page', async () => {
    const bot = await stage();
    for (let n = 10; n < 35; n += 1) await lookUp(bot, `XQZ${n}`);
    const first = cardOf(await bot.type('sam', '/glossary gaps'));
    const second = cardOf(await bot.press('sam', first, 'Next page'));
    const third = cardOf(await bot.press('sam', second, 'Next page'));
    const told = [first, second, third].flatMap((card) =>
      [...textOf(card).matchAll(/^XQZ\d+/gm)].map(([term]) => term),
    );
    expect(new Set(told).size).toBe(25);
    expect(buttonsOf(third).map(({ label }) => label)).not.toContain('Next page');
  });

  test('of one space are no business of another', async () => {
    const bot = await stage();
    await fromElsewhere(bot, 'mallory', 'acronym.explain', { term: 'XONE' });
    expect(textOf(cardOf(await bot.type('sam', '/glossary gaps')))).toContain('Nothing that was looked for');
  });

  test('questions that are no terms are not written down', async () => {
    const bot = await stage();
    await lookUp(bot, 'why does my neighbour never answer my letters');
    await lookUp(bot, 'x'.repeat(61));
    expect(bot.store.dump()).not.toMatch(/neighbour|xxx/);
  });

  test('are forgotten after half a year, and beyond five hundred the least wanted first', () => {
    const now = new Date('2026-09-01T00:00:00Z');
    const doc = (term: string, count: number, last: string) => ({ value: { space: 'a/b', term, count, last } });
    const old = doc('old', 9, '2026-01-01T00:00:00Z');
    const many = Array.from({ length: 501 }, (_, n) => doc(`t${n}`, 600 - n, '2026-08-01T00:00:00Z'));
    expect(stale([old, ...many], now).map(({ value }) => value.term)).toEqual(['t500', 'old']);
  });
});
