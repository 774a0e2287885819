// The documents of /comments, and how a call finds the ones that it may see.
import { z } from 'zod';
import { type Call, type Person, type Place, personId, type Space, spaceId } from '../../core/call.js';
import type { Bot } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import { type Collection, type Doc, type Kind, upsert } from '../../core/store.js';
import {
  type Chosen,
  choosable,
  type Follow,
  followSchema,
  type Listener,
  rhythmOf,
  usualDays,
  type Watcher,
  watcherSchema,
} from './listener.js';
import { finderIn, pageOf, visibleIn } from './matching.js';
import { defaultSteps, type Step, stepSchema } from './milestones.js';
import { closingOf, everywhere, factsOf, isOpenAt, type Proceeding, proceedingSchema, stateAt } from './model.js';
import { caseIn } from './proceedings.js';

const proceedingKind: Kind<Proceeding> = {
  name: 'proceedings',
  parse: (raw) => proceedingSchema.parse(raw),
  facets: ({ scope, slug, isSettled, source }) => ({
    scope,
    slug,
    stage: isSettled ? 'settled' : 'live',
    origin: source ? 'source' : 'staff',
  }),
};

const followKind: Kind<Follow> = {
  name: 'comments-follows',
  parse: (raw) => followSchema.parse(raw),
  facets: (follow) => ({
    rhythm: rhythmOf(follow),
    space: spaceId(follow.to),
    token: follow.token,
    ...(follow.pending.length > 0 ? { pending: 'yes' } : {}),
  }),
};

const watcherKind: Kind<Watcher> = {
  name: 'comments-watchers',
  parse: (raw) => watcherSchema.parse(raw),
  facets: (watcher) => ({
    rhythm: rhythmOf(watcher),
    ...(watcher.pending.length > 0 ? { pending: 'yes' } : {}),
  }),
};

const communitySchema = z.object({
  steps: z.array(stepSchema).optional(),
  /** When its channels are reminded unless they choose otherwise. */
  days: z.array(z.enum(choosable)).optional(),
});
type Community = z.infer<typeof communitySchema>;

const communityKind: Kind<Community> = {
  name: 'comments-communities',
  parse: (raw) => communitySchema.parse(raw),
};

const rosterSchema = z.object({
  /** Every clock and hour that a listener has ever had. */
  rhythms: z.array(z.string()).default([]),
  /** Every space that has ever used this. */
  spaces: z.array(z.string()).default([]),
  /** Grows when a listener's wishes change, so that every replica looks at all of them once. */
  changes: z.number().default(0),
  /** When the sample proceedings were put in. */
  sampledAt: z.iso.datetime().optional(),
});
export type Roster = z.infer<typeof rosterSchema>;

const rosterKind: Kind<Roster> = { name: 'comments-roster', parse: (raw) => rosterSchema.parse(raw) };

export const proceedings = (bot: Bot): Collection<Proceeding> => bot.store.collection(proceedingKind);
export const follows = (bot: Bot): Collection<Follow> => bot.store.collection(followKind);
export const watchers = (bot: Bot): Collection<Watcher> => bot.store.collection(watcherKind);
export const communities = (bot: Bot): Collection<Community> => bot.store.collection(communityKind);
const rosters = (bot: Bot): Collection<Roster> => bot.store.collection(rosterKind);

const rosterId = 'roster';

export const rosterOf = async (bot: Bot): Promise<Roster> =>
  (await rosters(bot).get(rosterId))?.value ?? rosterSchema.parse({});

/** Changes the one roster; written only when it is changed. */
export const enrol = (bot: Bot, change: (old: Roster) => Roster): Promise<Doc<Roster>> =>
  upsert(rosters(bot), rosterId, rosterSchema.parse({}), change);

const joined = (list: readonly string[], one: string): string[] => (list.includes(one) ? [...list] : [...list, one]);

/** A listener's clock has to be known before the listener is: what is due is looked up by clocks. */
export async function enrolRhythm(bot: Bot, listener: Pick<Follow, 'zone' | 'hour'> & { to: Space }): Promise<void> {
  const rhythm = rhythmOf(listener);
  const { rhythms } = await rosterOf(bot);
  if (rhythms.includes(rhythm)) return;
  await enrol(bot, (old) => ({
    ...old,
    rhythms: joined(old.rhythms, rhythm),
    spaces: joined(old.spaces, spaceId(listener.to)),
  }));
}

/** Somebody's clock or wishes have changed: what is due for them may lie in the past of those who keep that clock. */
export const lookAnew = (bot: Bot): Promise<unknown> => enrol(bot, (old) => ({ ...old, changes: old.changes + 1 }));

