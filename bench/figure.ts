// What a bench has seen, beside what was wanted: one line each.
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** For a ratio: what was divided by what. */
  readonly of?: string;
  /** Left out where nothing is wanted: the figure is told for its own sake. */
  readonly wanted?: { readonly atLeast: number } | { readonly atMost: number };
}

/** Whether the figure is what was wanted; undefined where nothing was. */
export function isMet({ value, wanted }: Figure): boolean | undefined {
  if (!wanted) return undefined;
  return 'atLeast' in wanted ? value >= wanted.atLeast : value <= wanted.atMost;
}

/** Three digits that count, whole numbers from a hundred on. */
export const told = (value: number): string =>
  value.toLocaleString('en', value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });

export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, value, unit, of = '', wanted } = figure;
    const bound = wanted && ('atLeast' in wanted ? `≥ ${told(wanted.atLeast)}` : `≤ ${told(wanted.atMost)}`);
    const met = isMet(figure);
    return [name, of, `${told(value)} ${unit}`.trim(), bound ?? '', met === undefined ? '' : met ? 'met' : 'short'];
  });
  const head = ['figure', 'of', 'seen', 'wanted', ''];
  const used = head.map((_, at) => rows.some((row) => row[at] !== ''));
  const without = (cells: readonly string[]): readonly string[] => cells.filter((_, at) => used[at]);
  return table(without(head), rows.map(without));
}

/** In Markdown, which reads well in a terminal too: numbers to the right, names to the left. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const isNumber = head.map((_, at) => rows.every((row) => /^[\d.,]*$/.test(row[at] ?? '')));
  const widths = head.map((name, at) => Math.max(3, name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => (isNumber[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, at) => (isNumber[at] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
