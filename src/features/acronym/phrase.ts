// Senses by the words of their expansions, the closest in length first. Pure.
import { fold, hanRuns, wordsOf } from './fold.js';
import type { Sense } from './model.js';
import type { Named, Postings, TermIndex } from './term-index.js';

/** So many expansions that fit are enough to choose from, and so many are looked at, so that common words stay quick. */
const [enough, mostLookedAt] = [50, 2000];

export interface Hit {
  readonly sense: Sense;
  /** How many words its expansion has. */
  readonly length: number;
}

const sizeOf = (postings: Postings): number => {
  let size = 0;
  for (const list of postings.values()) size += list.length;
  return size;
};

/**
 * Senses one of whose expansions holds all these words, in one language.
 * @param isOpen whether the last word may be the beginning of one, as it is being typed
 */
export function phraseHits(index: TermIndex, phrase: string, isOpen = false): readonly Hit[] {
  const words = [...new Set(wordsOf(phrase))];
  const whole = isOpen && words.length > 1 ? words.slice(0, -1) : words;
  let rarest: Postings | undefined;
  for (const word of whole) {
    const list = index.postings(word);
    if (!list) return [];
    if (!rarest || sizeOf(list) < sizeOf(rarest)) rarest = list;
  }
  if (!rarest) return [];
  const wanted = words.map((word) => (whole.includes(word) ? ` ${word} ` : ` ${word}`));
  return gathered(rarest, fitting(wanted, hanRuns(phrase)));
}

/** @param wanted words with the space before, and the one behind where they are whole */
function fitting(wanted: readonly string[], runs: readonly string[]): (named: Named) => boolean {
  return ({ line, text }) => {
    if (!wanted.every((word) => line.includes(word))) return false;
    const folded = runs.length > 0 ? fold(text) : '';
    return runs.every((one) => folded.includes(one));
  };
}

function gathered(postings: Postings, fits: (named: Named) => boolean): readonly Hit[] {
  const hits: Hit[] = [];
  let lookedAt = 0;
  for (const length of [...postings.keys()].sort((a, b) => a - b)) {
    for (const named of postings.get(length) ?? []) {
      if (lookedAt === mostLookedAt || hits.length === enough) return hits;
      lookedAt += 1;
      if (fits(named)) hits.push({ sense: named.sense, length });
    }
  }
  return hits;
}
