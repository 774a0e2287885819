// The order in which senses are told. Pure.
import { fold } from './fold.js';
import { type Body, bodies, type Sense } from './model.js';

/** The space's own entries come first, then the bodies in their order. */
const rank = new Map<Body, number>((['own', ...bodies] as const).map((body, at) => [body, at]));

export const byImportance = (a: Sense, b: Sense): number =>
  (rank.get(a.body) ?? 0) - (rank.get(b.body) ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Each once, the most important first. */
export const sortedSenses = (found: readonly Sense[]): readonly Sense[] => [...new Set(found)].sort(byImportance);

/** Whose own acronym it is comes before those who have it as another name. */
export function byName(key: string, found: readonly Sense[]): readonly Sense[] {
  const isOwn = (sense: Sense): boolean => fold(sense.acronym) === key;
  return [...sortedSenses(found)].sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
}
