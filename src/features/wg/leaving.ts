// Requests of members who have left: asked first, closed when they are gone on a second day.
import type { Bot } from '../../core/feature.js';
import { type Doc, update } from '../../core/store.js';
import { requestsOf } from './collections.js';
import { settled } from './ending.js';
import { moved } from './machine.js';
import { leavingCard } from './member-cards.js';
import { isUndecided, type Request } from './model.js';
import { redrawCard } from './placing.js';
import { noteAbsence } from './presence.js';
import { tellMember, tellOwed } from './telling.js';

/** Once a day, for everything undecided. */
export async function lookForLeft(bot: Bot, now: Date): Promise<void> {
  for (const { id, value } of await requestsOf(bot).find({ stage: 'live' })) {
    if (isUndecided(value)) await look(bot, await noteAbsence(bot, id), now);
  }
}

async function look(bot: Bot, doc: Doc<Request>, now: Date): Promise<void> {
  const [first, second] = doc.value.absences;
  if (first === undefined) return;
  const asked = doc.value.news.find(({ key }) => key.endsWith(`/leaving/${first}`));
  if (!asked) {
    await tellMember(bot, doc, 'leaving', first, (locale) => leavingCard(doc.id, doc.value.group, locale));
    return;
  }
  // A question that is still under way has asked nobody yet.
  if (second === undefined || asked.state === 'waiting') return;
  const after = await update(requestsOf(bot), doc.id, (old) => moved(old, { deed: 'left' }, undefined, now) ?? old);
  await redrawCard(bot, await tellOwed(bot, await settled(bot, after)));
}
