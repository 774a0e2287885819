// The embedded engine's folder as its tools see it: every document, in order, to the byte; and what is wrong with it.
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { update } from '../../src/core/store.js';
import { openEmbedded } from '../../src/store/embedded.js';
import { holdFolder, readFolder } from '../../src/store/raw-folder.js';
import { documents, folderOf, freshFolder, inFolder, many, quietly } from '../scripts/store/sample.js';
import { anything, poll, polls, vote } from './sample.js';

let folder = '';
beforeEach(async () => {
  folder = await freshFolder();
});

const checked = async (place = folder) => {
  const { counts, faults, notes } = await (await readFolder(place)).check(() => undefined);
  return { counts: Object.fromEntries(counts), faults, notes };
};

describe('documents', () => {
  test('come back to the byte, in bytewise order, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (all) => {
        const place = await folderOf(all);
        expect(await inFolder(place)).toEqual(all);
        expect(await checked(place)).toMatchObject({ faults: [], notes: [] });
        await rm(place, { recursive: true });
      }),
    );
  });

  test('that were written raw are what the engine reads, and the other way round', async () => {
    await folderOf([{ kind: 'poll', id: 'p', rev: 7, json: '{"title" : "p"}' }], folder);
    const store = await openEmbedded(folder);
    const c = store.collection(polls);
    expect(await c.get('p')).toEqual({ id: 'p', rev: 7, value: poll('p') });
    await update(c, 'p', vote('x'));
    await store.collection(anything).insert('order', { b: 1, a: { d: 1, c: 2 } });
    await store.close();
    expect(await inFolder(folder)).toEqual([
      { kind: 'anything', id: 'order', rev: 1, json: '{"b":1,"a":{"d":1,"c":2}}' },
      { kind: 'poll', id: 'p', rev: 8, json: '{"title":"p","state":"open","votes":{"x":1}}' },
    ]);
  });

  test('can be read while a program is changing them', async () => {
    const store = await openEmbedded(folder);
    const c = store.collection(polls);
    for (let n = 0; n < 50; n += 1) await c.insert(`p${n}`, poll('p'));
    let isOver = false;
    const changing = Array.from({ length: 50 }, async (_, n) => {
      while (!isOver) await update(c, `p${n}`, vote(`${n}`)).then(() => update(c, `p${n}`, () => poll('p')));
    });
    const coming = (async () => {
      for (let n = 0; !isOver; n += 1) {
        await c.insert(`q${n}`, poll('q'));
        const doc = await c.get(`q${n}`);
        if (doc) await c.remove(doc);
      }
    })();
    for (let time = 0; time < 20; time += 1) {
      const names = (await inFolder(folder)).map(({ id }) => id).filter((id) => id.startsWith('p'));
      expect(names).toHaveLength(50);
      expect((await checked()).faults).toEqual([]);
    }
    isOver = true;
    await Promise.all([...changing, coming]);
    await store.close();
  });

  test('that are replaced and removed leave nothing behind that check would name', async () => {
    const all = many(5);
    await folderOf(all, folder);
    const store = await holdFolder(folder, quietly);
    const [first, second, ...rest] = all;
    if (!first || !second) throw new Error('no documents');
    await store.write([
      { before: first, after: { ...first, rev: 9, json: '"new"' } },
      { before: second, after: undefined },
    ]);
    await store.close();
    expect(await inFolder(folder)).toEqual([{ ...first, rev: 9, json: '"new"' }, ...rest]);
    expect(await checked()).toMatchObject({ faults: [], notes: [] });
  });
});

describe('a folder', () => {
  test('that is in use is not written', async () => {
    const store = await openEmbedded(folder);
    await expect(holdFolder(folder, quietly)).rejects.toThrow(`in use by process ${process.pid}`);
    await store.close();
    await (await holdFolder(folder, quietly)).close();
    expect(await readdir(folder)).toEqual([]);
  });

  test('that is not there is not read', async () => {
    const nowhere = { name: 'Trouble', isUsage: true };
    await expect(readFolder(join(folder, 'nowhere'))).rejects.toMatchObject(nowhere);
    await writeFile(join(folder, 'file'), '');
    await expect(readFolder(join(folder, 'file'))).rejects.toMatchObject(nowhere);
  });

  test('with a document that cannot be read is not read past it: it is named', async () => {
    await folderOf(many(9), folder);
    const bad = join(folder, 'kind-poll', 'id-01_j000004.json');
    await writeFile(bad, '{"version":1,"id":"01J000004","rev":2,"val');
    await expect(inFolder(folder)).rejects.toThrow(`${bad} cannot be read (it is not JSON)`);
  });

  test('with a document that is lost is not read past it: it is named', async () => {
    await folderOf(many(9), folder);
    const lost = join(folder, 'kind-poll', 'id-01_j000004.json');
    await rename(lost, `${lost}.bak`);
    await expect(inFolder(folder)).rejects.toThrow(`${lost} is missing`);
  });
});

