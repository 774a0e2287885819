// A space's entries as CSV: RFC 4180 with a byte order mark on the way out, whatever a spreadsheet writes on the way in.
// Pure.
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { refuse } from '../../../core/refusal.js';
import { fold } from '../fold.js';

export const columns = ['id', 'term', 'other_names', 'language', 'expansion', 'definition', 'replaces'] as const;

type Column = (typeof columns)[number];

/** A row by column, with the line of the pasted text on which it ends; other columns are left alone. */
export interface Row {
  readonly line: number;
  readonly cells: Readonly<Partial<Record<Column, string>>>;
  /** Whether it has more cells than the header names. */
  readonly isTooLong: boolean;
}

/** What people call the columns, folded. */
const calledSo = new Map<string, Column>([
  ...columns.map((column) => [fold(column), column] as const),
  ['acronym', 'term'],
  ['aliases', 'other_names'],
  ['names', 'other_names'],
  ['locale', 'language'],
  ['name', 'expansion'],
]);

/**
 * What a spreadsheet would take for a formula, behind spaces, quotes and what it does not show (OWASP, "CSV Injection";
 * its list has the full-width signs too).
 */
const formula = /^['\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^'*[\t\r\n]/u;

/** A cell that no spreadsheet takes for a formula; {@link unguarded} gives back exactly what it was. */
export const guarded = (cell: string): string => (formula.test(cell) ? `'${cell}` : cell);

export const unguarded = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;

/** @returns the file, with a header */
export function writeCsv(rows: readonly Readonly<Partial<Record<Column, string>>>[]): Uint8Array {
  const table = [columns, ...rows.map((row) => columns.map((column) => guarded(row[column] ?? '')))];
  const text = stringify([...table.map((line) => [...line])], {
    quoted: true,
    quoted_empty: true,
    record_delimiter: 'windows',
    bom: true,
  });
  return new TextEncoder().encode(text);
}

/** Longest row, in characters: well above all columns together. */
const longestRow = 8000;

/** What stands between two cells; Excel names it in a line of its own, else the header shows it. */
function delimiterOf(text: string): { readonly delimiter: string; readonly body: string } {
  const named = /^\uFEFF?"?sep=([,;|\t])"?\r?\n/iu.exec(text);
  if (named?.[1] !== undefined) return { delimiter: named[1], body: text.slice(named[0].length) };
  const header = (text.split(/[\r\n]/u).find((line) => /[\p{L}\p{N}]/u.test(line)) ?? '').replace(/"[^"]*"/gu, '');
  const counts = [',', ';', '\t', '|'].map((sign) => ({ sign, count: header.split(sign).length }));
  const [most] = counts.sort((a, b) => b.count - a.count);
  return { delimiter: most?.sign ?? ',', body: text };
}

/** The header of a table, as it is kept for what is pasted afterwards. */
export interface Header {
  readonly delimiter: string;
  /** Column by column; empty where it is none of ours. */
  readonly columns: readonly string[];
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads what was pasted.
 * @param earlier the header of what was pasted before: it need not come again
 * @throws Refusal `csvBroken` with the line, `csvNoHeader`
 */
export function readCsv(text: string, earlier?: Header): { readonly header: Header; readonly rows: readonly Row[] } {
  const { delimiter, body } = delimiterOf(text);
  const header = headerIn(parsed(body, delimiter)[0]?.record ?? [], delimiter);
  if (header)
    return {
      header,
      rows: parsed(body, delimiter)
        .slice(1)
        .map((one) => rowOf(one, header)),
    };
  if (!earlier) throw refuse('csvNoHeader', { columns: 'term, expansion' }, 'csv');
  return { header: earlier, rows: parsed(body, earlier.delimiter).map((one) => rowOf(one, earlier)) };
}

function headerIn(record: readonly string[], delimiter: string): Header | undefined {
  const found = record.map((cell) => calledSo.get(fold(cell)) ?? '');
  return found.includes('term') && found.includes('expansion') ? { delimiter, columns: found } : undefined;
}

function parsed(text: string, delimiter: string, quote: '"' | false = '"'): readonly Parsed[] {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      info: true,
      max_record_size: longestRow,
      quote,
      relax_column_count: true,
      // A quotation mark within a cell that is not quoted is a quotation mark.
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    }) as unknown as readonly Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Cells that are copied out of a spreadsheet come with tabs and may begin with a quotation mark that is just one.
    if (delimiter === '\t' && quote !== false) return parsed(text, delimiter, false);
    const line: unknown = error.lines;
    throw refuse('csvBroken', { line: String(typeof line === 'number' ? line : 1) }, 'csv');
  }
}

function rowOf({ record, info }: Parsed, header: Header): Row {
  const cells = header.columns.flatMap((column, at) =>
    column === '' ? [] : [[column, unguarded(record[at] ?? '').trim()]],
  );
  return {
    line: info.lines,
    cells: Object.fromEntries(cells) as Row['cells'],
    isTooLong: record.slice(header.columns.length).some((cell) => cell.trim() !== ''),
  };
}
