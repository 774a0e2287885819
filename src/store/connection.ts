// Connections to PostgreSQL: the pool's settings, and what an error means for the change that met it.
import pg from 'pg';
import { Unrecorded } from '../core/store.js';
import type { Log } from './document.js';

/** A statement was sent and no answer came: it may have been carried out, now or a little later. */
export class Unsure extends Error {
  override readonly name = 'Unsure';
}

export class Connections {
  readonly #pool: pg.Pool;
  #isClosed = false;

  constructor(
    url: string,
    private readonly log: Log | undefined,
  ) {
    this.#pool = new pg.Pool({ ...settings(url), max: 10 });
    // Without a listener an idle connection that the server drops would end the process.
    this.#pool.on('error', (error) => log?.warn({ code: codeOf(error) }, 'an idle database connection was dropped'));
  }

  /**
   * One statement, as one transaction.
   * @throws Unrecorded when it was certainly not carried out
   * @throws Unsure when it is not known
   */
  async query<Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[]): Promise<pg.QueryResult<Row>> {
    const client = await this.#connect();
    // The pool listens for a client's errors only while it is idle.
    const onError = (error: Error) => this.log?.warn({ code: codeOf(error) }, 'a database connection was cut');
    client.on('error', onError);
    let broken: Error | undefined;
    try {
      return await client.query<Row>(sql, [...values]);
    } catch (error) {
      broken = meaning(error);
      throw broken;
    } finally {
      client.off('error', onError);
      client.release(broken instanceof Unsure);
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#pool.end();
  }

  async #connect(): Promise<pg.PoolClient> {
    if (this.#isClosed) throw new Unrecorded('not recorded: the store is closed');
    try {
      return await this.#pool.connect();
    } catch (cause) {
      this.log?.warn({ code: codeOf(cause) }, 'no database connection');
      throw new Unrecorded(`not recorded: no database connection (${codeOf(cause)})`, { cause });
    }
  }
}

/** For what is done once at the start, with nothing else waiting. */
export function settings(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'rapporteur',
    keepAlive: true,
    connectionTimeoutMillis: 2_000,
    statement_timeout: 5_000,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    // For a network that swallows answers: the server's own limit comes first when it can be heard.
    query_timeout: 7_000,
  };
}

/** The place of a database without user and password; for messages. */
export function redacted(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname}`;
  } catch {
    return 'the database of DATABASE_URL'; // not a URL: nothing of it is safe to show
  }
}

/** SQLSTATE, or the system's name for the error. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'no answer';
}

/** Classes of SQLSTATE that are the server's trouble and not the statement's: worth trying again. */
const passing = /^(?:08|25006|40|53|55|57|58|XX)/;

function meaning(error: unknown): Error {
  if (error instanceof pg.DatabaseError) {
    // 57P01 and its like end the connection; what they interrupted was rolled back, unless it was just committed.
    if (codeOf(error).startsWith('57P'))
      return new Unsure(`the database went away (${codeOf(error)})`, { cause: error });
    if (!passing.test(codeOf(error))) return error;
    return new Unrecorded(`not recorded: the database refused (${codeOf(error)})`, { cause: error });
  }
  return new Unsure(`the database did not answer (${codeOf(error)})`, { cause: error });
}
