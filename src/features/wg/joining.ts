// /wg join: the form, step by step, and the request that comes of it.
import { type Answer, again, ask, type Call, say } from '../../core/call.js';
import type { Form } from '../../core/card.js';
import { timeOf } from '../../core/clock.js';
import { type Bot, need, type Route } from '../../core/feature.js';
import { Refusal, refuse } from '../../core/refusal.js';
import { type Doc, Unrecorded, update, upsert } from '../../core/store.js';
import { instantIn } from '../../core/wording.js';
import { admitted, checkLimits, noLimits } from './admission.js';
import { groupSuggestions, list } from './browse.js';
import { answersOf, draftId, limitsId, limitsOf, requestsOf } from './collections.js';
import { deskOf, deskSpace, isSameSpace, ownRequest, settingsOf, spaceOf } from './desk.js';
import { openStep, readStep, stepForm, stepsOf, type Terms } from './form.js';
import { groupOf, needGroup, shippedGroups } from './groups.js';
import { moved, opened } from './machine.js';
import { inCard, ownCard, receivedCard } from './member-cards.js';
import { type Answers, type Group, isUndecided, isWaiting, type Request, type Shut, shut } from './model.js';
import { ownOf, ownRequests } from './own.js';
import { asAsked, editionOf, isOwnField, realigned } from './own-questions.js';
import { placeCard, redrawCard } from './placing.js';
import { platformName } from './view.js';
import { type WgKey, wgWords } from './words/index.js';

export const join: Route = {
  typed: { about: 'aboutJoin', options: [{ name: 'id', about: 'optionGroup', suggests: true }] },
  async run(call, bot) {
    if (!call.args.id?.trim()) return list.run({ ...call, args: {} }, bot);
    const group = await openGroup(call, bot, call.args.id);
    const there = await lastFor(call, bot, group.id);
    if (there && isWaiting(there.value)) return alreadyAsked(call, bot, there);
    // Whether they have left since, only they know.
    if (there?.value.state === 'approved' && call.args.again !== '1') return say(inCard(group.id, call.locale));
    await checkedLimits(call, bot, group.id);
    const draft = (await answersOf(bot).get(draftId(call.by, group.id)))?.value;
    // Whoever begins again begins at the first step, with what was typed before; consent is asked anew.
    const fields = draft ? withoutConsent(realigned(draft, group)) : {};
    return ask(stepForm(group, 1, fields, call.locale, await termsFor(call, bot)));
  },
  suggest: (call, _, bot) => groupSuggestions(call, bot, call.args.id ?? '', true),
};

/** The form of one step, sent. */
export const fill: Route = {
  form: (call, bot) => filledForm(call, bot),
  async run(call, bot) {
    const group = await openGroup(call, bot, need(call.args, 'id'));
    const step = stepOf(call, group);
    const w = wgWords(call.locale);
    const { fields, wrong } = isOldEdition(call, group) ? reworded(group, step) : readStep(group, step, call.args, w);
    if (Object.keys(wrong).length > 0) {
      const told = Object.entries(wrong).map(([name, key]) => [name, w.label(key)] as const);
      return again(await filledForm(call, bot), Object.fromEntries(told));
    }
    const changes = await requestChanged(call, bot, group.id);
    const there = await lastFor(call, bot, group.id);
    // Sent a second time, it joins the first.
    if (there && isWaiting(there.value) && changes !== there.id) return alreadyAsked(call, bot, there);
    const draft = await kept(call, bot, group, step, fields, changes);
    const next = step < stepsOf(group).length ? step + 1 : openStep(group, draft.fields, w);
    if (next !== undefined) {
      const values = realigned(draft, group);
      return ask(stepForm(group, next, values, call.locale, await termsFor(call, bot), changes));
    }
    return draft.request ? changed(call, bot, group, draft) : sent(call, bot, group, draft);
  },
};

/** Opens the form once more, with the answers of a request in it. */
export const change: Route = {
  async run(call, bot) {
    const doc = await ownRequest(call, bot, need(call.args, 'id'));
    if (!isUndecided(doc.value)) throw refuse('tooLateToChange');
    const { home, group: id } = doc.value;
    const group = await groupOf(bot, home, id);
    const answers = (await answersOf(bot).get(doc.id))?.value;
    if (!group || !answers) throw refuse('tooLateToChange');
    refuseShut(group, bot);
    const fields = realigned(answers, group);
    const draft = { by: answers.by, group: id, fields, own: asAsked(group, Object.keys(fields)) };
    const at = bot.clock.now().toISOString();
    const started: Answers = { ...draft, at, request: doc.id, questions: {}, reasons: {} };
    await upsert(answersOf(bot), draftId(call.by, id), started, () => started);
    return ask(stepForm(group, 1, fields, call.locale, await termsFor(call, bot), doc.id));
  },
};

