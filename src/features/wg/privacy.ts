// What is kept of a member, as they may read it; and how all of it is erased.
import { type Person, personId } from '../../core/call.js';
import type { Bot } from '../../core/feature.js';
import { type Doc, update } from '../../core/store.js';
import { isEmpty, pruned } from './admission.js';
import { answersOf, codesOf, desksOf, isDraftId, limitsId, limitsOf, requestsOf } from './collections.js';
import { settled } from './ending.js';
import { forgetSent, forgetUnreached } from './ledger.js';
import { moved } from './machine.js';
import { sentences } from './member-cards.js';
import { isSame, isUndecided, type Request } from './model.js';
import { redrawCard } from './placing.js';
import { removeAnswers } from './retention.js';
import { localeFor } from './telling.js';
import { wgWords } from './words/index.js';

/** Everything of the member: requests with their answers, forms half filled in, and what they did as staff. */
export async function exported(of: Person, bot: Bot): Promise<unknown> {
  const found = await answersOf(bot).find({ by: personId(of) });
  const answers = new Map(found.map(({ id, value }) => [id, value]));
  const own = await requestsOf(bot).find({ by: personId(of) });
  const requests = own.map(({ id, value }) => ({ id, ...ownPart(of, value), answers: answers.get(id) }));
  const drafts = found.filter(({ id }) => isDraftId(id)).map(({ value }) => value);
  const asStaff = (await requestsOf(bot).find()).flatMap(({ id, value }) => deedsOf(of, id, value));
  const limits = (await limitsOf(bot).get(limitsId(bot, of)))?.value;
  const parts = {
    ...(requests.length > 0 ? { requests } : {}),
    ...(drafts.length > 0 ? { drafts } : {}),
    ...(asStaff.length > 0 ? { asStaff } : {}),
    ...(limits ? { limits } : {}),
  };
  return Object.keys(parts).length > 0 ? parts : undefined;
}

/** A request as its member may have it: staff are not named, since that is theirs. */
function ownPart(of: Person, request: Request): object {
  const { holder, card, history, looks, news, ...rest } = request;
  const actor = (by: Person | undefined): string => (isSame(by, of) ? 'you' : by ? 'staff' : 'the program');
  return {
    ...rest,
    history: history.map(({ deed, at, by }) => ({ deed, at, by: actor(by) })),
    looks: looks.map(({ at }) => ({ at, by: 'staff' })),
    told: news.map(({ kind, state }) => ({ kind, state })),
  };
}

function deedsOf(of: Person, id: string, request: Request): readonly object[] {
  const done = request.history.filter(({ by }) => isSame(by, of) && !isSame(request.by, of));
  const looked = request.looks.filter(({ by }) => isSame(by, of)).map(({ at }) => ({ deed: 'looked', at }));
  return [...done.map(({ deed, at }) => ({ deed, at })), ...looked].map((one) => ({
    request: id,
    group: request.group,
    ...one,
  }));
}

/**
 * Erases the member everywhere: answers, drafts, their name on requests and on our posts, their deeds as staff. What
 * stays is that some request for a group was decided and when; and a running pause, under a code that names nobody.
 */
export async function erased(of: Person, bot: Bot): Promise<void> {
  const own = await requestsOf(bot).find({ by: personId(of) });
  const ids = new Set(own.map(({ id }) => id));
  for (const doc of own) await eraseRequest(of, bot, doc);
  for (const doc of await answersOf(bot).find({ by: personId(of) })) await answersOf(bot).remove(doc);
  for (const doc of await requestsOf(bot).find()) await eraseDeeds(of, bot, doc);
  for (const doc of await desksOf(bot).find()) {
    if (doc.value.seen.some((one) => isSame(one, of))) {
      await update(desksOf(bot), doc.id, (old) => ({ ...old, seen: old.seen.filter((one) => !isSame(one, of)) }));
    }
  }
  for (const doc of await codesOf(bot).find()) if (isSame(doc.value.by, of)) await codesOf(bot).remove(doc);
  await forgetSent(bot, (request, to) => (to ? isSame(to, of) : ids.has(request)));
  await forgetUnreached(bot, of);
  await pruneLimits(of, bot);
}

async function pruneLimits(of: Person, bot: Bot): Promise<void> {
  const doc = await limitsOf(bot).get(limitsId(bot, of));
  if (!doc) return;
  const left = { ...pruned(doc.value, bot.clock.now()), open: {} };
  if (isEmpty(left)) await limitsOf(bot).remove(doc);
  else await update(limitsOf(bot), doc.id, (old) => ({ ...pruned(old, bot.clock.now()), open: {} }));
}

async function eraseRequest(of: Person, bot: Bot, doc: Doc<Request>): Promise<void> {
  const now = bot.clock.now();
  const closed = await update(requestsOf(bot), doc.id, (old) => moved(old, { deed: 'erased' }, undefined, now) ?? old);
  await settled(bot, closed);
  await removeAnswers(bot, doc.id);
  const after = await update(requestsOf(bot), doc.id, (old) => withoutMember(old, of));
  await eraseNews(of, bot, closed);
  await redrawCard(bot, after);
}

function withoutMember(request: Request, of: Person): Request {
  const { by, question, reason, region, ...rest } = request;
  const history = request.history.map((step) => (isSame(step.by, of) ? { deed: step.deed, at: step.at } : step));
  // What was still to be done outside can be done for nobody any more.
  const tasks = request.tasks.map((task) => ({ ...task, isDone: true }));
  return { ...rest, history, tasks, news: [], absences: [] };
}

/** Our private messages to them are emptied. */
async function eraseNews(of: Person, bot: Bot, { value, rev }: Doc<Request>): Promise<void> {
  const locale = await localeFor(bot, of, value.locale);
  const card = sentences(locale, wgWords(locale).text('erasedMessage'));
  for (const { posted } of value.news) if (posted) await bot.outbox.edit(posted, card, rev + 1);
}

/** What somebody did as one of the staff stays done, by nobody; what they held is free again. */
async function eraseDeeds(of: Person, bot: Bot, doc: Doc<Request>): Promise<void> {
  const { history, looks, holder } = doc.value;
  if (![holder, ...history.map(({ by }) => by), ...looks.map(({ by }) => by)].some((by) => isSame(by, of))) return;
  const now = bot.clock.now();
  const after = await update(requestsOf(bot), doc.id, (old) => {
    const isHeld = isSame(old.holder, of);
    const freed = isHeld && isUndecided(old) ? (moved(old, { deed: 'lapsed' }, undefined, now) ?? old) : old;
    return withoutStaff(freed, of);
  });
  await redrawCard(bot, after);
}

function withoutStaff(request: Request, of: Person): Request {
  const { holder, ...rest } = request;
  const named = (by: Person | undefined): { by?: Person } => (by && !isSame(by, of) ? { by } : {});
  return {
    ...rest,
    ...(holder && !isSame(holder, of) ? { holder } : {}),
    history: request.history.map(({ by, ...step }) => ({ ...step, ...named(by) })),
    looks: request.looks.map(({ by, ...look }) => ({ ...look, ...named(by) })),
  };
}
