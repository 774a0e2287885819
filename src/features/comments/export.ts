// Proceedings -> CSV, safe to open in a spreadsheet, and readable again by the import.
import { stringify } from 'csv-stringify/sync';
import type { Space } from '../../core/call.js';
import type { Doc } from '../../core/store.js';
import { closingOf, factsOf, openingOf, originalClosing, type Proceeding, shortId, stateAt } from './model.js';
import { caseIn, daysToDraft } from './proceedings.js';

/** What spreadsheets take for a formula at the beginning of a cell, in full width as well (OWASP, "CSV Injection"). */
const formula = /^[\s\p{Cc}]*[=+\-@＝＋－＠\t\r]/u;

/** A cell that no spreadsheet calculates. */
export const safeCell = (text: string): string => (formula.test(text) ? `'${text.trimStart()}` : text);

/** A cell as it was before {@link safeCell}. */
export const readCell = (text: string): string => (/^'[\s\p{Cc}]*[=+\-@＝＋－＠]/u.test(text) ? text.slice(1) : text);

const columns = [
  'id',
  'short_id',
  'title',
  'category',
  'requester',
  'languages',
  'state',
  'opening',
  'closing',
  'original_closing',
  'precision',
  'month',
  'address',
  'report_due',
  'report_published',
  'report',
  'submissions',
] as const;

/** Every proceeding with its closing in UTC; quoted throughout, with a mark by which spreadsheets see that it is UTF-8. */
export function csvOf(docs: readonly Doc<Proceeding>[], now: Date): string {
  return written(
    [...columns],
    docs.map(({ id, value }) => rowOf(id, value, now)),
  );
}

function rowOf(id: string, proceeding: Proceeding, now: Date): readonly string[] {
  const facts = factsOf(proceeding);
  const closing = closingOf(proceeding);
  return [
    proceeding.slug,
    shortId(id),
    facts.title,
    facts.category ?? '',
    facts.requester ?? '',
    facts.languages?.join(' ') ?? '',
    stateAt(proceeding, now),
    facts.opening?.time === undefined ? (facts.opening?.on ?? '') : iso(openingOf(proceeding)),
    iso(closing?.at),
    iso(originalClosing(proceeding)),
    closing?.exact ?? '',
    facts.month ?? '',
    facts.address ?? '',
    facts.reportDue ?? '',
    facts.reportPublished ?? '',
    facts.report ?? '',
    facts.submissions ?? '',
  ];
}

const iso = (at: Date | undefined): string => at?.toISOString().replace(':00.000Z', ':00Z') ?? '';

/** The year's proceedings with what a community did about each. */
export function yearCsv(docs: readonly Doc<Proceeding>[], space: Space): string {
  const head = [
    'short_id',
    'title',
    'opening',
    'closing',
    'decision',
    'first_draft',
    'days_to_first_draft',
    'submitted',
  ];
  const rows = docs.map(({ id, value }) => {
    const { decision, decidedAt, draftAt } = caseIn(value, space);
    const days = daysToDraft(value, space);
    return [
      shortId(id),
      factsOf(value).title,
      iso(openingOf(value)),
      iso(closingOf(value)?.at),
      decision ?? '',
      draftAt ?? '',
      days === undefined ? '' : String(days),
      decision === 'submitted' ? (decidedAt ?? '') : '',
    ];
  });
  return written(head, rows);
}

const written = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  stringify([head, ...rows.map((row) => row.map(safeCell))], { bom: true, quoted: true, record_delimiter: 'windows' });
