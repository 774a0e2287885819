// The embedded engine on a disk that is full, read-only or gone: nothing is half recorded, and it goes on by itself.
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Store, update } from '../../src/core/store.js';
import { openEmbedded } from '../../src/store/embedded.js';
import { canMount, type Disk, mountDisk } from './disk.js';
import { got, poll, polls, vote } from './sample.js';

const unrecorded = { name: 'Unrecorded' };
const heavy = 'x'.repeat(40_000);

let disk: Disk;
let store: Store;
const startOnDisk = async () => {
  const mounted = mountDisk(256);
  if (!mounted) throw new Error('no disk');
  disk = mounted;
  store = await openEmbedded(join(disk.folder, 'data'));
};
const leaveDisk = async () => {
  await store.close();
  disk.remove();
};
const mounts = canMount();

describe.skipIf(!mounts)('a full disk', () => {
  beforeEach(startOnDisk);
  afterEach(leaveDisk);

  /** Fills the disk to the last block. */
  const fill = async () => {
    await expect(writeFile(join(disk.folder, 'ballast'), Buffer.alloc(1_000_000))).rejects.toThrow('ENOSPC');
  };

  test('records nothing, says so, and is used again once there is room', async () => {
    const c = store.collection(polls);
    await c.insert('p', poll('p'));
    await fill();
    const attempts = [
      update(c, 'p', vote('lost')),
      update(c, 'p', (p) => ({ ...p, title: heavy })),
      c.insert('q', poll('q')),
      c.replace(await got(c, 'p'), poll('other')),
    ];
    for (const result of await Promise.allSettled(attempts)) expect(result).toMatchObject({ reason: unrecorded });
    expect(await c.get('p')).toEqual({ id: 'p', rev: 1, value: poll('p') });
    expect(await c.find({ state: 'open' })).toHaveLength(1);
    await expect(store.check()).rejects.toMatchObject({ message: expect.stringContaining('ENOSPC') });

    await rm(join(disk.folder, 'ballast'));
    await expect(store.check()).resolves.toBeUndefined();
    await update(c, 'p', vote('kept'));
    await store.close();
    store = await openEmbedded(join(disk.folder, 'data'));
    expect(await store.collection(polls).find()).toEqual([
      { id: 'p', rev: 2, value: { ...poll('p'), votes: { kept: 1 } } },
    ]);
  });

  test('leaves the good file whole and no rubbish', async () => {
    const c = store.collection(polls);
    for (const id of ['p', 'q', 'r']) await c.insert(id, poll(id));
    await c.replace(await got(c, 'p'), { ...poll('p'), title: heavy });
    await fill();
    await expect(c.replace(await got(c, 'p'), poll('p2'))).rejects.toMatchObject(unrecorded);
    const names = await readdir(join(disk.folder, 'data', 'kind-poll'));
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
    await rm(join(disk.folder, 'ballast'));
    await store.close();
    store = await openEmbedded(join(disk.folder, 'data'));
    expect((await got(store.collection(polls), 'p')).value.title).toBe(heavy);
  });

  test('does not pass the check while as much as was refused has no room', async () => {
    const c = store.collection(polls);
    await c.insert('p', poll('p'));
    await writeFile(join(disk.folder, 'most'), Buffer.alloc(150_000));
    await fill();
    await rm(join(disk.folder, 'ballast'));
    await writeFile(join(disk.folder, 'rest'), Buffer.alloc(80_000));
    await expect(c.replace(await got(c, 'p'), { ...poll('p'), title: heavy })).rejects.toMatchObject(unrecorded);
    await c.insert('small', poll('small'));
    await expect(store.check()).rejects.toMatchObject({ message: expect.stringContaining('ENOSPC') });
    await rm(join(disk.folder, 'most'));
    await expect(store.check()).resolves.toBeUndefined();
  });

  test('is not filled by the journal of one busy document, which goes on changing', async () => {
    const c = store.collection(polls);
    await c.insert('p', { ...poll('p'), title: 'x'.repeat(15_000) });
    for (let nth = 0; nth < 100; nth += 1) await update(c, 'p', (p) => ({ ...p, votes: { nth } }));
    await expect(store.check()).resolves.toBeUndefined();
    await store.close();
    store = await openEmbedded(join(disk.folder, 'data'));
    expect((await got(store.collection(polls), 'p')).value.votes).toEqual({ nth: 99 });
  });

  test('is named at a start, with the folder', async () => {
    await store.collection(polls).insert('p', poll('p'));
    await store.close();
    await fill();
    const folder = join(disk.folder, 'data');
    await expect(openEmbedded(folder)).rejects.toThrow(`${folder} cannot be written, its disk is full`);
    await rm(join(disk.folder, 'ballast'));
    store = await openEmbedded(folder);
    expect(await store.collection(polls).find()).toHaveLength(1);
  });

  test('lets documents be removed, which makes room', async () => {
    const c = store.collection(polls);
    await c.insert('p', { ...poll('p'), title: heavy });
    await fill();
    expect(await c.remove(await got(c, 'p'))).toBe(true);
    await expect(c.insert('q', poll('q'))).resolves.toBe(true);
  });
});

