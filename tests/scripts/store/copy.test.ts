// Copying between two stores, whatever is in them: looked at first, written, and safe to repeat.
import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bring, compare } from '../../../scripts/store/copy.js';
import { order, type Raw, sameContent, type WritableRawStore } from '../../../src/store/raw.js';
import { holdFolder, readFolder } from '../../../src/store/raw-folder.js';
import { documents, folderOf, freshFolder, inFolder, many, quietly, stream } from './sample.js';

const named = ({ kind, id }: Raw): string => `${kind} ${id}`;
const nothing = (): void => undefined;
const permits = fc.record({ replace: fc.boolean(), remove: fc.boolean() });

/** Two sides that have documents in common, some of them changed. */
const sides = fc
  .record({ all: documents, fates: fc.array(fc.constantFrom('from', 'to', 'both', 'changed')) })
  .map(({ all, fates }) => {
    const [from, to]: [Raw[], Raw[]] = [[], []];
    for (const [n, one] of all.entries()) {
      const fate = fates[n] ?? 'both';
      if (fate !== 'to') from.push(one);
      if (fate === 'changed') to.push({ ...one, json: '"changed"' });
      else if (fate !== 'from') to.push(one);
    }
    return { from, to };
  });

/** What should become of the destination. */
function wanted(from: readonly Raw[], to: readonly Raw[], { replace, remove }: { replace: boolean; remove: boolean }) {
  const theirs = new Map(from.map((one) => [named(one), one]));
  const kept = to.flatMap((ours) => {
    const one = theirs.get(named(ours));
    if (!one) return remove ? [] : [ours];
    return [replace && !sameContent(one, ours) ? one : ours];
  });
  const known = new Set(to.map(named));
  return [...kept, ...from.filter((one) => !known.has(named(one)))].sort(order);
}

test('what is missing is brought; what differs or is alone is touched only when permitted', async () => {
  await fc.assert(
    fc.asyncProperty(sides, permits, async ({ from, to }, may) => {
      const folder = await folderOf(to);
      const store = await holdFolder(folder, quietly);
      await bring(stream(from), store, may, nothing);
      await store.close();
      expect(await inFolder(folder)).toEqual(wanted(from, to, may));
      await rm(folder, { recursive: true });
    }),
  );
});

test('a comparison counts what is missing, equal, different and alone', async () => {
  await fc.assert(
    fc.asyncProperty(sides, async ({ from, to }) => {
      const folder = await folderOf(to);
      const found = await compare(stream(from), await readFolder(folder), nothing);
      const theirs = new Map(from.map((one) => [named(one), one]));
      const both = to.flatMap((ours) => {
        const one = theirs.get(named(ours));
        return one ? [sameContent(one, ours)] : [];
      });
      expect(found).toMatchObject({
        missing: from.length - both.length,
        equal: both.filter((same) => same).length,
        different: { count: both.filter((same) => !same).length },
        others: { count: to.length - both.length },
      });
      await rm(folder, { recursive: true });
    }),
  );
});

test('bringing a second time writes nothing', async () => {
  const folder = await freshFolder();
  const store = await holdFolder(folder, quietly);
  const may = { replace: true, remove: true };
  expect(await bring(stream(many(500)), store, may, nothing)).toBe(500);
  expect(await bring(stream(many(500)), store, may, nothing)).toBe(0);
  await store.close();
});

test('of many documents that are in the way the first are named', async () => {
  const folder = await folderOf(many(30).map((one) => ({ ...one, rev: 99 })));
  const { different } = await compare(stream(many(30)), await readFolder(folder), nothing);
  expect(different.count).toBe(30);
  expect(different.first).toHaveLength(10);
  expect(different.first[0]).toBe('delivery/01J000000 (revision 99, not 1)');
});

test('large documents are written a few at a time', async () => {
  const sizes: number[] = [];
  const to: WritableRawStore = {
    place: 'nowhere',
    count: async () => 0,
    documents: () => stream([]),
    check: async () => ({ counts: new Map(), faults: [], notes: [] }),
    write: async (changes) => void sizes.push(changes.length),
    close: async () => undefined,
  };
  const large = many(10).map((one) => ({ ...one, json: JSON.stringify('x'.repeat(1_000_000)) }));
  await bring(stream(large), to, { replace: false, remove: false }, nothing);
  expect(sizes).toEqual([4, 4, 2]);
});
