// The PostgreSQL engine with a line that breaks, a server that refuses, and a process that is killed.
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Collection, type Kind, type Store, update } from '../../src/core/store.js';
import { openPostgres } from '../../src/store/postgres.js';
import { compileChild } from './compiled.js';
import { killRounds, survivesKilling, tellKilling } from './kill.js';
import { closed, got, type Poll, poll, polls, vote } from './sample.js';
import { hasServer, Line, Schema } from './server.js';

const schema = new Schema();
const unrecorded = { name: 'Unrecorded' };
let line: Line;
let store: Store;
const logged: string[] = [];
const note = (fields: unknown, message?: string) => void logged.push(`${JSON.stringify(fields)} ${message}`);
const log = { info: note, warn: note, error: note };

describe.skipIf(!hasServer())('PostgreSQL', () => {
  beforeEach(async () => {
    await schema.empty();
    logged.length = 0;
    line = new Line();
    store = await openPostgres(schema.url(await line.open()), { log });
    await store.collection(polls).insert('p', poll('p'));
  });
  afterEach(async () => {
    await store.close();
    line.close();
  });
  afterAll(() => schema.remove());

  answersThatDoNotCome();
  linesThatAreDown();
  serversThatRefuse();
  livesOfOneId();
  versionsBeside();
  schemas();
  test('killed at any instant, it keeps all it acknowledged', {
    timeout: 30_000 + killRounds.PostgreSQL * 5_000,
  }, async () => {
    const compiled = await compileChild();
    try {
      const start = (round: number) => compiled.start('postgres', schema.url(), 'load', String(round));
      const rounds = killRounds.PostgreSQL;
      tellKilling('PostgreSQL', rounds, await survivesKilling(rounds, start, () => openPostgres(schema.url())));
    } finally {
      await compiled.clean();
    }
  });
});

type Polls = Collection<Poll>;

const votes = async () => Object.keys((await got(store.collection(polls), 'p')).value.votes);

function answersThatDoNotCome(): void {
  for (const fault of ['loses the answer', 'loses the question', 'delivers the question late'] as const) {
    test(`a line that ${fault} to a change: it is recorded once`, async () => {
      const c = store.collection(polls);
      line.breakAt('update documents', fault);
      const count = (p: Poll) => ({ ...p, votes: { total: (p.votes.total ?? 0) + 1 } });
      expect((await update(c, 'p', count)).rev).toBe(2);
      await new Promise((resolve) => setTimeout(resolve, 700));
      expect(await c.get('p')).toMatchObject({ rev: 2, value: { votes: { total: 1 } } });
    });

    test(`a line that ${fault} to an insert: it is the winner's`, async () => {
      const c = store.collection(polls);
      line.breakAt('insert into documents', fault);
      expect(await c.insert('q', poll('mine'))).toBe(true);
      expect(await c.insert('q', poll('other'))).toBe(false);
      await new Promise((resolve) => setTimeout(resolve, 700));
      expect(await c.get('q')).toMatchObject({ rev: 1, value: { title: 'mine' } });
    });
  }

  test('an answer lost, and then no line: nobody is told that it was recorded', async () => {
    const c = store.collection(polls);
    line.breakAt('update documents', 'loses the answer and stays down');
    const telling = { ...unrecorded, message: expect.stringContaining('not known') };
    await expect(update(c, 'p', vote('x'))).rejects.toMatchObject(telling);
    line.down(false);
    await update(c, 'p', vote('y'));
    expect(await votes()).toContain('y');
  });

  test('an answer lost, while others went on: nobody is told that it was recorded', async () => {
    const c = store.collection(polls);
    line.breakAt('update documents', 'loses the question');
    const other = await openPostgres(schema.url());
    const slow = update(c, 'p', vote('x'));
    await Promise.all(['a', 'b', 'c'].map((voter) => update(other.collection(polls), 'p', vote(voter))));
    const isTold = await slow.then(
      () => true,
      () => false,
    );
    await other.close();
    expect((await votes()).includes('x')).toBe(isTold);
  });
}

