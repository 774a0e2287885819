// A process that was taken for dead while the disk wrote: it acknowledges nothing more, and harms nobody.
import { renameSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Store, update } from '../../src/core/store.js';
import { openEmbedded } from '../../src/store/embedded.js';
import { poll, polls, vote } from './sample.js';

let folder = '';
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lost-lease-'));
  store = await openEmbedded(folder);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const collection = () => store.collection(polls);

/**
 * Makes one change after the other, and has the lease taken over after so many milliseconds.
 * @returns how many were acknowledged after that
 */
async function acknowledgedLate(milliseconds: number, change: (nth: number) => Promise<unknown>): Promise<number> {
  let isTaken = false;
  let late = 0;
  setTimeout(() => {
    writeFileSync(join(folder, 'taken'), JSON.stringify({ token: 'another' }));
    renameSync(join(folder, 'taken'), join(folder, 'lease.json'));
    isTaken = true;
  }, milliseconds);
  for (let nth = 0; ; nth += 1) {
    const isDone = await change(nth).then(
      () => true,
      () => false,
    );
    if (!isDone) return late;
    if (isTaken) late += 1;
  }
}

const moments = [1, 3, 7, 12, 20];

test.each(moments)('a line of the journal: taken over after %i ms', async (after) => {
  await collection().insert('p', poll('p'));
  expect(await acknowledgedLate(after, () => update(collection(), 'p', (p) => ({ ...p })))).toBe(0);
});

test.each(moments)("a document's file: taken over after %i ms", async (after) => {
  expect(await acknowledgedLate(after, (nth) => collection().insert(`q${nth}`, poll('q')))).toBe(0);
});

test('no two holders of a folder write a journal of the same name', async () => {
  const journals = async () => (await readdir(folder)).filter((name) => name.startsWith('journal-'));
  await collection().insert('p', poll('p'));
  for (const voter of ['a', 'b', 'c', 'd']) await update(collection(), 'p', vote(voter));
  const first = await journals();
  await store.close();
  store = await openEmbedded(folder);
  for (const voter of ['e', 'f', 'g', 'h']) await update(collection(), 'p', vote(voter));
  const second = await journals();
  expect([first.length, second.length]).toEqual([1, 1]);
  expect(second).not.toEqual(first);
});
