// What happens to a proceeding: added, edited, read from the source, moved, withdrawn, removed. Pure.
import type { Person, Space } from '../../core/call.js';
import { spaceId } from '../../core/call.js';
import {
  type Case,
  caseSchema,
  closingInstant,
  closingOf,
  everywhere,
  type Fact,
  type Facts,
  factsOf,
  type Moment,
  openingOf,
  type Proceeding,
  proceedingSchema,
  type SomeFacts,
  standingOf,
  stateAt,
} from './model.js';

/** A source that gives other dates is believed when it still gives them after this long, in milliseconds. */
export const waitedOut = 300_000;

/** A reminder of the closing itself may still come this long after it, in milliseconds. */
export const closingTold = 86_400_000;

/** Moves that are remembered of one proceeding. */
const movesKept = 20;

/** A new proceeding of staff's, or of the source's. */
export function added(
  slug: string,
  given: { readonly source: Facts } | { readonly staff: Facts; readonly space: Space },
  now: Date,
): Proceeding {
  const at = now.toISOString();
  const stamps = { slug, addedAt: at, changedAt: at, standingSince: at };
  if ('source' in given) return proceedingSchema.parse({ ...stamps, scope: everywhere, source: given.source });
  const space = spaceId(given.space);
  return proceedingSchema.parse({ ...stamps, scope: space, staff: given.staff, editedIn: space });
}

/** Records that it stands otherwise than before, if it does. */
function settledAnew(before: Proceeding, changed: Proceeding, now: Date): Proceeding {
  // In the order of the schema, so that the same content is the same text.
  const after = proceedingSchema.parse(changed);
  if (same(before, after)) return before;
  const [from, to, at] = [standingOf(before), standingOf(after), now.toISOString()];
  const stamped = { ...after, changedAt: at, isSettled: false };
  if (from === to) return stamped;
  const moves = [...after.moves, { at, from, to }].slice(-movesKept);
  return { ...stamped, moves, sequence: after.sequence + 1, standingSince: at };
}

/** What staff typed; undefined: they know nothing of it any more. Where it is what the source says, the source's stands. */
export function edited(proceeding: Proceeding, changes: SomeFacts, space: Space, now: Date): Proceeding {
  const { source = {} as SomeFacts, missing } = proceeding;
  const [staff, seen]: [SomeFacts, SomeFacts] = [{ ...proceeding.staff }, { ...proceeding.seen }];
  const cleared = new Set(proceeding.cleared);
  for (const [name, value] of Object.entries(changes) as [Fact, unknown][]) {
    const isSame = proceeding.source !== undefined && sameFact(changes, source, name);
    const drops = isSame || (value === undefined && source[name] === undefined);
    // What is gone from the source says nothing: if it comes back, that is news.
    const said = missing && name === 'isWithdrawn' ? undefined : factIn(source, name);
    Object.assign(staff, { [name]: drops ? undefined : value });
    Object.assign(seen, { [name]: drops || proceeding.source === undefined ? undefined : said });
    if (value === undefined && !drops) cleared.add(name);
    else cleared.delete(name);
  }
  const own = { staff: kept(staff), seen: kept(seen), cleared: [...cleared] };
  return settledAnew(proceeding, { ...proceeding, ...own, editedIn: spaceId(space) }, now);
}

/** Another closing. One that was withdrawn or removed is open again with it. */
export const rescheduled = (proceeding: Proceeding, closing: Moment, space: Space, now: Date): Proceeding => {
  const { originalClosing } = factsOf(proceeding);
  const old = closingOf(proceeding)?.moment;
  const first = originalClosing ?? (old && !same(old, closing) ? old : undefined);
  const changes = {
    closing,
    ...(first ? { originalClosing: first } : {}),
    ...(factsOf(proceeding).isWithdrawn ? { isWithdrawn: false } : {}),
  };
  return edited(listedAgain(proceeding, now), changes, space, now);
};

export const withdrawn = (proceeding: Proceeding, space: Space, now: Date): Proceeding =>
  edited(proceeding, { isWithdrawn: true }, space, now);

/** Taken off the list, as entered by mistake. */
export const removed = (proceeding: Proceeding, now: Date): Proceeding =>
  settledAnew(proceeding, { ...proceeding, isRemoved: true }, now);

/** Back on the list, when it was taken off. */
export const listedAgain = (proceeding: Proceeding, now: Date): Proceeding =>
  proceeding.isRemoved ? settledAnew(proceeding, { ...proceeding, isRemoved: false }, now) : proceeding;

