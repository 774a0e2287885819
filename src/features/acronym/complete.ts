// What a term that is being typed may become. Pure.
import { fold, wordsOf } from './fold.js';
import { aliasesOf, type Sense } from './model.js';
import { phraseHits } from './phrase.js';
import { byName, sortedSenses } from './ranking.js';
import { isKeyOf, type TermIndex } from './term-index.js';

/** So many keys that begin alike, and words, are looked at. */
const [mostKeys, mostWords] = [200, 30];

/** Senses whose acronym or another name begins like this, then those with such words in their expansions. */
export function completions(
  layers: readonly TermIndex[],
  visible: (sense: Sense) => boolean,
  typed: string,
  most: number,
): readonly Sense[] {
  const key = fold(typed);
  const named = layers.flatMap((index) => index.named(key)).filter((sense) => visible(sense) && isKeyOf(sense, key));
  const found = new Set([...byName(key, named), ...sortedSenses(layers.flatMap((index) => starting(index, key)))]);
  if (key !== '') {
    for (const index of layers) {
      for (const sense of found.size < most ? holding(index, key, typed, most) : []) found.add(sense);
    }
  }
  return [...found].filter(visible).slice(0, most);
}

const starting = (index: TermIndex, key: string): readonly Sense[] =>
  index.keysLike(key, mostKeys).flatMap((name) => index.named(name).filter((sense) => isKeyOf(sense, name)));

function holding(index: TermIndex, key: string, typed: string, most: number): readonly Sense[] {
  if (wordsOf(typed).length > 1) return phraseHits(index, typed, true).map(({ sense }) => sense);
  const found = new Set<Sense>();
  for (const word of index.wordsLike(key, mostWords)) {
    for (const list of index.postings(word)?.values() ?? []) {
      for (const { sense } of found.size < most ? list.slice(0, most) : []) found.add(sense);
    }
  }
  return [...found];
}

/** The name of a sense that begins with what was typed, where its acronym does not. */
export function otherNameLike(sense: Sense, typed: string): string | undefined {
  const key = fold(typed);
  if (key === '' || fold(sense.acronym).startsWith(key)) return undefined;
  return aliasesOf(sense).find((alias) => fold(alias).startsWith(key));
}
