// The PostgreSQL engine's table as its tools see it, on a real server.
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openPostgres } from '../../src/store/postgres.js';
import type { Raw } from '../../src/store/raw.js';
import { readPostgres, writePostgres } from '../../src/store/raw-postgres.js';
import { documents, heldBy, many, quietly } from '../scripts/store/sample.js';
import { poll, polls } from './sample.js';
import { hasServer, Schema } from './server.js';

describe.skipIf(!hasServer())('on the server of TEST_DATABASE_URL', () => {
  const schema = new Schema();
  afterAll(() => schema.remove());
  beforeEach(() => schema.empty());

  const fill = async (all: readonly Raw[]) => {
    const store = await writePostgres(schema.url(), quietly);
    await store.write(all.map((after) => ({ before: undefined, after })));
    await store.close();
  };
  const inDatabase = async () => heldBy(await readPostgres(schema.url(), quietly));

  test('documents come back to the byte, in bytewise order, whatever they are', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (all) => {
        await schema.empty();
        await fill(all);
        expect(await inDatabase()).toEqual(all);
      }),
      { numRuns: 40 },
    );
  });

  test('more documents than a page are all read, in one snapshot', async () => {
    await fill(many(350));
    const store = await readPostgres(schema.url(), quietly);
    expect(await store.count()).toBe(350);
    const seen: string[] = [];
    for await (const { kind, id } of store.documents()) {
      if (seen.length === 50) await schema.query(`delete from documents where kind = 'setting'`);
      seen.push(`${kind}/${id}`);
    }
    await store.close();
    expect(seen).toEqual(many(350).map(({ kind, id }) => `${kind}/${id}`));
    expect(await inDatabase()).toHaveLength(many(350).filter(({ kind }) => kind !== 'setting').length);
  });

  test('documents that were written raw are found by their facets, by replicas that start at once', async () => {
    const all = Array.from({ length: 1200 }, (_, n) => `p${String(n).padStart(4, '0')}`).map((id, n) => ({
      kind: 'poll',
      id,
      rev: 3,
      json: JSON.stringify(poll(id, n % 2 ? 'closed' : 'open')),
    }));
    await fill(all);
    const replicas = await Promise.all([1, 2, 3].map(() => openPostgres(schema.url())));
    const found = await Promise.all(replicas.map((store) => store.collection(polls).find({ state: 'closed' })));
    expect(found.map((docs) => docs.length)).toEqual([600, 600, 600]);
    expect(await replicas[0]?.collection(polls).find({ title: 'p0007' })).toMatchObject([{ id: 'p0007', rev: 3 }]);
    await Promise.all(replicas.map((store) => store.close()));
  });

  test('a document that someone changed meanwhile is neither overwritten nor removed', async () => {
    await fill(many(3));
    const [first] = many(3);
    if (!first) throw new Error('no document');
    await schema.query('update documents set rev = 40 where id = $1', [first.id]);
    const store = await writePostgres(schema.url(), quietly);
    for (const after of [{ ...first, rev: 9 }, undefined]) {
      await expect(store.write([{ before: first, after }])).rejects.toThrow('was changed meanwhile');
    }
    await expect(store.write([{ before: undefined, after: first }])).rejects.toThrow('others write into');
    await store.close();
    expect((await inDatabase())[0]).toEqual({ ...first, rev: 40 });
  });

  test('a check names the rows that no engine would have written, and counts by kind', async () => {
    await fill(many(6));
    const row = (id: string, rev: number, value: string, facets = '{}') =>
      schema.query(`insert into documents values ('poll', $1, $2, $3, $4, '00000000-0000-0000-0000-000000000000')`, [
        id,
        rev,
        value,
        facets,
      ]);
    await row('a b', 1, '1');
    await row('nul', 1, '"canary \\u0000"');
    await row('rev', 0, '1');
    await row('facets', 1, '1', '{"a": 1}');
    const store = await readPostgres(schema.url(), quietly);
    const { counts, faults } = await store.check(() => undefined);
    await store.close();
    expect(Object.fromEntries(counts)).toEqual({ delivery: 2, poll: 6, setting: 2 });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['poll/a b', 'poll/facets', 'poll/nul', 'poll/rev']);
    expect(faults.join()).not.toContain('canary');
    await expect(inDatabase()).rejects.toThrow('poll/a b cannot be read');
  });

  test('a database without a store is not read, and one of a newer program neither read nor written', async () => {
    await expect(readPostgres(schema.url(), quietly)).rejects.toMatchObject({ name: 'Trouble', isUsage: true });
    await fill(many(1));
    await schema.query(`insert into migrations values (99, 'x', now())`);
    await expect(readPostgres(schema.url(), quietly)).rejects.toThrow('has schema 99 and this program knows 1');
    await expect(writePostgres(schema.url(), quietly)).rejects.toThrow('schema 99');
  });
});

test('a database that does not answer is told in one line without its password', async () => {
  const url = 'postgres://somebody:canary@127.0.0.1:1/nowhere';
  for (const open of [readPostgres, writePostgres]) {
    const error: Error = await open(url, quietly).then(
      () => new Error('it was opened'),
      (reason: Error) => reason,
    );
    expect(error.message).toMatch(/^.*postgres:\/\/127\.0\.0\.1:1\/nowhere cannot be reached \(ECONNREFUSED\).*$/);
    expect(error.message).not.toContain('canary');
  }
});

test('an address that is none is told without its password', async () => {
  const error: unknown = await readPostgres('postgres://somebody:can#ary@[nowhere', quietly).catch(
    (one: unknown) => one,
  );
  expect(String(error)).toContain('DATABASE_URL: the database of DATABASE_URL cannot be reached');
  expect(String(error)).not.toMatch(/can#|ary@/);
});
