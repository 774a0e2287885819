// The port to whatever draws bar charts: what a feature hands over, and the words for those who do not see the picture.
import { boundary } from './grapheme.js';
import type { Locale } from './locale.js';
import { isolatedIn } from './wording.js';

export interface Bar {
  readonly label: string;
  /** Finite, not below zero. Bars are as long as their values, the greatest as long as there is room. */
  readonly value: number;
  /** The value in words: `12 (60 %)`. */
  readonly shown: string;
}

export interface Chart {
  /** The language of the fixed words: it gives the side from which bars grow. Each text runs its own way. */
  readonly locale: Locale;
  readonly title: string;
  readonly subtitle?: string;
  /** In the order in which they are drawn, at most {@link mostBars}. */
  readonly bars: readonly Bar[];
  /** Lines below the bars: what it does not mean, how many people, the date. */
  readonly notes: readonly string[];
}

/** Beyond that a picture is taller than any platform shows. */
export const mostBars = 40;

/**
 * @returns a PNG; the same chart gives the same bytes
 * @throws RangeError for too many bars, or a value that has no length
 */
export type Draw = (chart: Chart) => Promise<Uint8Array>;

/** Longest alternative text, in UTF-16 units: Discord takes 1,024, Slack's image blocks 2,000; one text serves both. */
export const longestAlt = 1000;

/** Between a label and its value, as the language writes a colon. */
const colons: Partial<Record<Locale, string>> = { fr: '\u00a0: ', zh: '：' };

/**
 * The chart in words: title, every bar with its value, notes; one a line.
 * @returns at most {@link longestAlt}. Where that is too little, the longest texts are cut first, between graphemes, so
 *   that every bar keeps its value
 */
export function altText(chart: Chart): string {
  const texts = [chart.title, chart.subtitle ?? '', ...chart.bars.map(({ label }) => label)];
  let most = Math.min(longestAlt, Math.max(...texts.map(({ length }) => length)));
  let told = linesOf(chart, most);
  while (told.length > longestAlt && most > 1) {
    most -= 1;
    told = linesOf(chart, most);
  }
  return cut(told, longestAlt);
}

/** @param most longest title, subtitle and label, in UTF-16 units */
function linesOf({ locale, title, subtitle, bars, notes }: Chart, most: number): string {
  const own = (text: string): string => isolatedIn(locale, cut(text.replace(/\s*[\n\r\u2028\u2029]\s*/g, ' '), most));
  return [
    own(title),
    ...(subtitle ? [own(subtitle)] : []),
    ...bars.map(({ label, shown }) => `${own(label)}${colons[locale] ?? ': '}${shown}`),
    ...notes,
  ].join('\n');
}

const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, boundary(text, most - 1)).trimEnd()}…`;
