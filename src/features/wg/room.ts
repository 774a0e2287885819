// How many cards a staff channel gets: ten an hour at most; requests beyond wait for theirs in the queue. Pure.
import { z } from 'zod';
import { hasPassed } from '../../core/passed.js';

/** Cards that are posted to the staff of a space within an hour. */
export const mostAnHour = 10;

const hour = 3_600_000;

const instant = z.iso.datetime();

export const roomSchema = z.object({
  /** When a card was on its way, or came, by the id of its request; as far as it still counts. */
  cards: z.record(z.string(), instant).default({}),
  /** Since when requests have to wait for their cards; absent while none has to. */
  fullSince: instant.optional(),
});
export type Room = z.infer<typeof roomSchema>;

/**
 * For which card room is asked: that of a request that was just made, that of the oldest one that waits, or one that was
 * handed over, and may come at any moment.
 */
export type Asks = 'fresh' | 'inTurn' | 'underWay';

/**
 * The room once a request has asked for it; see {@link holds} for whether it has got some.
 * @param id of the request
 */
export function taken(room: Room, id: string, asks: Asks, now: Date): Room {
  const cards = counting(room, now);
  // Whoever comes while others wait would be served before them.
  const isFree = hasFree(cards) && (asks === 'inTurn' || room.fullSince === undefined);
  if (isFree || asks === 'underWay' || id in cards) return { ...room, cards: { ...cards, [id]: now.toISOString() } };
  return room.fullSince === undefined ? { ...room, fullSince: now.toISOString() } : room;
}

/**
 * The room once a card has come.
 * @param id of the request
 */
export const come = (room: Room, id: string, at: string): Room =>
  room.cards[id] === at ? room : { ...room, cards: { ...room.cards, [id]: at } };

/** Whether there is room for the card of a request. */
export const holds = (room: Room, id: string, now: Date): boolean => id in counting(room, now);

/**
 * The room when no request waits for its card any more; unchanged while there is none for another card.
 * @param since what was read before that was looked at: who began to wait later waits on
 */
export function eased(room: Room, since: Room['fullSince'], now: Date): Room {
  const { fullSince, ...rest } = room;
  return fullSince !== undefined && fullSince === since && hasFree(counting(room, now)) ? rest : room;
}

const hasFree = (cards: Room['cards']): boolean => Object.keys(cards).length < mostAnHour;

/** Replicas whose clocks differ by seconds count each other's cards: hence twice. */
const counting = ({ cards }: Room, now: Date): Room['cards'] =>
  Object.fromEntries(Object.entries(cards).filter(([, at]) => !hasPassed(anHourAfter(at), now, 2 * hour)));

const anHourAfter = (at: string): string => new Date(Date.parse(at) + hour).toISOString();
