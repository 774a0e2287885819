// What was asked, taken apart into terms, each with what is found. Pure.
import { isShaped } from './fold.js';
import { isJoining } from './joining-words.js';
import type { Found, Glossary } from './search.js';

/** What stands between terms. */
const separators = /[,;،、，；\n]+/u;

/** No term of the glossary has more words than its longest expansion; five is ample for acronyms. */
const lengths = [5, 4, 3, 2, 1];

/** What has more words is a question rather than a term: it stays whole, so that no part of it is written down as one. */
const mostWords = 6;

type Finder = Pick<Glossary, 'exact' | 'byWords' | 'near' | 'written'>;

/** A run of words: a known term, or unknown words between such terms. */
interface Run extends Found {
  readonly words: readonly string[];
}

/** Takes what was asked apart, and looks up each term; what finds nothing at all comes back as one. */
export function lookUp(glossary: Finder, asked: string): readonly Found[] {
  const phrase = asked.trim();
  const whole = glossary.exact(phrase);
  if (whole.length > 0) return [{ term: phrase, senses: whole, near: [] }];
  const parts = phrase
    .split(separators)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const found = parts.flatMap((part) => foundIn(glossary, part));
  return found.length > 0 ? found : [{ term: phrase, senses: [], near: glossary.near(phrase) }];
}

/** @returns nothing for joining words alone */
function foundIn(glossary: Finder, part: string): readonly Found[] {
  const whole = glossary.exact(part);
  if (whole.length > 0) return [{ term: part, senses: whole, near: [] }];
  const words = part.split(/\s+/u).flatMap((word) => pieces(glossary, word));
  const runs = segment(glossary, words);
  if (runs.every(({ senses }) => senses.length > 0)) return runs;
  const senses = runs.length > 1 ? glossary.byWords(meant(words).join(' ')) : [];
  if (senses.length > 0) return [{ term: part, senses, near: glossary.near(part) }];
  return runs.flatMap((run) => (run.senses.length > 0 ? [run] : missing(glossary, run)));
}

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

/** The words that say what is looked for: joining words would find every expansion that has an "of". */
const meant = (words: readonly string[]): readonly string[] => words.filter((word) => !isJoining(word));

/** Cuts what was typed into the longest known terms, and runs of unknown words between them. */
function segment(glossary: Finder, words: readonly string[]): readonly Run[] {
  const isName = namesAmong(glossary, words);
  const runs: Run[] = [];
  let unknown: string[] = [];
  const flush = (): void => {
    const run = unknown.length > mostWords ? unknown : trimmed(unknown);
    if (meant(run).length > 0) runs.push({ term: run.join(' '), words: run, senses: [], near: [] });
    unknown = [];
  };
  for (let at = 0; at < words.length; ) {
    const length = lengths.find((n) => isKnown(glossary, words, at, n, isName)) ?? 0;
    if (length === 0) {
      unknown.push(words[at] ?? '');
      at += 1;
    } else {
      flush();
      const own = words.slice(at, at + length);
      const term = own.join(' ');
      runs.push({ term, words: own, senses: glossary.exact(term), near: [] });
      at += length;
    }
  }
  flush();
  return runs;
}

/**
 * Which words may be terms, or begin and end one. A joining word may where it is written as an acronym is (`IT`), or
 * where there is nothing else; "a SO" is no ASO.
 */
function namesAmong({ written }: Finder, words: readonly string[]): (word: string) => boolean {
  const isName = (word: string): boolean => !isJoining(word) || written(word).length > 0;
  return words.some(isName) ? isName : () => true;
}

function isKnown(
  { exact }: Finder,
  words: readonly string[],
  at: number,
  length: number,
  isName: (word: string) => boolean,
): boolean {
  const [first, last] = [words[at], words[at + length - 1]];
  if (first === undefined || last === undefined || !isName(first) || !isName(last)) return false;
  return exact(words.slice(at, at + length).join(' ')).length > 0;
}

/** Without the joining words at either end. */
function trimmed(words: readonly string[]): readonly string[] {
  const from = words.findIndex((word) => !isJoining(word));
  return from < 0 ? [] : words.slice(from, words.findLastIndex((word) => !isJoining(word)) + 1);
}

/** An unknown run, by its words together; where these find nothing, each by itself, for two mistyped terms in a row. */
function missing(glossary: Finder, { term, words }: Run): readonly Found[] {
  const one = { term, senses: glossary.byWords(meant(words).join(' ')), near: glossary.near(term) };
  if (one.senses.length > 0 || one.near.length > 0) return [one];
  const each = meant(words.flatMap(apartIn));
  if (each.length < 2 || (words.length > mostWords && !each.every(isShaped))) return [one];
  const apart = each.map((word) => ({ term: word, senses: glossary.byWords(word), near: glossary.near(word) }));
  return apart.some(isSlip) ? apart : [one];
}

/** Whether it seems to be a mistyped term. Short words of any language are one letter from some acronym. */
const isSlip = ({ term, near }: Found): boolean => near.length > 0 && (isShaped(term) || term.length > 3);
