// kill -9 in the middle of an import or a copy: what is there is whole, and the same command finishes the work.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openEmbedded } from '../../../src/store/embedded.js';
import type { Raw } from '../../../src/store/raw.js';
import { readPostgres } from '../../../src/store/raw-postgres.js';
import { anything } from '../../store/sample.js';
import { hasServer, Schema } from '../../store/server.js';
import { runScript, startScript } from './child.js';
import { command, folderOf, freshFolder, heldBy, inFolder, many, quietly } from './sample.js';

const all = many(6000);
let source = '';
beforeAll(async () => {
  source = await folderOf(all);
});

const filesIn = async (folder: string): Promise<number> =>
  (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json') && name.includes('kind-'))
    .length;

/** Starts the command again and again, killing it each time the destination has that many more documents. */
async function killedAt(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  counts: readonly number[],
  count: () => Promise<number>,
): Promise<void> {
  let halfDone = 0;
  for (const enough of counts) {
    const running = startScript(args, env);
    while ((await count()) < enough && running.process.exitCode === null) await sleep(2);
    running.process.kill('SIGKILL');
    await running.ended;
    const there = await count();
    expect(there).toBeGreaterThanOrEqual(enough);
    if (there < all.length) halfDone += 1;
  }
  // On a machine that stood still for a moment the command may have been quicker, but not each time.
  expect(halfDone).toBeGreaterThan(0);
}

const areAmong = (some: readonly Raw[]): void => {
  const known = new Set(all.map((one) => JSON.stringify(one)));
  expect(some.filter(({ kind, id, rev, json }) => !known.has(JSON.stringify({ kind, id, rev, json })))).toEqual([]);
};

test('an import into a folder', { timeout: 120_000 }, async () => {
  const file = join(await freshFolder(), 'export.jsonl');
  const target = await freshFolder();
  await command(['export', file], { dataDir: source });
  await killedAt(['import', file], { DATA_DIR: target }, [1, 1000, 2500], () => filesIn(target));
  areAmong(await inFolder(target));
  // The program itself may have been started in between: it finds a folder as after any crash.
  const store = await openEmbedded(target);
  expect((await store.collection({ ...anything, name: 'poll' }).find()).length).toBeGreaterThan(0);
  await store.close();
  expect(await runScript(['import', file], { DATA_DIR: target })).toMatchObject({ code: 0 });
  expect(await inFolder(target)).toEqual(all);
});

describe.skipIf(!hasServer())('on the server of TEST_DATABASE_URL', () => {
  const schema = new Schema();
  afterAll(() => schema.remove());
  beforeEach(() => schema.empty());
  const inDatabase = async () => heldBy(await readPostgres(schema.url(), quietly));
  const rows = async (): Promise<number> => {
    const [{ is_there: isThere } = { is_there: false }] = await schema.query<{ is_there: boolean }>(
      `select to_regclass('${schema.name}.documents') is not null as is_there`,
    );
    if (!isThere) return 0;
    return Number((await schema.query<{ count: string }>('select count(*) from documents'))[0]?.count);
  };

  test('a copy to PostgreSQL', { timeout: 120_000 }, async () => {
    const env = { DATA_DIR: source, DATABASE_URL: schema.url() };
    await killedAt(['copy', 'to-postgres'], env, [1, 600, 1800], rows);
    areAmong(await inDatabase());
    expect(await runScript(['copy', 'to-postgres'], env)).toMatchObject({ code: 0 });
    expect(await inDatabase()).toEqual(all);
    expect(await inFolder(source)).toEqual(all);
  });

  test('a copy to a folder', { timeout: 120_000 }, async () => {
    expect(await runScript(['copy', 'to-postgres'], { DATA_DIR: source, DATABASE_URL: schema.url() })).toMatchObject({
      code: 0,
    });
    const target = await freshFolder();
    const env = { DATA_DIR: target, DATABASE_URL: schema.url() };
    await killedAt(['copy', 'to-folder'], env, [1, 1000, 2500], () => filesIn(target));
    areAmong(await inFolder(target));
    expect(await runScript(['copy', 'to-folder'], env)).toMatchObject({ code: 0 });
    expect(await inFolder(target)).toEqual(all);
    expect(await inDatabase()).toEqual(all);
  });
});
