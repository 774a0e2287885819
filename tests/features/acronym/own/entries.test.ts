// The space's own entries: added, changed, removed, taken back; who may, what others see.
import { describe, expect, test } from 'vitest';
import { shippedGlossary } from '../../../../src/features/acronym/glossary.js';
import { buttonsOf, cardOf, textOf } from '../../../support/harness.js';
import { addEntry, formOf, fromElsewhere, lookUp, stage, submit } from './stage.js';

describe('adding', () => {
  test('an entry that staff add is found by everybody at once, also by its other names and words', async () => {
    const bot = await stage();
    expect(await lookUp(bot, 'BTWG')).toContain('“BTWG” is not in the glossary.');
    const form = await bot.type('sam', '/glossary add BTWG');
    expect(formOf(form).fields.find(({ name }) => name === 'term')?.value).toBe('BTWG');
    const typed = {
      term: 'BTWG, Budget Team',
      expansion: 'Bylaws Translation Working Group',
      definition: 'Translates.',
    };
    expect(textOf(cardOf(await submit(bot, 'sam', form, typed)))).toContain('The entry is in the glossary');
    for (const term of ['BTWG', 'btwgs', 'budget team', 'bylaws translation', 'BTGW']) {
      expect(await lookUp(bot, term)).toMatch(/BTWG(?: — |: )Bylaws Translation Working Group/);
    }
    expect(await lookUp(bot, 'BTWG')).toContain('From this community’s own glossary · changed March 2026');
  });

  test('is for staff alone, forms and presses included', async () => {
    const bot = await stage();
    const typed = { term: 'X1', expansion: 'Example', language: 'en' };
    for (const [to, args] of [
      ['glossary.add', {}],
      ['glossary.save', typed],
      ['glossary.change', { id: 'E1', rev: '1', ...typed }],
      ['glossary.edit', { term: 'PDP' }],
      ['glossary.remove', { term: 'PDP' }],
      ['glossary.drop', { id: 'E1', rev: '1' }],
      ['glossary.back', { id: 'E1', rev: '1' }],
      ['glossary.history', { term: 'PDP' }],
      ['glossary.revert', { term: 'PDP' }],
      ['glossary.gaps', {}],
      ['glossary.export', {}],
      ['glossary.import', {}],
      ['glossary.paste', { csv: 'term,expansion\nX1,Example' }],
      ['glossary.accept', { key: 'x', n: '1' }],
      ['glossary.rejected', { key: 'x', n: '1', reason: 'no' }],
    ] as const) {
      expect([to, textOf(cardOf(await bot.call('alice', to, args)))]).toEqual([
        to,
        expect.stringContaining('for staff'),
      ]);
    }
    expect(await lookUp(bot, 'X1')).toContain('is not in the glossary');
  });

  test('beside what ships leaves both senses; in its place hides that one alone', async () => {
    const bot = await stage();
    const form = await bot.type('sam', '/glossary add PDP');
    expect(formOf(form).fields.map(({ name }) => name)).toContain('stands');
    await submit(bot, 'sam', form, { expansion: 'Public Dinner Party', stands: 'beside' });
    expect(await lookUp(bot, 'PDP')).toMatch(
      /“PDP” has 2 senses:[\s\S]*Public Dinner[\s\S]*Policy Development Process/,
    );

    const [first] = shippedGlossary.exact('EC');
    const over = await bot.type('sam', '/glossary add EC');
    await submit(bot, 'sam', over, { expansion: 'Election Committee', stands: first?.id ?? '' });
    const told = await lookUp(bot, 'EC');
    expect(told).toContain('“EC” has 3 senses:');
    expect(told).toContain('EC — Election Committee');
    expect(told).not.toContain(`EC — ${first?.expansion.en}\n`);
  });

  test('a term that turns out to ship asks where the entry is to stand, with what was typed still there', async () => {
    const bot = await stage();
    const form = await bot.type('sam', '/glossary add');
    expect(formOf(form).fields.map(({ name }) => name)).not.toContain('stands');
    const next = await submit(bot, 'sam', form, { term: 'PDP', expansion: 'Public Dinner Party' });
    const fields = new Map(formOf(next).fields.map(({ name, value }) => [name, value]));
    expect([fields.get('expansion'), fields.get('stands')]).toEqual(['Public Dinner Party', 'beside']);
    await submit(bot, 'sam', next, {});
    expect(await lookUp(bot, 'PDP')).toContain('Public Dinner Party');
  });

  test.each([
    [{ term: '???', expansion: 'x' }, 'term', 'no letter or number'],
    [{ term: 'X'.repeat(41), expansion: 'x' }, 'term', 'at most 40 characters'],
    [{ term: 'X1', expansion: 'x'.repeat(201) }, 'expansion', 'at most 200'],
    [{ term: 'X1', expansion: 'x', definition: 'x'.repeat(501) }, 'definition', 'at most 500'],
    [{ term: 'X1', expansion: ' ' }, 'expansion', 'is missing'],
  ])('what does not fit comes back with the reason: %j', async (typed, field, said) => {
    const bot = await stage();
    const answer = await bot.call('sam', 'glossary.save', { ...typed, language: 'en' });
    expect(answer).toMatchObject({ kind: 'again', wrong: { [field]: expect.stringContaining(said) } });
  });

  test('the same twice is refused, also of two who send it at once', async () => {
    const bot = await stage();
    const sent = { term: 'X1', expansion: 'Example One', language: 'en' };
    const answers = await Promise.all([
      bot.call('sam', 'glossary.save', sent),
      bot.call('tess', 'glossary.save', { ...sent, term: 'x1', expansion: 'example  one' }),
    ]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['again', 'say']);
    expect((await lookUp(bot, 'X1')).match(/X1 — /gi)).toHaveLength(1);
  });
});

