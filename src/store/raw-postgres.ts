// The PostgreSQL engine's table, read page by page in one snapshot, and written row by row without knowing any kind.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { codeOf, redacted, settings } from './connection.js';
import type { Log } from './document.js';
import { steps } from './migrations.js';
import { prepareDatabase } from './postgres.js';
import {
  assertStorable,
  type Change,
  nameOf,
  type Raw,
  type RawStore,
  type Report,
  Trouble,
  type WritableRawStore,
} from './raw.js';

/** How many documents are read in one go. */
const page = 100;

interface Row {
  readonly kind: string;
  readonly id: string;
  readonly rev: string;
  readonly json: string;
  readonly facets: string;
}

/**
 * For reading alone; programs may be running on it.
 * @throws Trouble when it cannot be reached, holds no store, or a newer program's
 */
export async function readPostgres(url: string, { log }: { readonly log: Log }): Promise<RawStore> {
  const store = new RawTable(url, await connected(url, log), log);
  try {
    await store.assertKnown();
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

/**
 * For writing, after bringing the schema up to date.
 * @throws Trouble when it cannot be reached, or a newer program uses it
 */
export async function writePostgres(url: string, { log }: { readonly log: Log }): Promise<WritableRawStore> {
  await prepareDatabase(url, log).catch((error: unknown) => {
    throw error instanceof pg.DatabaseError ? refused(url, error) : new Trouble(messageOf(error));
  });
  return new RawTable(url, await connected(url, log), log);
}

/** How many connections of running programs the database sees; it cannot tell which of its stores they use. */
export async function programsOn(url: string, { log }: { readonly log: Log }): Promise<number> {
  const client = await connected(url, log);
  try {
    const sql = `select count(*) from pg_stat_activity
      where application_name = 'rapporteur' and datname = current_database()`;
    return Number((await client.query<{ count: string }>(sql)).rows[0]?.count);
  } catch (error) {
    throw refused(url, error);
  } finally {
    await client.end();
  }
}

async function connected(url: string, log: Log): Promise<pg.Client> {
  try {
    const client = new pg.Client({ ...settings(url), ...patient });
    client.on('error', (error) => log.warn({ code: codeOf(error) }, 'a database connection was cut'));
    await client.connect();
    return client;
  } catch (error) {
    throw new Trouble(`DATABASE_URL: ${redacted(url)} cannot be reached (${codeOf(error)})`);
  }
}

/** Nobody waits for an answer within three seconds here; a page may wait long for the slower side to write it. */
const patient: pg.ClientConfig = {
  application_name: 'rapporteur store',
  statement_timeout: 60_000,
  lock_timeout: 60_000,
  query_timeout: 90_000,
  idle_in_transaction_session_timeout: 0,
};

class RawTable implements WritableRawStore {
  readonly place: string;

  constructor(
    private readonly url: string,
    private readonly client: pg.Client,
    private readonly log: Log,
  ) {
    this.place = redacted(url);
  }

  async assertKnown(): Promise<void> {
    const sql = `select to_regclass('documents') is not null and to_regclass('migrations') is not null as is_there`;
    const [found] = await this.#query<{ is_there: boolean }>(this.client, sql);
    if (!found?.is_there) throw new Trouble(`DATABASE_URL: ${this.place} holds no store`, true);
    const [newest] = await this.#query<{ version: number }>(
      this.client,
      'select max(version) as version from migrations',
    );
    if (newest && newest.version > steps.length) {
      throw new Trouble(
        `${this.place} has schema ${newest.version} and this program knows ${steps.length}: use a newer one`,
      );
    }
  }

  async count(): Promise<number> {
    const [row] = await this.#query<{ count: string }>(this.client, 'select count(*) from documents');
    return Number(row?.count);
  }

  async *documents(only?: string): AsyncGenerator<Raw> {
    for await (const raw of this.#all(only)) {
      try {
        assertStorable(raw);
      } catch (error) {
        throw new Trouble(`${nameOf(raw)} cannot be read: ${messageOf(error)}`);
      }
      yield raw;
    }
  }

  async check(tick: () => void): Promise<Report> {
    const found = { counts: new Map<string, number>(), faults: [] as string[], notes: [] };
    for await (const raw of this.#all()) {
      tick();
      found.counts.set(raw.kind, (found.counts.get(raw.kind) ?? 0) + 1);
      try {
        assertStorable(raw);
      } catch (error) {
        found.faults.push(`${nameOf(raw)}: ${messageOf(error)}`);
      }
    }
    return found;
  }

  async write(changes: readonly Change[]): Promise<void> {
    const fresh = changes.flatMap(({ before, after }) => (after && !before ? [after] : []));
    if (fresh.length > 0) await this.#insert(fresh);
    for (const { before, after } of changes) if (before) await this.#set(before, after);
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  /** In one snapshot, over a connection of its own: what is written meanwhile does not move what is read. */
  async *#all(only?: string): AsyncGenerator<Raw> {
    const client = await connected(this.url, this.log);
    try {
      await this.#query(client, 'begin transaction isolation level repeatable read, read only');
      const sql = `select kind, id, rev, value::text as json, facets::text as facets from documents
        where (kind, id) > ($1, $2) and ($3::text is null or kind = $3) order by kind, id limit ${page}`;
      for (let last: Row | undefined, isMore = true; isMore; ) {
        const rows: Row[] = await this.#query<Row>(client, sql, [last?.kind ?? '', last?.id ?? '', only ?? null]);
        for (const { rev, facets, ...row } of rows) yield { ...row, rev: Number(rev), facetsJson: facets };
        last = rows.at(-1);
        isMore = rows.length === page;
      }
    } finally {
      await client.end();
    }
  }

  async #insert(all: readonly Raw[]): Promise<void> {
    const columns = [
      all.map(({ kind }) => kind),
      all.map(({ id }) => id),
      all.map(({ rev }) => rev),
      all.map(({ json }) => json),
      // Without facets it is found all the same: the program gives a kind's documents their facets before it searches.
      all.map(({ facetsJson = '{}' }) => facetsJson),
      all.map(() => randomUUID()),
    ];
    const sql = `insert into documents (kind, id, rev, value, facets, stamp)
      select kind, id, rev, value::json, facets::jsonb, stamp
      from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::uuid[])
        as given (kind, id, rev, value, facets, stamp)
      on conflict do nothing returning id`;
    const rows = await this.#query(this.client, sql, columns);
    if (rows.length !== all.length) throw new Trouble(`others write into ${this.place} too: stop them, then repeat`);
  }

  async #set(before: Raw, after: Raw | undefined): Promise<void> {
    const key = [before.kind, before.id, before.rev];
    const where = 'where kind = $1 and id = $2 and rev = $3 returning id';
    const rows = after
      ? await this.#query(this.client, `update documents set rev = $4, value = $5, facets = $6, stamp = $7 ${where}`, [
          ...key,
          after.rev,
          after.json,
          after.facetsJson ?? '{}',
          randomUUID(),
        ])
      : await this.#query(this.client, `delete from documents ${where}`, key);
    if (rows.length !== 1) throw new Trouble(`${nameOf(before)} was changed meanwhile: stop the program, then repeat`);
  }

  async #query<R extends pg.QueryResultRow>(client: pg.Client, sql: string, values?: readonly unknown[]): Promise<R[]> {
    try {
      return (await client.query<R>(sql, values && [...values])).rows;
    } catch (error) {
      throw refused(this.url, error);
    }
  }
}

/** The server's own words may quote a value. */
const refused = (url: string, error: unknown): Trouble =>
  new Trouble(
    `${redacted(url)} ${error instanceof pg.DatabaseError ? 'refused' : 'did not answer'} (${codeOf(error)})`,
  );

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
