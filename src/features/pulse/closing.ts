// Closing a pulse: first its state, in the same change its tally; then its salt; then the cards, which always land.
import { postedId } from '../../core/delivery.js';
import { faultFacts } from '../../core/fault.js';
import type { Bot } from '../../core/feature.js';
import type { Doc } from '../../core/store.js';
import { noteFor } from './cards.js';
import { lotsFrom, type Random } from './chance.js';
import { closed, type Ending, settled } from './course.js';
import { drawAll } from './drawing.js';
import { changePulse } from './lookup.js';
import { type Pulse, postedIn, saltKind } from './model.js';

/** Closes it, unless it is closed already, and does what follows; the cards are not waited for. */
export async function closePulse(id: string, by: Ending['by'], bot: Bot, random: Random): Promise<Doc<Pulse>> {
  const at = bot.clock.now();
  const doc = await changePulse(id, bot, (pulse) => closed(pulse, { at, by, pick: lotsFrom(random) }));
  await settle(doc, bot);
  return doc;
}

/** What is being finished by this process. */
const finishing = new WeakMap<Bot, Set<string>>();

/** Destroys what could link an answer to a person, and sees to the cards. Done again until all of it is done. */
export async function settle(doc: Doc<Pulse>, bot: Bot): Promise<void> {
  if (doc.value.state !== 'closed' || doc.value.isSettled) return;
  if (doc.value.isAnonymous) await destroySalt(doc.id, bot);
  const busy = finishing.get(bot) ?? new Set<string>();
  finishing.set(bot, busy);
  if (busy.has(doc.id)) return;
  busy.add(doc.id);
  void finish(doc, bot).finally(() => busy.delete(doc.id));
}

/** Former versions of the pulse hold the keys that it was just relieved of. */
async function destroySalt(id: string, bot: Bot): Promise<void> {
  await dropSalt(id, bot);
  await bot.store.forgetPast?.();
}

export async function dropSalt(id: string, bot: Bot): Promise<void> {
  const salts = bot.store.collection(saltKind);
  for (let salt = await salts.get(id); salt; salt = await salts.get(id)) await salts.remove(salt);
}

async function finish(doc: Doc<Pulse>, bot: Bot): Promise<void> {
  try {
    if (!(await drawAll(doc, bot))) return;
    if (doc.value.hasAnnouncement) await tellChannels(doc, 'closed', bot);
    await changePulse(doc.id, bot, settled);
  } catch (error) {
    // The next beat does it again.
    bot.log.warn(faultFacts(error), 'a pulse that is closed could not be finished now');
  }
}

/** A few words in each of its channels, once. */
export async function tellChannels({ id, value }: Doc<Pulse>, what: 'midway' | 'closed', bot: Bot): Promise<void> {
  const round = what === 'closed' ? `/${Date.parse(value.closedAt ?? '')}` : '';
  await Promise.all(
    value.places.map(async (place) => {
      const posted = postedIn(place);
      if (!posted) return;
      const key = `pulse/${id}/${what}${round}/${postedId(posted)}`;
      await bot.outbox.once(key, place, noteFor({ id, value }, what, place.locale));
    }),
  );
}
