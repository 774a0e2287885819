// What the machinery itself keeps of a person: forms that wait for them, and messages that were for them alone.
import { type Person, personId } from './call.js';
import { addressId, deliveries, obstacles, postedId, renders } from './delivery.js';
import type { Drafts } from './draft.js';
import type { Collection, Doc, Store } from './store.js';

export interface OwnPrivacy {
  /** As JSON; undefined when nothing is kept. */
  exports(of: Person): Promise<unknown>;
  erases(of: Person): Promise<void>;
}

export function ownPrivacyIn(store: Store, drafts: Drafts): OwnPrivacy {
  const ledger = store.collection(deliveries);
  const blocked = store.collection(obstacles);
  const drawn = store.collection(renders);
  return {
    async exports(of) {
      const forms = await drafts.ofOwner(of);
      const found = await ledger.find({ person: personId(of) });
      const messages = found.map(({ value: { since, state } }) => ({ since, state }));
      return forms.length + messages.length === 0 ? undefined : { forms, messages };
    },
    async erases(of) {
      await drafts.eraseOf(of);
      for (const doc of await ledger.find({ person: personId(of) })) {
        const { posted } = (await taken(ledger, doc))?.value ?? {};
        const render = posted && (await drawn.get(postedId(posted)));
        if (render) await taken(drawn, render);
      }
      const obstacle = await blocked.get(addressId(of));
      if (obstacle) await taken(blocked, obstacle);
    },
  };
}

/** Removes a document that may be changed meanwhile: by whoever sends it just now. @returns it as it was in the end */
async function taken<T>(from: Collection<T>, doc: Doc<T>): Promise<Doc<T> | undefined> {
  for (let last: Doc<T> | undefined = doc; last; last = await from.get(doc.id)) {
    if (await from.remove(last)) return last;
  }
  return undefined;
}
