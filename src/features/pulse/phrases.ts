// Words that several cards share: numbered options, results line by line, names of kinds. Pure.
import type { Inline, Text } from '../../core/card.js';
import { byLocale, isRightToLeft, type Locale } from '../../core/locale.js';
import { isolatedIn, type Words } from '../../core/wording.js';
import { cutTo } from './measure.js';
import { isSingle, type Pulse } from './model.js';
import { barOf, leaders, percents, type Tally } from './tally.js';
import { type PulseKey, pulseWords } from './words/index.js';

/** A pulse with its short id. */
export interface Numbered {
  readonly id: string;
  readonly value: Pulse;
}

export type PulseWords = Words<PulseKey>;

/** Latin digits in every language. */
const numbers = byLocale((locale) => new Intl.NumberFormat(`${locale}-u-nu-latn`));
const percentages = byLocale((locale) => new Intl.NumberFormat(`${locale}-u-nu-latn`, { style: 'percent' }));

/** Right-to-left mark: where the option is isolated, nothing else tells an isolate around it which way it runs (Unicode, UAX 9, rule P2). */
const rightToLeftMark = '\u200f';

/** `2. No`: how an option is named wherever it is. */
export const optionName = ({ options }: Pulse, option: number, locale: Locale): string =>
  `${option + 1}. ${isolatedIn(locale, options[option] ?? '')}${isRightToLeft(locale) ? rightToLeftMark : ''}`;

/** Semicolons of languages that have their own. */
const semicolons: Readonly<Partial<Record<Locale, string>>> = { zh: '；', ar: '؛ ' };

/** Joined by semicolons: options may hold commas, and `Intl.ListFormat` parts them by nothing in some languages. */
export const bySemicolons = (texts: readonly string[], locale: Locale): string =>
  texts.join(semicolons[locale] ?? '; ');

/** `1. Yes; 3. Maybe`. */
export const optionNames = (pulse: Pulse, chosen: readonly number[], locale: Locale): string =>
  bySemicolons(
    chosen.map((option) => optionName(pulse, option, locale)),
    locale,
  );

/** `12 (60 %)`. */
export function countText(count: number, percent: number, locale: Locale): string {
  return `${numbers(locale).format(count)} (${percentages(locale).format(percent / 100)})`;
}

/**
 * One line for each option: number, words, count, per cent and a bar of text; nothing is said by the bar alone.
 * @param most the length to which an option's text is cut
 */
export function resultLines(
  pulse: Pulse,
  tally: Tally | undefined,
  locale: Locale,
  most = Number.POSITIVE_INFINITY,
): Text {
  const shares = tally && percents(tally, isSingle(pulse));
  // The line of a right-to-left card begins with a number, which tells no direction.
  const mark = isRightToLeft(locale) ? '\u200f' : '';
  return pulse.options.flatMap((text, option): readonly Inline[] => {
    const share = shares?.[option] ?? 0;
    const result = tally ? ` — ${countText(tally.counts[option] ?? 0, share, locale)} ${barOf(share)}` : '';
    const line = `${mark}${option + 1}. ${isolatedIn(locale, cutTo(text, most))}${result}`;
    return option === 0 ? [line] : ['\n', line];
  });
}

/** "Tie between 1 and 3." where several options share the lead, since none of them comes first. */
export function tieText(tally: Tally | undefined, w: PulseWords): readonly string[] {
  const first = tally ? leaders(tally) : [];
  if (first.length < 2) return [];
  const list = new Intl.ListFormat(w.locale, { type: 'conjunction', style: 'long' });
  return [w.label('tie', { options: list.format(first.map((option) => numbers(w.locale).format(option + 1))) })];
}

export const peopleText = (people: number, w: PulseWords): string => w.label('peopleAnswered', { count: people });

/** How much one person may choose; nothing where it is one. */
export function mostText(pulse: Pulse, w: PulseWords): readonly string[] {
  if (isSingle(pulse)) return [];
  return [pulse.most < pulse.options.length ? w.label('upTo', { most: pulse.most }) : w.label('several')];
}

/** Sentences in one paragraph. */
export const joined = (...sentences: readonly Text[]): Text =>
  sentences.filter((text) => text.length > 0).flatMap((text, at) => (at === 0 ? text : [' ', ...text]));

/** A question as part of a sentence. */
export const shortQuestion = ({ question }: Pulse): string => cutTo(question, 120);

export { pulseWords };
