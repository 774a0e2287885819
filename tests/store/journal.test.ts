// The embedded engine's journal: what changes again and again is on the disk before its file is, and survives any cut.
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Store, update } from '../../src/core/store.js';
import { openEmbedded } from '../../src/store/embedded.js';
import { readFolder } from '../../src/store/raw-folder.js';
import { inFolder } from '../scripts/store/sample.js';
import { canMount, mountDisk } from './disk.js';
import { type Ballot, ballots, fullBallots, got, poll, polls, vote } from './sample.js';

let home = '';
let folder = '';
let store: Store;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'journal-'));
  folder = join(home, 'data');
  store = await openEmbedded(folder);
});
afterEach(async () => {
  await store.close();
  await rm(home, { recursive: true, force: true });
});

const collection = () => store.collection(polls);
const file = (id = 'p') => join(folder, 'kind-poll', `id-${id}.json`);
const fileRev = async (id = 'p') => (JSON.parse(await readFile(file(id), 'utf8')) as { rev: number }).rev;
const journals = async (of = folder) => (await readdir(of)).filter((name) => name.startsWith('journal-'));

/** From the third time within a second on what is written goes into the journal. */
async function changed(id: string, times: number): Promise<void> {
  for (let nth = 0; nth < times; nth += 1) await update(collection(), id, vote(`${nth}`));
}

/**
 * The folder as a machine that is cut off leaves it: the journal first, since what vanishes from it meanwhile stands in the
 * documents' files by then.
 */
