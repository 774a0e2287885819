import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvOf } from '../../../src/features/wg/csv.js';
import { accountOf, type Counted } from '../../../src/features/wg/record.js';
import { asks, cardIn, saidBy, stage } from './stage.js';

const one = (group: string, more: Partial<Counted> = {}): Counted => ({
  group,
  region: 'none',
  month: '2026-03',
  claim: undefined,
  decide: undefined,
  ...more,
});
const many = (group: string, count: number): Counted[] => Array.from({ length: count }, () => one(group));
const counts = (list: readonly Counted[]) => accountOf(list).groups.map(({ key, count }) => [key, count]);

describe('an account', () => {
  test('hides numbers below five, and one more where it could be worked out', () => {
    expect(counts([...many('A', 9), ...many('B', 7), ...many('C', 2)])).toEqual([
      ['A', 9],
      ['B', undefined],
      ['C', undefined],
    ]);
  });

  test('hides more where the hidden ones are too few together', () => {
    expect(counts([...many('A', 9), ...many('B', 5), ...many('C', 1), ...many('D', 1)])).toEqual([
      ['A', 9],
      ['B', undefined],
      ['C', undefined],
      ['D', undefined],
    ]);
  });

  test('shows all where nothing is small', () => {
    expect(counts([...many('A', 5), ...many('B', 6)])).toEqual([
      ['A', 5],
      ['B', 6],
    ]);
  });

  test('never shows a number below five, nor lets one be worked out from the total', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 }), (sizes) => {
        const list = sizes.flatMap((size, at) => many(`G${at}`, size));
        const { groups, all } = accountOf(list);
        const shown = groups.flatMap(({ count }) => count ?? []);
        expect(shown.every((count) => count >= 5)).toBe(true);
        const hidden = groups.length - shown.length;
        const rest = list.length - shown.reduce((sum, count) => sum + count, 0);
        if (hidden > 0 && shown.length > 0) expect(hidden >= 2 && rest >= 5).toBe(true);
        expect(all.count === undefined).toBe(list.length < 5);
      }),
    );
  });

  test('tells medians of five and more', () => {
    const timed = [1, 2, 3, 4, 100].map((claim) => one('A', { claim, decide: claim * 2 }));
    expect(accountOf(timed).all).toMatchObject({ claim: 3, decide: 6 });
    expect(accountOf([...timed, one('A', { claim: 5 })]).all).toMatchObject({ claim: 3.5, decide: 6 });
    expect(accountOf(timed.slice(1)).all).toMatchObject({ claim: undefined, decide: undefined });
  });
});

describe('CSV', () => {
  const text = (rows: string[][]): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(csvOf(rows));

  test('begins with the mark by which spreadsheets know UTF-8, and quotes every cell', () => {
    expect(text([['a', 'b"c'], ['1\n2']])).toBe('\uFEFF"a","b""c"\r\n"1\n2"\r\n');
  });

  test.each(['=1', '+1', '-1', '@a', '\ta', '\ra', '＝1', '＋1', '－1', '＠a', ' =1', '\n=1', '\u3000=1', '\u00A0@a'])(
    '%j is no formula',
    (value) => expect(text([[value]])).toContain(`"'${value}"`),
  );
});

test('/wg record gives staff a table, a file and a chart, and names nobody of the staff', async () => {
  const on = stage();
  on.fake.channels.get('staff')?.members.add('sol');
  const people = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'];
  for (const person of people) await asks(on, person, 'PSWG');
  for (const nth of [0, 1, 2, 3, 4]) await cardIn(on, on.fake, nth).press('sam', 'Claim');
  expect(saidBy(await on.type('alice', '/wg record'))).toContain('This is for staff');
  const answer = await on.type('sue', '/wg record');
  expect(saidBy(answer)).toMatch(
    /Requests: 6\nMedian time to a first claim: 0 hours\nMedian time to a decision: too few/,
  );
  expect(saidBy(answer)).toMatch(/By group\nPSWG: 6\nBy region\nAFRALO: 6\nBy month\nMarch 2026: 6/);
  const files = answer.kind === 'say' ? (answer.files ?? []) : [];
  expect(files.map(({ name, type }) => [name, type])).toEqual([
    ['working-group-requests.csv', 'text/csv'],
    ['working-group-requests.png', 'image/png'],
  ]);
  expect(new TextDecoder().decode(files[0]?.body)).toContain('"group","PSWG","6","0.0",""');
  expect(files[1]?.alt).toBe('Requests to join, by month. March 2026: 6');
  expect(new TextDecoder().decode(files[1]?.body)).toContain('"bars":[{"label":"March 2026","value":6,"shown":"6"}]');
  for (const file of files) expect(new TextDecoder().decode(file.body)).not.toMatch(/sam|sue/i);
});

test('/wg record of no requests says so', async () => {
  expect(saidBy(await stage().type('sam', '/wg record'))).toContain('There have been no requests yet');
});
