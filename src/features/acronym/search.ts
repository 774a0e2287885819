// Finding senses: exact, by alias and plural, by the words of an expansion, and near misses. Pure; look-up.ts takes apart what was asked.
import { completions } from './complete.js';
import { asWritten, fold, singularsOf } from './fold.js';
import { lookUp } from './look-up.js';
import type { Sense } from './model.js';
import { likelihood } from './near.js';
import { phraseHits } from './phrase.js';
import { byImportance, byName, sortedSenses } from './ranking.js';
import { isKeyOf, longestSlip, type TermIndex, termIndex, withOneLess } from './term-index.js';

/** How many near misses are offered. */
const offered = 5;

/** What a term was found as; `near` holds guesses, best first, where it is not a term of the glossary itself. */
export interface Found {
  readonly term: string;
  readonly senses: readonly Sense[];
  readonly near: readonly Sense[];
}

export interface Glossary {
  readonly senses: readonly Sense[];
  /** A sense, or what stands in its place. */
  byId(id: string): Sense | undefined;
  /** All senses of an acronym, an alias, a plural, or a whole expansion in any language. */
  exact(term: string): readonly Sense[];
  /** Those of an acronym or alias as it is written, and of no word that only looks like one. */
  written(name: string): readonly Sense[];
  /** How many words the longest of these has that begins with this one; 0 for none. */
  begins(word: string): number;
  /** Senses whose expansion holds all these words, in one language. */
  byWords(phrase: string): readonly Sense[];
  /** One sense of each acronym that differs by a slip of the keyboard, best first. */
  near(term: string): readonly Sense[];
  /** What was asked: one term or several, each with what was found. */
  lookUp(asked: string): readonly Found[];
  /** Senses that begin like what has been typed so far, for completion. */
  complete(typed: string, most: number): readonly Sense[];
}

/** What a folded acronym may be the plural of in English, French, Spanish and Portuguese. */
const singulars = (key: string): readonly string[] => (key.length < 3 || !key.endsWith('s') ? [] : singularsOf(key));

/** A glossary of these senses alone. */
export function glossaryOf(senses: readonly Sense[]): Glossary {
  const index = termIndex(senses);
  return glossaryOver(() => [index]);
}

/**
 * A glossary over several indexes at once.
 * @param layers asked for at each look-up, so that none is made before it is needed
 * @param replaced senses by the id of the one in whose place they stand; that one is not found any more
 */
export function glossaryOver(
  layers: () => readonly TermIndex[],
  replaced: ReadonlyMap<string, Sense> = new Map(),
): Glossary {
  const visible = (sense: Sense): boolean => !replaced.has(sense.id);
  const all = (pick: (index: TermIndex) => readonly Sense[]): readonly Sense[] =>
    layers().flatMap(pick).filter(visible);
  const exact = (term: string): readonly Sense[] => {
    const key = fold(term);
    const own = all((index) => index.named(key));
    if (own.length > 0) return byName(key, own);
    for (const one of singulars(key)) {
      const senses = all((index) => index.named(one));
      if (senses.length > 0) return byName(one, senses);
    }
    return none;
  };
  const byWords = (phrase: string): readonly Sense[] => holding(layers(), phrase).filter(visible);
  const near = (term: string): readonly Sense[] => nearMisses(layers(), visible, fold(term));
  const written = (name: string): readonly Sense[] => writtenAs(name, layers(), visible);
  return {
    get senses() {
      return layers()
        .flatMap((index) => [...index.ids.values()])
        .filter(visible);
    },
    byId: (id) =>
      replaced.get(id) ??
      layers()
        .map((index) => index.ids.get(id))
        .find((sense) => sense !== undefined),
    exact,
    written,
    begins: (word) => layers().reduce((most, index) => Math.max(most, index.begins(word)), 0),
    byWords,
    near,
    lookUp: (asked) => lookUp({ exact, byWords, near, written }, asked),
    complete(typed, most) {
      const found = completions(layers(), visible, typed, most);
      return found.length > 0 ? found : near(typed).slice(0, most);
    },
  };
}

function holding(layers: readonly TermIndex[], phrase: string): readonly Sense[] {
  const hits = layers.flatMap((index) => phraseHits(index, phrase));
  const sorted = hits.sort((a, b) => a.length - b.length || byImportance(a.sense, b.sense));
  return [...new Set(sorted.map(({ sense }) => sense))];
}

const none: readonly Sense[] = [];

/** Another name counts only where it is nobody's own acronym, so that COI is not the Olympic Committee in English. */
function writtenAs(name: string, layers: readonly TermIndex[], visible: (sense: Sense) => boolean): readonly Sense[] {
  const form = asWritten(name);
  // Asked for every word of a long message: nothing is made where nothing is found.
  if (!layers.some((index) => index.written(form).length > 0)) return none;
  const found = layers.flatMap((index) => index.written(form)).filter(visible);
  const own = found.filter(({ acronym }) => asWritten(acronym) === form);
  return sortedSenses(own.length > 0 ? own : found);
}

function nearMisses(layers: readonly TermIndex[], visible: (sense: Sense) => boolean, typed: string): readonly Sense[] {
  if (typed.length > longestSlip + 1) return [];
  const guesses = layers.flatMap((index) => {
    const keys = new Set([...withOneLess(typed)].flatMap((less) => index.withLetterLess(less)));
    return [...keys].flatMap((key) => {
      const chance = likelihood(typed, key);
      if (chance === 0) return [];
      const [best] = sortedSenses(index.named(key).filter((sense) => visible(sense) && isKeyOf(sense, key)));
      return best ? [{ chance, key, best }] : [];
    });
  });
  const sorted = guesses.sort(
    (a, b) => b.chance - a.chance || sameStart(typed, b.key) - sameStart(typed, a.key) || byImportance(a.best, b.best),
  );
  return [...new Set(sorted.map(({ best }) => best))].slice(0, offered);
}

/** People seldom get the first letter wrong. */
const sameStart = (a: string, b: string): number => Number(a[0] === b[0]);