describe('a check', () => {
  test('counts by kind, reads all, and changes nothing', async () => {
    await folderOf(many(9), folder);
    const names = await readdir(folder, { recursive: true });
    let ticks = 0;
    const report = await (await readFolder(folder)).check(() => void (ticks += 1));
    expect(Object.fromEntries(report.counts)).toEqual({ delivery: 3, poll: 3, setting: 3 });
    expect([report.faults, report.notes, ticks]).toEqual([[], [], 9]);
    expect(await readdir(folder, { recursive: true })).toEqual(names);
  });

  const file = () => join(folder, 'kind-poll', 'id-01_j000004.json');
  const damages: Record<string, { readonly does: () => Promise<unknown>; readonly says: string }> = {
    'is empty': { does: () => writeFile(file(), ''), says: 'cannot be read (it is empty); restore it' },
    'is garbled': { does: () => writeFile(file(), 'canary'), says: 'cannot be read (it is not JSON); restore it' },
    'is of another id': {
      does: () => copyFile(join(folder, 'kind-poll', 'id-01_j000001.json'), file()),
      says: 'cannot be read (it holds another document than its name says)',
    },
    'is of a newer program': {
      does: () => writeFile(file(), '{"version":2}'),
      says: 'was written by a newer program (version 2, known here: 1)',
    },
    'holds what PostgreSQL refuses': {
      does: () => writeFile(file(), '{"version":1,"id":"01J000004","rev":1,"value":"\\u0000"}'),
      says: 'a document may hold neither NUL nor a lone surrogate',
    },
    'is a folder': { does: () => rm(file()).then(() => mkdir(file())), says: 'cannot be read (EISDIR)' },
    'has a name that no id has': {
      does: () => rename(file(), join(folder, 'kind-poll', 'ID-01J000004.json')),
      says: 'cannot be read (it holds another document than its name says)',
    },
    'is lost, while its last version is there': {
      does: () => rename(file(), `${file()}.bak`),
      says: 'is missing but its .bak is there',
    },
    'is in a folder of no kind': {
      does: () => rename(join(folder, 'kind-poll'), join(folder, 'kind-Poll')),
      says: 'is not the folder of any kind',
    },
  };

  test.each(Object.entries(damages))('names a document that %s', async (_, { does, says }) => {
    await folderOf(many(9), folder);
    await does();
    const { faults } = await checked();
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(says);
    expect(faults[0]).toContain(folder);
    expect(faults[0]).not.toContain('canary');
  });

  test('says when the version before can stand in', async () => {
    await folderOf(many(9), folder);
    await copyFile(file(), `${file()}.bak`);
    await writeFile(file(), '');
    expect((await checked()).faults).toEqual([
      `${file()}: cannot be read (it is empty); the program will use its .bak, the version before`,
    ]);
  });

  test('notes what lies about, which is no fault', async () => {
    await folderOf(many(9), folder);
    const strays = [
      `${file()}.1.ab.tmp`,
      `${file()}.corrupt-2026-03-01`,
      `${file()}.bak`,
      join(folder, 'kind-poll', 'x'),
    ];
    for (const stray of strays) await writeFile(stray, '');
    await writeFile(join(folder, 'lease.json.1.ab.tmp'), '');
    await writeFile(join(folder, 'secret.key'), 'canary');
    const { faults, notes, counts } = await checked();
    expect(faults).toEqual([]);
    expect(counts).toEqual({ delivery: 3, poll: 3, setting: 3 });
    expect(notes.map((note) => note.split(': ')[0]).sort()).toEqual(
      [...strays, join(folder, 'lease.json.1.ab.tmp')].sort(),
    );
    expect(await readFile(`${file()}.bak`, 'utf8')).toBe('');
  });
});
