// The PostgreSQL engine: one table of documents, compare-and-set on the revision, any number of processes.
import pg from 'pg';
import { checkId, type Kind, type Store, Unrecorded } from '../core/store.js';
import { ShelfDesk } from './collection.js';
import { Connections, codeOf, redacted, settings } from './connection.js';
import type { Log } from './document.js';
import { migrate } from './migrations.js';
import { reading, Table } from './table.js';

/**
 * Connects, and brings the schema up to date.
 * @param url as pg takes it; `?options=-c search_path=…` puts the tables into another schema
 * @throws Error in one line, without user and password: not reachable, or a newer schema
 */
export async function openPostgres(url: string, { log }: { readonly log?: Log | undefined } = {}): Promise<Store> {
  await prepareDatabase(url, log);
  return new PostgresStore(new Connections(url, log), log);
}

/** Brings the schema up to date. @throws as `openPostgres` */
export async function prepareDatabase(url: string, log: Log | undefined): Promise<void> {
  const client = new pg.Client({ ...settings(url), query_timeout: 0 });
  client.on('error', (error) =>
    log?.warn({ code: codeOf(error) }, 'the database connection for migrating was dropped'),
  );
  try {
    await client.connect();
  } catch (cause) {
    throw new Error(`${redacted(url)} cannot be reached (${codeOf(cause)}): see DATABASE_URL`);
  }
  try {
    await migrate(client, log);
  } finally {
    await client.end();
  }
}

class PostgresStore implements Store {
  readonly #desks = new Map<string, ShelfDesk>();
  #closing: Promise<void> | undefined;

  constructor(
    readonly connections: Connections,
    readonly log: Log | undefined,
  ) {}

  collection<T>(kind: Kind<T>) {
    checkId(kind.name);
    let desk = this.#desks.get(kind.name);
    if (!desk) {
      desk = new ShelfDesk(new Table(kind.name, this.connections, this.log));
      this.#desks.set(kind.name, desk);
    }
    return desk.collection(kind);
  }

  async check(): Promise<void> {
    const sql = `select current_setting('transaction_read_only') as locked, exists (select from documents)`;
    const { rows } = await reading(() => this.connections.query<{ locked: string }>(sql, []));
    if (rows[0]?.locked !== 'off') throw new Unrecorded('the database is read-only');
  }

  async now(): Promise<Date> {
    const sql = 'select clock_timestamp()::timestamptz as now';
    const { rows } = await reading(() => this.connections.query<{ now: Date }>(sql, []));
    const now = rows[0]?.now;
    if (!now) throw new Unrecorded('the database told no time');
    return now;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.all(Array.from(this.#desks.values(), (desk) => desk.close()));
    await this.connections.close();
  }
}
