// A process that a test kills: it opens a store, changes it under load, and says which changes were acknowledged.
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Store, update, upsert } from '../../src/core/store.js';
import { ballots, fullBallots, poll, polls, vote } from './sample.js';

const [engine = '', where = '', does = '', round = ''] = process.argv.slice(2);

/** Written before anything else happens: what the test reads was acknowledged, whatever comes next. */
const say = (line: string) => writeSync(1, `${line}\n`);

async function open(): Promise<Store> {
  if (engine === 'postgres') return (await import('../../src/store/postgres.js')).openPostgres(where);
  return (await import('../../src/store/embedded.js')).openEmbedded(where);
}

/** Thirty members vote in three polls, five in one of many answers, and ten more insert and remove, without an end. */
async function load(store: Store): Promise<void> {
  const c = store.collection(polls);
  for (const id of ['p0', 'p1', 'p2']) await upsert(c, id, poll(id), (p) => p);
  const long = store.collection(ballots);
  await upsert(long, 'long', fullBallots(1000), (doc) => doc);
  say('open');
  const answering = Array.from({ length: 5 }, async (_, member) => {
    for (let n = 0; ; n += 1) {
      const key = `${round}.${member}.${n}`;
      const at = (member * 7 + n) % 900;
      await update(long, 'long', (doc) => ({ ...doc, list: doc.list.toSpliced(at, 0, { key, option: n }) }));
      say(`answered long ${key}`);
    }
  });
  const voting = Array.from({ length: 30 }, async (_, member) => {
    for (let n = 0; ; n += 1) {
      const voter = `${round}.${member}.${n % 20}`;
      await update(c, `p${n % 3}`, (p) => ({ ...vote(voter)(p), title: `${p.title.slice(0, 2)} ${member} ${n}` }));
      say(`voted p${n % 3} ${voter}`);
    }
  });
  const inserting = Array.from({ length: 10 }, async (_, member) => {
    for (let n = 0; ; n += 1) {
      const id = `i-${round}-${member}-${n}`;
      await c.insert(id, poll(id));
      say(`inserted ${id}`);
      if (n % 2 === 1) continue;
      say(`removing ${id}`);
      const doc = await c.get(id);
      if (doc) await c.remove(doc);
      say(`removed ${id}`);
    }
  });
  await Promise.all([...answering, ...voting, ...inserting]);
}

/** Votes when told to, by a line of input, and says what came of it. */
async function hold(store: Store): Promise<void> {
  const c = store.collection(polls);
  await upsert(c, 'p0', poll('p0'), (p) => p);
  say('open');
  process.stdin.on('data', (data) => {
    update(c, 'p0', vote(String(data).trim())).then(
      () => say('voted'),
      (error: Error) => say(`refused ${error.name}: ${error.message}`),
    );
  });
  await sleep(600_000);
}

try {
  const store = await open();
  await (does === 'load' ? load(store) : hold(store));
} catch (error) {
  say(`failed ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
