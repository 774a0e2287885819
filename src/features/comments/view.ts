// What a route needs to know of the caller before it can show anything.
import { type Answer, type Call, type Space, say, spaceId } from '../../core/call.js';
import type { Choice, Form, Text } from '../../core/card.js';
import type { Bot } from '../../core/feature.js';
import type { Locale } from '../../core/locale.js';
import { refuse } from '../../core/refusal.js';
import type { Doc } from '../../core/store.js';
import { within } from '../../core/within.js';
import { optionLabel, proceedingCard, sentence, type View } from './cards.js';
import { communities, enrolSpace, named, seenIn, soonest, stepsOf, watcherId, watchers } from './documents.js';
import type { Get } from './fetch.js';
import { pickForm } from './forms.js';
import { closingOf, factsOf, type Proceeding, stateAt } from './model.js';
import { caseIn } from './proceedings.js';
import { isSampled } from './sample.js';
import { sourceState, tendSource } from './source.js';
import { type CommentsKey, commentsWords } from './words/index.js';

/** How long a first look waits for the source to be read, in milliseconds. */
const firstLook = 1500;

/** Before the first answer: the space is known, the source has been read. */
export async function prepared(call: Call, bot: Bot, get: Get): Promise<void> {
  await enrolSpace(bot, call.by);
  if (bot.operator.commentsSource !== undefined && (await sourceState(bot))?.readAt === undefined) {
    await within(tendSource(bot.clock.now(), bot, get), firstLook);
  }
}

export const hasPulse = (bot: Bot): boolean => bot.features.some(({ name }) => name === 'pulse');

const stepsFor = async (value: Proceeding, space: Space, bot: Bot) =>
  stepsOf(value, space, (await communities(bot).get(spaceId(space)))?.value.steps);

/** A proceeding as the caller may see it. */
export async function shown(call: Call, doc: Doc<Proceeding>, bot: Bot, note?: Text): Promise<Answer> {
  const [isStaff, steps, watcher] = await Promise.all([
    bot.is(call, 'staff'),
    stepsFor(doc.value, call.by, bot),
    watchers(bot).get(watcherId(call.by)),
  ]);
  const watch = watcher?.value.watching[doc.id];
  const view: View = {
    locale: call.locale,
    now: bot.clock.now(),
    space: call.by,
    by: call.by,
    steps,
    hasPulse: hasPulse(bot),
    isStaff,
    isSample: isSampled(doc),
    ...(watch ? { watch } : {}),
    ...(note ? { note } : {}),
  };
  return say(proceedingCard(doc, view));
}

/** A private answer of one sentence. */
export const told = (locale: Locale, key: CommentsKey, args: Readonly<Record<string, string | number>> = {}): Answer =>
  say(sentence(locale, commentsWords(locale).text(key, args)));

/** What the caller means. */
export const meant = (call: Call, bot: Bot): Promise<Doc<Proceeding>> => named(call, call.args.id ?? '', bot);

/** Open ones, upcoming ones, the rest: what somebody is likeliest to mean comes first. */
async function likeliest(call: Call, bot: Bot): Promise<readonly Doc<Proceeding>[]> {
  const [docs, now] = [await seenIn(call.by, bot), bot.clock.now()];
  const open = soonest(docs, now);
  const upcoming = docs.filter(({ value }) => stateAt(value, now) === 'upcoming');
  const others = docs.filter((doc) => !open.includes(doc) && !upcoming.includes(doc));
  const latest = others.sort((a, b) => closingText(b).localeCompare(closingText(a)));
  return [...open, ...upcoming, ...latest];
}

const closingText = ({ value }: Doc<Proceeding>): string => factsOf(value).closing?.on ?? '';

/** Why nobody can be reminded of it, or draft for it, any more; undefined when they can. */
export function overFor(value: Proceeding, now: Date): CommentsKey | undefined {
  if (factsOf(value).isWithdrawn) return 'withdrawnAlready';
  const closing = closingOf(value);
  return closing && closing.at <= now ? 'closedAlready' : undefined;
}

/** The option that names a proceeding, with what an adapter completes it to. */
export const idOption = { name: 'id', about: 'optionId', required: true, rest: true, suggests: true } as const;

export async function suggestId(call: Call, option: string, bot: Bot): Promise<readonly Choice[]> {
  if (option !== 'id') return [];
  const typed = (call.args.id ?? '')
    .trim()
    .toLowerCase()
    .replace(/^id\s+/, '');
  return (await likeliest(call, bot))
    .map(({ id, value }) => ({ value: id, label: optionLabel(id, value) }))
    .filter(({ label }) => label.toLowerCase().includes(typed))
    .slice(0, 25);
}

/** The form that opens where no proceeding was named. */
export const picking =
  (route: string) =>
  async (call: Call, bot: Bot): Promise<Form> =>
    pickForm(call, await likeliest(call, bot), route);

/** @throws Refusal unless the caller holds the pen or is staff */
export async function needPen(call: Call, value: Proceeding, bot: Bot): Promise<void> {
  if (caseIn(value, call.by).pen?.person.person === call.by.person) return;
  if (!(await bot.is(call, 'staff'))) throw refuse('penOrStaff');
}
