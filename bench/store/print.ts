// The results as tables in Markdown, which read well in a terminal too.
import { figureTable, table } from '../figure.js';
import type { Results } from '../store.js';

/** Small rates keep a digit: 0.4 a second is not none. */
const grouped = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 });

export function printed({ figures, rounds, roundMs, rows, disk, starts }: Results): string {
  const names = Object.keys(rows[0]?.rates ?? {});
  const changes = rows.map(({ stored, over, clients, rates }) => [
    grouped(stored),
    over === 1 ? 'one' : grouped(over),
    grouped(clients),
    ...names.map((name) => grouped(rates[name] ?? 0)),
  ]);
  const rates = Object.entries(disk).map(([name, rate]) => [name, grouped(rate)]);
  const begun = starts.map(({ stored, who, ms, bytes }) => [grouped(stored), who, grouped(ms), grouped(bytes / 1e6)]);
  const parts = [
    figureTable(figures),
    `Changes a second, ${rounds === 1 ? 'one round' : `medians of ${rounds} rounds`} of ${grouped(roundMs)} ms in turns; lowdb's are not durable:`,
    table(['stored', 'changed', 'clients', ...names], changes),
    'What the disk does in a second, one after the other:',
    table(['with as many bytes as a document', 'a second'], rates),
    'From the start of a process to its first document:',
    table(['stored', 'engine', 'ms', 'memory, MB'], begun),
  ];
  return `${parts.join('\n\n')}\n`;
}
