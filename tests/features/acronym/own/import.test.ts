// An import: shown before it is done, done at once or not at all.
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../../src/core/call.js';
import { buttonsOf, cardOf, type Harness, textOf } from '../../../support/harness.js';
import { addEntry, lookUp, stage, submit } from './stage.js';

const paste = async (bot: Harness, csv: string, person = 'sam'): Promise<Answer> =>
  submit(bot, person, await bot.type(person, '/glossary import'), { csv });

const file = (answer: Answer): string => {
  const [one] = (answer.kind === 'say' && answer.files) || [];
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(one?.body);
};

describe('what an import would do', () => {
  test('is shown row by row, with what is refused and why; nothing is done yet', async () => {
    const bot = await stage();
    await addEntry(bot, 'XOLD', 'Old Example', { definition: 'It was.' });
    await addEntry(bot, 'XSAME', 'Same Example');
    const csv = [
      'term,other_names,language,expansion,definition,replaces',
      'XNEW,"XN, XNN",en,New Example,It is.,',
      'XOLD,,en,Old Example,It is now.,',
      'XSAME,,en,Same Example,,',
      ',,en,No Term,,',
      `XLONG,,en,${'x'.repeat(201)},,`,
      'XLANG,,Klingon,Example,,',
      'XREP,,en,Example,,nosuchid',
      'XMANY,,en,Example,,,,more',
      'XNEW,,en,New Example,It is.,',
    ].join('\n');
    const text = textOf(cardOf(await paste(bot, csv)));
    expect(text).toContain('1 row adds, 1 changes, 1 is there already, 6 are refused.');
    expect(text).toContain('Line 2: adds XNEW. XNEW, XN, XNN — New Example — It is.');
    expect(text).toContain('Line 3: changes XOLD. XOLD — Old Example — It was. → XOLD — Old Example — It is now.');
    expect(text).toContain('Line 4: XSAME is there already.');
    expect(text).toContain('Line 5: — is refused. There is no letter or number in the term.');
    expect(text).toContain('Line 6: XLONG is refused. That is too long: at most 200 characters.');
    expect(text).toContain('Line 7: XLANG is refused. “Klingon” is not one of the languages here.');
    expect(text).toContain('Line 8: XREP is refused. Nothing ships under the id “nosuchid”');
    expect(text).toContain('Line 9: XMANY is refused. It has more cells than the header.');
    expect(text).toContain('Line 10: XNEW is refused. The same entry comes twice in this language.');
    expect(await lookUp(bot, 'XNEW')).toContain('is not in the glossary');
    expect(await lookUp(bot, 'XOLD')).toContain('It was.');
  });

  test('is done on a press, all of it in one step, and once', async () => {
    const bot = await stage();
    await lookUp(bot, 'XN2');
    const rows = Array.from({ length: 60 }, (_, n) => `XN${n},Example ${n}`);
    const plan = cardOf(await paste(bot, `term,expansion\n${rows.join('\n')}`));
    expect(textOf(plan)).toContain('60 rows add');
    const [done, again] = await Promise.all([bot.press('sam', plan, 'Import'), bot.press('sam', plan, 'Import')]);
    expect([done, again].map((answer) => textOf(cardOf(answer))).join()).toContain('60 entries were added');
    for (const n of [0, 31, 59]) expect(await lookUp(bot, `XN${n}`)).toContain(`Example ${n}`);
    expect((await lookUp(bot, 'XN2')).match(/XN2 — /g)).toHaveLength(1);
    expect(textOf(cardOf(await bot.type('sam', '/glossary gaps')))).toContain('Nothing that was looked for');
    expect(textOf(cardOf(await bot.type('sam', '/glossary history XN7')))).toContain('@sam: imported: XN7 — Example 7');
    const steps = await bot.bot.store.collection({ name: 'glossary-steps', parse: (raw) => raw }).find();
    expect(steps).toHaveLength(1);
  });

  test('is shown anew, and not done, where the glossary has changed since', async () => {
    const bot = await stage();
    const plan = cardOf(await paste(bot, 'term,expansion\nXONE,Example One\nXTWO,Example Two'));
    await bot.call('tess', 'glossary.save', { term: 'XONE', expansion: 'Example One', language: 'en' });
    const fresh = cardOf(await bot.press('sam', plan, 'Import'));
    expect(textOf(fresh)).toContain('has changed in the meantime, so nothing was done');
    expect(textOf(fresh)).toContain('1 row adds, 0 change, 1 is there already');
    expect(await lookUp(bot, 'XTWO')).toContain('is not in the glossary');
    await bot.press('sam', fresh, 'Import');
    expect(await lookUp(bot, 'XTWO')).toContain('Example Two');
  });

  test('is not done in part by a store that fails', async () => {
    const bot = await stage();
    const plan = cardOf(await paste(bot, 'term,expansion\nXONE,Example One\nXTWO,Example Two'));
    bot.store.break(true);
    expect(textOf(cardOf(await bot.press('sam', plan, 'Import')))).toContain('not recorded');
    bot.store.break(false);
    expect(await lookUp(bot, 'XONE')).toContain('is not in the glossary');
    await bot.press('sam', plan, 'Import');
    expect(await lookUp(bot, 'XONE')).toContain('Example One');
  });

  test('grows with what is pasted afterwards, whose lines are counted on', async () => {
    const bot = await stage();
    const first = cardOf(await paste(bot, 'term;expansion\nXONE;Example One'));
    const more = cardOf(
      await submit(bot, 'sam', await bot.press('sam', first, 'Paste more'), { csv: 'XTWO;Example Two' }),
    );
    expect(textOf(more)).toContain('2 rows add');
    expect(textOf(more)).toContain('Line 3: adds XTWO.');
    await bot.press('sam', more, 'Import');
    expect(await lookUp(bot, 'XONE')).toContain('Example One');
    expect(await lookUp(bot, 'XTWO')).toContain('Example Two');
  });

  test('makes no two entries that say the same, as the form does not', async () => {
    const bot = await stage();
    await addEntry(bot, 'XA', 'Alpha');
    await addEntry(bot, 'XA', 'Beta');
    const plan = cardOf(await paste(bot, 'id,term,language,expansion\nE1,XA,en,Beta\nE1,XA,en,Gamma'));
    expect(textOf(plan)).toContain('Line 2: XA is refused. “XA” is among the community’s own entries already');
    expect(textOf(plan)).toContain('Line 3: changes XA. XA — Alpha → XA — Gamma');
    await bot.press('sam', plan, 'Import');
    expect((await lookUp(bot, 'XA')).match(/XA — \w+/g)).toEqual(['XA — Gamma', 'XA — Beta']);
  });

  test('lets an entry take the text that another one gives up above it', async () => {
    const bot = await stage();
    await addEntry(bot, 'XA', 'Alpha');
    await addEntry(bot, 'XA', 'Beta');
    const plan = cardOf(await paste(bot, 'id,term,language,expansion\nE2,XA,en,Gamma\nE1,XA,en,Beta'));
    expect(textOf(plan)).toContain('0 rows add, 2 change, 0 are there already, 0 are refused');
  });

  test('takes an entry out of the place of a shipped sense where the cell is empty', async () => {
    const bot = await stage();
    await addEntry(bot, 'PDP', 'Our Own Process', { stands: 'pdp' });
    expect(await lookUp(bot, 'PDP')).not.toContain('Policy Development Process');
    const exported = file(await bot.type('sam', '/glossary export'));
    const plan = cardOf(await paste(bot, exported.replace('"pdp"', '""')));
    expect(textOf(plan)).toContain('changes PDP. PDP — Our Own Process [replaces: pdp] → PDP — Our Own Process');
    await bot.press('sam', plan, 'Import');
    expect(await lookUp(bot, 'PDP')).toMatch(/Policy Development Process[\s\S]*Our Own|Our Own[\s\S]*Policy Dev/);
  });

  test('leaves an entry in its place where there is no such column, or another of its rows names it', async () => {
    const bot = await stage();
    await addEntry(bot, 'PDP', 'Our Own Process', { stands: 'pdp' });
    const plan = cardOf(await paste(bot, 'term,expansion\nPDP,Our Own Process'));
    expect(textOf(plan)).toContain('1 is there already');
    const csv = 'term,language,expansion,replaces\nPDP,en,Our Own Process,pdp\nPDP,fr,Notre processus,';
    await bot.press('sam', cardOf(await paste(bot, csv)), 'Import');
    expect(await lookUp(bot, 'PDP')).not.toContain('Policy Development Process');
  });

  test('is told page by page, and can be dropped', async () => {
    const bot = await stage();
    const rows = Array.from({ length: 40 }, (_, n) => `XN${n},Example ${n}`);
    const plan = cardOf(await paste(bot, `term,expansion\n${rows.join('\n')}`));
    const next = cardOf(await bot.press('sam', plan, 'Next page'));
    expect(textOf(next)).toContain('Line 17: adds XN15.');
    expect(textOf(cardOf(await bot.press('sam', next, 'Discard')))).toContain('Nothing was changed');
    expect(textOf(cardOf(await bot.press('sam', next, 'Import')))).toContain('no longer kept');
  });

  test('is nobody else’s, and is not kept for more than an hour', async () => {
    const bot = await stage();
    const plan = cardOf(await paste(bot, 'term,expansion\nXONE,Example One'));
    expect(textOf(cardOf(await bot.press('tess', plan, 'Import')))).toContain('no longer kept');
    await bot.sleepUntil('2026-03-01T13:00:01Z');
    expect(textOf(cardOf(await bot.press('sam', plan, 'Import')))).toContain('no longer kept');
  });

  test('that is no table comes back with the line, and with what was pasted', async () => {
    const bot = await stage();
    const answer = await paste(bot, 'term,expansion\nX1,"never');
    expect(answer).toMatchObject({ kind: 'again', wrong: { csv: expect.stringContaining('no table from line') } });
    expect(JSON.stringify(answer)).toContain('never');
    expect(await paste(bot, 'term,expansion')).toMatchObject({ kind: 'again', wrong: { csv: /no row/ } });
    const many = `term,expansion\n${Array.from({ length: 2001 }, (_, n) => `X${n},y`).join('\n')}`;
    expect(await paste(bot, many)).toMatchObject({ kind: 'again', wrong: { csv: expect.stringContaining('2000') } });
  });
});

