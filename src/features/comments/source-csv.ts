// A list as CSV -> raw items (RFC 4180; also with semicolons or tabs, as spreadsheets write it).
import { parse } from 'csv-parse';
import { readCell } from './export.js';
import type { Raw } from './item.js';
import { type Listed, most } from './source-list.js';

/** Longest record, in characters. */
const longestRecord = 20_000;

/** @throws Error when there is no header, or a quotation that never ends */
export async function readCsv(text: string): Promise<Listed> {
  const items: Raw[] = [];
  let skipped = 0;
  const records = parse(text, {
    bom: true,
    columns: true,
    delimiter: delimiterOf(text),
    max_record_size: longestRecord,
    relax_column_count: false,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: () => {
      skipped += 1;
    },
  });
  for await (const record of records as AsyncIterable<Record<string, string>>) {
    if (items.length === most) return { items, skipped, isCut: true };
    items.push(Object.fromEntries(Object.entries(record).map(([name, value]) => [name, readCell(value)])));
  }
  return { items, skipped, isCut: false };
}

function delimiterOf(text: string): string {
  const [head = ''] = text.split('\n', 1);
  const count = (sign: string): number => head.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',');
}
