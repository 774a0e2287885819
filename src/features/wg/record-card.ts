// An account of requests -> a card, a CSV file and a chart.
import type { Attachment } from '../../core/call.js';
import { type Card, facts, para, quiet } from '../../core/card.js';
import type { Chart } from '../../core/chart.js';
import type { Locale } from '../../core/locale.js';
import type { Words } from '../../core/wording.js';
import { csvOf } from './csv.js';
import type { Account, Cell } from './record.js';
import { type WgKey, wgWords } from './words/index.js';

/** Rows of a table on the card; all of them are in the file. */
const mostRows = 12;

const hoursIn = (locale: Locale, hours: number | undefined): string | undefined => {
  if (hours === undefined) return undefined;
  const [unit, value] = hours < 48 ? (['hour', hours] as const) : (['day', hours / 24] as const);
  const format = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(`${locale}-u-nu-latn`, format).format(value);
};

const shownCount = ({ count }: Cell, w: Words<WgKey>): string =>
  count === undefined ? w.label('hidden') : String(count);

/** `2026-03` -> `March 2026`. */
function monthLabel(key: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(`${locale}-u-nu-latn`, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.format(new Date(`${key}-01T00:00:00Z`));
}

const regionLabel = (key: string, w: Words<WgKey>): string => (key === 'none' ? w.label('regionNone') : key);

export function recordCard(account: Account, locale: Locale): Card {
  const w = wgWords(locale);
  const unknown = w.label('tooFew');
  const table = (title: WgKey, cells: readonly Cell[], label: (key: string) => string) => [
    para(...w.text(title)),
    facts(...cells.slice(-mostRows).map((cell) => [label(cell.key), [shownCount(cell, w)]] as const)),
  ];
  const { all, groups, regions, months } = account;
  if (groups.length === 0) return { locale, title: w.label('recordTitle'), blocks: [para(...w.text('recordEmpty'))] };
  return {
    locale,
    title: w.label('recordTitle'),
    blocks: [
      facts(
        [w.label('recordAll'), [shownCount(all, w)]],
        [w.label('recordClaim'), [hoursIn(locale, all.claim) ?? unknown]],
        [w.label('recordDecide'), [hoursIn(locale, all.decide) ?? unknown]],
      ),
      ...table('recordByGroup', groups, (key) => key),
      ...table('recordByRegion', regions, (key) => regionLabel(key, w)),
      ...table('recordByMonth', months, (key) => monthLabel(key, locale)),
      quiet(...w.text('recordHidden')),
    ],
  };
}

/** Everything, one row a cell; what is hidden on the card is hidden here. */
export function recordCsv(account: Account, locale: Locale): Attachment {
  const w = wgWords(locale);
  const number = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(1));
  const rows = (kind: WgKey, cells: readonly Cell[], label = (key: string) => key): string[][] =>
    cells.map((cell) => [
      w.label(kind),
      label(cell.key),
      cell.count === undefined ? w.label('hidden') : String(cell.count),
      number(cell.claim),
      number(cell.decide),
    ]);
  const head = ['csvKind', 'csvOf', 'csvRequests', 'csvClaim', 'csvDecide'] as const;
  const body = csvOf([
    head.map((key) => w.label(key)),
    ...rows('csvAll', [account.all], () => ''),
    ...rows('csvGroup', account.groups),
    ...rows('csvRegion', account.regions, (key) => regionLabel(key, w)),
    ...rows('csvMonth', account.months),
  ]);
  return { name: 'working-group-requests.csv', type: 'text/csv', body };
}

/** Requests by month; a month whose number is hidden has no bar. */
export function recordChart({ months }: Account, locale: Locale): Chart {
  const w = wgWords(locale);
  const bars = months.slice(-mostRows).map((cell) => ({
    label: monthLabel(cell.key, locale),
    value: cell.count ?? 0,
    shown: shownCount(cell, w),
  }));
  return { locale, title: w.label('chartTitle'), bars, notes: [w.label('recordHidden')] };
}

export function chartFile(chart: Chart, body: Uint8Array): Attachment {
  const told = chart.bars.map(({ label, shown }) => `${label}: ${shown}`).join('; ');
  return { name: 'working-group-requests.png', type: 'image/png', body, alt: `${chart.title}. ${told}` };
}
