// What the machinery itself keeps of a person: forms that wait for them, and messages that were for them alone.
import { type Person, personId } from './call.js';
import { addressId, type Delivery, deliveries, obstacles } from './delivery.js';
import type { Drafts } from './draft.js';
import type { Doc, Store } from './store.js';

export interface OwnPrivacy {
  /** As JSON; undefined when nothing is kept. */
  exports(of: Person): Promise<unknown>;
  erases(of: Person): Promise<void>;
}

export function ownPrivacyIn(store: Store, drafts: Drafts): OwnPrivacy {
  const ledger = store.collection(deliveries);
  const blocked = store.collection(obstacles);
  // Asked for once in a while, by one person: nothing is looked up by the one whom a message is for.
  const messagesTo = async (of: Person): Promise<readonly Doc<Delivery>[]> =>
    (await ledger.find()).filter(({ value: { to } }) => 'person' in to && personId(to) === personId(of));
  return {
    async exports(of) {
      const forms = await drafts.ofOwner(of);
      const messages = (await messagesTo(of)).map(({ value: { since, state } }) => ({ since, state }));
      return forms.length + messages.length === 0 ? undefined : { forms, messages };
    },
    async erases(of) {
      await drafts.eraseOf(of);
      for (const doc of await messagesTo(of)) await ledger.remove(doc);
      const obstacle = await blocked.get(addressId(of));
      if (obstacle) await blocked.remove(obstacle);
    },
  };
}
