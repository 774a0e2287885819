// Whether a member is still where they asked. Absent on two different days, and asked in between: they have left.
import type { Bot } from '../../core/feature.js';
import { type Doc, update } from '../../core/store.js';
import { requestsOf } from './collections.js';
import { isUndecided, type Request } from './model.js';
import { redrawCard } from './telling.js';

/** Looks, and writes down what day it was when they were not to be found. */
export async function noteAbsence(bot: Bot, id: string): Promise<Doc<Request>> {
  const doc = await requestsOf(bot).get(id);
  const isMissing = doc !== undefined && (await isAbsent(bot, doc.value));
  const today = bot.clock.now().toISOString().slice(0, 10);
  const after = await update(requestsOf(bot), id, (old) => {
    if (!isUndecided(old) || old.isStaying) return old;
    if (!isMissing) return old.absences.length > 0 ? { ...old, absences: [] } : old;
    // Two days are enough to know; the first of them tells one absence from a later one.
    if (old.absences.includes(today) || old.absences.length >= 2) return old;
    return { ...old, absences: [...old.absences, today] };
  });
  if (after.rev !== doc?.rev) await redrawCard(bot, after);
  return after;
}

async function isAbsent(bot: Bot, { by, place }: Request): Promise<boolean> {
  // Their own direct messages with us tell nothing: those stay open to whoever has left.
  if (!by || !place || place.channel === by.person) return false;
  return (await bot.presence(place, by)) === 'absent';
}
