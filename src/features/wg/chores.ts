// The beat: cards that are not yet where they belong, news that are owed, reminders, the daily line and the daily work.
import { addressId } from '../../core/delivery.js';
import { faultFacts } from '../../core/fault.js';
import type { Bot } from '../../core/feature.js';
import { type Doc, update, upsert } from '../../core/store.js';
import { jobsOf, requestsOf } from './collections.js';
import { changeDesk, type Desk, deskOf, settingsOf } from './desk.js';
import { type Due, dayDue, dueFor } from './due.js';
import { groupOf } from './groups.js';
import { type Notice, tellAll, tellHolder } from './holding.js';
import { lookForLeft } from './leaving.js';
import { moved } from './machine.js';
import { waitingCard } from './member-cards.js';
import { isWaiting, type Request } from './model.js';
import { placeCard, redrawCard } from './placing.js';
import { dailyCard } from './queue-card.js';
import { keepTimes } from './retention.js';
import { settleNews, tellMember, tellOwed } from './telling.js';
import type { WgKey } from './words/index.js';
import { dateIn } from './workdays.js';

/** Runs on every replica, every half minute: whatever it does is done once, whoever does it. */
export async function chores(now: Date, bot: Bot): Promise<void> {
  const desks = new Map<string, Desk>();
  const queues = new Map<string, Doc<Request>[]>();
  for (const doc of await requestsOf(bot).find({ stage: 'live' })) {
    const home = `${doc.value.home.platform}/${doc.value.home.space}`;
    const desk = desks.get(home) ?? (await deskOf(bot, doc.value.home));
    desks.set(home, desk);
    await alone(bot, () => attend(bot, doc, desk, now));
    if (!isWaiting(doc.value) || !desk.place) continue;
    const at = addressId(desk.place);
    queues.set(at, [...(queues.get(at) ?? []), doc]);
  }
  for (const desk of desks.values()) {
    const queue = desk.place && queues.get(addressId(desk.place));
    if (queue)
      await alone(bot, () =>
        tellOfDay(
          bot,
          desk,
          queue.map(({ value }) => value),
          now,
        ),
      );
  }
  await daily(bot, now);
}

/** One failure never stops the rest. */
async function alone(bot: Bot, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    bot.log.error(faultFacts(error), 'a request could not be looked after');
  }
}

async function attend(bot: Bot, found: Doc<Request>, desk: Desk, now: Date): Promise<void> {
  let doc = await tellOwed(bot, await settleNews(bot, found));
  if (!isWaiting(doc.value)) {
    if (doc.value.placing) await redrawCard(bot, doc);
    return;
  }
  doc = await placeCard(bot, doc, desk);
  const zone = (await groupOf(bot, doc.value.home, doc.value.group))?.zone ?? desk.rules.zone;
  const due = dueFor(doc.value, desk.rules, zone, now);
  if (!due) return;
  if (due.kind === 'lapsed') await lapse(bot, doc, due, desk, now);
  else if (await remind(bot, doc, due, desk)) {
    await update(requestsOf(bot), doc.id, (old) => ({ ...old, reminded: due.key }));
  }
}

/** A claim that came to nothing goes back to the queue. */
async function lapse(bot: Bot, doc: Doc<Request>, due: Due, desk: Desk, now: Date): Promise<void> {
  const { holder, since } = doc.value;
  const after = await update(requestsOf(bot), doc.id, (old) => {
    return old.since === since ? (moved(old, { deed: 'lapsed' }, undefined, now) ?? old) : old;
  });
  await redrawCard(bot, after);
  const notice = { nth: due.key, key: 'noticeLapsed', args: { days: due.days } } as const;
  const held = { ...after, value: { ...after.value, ...(holder ? { holder } : {}) } };
  await tellHolder(bot, held, desk, notice);
}

/** @returns false when there is nobody who could be told yet */
async function remind(bot: Bot, doc: Doc<Request>, due: Due, desk: Desk): Promise<boolean> {
  const { holder, group } = doc.value;
  const notice = (key: WgKey): Notice => ({ nth: due.key, key, args: { days: due.days } });
  if (due.kind === 'waiting') {
    await tellMember(bot, doc, 'waiting', due.key, (locale) => waitingCard(doc.id, group, due.isLast, locale));
    return !due.isLast || !holder || tellHolder(bot, doc, desk, notice('noticeNoAnswer'));
  }
  if (due.kind === 'unclaimed' || !holder) return tellAll(bot, doc, desk, notice('noticeUnclaimed'));
  return tellHolder(bot, doc, desk, notice(due.kind === 'undecided' ? 'noticeUndecided' : 'noticeUnfinished'));
}

/** A line a day to staff who have something waiting; none to those who have not. */
async function tellOfDay(bot: Bot, desk: Desk, queue: readonly Request[], now: Date): Promise<void> {
  const { zone } = desk.rules;
  const day = dayDue((await settingsOf(bot, desk.space)).toldOn, zone, now);
  // What came in since the morning has just been posted.
  const old = queue.filter(({ madeAt }) => dateIn(new Date(madeAt), zone) !== dateIn(now, zone));
  if (!day || !desk.place || old.length === 0) return;
  await bot.outbox.once(`wg/day/${addressId(desk.place)}/${day}`, desk.place, dailyCard(queue, now, desk.locale));
  await changeDesk(bot, desk.space, (settings) => ({ ...settings, toldOn: day }));
}

/** What is done once a day, in UTC; done again should it have failed half-way, which does no harm. */
async function daily(bot: Bot, now: Date): Promise<void> {
  const day = now.toISOString().slice(0, 10);
  if ((await jobsOf(bot).get('daily'))?.value.day === day) return;
  await keepTimes(bot, now);
  await lookForLeft(bot, now);
  await upsert(jobsOf(bot), 'daily', { day }, () => ({ day }));
}