describe('changing', () => {
  test('one language leaves the others as they are', async () => {
    const bot = await stage();
    await addEntry(bot, 'X1', 'Example One');
    const french = await bot.type('sam', '/glossary edit X1 fr');
    expect(JSON.stringify(formOf(french).intro)).toContain('Français');
    await submit(bot, 'sam', french, { expansion: 'Exemple un', definition: 'Un exemple.' });
    expect(await lookUp(bot, 'X1', { locale: 'fr' })).toContain('X1 — Exemple un\nUn exemple.');
    expect(await lookUp(bot, 'X1')).toContain('X1 — Example One');
    expect(await lookUp(bot, 'X1', { locale: 'ru' })).toContain('Example One');
  });

  test.each([
    ['GAC Advice', 'English'],
    ['“GAC Advice”', 'English'],
    ['GAC Advice in fr', 'Français'],
    ['GAC Advice in pt-BR', 'Português'],
    ['GAC Advice French', 'Français'],
    ['GAC fr', 'Français'],
  ])('a term of several words is typed as it is, with the language behind it: %s', async (typed, language) => {
    const bot = await stage();
    const form = formOf(await bot.type('sam', `/glossary edit ${typed}`));
    expect(form.fields[0]?.value).toMatch(typed.includes('Advice') ? /^GAC Advice/ : /^GAC/);
    expect(JSON.stringify(form.intro)).toContain(language);
  });

  test('a shipped sense makes an own entry of it with all its languages; removing that brings it back', async () => {
    const bot = await stage();
    await submit(bot, 'sam', await bot.type('sam', '/glossary edit GAC'), { expansion: 'Our Governments' });
    expect(await lookUp(bot, 'GAC')).toContain('GAC — Our Governments');
    expect(await lookUp(bot, 'GAC')).not.toContain('senses');
    expect(await lookUp(bot, 'GAC', { locale: 'fr' })).toContain('GAC — Comité consultatif gouvernemental');
    const card = cardOf(await bot.type('sam', '/glossary remove GAC'));
    const done = cardOf(await bot.press('sam', card, 'Remove'));
    expect(await lookUp(bot, 'GAC')).toContain('GAC — Governmental Advisory Committee');
    await bot.press('sam', done, 'Take it back');
    expect(await lookUp(bot, 'GAC')).toContain('GAC — Our Governments');
  });

  test('a button with the id of what was replaced shows what stands in its place', async () => {
    const bot = await stage();
    await submit(bot, 'sam', await bot.type('sam', '/glossary edit GAC'), { expansion: 'Our Governments' });
    expect(textOf(cardOf(await bot.call('alice', 'acronym.show', { id: 'gac' })))).toContain('Our Governments');
  });

  test('of two who change the same, the second is told, and nothing that they typed is lost', async () => {
    const bot = await stage();
    await addEntry(bot, 'X1', 'Example One');
    const [one, two] = [await bot.type('sam', '/glossary edit X1'), await bot.type('tess', '/glossary edit X1')];
    await submit(bot, 'sam', one, { expansion: 'First' });
    const late = await submit(bot, 'tess', two, { expansion: 'Second' });
    expect(late).toMatchObject({
      kind: 'again',
      wrong: { '': expect.stringContaining('changed this in the meantime') },
    });
    expect(formOf(late).fields.find(({ name }) => name === 'expansion')?.value).toBe('Second');
    expect(await lookUp(bot, 'X1')).toContain('X1 — First');
  });

  test('a name of several asks which one is meant', async () => {
    const bot = await stage();
    const card = cardOf(await bot.type('sam', '/glossary edit EC'));
    expect(buttonsOf(card)).toHaveLength(3);
    const [first] = buttonsOf(card);
    expect((await bot.press('sam', card, first?.label ?? '')).kind).toBe('ask');
  });

  test('nothing changed is said, and makes no history', async () => {
    const bot = await stage();
    await addEntry(bot, 'X1', 'Example One');
    const same = await submit(bot, 'sam', await bot.type('sam', '/glossary edit X1'), {});
    expect(textOf(cardOf(same))).toContain('Nothing was changed');
    expect(textOf(cardOf(await bot.type('sam', '/glossary history X1'))).match(/@sam/g)).toHaveLength(1);
  });

  test('what is not there says how it is added', async () => {
    const bot = await stage();
    const answer = await bot.type('sam', '/glossary edit NOSUCH');
    expect(answer).toMatchObject({ kind: 'again', wrong: { term: expect.stringContaining('/glossary add') } });
    expect((await bot.type('sam', '/glossary edit')).kind).toBe('ask');
  });
});

