// `npm run store` as its operator meets it, on folders: backup, restore, check, and what is refused.
import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { openEmbedded } from '../../../src/store/embedded.js';
import { canMount, mountDisk } from '../../store/disk.js';
import { anything, poll, polls } from '../../store/sample.js';
import { runScript } from './child.js';
import { command, documents, folderOf, freshFolder, inFolder, many } from './sample.js';

let folder = '';
let other = '';
let file = '';
beforeEach(async () => {
  [folder, other] = [await freshFolder(), await freshFolder()];
  file = join(await freshFolder(), 'backup.jsonl');
});

const here = (...args: string[]) => command(args, { dataDir: folder });
const there = (...args: string[]) => command(args, { dataDir: other });

describe('export and import', () => {
  test('bring every document into another store, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (all) => {
        if (all.length === 0) return;
        const [from, to] = [await folderOf(all), await freshFolder()];
        expect((await command(['export', file], { dataDir: from })).code).toBe(0);
        expect((await command(['import', file], { dataDir: to })).code).toBe(0);
        expect(await inFolder(to)).toEqual(all.map((one) => ({ ...one, json: one.json.replace(/[\r\n]/g, ' ') })));
        await Promise.all([from, to].map((place) => rm(place, { recursive: true })));
      }),
      { numRuns: 40 },
    );
  });

  test('say how many documents they moved, in one line', async () => {
    await folderOf(many(1234), folder);
    expect(await here('export', file)).toMatchObject({
      code: 0,
      out: [`1,234 documents of ${folder} went to ${file}`],
      err: [],
    });
    expect(await there('import', file)).toMatchObject({
      code: 0,
      out: [`${other} holds all that ${file} does, 1,234 documents (changed: 1,234)`],
    });
  });

  test('work through the standard output and input', async () => {
    await folderOf(many(200), folder);
    const { code, data, out, err } = await here('export', '-');
    expect([code, out]).toEqual([0, []]);
    expect(err).toEqual([`200 documents of ${folder} went to the standard output`]);
    expect((await command(['import', '-'], { dataDir: other }, data)).code).toBe(0);
    expect(await inFolder(other)).toEqual(many(200));
    expect((await command(['import', '-'], { dataDir: other }, data.subarray(0, 5000))).code).toBe(1);
  });

  test('an export can be made while the program is running; an import cannot', async () => {
    const store = await openEmbedded(folder);
    await store.collection(polls).insert('p', poll('p'));
    expect((await here('export', file)).code).toBe(0);
    const refused = await here('import', file);
    expect(refused.code).toBe(1);
    expect(refused.err.at(-1)).toContain(`${folder} is in use by process ${process.pid}`);
    await store.close();
  });

  test('importing twice changes nothing the second time', async () => {
    await folderOf(many(50), folder);
    await here('export', file);
    await there('import', file);
    expect((await there('import', file)).out).toEqual([
      `${other} holds all that ${file} does, 50 documents (changed: 0)`,
    ]);
  });

  test('an empty store is not exported over a good backup', async () => {
    await folderOf(many(5), folder);
    await here('export', file);
    const before = await readFile(file);
    expect(await there('export', file)).toMatchObject({
      code: 1,
      err: [`${other} holds no documents: nothing was exported`],
    });
    expect(await readFile(file)).toEqual(before);
  });

  test('a document that cannot be read stops the export: the former file stays', async () => {
    await folderOf(many(5), folder);
    await here('export', file);
    const before = await readFile(file);
    await writeFile(join(folder, 'kind-poll', 'id-01_j000001.json'), 'canary');
    const { code, err } = await here('export', file);
    expect([code, err.length]).toEqual([1, 1]);
    expect(err[0]).toContain('id-01_j000001.json cannot be read');
    expect(await readFile(file)).toEqual(before);
    expect(await readdir(join(file, '..'))).toEqual(['backup.jsonl']);
  });
});