function linesThatAreDown(): void {
  test('without a line reads and changes are refused at once, and both go on by themselves', async () => {
    const c = store.collection(polls);
    line.down(true);
    const before = Date.now();
    await expect(update(c, 'p', vote('x'))).rejects.toMatchObject(unrecorded);
    await expect(c.insert('q', poll('q'))).rejects.toMatchObject(unrecorded);
    await expect(c.get('p')).rejects.toMatchObject(unrecorded);
    await expect(c.find()).rejects.toMatchObject(unrecorded);
    await expect(store.check()).rejects.toMatchObject(unrecorded);
    expect(Date.now() - before).toBeLessThan(3_000);
    line.down(false);
    await store.check();
    await update(c, 'p', vote('y'));
    expect(await votes()).toEqual(['y']);
  });

  test('connections cut while idle, and while in use, end nothing', async () => {
    const c = store.collection(polls);
    for (let time = 0; time < 5; time += 1) {
      line.cut();
      const isRecorded = await update(c, 'p', vote(`v${time}`)).then(
        () => true,
        () => false,
      );
      expect((await votes()).includes(`v${time}`)).toBe(isRecorded);
    }
    const voting = Array.from({ length: 50 }, (_, n) => update(c, 'p', vote(`w${n}`)));
    line.cut();
    const results = await Promise.allSettled(voting);
    const recorded = await votes();
    for (const [n, { status }] of results.entries()) if (status === 'fulfilled') expect(recorded).toContain(`w${n}`);
  });

  test('neither values nor the password are logged or told', async () => {
    const c = store.collection(polls);
    line.breakAt('update documents', 'loses the answer');
    await update(c, 'p', (p) => ({ ...p, title: 'canary' }));
    line.down(true);
    const error = await update(c, 'p', (p) => ({ ...p, title: 'canary' })).catch((e: Error) => e);
    expect(logged.length).toBeGreaterThan(0);
    expect(`${logged.join()} ${(error as Error).message}`).not.toContain('canary');
    const opening = openPostgres('postgres://alice:s3cret@127.0.0.1:1/bot?password=s3cret');
    const message = await opening.catch((e: Error) => `${e.message} ${e.stack} ${JSON.stringify(e.cause)}`);
    expect(message).toContain('postgres://127.0.0.1:1/bot cannot be reached (ECONNREFUSED)');
    expect(message).not.toContain('s3cret');
  });
}

