// What was asked, taken apart into terms, each with what is found. Pure; its work is bounded, whatever is asked.
import { fold, isShaped } from './fold.js';
import { isJoining } from './joining-words.js';
import type { Sense } from './model.js';
import type { Found, Glossary } from './search.js';

/** How many terms one answer explains; one more is looked up, which tells that there are more. */
export const mostTerms = 10;

/** So much of what was asked is read, in UTF-16 units: as much as a field of Slack holds. */
export const longestAsked = 3000;

/** What stands between terms. */
const separators = /[,;،、，；\n]+/u;

/** No term of the glossary has more words than its longest expansion; five is ample for acronyms. */
const lengths = [5, 4, 3, 2, 1];

/** What has more words is a question rather than a term: it stays whole, so that no part of it is written down as one. */
const mostWords = 6;

type Finder = Pick<Glossary, 'exact' | 'byWords' | 'near' | 'written'>;

interface Word {
  readonly text: string;
  readonly key: string;
  readonly joins: boolean;
}

/** A run of words: a known term, or unknown words between such terms. */
interface Run extends Found {
  readonly words: readonly Word[];
}

/** What of a text is read: all of it, or so much that no word is torn apart. */
export function readable(text: string): string {
  if (text.length <= longestAsked) return text;
  const cut = text.slice(0, longestAsked + 1);
  const end = cut.search(/[\s,;،、，；][^\s,;،、，；]*$/u);
  return cut.slice(0, end > 0 ? end : longestAsked);
}

/** The term that is being typed, and the terms before it with what parts them. */
export function cutLastTerm(typed: string): { readonly before: string; readonly last: string } {
  const last = (typed.split(separators).at(-1) ?? '').trimStart();
  return { before: typed.slice(0, typed.length - last.length), last };
}

/** Takes what was asked apart, and looks up each term once; what finds nothing at all comes back as one. */
export function lookUp(glossary: Finder, asked: string): readonly Found[] {
  const phrase = readable(asked.trim());
  const whole = asWhole(glossary, phrase);
  if (whole.length > 0) return [{ term: phrase, senses: whole, near: [] }];
  const found = new Map<string, Found>();
  for (const part of uniqueParts(phrase)) {
    for (const one of foundIn(glossary, part)) {
      const key = fold(one.term);
      if (!found.has(key)) found.set(key, one);
    }
    if (found.size > mostTerms) break;
  }
  if (found.size === 0) return [{ term: phrase, senses: [], near: glossary.near(phrase) }];
  return [...found.values()].slice(0, mostTerms + 1);
}

function uniqueParts(phrase: string): Iterable<string> {
  const parts = new Map<string, string>();
  for (const part of phrase.split(separators)) {
    const key = fold(part);
    if (!parts.has(key)) parts.set(key, part.trim());
  }
  return parts.values();
}

/** @returns nothing for joining words alone */
function foundIn(glossary: Finder, part: string): readonly Found[] {
  const whole = asWhole(glossary, part);
  if (whole.length > 0) return [{ term: part, senses: whole, near: [] }];
  const words = part.split(/\s+/u).flatMap((word) => pieces(glossary, word).map(wordOf));
  const runs = segment(glossary, words);
  if (runs.every(({ senses }) => senses.length > 0)) return runs;
  const senses = runs.length > 1 ? glossary.byWords(meant(words)) : [];
  if (senses.length > 0) return [{ term: part, senses, near: glossary.near(part) }];
  return runs.flatMap((run) => (run.senses.length > 0 ? [run] : missing(glossary, run)));
}

/** What a phrase is the name of as it stands; "a SO" is no ASO. */
function asWhole({ exact, written }: Finder, phrase: string): readonly Sense[] {
  const senses = exact(phrase);
  if (senses.length === 0 || !/\s/u.test(phrase)) return senses;
  const words = phrase.split(/\s+/u).filter((word) => fold(word) !== '');
  const others = words.filter((word) => !isJoining(word) || written(word).length > 0);
  const isJoined =
    others.length > 0 && others.length < words.length && others.every((word) => written(word).length > 0);
  return isJoined ? [] : senses;
}

const wordOf = (text: string): Word => ({ text, key: fold(text), joins: isJoining(text) });

/**
 * Terms stand side by side with a slash, Chinese and Arabic join words to them without a space, French with an
 * apostrophe: PDP/EPDP, PDP和GNSO, وGNSO, l’ICANN.
 */