describe('what rows become', () => {
  test('one term in several languages is one entry', async () => {
    const bot = await stage();
    const csv = 'term,language,expansion\nXONE,en,Example One\nXONE,fr,Exemple un\nXONE,en,Another Sense';
    await bot.press('sam', cardOf(await paste(bot, csv)), 'Import');
    expect(await lookUp(bot, 'XONE')).toContain('“XONE” has 2 senses:');
    expect(await lookUp(bot, 'XONE', { locale: 'fr' })).toContain('XONE — Exemple un');
  });

  test('an entry can stand in the place of what ships, but only one for each', async () => {
    const bot = await stage();
    const csv = 'term,expansion,replaces\nGAC,Our Governments,gac\nGAC2,Other Governments,gac';
    const plan = cardOf(await paste(bot, csv));
    expect(textOf(plan)).toContain('Line 3: GAC2 is refused.');
    await bot.press('sam', plan, 'Import');
    expect(await lookUp(bot, 'GAC')).not.toContain('Governmental Advisory Committee');
  });

  test('a column that is not there changes nothing; an empty cell empties', async () => {
    const bot = await stage();
    await addEntry(bot, 'XONE, XUNO', 'Example One', { definition: 'It is.' });
    expect(textOf(cardOf(await paste(bot, 'term,expansion\nXONE,Example One')))).toContain('1 is there already');
    const plan = cardOf(await paste(bot, 'term,expansion,definition\nXONE,Example One,'));
    await bot.press('sam', plan, 'Import');
    expect(await lookUp(bot, 'XUNO')).toContain('Example One');
    expect(await lookUp(bot, 'XONE')).not.toContain('It is.');
  });
});