/** Whether the questions of the group have changed since the form was drawn: what it holds answers others. */
const isOldEdition = ({ args }: Call, group: Group): boolean => args.v !== undefined && args.v !== editionOf(group);

/** The questions of a step are to be looked at again. */
function reworded(group: Group, step: number): ReturnType<typeof readStep> {
  const [own] = (stepsOf(group)[step - 1] ?? []).filter(isOwnField);
  // Where none is left, what was answered to them is of no use.
  return { fields: {}, wrong: { [own ?? '']: 'questionChanged' } };
}

function stepOf(call: Call, group: Group): number {
  const step = Number(call.args.s);
  return Number.isInteger(step) ? Math.min(Math.max(1, step), stepsOf(group).length) : 1;
}

/** The step as it was sent, over what was filled in before. */
async function filledForm(call: Call, bot: Bot): Promise<Form> {
  const id = need(call.args, 'id');
  try {
    const group = await groupOf(bot, call.by, id);
    if (!group) throw refuse('oldButton');
    const draft = (await answersOf(bot).get(draftId(call.by, id)))?.value;
    const values = { ...draft?.fields, ...call.args };
    return stepForm(group, stepOf(call, group), values, call.locale, await termsFor(call, bot), call.args.r);
  } catch (error) {
    // A store that is down must not cost anybody what they have typed.
    const shipped = shippedGroups.find((group) => group.id === id);
    if (!shipped || !(error instanceof Unrecorded)) throw error;
    return stepForm(shipped, stepOf(call, shipped), call.args, call.locale, undefined, call.args.r);
  }
}

async function termsFor(call: Call, bot: Bot): Promise<Terms> {
  const space = await deskSpace(bot, call.by);
  const { keepUndecided, keepDecided } = (await settingsOf(bot, space)).rules;
  return { keepUndecided, keepDecided, elsewhere: isSameSpace(space, call.by) ? undefined : platformName(space) };
}

function withoutConsent(fields: Answers['fields']): Answers['fields'] {
  const { process: _, share: __, ...rest } = fields;
  return rest;
}

/** @throws Refusal `noGroup`, or why nobody can join */
async function openGroup(call: Call, bot: Bot, typed: string): Promise<Group> {
  const group = await needGroup(bot, call.by, typed);
  refuseShut(group, bot);
  return group;
}

/** @throws Refusal why nobody can join */
function refuseShut(group: Group, bot: Bot): void {
  const why = shut(group, bot.clock.now());
  if (why) throw refuse(whyNot[why], { group: group.id });
}

const whyNot: Readonly<Record<Shut, WgKey>> = {
  shutClosed: 'joinClosed',
  shutProposed: 'joinProposed',
  shutAppointed: 'joinAppointed',
  shutCall: 'joinCall',
};

/** The member's newest request for a group. */
const lastFor = async (call: Call, bot: Bot, group: string): Promise<Doc<Request> | undefined> =>
  (await ownRequests(bot, call.by)).find(({ value }) => value.group === group);

async function alreadyAsked(call: Call, bot: Bot, there: Doc<Request>): Promise<Answer> {
  const w = wgWords(call.locale);
  const { group } = there.value;
  const news = isUndecided(there.value)
    ? w.text('alreadyAsked', { group })
    : w.text('approvedAlready', { group, command: '/wg requests' });
  return say(ownCard(await ownOf(bot, there), call.locale, news));
}

/** @throws Refusal `paused`, `tooManyToday`, in words that tell when */
async function checkedLimits(call: Call, bot: Bot, group: string): Promise<void> {
  const limits = (await limitsOf(bot).get(limitsId(bot, call.by)))?.value ?? noLimits;
  inWords(call, () => checkLimits(limits, group, bot.clock.now()));
}

function inWords<T>(call: Call, check: () => T): T {
  try {
    return check();
  } catch (error) {
    const until = error instanceof Refusal ? error.args.until : undefined;
    throw typeof until === 'string' ? refuse('paused', { until: instantIn(call.locale, new Date(until)) }) : error;
  }
}

/**
 * The request whose answers a form changes; undefined when it is for a new one.
 * @throws Refusal `tooLateToChange` when that was decided meanwhile: to make a new one of it is for its member to say
 */