describe.skipIf(!mounts)('a read-only disk', () => {
  beforeEach(startOnDisk);
  afterEach(leaveDisk);

  test('records nothing, still answers, and is used again once it can be written', async () => {
    const c = store.collection(polls);
    await c.insert('p', poll('p'));
    disk.readOnly(true);
    await expect(update(c, 'p', vote('lost'))).rejects.toMatchObject({ message: expect.stringContaining('EROFS') });
    await expect(c.remove(await got(c, 'p'))).rejects.toMatchObject(unrecorded);
    await expect(store.collection({ ...polls, name: 'other' }).insert('a', poll('a'))).rejects.toMatchObject(
      unrecorded,
    );
    await expect(store.check()).rejects.toMatchObject(unrecorded);
    expect(await c.get('p')).toEqual({ id: 'p', rev: 1, value: poll('p') });
    disk.readOnly(false);
    await update(c, 'p', vote('kept'));
    await expect(store.check()).resolves.toBeUndefined();
    expect((await got(c, 'p')).value.votes).toEqual({ kept: 1 });
  });

  test('is not opened, and the reason is said', async () => {
    await store.close();
    disk.readOnly(true);
    await expect(openEmbedded(join(disk.folder, 'data'))).rejects.toThrow('EROFS');
    disk.readOnly(false);
  });
});

describe('a folder that vanishes', () => {
  let folder = '';
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'store-')), 'data');
    store = await openEmbedded(folder);
  });
  afterEach(() => store.close());

  test('is not made again; nothing is recorded until it is back', async () => {
    const c = store.collection(polls);
    await c.insert('p', poll('p'));
    await rename(folder, `${folder}-away`);
    await expect(update(c, 'p', vote('lost'))).rejects.toMatchObject(unrecorded);
    await expect(c.insert('q', poll('q'))).rejects.toMatchObject(unrecorded);
    await expect(store.collection({ ...polls, name: 'other' }).insert('a', poll('a'))).rejects.toMatchObject(
      unrecorded,
    );
    await expect(store.check()).rejects.toMatchObject(unrecorded);
    expect(existsSync(folder)).toBe(false);
    await rename(`${folder}-away`, folder);
    await update(c, 'p', vote('kept'));
    await expect(store.check()).resolves.toBeUndefined();
  });

  test('a collection folder that vanishes is not made again either', async () => {
    const c = store.collection(polls);
    await c.insert('p', poll('p'));
    await rm(join(folder, 'kind-poll'), { recursive: true });
    await expect(update(c, 'p', vote('lost'))).rejects.toMatchObject(unrecorded);
    expect(await readdir(folder)).toEqual(['lease.json']);
  });

  test('and is missed though the journal takes the changes', async () => {
    const c = store.collection(polls);
    await c.insert('p', poll('p'));
    for (const voter of ['a', 'b', 'c', 'd']) await update(c, 'p', vote(voter));
    await rename(join(folder, 'kind-poll'), join(folder, 'away'));
    const isWell = (): Promise<boolean> =>
      store.check().then(
        () => true,
        () => false,
      );
    await expect.poll(isWell, { timeout: 3000 }).toBe(false);
    await update(c, 'p', vote('e'));
    expect(await isWell()).toBe(false);
    await rename(join(folder, 'away'), join(folder, 'kind-poll'));
    await expect.poll(isWell, { timeout: 3000 }).toBe(true);
    await store.close();
    store = await openEmbedded(folder);
    expect(Object.keys((await got(store.collection(polls), 'p')).value.votes)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('a folder that another process took over is not written any more', async () => {
    const c = store.collection(polls);
    await c.insert('p', poll('p'));
    const before = await readFile(join(folder, 'kind-poll', 'id-p.json'), 'utf8');
    await writeFile(join(folder, 'other'), '{"token":"of another"}');
    await rename(join(folder, 'other'), join(folder, 'lease.json'));
    await expect(update(c, 'p', vote('lost'))).rejects.toMatchObject(unrecorded);
    await expect(store.check()).rejects.toMatchObject({ message: expect.stringContaining('another process') });
    expect(await readFile(join(folder, 'kind-poll', 'id-p.json'), 'utf8')).toBe(before);
    await store.close();
    expect(await readFile(join(folder, 'lease.json'), 'utf8')).toContain('of another');
  });

  test('files are private, compact, and say their version', async () => {
    await store.collection(polls).insert('P/1', poll('p'));
    const path = join(folder, 'kind-poll', 'id-_p=2f1.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'kind-poll'))).mode & 0o777).toBe(0o700);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await readFile(path, 'utf8')).toBe(
      '{"version":1,"id":"P/1","rev":1,"value":{"title":"p","state":"open","votes":{}}}\n',
    );
  });
});
