// Gives the rows of one kind the facets that the kind gives them today: a newer program may search by more.
import type { Connections } from './connection.js';
import { type AnyKind, Stored } from './document.js';

interface Row {
  readonly id: string;
  readonly rev: string;
  readonly json: string;
  readonly facets: Record<string, string>;
}

/** How many rows are looked at in one go. */
const page = 500;

/**
 * Rows that the kind cannot read are left as they are: searches name them.
 * @param since what the call before returned: only rows that were written since then are looked at
 * @returns the transaction from which on the next call has to look
 */
export async function refreshFacets(
  connections: Connections,
  name: string,
  kind: AnyKind,
  since?: string,
): Promise<string | undefined> {
  if (!kind.facets) return undefined;
  const next = await oldestRunning(connections);
  // Transactions have numbers that begin anew; only their ages can be compared.
  const isYoung = since === undefined ? '' : 'and age(xmin) <= age($3::text::xid)';
  for (let after: string | undefined = ''; after !== undefined; ) {
    const sql = `select id, rev, value::text as json, facets from documents where kind = $1 and id > $2 ${isYoung}`;
    const values: unknown[] = [name, after, ...(since === undefined ? [] : [since])];
    const { rows }: { rows: Row[] } = await connections.query<Row>(`${sql} order by id limit ${page}`, values);
    await refreshRows(connections, name, kind, rows);
    after = rows[page - 1]?.id;
  }
  return next;
}

/** Whatever is not visible yet will have this number, or a later one. */
async function oldestRunning(connections: Connections): Promise<string | undefined> {
  const sql = 'select (txid_snapshot_xmin(txid_current_snapshot()) % 4294967296)::text as oldest';
  return (await connections.query<{ oldest: string }>(sql, [])).rows[0]?.oldest;
}

/** In one statement, since after a move every row is stale. Rows are locked in order: replicas do this at once. */
async function refreshRows(connections: Connections, name: string, kind: AnyKind, rows: readonly Row[]): Promise<void> {
  const stale = rows.flatMap((row) => {
    const facets = facetsOf(kind, row);
    const isStale = facets && inOrder(facets) !== inOrder(row.facets);
    return isStale ? [{ id: row.id, rev: row.rev, facets: JSON.stringify(facets) }] : [];
  });
  if (stale.length === 0) return;
  const sql = `with seen as (
      select documents.id, given.facets from documents
      join unnest($2::text[], $3::bigint[], $4::text[]) as given (id, rev, facets) using (id, rev)
      where kind = $1 order by documents.id for update of documents
    )
    update documents set facets = seen.facets::jsonb from seen where kind = $1 and documents.id = seen.id`;
  await connections.query(sql, [
    name,
    stale.map(({ id }) => id),
    stale.map(({ rev }) => rev),
    stale.map(({ facets }) => facets),
  ]);
}

function facetsOf(kind: AnyKind, row: Row): Readonly<Record<string, string>> | undefined {
  try {
    return new Stored(row.id, Number(row.rev), row.json).facets(kind);
  } catch {
    return undefined; // named by `find`, which has a log
  }
}

const inOrder = (facets: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(facets).sort(([a], [b]) => (a < b ? -1 : 1)));
