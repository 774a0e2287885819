// What the outbox remembers of our messages: to whom they went, and what has not left. It is made to forget as well.
import type { Person } from '../../core/call.js';
import { addressId, deliveries, obstacles } from '../../core/delivery.js';
import type { Bot } from '../../core/feature.js';

/**
 * Forgets messages of ours: private ones, and for staff those that never left, which hold what they were to say.
 * @param isMeant told the id of the request and whom the message is for; nobody: a channel
 */
export async function forgetSent(
  bot: Bot,
  isMeant: (request: string, to: Person | undefined) => boolean,
): Promise<void> {
  const ledger = bot.store.collection(deliveries);
  for (const doc of await ledger.find()) {
    const [feature, request = ''] = doc.id.split('/');
    const { to, card, state } = doc.value;
    const person = 'person' in to ? to : undefined;
    // What is being sent to a channel just now has to be found there, to be drawn anew.
    const isUnsent = card !== undefined && state !== 'sending';
    if (feature === 'wg' && (person || isUnsent) && isMeant(request, person)) await ledger.remove(doc);
  }
}

/** Forgets that somebody could not be reached. */
export async function forgetUnreached(bot: Bot, of: Person): Promise<void> {
  const collection = bot.store.collection(obstacles);
  const doc = await collection.get(addressId(of));
  if (doc) await collection.remove(doc);
}
