// Finding senses: exact, by alias and plural, by the words of an expansion, and near misses. Pure.
import { bodies, type Sense } from './model.js';

/** How many near misses are offered. */
const offered = 5;

/** Longer than any acronym or alias, in folded characters: no near misses are looked for. */
const longestTerm = 60;

/** What a term was found as; `near` holds guesses, best first, where it is not a term of the glossary itself. */
export interface Found {
  readonly term: string;
  readonly senses: readonly Sense[];
  readonly near: readonly Sense[];
}

export interface Glossary {
  readonly senses: readonly Sense[];
  byId(id: string): Sense | undefined;
  /** All senses of an acronym, an alias, a plural, or a whole expansion in any language. */
  exact(term: string): readonly Sense[];
  /** Senses whose expansion holds all these words, in one language. */
  byWords(phrase: string): readonly Sense[];
  /** One sense of each acronym that differs by a slip of the keyboard, best first. */
  near(term: string): readonly Sense[];
  /** What was asked: one term or several, each with what was found. */
  lookUp(asked: string): readonly Found[];
  /** Senses that begin like what has been typed so far, for completion. */
  complete(typed: string, most: number): readonly Sense[];
}

/**
 * What stays of a term when case, accents, punctuation and spaces do not count: `e.p.d.p.` and `EPDP` are the same.
 * Arabic vowel signs and the variants of alif, and kashida, are folded too.
 */
export function fold(term: string): string {
  return term
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** The words of a text, folded; Chinese has no spaces and is cut by the Unicode rules. */
export function wordsOf(text: string): readonly string[] {
  return Array.from(segmenter.segment(text))
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => fold(segment))
    .filter((word) => word !== '');
}

const rank = new Map<string, number>(bodies.map((body, at) => [body, at]));
const byImportance = (a: Sense, b: Sense): number =>
  (rank.get(a.body) ?? 0) - (rank.get(b.body) ?? 0) || (a.id < b.id ? -1 : 1);

const sortedSenses = (found: Iterable<Sense> = []): readonly Sense[] => [...found].sort(byImportance);

const push = <K, V>(map: Map<K, Set<V>>, key: K, value: V): void => {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
};

/** The plural of an acronym in English, French, Spanish and Portuguese: RALOs, ccTLD's. */
const singular = (key: string): string | undefined =>
  key.length > 2 && key.endsWith('s') ? key.slice(0, -1) : undefined;

/** A key with each of its letters left out in turn: two terms one slip apart share one of these. */
function* withOneLess(key: string): Generator<string> {
  yield key;
  for (let at = 0; at < key.length; at += 1) yield key.slice(0, at) + key.slice(at + 1);
}

/**
 * How likely one slip turns `key` into `typed`, all four kinds of slips and all letters being equally likely:
 * two letters swapped, one left out, one wrong, one added.
 * @returns 0 when it takes more than one slip
 */
function likelihood(typed: string, key: string): number {
  let at = 0;
  while (at < typed.length && at < key.length && typed[at] === key[at]) at += 1;
  const isSame = (from: number, keyFrom: number): boolean => typed.slice(from) === key.slice(keyFrom);
  if (typed.length === key.length - 1) return isSame(at, at + 1) ? sameAround(key, at) / key.length : 0;
  if (typed.length === key.length + 1) return isSame(at + 1, at) ? sameAround(typed, at) / (26 * typed.length) : 0;
  if (typed.length !== key.length) return 0;
  if (isSame(at + 1, at + 1)) return 1 / (25 * key.length);
  return typed[at] === key[at + 1] && typed[at + 1] === key[at] && isSame(at + 2, at + 2) ? 1 / (key.length - 1) : 0;
}

/** How many letters next to each other are the one at `at`: leaving out either S of SSAC gives SAC. */
function sameAround(word: string, at: number): number {
  let [from, to] = [at, at];
  while (from > 0 && word[from - 1] === word[at]) from -= 1;
  while (word[to + 1] === word[at] && to + 1 < word.length) to += 1;
  return to - from + 1;
}

interface Maps {
  readonly ids: Map<string, Sense>;
  readonly names: Map<string, Set<Sense>>;
  /** Folded acronyms and aliases only: near misses are slips in these, not in expansions. */
  readonly keys: Map<string, Set<Sense>>;
  readonly less: Map<string, Set<string>>;
  readonly words: Map<string, Set<Sense>>;
}

function mapsOf(senses: readonly Sense[]): Maps {
  const maps: Maps = { ids: new Map(), names: new Map(), keys: new Map(), less: new Map(), words: new Map() };
  for (const sense of senses) {
    maps.ids.set(sense.id, sense);
    for (const name of [sense.acronym, ...(sense.aliases ?? [])]) {
      const key = fold(name);
      push(maps.names, key, sense);
      push(maps.keys, key, sense);
      for (const less of withOneLess(key)) push(maps.less, less, key);
    }
    for (const expansion of Object.values(sense.expansion)) {
      push(maps.names, fold(expansion), sense);
      for (const word of wordsOf(expansion)) push(maps.words, word, sense);
    }
  }
  return maps;
}

