// `npm run store` with a real PostgreSQL: moving there and back, and what is refused on the way.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { update } from '../../../src/core/store.js';
import { openEmbedded } from '../../../src/store/embedded.js';
import { openPostgres } from '../../../src/store/postgres.js';
import { readPostgres } from '../../../src/store/raw-postgres.js';
import { poll, polls, vote } from '../../store/sample.js';
import { hasServer, Schema } from '../../store/server.js';
import { runScript } from './child.js';
import { command, documents, folderOf, freshFolder, heldBy, inFolder, many, quietly } from './sample.js';

describe.skipIf(!hasServer())('on the server of TEST_DATABASE_URL', () => {
  const schema = new Schema();
  afterAll(() => schema.remove());
  let folder = '';
  beforeEach(async () => {
    await schema.empty();
    folder = await freshFolder();
  });

  const run = (args: readonly string[], dataDir = folder) => command(args, { dataDir, databaseUrl: schema.url() });
  const inDatabase = async () => heldBy(await readPostgres(schema.url(), quietly));
  /** Other test files run programs on the same server. */
  const troubles = (err: readonly string[]) => err.filter((line) => !/^(warning: |schema step)/.test(line));
  const place = new URL(schema.url());
  const named = `postgres://${place.host}${place.pathname}`;

  test('whatever is stored goes there and comes back, to the byte', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (all) => {
        if (all.length === 0) return;
        await schema.empty();
        const [from, to] = [await folderOf(all), await freshFolder()];
        expect((await run(['copy', 'to-postgres'], from)).code).toBe(0);
        expect(await inDatabase()).toEqual(all);
        expect((await run(['copy', 'to-folder'], to)).code).toBe(0);
        expect(await inFolder(to)).toEqual(all);
      }),
      { numRuns: 25 },
    );
  });

  test('a community moves, goes on there, and moves back', async () => {
    const before = await openEmbedded(folder);
    for (const id of ['p', 'q']) await before.collection(polls).insert(id, poll(id));
    await before.close();
    expect((await run(['copy', 'to-postgres'])).code).toBe(0);

    const there = await openPostgres(schema.url());
    expect(await there.collection(polls).find({ title: 'p' })).toHaveLength(1);
    await update(there.collection(polls), 'p', vote('alice'));
    await there.close();

    const back = await freshFolder();
    expect((await run(['copy', 'to-folder'], back)).code).toBe(0);
    const after = await openEmbedded(back);
    expect(await after.collection(polls).get('p')).toEqual({
      id: 'p',
      rev: 2,
      value: { ...poll('p'), votes: { alice: 1 } },
    });
    await after.close();
  });

  test('it says what was done and what comes next, the key included', async () => {
    await folderOf(many(20), folder);
    const { out, err } = await run(['copy', 'to-postgres']);
    expect(out).toEqual([
      `${named} holds the same 20 documents as ${folder} (changed: 20)`,
      `Next: keep DATABASE_URL set and start the program; ${folder} is left as it is.`,
    ]);
    expect(troubles(err)).toEqual([]);
    await writeFile(join(folder, 'secret.key'), 'canary');
    const again = await run(['copy', 'to-postgres']);
    expect(again.out[0]).toContain('(changed: 0)');
    expect(again.out[2]).toMatch(/set SECRET_KEY to the content of .*secret\.key/);
    expect(again.out.join()).not.toContain('canary');
    const back = await run(['copy', 'to-folder']);
    expect(back.out[1]).toContain('unset DATABASE_URL');
  });

  test('a folder in use is not copied, nor copied into', async () => {
    await folderOf(many(5), folder);
    const store = await openEmbedded(folder);
    const refused = await run(['copy', 'to-postgres']);
    expect([refused.code, refused.err.at(-1)]).toEqual([1, expect.stringContaining('is in use by process')]);
    await store.close();
    await run(['copy', 'to-postgres']);
    const again = await openEmbedded(folder);
    expect((await run(['copy', 'to-folder'])).err.at(-1)).toContain('is in use by process');
    await again.close();
  });

  test('documents that differ are named and left alone, unless they are to be replaced', async () => {
    await folderOf(many(9), folder);
    await run(['copy', 'to-postgres']);
    await schema.query(`update documents set value = '"mine"' where id = '01J000004'`);
    const mine = await inDatabase();
    const { code, err } = await run(['copy', 'to-postgres']);
    expect(code).toBe(1);
    expect(troubles(err)).toEqual([
      `nothing was changed: ${named} holds 1 document that differ from ${folder}: ` +
        'poll/01J000004 (another value of revision 5); --replace overwrites them',
    ]);
    expect(await inDatabase()).toEqual(mine);
    expect((await run(['copy', 'to-postgres', '--replace'])).code).toBe(0);
    expect(await inDatabase()).toEqual(many(9));
  });

  test('documents that only the destination has are named and left alone, unless they are to be removed', async () => {
    await folderOf(many(9), folder);
    await run(['copy', 'to-postgres']);
    await schema.query(`delete from documents where id = '01J000004'`);
    const { code, err } = await run(['copy', 'to-folder', '--replace']);
    expect(code).toBe(1);
    expect(troubles(err)).toEqual([
      `nothing was changed: ${folder} holds 1 document that ${named} does not have: ` +
        'poll/01J000004; --remove deletes them, or choose an empty destination',
    ]);
    expect(await inFolder(folder)).toEqual(many(9));
    expect((await run(['copy', 'to-folder', '--remove'])).code).toBe(0);
    expect(await inFolder(folder)).toEqual(many(9).filter(({ id }) => id !== '01J000004'));
    expect((await run(['copy', 'to-folder'])).out[0]).toContain('(changed: 0)');
  });

  test('an empty source is copied over nothing', async () => {
    await folderOf(many(3), folder);
    await (await openPostgres(schema.url())).close();
    expect(troubles((await run(['copy', 'to-folder', '--remove'])).err)).toEqual([
      `${named} holds no documents: there is nothing to copy`,
    ]);
    expect(await inFolder(folder)).toEqual(many(3));
    await schema.empty();
    expect(await run(['copy', 'to-folder', '--remove'])).toMatchObject({ code: 2 });
    expect((await run(['copy', 'to-postgres'], await freshFolder())).code).toBe(1);
  });

  test('export, import and check use the database when one is named', async () => {
    await folderOf(many(30), folder);
    await run(['copy', 'to-postgres']);
    const file = join(await freshFolder(), 'backup.jsonl');
    const env = { DATABASE_URL: schema.url(), DATA_DIR: join(folder, 'not used') };
    expect(await runScript(['check'], env)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${named} holds 30 documents, all can be read`),
    });
    expect((await runScript(['export', file], env)).code).toBe(0);
    await schema.empty();
    expect((await runScript(['import', file], env)).code).toBe(0);
    expect(await inDatabase()).toEqual(many(30));
    await schema.query(`update documents set value = '"\\u0000"' where id = '01J000004'`);
    const { code, stdout } = await runScript(['check'], env);
    expect(code).toBe(1);
    expect(stdout).toContain('FAULT: poll/01J000004: a document may hold neither NUL');
  });

  test('what a document is found by goes through an export', async () => {
    const store = await openPostgres(schema.url());
    await store.collection(polls).insert('p', poll('p', 'closed'));
    await store.close();
    const file = join(await freshFolder(), 'backup.jsonl');
    await run(['export', file]);
    await schema.empty();
    await run(['import', file]);
    expect(await schema.query('select facets from documents')).toEqual([{ facets: { state: 'closed', title: 'p' } }]);
  });

  test('a program that runs on the database is warned of', async () => {
    await folderOf(many(3), folder);
    const store = await openPostgres(schema.url());
    await store.check();
    expect((await run(['copy', 'to-postgres'])).err).toContainEqual(
      expect.stringMatching(/^warning: the program seems to run on that database \(\d+ connections\): stop it first$/),
    );
    await store.close();
  });
});
