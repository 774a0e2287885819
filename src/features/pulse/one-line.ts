// `anonymous closes 3d "Question" "A" "B"`: a whole pulse in one line. Pure.
import { nearest } from '../../core/near.js';
import { isClosing } from './closing-time.js';

/** A word with a slip in it, and the one that was probably meant. */
export interface Slip {
  readonly typed: string;
  readonly near: string;
}

/** What a line says; what it does not say is undefined. */
export interface Line {
  readonly question: string | undefined;
  readonly options: readonly string[];
  readonly isAnonymous: boolean;
  /** Whether that is said: where nothing is, it is named as well. */
  readonly isNamed: boolean;
  readonly isMultiple: boolean;
  /** The upper limit behind `multiple`. */
  readonly most: number | undefined;
  readonly isHidden: boolean;
  /** Empty where the word stands there without a time. */
  readonly closes: string | undefined;
  /** Words that mean nothing here. */
  readonly strays: readonly string[];
  /** Everything but the words that say how it is asked, in its order; strays before the question belong to it. */
  readonly texts: readonly string[];
  /** Whether every quotation mark that opens also closes. */
  readonly isBalanced: boolean;
  /** What was probably meant, where all that means nothing is explained by slips. */
  readonly guess: Guess | undefined;
}

/** A line that was read with some words taken for others. */
export type Guess = Omit<Line, 'isBalanced' | 'guess'> & { readonly slips: readonly Slip[] };

/** What closes what, as keyboards and word processors write it. */
const closers: Readonly<Record<string, string>> = {
  '"': '"',
  '＂': '＂',
  '“': '”',
  '”': '”',
  '„': '“”',
  '‟': '”',
  '«': '»',
  '»': '«',
  '「': '」',
  '『': '』',
};

const anyMark = Object.keys(closers).join('');

interface Phrase {
  readonly text: string;
  /** Behind its closing mark. */
  readonly end: number;
}

type Token = { readonly kind: 'phrase' | 'word'; readonly text: string };

interface Scanned {
  readonly tokens: readonly Token[];
  readonly isBalanced: boolean;
}

/**
 * Whether a text is meant as a whole pulse: it begins as one does, or holds a question and two options. A question that
 * only quotes something is none.
 */
export function isOneLine(text: string): boolean {
  const [first = ''] = text.trim();
  if (Object.hasOwn(closers, first)) return true;
  const line = readLine(text);
  const [, word = ''] = /^\s*(\p{L}+)/u.exec(text) ?? [];
  const begins = flags.has(word.toLowerCase()) || word.toLowerCase() === 'closes';
  return line.options.length > 1 || (begins && line.question !== undefined);
}

/** Question and two options: fewer phrases are no pulse. */
const fewestPhrases = 3;

const phrasesIn = ({ tokens }: Scanned): string[] =>
  tokens.filter(({ kind }) => kind === 'phrase').map((token) => token.text);

/** A phone may open with a curly mark and close with a straight one: where that makes a pulse, any mark closes any. */
export function readLine(text: string): Line {
  const strict = scan(text, (opener) => closers[opener] ?? '');
  const loose = scan(text, () => anyMark);
  const isStrict = strict.isBalanced && (phrasesIn(strict).length >= fewestPhrases || !makesPulse(loose));
  const { tokens, isBalanced } = isStrict ? strict : loose;
  const read = readTokens(tokens, false);
  return { ...read, isBalanced, guess: isSpoilt(read) ? guessFrom(tokens) : undefined };
}

/** Whether some of its words mean nothing, alone or as a time. */
export const isSpoilt = ({ strays, closes }: Pick<Line, 'strays' | 'closes'>): boolean =>
  strays.length > 0 || (closes !== undefined && !isClosing(closes));

function guessFrom(tokens: readonly Token[]): Guess | undefined {
  const guess = readTokens(tokens, true);
  return guess.slips.length === 0 || isSpoilt(guess) ? undefined : guess;
}

const makesPulse = (scanned: Scanned): boolean => scanned.isBalanced && phrasesIn(scanned).length >= fewestPhrases;

function scan(text: string, closing: (opener: string) => string): Scanned {
  const tokens: Token[] = [];
  const signs = [...text];
  for (let at = 0; at < signs.length; ) {
    const sign = signs[at] ?? '';
    if (/\s/u.test(sign)) at += 1;
    else if (Object.hasOwn(closers, sign)) {
      const phrase = phraseFrom(signs, at + 1, closing(sign));
      if (!phrase) return { tokens: [...tokens, { kind: 'phrase', text: restOf(signs, at + 1) }], isBalanced: false };
      tokens.push({ kind: 'phrase', text: phrase.text });
      at = phrase.end;
    } else {
      const start = at;
      while (at < signs.length && !/\s/u.test(signs[at] ?? '') && !Object.hasOwn(closers, signs[at] ?? '')) at += 1;
      tokens.push({ kind: 'word', text: signs.slice(start, at).join('') });
    }
  }
  return { tokens, isBalanced: true };
}