describe('an import', () => {
  beforeEach(async () => {
    await folderOf(many(30), folder);
    await here('export', file);
  });

  test('over documents that differ is refused with their names, and changes nothing', async () => {
    const [first, second, third] = many(3);
    if (!first || !second || !third) throw new Error('no documents');
    const mine = [{ ...first, rev: 40 }, { ...second, json: '"mine"' }, third];
    await folderOf(mine, other);
    const { code, err } = await there('import', file);
    expect(code).toBe(1);
    expect(err).toEqual([
      `nothing was changed: ${other} holds 2 documents that differ from ${file}: ` +
        'delivery/01J000000 (revision 40, not 1), poll/01J000001 (another value of revision 2); --replace overwrites them',
    ]);
    expect(await inFolder(other)).toEqual(mine);

    expect((await there('import', file, '--replace')).code).toBe(0);
    expect(await inFolder(other)).toEqual(many(30));
  });

  test('leaves documents alone that the file does not have, and says so', async () => {
    const mine = { kind: 'mine', id: 'm', rev: 1, json: '1' };
    await folderOf([mine], other);
    const { code, out } = await there('import', file);
    expect(code).toBe(0);
    expect(out[1]).toBe(`It also holds 1 that ${file} does not have; they were left alone.`);
    expect(await inFolder(other)).toContainEqual(mine);
  });

  test('of a file that is cut off, changed or newer changes nothing', async () => {
    const bytes = await readFile(file);
    const bad = [
      bytes.subarray(0, 700),
      bytes.subarray(0, bytes.lastIndexOf('\n', bytes.length - 2) + 1),
      Buffer.from(bytes.toString().replace('"zebra":7', '"zebra":8')),
      Buffer.from(bytes.toString().replace('"version":1', '"version":2')),
      Buffer.from('canary'),
    ];
    for (const one of bad) {
      await writeFile(file, one);
      const { code, err } = await there('import', file);
      expect([code, err.length]).toEqual([1, 1]);
      expect(err[0]).toContain(`nothing was imported from ${file}: `);
      expect(err[0]).not.toContain('canary');
    }
    expect(await readdir(other)).toEqual([]);
  });

  test('of a file that is not there is one line', async () => {
    expect(await there('import', `${file}.not`)).toMatchObject({ code: 1, err: [`${file}.not: ENOENT`] });
  });

  test('gives the program its documents', async () => {
    const source = await openEmbedded(folder);
    await source.collection(anything).insert('__proto__', { b: [1, { z: 'é\u2028' }], a: null });
    await source.close();
    await here('export', file);
    await there('import', file);
    const store = await openEmbedded(other);
    const doc = await store.collection(anything).get('__proto__');
    expect(JSON.stringify(doc)).toBe('{"id":"__proto__","rev":1,"value":{"b":[1,{"z":"é\u2028"}],"a":null}}');
    await store.close();
  });
});

describe('a check', () => {
  test('of a good store says what it holds, with exit code 0', async () => {
    await folderOf(many(3001), folder);
    expect(await here('check')).toMatchObject({
      code: 0,
      out: [
        '    1,001 delivery',
        '    1,000 poll',
        '    1,000 setting',
        `${folder} holds 3,001 documents, all can be read`,
      ],
      err: [],
    });
  });

  test('of a bad one names each fault, with exit code 1', async () => {
    await folderOf(many(9), folder);
    const [bad, lost] = ['id-01_j000001.json', 'id-01_j000004.json'].map((name) => join(folder, 'kind-poll', name));
    await writeFile(bad ?? '', 'canary');
    await rename(lost ?? '', `${lost}.bak`);
    const { code, out } = await here('check');
    expect(code).toBe(1);
    expect(out.filter((line) => line.startsWith('FAULT: '))).toEqual([
      `FAULT: ${lost} is missing but its .bak is there: rename it back, or delete it`,
      `FAULT: ${bad}: cannot be read (it is not JSON); restore it from a backup`,
    ]);
    expect(out.at(-1)).toBe(`${folder} holds 8 documents, faults: 2`);
  });
});