async function requestChanged(call: Call, bot: Bot, group: string): Promise<string | undefined> {
  const draft = (await answersOf(bot).get(draftId(call.by, group)))?.value;
  // A form from before it said so is known by its draft.
  const id = call.args.r ?? draft?.request;
  const doc = id === undefined ? undefined : await requestsOf(bot).get(id);
  if (doc && isUndecided(doc.value)) return (await ownRequest(call, bot, doc.id)).id;
  if (call.args.r !== undefined) throw refuse('tooLateToChange');
  return undefined;
}

/** What was filled in so far, kept under the member and the group, so that nothing is lost. */
async function kept(
  call: Call,
  bot: Bot,
  group: Group,
  step: number,
  fields: Answers['fields'],
  changes: string | undefined,
): Promise<Answers> {
  const at = bot.clock.now().toISOString();
  const by = { ...spaceOf(call.by), person: call.by.person };
  const had = changes === undefined ? undefined : (await answersOf(bot).get(changes))?.value;
  const begun = { fields: had?.fields ?? {}, own: had?.own ?? {} };
  const fresh: Answers = { by, group: group.id, ...begun, at, questions: {}, reasons: {} };
  const doc = await upsert(answersOf(bot), draftId(by, group.id), fresh, (old) => {
    const { request: _, ...rest } = old;
    return {
      ...rest,
      ...(changes ? { request: changes } : {}),
      fields: { ...old.fields, ...fields },
      own: { ...old.own, ...asAsked(group, stepsOf(group)[step - 1] ?? []) },
      at,
      ...(fields.process ? { consentedAt: at } : {}),
    };
  });
  return doc.value;
}

async function dropDraft(call: Call, bot: Bot, group: string): Promise<void> {
  const doc = await answersOf(bot).get(draftId(call.by, group));
  if (doc) await answersOf(bot).remove(doc);
}

/** The last step was sent: a request, or the one that was there first. */
async function sent(call: Call, bot: Bot, group: Group, draft: Answers): Promise<Answer> {
  const now = bot.clock.now();
  const mine = limitsId(bot, call.by);
  const held = (await limitsOf(bot).get(mine))?.value.open[group.id];
  const before = held === undefined ? undefined : await requestsOf(bot).get(held);
  // One that is not there yet is being written by their other press; unless a crash has left its place alone.
  const isOver = before ? !isUndecided(before.value) : held !== undefined && isLeftBehind(held, now);
  const stale = isOver ? held : undefined;
  const fresh = bot.newId();
  const limits = await upsert(limitsOf(bot), mine, noLimits, (old) =>
    inWords(call, () => admitted(old, group.id, fresh, stale, now)),
  );
  const id = limits.value.open[group.id] ?? fresh;
  if (id === fresh) await insertRequest(call, bot, group, draft, id);
  await dropDraft(call, bot, group.id);
  const doc = await requestsOf(bot).get(id);
  // Their other press, a moment earlier, is still writing it.
  if (!doc) throw refuse('alreadyAskedNow', { group: group.id, command: '/wg requests' });
  if (id !== fresh) return alreadyAsked(call, bot, doc);
  const desk = await deskOf(bot, call.by);
  const placed = await placeCard(bot, doc, desk);
  return say(receivedCard(await ownOf(bot, placed), desk.place !== undefined, call.locale));
}

/** Longer than a press takes, in milliseconds. */
const longestPress = 60_000;

const isLeftBehind = (id: string, now: Date): boolean => now.getTime() - timeOf(id).getTime() > longestPress;

async function insertRequest(call: Call, bot: Bot, group: Group, draft: Answers, id: string): Promise<void> {
  const now = bot.clock.now();
  const { request: _, ...answers } = draft;
  await answersOf(bot).insert(id, { ...answers, at: now.toISOString() });
  const made = { group: group.id, home: spaceOf(call.by), by: draft.by, locale: call.locale };
  await requestsOf(bot).insert(id, opened(made, now));
}

/** The last step of a change was sent. */
async function changed(call: Call, bot: Bot, group: Group, draft: Answers): Promise<Answer> {
  const now = bot.clock.now();
  const doc = await ownRequest(call, bot, draft.request ?? '');
  let isLate = false;
  const after = await update(requestsOf(bot), doc.id, (old) => {
    const next = moved(old, { deed: 'changed' }, draft.by, now);
    isLate = next === undefined;
    return next ?? old;
  });
  if (isLate) throw refuse('tooLateToChange');
  const { consentedAt } = draft;
  await update(answersOf(bot), doc.id, (old) => ({
    ...old,
    fields: draft.fields,
    own: draft.own,
    at: now.toISOString(),
    ...(consentedAt ? { consentedAt } : {}),
  }));
  await dropDraft(call, bot, group.id);
  await redrawCard(bot, after);
  return say(ownCard(await ownOf(bot, after), call.locale, wgWords(call.locale).text('changedNow')));
}