describe('history', () => {
  test('says who changed what and when, and goes one step back', async () => {
    const bot = await stage();
    await addEntry(bot, 'X1', 'Example One');
    await bot.sleepUntil('2026-03-02T09:30:00Z');
    await submit(bot, 'tess', await bot.type('tess', '/glossary edit X1'), { expansion: 'Example Two' });
    const card = cardOf(await bot.type('sam', '/glossary history X1'));
    expect(textOf(card)).toContain('2026-03-02T09:30:00.000Z, @tess: changed: X1 — Example Two');
    expect(textOf(card)).toContain('2026-03-01T12:00:00.000Z, @sam: added: X1 — Example One');
    expect(textOf(card).indexOf('Two')).toBeLessThan(textOf(card).indexOf('One'));

    await bot.press('sam', card, 'Take back the last change');
    expect(await lookUp(bot, 'X1')).toContain('X1 — Example One');
    // The same button takes back that one change, not one more at each press.
    const again = textOf(cardOf(await bot.press('sam', card, 'Take back the last change')));
    expect(again).toContain('changed this in the meantime');
    expect(textOf(cardOf(await bot.type('sam', '/glossary history X1')))).toContain(
      '@sam: took back the change before',
    );
  });

  test('a step back behind the first one removes the entry, and can be taken back itself', async () => {
    const bot = await stage();
    await addEntry(bot, 'X1', 'Example One');
    await bot.type('sam', '/glossary revert X1');
    expect(await lookUp(bot, 'X1')).toContain('is not in the glossary');
    await bot.type('sam', '/glossary revert X1');
    expect(await lookUp(bot, 'X1')).toContain('X1 — Example One');
  });

  test('of an entry that is gone is still told', async () => {
    const bot = await stage();
    await addEntry(bot, 'X1', 'Example One');
    await bot.press('sam', cardOf(await bot.type('sam', '/glossary remove X1')), 'Remove');
    const text = textOf(cardOf(await bot.type('tess', '/glossary history X1')));
    expect(text).toMatch(/@sam: removed[\s\S]*@sam: added: X1 — Example One/);
  });

  test('of what never was an own entry is not there', async () => {
    const bot = await stage();
    const answer = await bot.type('sam', '/glossary history PDP');
    expect(answer).toMatchObject({ kind: 'again', wrong: { term: expect.stringContaining('was not, among') } });
  });
});

