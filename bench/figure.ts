// A figure, what it should be, and whether it is: the tables that every bench prints.

/** What is wanted of a figure: at least or at most so much. */
export interface Wanted {
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Figure {
  readonly name: string;
  /** What was seen; for a ratio also of what. */
  readonly seen: string;
  readonly value: number;
  readonly unit: string;
  readonly wanted?: Wanted;
}

export const isMet = ({ value, wanted: { atLeast = -Infinity, atMost = Infinity } = {} }: Figure): boolean =>
  value >= atLeast && value <= atMost;

/** Figures as a table in Markdown, which reads well in a terminal too. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    figure.seen,
    `${short(figure.value)}${figure.unit && ` ${figure.unit}`}`,
    wantedText(figure),
    figure.wanted ? (isMet(figure) ? 'met' : 'short') : '',
  ]);
  return table(['figure', 'seen', 'value', 'wanted', ''], rows);
}

function wantedText({ wanted: { atLeast, atMost } = {}, unit }: Figure): string {
  const after = unit && ` ${unit}`;
  if (atLeast !== undefined) return `at least ${atLeast}${after}`;
  return atMost === undefined ? '' : `at most ${atMost}${after}`;
}

/** Three digits that say something. */
export const short = (value: number): string =>
  Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en')
    : value.toLocaleString('en', { maximumSignificantDigits: 3 });

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)] ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0];
  return (low + high) / 2;
}