/** Builds the index; looking up is then a matter of microseconds. */
export function glossaryOf(senses: readonly Sense[]): Glossary {
  const maps = mapsOf(senses);
  const exact = (term: string): readonly Sense[] => {
    const key = fold(term);
    const plural = singular(key);
    return sortedSenses(maps.names.get(key) ?? (plural === undefined ? undefined : maps.names.get(plural)));
  };
  const byWords = (phrase: string): readonly Sense[] => wordMatches(maps, phrase);
  const near = (term: string): readonly Sense[] => nearMisses(maps, fold(term));

  return {
    senses,
    byId: (id) => maps.ids.get(id),
    exact,
    byWords,
    near,
    lookUp: (asked) => lookUp({ exact, byWords, near }, asked),
    complete: (typed, most) => completions(senses, maps, typed, most),
  };
}

/** All words in one language's expansion, the closest in length first. */
function wordMatches(maps: Maps, phrase: string): readonly Sense[] {
  const words = wordsOf(phrase);
  const [first, ...rest] = words.map((word) => maps.words.get(word) ?? new Set<Sense>());
  if (!first) return [];
  const all = [...first].filter((sense) => rest.every((set) => set.has(sense)));
  const lengthIn = (sense: Sense): number => {
    const holding = Object.values(sense.expansion)
      .map(wordsOf)
      .filter((own) => words.every((word) => own.includes(word)));
    return Math.min(...holding.map(({ length }) => length));
  };
  return all
    .map((sense) => ({ sense, length: lengthIn(sense) }))
    .filter(({ length }) => Number.isFinite(length))
    .sort((a, b) => a.length - b.length || byImportance(a.sense, b.sense))
    .map(({ sense }) => sense);
}

function nearMisses(maps: Maps, typed: string): readonly Sense[] {
  if (typed.length > longestTerm) return [];
  const keys = new Set<string>();
  for (const less of withOneLess(typed)) for (const key of maps.less.get(less) ?? []) keys.add(key);
  const guesses = [...keys].flatMap((key) => {
    const chance = likelihood(typed, key);
    const [best] = sortedSenses(maps.keys.get(key));
    return chance === 0 || !best ? [] : [{ chance, key, best }];
  });
  return guesses
    .sort(
      (a, b) =>
        b.chance - a.chance || sameStart(typed, b.key) - sameStart(typed, a.key) || byImportance(a.best, b.best),
    )
    .map(({ best }) => best)
    .filter((sense, at, all) => all.indexOf(sense) === at)
    .slice(0, offered);
}

/** People seldom get the first letter wrong. */
const sameStart = (a: string, b: string): number => Number(a[0] === b[0]);

type Finder = Pick<Glossary, 'exact' | 'byWords' | 'near'>;

function lookUp(glossary: Finder, asked: string): readonly Found[] {
  const phrase = asked.trim();
  const whole = glossary.exact(phrase);
  if (whole.length > 0) return [{ term: phrase, senses: whole, near: [] }];
  const parts = phrase
    .split(/[,;،、，；\n]+/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length > 1) return parts.flatMap((part) => lookUp(glossary, part));
  const terms = phrase.split(/\s+/u);
  const runs = segment(glossary, terms);
  if (runs.every(({ senses }) => senses.length > 0)) return runs;
  const byWords = glossary.byWords(phrase);
  if (byWords.length > 0) return [{ term: phrase, senses: byWords, near: glossary.near(phrase) }];
  return runs.map((run) => (run.senses.length > 0 ? run : missing(glossary, run.term)));
}

/** Cuts what was typed into the longest known terms, and runs of unknown words between them. */
function segment({ exact }: Finder, terms: readonly string[]): readonly Found[] {
  const runs: Found[] = [];
  let unknown: string[] = [];
  const flush = (): void => {
    if (unknown.length > 0) runs.push({ term: unknown.join(' '), senses: [], near: [] });
    unknown = [];
  };
  for (let at = 0; at < terms.length; ) {
    // No term of the glossary has more words than its longest expansion; five is ample for acronyms.
    const length = [5, 4, 3, 2, 1].find(
      (n) => at + n <= terms.length && exact(terms.slice(at, at + n).join(' ')).length,
    );
    if (length === undefined) {
      unknown.push(terms[at] ?? '');
      at += 1;
    } else {
      flush();
      const term = terms.slice(at, at + length).join(' ');
      runs.push({ term, senses: exact(term), near: [] });
      at += length;
    }
  }
  flush();
  return runs;
}

function missing(glossary: Finder, term: string): Found {
  return { term, senses: glossary.byWords(term), near: glossary.near(term) };
}

function completions(senses: readonly Sense[], maps: Maps, typed: string, most: number): readonly Sense[] {
  const key = fold(typed);
  if (key === '') return sortedSenses(senses).slice(0, most);
  const starting = [...maps.keys].filter(([name]) => name.startsWith(key)).flatMap(([, set]) => [...set]);
  const found = new Set([...sortedSenses(maps.keys.get(key)), ...sortedSenses(starting)]);
  for (const [word, set] of maps.words) if (word.startsWith(key)) for (const sense of set) found.add(sense);
  for (const sense of found.size === 0 ? nearMisses(maps, key) : []) found.add(sense);
  return [...found].slice(0, most);
}
