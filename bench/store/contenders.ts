// Who is measured: both engines through the storage port, and one plain lowdb file doing the same changes.
import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import pg from 'pg';
import { systemClock } from '../../src/core/clock.js';
import { type Collection, update } from '../../src/core/store.js';
import { openEmbedded } from '../../src/store/embedded.js';
import { openPostgres } from '../../src/store/postgres.js';
import type { Raw, WritableRawStore } from '../../src/store/raw.js';
import { holdFolder } from '../../src/store/raw-folder.js';
import { writePostgres } from '../../src/store/raw-postgres.js';
import { changed, idOf, kind, type Poll, poll } from './documents.js';

/** One who holds documents, ready to change them. */
export interface Contender {
  readonly name: string;
  /** Resolves when the document with this number is changed, and on the disk as far as the contender cares. */
  change(n: number): Promise<unknown>;
  close(): Promise<void>;
}

export interface Maker {
  readonly name: string;
  /** Where its documents are: what `start.ts` is told. */
  readonly place: string;
  fill(count: number): Promise<void>;
  open(): Promise<Contender>;
  /** Removes the documents. */
  clear(): Promise<void>;
}

const quietly = {
  clock: systemClock,
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
};

async function fillRaw(store: WritableRawStore, count: number): Promise<void> {
  for (let from = 0; from < count; from += 500) {
    const some = Array.from({ length: Math.min(500, count - from) }, (_, n): Raw => {
      return { kind: kind.name, id: idOf(from + n), rev: 1, json: JSON.stringify(poll(from + n)) };
    });
    await store.write(some.map((after) => ({ before: undefined, after })));
  }
  await store.close();
}

const changing = (collection: Collection<Poll>) => (n: number) => update(collection, idOf(n), changed);

export async function embeddedIn(place: string): Promise<Contender> {
  const store = await openEmbedded(place);
  return { name: 'embedded', change: changing(store.collection(kind)), close: () => store.close() };
}

export function embedded(folder: string): Maker {
  const [name, place] = ['embedded', join(folder, 'embedded')];
  return {
    name,
    place,
    fill: async (count) => fillRaw(await holdFolder(place, quietly), count),
    open: () => embeddedIn(place),
    clear: () => rm(place, { recursive: true, force: true }),
  };
}

/** In a schema of its own, which `clear` removes. */
export function postgres(url: string): Maker {
  const schema = `bench_${randomBytes(6).toString('hex')}`;
  const place = new URL(url);
  place.searchParams.set('options', `-c search_path=${schema}`);
  const name = 'PostgreSQL';
  return {
    name,
    place: place.href,
    fill: async (count) => {
      await sql(url, `create schema ${schema}`);
      await fillRaw(await writePostgres(place.href, quietly), count);
    },
    open: async () => {
      const store = await openPostgres(place.href);
      return { name, change: changing(store.collection(kind)), close: () => store.close() };
    },
    clear: () => sql(url, `drop schema if exists ${schema} cascade`),
  };
}

async function sql(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** As lowdb's own README has it: one file, changed in memory, written whole, never synced. */
export function plainLowdb(folder: string): Maker {
  const [name, home] = ['lowdb', join(folder, 'lowdb')];
  const place = join(home, 'db.json');
  const file = () => new Low<Record<string, Poll>>(new JSONFile(place), {});
  return {
    name,
    place,
    fill: async (count) => {
      await mkdir(home, { recursive: true });
      const db = file();
      db.data = Object.fromEntries(Array.from({ length: count }, (_, n) => [idOf(n), poll(n)]));
      await db.write();
    },
    open: async () => {
      const db = file();
      await db.read();
      const change = async (n: number) => {
        const before = db.data[idOf(n)];
        if (!before) throw new Error(`document ${n} is not there`);
        db.data[idOf(n)] = changed(before);
        await db.write();
      };
      return { name, change, close: async () => undefined };
    },
    clear: () => rm(home, { recursive: true, force: true }),
  };
}
