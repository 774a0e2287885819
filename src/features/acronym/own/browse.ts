// The whole glossary, by letter and by body. Pure.
import { fold } from '../fold.js';
import { type Body, bodies, type Sense } from '../model.js';

/** So many entries are told on one page. */
export const onPage = 15;

/** The key under which terms stand that begin with a digit. */
const digitsKey = '0-9';

/** `P` for PDP: where a term stands; other scripts have letters of their own. */
export function letterOf(acronym: string): string {
  const [first = ''] = fold(acronym).toUpperCase();
  return /\p{N}/u.test(first) ? digitsKey : first;
}

export interface Part {
  readonly key: string;
  readonly count: number;
}

function counted(keys: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** The letters that there are, in order. */
export function lettersOf(senses: readonly Sense[]): readonly Part[] {
  const counts = counted(senses.map(({ acronym }) => letterOf(acronym)));
  return [...counts].map(([key, count]) => ({ key, count })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The bodies that have terms, the space's own first. */
export function bodiesOf(senses: readonly Sense[]): readonly (Part & { readonly key: Body })[] {
  const counts = counted(senses.map(({ body }) => body));
  return (['own', ...bodies] as const).flatMap((key) => {
    const count = counts.get(key);
    return count === undefined ? [] : [{ key, count }];
  });
}

/** How a part of the glossary is named: by a letter or by a body. */
export interface Choice {
  readonly by: 'letter' | 'body';
  readonly at: string;
}

/** What somebody typed, as a part of the glossary; undefined when it is none. */
export function partNamed(typed: string): Choice | undefined {
  const wanted = fold(typed);
  const body = (['own', ...bodies] as const).find((one) => fold(one) === wanted);
  if (body) return { by: 'body', at: body };
  if (wanted === fold(digitsKey)) return { by: 'letter', at: digitsKey };
  return [...wanted].length === 1 ? { by: 'letter', at: letterOf(wanted) } : undefined;
}

export interface Page {
  readonly senses: readonly Sense[];
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  readonly count: number;
}

/** @param page one that is not there becomes the nearest */
export function pageOf(all: readonly Sense[], { by, at }: Choice, page: number): Page {
  const keys = new Map<Sense, string>();
  const senses = all.filter((sense) => (by === 'letter' ? letterOf(sense.acronym) : sense.body) === at);
  for (const sense of senses) keys.set(sense, fold(sense.acronym));
  const keyOf = (sense: Sense): string => keys.get(sense) ?? '';
  senses.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
  const pages = Math.max(1, Math.ceil(senses.length / onPage));
  const shown = Math.min(Math.max(0, Number.isInteger(page) ? page : 0), pages - 1);
  return { senses: senses.slice(shown * onPage, (shown + 1) * onPage), page: shown, pages, count: senses.length };
}
