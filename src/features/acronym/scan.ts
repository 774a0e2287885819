// Which acronyms of the glossary a message holds, in the order in which they come. Pure, in linear time.
import { isShaped, narrowed, singularsOf, type Token, tokensOf } from './fold.js';
import type { Sense } from './model.js';
import type { Glossary } from './search.js';

/** Longest message that is read, in UTF-16 units: Slack's own limit for a message. */
const longest = 40_000;

/** No name that is looked for has more words, of Chinese more characters, or is longer. */
const [mostWords, longestName] = [12, 80];

/** A term of a message, as it is written there. */
export interface Met {
  readonly term: string;
  readonly senses: readonly Sense[];
}

type Names = Pick<Glossary, 'written' | 'begins'>;

/**
 * What stands in a message, piece by piece: a link with a scheme, which ends at a space or at Chinese; what a platform
 * itself puts in angle brackets, which people put words in, too; a run of Chinese, or a word of Arabic; a word of other
 * scripts, with the signs that acronyms, addresses and mentions hold. An acronym may touch Chinese and Arabic. No piece can be tried in more ways than one.
 */
const piece =
  /(?<link>[a-zA-Z][a-zA-Z\d+.-]{0,19}:\/\/[^\s<>\p{Script=Han}，。、；：！？（）「」《》]*)|(?<bracketed><(?:[@#!:]|a:|t:|id:)[^<>\s]{1,200}>|<\/[^<>\n]{1,200}>|<https?:[^<>\n]{1,2000}>)|(?<spaceless>[@#]?(?:\p{Script=Han}+|\p{Script=Arabic}[\p{Script=Arabic}\p{M}]*)(?:[.@][\p{Script=Han}\p{Script=Arabic}\p{M}]+)*)|[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}\p{N}@#.&/+'’_-]+/gu;

/** A name of a host or a file: `gnso.icann.org/PDP`. A stop before a capital ends a sentence. */
const address = /[\p{L}\p{N}]\.[\p{Ll}\p{N}]/u;

/** What somebody is called by, a channel, an address; NextGen@ICANN is none of them. */
const isNoTalk = (names: Names, word: string): boolean =>
  (word.includes('@') || word.startsWith('#') || address.test(word)) &&
  (word.length > longestName || names.written(word).length === 0);

/** The same of Chinese and Arabic, where a name of a host looks like no other word. */
const isAddressed = (run: string, before: string | undefined): boolean => before === '@' || /[@#.]/.test(run);

/**
 * Finds acronyms by the case in which they are written, so that "it", "so" and "as" are left alone; code, links,
 * mentions and addresses are not talk.
 * @param text the message as plain text
 */
export function acronymsIn(names: Names, text: string): readonly Met[] {
  const talk = narrowed(withoutCode(text.slice(0, longest))).replace(/[^\S\n]+/gu, ' ');
  const tokens = talkTokens(names, talk);
  const known = remembering(names);
  const met = new Map<string, Met>();
  for (let at = 0; at < tokens.length; ) {
    const found = namesAt(known, talk, tokens, at);
    for (const { term, senses } of found) {
      const id = senses[0]?.id ?? '';
      if (!met.has(id)) met.set(id, { term, senses });
    }
    at += found.find(({ isWhole }) => isWhole)?.words ?? 1;
  }
  return [...met.values()];
}

/** The same names, each asked for once: a message says the same things again and again. */
function remembering(names: Names): Names {
  const asked = new Map<string, readonly Sense[]>();
  return {
    begins: names.begins,
    written(name) {
      const senses = asked.get(name) ?? names.written(name);
      asked.set(name, senses);
      return senses;
    },
  };
}

/** The words of what is said, without links, names and addresses. */
function talkTokens(names: Names, talk: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const { 0: found, index, groups } of talk.matchAll(piece)) {
    if (/^[a-z]+$/i.test(found)) tokens.push({ text: found, start: index, end: index + found.length });
    else if (groups?.spaceless) tokens.push(...(isAddressed(found, talk[index - 1]) ? [] : tokensOf(found, index)));
    else if (!groups?.link && !groups?.bracketed && !isNoTalk(names, found)) tokens.push(...tokensOf(found, index));
  }
  return tokens;
}

interface NameFound extends Met {
  readonly words: number;
  /** Whether it is one acronym, so that its parts are not looked at; those of "GAC Advice" are. */
  readonly isWhole: boolean;
}

/** The names that begin here, the longest first, down to one that is an acronym as a whole. */
function namesAt(names: Names, talk: string, tokens: readonly Token[], at: number): readonly NameFound[] {
  const head = tokens[at];
  const longest = head ? beginsLike(names, head.text) : 0;
  if (!head || longest === 0) return [];
  const found: NameFound[] = [];
  // One more for the s of a genitive.
  for (let words = Math.min(longest + 1, mostWords, tokens.length - at); words > 0; words -= 1) {
    const end = tokens[at + words - 1]?.end ?? head.end;
    if (end - head.start > longestName) continue;
    const term = talk.slice(head.start, end);
    const senses = writtenLike(names, term);
    const isWhole = !term.includes(' ') || tokens.slice(at, at + words).every(({ text }) => isShaped(text));
    if (senses.length > 0) found.push({ term, senses, words, isWhole });
    if (senses.length > 0 && isWhole) break;
  }
  return found;
}

/** Without the s of a plural (RALOs, ALSes) or of the genitive of English, or the number of a meeting: ICANN80. */
function bares(word: string): readonly string[] {
  if (/\d$/.test(word)) return [word.replace(/(?<=\p{L})\d{1,5}$/u, '')];
  return word.endsWith('s') ? singularsOf(word) : [];
}

const beginsLike = (names: Names, word: string): number =>
  Math.max(names.begins(word), ...bares(word).map(names.begins));

/** What looks like no acronym counts as it is written and in no other form: somebody's "new" is not in the news. */
function writtenLike(names: Names, term: string): readonly Sense[] {
  const senses = names.written(term);
  if (senses.length > 0) return senses;
  for (const one of bares(term)) {
    const found = names.written(one);
    if (found.length > 0 && isShaped(one)) return found;
  }
  return senses;
}

interface Ticks {
  readonly index: number;
  readonly length: number;
  readonly paragraph: number;
}

/** The runs of backticks, with the number of blank lines before each. */
function ticksIn(text: string): readonly Ticks[] {
  const ticks: Ticks[] = [];
  let paragraph = 0;
  for (const { 0: found, index } of text.matchAll(/`+|\n[^\S\n]*(?=\n)/gu)) {
    if (found.startsWith('`')) ticks.push({ index, length: found.length, paragraph });
    else paragraph += 1;
  }
  return ticks;
}

/** From this length on a run of backticks begins a block, which goes on over blank lines. */
const fence = 3;

/**
 * Code begins with a run of backticks and ends with the next one of that length (CommonMark 0.31, "Code spans"), which
 * has to come in the same paragraph: two stray ones hide nothing that lies between.
 */
function withoutCode(text: string): string {
  const runs = ticksIn(text);
  const next = new Map<number, number>();
  const closing = new Map<number, number>();
  for (const [at, { length, paragraph }] of [...runs.entries()].reverse()) {
    const later = next.get(length) ?? -1;
    if (length >= fence ? later >= 0 : runs[later]?.paragraph === paragraph) closing.set(at, later);
    next.set(length, at);
  }
  const talk: string[] = [];
  let from = 0;
  for (let at = 0; at < runs.length; at += 1) {
    const [open, close] = [runs[at], runs[closing.get(at) ?? -1]];
    if (!open || !close) continue;
    talk.push(text.slice(from, open.index));
    from = close.index + close.length;
    at = closing.get(at) ?? at;
  }
  return [...talk, text.slice(from)].join('\n');
}
