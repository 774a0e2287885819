// Counting: tallies, per cent, ties, bars of text, and when a tally of an anonymous pulse may be shown. Pure.

/** How many people answered, and how many of them chose each option. */
export interface Tally {
  readonly people: number;
  readonly counts: readonly number[];
}

/** Below this many people nothing of an anonymous pulse is counted in public (TRAPS of small groups: who just pressed). */
export const fewestShown = 5;

/** A shown tally changes only when the answers of at least so many people have changed. */
const fewestChanged = 3;

/** Cells of a bar of text. */
const barCells = 10;

/** What a tally counts. */
interface Counted {
  readonly options: readonly number[];
}

/** What was counted, by the list of answers, which nobody changes in place: thousands are counted once, not at each look. */
const counted = new WeakMap<readonly Counted[], Tally>();

/** @param options how many options there are */
export function tallyOf(answers: readonly Counted[], options: number): Tally {
  const known = counted.get(answers);
  if (known?.counts.length === options) return known;
  const counts = Array.from({ length: options }, () => 0);
  for (const answer of answers) for (const option of answer.options) counts[option] = (counts[option] ?? 0) + 1;
  const tally = { people: answers.length, counts };
  counted.set(answers, tally);
  return tally;
}

/**
 * The tally of answers that came about from others by one change, without counting them all again.
 * @param change one answer's options before and after; undefined: no answer
 */
export function tallyAfter(
  before: readonly Counted[],
  after: readonly Counted[],
  change: { readonly from: Counted | undefined; readonly to: Counted | undefined },
  options: number,
): Tally {
  const counts = [...tallyOf(before, options).counts];
  for (const option of change.from?.options ?? []) counts[option] = (counts[option] ?? 0) - 1;
  for (const option of change.to?.options ?? []) counts[option] = (counts[option] ?? 0) + 1;
  const tally = { people: after.length, counts };
  counted.set(after, tally);
  return tally;
}

/**
 * Whole per cent of people for each option. Where everybody chose one they add up to 100, by largest remainder; where
 * several could be chosen each is a share of its own.
 */
export function percents({ people, counts }: Tally, isSingle: boolean): readonly number[] {
  if (people === 0) return counts.map(() => 0);
  if (!isSingle) return counts.map((count) => Math.round((100 * count) / people));
  const floors = counts.map((count) => Math.floor((100 * count) / people));
  const missing = 100 - floors.reduce((sum, floor) => sum + floor, 0);
  const byRemainder = counts
    .map((count, option) => ({ option, remainder: (100 * count) % people }))
    .sort((a, b) => b.remainder - a.remainder || a.option - b.option);
  const raised = new Set(byRemainder.slice(0, missing).map(({ option }) => option));
  return floors.map((floor, option) => floor + Number(raised.has(option)));
}

/** The options that most people chose: several of them are a tie; none where nobody answered. */
export function leaders({ counts }: Tally): readonly number[] {
  const most = Math.max(0, ...counts);
  return most === 0 ? [] : counts.flatMap((count, option) => (count === most ? [option] : []));
}

export function barOf(percent: number): string {
  const filled = Math.min(barCells, Math.round((percent * barCells) / 100));
  return '█'.repeat(filled) + '░'.repeat(barCells - filled);
}

/**
 * How many people's answers have changed at least between two tallies. One person changes the number of people, and that
 * of each option, by one at most; and where each chose one option, a move takes one away here and adds one there.
 */
export function fewestMovedBetween(before: Tally, after: Tally, isSingle: boolean): number {
  const shifts = after.counts.map((count, option) => Math.abs(count - (before.counts[option] ?? 0)));
  const moved = isSingle ? Math.ceil(shifts.reduce((sum, shift) => sum + shift, 0) / 2) : 0;
  return Math.max(Math.abs(after.people - before.people), moved, ...shifts);
}

/**
 * What is shown of an anonymous pulse that is open. It changes in steps of several people, so that no look before and
 * after somebody's press tells what they chose; pressing again and again moves it no faster, since one person is one.
 * @param shown what was shown until now; undefined: no count yet
 */
export function shownAfter(shown: Tally | undefined, now: Tally, isSingle: boolean): Tally | undefined {
  if (shown && fewestMovedBetween(shown, now, isSingle) < fewestChanged) return shown;
  return now.people < fewestShown ? undefined : now;
}

/**
 * Whether fewer than five people are known to have answered an anonymous pulse that is open, or may have without anybody
 * knowing. Told by what is shown alone: the true number would tell when one person comes or goes.
 */
export function fewness(shown: Tally | undefined): 'few' | 'perhaps' | 'enough' {
  if (!shown) return 'few';
  return shown.people < fewestShown + fewestChanged - 1 ? 'perhaps' : 'enough';
}

/**
 * The tally of each channel, where that tells nobody's answer: every option has five people in every channel.
 * @param answers each with the number of its channel
 * @returns undefined where a cell is smaller, or there is one channel only
 */
export function tallyByPlace(
  answers: readonly (Counted & { readonly place: number })[],
  places: number,
  options: number,
): readonly Tally[] | undefined {
  if (places < 2) return undefined;
  const tallies = Array.from({ length: places }, (_, at) =>
    tallyOf(
      answers.filter(({ place }) => place === at),
      options,
    ),
  );
  return tallies.every(({ counts }) => counts.every((count) => count >= fewestShown)) ? tallies : undefined;
}
