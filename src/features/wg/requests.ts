// /wg requests: the queue for staff, their own for members; and what members do with theirs.
import { type Answer, type Call, say } from '../../core/call.js';
import type { Block } from '../../core/card.js';
import { type Bot, need, type Route } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import { type Doc, update } from '../../core/store.js';
import { answerTo } from './browse.js';
import { requestsOf } from './collections.js';
import { deskSpace, isSameSpace, onlyOne, ownRequest, queueOf, spaceOf, typedRequest } from './desk.js';
import { settled } from './ending.js';
import { type Move, moved } from './machine.js';
import { ownCard, requestsCard, sentences, withdrawCard } from './member-cards.js';
import { isUndecided, isWaiting, type Request, shortId } from './model.js';
import { opened } from './opening.js';
import { isUnheard, markSeen, ownOf, ownRequests } from './own.js';
import { redrawCard } from './placing.js';
import { queueBlocks } from './queue-card.js';
import { viewOf } from './view.js';
import { wgWords } from './words/index.js';

/** A member's requests on one page. */
const pageSize = 5;

export const requests: Route = {
  typed: { about: 'aboutRequests', options: [{ name: 'id', about: 'optionRequest' }] },
  async run(call, bot) {
    const isStaff = await bot.is(call, 'staff');
    const all = await ownRequests(bot, call.by);
    if (call.args.id) return one(call, bot, all, isStaff);
    const last = Math.max(0, Math.ceil(all.length / pageSize) - 1);
    const at = Math.min(Math.max(0, Math.trunc(Number(call.args.own) || 0)), last);
    const shown = byNeed(all).slice(at * pageSize, (at + 1) * pageSize);
    const own = await Promise.all(shown.map((doc) => ownOf(bot, doc)));
    const ofStaff = isStaff ? await staffBlocks(call, bot) : [];
    const card = requestsCard(own, { at, last, page: call.args.page }, call.locale, ofStaff);
    // Read before: what is marked as seen has been drawn by then, and what is on another page has not.
    await markSeen(bot, shown);
    return call.args.page === undefined && call.args.own === undefined ? say(card) : answerTo(call, card);
  },
};

/** What waits for the member first, then what staff have yet to decide; the newest first within. */
function byNeed(docs: readonly Doc<Request>[]): readonly Doc<Request>[] {
  const rank = ({ value }: Doc<Request>): number =>
    value.state === 'asked' || isUnheard(value) ? 0 : isUndecided(value) ? 1 : 2;
  return [...docs].sort((a, b) => rank(a) - rank(b));
}

async function staffBlocks(call: Call, bot: Bot): Promise<readonly Block[]> {
  const seat = spaceOf(call.by);
  // Staff whose requests are handled elsewhere have no queue.
  if (!isSameSpace(await deskSpace(bot, seat), seat)) return [];
  const queue = (await queueOf(bot, seat)).filter(({ value }) => isWaiting(value));
  const views = await Promise.all(queue.map((doc) => viewOf(bot, doc, seat, call.locale)));
  return queueBlocks(views, Number(call.args.page) || 0, bot.clock.now(), call.locale);
}

/** `/wg requests 7K3F`: mine, or for staff anybody's. */
async function one(call: Call, bot: Bot, all: readonly Doc<Request>[], isStaff: boolean): Promise<Answer> {
  const typed = need(call.args, 'id')
    .trim()
    .toUpperCase()
    .replace(/^ID\s+/, '');
  const mine = all.filter(({ id }) => id === typed || shortId(id) === typed);
  if (mine.length === 0 && isStaff) return opened(call, bot, await typedRequest(call, bot, typed));
  const doc = onlyOne(mine);
  const answer = say(ownCard(await ownOf(bot, doc), call.locale));
  await markSeen(bot, [doc]);
  return answer;
}

/**
 * Makes a member's move on their own request.
 * @throws Refusal `tooLateToChange` when the request is past it
 */
export async function moveOwn(call: Call, bot: Bot, doc: Doc<Request>, move: Move): Promise<Doc<Request>> {
  let isLate = false;
  const after = await update(requestsOf(bot), doc.id, (old) => {
    const next = moved(old, move, { ...spaceOf(call.by), person: call.by.person }, bot.clock.now());
    isLate = next === undefined;
    return next ?? old;
  });
  if (isLate) throw refuse('tooLateToChange');
  return after;
}

export const withdraw: Route = {
  async run(call, bot) {
    const doc = await ownRequest(call, bot, need(call.args, 'id'));
    if (!isUndecided(doc.value)) throw refuse('tooLateToChange');
    if (call.args.sure !== '1') return say(withdrawCard(doc.id, doc.value.group, call.locale));
    const after = await settled(bot, await moveOwn(call, bot, doc, { deed: 'withdrawn' }));
    await redrawCard(bot, after);
    const text = wgWords(call.locale).text('withdrawnNow', { group: after.value.group });
    return answerTo(call, sentences(call.locale, text));
  },
};

/** "I am still here": what was seen before counts no more; should they leave after all, they are asked anew. */
export const stay: Route = {
  async run(call, bot) {
    const doc = await ownRequest(call, bot, need(call.args, 'id'));
    if (!isUndecided(doc.value)) throw refuse('tooLateToChange');
    const after = await update(requestsOf(bot), doc.id, (old) => ({ ...old, absences: [] }));
    await redrawCard(bot, after);
    return answerTo(call, sentences(call.locale, wgWords(call.locale).text('stayingNow')));
  },
};