export async function enrolSpace(bot: Bot, space: Space): Promise<void> {
  if ((await rosterOf(bot)).spaces.includes(spaceId(space))) return;
  await enrol(bot, (old) => ({ ...old, spaces: joined(old.spaces, spaceId(space)) }));
}

export const spaceOf = (id: string): Space => {
  const [platform = '', ...rest] = id.split('/');
  return { platform, space: rest.join('/') };
};

/** Everything that a space sees, what was removed included. */
export async function seenOrRemoved(space: Space, bot: Bot): Promise<readonly Doc<Proceeding>[]> {
  const [shared, own] = await Promise.all([
    proceedings(bot).find({ scope: everywhere }),
    proceedings(bot).find({ scope: spaceId(space) }),
  ]);
  return visibleIn([...own, ...shared], space);
}

export const seenIn = async (space: Space, bot: Bot): Promise<readonly Doc<Proceeding>[]> =>
  (await seenOrRemoved(space, bot)).filter(({ value }) => !value.isRemoved);

/** Finds what a space has by its slug or page; what was removed included, for whoever adds it anew. */
export const finderFor = async (space: Space, bot: Bot): Promise<ReturnType<typeof finderIn<Doc<Proceeding>>>> =>
  finderIn(await seenOrRemoved(space, bot));

/** Letters that Crockford's base 32 leaves out, as they are misread. */
const spelled = (typed: string): string => typed.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');

/** `ID 7K3F` as cards write it, `7K3F`, the whole id, its slug or its address. */
function isMeant({ id, value }: Doc<Proceeding>, typed: string): boolean {
  const short = spelled(typed);
  if (/^[0-9A-Z]{4,26}$/.test(short) && id.endsWith(short)) return true;
  const page = pageOf(typed);
  return (
    value.slug === (page ?? typed.toLowerCase()) || (page !== undefined && pageOf(factsOf(value).address) === page)
  );
}

/**
 * The proceeding that a call names, among those that its space sees.
 * @throws Refusal when there is none, or more than one that is open
 */
export async function named(call: Pick<Call, 'by'>, typed: string, bot: Bot): Promise<Doc<Proceeding>> {
  const meant = typed.trim().replace(/^ID\s+/i, '');
  const known = await proceedings(bot).get(/^[0-9A-Z]{26}$/.test(meant) ? meant : '-');
  if (known && !known.value.isRemoved && [everywhere, spaceId(call.by)].includes(known.value.scope)) return known;
  const docs = await seenIn(call.by, bot);
  const found = docs.filter((doc) => isMeant(doc, meant));
  const open = found.filter(({ value }) => /open|upcoming/.test(stateAt(value, bot.clock.now())));
  const [first, ...others] = found.length > 1 && open.length > 0 ? open : found;
  if (!first) throw refuse('unknownId');
  if (others.length > 0) {
    throw refuse('severalIds', { ids: [first, ...others].map(({ id }) => id.slice(-8)) });
  }
  return first;
}

/** The dates that a community has set itself for a proceeding, else its usual ones, else At-Large's. */
export const stepsOf = (
  proceeding: Proceeding,
  space: Space | string,
  usual: readonly Step[] | undefined,
): readonly Step[] => caseIn(proceeding, space).steps ?? usual ?? defaultSteps;

export const usualSteps = async (space: Space, bot: Bot): Promise<readonly Step[]> =>
  (await communities(bot).get(spaceId(space)))?.value.steps ?? defaultSteps;

export const setUsualSteps = (space: Space, steps: readonly Step[], bot: Bot): Promise<Doc<Community>> =>
  upsert(communities(bot), spaceId(space), {}, (old) => ({ ...old, steps: [...steps] }));

export const usualDaysIn = async (space: Space, bot: Bot): Promise<readonly Chosen[]> =>
  (await communities(bot).get(spaceId(space)))?.value.days ?? usualDays;

export const setUsualDays = (space: Space, days: readonly Chosen[], bot: Bot): Promise<Doc<Community>> =>
  upsert(communities(bot), spaceId(space), {}, (old) => ({ ...old, days: [...days] }));

/** One document a channel; a thread is its channel's. */
export const followId = ({ platform, space, channel }: Place): string => [platform, space, channel].join('/');

export const watcherId = (person: Person): string => personId(person);

/** The one id of a listener's document, and of where it is told. */
export const listenerId = ({ to }: Listener): string => ('channel' in to ? followId(to) : watcherId(to));

/** Open ones by their closing, the soonest first. */
export const soonest = (docs: readonly Doc<Proceeding>[], now: Date): readonly Doc<Proceeding>[] =>
  docs.filter(({ value }) => isOpenAt(value, now)).sort((a, b) => endOf(a) - endOf(b));

const endOf = ({ value }: Doc<Proceeding>): number => closingOf(value)?.at.getTime() ?? Number.POSITIVE_INFINITY;
