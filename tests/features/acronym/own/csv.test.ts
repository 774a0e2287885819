// CSV out and in: what a spreadsheet writes is read, what it would run is not written.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columns, guarded, readCsv, unguarded, writeCsv } from '../../../../src/features/acronym/own/csv.js';

const text = (file: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(file);
const cellsOf = (csv: string) => readCsv(csv).rows.map(({ cells }) => cells);

describe('the file', () => {
  test('begins with a byte order mark and a header, quotes every cell and ends lines as RFC 4180 has it', () => {
    const file = writeCsv([{ id: 'E1', term: 'X"1', expansion: 'a,b\nc' }]);
    expect([...file.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(text(file)).toBe(
      '\uFEFF"id","term","other_names","language","expansion","definition","replaces"\r\n"E1","X""1","","","a,b\nc","",""\r\n',
    );
  });

  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '\n=1',
    "'=1",
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '\u200e=1',
    '\tx',
  ])('holds no formula: %j', (cell) => {
    expect(guarded(cell)).toBe(`'${cell}`);
    expect(unguarded(guarded(cell))).toBe(cell);
  });

  test.each(['PDP', "l'ICANN", 'a=b', 'e-mail', "'quoted'", ''])('leaves what is none as it is: %j', (cell) => {
    expect(guarded(cell)).toBe(cell);
    expect(unguarded(cell)).toBe(cell);
  });

  test('gives back every cell exactly, whatever it holds', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.stringMatching(/^['\s=+@\t-]{0,4}[a-z"',;]{0,4}$/),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(fc.property(cell, (one) => unguarded(guarded(one)) === one));
    const row = fc.record(Object.fromEntries(columns.map((column) => [column, cell.map((one) => `x${one}x`)])));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        expect(cellsOf(text(writeCsv(rows)))).toEqual(rows);
      }),
    );
  });
});

describe('what is read', () => {
  const wanted = [{ term: 'X1', expansion: 'Example, one', definition: 'It "is".' }];

  test.each([
    ['commas', 'term,expansion,definition\nX1,"Example, one","It ""is""."'],
    ['semicolons', 'term;expansion;definition\r\nX1;Example, one;"It ""is""."\r\n'],
    ['tabs', 'term\texpansion\tdefinition\nX1\tExample, one\t"It ""is""."'],
    ['strokes', 'term|expansion|definition\nX1|Example, one|"It ""is""."'],
    ['a mark in front', '\uFEFFterm,expansion,definition\nX1,"Example, one","It ""is""."'],
    ['Excel’s line about it', 'sep=;\r\nterm;expansion;definition\r\nX1;Example, one;"It ""is""."'],
    ['a quoted header', '"term","expansion","definition"\n"X1","Example, one","It ""is""."'],
    ['other columns and another order', 'Definition,note,Expansion,TERM\n"It ""is"".",x,"Example, one",X1'],
    ['empty lines', '\nterm,expansion,definition\n\nX1,"Example, one","It ""is""."\n\n'],
    ['a blank first line', '\n \n;;\nterm;expansion;definition\nX1;Example, one;It "is".\n'],
    ['quotation marks in cells that are not quoted', 'term\texpansion\tdefinition\nX1\tExample, one\tIt "is".'],
    ['a comma in a quoted header', '"term";"expansion";"definition";"a,b,c,d,e"\nX1;Example, one;"It ""is""."'],
  ])('%s', (_, csv) => expect(cellsOf(csv)).toEqual(wanted));

  test.each([
    ['term,expansion\nXR,say "hi" there\nXS,Fine', 'say "hi" there'],
    ['term,expansion\nXR,"pen" holder\nXS,Fine', '"pen" holder'],
    ['term\texpansion\nXR\tthe "pen" holder\nXS\tFine', 'the "pen" holder'],
    ['term\texpansion\nXR\t"pen" holder\nXS\tFine', '"pen" holder'],
    ['term\texpansion\nXR\t"pen holder\nXS\tFine', '"pen holder'],
  ])('a stray quotation mark is text, and the other rows are read: %j', (csv, expansion) => {
    expect(cellsOf(csv)).toEqual([
      { term: 'XR', expansion },
      { term: 'XS', expansion: 'Fine' },
    ]);
  });

  test('says on which line each row ends', () => {
    expect(readCsv('term,expansion\nX1,"a\nb"\nX2,c').rows.map(({ line }) => line)).toEqual([3, 4]);
  });

  test('what was exported elsewhere as a formula-safe cell comes in as it was meant', () => {
    expect(cellsOf("term,expansion\n'=X1,'-one")).toEqual([{ term: '=X1', expansion: '-one' }]);
  });

  test('what has no header goes on with the earlier one', () => {
    const { header } = readCsv('term;expansion\nX1;One');
    expect(readCsv('X2;Two', header).rows.map(({ cells }) => cells)).toEqual([{ term: 'X2', expansion: 'Two' }]);
  });

  test.each([
    ['', 'csvNoHeader'],
    ['PDP,Policy', 'csvNoHeader'],
    ['constructor,toString,__proto__\nX1,One,y', 'csvNoHeader'],
    ['sep="\nterm,expansion', 'csvNoHeader'],
    ['term,expansion\nX1,"never closed', 'csvBroken'],
    [`term,expansion\nX1,${'x'.repeat(20_000)}`, 'csvBroken'],
  ])('%j is refused', (csv, key) => {
    expect(() => readCsv(csv)).toThrow(expect.objectContaining({ key }));
  });

  test('whatever is pasted is read or refused, and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (pasted) => {
        try {
          readCsv(`term,expansion\n${pasted}`);
        } catch (error) {
          expect(error).toMatchObject({ name: 'Refusal' });
        }
      }),
    );
  });
});
