// Whether a member is still of the workspace or server. Gone on two different days, and asked in between: they have left.
import type { Bot } from '../../core/feature.js';
import { type Doc, update } from '../../core/store.js';
import { requestsOf } from './collections.js';
import { isUndecided, type Request } from './model.js';
import { redrawCard } from './placing.js';

/** Looks, and writes down what day it was when they were gone. */
export async function noteAbsence(bot: Bot, id: string): Promise<Doc<Request>> {
  const doc = await requestsOf(bot).get(id);
  const isGone = doc?.value.by && (await bot.hasLeft(doc.value.by));
  const today = bot.clock.now().toISOString().slice(0, 10);
  const after = await update(requestsOf(bot), id, (old) => {
    // What cannot be told says neither that they are there nor that they are not.
    if (!isUndecided(old) || isGone === undefined) return old;
    if (!isGone) return old.absences.length > 0 ? { ...old, absences: [] } : old;
    // Two days are enough to know; the first of them tells one absence from a later one.
    if (old.absences.includes(today) || old.absences.length >= 2) return old;
    return { ...old, absences: [...old.absences, today] };
  });
  if (after.rev !== doc?.rev) await redrawCard(bot, after);
  return after;
}