describe('the entries of one space', () => {
  test('never show in another: not looked up, explained, completed, browsed, shared or pressed', async () => {
    const bot = await stage();
    await addEntry(bot, 'XSECRET', 'Very Private Matter');
    await bot.call('alice', 'acronym.explain', { term: 'XSECRETS2' });
    const id = 'E1';
    const answers = await Promise.all([
      fromElsewhere(bot, 'mallory', 'acronym.explain', { term: 'XSECRET' }),
      fromElsewhere(bot, 'mallory', 'acronym.explain', { term: 'private matter' }),
      fromElsewhere(bot, 'mallory', 'acronym.explain', { term: 'XSECRE' }),
      fromElsewhere(bot, 'mallory', 'acronym.message', { text: 'about XSECRET' }),
      fromElsewhere(bot, 'mallory', 'acronym.show', { id }),
      fromElsewhere(bot, 'mallory', 'acronym.share', { ids: id }),
      fromElsewhere(bot, 'mallory', 'glossary.open', { id }),
      fromElsewhere(bot, 'mallory', 'glossary.page', { by: 'letter', at: 'X' }),
      fromElsewhere(bot, 'mallory', 'glossary.page', { by: 'body', at: 'own' }),
    ]);
    expect(JSON.stringify(answers)).not.toContain('Private Matter');
    const by = { platform: 'fake', space: 'S2', person: 'mallory' };
    const asking = { to: 'acronym.explain', args: { term: 'XSEC' }, by, place: { ...by, channel: 'general' } };
    expect(JSON.stringify(await bot.core.suggest(asking, 'term'))).not.toContain('XSECRET');
  });

  test('are completed as they are typed, in the member’s language', async () => {
    const bot = await stage();
    await addEntry(bot, 'XQ1', 'Example One');
    const french = await bot.type('sam', '/glossary edit XQ1 fr');
    await submit(bot, 'sam', french, { term: 'XQ1, XQF', expansion: 'Exemple un' });
    const by = { platform: 'fake', space: 'S1', person: 'sam' };
    const place = { platform: 'fake', space: 'S1', channel: 'general' };
    const complete = (to: string, term: string, platformLocale = 'fr') =>
      bot.core.suggest({ to, args: { term }, by, place, platformLocale }, 'term');
    expect(await complete('acronym.explain', 'xq')).toEqual([{ value: 'XQ1', label: 'XQ1: Exemple un' }]);
    expect(await complete('acronym.explain', 'xqf', 'en')).toEqual([{ value: 'XQ1', label: 'XQ1 (XQF): Example One' }]);
    for (const to of ['glossary.remove', 'glossary.history', 'glossary.revert', 'glossary.edit'])
      expect(await complete(to, 'xq')).toEqual([{ value: 'XQ1', label: 'XQ1: Exemple un' }]);
    expect(await complete('glossary.remove', 'gac')).toEqual([]);
  });

  test('are explained where they are met in a message', async () => {
    const bot = await stage();
    await addEntry(bot, 'XQ1', 'Example One');
    expect(textOf(cardOf(await bot.call('alice', 'acronym.message', { text: 'about XQ1 and xq1' })))).toContain(
      '1 acronym in this message:\nXQ1 — Example One',
    );
  });
});

test('while the store does not answer, what ships is explained all the same', async () => {
  const bot = await stage();
  bot.store.break(true);
  expect(await lookUp(bot, 'PDP')).toContain('Policy Development Process');
  expect(await lookUp(bot, 'NOSUCH')).toContain('is not in the glossary');
  expect(textOf(cardOf(await bot.call('alice', 'acronym.message', { text: 'a PDP' })))).toContain('PDP — ');
});
