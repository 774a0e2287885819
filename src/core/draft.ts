// Forms that could not be shown at once, or came back: kept for an hour, each for its owner alone.
import { z } from 'zod';
import { type Person, personId, type Target } from './call.js';
import type { Form } from './card.js';
import type { Clock } from './clock.js';
import type { Kind, Store } from './store.js';

/** How long a draft is kept, in milliseconds. */
const kept = 3_600_000;

const schema = z.object({
  owner: z.string(),
  to: z.string(),
  args: z.record(z.string(), z.string()),
  until: z.iso.datetime(),
});

const drafts: Kind<z.infer<typeof schema>> = { name: 'drafts', parse: (raw) => schema.parse(raw) };

/** The route under which dispatch finds a draft again. */
export const draftRoute = 'draft.open';

export interface Drafts {
  keep(form: Form, by: Person): Promise<Target>;
  /** The submission route with what was typed; undefined when it is too old or somebody else's. */
  open(id: string, by: Person): Promise<Target | undefined>;
  /** Removes what is older than an hour. */
  tidy(now: Date): Promise<void>;
  /** What was typed into the forms that are kept for somebody, by route. */
  ofOwner(owner: Person): Promise<readonly Target[]>;
  eraseOf(owner: Person): Promise<void>;
}

export function draftsIn(store: Store, clock: Clock, newId: () => string): Drafts {
  const collection = store.collection(drafts);
  return {
    async keep(form, by) {
      const typed = form.fields.flatMap((field) => (field.value === undefined ? [] : [[field.name, field.value]]));
      const args = { ...form.target.args, ...Object.fromEntries(typed) };
      const until = new Date(clock.now().getTime() + kept).toISOString();
      const id = newId();
      await collection.insert(id, { owner: personId(by), to: form.target.to, args, until });
      return { to: draftRoute, args: { id } };
    },
    async open(id, by) {
      const draft = (await collection.get(id))?.value;
      if (!draft || draft.owner !== personId(by) || Date.parse(draft.until) <= clock.now().getTime()) return undefined;
      return { to: draft.to, args: draft.args };
    },
    async tidy(now) {
      for (const doc of await collection.find()) {
        if (Date.parse(doc.value.until) <= now.getTime()) await collection.remove(doc);
      }
    },
    async ofOwner(owner) {
      const all = await collection.find();
      return all.flatMap(({ value: { to, args, owner: of } }) => (of === personId(owner) ? [{ to, args }] : []));
    },
    async eraseOf(owner) {
      for (const doc of await collection.find()) {
        if (doc.value.owner === personId(owner)) await collection.remove(doc);
      }
    },
  };
}
