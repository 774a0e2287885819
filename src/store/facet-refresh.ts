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

/** Rows that the kind cannot read are left as they are: searches name them. */
export async function refreshFacets(connections: Connections, name: string, kind: AnyKind): Promise<void> {
  if (!kind.facets) return;
  for (let after: string | undefined = ''; after !== undefined; ) {
    const sql = 'select id, rev, value::text as json, facets from documents where kind = $1 and id > $2';
    const { rows }: { rows: Row[] } = await connections.query<Row>(`${sql} order by id limit ${page}`, [name, after]);
    for (const row of rows) await refreshRow(connections, name, kind, row);
    after = rows[page - 1]?.id;
  }
}

async function refreshRow(connections: Connections, name: string, kind: AnyKind, row: Row): Promise<void> {
  const facets = facetsOf(kind, row);
  if (!facets || inOrder(facets) === inOrder(row.facets)) return;
  await connections.query('update documents set facets = $3 where kind = $1 and id = $2 and rev = $4', [
    name,
    row.id,
    JSON.stringify(facets),
    row.rev,
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
