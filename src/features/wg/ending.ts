// What follows when a request is over: its place is free, a draft of changes to it is of no use any more.
import type { Bot } from '../../core/feature.js';
import { type Doc, update, upsert } from '../../core/store.js';
import { declinedAt, freed, lifted, noLimits } from './admission.js';
import { answersOf, draftId, limitsId, limitsOf } from './collections.js';
import { isUndecided, type Request } from './model.js';

/** Called with a request that has just been decided, withdrawn or closed; whatever fails is made good when asked again. */
export async function settled(bot: Bot, doc: Doc<Request>): Promise<Doc<Request>> {
  const { by, group, state, since, isLifted } = doc.value;
  if (!by || isUndecided(doc.value)) return doc;
  const id = limitsId(bot, by);
  if (state === 'declined') {
    await upsert(limitsOf(bot), id, noLimits, (old) => {
      const left = freed(old, group, doc.id);
      return isLifted ? lifted(left, group) : declinedAt(left, group, new Date(since));
    });
  } else if (await limitsOf(bot).get(id)) await update(limitsOf(bot), id, (old) => freed(old, group, doc.id));
  const draft = await answersOf(bot).get(draftId(by, group));
  if (draft?.value.request === doc.id) await answersOf(bot).remove(draft);
  return doc;
}
