// Searches of the embedded engine's memory while others have their turn, and change what is searched.
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Kind } from '../../src/core/store.js';
import { type AnyKind, Stored } from '../../src/store/document.js';
import { MemoryShelf } from '../../src/store/memory-shelf.js';

interface Sheet {
  readonly color: string;
}

/** A kind whose documents take their time to be read, so that a search of many gives way to others. */
function slowKind(): AnyKind {
  const kind: Kind<Sheet> = {
    name: 'sheet',
    parse: (raw) => {
      const until = performance.now() + 0.5;
      while (performance.now() < until);
      return raw as Sheet;
    },
    facets: ({ color }) => ({ color }),
  };
  return kind as AnyKind;
}

const idOf = (n: number): string => `s${String(n).padStart(4, '0')}`;
const sheet = (n: number, color: string, rev = 1): Stored => new Stored(idOf(n), rev, JSON.stringify({ color }));

function shelfOf(count: number): MemoryShelf {
  // Not in the order of their ids.
  const all = Array.from({ length: count }, (_, n) => sheet((n * 7) % count, n % 2 === 0 ? 'red' : 'blue'));
  return new MemoryShelf(new Map(all.map((one) => [one.id, one])), undefined);
}

test('the first search gives way to others', async () => {
  let turns = 0;
  let isOver = false;
  const counting = (async () => {
    for (; !isOver; turns += 1) await turn();
  })();
  await shelfOf(101).find(slowKind(), { color: 'red' });
  isOver = true;
  await counting;
  expect(turns).toBeGreaterThan(5);
});

test('what changes during the first search is found, as it is, by that search and by the next', async () => {
  const [kind, shelf] = [slowKind(), shelfOf(101)];
  const first = shelf.find(kind, { color: 'red' });
  await turn();
  const before = (await shelfOf(101).find(slowKind(), { color: 'red' })).map(({ id }) => id);
  const [gone = '', moved = '', late = ''] = [before[0], before[1], before.at(-1)];
  shelf.set(gone, undefined);
  shelf.set(moved, new Stored(moved, 2, '{"color":"blue"}'));
  shelf.set('new', new Stored('new', 1, '{"color":"red"}'));
  const expected = ['new', ...before.filter((id) => id !== gone && id !== moved)].sort();
  const then = async () => (await shelf.find(kind, { color: 'red' })).map(({ id }) => id);
  expect(await then()).toEqual(expected);
  expect((await first).map(({ id }) => id)).toContain(late);
  expect(await then()).toEqual(expected);
});

test('two kinds of one name that search at once each find theirs', async () => {
  const shelf = shelfOf(31);
  const other: AnyKind = { ...slowKind(), facets: () => ({ color: 'none' }) };
  const kind = slowKind();
  const found = await Promise.all([
    shelf.find(kind, { color: 'red' }),
    shelf.find(other, { color: 'none' }),
    shelf.find(kind, { color: 'blue' }),
    shelf.find(other, { color: 'red' }),
  ]);
  expect(found.map((docs) => docs.length)).toEqual([16, 31, 15, 0]);
});

test('thousands come in bytewise order of their ids, also after one came and one went', async () => {
  const kind: AnyKind = { name: 'sheet', parse: (raw) => raw };
  const shelf = shelfOf(2503);
  const ids = async () => (await shelf.find(kind)).map(({ id }) => id);
  const expected = Array.from({ length: 2503 }, (_, n) => idOf(n));
  expect(await ids()).toEqual(expected);
  shelf.set(idOf(9), undefined);
  shelf.set('a', new Stored('a', 1, '{}'));
  const after = ['a', ...expected.filter((id) => id !== idOf(9))];
  expect(await ids()).toEqual(after);
  expect(await ids()).toEqual(after);
});
