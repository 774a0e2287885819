// More requests than cards: who waits for theirs, and what staff hear of it.
import type { Place, Space } from '../../core/call.js';
import { addressId, deliveries } from '../../core/delivery.js';
import type { Bot } from '../../core/feature.js';
import type { Doc } from '../../core/store.js';
import { type DeskSettings, desksOf } from './collections.js';
import { changeDesk, type Desk, deskOf, queueOf, spaceNamed } from './desk.js';
import { isFor, isPostedIn, isWaiting, type Request } from './model.js';
import { crowdCard } from './queue-card.js';
import { type Asks, come, eased, holds, type Room, taken } from './room.js';

/**
 * Asks for room for a card. Where there is none staff are told that more wait, once until none waits any more.
 * @param id of the request
 * @returns false when it has to wait
 */
export async function findsRoom(bot: Bot, id: string, desk: Desk, place: Place, asks: Asks): Promise<boolean> {
  const now = bot.clock.now();
  const { value } = await changeRoom(bot, desk.space, (old) => taken(old, id, asks, now));
  const { fullSince } = value.room;
  if (holds(value.room, id, now)) return true;
  if (fullSince) await bot.outbox.once(`wg/crowd/${addressId(place)}/${fullSince}`, place, crowdCard(desk.locale));
  return false;
}

/**
 * A card is there: its hour began when it was sent, however late that is found.
 * @param id of the request
 * @param key under which the outbox has it
 */
export async function noteCome(bot: Bot, id: string, space: Space, key: string): Promise<void> {
  const { sentAt } = (await bot.store.collection(deliveries).get(key))?.value ?? {};
  const at = sentAt ?? bot.clock.now().toISOString();
  await changeRoom(bot, space, (old) => come(old, id, at));
}

const changeRoom = (bot: Bot, space: Space, change: (old: Room) => Room): Promise<Doc<DeskSettings>> =>
  changeDesk(bot, space, (old) => {
    const room = change(old.room);
    return room === old.room ? old : { ...old, room };
  });

/** The desks at which requests have to wait for their cards, or had to when last looked at. */
export const crowded = (bot: Bot): Promise<readonly Doc<DeskSettings>[]> => desksOf(bot).find({ room: 'full' });

/** Where no request has to wait for its card any more, staff are told anew the next time that one has to. */
export async function ease(bot: Bot, { id, value }: Doc<DeskSettings>): Promise<void> {
  const [space, now] = [spaceNamed(id), bot.clock.now()];
  const { place } = await deskOf(bot, space);
  const queue = await queueOf(bot, space);
  if (place && queue.some((doc) => waitsForCard(doc.value, place))) return;
  await changeRoom(bot, space, (old) => eased(old, value.room.fullSince, now));
}

const waitsForCard = (request: Request, place: Place): boolean =>
  isWaiting(request) && !isPostedIn(request, place) && !isFor(request.placing, place);
