// A list as CSV -> raw items (RFC 4180; also with semicolons or tabs, as spreadsheets write it). A row whose quotes are wrong
// costs itself alone: reading goes on with the line after it, whatever the quote that was opened would have swallowed.
import { breathe } from '../../core/breather.js';
import { readCell } from './export.js';
import { namesTitle, type Raw, readItem } from './item.js';
import { type Listed, most } from './source-list.js';

/** Longest record, in characters. */
const longestRecord = 20_000;

/** @throws Error when there is no header, hardly a row can be read, or a quote may have swallowed whole rows */
export async function readCsv(text: string): Promise<Listed> {
  const table = text.replace(/^[\uFEFF\r\n]+/, '');
  const cell = cellWith(delimiterOf(table));
  const head = recordAt(table, 0, cell);
  if (!head || !namesTitle(head.cells)) throw new Error('no header');
  const items: Raw[] = [];
  let skipped = 0;
  for (let at = head.end; at < table.length; await breathe()) {
    const next = lineAfter(table, at);
    if (table.slice(at, next).trim() === '') {
      at = next;
      continue;
    }
    if (items.length === most) return { items, skipped, isCut: true };
    if (skipped === most) throw new Error('hardly a row can be read');
    const row = rowAt(table, at, head.cells, cell);
    if (row) items.push(rawOf(head.cells, row.cells));
    else skipped += 1;
    at = row?.end ?? next;
  }
  return { items, skipped, isCut: false };
}

/**
 * A row with a cell for each column.
 * @throws Error when one of its cells holds what may be other rows: two broken rows can look like one that is whole
 */
function rowAt(table: string, at: number, names: readonly string[], cell: RegExp): Row | undefined {
  const row = recordAt(table, at, cell);
  if (row?.cells.length !== names.length) return undefined;
  for (let line = lineAfter(table, at); line < row.end; line = lineAfter(table, line)) {
    if (isRow(table, line, names, cell)) throw new Error('rows run into each other');
  }
  return row;
}

/** One cell, quoted or not, and what ends it; where it cannot be read it does not match. */
const cellWith = (delimiter: string): RegExp =>
  new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|([^"\\r\\n${delimiter}]*))(${delimiter}|\\r\\n|\\n|\\r|$)`, 'y');

interface Row {
  readonly cells: readonly string[];
  /** Where the next one begins. */
  readonly end: number;
}

/** @returns undefined where quotes are wrong, or what they hold together is too long */
function recordAt(table: string, at: number, cell: RegExp): Row | undefined {
  const text = table.slice(at, at + longestRecord);
  const cells: string[] = [];
  cell.lastIndex = 0;
  for (let found = cell.exec(text); found; found = cell.exec(text)) {
    const [, quoted, plain = '', ending = ''] = found;
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (/^[\r\n]/.test(ending)) return { cells, end: at + cell.lastIndex };
    if (ending !== '') continue;
    return at + text.length === table.length ? { cells, end: table.length } : undefined;
  }
  return undefined;
}

/** Where the line after this one begins. */
function lineAfter(table: string, at: number): number {
  const breaks = /\r\n|\n|\r/g;
  breaks.lastIndex = at;
  return breaks.exec(table) ? breaks.lastIndex : table.length;
}

/** Whether a line within a cell would by itself be a row that can be used, its quotes right or not. */
function isRow(table: string, at: number, names: readonly string[], cell: RegExp): boolean {
  const plain = table.slice(at, lineAfter(table, at)).replaceAll('"', '');
  const rows = [recordAt(table, at, cell), recordAt(plain, 0, cell)];
  return rows.some((row) => row?.cells.length === names.length && 'item' in readItem(rawOf(names, row.cells)));
}

const rawOf = (names: readonly string[], cells: readonly string[]): Raw =>
  Object.fromEntries(names.map((name, at) => [name, readCell(cells[at] ?? '')]));

function delimiterOf(text: string): string {
  const [head = ''] = text.split('\n', 1);
  const count = (sign: string): number => head.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',');
}
