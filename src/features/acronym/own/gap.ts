// A term that was looked for and is not there: what, how often, when last; never by whom. Pure.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Space, spaceId } from '../../../core/call.js';
import type { Kind } from '../../../core/store.js';
import { fold } from '../fold.js';

/** What is longer, or has more words, is a question rather than a term, and is not written down. */
const [longestTerm, mostWords] = [60, 6];

/** A gap that nobody met for so long is forgotten, in milliseconds; of a space so many are kept. */
const [forgottenAfter, mostKept] = [180 * 86_400_000, 500];

const schema = z.object({
  space: z.string(),
  /** As it was typed first. */
  term: z.string(),
  count: z.number(),
  last: z.iso.datetime(),
});

export type Gap = z.infer<typeof schema>;

export const gaps: Kind<Gap> = {
  name: 'glossary-gaps',
  parse: (raw) => schema.parse(raw),
  facets: ({ space }) => ({ space }),
};

/** Sixteen characters that stand for a text on a button. */
export const shortHash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16);

/** What stands for a term on a button; undefined for what is no term. */
export function gapKey(term: string): string | undefined {
  const key = fold(term);
  const isTerm = key !== '' && term.trim().length <= longestTerm && term.trim().split(/\s+/u).length <= mostWords;
  return isTerm ? shortHash(key) : undefined;
}

export const gapId = (of: Space, key: string): string => `${spaceId(of)}/${key}`;

export const freshGap = (of: Space, term: string, now: Date): Gap => ({
  space: spaceId(of),
  term: term.trim(),
  count: 0,
  last: now.toISOString(),
});

export const met = (gap: Gap, now: Date): Gap => ({ ...gap, count: gap.count + 1, last: now.toISOString() });

/** The most wanted first. */
export const byDemand = (a: Gap, b: Gap): number =>
  b.count - a.count || (a.last < b.last ? 1 : a.last > b.last ? -1 : 0);

/** Those that are to be forgotten: too old, or beyond what is kept of a space. */
export function stale<T extends { readonly value: Gap }>(docs: readonly T[], now: Date): readonly T[] {
  const counted = new Map<string, number>();
  return [...docs]
    .sort((a, b) => byDemand(a.value, b.value))
    .filter(({ value }) => {
      const nth = (counted.get(value.space) ?? 0) + 1;
      counted.set(value.space, nth);
      return nth > mostKept || now.getTime() - Date.parse(value.last) > forgottenAfter;
    });
}
