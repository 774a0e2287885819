// The rows of one kind in PostgreSQL: loading, compare-and-set, and what to do when an answer does not come.
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { type Doc, type Facets, toJson, Unrecorded } from '../core/store.js';
import type { Shelf } from './collection.js';
import { type Connections, Unsure } from './connection.js';
import { type AnyKind, type Log, readable, Stored } from './document.js';
import { refreshFacets } from './facet-refresh.js';

/**
 * For so long after the start of a process, in milliseconds, one of the version before may run beside it and write rows
 * without the facets that this one searches by; they are looked for at most this often.
 */
const [besideFor, lookedForEvery] = [1_800_000, 5_000];

/** How many documents' last known revisions are remembered, so that a busy one is not read before each write. */
const maxKnown = 200;

interface Row {
  readonly id: string;
  readonly rev: string;
  readonly json: string;
  readonly stamp: string;
}

const columns = 'id, rev, value::text as json, stamp';

export class Table implements Shelf {
  readonly #known = new Map<string, Stored>();
  readonly #openedAt = performance.now();
  readonly #refreshed = new WeakMap<AnyKind, { readonly at: number; readonly next: Promise<string | undefined> }>();
  readonly #named = new WeakSet<Stored>();

  constructor(
    private readonly name: string,
    private readonly connections: Connections,
    private readonly log: Log | undefined,
  ) {}

  async load(id: string): Promise<Stored | undefined> {
    const row = await this.#row(id);
    return row && stored(row);
  }

  guess(id: string): Stored | undefined {
    return this.#known.get(id);
  }

  async commit(id: string, before: Stored | undefined, after: Stored | undefined): Promise<boolean> {
    this.#known.delete(id);
    const stamp = randomUUID();
    const isDone = await this.#send(id, before, after, stamp).catch((error: unknown) => {
      if (!(error instanceof Unsure)) throw error;
      this.log?.warn({ kind: this.name, why: error.message }, 'a write was cut off: looking whether it was done');
      return this.#decide(id, before, after, stamp);
    });
    if (!isDone || !after) return isDone;
    after.stamp = stamp;
    this.#remember(after);
    return true;
  }

  async find(kind: AnyKind, where: Facets = {}): Promise<readonly Doc<unknown>[]> {
    const wanted = toJson(where);
    if (wanted !== '{}') await this.#refresh(kind);
    const sql = `select ${columns} from documents where kind = $1 and facets @> $2::jsonb order by id`;
    const { rows } = await reading(() => this.connections.query<Row>(sql, [this.name, wanted]));
    return readable(rows.map(stored), kind, this.log, this.#named);
  }

  async #row(id: string): Promise<Row | undefined> {
    const sql = `select ${columns} from documents where kind = $1 and id = $2`;
    return (await reading(() => this.connections.query<Row>(sql, [this.name, id]))).rows[0];
  }

  async #send(id: string, before: Stored | undefined, after: Stored | undefined, stamp: string): Promise<boolean> {
    const key = [this.name, id];
    // The revision alone may be that of another document of the same id, which another process has made anew.
    const was = [before?.rev, before?.stamp ?? null];
    const next = after && [after.rev, after.json, after.facetsJson, stamp];
    let sent: Promise<pg.QueryResult>;
    if (before && next) {
      const set = 'set rev = $3, value = $4, facets = $5, stamp = $6';
      const sql = `update documents ${set} where kind = $1 and id = $2 and rev = $7 and stamp = coalesce($8, stamp)`;
      sent = this.connections.query(sql, [...key, ...next, ...was]);
    } else if (next) {
      const sql = 'insert into documents (kind, id, rev, value, facets, stamp) values ($1, $2, $3, $4, $5, $6)';
      sent = this.connections.query(`${sql} on conflict do nothing`, [...key, ...next]);
    } else {
      const sql = 'delete from documents where kind = $1 and id = $2 and rev = $3 and stamp = coalesce($4, stamp)';
      sent = this.connections.query(sql, [...key, ...was]);
    }
    return (await sent).rowCount === 1;
  }

  /**
   * After an answer that did not come. What was sent may still be carried out later, so looking is not enough:
   * it is sent again, and the revision lets only one of the two in.
   * @throws Unrecorded when it cannot be told
   */
  async #decide(id: string, before: Stored | undefined, after: Stored | undefined, stamp: string): Promise<boolean> {
    try {
      let row = await this.#row(id);
      if (revOf(row) === before?.rev) {
        if (await this.#send(id, before, after, stamp)) return true;
        row = await this.#row(id);
      }
      if (row?.stamp === stamp) return true;
      // Another one's change stands where this one would: it was not carried out, and no longer can be.
      if (row && after && Number(row.rev) <= after.rev) return false;
    } catch (cause) {
      throw new Unrecorded('the database went away: it is not known whether the change was recorded', { cause });
    }
    throw new Unrecorded('others changed the document since: it is not known whether the change was recorded');
  }

  #remember(known: Stored): void {
    this.#known.set(known.id, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > maxKnown && oldest !== undefined) this.#known.delete(oldest);
  }

  /** All rows of a kind once, then those that were written since; what fails is done again with the next search. */
  async #refresh(kind: AnyKind): Promise<void> {
    const last = this.#refreshed.get(kind);
    const at = performance.now();
    if (last && (at - last.at < lookedForEvery || last.at - this.#openedAt > besideFor)) {
      await last.next;
      return;
    }
    const next = reading(async () => refreshFacets(this.connections, this.name, kind, await last?.next));
    this.#refreshed.set(kind, { at, next });
    next.catch(() => this.#refreshed.delete(kind));
    await next;
  }
}

/**
 * Asks once more when no answer came: a connection that the server dropped while idle shows only when it is used.
 * @throws Unrecorded when the database does not answer
 */
export async function reading<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Unsure)) throw error;
  }
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof Unsure) throw new Unrecorded(cause.message, { cause });
    throw cause;
  }
}

function stored(row: Row): Stored {
  const found = new Stored(row.id, Number(row.rev), row.json);
  found.stamp = row.stamp;
  return found;
}
const revOf = (row: Row | undefined): number | undefined => (row ? Number(row.rev) : undefined);