describe('what is refused', () => {
  test.each([
    [],
    ['export'],
    ['import'],
    ['export', 'a', 'b'],
    ['check', 'x'],
    ['copy'],
    ['copy', 'postgres'],
    ['copy', 'to-folder', 'x'],
    ['drop'],
    ['export', 'x', '--replace'],
    ['check', '--remove'],
    ['import', 'x', '--remove'],
    ['export', '--what', 'x'],
  ])('wrong usage: %s %s %s', async (...args: string[]) => {
    const { code, err, out } = await here(...args);
    expect([code, out]).toEqual([2, []]);
    expect(err).toEqual([expect.stringMatching(/^usage: npm run store -- export FILE \| import FILE/)]);
  });

  test('copy without DATABASE_URL', async () => {
    for (const way of ['to-postgres', 'to-folder']) {
      expect(await here('copy', way)).toMatchObject({ code: 2, err: [expect.stringMatching(/^DATABASE_URL: /)] });
    }
  });

  test('a folder that is not there', async () => {
    for (const args of [['export', file], ['check']]) {
      const { code, err } = await command(args, { dataDir: join(folder, 'nowhere') });
      expect([code, err]).toEqual([2, [`DATA_DIR: ${join(folder, 'nowhere')} cannot be read (ENOENT)`]]);
    }
    expect(await readdir(folder)).toEqual([]);
  });

  test('a file where something else is', async () => {
    await folderOf(many(3), folder);
    await mkdir(file);
    expect(await here('export', file)).toMatchObject({ code: 2, err: [`${file} is there and is not a file`] });
    await symlink(file, `${file}.link`);
    expect((await here('export', `${file}.link`)).code).toBe(2);
  });
});

test.skipIf(!canMount())(
  'a full disk is one line, keeps what was written, and the command can be repeated',
  async () => {
    await folderOf(many(200), folder);
    await here('export', file);
    const disk = mountDisk(256);
    if (!disk) throw new Error('no disk');
    const place = join(disk.folder, 'data');
    const { code, err } = await command(['import', file], { dataDir: place });
    expect([code, err]).toEqual([1, [`${place} takes no changes (ENOSPC)`]]);
    const some = await inFolder(place);
    expect(some.length).toBeGreaterThan(0);
    expect(many(200)).toEqual(expect.arrayContaining([...some]));
    const full = join(disk.folder, 'full.jsonl');
    expect(await command(['export', full], { dataDir: folder })).toMatchObject({ code: 1, err: ['ENOSPC'] });
    expect(await readdir(disk.folder)).toEqual(['data']);
    disk.remove();
  },
);

describe('as a command', () => {
  test('it reads the environment as the program does, and no more of it than it needs', async () => {
    await folderOf(many(3), folder);
    const good = await runScript(['check'], { DATA_DIR: folder, SLACK_BOT_TOKEN: 'not a token' });
    expect(good).toMatchObject({ code: 0, stdout: expect.stringContaining(`${folder} holds 3 documents`) });
    const bad = await runScript(['check'], { DATABASE_URL: 'mysql://canary' });
    expect(bad).toEqual({ code: 2, stdout: '', stderr: 'DATABASE_URL: must start with "postgres://"\n' });
  });

  test('a database that cannot be reached is one line without its password, with exit code 1', async () => {
    const DATABASE_URL = 'postgres://somebody:canary@127.0.0.1:1/nowhere';
    await folderOf(many(3), folder);
    await folderOf(many(3), other);
    for (const args of [['check'], ['export', file], ['copy', 'to-postgres'], ['copy', 'to-folder']]) {
      const { code, stdout, stderr } = await runScript(args, { DATABASE_URL, DATA_DIR: folder });
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^DATABASE_URL: postgres:\/\/127\.0\.0\.1:1\/nowhere cannot be reached [^\n]+\n$/);
    }
    expect(await inFolder(folder)).toEqual(many(3));
  });

  test('--help says all it does', async () => {
    const { code, stdout } = await runScript(['--help'], {});
    expect(code).toBe(0);
    for (const word of ['export FILE', 'import FILE', 'check', 'to-postgres', 'to-folder', '--replace', '--remove']) {
      expect(stdout).toContain(word);
    }
  });
});
