// Pieces: how one list is made out of another.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joined, longListIn, piecesOf } from '../../src/store/long-list.js';

/** Few objects, so that they come again, in both lists and in any order. */
const objects = Array.from({ length: 12 }, (_, nth) => ({ nth }));
const list = fc.array(fc.constantFrom(...objects), { maxLength: 20 });

test('of any list and any other, the pieces make the other', () => {
  fc.assert(
    fc.property(list, list, (before, after) => {
      expect(joined(before, piecesOf(before, after))).toEqual(after);
      expect(joined(before, JSON.parse(JSON.stringify(piecesOf(before, after))))).toEqual(after);
    }),
  );
});

test('nothing is put that was there', () => {
  fc.assert(
    fc.property(list, fc.array(fc.tuple(fc.nat(20), fc.nat(2))), (before, cuts) => {
      const after = cuts.reduce<readonly unknown[]>((left, [at, drop]) => left.toSpliced(at, drop), before);
      expect(piecesOf(before, after).filter((piece) => 'put' in piece)).toEqual([]);
    }),
  );
});

test('one entry among thousands is one piece between two', () => {
  const before = Array.from({ length: 5000 }, (_, nth) => ({ nth }));
  expect(piecesOf(before, before.with(4000, { nth: -1 }))).toEqual([[0, 4000], { put: { nth: -1 } }, [4001, 999]]);
  expect(piecesOf(before, before.toSpliced(0, 1))).toEqual([[1, 4999]]);
  expect(piecesOf(before, before)).toEqual([[0, 5000]]);
  expect(piecesOf(before, [])).toEqual([]);
});

test('a list is long from fifty entries on', () => {
  expect(longListIn({ a: Array.from({ length: 50 }) }, 'a')).toHaveLength(50);
  for (const value of [{ a: Array.from({ length: 49 }) }, { a: 'x'.repeat(99) }, {}, null, undefined, 7]) {
    expect(longListIn(value, 'a')).toBeUndefined();
  }
});
