// The database's schema, step by step: each step once, in its own transaction, checked by its checksum.
import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import type { Log } from './document.js';

/**
 * Only ever add to the end, and only what a program of the step before can live with: during a deploy both run.
 * A step that has been released is never edited.
 */
export const steps: readonly string[] = [
  `create table documents (
     kind text collate "C" not null,
     id text collate "C" not null,
     rev bigint not null,
     value json not null,
     facets jsonb not null,
     stamp uuid not null,
     primary key (kind, id)
   );
   create index documents_facets on documents using gin (facets jsonb_path_ops);`,
];

/** The advisory lock that is held while migrating; any number will do, as long as it stays. */
const lock = 7_270_465_021;

/**
 * Brings the schema up to date; several processes may do so at once.
 * @throws Error in one line when the schema is newer than this program, or was made by other steps
 */
export async function migrate(client: Client, log?: Log, all: readonly string[] = steps): Promise<void> {
  await inTransaction(client, async () => {
    await client.query(
      'create table if not exists migrations (version int primary key, checksum text not null, done_at timestamptz not null)',
    );
  });
  for (const [index, sql] of all.entries()) {
    await inTransaction(client, () => apply(client, index + 1, sql, all.length, log));
  }
}

async function inTransaction(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout = '60s'; set local statement_timeout = '60s'`);
    // Of the transaction, not of the session: poolers hand a session to someone else.
    await client.query('select pg_advisory_xact_lock($1)', [lock]);
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // the connection may be gone; the first error says why
    throw error;
  }
}

async function apply(client: Client, version: number, sql: string, known: number, log?: Log): Promise<void> {
  const checksum = createHash('sha256').update(sql).digest('hex');
  const { rows } = await client.query<{ version: number; checksum: string }>(
    'select version, checksum from migrations where version = $1 or version > $2 order by version desc',
    [version, known],
  );
  const newest = rows[0];
  if (newest && newest.version > known) {
    throw new Error(
      `the database has schema ${newest.version} and this program knows ${known}: start a newer one, or restore a backup`,
    );
  }
  if (newest && newest.checksum !== checksum) {
    throw new Error(`schema step ${version} was applied to the database in another form: use the program that made it`);
  }
  if (newest) return;
  await client.query(sql);
  await client.query('insert into migrations values ($1, $2, now())', [version, checksum]);
  log?.info({ version }, 'schema step applied');
}