function serversThatRefuse(): void {
  test('a row that someone holds locked is waited for two seconds, and then nothing is recorded', async () => {
    const c = store.collection(polls);
    await schema.query('begin');
    await schema.query(`select from documents where id = 'p' for update`);
    await expect(update(c, 'p', vote('x'))).rejects.toMatchObject({ message: expect.stringContaining('55P03') });
    await schema.query('rollback');
    await update(c, 'p', vote('y'));
    expect(await votes()).toEqual(['y']);
  });

  test('more waiting changes than connections: some are refused within seconds, none is lost, and it goes on', async () => {
    const c = store.collection(polls);
    const ids = Array.from({ length: 30 }, (_, n) => `q${n}`);
    for (const id of ids) await c.insert(id, poll(id));
    await schema.query('begin');
    await schema.query('lock table documents in access exclusive mode');
    const began = performance.now();
    const ends = await Promise.allSettled(ids.map((id) => update(c, id, vote('x'))));
    expect(performance.now() - began).toBeLessThan(10_000);
    await schema.query('rollback');
    expect(ends.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    for (const end of ends) expect(end).toMatchObject({ reason: unrecorded });
    for (const id of ids) expect(Object.keys((await update(c, id, vote('y'))).value.votes)).toEqual(['y']);
  });

  test('two processes count every vote, one claim wins, and neither trusts what it remembers', async () => {
    const other = await openPostgres(schema.url());
    const pair = [store.collection(polls), other.collection(polls)] as const;
    await Promise.all(pair.flatMap((c, n) => Array.from({ length: 50 }, (_, m) => update(c, 'p', vote(`${n}.${m}`)))));
    expect(await votes()).toHaveLength(100);
    const claims = await Promise.all(
      Array.from({ length: 50 }, (_, n) => pair[n % 2 ? 1 : 0].insert('c', poll(`${n}`))),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    await update(pair[1], 'p', closed);
    const openOnly = (p: Poll) => {
      if (p.state === 'closed') throw new Error('closed');
      return vote('late')(p);
    };
    await expect(update(pair[0], 'p', openOnly)).rejects.toThrow('closed');
    const reopened = (p: Poll) => ({ ...p, state: 'open' as const });
    await update(pair[1], 'p', reopened);
    await update(pair[0], 'p', openOnly);
    await update(pair[0], 'p', closed);
    await update(pair[1], 'p', reopened);
    await expect(update(pair[0], 'p', openOnly)).resolves.toMatchObject({ value: { state: 'open' } });
    await pair[1].remove(await got(pair[1], 'p'));
    await expect(update(pair[0], 'p', vote('x'))).rejects.toMatchObject({ key: 'unknownId' });
    await other.close();
  });
}

function livesOfOneId(): void {
  test('what a process remembers of a document is not taken for one that others have made anew', async () => {
    const [second, third] = [await openPostgres(schema.url()), await openPostgres(schema.url())];
    const [a, b, c] = [store, second, third].map((one) => one.collection(polls)) as [Polls, Polls, Polls];
    await a.insert('x', poll('former'));
    await b.remove(await got(b, 'x'));
    expect(await c.insert('x', poll('present'))).toBe(true);
    expect((await got(c, 'x')).rev).toBe(1);
    expect((await update(a, 'x', vote('late'))).value).toEqual(vote('late')(poll('present')));
    expect((await got(c, 'x')).value.title).toBe('present');
    await Promise.all([second.close(), third.close()]);
  });
}

function versionsBeside(): void {
  test('rows that the version before writes without a new facet are found', { timeout: 20_000 }, async () => {
    const older: Kind<Poll> = { name: 'two-versions', parse: (raw) => raw as Poll };
    const newer: Kind<Poll> = { ...older, facets: ({ title }) => ({ title }) };
    const other = await openPostgres(schema.url());
    const found = async () => (await store.collection(newer).find({ title: 'red' })).map(({ id }) => id);
    await other.collection(older).insert('one', poll('red'));
    expect(await found()).toEqual(['one']);
    await other.collection(older).insert('two', poll('red'));
    await other.collection(older).insert('three', poll('blue'));
    await update(other.collection(older), 'one', vote('a'));
    await expect.poll(found, { timeout: 10_000 }).toEqual(['one', 'two']);
    await other.close();
  });
}

function schemas(): void {
  test('a newer schema, or a step in another form, stops the opening with one line', async () => {
    await schema.query(`insert into migrations values (7, 'x', now())`);
    await expect(openPostgres(schema.url())).rejects.toThrow(
      /^the database has schema 7 and this program knows 1: .*$/,
    );
    await schema.query(`delete from migrations where version = 7`);
    await schema.query(`update migrations set checksum = 'x'`);
    await expect(openPostgres(schema.url())).rejects.toThrow(
      'schema step 1 was applied to the database in another form',
    );
  });

  test('eight processes that start at once on an empty database make the schema once', async () => {
    await schema.empty();
    const all = await Promise.all(Array.from({ length: 8 }, () => openPostgres(schema.url())));
    expect(await schema.query('select version from migrations')).toEqual([{ version: 1 }]);
    for (const one of all) await one.close();
  });

  test('a database that became read-only does not pass the check', async () => {
    // A database of its own: what is set for it meets no one else.
    const name = `${schema.name}_locked`;
    await schema.query(`create database ${name}`);
    const url = new URL(schema.url());
    url.pathname = `/${name}`;
    url.search = '';
    const locked = await openPostgres(url.href);
    try {
      await locked.check();
      await schema.query(`alter database ${name} set default_transaction_read_only = on`);
      await schema.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      await expect(locked.check()).rejects.toMatchObject({ ...unrecorded, message: 'the database is read-only' });
      await expect(locked.collection(polls).insert('p', poll('p'))).rejects.toMatchObject(unrecorded);
    } finally {
      await locked.close();
      await schema.query(`drop database ${name} with (force)`);
    }
  });

  test('an operator can query what is stored', async () => {
    await update(store.collection(polls), 'p', vote('x'));
    const sql = `select value->'votes'->>'x' as x from documents where kind = 'poll' and facets->>'state' = 'open'`;
    expect(await schema.query(sql)).toEqual([{ x: '1' }]);
  });
}
