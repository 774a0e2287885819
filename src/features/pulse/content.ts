// What a form or a typed line says -> the content of a pulse, or what is wrong with it and in which field. Pure.
import type { Args } from '../../core/call.js';
import { graphemes } from '../../core/grapheme.js';
import { type Refusal, refuse } from '../../core/refusal.js';
import { instantTyped } from './closing-time.js';
import { cutTo } from './measure.js';
import type { Content, Pulse } from './model.js';
import { type Guess, isOneLine, isSpoilt, type Line, readLine } from './one-line.js';

export const longestQuestion = 300;
export const longestOption = 80;
export const fewestOptions = 2;
export const mostOptions = 10;

/** How long a pulse is open where nothing else is said. */
export const usualSpan = '7d';

/** Who is seen to answer, and how much: the values of one choice. */
export const answerKinds = ['named-one', 'named-many', 'anonymous-one', 'anonymous-many'] as const;
export type AnswerKind = (typeof answerKinds)[number];

/** What a form holds, as text. */
export interface Filled {
  readonly question: string;
  /** One a line. */
  readonly options: string;
  /** Left open where what was typed does not tell: whoever meant an anonymous pulse must not post a named one. */
  readonly kind: AnswerKind | undefined;
  readonly results: 'live' | 'hidden';
  readonly closes: string;
  /** The upper limit of several answers, where one was typed: the form has no field for it. */
  readonly most?: number;
}

/** The line, where the call brings a whole pulse in one: nothing but the question is there. */
export function lineIn({ question = '', options, kind, results, closes }: Args): Line | undefined {
  const hasMore = [options, kind, results, closes].some((value) => value !== undefined && value !== '');
  return !hasMore && isOneLine(question) ? readLine(question) : undefined;
}

/**
 * What a form shows, from whatever was typed.
 * @param before what it held until now
 * @param line the whole pulse, where it was typed as one
 */
export function filledFrom(args: Args, before: Partial<Filled> = {}, line?: Line): Filled {
  if (line) return filledFromLine(line, args.question ?? '');
  const kind = answerKinds.find((one) => one === args.kind) ?? before.kind ?? 'named-one';
  const most = Number(args.most);
  return {
    question: args.question ?? before.question ?? '',
    options: args.options ?? before.options ?? '',
    kind,
    results: (args.results ?? before.results) === 'hidden' ? 'hidden' : 'live',
    closes: args.closes || before.closes || usualSpan,
    ...(isLimit(most) ? { most } : {}),
  };
}

const isLimit = (most: number | undefined): most is number => Number.isInteger(most) && Number(most) >= 2;

/** Nothing that was typed is lost: words that mean nothing stand where they stood, unless they are slips. */
function filledFromLine(line: Line, typed: string): Filled {
  const meant = line.guess ?? line;
  const [question = typed, ...options] = line.isBalanced ? meant.texts : [];
  return {
    question,
    options: options.join('\n'),
    kind: kindIn(meant),
    results: meant.isHidden ? 'hidden' : 'live',
    closes: meant.closes ?? usualSpan,
    ...(isLimit(meant.most) ? { most: meant.most } : {}),
  };
}

/** A word that means nothing may have meant `anonymous`, in whatever language. */
function kindIn(meant: Line | Guess): AnswerKind | undefined {
  const isUnclear = meant.strays.length > 0 || (isSpoilt(meant) && /\s\p{L}{3}/u.test(meant.closes ?? ''));
  if (isUnclear && !meant.isAnonymous && !meant.isNamed) return undefined;
  return `${meant.isAnonymous ? 'anonymous' : 'named'}-${meant.isMultiple ? 'many' : 'one'}`;
}

/** A pulse as a form holds it. */
export const filledWith = (pulse: Content): Filled => ({
  question: pulse.question,
  options: pulse.options.join('\n'),
  kind: `${pulse.isAnonymous ? 'anonymous' : 'named'}-${pulse.most > 1 ? 'many' : 'one'}`,
  results: pulse.isHidden ? 'hidden' : 'live',
  closes: pulse.closes,
});

/**
 * @param template the options where none are named
 * @throws Refusal naming the field: `noQuestion`, `questionTooLong`, and as {@link optionsIn}
 */
export const contentOf = (filled: Filled, template: readonly string[]): Content =>
  contentWith(filled, optionsIn(filled.options, { template }));

function contentWith(filled: Filled, options: string[]): Content {
  const { kind = 'named-one' } = filled;
  const isMany = kind.endsWith('many');
  return {
    question: questionIn(filled.question),
    options,
    isAnonymous: kind.startsWith('anonymous'),
    most: isMany ? Math.min(options.length, filled.most ?? options.length) : 1,
    isHidden: filled.results === 'hidden',
    closes: oneLine(filled.closes),
  };
}

/**
 * The content of a typed line.
 * @throws Refusal `marksUnbalanced`, `strayNear`, `strayWords`, `closesMissing`, `mostTooFew`, and as {@link contentOf}
 */