/** What the source says now. Other dates are waited out, since sources flap; anything else counts at once. */
export function sourced(proceeding: Proceeding, said: Facts, now: Date): Proceeding {
  const { candidate, missing, ...rest } = proceeding;
  const lost = lostClosing(proceeding, said);
  const facts = lost ? { ...said, closing: lost } : said;
  const since = missing?.what === 'closing' ? missing : { since: now.toISOString(), isTold: false, what: 'closing' };
  const isToldOf = lost !== undefined && !isOver(proceeding, now);
  // In the order of the schema: what has not changed is the same text.
  const found = proceedingSchema.parse(isToldOf ? { ...rest, missing: since } : rest);
  const { source } = found;
  if (!source || sameDates(source, facts)) return settledAnew(found, agreed({ ...found, source: facts }), now);
  if (!candidate || !sameDates(candidate.facts, facts)) {
    const first = candidate && { first: candidate.first ?? candidate.since };
    return { ...found, candidate: { facts, since: now.toISOString(), ...first } };
  }
  return believed({ ...found, candidate: { ...candidate, facts } }, now);
}

/** The closing that the source gave and does not give any more: an emptied cell moves no deadline. */
const lostClosing = ({ source }: Proceeding, { closing, isWithdrawn }: Facts): Moment | undefined =>
  closing || isWithdrawn ? undefined : source?.closing;

/** The source has not changed since it was last read: what it said then has lasted. */
export function believed(proceeding: Proceeding, now: Date): Proceeding {
  const { candidate, ...rest } = proceeding;
  if (!candidate || now.getTime() - Date.parse(candidate.since) < waitedOut) return proceeding;
  const { isWithdrawn: _, ...seen } = rest.seen;
  // Other dates of what staff have withdrawn: they are asked whether it is withdrawn.
  const next = { ...rest, ...(candidate.facts.isWithdrawn ? {} : { seen }), source: candidate.facts };
  return settledAnew(proceeding, agreed(next), now);
}

/** Once the source says what staff had entered, the source's stands, and follows the source again. */
function agreed(proceeding: Proceeding): Proceeding {
  const { source, staff, seen, cleared } = proceeding;
  if (!source) return proceeding;
  const isOwn = (name: Fact): boolean =>
    cleared.includes(name) ? source[name] !== undefined : !sameFact(source, staff, name);
  const own = (facts: SomeFacts): SomeFacts =>
    Object.fromEntries(Object.entries(facts).filter(([name]) => isOwn(name as Fact)));
  return { ...proceeding, staff: own(staff), seen: own(seen), cleared: cleared.filter(isOwn) };
}

/** The source no longer has it: a fault until staff say otherwise, not a withdrawal. */
export function vanished(proceeding: Proceeding, now: Date): Proceeding {
  const { source, missing, isRemoved } = proceeding;
  const isKnown = missing !== undefined && missing.what !== 'closing';
  if (!source || isKnown || isOver(proceeding, now) || isRemoved) return proceeding;
  return { ...proceeding, missing: { since: now.toISOString(), isTold: false } };
}

const isOver = (proceeding: Proceeding, now: Date): boolean => !/upcoming|open/.test(stateAt(proceeding, now));

/** Reminders wait at most this long for a source that begins to give other dates, in milliseconds. */
const heldFor = 2 * waitedOut;

/** Until when no reminder is given, in milliseconds: the source says that what is due may not be true any more. */
export const heldUntil = ({ candidate }: Proceeding): number =>
  candidate ? Date.parse(candidate.first ?? candidate.since) + heldFor : 0;

/** Whether staff are to hear that it is gone from the source. */
export const isLongMissing = ({ missing }: Proceeding, now: Date): boolean =>
  missing !== undefined && !missing.isTold && now.getTime() - Date.parse(missing.since) >= waitedOut;

/** Whether the source is to be read again soon, since something that it said, or no longer says, has not lasted yet. */
export const isWaitedOut = ({ candidate, missing }: Proceeding, now: Date): boolean =>
  candidate !== undefined || (missing !== undefined && now.getTime() - Date.parse(missing.since) < waitedOut);

export const missingTold = (proceeding: Proceeding): Proceeding =>
  proceeding.missing ? { ...proceeding, missing: { ...proceeding.missing, isTold: true } } : proceeding;