/**
 * Up to the closing mark, which something else than a letter or a digit follows; `\"` is a mark of the text itself, and so
 * are two that quote something within it.
 */
function phraseFrom(signs: readonly string[], from: number, closing: string): Phrase | undefined {
  const opener = signs[from - 1] ?? '';
  let text = '';
  let inner = 0;
  for (let at = from; at < signs.length; at += 1) {
    const [before = '', sign = '', next = ''] = [signs[at - 1], signs[at], signs[at + 1]];
    if (sign === '\\' && (next === '\\' || Object.hasOwn(closers, next))) {
      text += next;
      at += 1;
      continue;
    }
    const isClosing = closing.includes(sign) && !/[\p{L}\p{N}]/u.test(next);
    const opens = closing.includes(sign) ? !isClosing && /[\s(\p{Pi}]/u.test(before) : sign === opener;
    if (isClosing && inner === 0) return { text: text.trim(), end: at + 1 };
    inner += Number(opens) - Number(isClosing);
    text += sign;
  }
  return undefined;
}

const restOf = (signs: readonly string[], from: number): string => signs.slice(from).join('').trim();

const flags = new Set(['anonymous', 'named', 'multiple', 'single', 'hidden', 'live']);
const optionWords = [...flags, 'closes'];

/** What people put between phrases and behind words, as in `anonymous, closes 3d: "Question", "A", "B"`. */
const endsOfWords = /[,;:|/،؛，；、：]+$/;

/** What has been read so far. */
interface Reading {
  /** Whether words with a slip count; else they are strays. */
  readonly guesses: boolean;
  readonly slips: Slip[];
  readonly said: Set<string>;
  readonly closes: string[];
  readonly phrases: string[];
  readonly strays: string[];
  readonly texts: string[];
  most: number | undefined;
  /** The word to which the next one may belong. */
  last: string | undefined;
}

function readTokens(tokens: readonly Token[], guesses: boolean): Guess {
  const read: Reading = {
    ...{ guesses, slips: [] },
    ...{ said: new Set<string>(), closes: [], phrases: [], strays: [], texts: [] },
    ...{ most: undefined, last: undefined },
  };
  for (const { kind, text } of tokens) {
    if (kind === 'phrase') readPhrase(text, read);
    else readWord(text.replace(endsOfWords, ''), read);
  }
  const { said, closes, phrases, strays, texts, most, slips } = read;
  return {
    ...{ question: phrases[0], options: phrases.slice(1), most, strays, texts, slips },
    isAnonymous: said.has('anonymous'),
    isNamed: said.has('named'),
    isMultiple: said.has('multiple'),
    isHidden: said.has('hidden'),
    closes: said.has('closes') ? closes.join(' ') : undefined,
  };
}

/** A phrase right behind `closes` is its time where it reads as one. */
function readPhrase(text: string, read: Reading): void {
  const isTime = read.last === 'closes' && read.closes.length === 0 && isClosing(text);
  read.last = undefined;
  if (isTime) {
    read.closes.push(text);
    return;
  }
  if (read.phrases.length === 0) read.texts.splice(0, Number.POSITIVE_INFINITY, [...read.texts, text].join(' '));
  else read.texts.push(text);
  read.phrases.push(text);
}

function readWord(word: string, read: Reading): void {
  if (word === '') return;
  const key = keyOf(word, read);
  if (flags.has(key) || key === 'closes') {
    read.said.add(key);
    read.last = key;
  } else if (read.last === 'multiple' && /^\d{1,4}$/.test(key)) {
    read.most = Number(key);
    read.last = undefined;
  } else if (read.last === 'closes') read.closes.push(word);
  else {
    read.strays.push(word);
    read.texts.push(word);
  }
}

/** The word as it is understood; behind `closes` only what follows a whole time is taken for another. */
function keyOf(word: string, { guesses, slips, last, closes }: Reading): string {
  const key = word.toLowerCase();
  const isTime = last === 'closes' && !isClosing(closes.join(' '));
  const near = guesses && !isTime && !optionWords.includes(key) ? nearest(key, optionWords) : undefined;
  if (near === undefined) return key;
  slips.push({ typed: word, near });
  return near;
}