async function cutOff(): Promise<string> {
  const copy = await mkdtemp(join(home, 'copy-'));
  const isJournal = (path: string): number => Number(path.startsWith('journal-'));
  const paths = (await readdir(folder, { recursive: true })).sort((a, b) => isJournal(b) - isJournal(a));
  for (const path of paths.filter((one) => /\.(json|bak|log)$/.test(one) && one !== 'lease.json')) {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await copyFile(join(folder, path), join(copy, path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
  return copy;
}

/** Another copy, in which the file at `path` ends there. */
async function cutAt(copy: string, path: string, at: number): Promise<string> {
  const cut = await mkdtemp(join(home, 'cut-'));
  await cp(copy, cut, { recursive: true });
  await truncate(path.replace(copy, cut), at);
  return cut;
}

async function opened<R>(place: string, work: (other: Store) => Promise<R>): Promise<R> {
  const other = await openEmbedded(place);
  try {
    return await work(other);
  } finally {
    await other.close();
  }
}
const revIn = (place: string, id = 'p') => opened(place, async (other) => (await other.collection(polls).get(id))?.rev);

describe('what changes again and again', () => {
  test('is in the journal at once, and in its file within two seconds', async () => {
    await collection().insert('p', poll('p'));
    await changed('p', 7);
    expect(await fileRev()).toBeLessThan(8);
    expect(await journals()).toHaveLength(1);
    await expect.poll(() => fileRev(), { timeout: 3000 }).toBe(8);
    await expect.poll(() => journals(), { timeout: 3000 }).toEqual([]);
  });

  test('is all there when the machine is cut off', async () => {
    await collection().insert('p', poll('p'));
    await changed('p', 7);
    const copy = await cutOff();
    await opened(copy, async (other) => {
      expect(await got(other.collection(polls), 'p')).toEqual(await got(collection(), 'p'));
      expect(await journals(copy)).toEqual([]);
    });
  });

  test('and is removed and made anew in one group, is the new one when the machine is cut off', async () => {
    await collection().insert('p', poll('p'));
    await changed('p', 4);
    const c = collection();
    const seen = await got(c, 'p');
    expect(await Promise.all([c.remove(seen), c.insert('p', poll('new'))])).toEqual([true, true]);
    const copy = await cutOff();
    await opened(copy, async (other) => expect((await got(other.collection(polls), 'p')).value).toEqual(poll('new')));
  });

  test('is in its file when the store is closed', async () => {
    await collection().insert('p', poll('p'));
    await changed('p', 7);
    await store.close();
    expect([await fileRev(), await journals()]).toEqual([8, []]);
  });

  test('is what is read beside a program that runs', async () => {
    await collection().insert('p', poll('p'));
    await changed('p', 7);
    expect(await fileRev()).toBeLessThan(8);
    expect(await inFolder(folder)).toMatchObject([{ id: 'p', rev: 8 }]);
    const { faults, notes } = await (await readFolder(folder)).check(() => undefined);
    expect([faults, notes]).toEqual([[], [expect.stringContaining('the journal is ahead of 1 document')]]);
  });

  test('is settled while it goes on changing, and nothing is lost at any instant', { timeout: 20_000 }, async () => {
    await collection().insert('p', poll('p'));
    let acknowledged = 1;
    let isOver = false;
    const changing = (async () => {
      while (!isOver) acknowledged = (await update(collection(), 'p', (p) => ({ ...p })))?.rev ?? 0;
    })();
    for (let round = 0; round < 12; round += 1) {
      await sleep(250);
      const atLeast = acknowledged;
      const copy = await cutOff();
      expect(await revIn(copy)).toBeGreaterThanOrEqual(atLeast);
    }
    isOver = true;
    await changing;
    expect(acknowledged).toBeGreaterThan(50);
  });
});

describe('a removal', () => {
  test('makes the journal silent first: what comes back under the id is not overruled', async () => {
    await collection().insert('p', poll('first'));
    await changed('p', 7);
    await collection().remove(await got(collection(), 'p'));
    expect(await revIn(await cutOff())).toBeUndefined();
    await collection().insert('p', poll('second'));
    const copy = await cutOff();
    expect(await opened(copy, async (other) => (await got(other.collection(polls), 'p')).value.title)).toBe('second');
  });

  test('with what is to be forgotten leaves no trace of it', async () => {
    await collection().insert('p', poll('canary'));
    await changed('p', 7);
    await update(collection(), 'p', (p) => ({ ...p, title: 'nothing' }));
    await store.forgetPast?.();
    const paths = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
    const texts = await Promise.all(paths.map((one) => readFile(join(one.parentPath, one.name), 'utf8')));
    expect(texts.join('\n')).not.toContain('canary');
  });
});

describe('a journal that is cut', () => {
  /** A folder with the document at revision 2 in its file, and up to 8 in the journal, one line each. */
  async function written(): Promise<{ copy: string; path: string; bytes: Buffer }> {
    await collection().insert('p', poll('p'));
    await changed('p', 7);
    const copy = await cutOff();
    const path = join(copy, (await journals(copy))[0] ?? '');
    return { copy, path, bytes: await readFile(path) };
  }

  test('anywhere keeps every whole line before the cut', async () => {
    const { copy, path, bytes } = await written();
    const lines = bytes.toString().split('\n').length - 1;
    const first = 8 - lines;
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), async (at) => {
        const cut = await cutAt(copy, path, at);
        const text = bytes.subarray(0, at).toString();
        // A line whose break alone is missing is whole.
        const whole = text.split('\n').filter((line) => bytes.toString().split('\n').includes(line) && line !== '');
        expect(await revIn(cut)).toBe(first + whole.length);
      }),
      { numRuns: 30 },
    );
  });

  test('before its end stops the opening, by name, and is named by those who read', async () => {
    const { copy, path, bytes } = await written();
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await expect(openEmbedded(copy)).rejects.toThrow(`${path} is damaged in line 1`);
    await expect(inFolder(copy)).rejects.toThrow(`${path} is damaged in line 1`);
    expect((await (await readFolder(copy)).check(() => undefined)).faults).toEqual([
      expect.stringContaining(`${path} is damaged in line 1`),
    ]);
    await rm(path);
    expect(await revIn(copy)).toBe(2);
  });

  test('in a line that was written to its end is damaged, the last one too', async () => {
    const { copy, path, bytes } = await written();
    const lines = bytes.toString().split('\n').length - 1;
    bytes[bytes.length - 10] = (bytes[bytes.length - 10] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await expect(openEmbedded(copy)).rejects.toThrow(`${path} is damaged in line ${lines}`);
  });

  test('tells in the log what it dropped', async () => {
    const { copy, path, bytes } = await written();
    const cut = await cutAt(copy, path, bytes.length - 10);
    const warned: unknown[] = [];
    const log = { info: () => undefined, warn: (data: unknown) => void warned.push(data), error: () => undefined };
    await (await openEmbedded(cut, { log })).close();
    const last = bytes.toString().trimEnd().split('\n').at(-1) ?? '';
    expect(warned).toEqual([{ file: path.replace(copy, cut), bytes: Buffer.byteLength(last) - 9 }]);
  });

  test('puts a document right whose file is damaged, or gone', async () => {
    const { copy } = await written();
    await writeFile(join(copy, 'kind-poll', 'id-p.json'), '');
    expect(await revIn(copy)).toBe(8);
  });
});

describe('a long list', () => {
  const lists = () => store.collection(ballots);
  const change = (nth: number) =>
    update(lists(), 'p', ({ title, list }) => ({ title, list: list.with(nth, { key: `new${nth}`, option: 1 }) }));
  const linesIn = async (of: string): Promise<readonly string[]> => {
    const texts = (await journals(of)).sort().map((name) => readFile(join(of, name), 'utf8'));
    return (await Promise.all(texts)).flatMap((text) => text.trimEnd().split('\n'));
  };
  const listIn = (place: string) => opened(place, async (other) => (await got(other.collection(ballots), 'p')).value);

  test('is written down once; what becomes of one entry is a short line', async () => {
    await lists().insert('p', fullBallots(2000));
    for (let nth = 0; nth < 12; nth += 1) await change(nth);
    const copy = await cutOff();
    const lines = await linesIn(copy);
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.filter((line) => line.length > 500).length).toBeLessThan(lines.length / 2);
    const { value } = await got(lists(), 'p');
    const [read] = await inFolder(copy);
    expect(JSON.parse(read?.json ?? '')).toEqual(value);
    expect(await listIn(copy)).toEqual(value);
  });

  test('cut anywhere is the list of a revision, and of none before what its file has', async () => {
    await lists().insert('p', fullBallots(60));
    const revisions: { title: string; list: readonly Ballot[] }[] = [fullBallots(60)];
    for (let nth = 0; nth < 8; nth += 1) revisions.push((await change(nth)).value);
    const copy = await cutOff();
    const path = join(copy, (await journals(copy))[0] ?? '');
    const { length } = await readFile(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(length), async (at) => {
        const cut = await cutAt(copy, path, at);
        const { rev, value } = await opened(cut, (other) => got(other.collection(ballots), 'p'));
        expect(rev).toBeGreaterThan(1);
        expect(value).toEqual(revisions[rev - 1]);
      }),
      { numRuns: 30 },
    );
  });

  test('goes on from file to file of the journal', { timeout: 20_000 }, async () => {
    await lists().insert('p', fullBallots(500));
    for (let nth = 0; nth < 500; nth += 1) {
      await change(nth);
      if (nth % 100 === 50) {
        expect(await listIn(await cutOff())).toEqual((await got(lists(), 'p')).value);
        await sleep(700);
      }
    }
    const { value } = await got(lists(), 'p');
    expect(value.list.filter(({ option }) => option === 1)).toHaveLength(500);
    await store.close();
    expect(await listIn(folder)).toEqual(value);
  });

  test('whose beginning is missing is named, not guessed', async () => {
    await lists().insert('p', fullBallots(60));
    for (let nth = 0; nth < 8; nth += 1) await change(nth);
    const copy = await cutOff();
    const path = join(copy, (await journals(copy))[0] ?? '');
    const [, ...later] = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, later.join('\n'));
    await expect(openEmbedded(copy)).rejects.toThrow(`${path} says what became of ballots/p, and not of what`);
  });
});

describe.skipIf(!canMount())('a disk that is full', () => {
  test('takes no line, and the next one is whole', async () => {
    const disk = mountDisk(256);
    if (!disk) throw new Error('no disk');
    const place = join(disk.folder, 'data');
    const other = await openEmbedded(place);
    const c = other.collection(polls);
    await c.insert('p', poll('p'));
    for (let nth = 0; nth < 4; nth += 1) await update(c, 'p', vote(`${nth}`));
    expect(await journals(place)).toHaveLength(1);
    await expect(writeFile(join(disk.folder, 'ballast'), Buffer.alloc(1_000_000))).rejects.toThrow('ENOSPC');
    await expect(update(c, 'p', (p) => ({ ...p, title: 'x'.repeat(9000) }))).rejects.toMatchObject({
      name: 'Unrecorded',
    });
    expect((await got(c, 'p')).rev).toBe(5);
    await rm(join(disk.folder, 'ballast'));
    await update(c, 'p', vote('kept'));
    await other.close();
    expect(await opened(place, async (again) => (await got(again.collection(polls), 'p')).value.votes)).toMatchObject({
      kept: 1,
    });
    disk.remove();
  });
});
