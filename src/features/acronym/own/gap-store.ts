// Gaps in the store: written down as people meet them, closed by whoever fills them.
import { type Space, spaceId } from '../../../core/call.js';
import { faultFacts } from '../../../core/fault.js';
import type { Bot } from '../../../core/feature.js';
import { type Doc, upsert } from '../../../core/store.js';
import type { Found } from '../search.js';
import { freshGap, type Gap, gapId, gapKey, gaps, met, stale } from './gap.js';
import { type Entry, namesIn } from './model.js';

/** Of one question so many are written down. */
const mostAtOnce = 5;

/** Counts what was not found. A store that does not answer costs nobody their answer. */
export async function noteGaps(bot: Bot, space: Space, found: readonly Found[]): Promise<void> {
  const collection = bot.store.collection(gaps);
  const now = bot.clock.now();
  const missing = found.filter(({ senses }) => senses.length === 0).slice(0, mostAtOnce);
  try {
    for (const { term } of missing) {
      const key = gapKey(term);
      if (key !== undefined)
        await upsert(collection, gapId(space, key), freshGap(space, term, now), (gap) => met(gap, now));
    }
  } catch (error) {
    bot.log.warn(faultFacts(error), 'what was not found could not be counted');
  }
}

/** The term that a button stands for; undefined once it is forgotten. */
export async function gapTerm(bot: Bot, space: Space, key: string | undefined): Promise<string | undefined> {
  if (key === undefined) return undefined;
  return (await bot.store.collection(gaps).get(gapId(space, key)))?.value.term;
}

export const gapsOf = (bot: Bot, space: Space): Promise<readonly Doc<Gap>[]> =>
  bot.store.collection(gaps).find({ space: spaceId(space) });

export async function forgetGap(bot: Bot, space: Space, key: string): Promise<void> {
  const collection = bot.store.collection(gaps);
  const doc = await collection.get(gapId(space, key));
  if (doc) await collection.remove(doc);
}

/** What these entries bring is no longer missing. */
export async function closeGaps(bot: Bot, space: Space, entries: readonly Entry[]): Promise<void> {
  const keys = new Set(entries.flatMap(namesIn).flatMap((name) => gapKey(name) ?? []));
  for (const key of keys) await forgetGap(bot, space, key);
}

export async function tidyGaps(bot: Bot, now: Date): Promise<void> {
  const collection = bot.store.collection(gaps);
  for (const doc of stale(await collection.find(), now)) await collection.remove(doc);
}
