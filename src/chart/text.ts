// Text as a chart can draw it: cleaned, its direction, and broken into lines.
import { boundary, graphemes } from '../core/grapheme.js';
import { type Locale, rightToLeftLetter } from '../core/locale.js';

export type Direction = 'ltr' | 'rtl';

/** Longest text that is looked at, in UTF-16 units; what features send is far below. */
const longest = 2000;

/** More than that on one letter would reach into the lines above and below. */
const crowdedMarks = /(\p{M}{3})\p{M}+/gu;

/** Controls, and what overrides the direction of all that follows (Unicode, UAX 9); isolates end with their line. */
const unwanted = /[\p{Cc}\u202a-\u202e]+/gu;

/** One paragraph: composed, without controls; runs of spaces are one space, and those that do not break are of one kind. */
export function plain(text: string): string {
  const known = text.length > longest ? `${text.slice(0, boundary(text, longest))}…` : text;
  return known
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\u2007\u202f]/g, '\u00a0')
    .replace(/[\t\n\v\f\r\u0085\u1680\u2000-\u200a\u2028\u2029\u205f]+/g, ' ')
    .replace(unwanted, '')
    .replace(crowdedMarks, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/**
 * The way in which a paragraph runs: that of its first letter outside isolates (UAX 9, P2 and P3).
 * @param otherwise for a text without a letter
 */
export function directionOf(text: string, otherwise: Direction): Direction {
  const first = /\p{L}/u.exec(text.replace(/[\u2066-\u2068][^\u2069]*\u2069?/g, ''))?.[0];
  if (first === undefined) return otherwise;
  return rightToLeftLetter.test(first) ? 'rtl' : 'ltr';
}

/** Never first on a line: closing brackets and quotes, and what ends a clause in any of our languages. */
const clings = /^[\p{Pe}\p{Pf}\p{M}!?.,:;%…。，、：；！？％·؟،؛٪»\u00a0\u202f]/u;
/** Never last on a line. */
const holds = /[\p{Ps}\p{Pi}¿¡«\u00a0\u202f]$/u;
const written = String.raw`[\p{sc=Han}\u3000-\u303f\uff00-\uffef]`;
const endsInHan = new RegExp(`${written}$`, 'u');
const beginsInHan = new RegExp(`^${written}`, 'u');

/** A line may end between these two neighbours. */
function mayBreak(before: string, after: string): boolean {
  if (clings.test(after) || holds.test(before) || after.startsWith(' ')) return false;
  if (/[ \u200b]$/.test(before) || endsInHan.test(before) || beginsInHan.test(after)) return true;
  return /[-–—/|]$/.test(before) && /^\p{L}/u.test(after);
}

/** The pieces between which a line may end; put together they are the text. */
function unitsOf(text: string, locale: Locale): readonly string[] {
  const units: string[] = [];
  for (const { segment } of new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)) {
    const last = units.at(-1);
    if (last === undefined || mayBreak(last, segment)) units.push(segment);
    else units[units.length - 1] = last + segment;
  }
  return units;
}

export interface Frame {
  readonly locale: Locale;
  /** Width of the lines; what {@link measure} gives is compared with it. */
  readonly room: number;
  /** At most so many lines; the last one then ends in an ellipsis. */
  readonly most: number;
  readonly measure: (text: string) => number;
}

/**
 * Breaks a paragraph between words, or between graphemes where a word alone is wider than a line.
 * @param text as {@link plain} gives it
 */
export function linesOf(text: string, { locale, room, most, measure }: Frame): readonly string[] {
  const fits = (line: string): boolean => measure(line.trimEnd()) <= room;
  const lines: string[] = [];
  let line = '';
  const add = (piece: string): void => {
    if (line !== '' && !fits(line + piece)) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  };
  for (const unit of unitsOf(text, locale)) {
    if (fits(unit)) add(unit);
    else for (const { segment } of graphemes.segment(unit)) add(segment);
  }
  if (line !== '') lines.push(line.trimEnd());
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), shortened(lines[most - 1] ?? '', fits)];
}

function shortened(line: string, fits: (line: string) => boolean): string {
  let kept = line;
  while (kept !== '' && !fits(`${kept}…`)) kept = kept.slice(0, boundary(kept, kept.length - 1));
  return `${kept}…`;
}
