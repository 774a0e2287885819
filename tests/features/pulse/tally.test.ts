import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  barOf,
  fewestMovedBetween,
  fewestShown,
  leaders,
  percents,
  shownAfter,
  type Tally,
  tallyByPlace,
  tallyOf,
} from '../../../src/features/pulse/tally.js';

const single = (...counts: number[]): Tally => ({ people: counts.reduce((sum, count) => sum + count, 0), counts });
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const counts = fc.array(fc.nat(2000), { minLength: 2, maxLength: 10 });

describe('per cent', () => {
  test.each([
    [
      [1, 1, 1],
      [34, 33, 33],
    ],
    [
      [2, 1],
      [67, 33],
    ],
    [
      [1, 1, 1, 1, 1, 1],
      [17, 17, 17, 17, 16, 16],
    ],
    [
      [0, 0],
      [0, 0],
    ],
    [
      [1999, 1],
      [100, 0],
    ],
  ])('%j is %j', (tally, shares) => expect(percents(single(...tally), true)).toEqual(shares));

  test('adds up to 100 where everybody chose one, and is never off by one or more', () => {
    fc.assert(
      fc.property(counts, (list) => {
        const tally = single(...list);
        const shares = percents(tally, true);
        expect(sum(shares)).toBe(tally.people === 0 ? 0 : 100);
        for (const [option, share] of shares.entries()) {
          if (tally.people > 0) expect(Math.abs(share - (100 * (list[option] ?? 0)) / tally.people)).toBeLessThan(1);
        }
      }),
    );
  });

  test('is of people where several could be chosen', () => {
    expect(percents({ people: 4, counts: [4, 2, 1] }, false)).toEqual([100, 50, 25]);
  });
});

test('options with the same number lead together', () => {
  expect(leaders(single(3, 1, 3))).toEqual([0, 2]);
  expect(leaders(single(3, 1, 2))).toEqual([0]);
  expect(leaders(single(0, 0))).toEqual([]);
});

test('a bar has ten cells', () => {
  expect([barOf(0), barOf(60), barOf(100)]).toEqual(['░░░░░░░░░░', '██████░░░░', '██████████']);
});

describe('what is shown of an anonymous pulse', () => {
  test('is nothing below five people, and then changes when three have', () => {
    let shown: Tally | undefined;
    const seen: (number | undefined)[] = [];
    for (let people = 1; people <= 12; people += 1) {
      shown = shownAfter(shown, single(people, 0), true);
      seen.push(shown?.people);
    }
    expect(seen).toEqual([undefined, undefined, undefined, undefined, 5, 5, 5, 8, 8, 8, 11, 11]);
  });

  test('one person who presses on and on moves nothing', () => {
    const shown = single(3, 3);
    for (const now of [single(4, 2), single(2, 4), single(3, 2), single(4, 3)]) {
      expect(shownAfter(shown, now, true)).toBe(shown);
    }
  });

  test('nor do two, whatever they do', () => {
    const options = 4;
    const answers = fc.array(fc.subarray([0, 1, 2, 3], { minLength: 1 }), { minLength: 8, maxLength: 20 });
    const moves = fc.array(fc.tuple(fc.nat(1), fc.subarray([0, 1, 2, 3])), { maxLength: 20 });
    fc.assert(
      fc.property(answers, moves, fc.boolean(), (all, moved, isSingle) => {
        const chosen = all.map((list) => (isSingle ? list.slice(0, 1) : list));
        const before = tallyOf(
          chosen.map((list) => ({ options: list })),
          options,
        );
        let shown: Tally | undefined = before;
        for (const [who, list] of moved) {
          chosen[who] = isSingle ? list.slice(0, 1) : list;
          const there = chosen.filter((one) => one.length > 0).map((one) => ({ options: one }));
          shown = shownAfter(shown, tallyOf(there, options), isSingle);
        }
        expect(shown).toBe(before);
      }),
    );
  });

  test('is nothing again when fewer than five are left', () => {
    expect(shownAfter(single(3, 3), single(1, 2), true)).toBeUndefined();
  });

  test('the least number of people who have moved is never more than have', () => {
    expect(fewestMovedBetween(single(5, 0), single(0, 5), true)).toBe(5);
    expect(fewestMovedBetween(single(5, 5), single(5, 5), true)).toBe(0);
    expect(fewestMovedBetween({ people: 5, counts: [5, 5] }, { people: 5, counts: [4, 4] }, false)).toBe(1);
  });
});

describe('counts by channel', () => {
  const answers = (place: number, ...list: number[]) => list.map((option) => ({ place, options: [option] }));
  const five = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];

  test('are told where every cell has five', () => {
    const told = tallyByPlace([...answers(0, ...five), ...answers(1, ...five, 0)], 2, 2);
    expect(told).toEqual([single(5, 5), single(6, 5)]);
    expect(fewestShown).toBe(5);
  });

  test.each([
    ['a cell has four', [...answers(0, ...five), ...answers(1, ...five.slice(1))], 2],
    ['a cell is empty', [...answers(0, ...five), ...answers(1, 0, 0, 0, 0, 0)], 2],
    ['there is one channel', answers(0, ...five), 1],
  ])('are not told where %s', (_, list, places) => expect(tallyByPlace(list, places, 2)).toBeUndefined());
});
