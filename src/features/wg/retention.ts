// What is kept for how long, and what is left of a request afterwards. The rules are pure; the work is at the end.
import type { Bot } from '../../core/feature.js';
import { type Doc, update } from '../../core/store.js';
import { isEmpty, pruned } from './admission.js';
import { answersOf, codesOf, isDraftId, limitsOf, requestsOf } from './collections.js';
import { deskSpace, settingsOf } from './desk.js';
import { settled } from './ending.js';
import { forgetSent } from './ledger.js';
import { moved } from './machine.js';
import { type Answers, doneAt, endedAt, isUndecided, isUnfinished, type Request, regions } from './model.js';
import { redrawCard } from './placing.js';
import type { Rules } from './rules.js';
import { tellOwed } from './telling.js';

const day = 86_400_000;

const isPast = (from: Date, days: number, now: Date): boolean => now.getTime() - from.getTime() >= days * day;

/**
 * What is due for a request: to be closed undecided, to lose its answers, or to be forgotten but for the record. The
 * answers go by the decision. Who it is about stays until what was approved is also done, so that it can be done and told;
 * but no longer than an undecided one would be kept.
 */
export function verdict(request: Request, rules: Rules, now: Date): 'expire' | 'clear' | 'forget' | undefined {
  const isOld = isPast(new Date(request.madeAt), rules.keepUndecided, now);
  if (isUndecided(request)) return isOld ? 'expire' : undefined;
  const end = endedAt(request) ?? new Date(request.since);
  if (!isNamed(request) || !isPast(end, rules.keepDecided, now)) return undefined;
  const isOver = isUnfinished(request) ? isOld : isPast(doneAt(request) ?? end, rules.keepDecided, now);
  return isOver ? 'forget' : 'clear';
}

/** Whether anybody can still be told from it. */
const isNamed = ({ by, holder, looks, history }: Request): boolean =>
  [by, holder, ...looks.map((one) => one.by), ...history.map((one) => one.by)].some((one) => one !== undefined);

/** A request without anybody in it: which group, which region, what was done when. */
export function forgotten(request: Request, region: Request['region']): Request {
  const { by, holder, question, reason, ...rest } = request;
  return {
    ...rest,
    history: request.history.map(({ deed, at }) => ({ deed, at })),
    // What was still to be done outside can be done for nobody any more.
    tasks: request.tasks.map((task) => ({ ...task, isDone: true })),
    looks: [],
    news: [],
    absences: [],
    ...(region ? { region } : {}),
  };
}

export const regionOf = (answers: Answers | undefined): Request['region'] =>
  regions.find((region) => region === answers?.fields.region);

/** Once a day: nothing is kept longer than it was said to be. */
export async function keepTimes(bot: Bot, now: Date): Promise<void> {
  const [known, gone] = [new Set<string>(), new Set<string>()];
  let isAnyCleared = false;
  for (const doc of await requestsOf(bot).find()) {
    known.add(doc.id);
    const { rules } = await settingsOf(bot, await deskSpace(bot, doc.value.home));
    const due = verdict(doc.value, rules, now);
    if (due === 'expire') {
      await expire(bot, doc, now);
      isAnyCleared = true;
    } else if (due === 'clear') {
      isAnyCleared = (await clear(bot, doc)) || isAnyCleared;
    } else if (due === 'forget') {
      await forget(bot, doc);
      gone.add(doc.id);
    }
  }
  const isAnyLeft = await clearAnswers(bot, known, now);
  if (gone.size > 0) await forgetSent(bot, (request) => gone.has(request));
  if (gone.size > 0 || isAnyCleared || isAnyLeft) await bot.store.forgetPast?.();
  await clearLimits(bot, now);
  for (const code of await codesOf(bot).find()) {
    if (Date.parse(code.value.until) <= now.getTime()) await codesOf(bot).remove(code);
  }
}

async function expire(bot: Bot, doc: Doc<Request>, now: Date): Promise<void> {
  const region = regionOf((await answersOf(bot).get(doc.id))?.value);
  const after = await update(requestsOf(bot), doc.id, (old) => {
    const next = moved(old, { deed: 'expired' }, undefined, now);
    return next ? { ...next, ...(region ? { region } : {}) } : old;
  });
  if (isUndecided(after.value)) return;
  await removeAnswers(bot, doc.id);
  await redrawCard(bot, await tellOwed(bot, await settled(bot, after)));
}

/** @returns whether there was anything to be cleared */
async function clear(bot: Bot, doc: Doc<Request>): Promise<boolean> {
  const answers = (await answersOf(bot).get(doc.id))?.value;
  if (!answers) return false;
  const region = regionOf(answers);
  if (region) await update(requestsOf(bot), doc.id, (old) => ({ ...old, region }));
  await removeAnswers(bot, doc.id);
  return true;
}

async function forget(bot: Bot, doc: Doc<Request>): Promise<void> {
  const region = regionOf((await answersOf(bot).get(doc.id))?.value) ?? doc.value.region;
  const after = await update(requestsOf(bot), doc.id, (old) => forgotten(old, region));
  await removeAnswers(bot, doc.id);
  await redrawCard(bot, after);
}

export async function removeAnswers(bot: Bot, id: string): Promise<void> {
  const answers = await answersOf(bot).get(id);
  if (answers) await answersOf(bot).remove(answers);
}

/**
 * Drafts that nobody has gone on with, and answers that a crash has left without their request.
 * @returns whether there were any
 */
async function clearAnswers(bot: Bot, known: ReadonlySet<string>, now: Date): Promise<boolean> {
  let isAnyGone = false;
  for (const doc of await answersOf(bot).find()) {
    const { rules } = await settingsOf(bot, await deskSpace(bot, doc.value.by));
    const days = isDraftId(doc.id) ? rules.keepUndecided : 1;
    const isKept = !isDraftId(doc.id) && known.has(doc.id);
    if (isKept || !isPast(new Date(doc.value.at), days, now)) continue;
    await answersOf(bot).remove(doc);
    isAnyGone = true;
  }
  return isAnyGone;
}

async function clearLimits(bot: Bot, now: Date): Promise<void> {
  for (const doc of await limitsOf(bot).find()) {
    const left = pruned(doc.value, now);
    if (isEmpty(left)) await limitsOf(bot).remove(doc);
    else await limitsOf(bot).replace(doc, left);
  }
}