const joined = /\p{Script=Han}+|[\p{Script=Arabic}\p{M}ـ]+|[^\p{Script=Han}\p{Script=Arabic}/'’]+/gu;

const apartIn = (word: string): readonly string[] => (word.includes('://') ? [word] : (word.match(joined) ?? []));

/** A word that is no term itself, in pieces where one of them is; the piece of a link is none. */
function pieces({ exact }: Finder, word: string): readonly string[] {
  const apart = apartIn(word);
  if (apart.length < 2 || exact(word).length > 0) return [word];
  return apart.some((piece) => !isJoining(piece) && exact(piece).length > 0) ? apart : [word];
}

const phraseOf = (words: readonly Word[]): string => words.map(({ text }) => text).join(' ');

/** The words that say what is looked for: joining words would find every expansion that has an "of". */
const meant = (words: readonly Word[]): string => phraseOf(words.filter(({ joins }) => !joins));

/** Cuts what was typed into the longest known terms, each once, and runs of unknown words between them. */
function segment(glossary: Finder, words: readonly Word[]): readonly Run[] {
  const isName = namesAmong(glossary, words);
  const runs = new Map<string, Run>();
  const put = (run: Run): unknown => runs.set(fold(run.term), run);
  let unknown: Word[] = [];
  const flush = (): void => {
    const run = unknown.length > mostWords ? unknown : trimmed(unknown);
    if (run.some(({ joins }) => !joins)) put({ term: phraseOf(run), words: run, senses: [], near: [] });
    unknown = [];
  };
  for (let at = 0; at < words.length && runs.size <= mostTerms; ) {
    const length = lengths.find((n) => isKnown(glossary, words, at, n, isName)) ?? 0;
    const own = words.slice(at, at + Math.max(length, 1));
    if (length === 0) unknown.push(...own);
    else {
      flush();
      const term = phraseOf(own);
      put({ term, words: own, senses: glossary.exact(term), near: [] });
    }
    at += own.length;
  }
  flush();
  return [...runs.values()];
}

/**
 * Which words may be terms, or begin and end one. A joining word may where it is written as an acronym is (`IT`), or
 * where there is nothing else; "a SO" is no ASO.
 */
function namesAmong({ written }: Finder, words: readonly Word[]): (word: Word) => boolean {
  const names = new Set(words.filter(({ text, joins }) => !joins || written(text).length > 0));
  return names.size > 0 ? (word) => names.has(word) : () => true;
}

function isKnown(
  { exact }: Finder,
  words: readonly Word[],
  at: number,
  length: number,
  isName: (word: Word) => boolean,
): boolean {
  const [first, last] = [words[at], words[at + length - 1]];
  if (!first || !last || !isName(first) || !isName(last)) return false;
  // Folded words side by side are what their phrase folds to, and need no folding again where they are plain letters.
  let key = '';
  for (let n = 0; n < length; n += 1) key += words[at + n]?.key ?? '';
  return exact(key).length > 0;
}

/** Without the joining words at either end. */
function trimmed(words: readonly Word[]): readonly Word[] {
  const from = words.findIndex(({ joins }) => !joins);
  return from < 0 ? [] : words.slice(from, words.findLastIndex(({ joins }) => !joins) + 1);
}

/** An unknown run, by its words together; where these find nothing, each by itself, for two mistyped terms in a row. */
function missing(glossary: Finder, { term, words }: Run): readonly Found[] {
  const one = { term, senses: glossary.byWords(meant(words)), near: glossary.near(term) };
  if (one.senses.length > 0 || one.near.length > 0) return [one];
  const apart = words.flatMap(({ text }) => apartIn(text));
  const each = [...new Set(apart.filter((text) => !isJoining(text)))];
  if (each.length < 2 || (words.length > mostWords && !each.every(isShaped))) return [one];
  const found = each
    .slice(0, mostTerms + 1)
    .map((word) => ({ term: word, senses: glossary.byWords(word), near: glossary.near(word) }));
  return found.some(isSlip) ? found : [one];
}

/** Whether it seems to be a mistyped term. Short words of any language are one letter from some acronym. */
const isSlip = ({ term, near }: Found): boolean => near.length > 0 && (isShaped(term) || term.length > 3);