describe('export', () => {
  test('comes back in as it went out: there already, all of it', async () => {
    const bot = await stage();
    await addEntry(bot, '=XONE, XUNO', '@Example, "One"', { definition: 'It is;\nindeed.' });
    await submit(bot, 'sam', await bot.type('sam', '/glossary edit XUNO ru'), {
      expansion: 'Пример',
      term: '=XONE, ИКС',
    });
    await submit(bot, 'sam', await bot.type('sam', '/glossary edit GAC'), { expansion: 'Our Governments' });
    const answer = await bot.type('sam', '/glossary export');
    expect(answer).toMatchObject({ kind: 'say', files: [{ name: 'glossary.csv', type: 'text/csv' }] });
    const csv = file(answer);
    expect(csv).toContain('"\'=XONE","XUNO","en","\'@Example, ""One"""');
    const plan = cardOf(await paste(bot, csv));
    expect(textOf(plan)).toContain('0 rows add, 0 change, 9 are there already, 0 are refused');
    expect(buttonsOf(plan).map(({ label }) => label)).not.toContain('Import');
  });

  test('into another space makes the same glossary there, whatever ids it has', async () => {
    const [bot, other] = [await stage(), await stage()];
    await addEntry(bot, 'XONE', 'Example One');
    await submit(bot, 'sam', await bot.type('sam', '/glossary edit XONE fr'), { expansion: 'Exemple un' });
    await addEntry(other, 'XOTHER', 'Other Example');
    const plan = cardOf(await paste(other, file(await bot.type('sam', '/glossary export'))));
    await other.press('sam', plan, 'Import');
    expect(await lookUp(other, 'XONE', { locale: 'fr' })).toContain('Exemple un');
    expect(await lookUp(other, 'XOTHER')).toContain('Other Example');
  });

  test('of nothing is the header that an import needs', async () => {
    const bot = await stage();
    expect(file(await bot.type('sam', '/glossary export'))).toContain('"term","other_names","language"');
  });
});
