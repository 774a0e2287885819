// Results as CSV that a spreadsheet opens as it is meant: quoted, UTF-8 with its mark, and never a formula. Pure.
import { type Answer, isSingle, type Pulse, personOf, sightOf } from './model.js';
import { percents } from './tally.js';

type Cell = string | number;

/**
 * A cell that a spreadsheet could take for a formula is made text, whatever invisible signs it hides behind (OWASP, "CSV
 * Injection"; full-width signs count too).
 */
const inert = (text: string): string => (/^(?:[\s\p{C}]*[=+\-@＝＋－＠]|[\t\r])/u.test(text) ? `'${text}` : text);

const cell = (value: Cell): string =>
  `"${(typeof value === 'number' ? String(value) : inert(value)).replaceAll('"', '""')}"`;

/** The mark tells Excel that it is UTF-8; lines end as RFC 4180 has it. */
const csv = (rows: readonly (readonly Cell[])[]): Uint8Array =>
  new TextEncoder().encode(`\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`);

/** What stands on every row, so that no row goes about without it. */
interface Stamp {
  readonly id: string;
  /** That it binds nobody. */
  readonly note: string;
}

/** One row an option: how many chose it. Empty counts are those that may not be told. */
export function resultsCsv(pulse: Pulse, { id, note }: Stamp): Uint8Array {
  const { tally, people } = sightOf(pulse);
  const shares = tally && percents(tally, isSingle(pulse));
  const head = ['pulse', 'question', 'number', 'option', 'answers', 'percent_of_people', 'people'];
  const about = ['answers_are', 'answers_each', 'state', 'closed_at', 'note'];
  const rows = pulse.options.map((option, at): readonly Cell[] => [
    id,
    pulse.question,
    at + 1,
    option,
    tally?.counts[at] ?? '',
    shares?.[at] ?? '',
    people ?? '',
    pulse.isAnonymous ? 'anonymous' : 'named',
    pulse.most,
    pulse.state,
    pulse.closedAt ?? '',
    note,
  ]);
  return csv([[...head, ...about], ...rows]);
}

/** One row an answer: of a named pulse only. @param nameOf as the others read it, by answer */
export function answersCsv(pulse: Pulse, nameOf: (answer: Answer) => string, { id, note }: Stamp): Uint8Array {
  const head = ['pulse', 'name', 'platform', 'member_id', 'numbers', 'options', 'reason', 'note'];
  const rows = pulse.answers.map((answer): readonly Cell[] => {
    const { platform, person } = personOf(answer.key);
    const numbers = answer.options.map((option) => option + 1).join(' ');
    const options = answer.options.map((option) => pulse.options[option] ?? '').join('; ');
    return [id, nameOf(answer), platform, person, numbers, options, answer.reason ?? '', note];
  });
  return csv([head, ...rows]);
}

/** The reasons of an anonymous pulse, linked to nothing. */
export const reasonsCsv = ({ reasons }: Pulse, { id, note }: Stamp): Uint8Array =>
  csv([['pulse', 'reason', 'note'], ...reasons.map((reason) => [id, reason, note])]);
