// A member's own requests: read with their answers, their number in the queue, and what the member was not told.
import type { Call, Person } from '../../core/call.js';
import { personId } from '../../core/call.js';
import type { Text } from '../../core/card.js';
import type { Bot } from '../../core/feature.js';
import { type Doc, update } from '../../core/store.js';
import { noLimits, pausedUntil } from './admission.js';
import { answersOf, limitsId, limitsOf, requestsOf } from './collections.js';
import { deskSpace, queueOf } from './desk.js';
import { groupOf } from './groups.js';
import type { Own } from './member-cards.js';
import { isUndecided, type Request } from './model.js';
import { wgWords } from './words/index.js';

/** The newest first. */
export const ownRequests = async (bot: Bot, by: Person): Promise<readonly Doc<Request>[]> =>
  [...(await requestsOf(bot).find({ by: personId(by) }))].reverse();

export async function ownOf(bot: Bot, doc: Doc<Request>): Promise<Own> {
  const { id, value: request } = doc;
  const { by, home, group } = request;
  const queue = isUndecided(request) ? await queueOf(bot, await deskSpace(bot, home)) : [];
  const limits = by && (await limitsOf(bot).get(limitsId(bot, by)))?.value;
  return {
    id,
    request,
    group: await groupOf(bot, home, group),
    answers: (await answersOf(bot).get(id))?.value,
    place: queue.filter(({ value }) => isUndecided(value)).findIndex((one) => one.id === id) + 1,
    pausedUntil: pausedUntil(limits ?? noLimits, group, bot.clock.now()),
  };
}

/** A word for a member who could not be reached in private. */
export async function unheardNotice(call: Call, bot: Bot): Promise<Text | undefined> {
  const unheard = (await requestsOf(bot).find({ by: personId(call.by) })).filter(({ value }) => isUnheard(value));
  if (unheard.length === 0) return undefined;
  return wgWords(call.locale).text('unheard', { count: unheard.length, command: '/wg requests' });
}

/** Whether something could not be told to the member in private, and they have not read it since. */
export const isUnheard = ({ news }: Request): boolean => news.some(({ state }) => state === 'failed');

/** The member has now seen it all. */
export async function markSeen(bot: Bot, docs: readonly Doc<Request>[]): Promise<void> {
  for (const doc of docs.filter(({ value }) => isUnheard(value))) {
    await update(requestsOf(bot), doc.id, (now) => ({
      ...now,
      news: now.news.map((one) => (one.state === 'failed' ? { ...one, state: 'seen' as const } : one)),
    }));
  }
}
