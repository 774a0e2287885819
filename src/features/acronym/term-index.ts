// Where senses are found: by name, by a slip in a name, by the words of an expansion. Grows and shrinks sense by sense.
import { asWritten, fold, isShaped, tokensOf, wordsOf } from './fold.js';
import { namesOf, type Sense } from './model.js';
import { type SortedKeys, sortedKeys } from './sorted-keys.js';

/** Longer than any acronym, in folded characters: slips are looked for in shorter names only. */
export const longestSlip = 24;

/** An expansion in one language, as it is searched. */
export interface Named {
  readonly sense: Sense;
  readonly text: string;
  /** Its words, with a space before and behind each. */
  readonly line: string;
}

/** Expansions that hold a word, by the number of their words. */
export type Postings = ReadonlyMap<number, readonly Named[]>;

export interface TermIndex {
  readonly ids: ReadonlyMap<string, Sense>;
  /** Acronyms, aliases and whole expansions, folded. */
  named(key: string): readonly Sense[];
  /** Acronyms and aliases that look like acronyms, and plain names, as they are written. */
  written(name: string): readonly Sense[];
  /** How many words the longest such name has that begins with this one; 0 for none. */
  begins(word: string): number;
  /** Folded acronyms and aliases from which this is left when a letter goes, or none. */
  withLetterLess(less: string): readonly string[];
  postings(word: string): Postings | undefined;
  keysLike(prefix: string, most: number): readonly string[];
  wordsLike(prefix: string, most: number): readonly string[];
  /** Takes a sense in, in place of the one with the same id. */
  add(sense: Sense): void;
  remove(id: string): void;
}

interface Tables {
  readonly ids: Map<string, Sense>;
  readonly names: Map<string, Sense[]>;
  readonly forms: Map<string, Sense[]>;
  /** How many of the forms begin with a word, by the number of their words. */
  readonly heads: Map<string, number[]>;
  readonly less: Map<string, string[]>;
  readonly words: Map<string, Map<number, Named[]>>;
  readonly keys: SortedKeys;
  readonly wordList: SortedKeys;
}

const none: readonly Sense[] = [];

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (!list) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}

function drop<K, V>(map: Map<K, V[]>, key: K, isIt: (value: V) => boolean): void {
  const left = map.get(key)?.filter((value) => !isIt(value)) ?? [];
  if (left.length > 0) map.set(key, left);
  else map.delete(key);
}

const keysOf = (sense: Sense): readonly string[] => [
  ...new Set(
    namesOf(sense)
      .map(fold)
      .filter((key) => key !== ''),
  ),
];

const formsOf = (sense: Sense): readonly string[] => [
  ...new Set([...namesOf(sense).filter(isShaped), ...(sense.plainNames ?? [])].map(asWritten)),
];

/** Counts a form under its first word, or no longer. */
function count(heads: Map<string, number[]>, form: string, by: 1 | -1): void {
  const tokens = tokensOf(form);
  const head = tokens[0]?.text ?? '';
  const counts = heads.get(head) ?? [];
  counts[tokens.length] = (counts[tokens.length] ?? 0) + by;
  while (counts.length > 0 && !counts.at(-1)) counts.pop();
  if (counts.length > 0) heads.set(head, counts);
  else heads.delete(head);
}

/** Whether this folded name is the acronym or an alias, rather than an expansion. */
export const isKeyOf = (sense: Sense, key: string): boolean => namesOf(sense).some((name) => fold(name) === key);

/** A key, and it with each of its letters left out in turn: two keys one slip apart share one of these. */
export function* withOneLess(key: string): Generator<string> {
  yield key;
  for (let at = 0; at < key.length; at += 1) yield key.slice(0, at) + key.slice(at + 1);
}

function enter(tables: Tables, sense: Sense): void {
  tables.ids.set(sense.id, sense);
  for (const form of formsOf(sense)) {
    put(tables.forms, form, sense);
    count(tables.heads, form, 1);
  }
  for (const key of keysOf(sense)) {
    put(tables.names, key, sense);
    tables.keys.add(key);
    if (key.length <= longestSlip) for (const less of withOneLess(key)) put(tables.less, less, key);
  }
  for (const text of Object.values(sense.expansion)) {
    put(tables.names, fold(text), sense);
    const words = [...new Set(wordsOf(text, true))];
    const named: Named = { sense, text, line: ` ${words.join(' ')} ` };
    for (const word of words) {
      const postings = tables.words.get(word) ?? new Map<number, Named[]>();
      if (postings.size === 0) {
        tables.words.set(word, postings);
        tables.wordList.add(word);
      }
      const list = postings.get(words.length);
      if (list) list.push(named);
      else postings.set(words.length, [named]);
    }
  }
}

function leave(tables: Tables, sense: Sense): void {
  const isIt = (one: Sense): boolean => one === sense;
  tables.ids.delete(sense.id);
  for (const form of formsOf(sense)) {
    drop(tables.forms, form, isIt);
    count(tables.heads, form, -1);
  }
  for (const key of [...keysOf(sense), ...Object.values(sense.expansion).map(fold)]) drop(tables.names, key, isIt);
  for (const key of keysOf(sense)) {
    if (tables.names.get(key)?.some((other) => isKeyOf(other, key))) continue;
    tables.keys.remove(key);
    for (const less of withOneLess(key)) drop(tables.less, less, (other) => other === key);
  }
  for (const text of Object.values(sense.expansion)) {
    const words = [...new Set(wordsOf(text, true))];
    for (const word of words) {
      const postings = tables.words.get(word);
      if (!postings) continue;
      drop(postings, words.length, (named) => named.sense === sense);
      if (postings.size > 0) continue;
      tables.words.delete(word);
      tables.wordList.remove(word);
    }
  }
}

/** An index of these senses; looking up in it is then a matter of microseconds. */
export function termIndex(senses: Iterable<Sense> = []): TermIndex {
  const tables: Tables = {
    ids: new Map(),
    names: new Map(),
    forms: new Map(),
    heads: new Map(),
    less: new Map(),
    words: new Map(),
    keys: sortedKeys(),
    wordList: sortedKeys(),
  };
  const remove = (id: string): void => {
    const old = tables.ids.get(id);
    if (old) leave(tables, old);
  };
  const add = (sense: Sense): void => {
    remove(sense.id);
    enter(tables, sense);
  };
  for (const sense of senses) add(sense);
  return {
    ids: tables.ids,
    named: (key) => tables.names.get(key) ?? none,
    written: (name) => tables.forms.get(name) ?? none,
    begins: (word) => Math.max(0, (tables.heads.get(word)?.length ?? 0) - 1),
    withLetterLess: (less) => tables.less.get(less) ?? [],
    postings: (word) => tables.words.get(word),
    keysLike: (prefix, most) => tables.keys.startingWith(prefix, most),
    wordsLike: (prefix, most) => tables.wordList.startingWith(prefix, most),
    add,
    remove,
  };
}