export function contentOfLine(line: Line, typed: string): Content {
  if (!line.isBalanced) throw refuse('marksUnbalanced', {}, 'question');
  if (line.guess) throw misread(line.guess);
  if (line.strays.length > 0) throw refuse('strayWords', { typed: cutTo(line.strays.join(' '), 60) }, 'question');
  if (line.closes === '') throw refuse('closesMissing', {}, 'closes');
  if (line.most !== undefined && line.most < 2) throw refuse('mostTooFew', { typed: String(line.most) }, 'kind');
  return contentWith(filledFromLine(line, typed), checked(line.options.map(oneLine)));
}

/** Said at the field that the first slip is about. */
function misread({ slips }: Guess): Refusal {
  const [typed, near] = [slips.map((slip) => slip.typed).join(' '), slips.map((slip) => slip.near).join(' ')];
  return refuse('strayNear', { typed: cutTo(typed, 30), near }, fieldOf(slips[0]?.near ?? ''));
}

function fieldOf(word: string): keyof Filled {
  if (word === 'closes') return 'closes';
  return word === 'hidden' || word === 'live' ? 'results' : 'kind';
}

/** @throws Refusal `noQuestion`, `questionTooLong` */
export function questionIn(typed: string): string {
  const question = oneLine(typed);
  if (!isSeen(question)) throw refuse('noQuestion', {}, 'question');
  if (question.length > longestQuestion) throw refuse('questionTooLong', { most: String(longestQuestion) }, 'question');
  return question;
}

/** What a list of options replaces, or falls back to. */
interface Instead {
  /** The options where none are named. */
  readonly template?: readonly string[];
  /** What they were until now. */
  readonly before?: readonly string[];
}

/**
 * The options that a form holds, one a line; where there is one line only, a bar or a semicolon divides it.
 * @throws Refusal `tooFewOptions`, `tooManyOptions`, `longOption`, `sameOption`, all of the field `options`
 */
export function optionsIn(typed: string, { template = [], before = [] }: Instead = {}): string[] {
  const lines = linesOf(typed);
  if (lines.length === 0) return checked(template);
  // Where the options themselves bear such numbers, they are part of what is mended.
  return checked(isNumbered(before) ? lines : unnumbered(lines));
}

function checked(list: readonly string[]): string[] {
  const options = list.filter(isSeen);
  if (options.length < fewestOptions) throw refuse('tooFewOptions', {}, 'options');
  if (options.length > mostOptions) throw refuse('tooManyOptions', { most: String(mostOptions) }, 'options');
  const known = new Set<string>();
  for (const option of options) {
    if (option.length > longestOption)
      throw refuse('longOption', { typed: cutTo(option, 30), most: String(longestOption) }, 'options');
    const folded = seen(option);
    if (known.has(folded)) throw refuse('sameOption', { typed: option }, 'options');
    known.add(folded);
  }
  return options;
}

function linesOf(typed: string): string[] {
  const lines = cleanLines(typed.split(/\r\n|[\n\r\u2028\u2029]/));
  const [only = ''] = lines;
  return lines.length > 1 ? lines : cleanLines(only.split(only.includes('|') ? '|' : /[;；]/));
}

const cleanLines = (lines: readonly string[]): string[] => lines.map(oneLine).filter(isSeen);

const numbered = /^(\d{1,2})[.)] (?=.)/;

/** A pasted list, numbered from one on without a gap: any other number, as in "12. June", is part of the option. */
const isNumbered = (lines: readonly string[]): boolean =>
  lines.length > 1 && lines.every((line, at) => numbered.exec(line)?.[1] === String(at + 1));

/** Numbers are ours to put. */
const unnumbered = (lines: string[]): string[] =>
  isNumbered(lines) ? lines.map((line) => line.replace(numbered, '')) : lines;

/** One line without what nobody sees and what would turn the text around it; a joiner within an emoji stays. */
const oneLine = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

/** What nobody sees, U+2800 being a blank of Braille. */
const unseen = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** The same within a picture, which joiners make another one, and letters of tags another flag. */
const unseenInPicture =
  /\u034f|\u200c|[\ufe0e\ufe0f]|(?<!\u{1f3f4}[\u{e0000}-\u{e007f}]*)[\u{e0000}-\u{e007f}]|\u200d$/gu;

/** A text as a reader tells it from another. */
const seen = (text: string): string =>
  [...graphemes.segment(text.normalize('NFKC').toLowerCase())]
    .map(({ segment }) => segment.replace(/\p{Extended_Pictographic}/u.test(segment) ? unseenInPicture : unseen, ''))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

const isSeen = (text: string): boolean => text.replace(unseen, '').trim() !== '';

/** A draft with another content; what was set on its preview stays where it still fits. */
export function refilled(pulse: Pulse, content: Content, now: Date): Pulse {
  const { closesOn: _, ...rest } = pulse;
  const keepsMost = pulse.most > 1 && content.most > 1 && pulse.most < pulse.options.length;
  const most = keepsMost ? Math.min(pulse.most, content.options.length) : content.most;
  return { ...rest, ...content, ...instantTyped(content.closes, now, pulse.zone), most, face: pulse.face + 1 };
}