/** What staff entered, the source has changed since, and is not the same. */
export function differences({ source, staff, seen, cleared, missing }: Proceeding): readonly Fact[] {
  if (!source) return [];
  const isGone = missing !== undefined && missing.what !== 'closing';
  return [...(Object.keys(staff) as Fact[]), ...cleared].filter((name) => {
    if (name === 'isWithdrawn' && isGone) return false;
    if (factIn(source, name) === undefined || sameFact(source, staff, name)) return false;
    return seen[name] === undefined || !sameFact(source, seen, name);
  });
}

/** `Take the source's`: what staff entered is dropped where it differs. */
export function sourceTaken(proceeding: Proceeding, now: Date): Proceeding {
  const names = differences(proceeding);
  const without = (facts: SomeFacts): SomeFacts =>
    Object.fromEntries(Object.entries(facts).filter(([name]) => !names.includes(name as Fact)));
  const { staff, seen, cleared } = proceeding;
  const own = { staff: without(staff), seen: without(seen), cleared: cleared.filter((name) => !names.includes(name)) };
  return settledAnew(proceeding, { ...proceeding, ...own }, now);
}

/** `Keep ours`: staff have seen what the source says. */
export function oursKept(proceeding: Proceeding): Proceeding {
  const { source = {} as SomeFacts, seen } = proceeding;
  const news = Object.fromEntries(differences(proceeding).map((name) => [name, factIn(source, name)]));
  return { ...proceeding, seen: { ...seen, ...news } };
}

/** When nothing of it is due any more, in milliseconds: it need not be looked at from then on until someone touches it. */
export function overAt(proceeding: Proceeding): number {
  const [standing, since] = [standingOf(proceeding), Date.parse(proceeding.standingSince)];
  if (standing === 'undated') return Number.POSITIVE_INFINITY;
  const ended = standing === 'withdrawn' || standing === 'removed' ? since : Date.parse(standing);
  return Math.max(ended, since) + 2 * closingTold;
}

export const settled = (proceeding: Proceeding, now: Date): Proceeding =>
  overAt(proceeding) <= now.getTime() && !proceeding.isSettled ? { ...proceeding, isSettled: true } : proceeding;

/** What a community does about a proceeding; empty when it has done nothing yet. */
export const caseIn = ({ cases }: Proceeding, space: Space | string): Case =>
  cases[typeof space === 'string' ? space : spaceId(space)] ?? {};

export function withCase(proceeding: Proceeding, space: Space, change: (old: Case) => Case): Proceeding {
  const next = caseSchema.parse(kept(change(caseIn(proceeding, space))));
  return { ...proceeding, cases: { ...proceeding.cases, [spaceId(space)]: next } };
}

/** Without the pen of this person, wherever they hold one. */
export function withoutPenOf(proceeding: Proceeding, person: Person): Proceeding {
  const { pen, ...rest } = caseIn(proceeding, person);
  if (pen?.person.person !== person.person) return proceeding;
  return { ...proceeding, cases: { ...proceeding.cases, [spaceId(person)]: rest } };
}

/** The days from the opening to the first draft; undefined when either is not known. */
export function daysToDraft(proceeding: Proceeding, space: Space): number | undefined {
  const [{ draftAt }, opening] = [caseIn(proceeding, space), openingOf(proceeding)];
  if (!draftAt || !opening) return undefined;
  return Math.max(0, Math.floor((Date.parse(draftAt) - opening.getTime()) / 86_400_000));
}

const kept = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A list calls withdrawn what is; what it does not call so it lists. */
const factIn = (facts: SomeFacts, name: Fact): unknown =>
  name === 'isWithdrawn' ? (facts.isWithdrawn ?? false) : facts[name];

/** Two ways of writing one instant are the same opening or closing. */
export function sameFact(a: SomeFacts, b: SomeFacts, name: Fact): boolean {
  const [one, other] = [factIn(a, name), factIn(b, name)] as (Moment | undefined)[];
  if (name === 'opening') return sameInstant(midnight(one), midnight(other));
  if (name === 'closing' || name === 'originalClosing') return sameInstant(one, other);
  return same(one, other);
}

/** A date alone opens with its day. */
const midnight = (opening: Moment | undefined): Moment | undefined => opening && { time: '00:00', ...opening };

const sameInstant = (a: Moment | undefined, b: Moment | undefined): boolean =>
  a && b ? closingInstant(a).getTime() === closingInstant(b).getTime() : a === b;

/** Whether what members plan by is the same. */
const sameDates = (a: Facts, b: Facts): boolean =>
  sameInstant(a.closing, b.closing) &&
  same([a.opening, a.month, a.isWithdrawn ?? false], [b.opening, b.month, b.isWithdrawn ?? false]);
