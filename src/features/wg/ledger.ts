// What the outbox remembers of our private messages: to whom they went. It is made to forget with everything else.
import type { Person } from '../../core/call.js';
import { addressId, deliveries, obstacles } from '../../core/delivery.js';
import type { Bot } from '../../core/feature.js';

/**
 * Forgets private messages of ours; what was not sent yet never is.
 * @param isMeant told the id of the request and whom the message is for
 */
export async function forgetSent(bot: Bot, isMeant: (request: string, to: Person) => boolean): Promise<void> {
  const ledger = bot.store.collection(deliveries);
  for (const doc of await ledger.find()) {
    const [feature, request = ''] = doc.id.split('/');
    const { to } = doc.value;
    if (feature === 'wg' && 'person' in to && isMeant(request, to)) await ledger.remove(doc);
  }
}

/** Forgets that somebody could not be reached. */
export async function forgetUnreached(bot: Bot, of: Person): Promise<void> {
  const collection = bot.store.collection(obstacles);
  const doc = await collection.get(addressId(of));
  if (doc) await collection.remove(doc);
}
