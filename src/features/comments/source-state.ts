// How the source is doing: when it is read again, what is wrong with it, and what staff are told of that. Pure.
import { z } from 'zod';

const instant = z.iso.datetime();

const faults = ['unreachable', 'unreadable', 'emptied', 'shrunken'] as const;

/** What can be wrong with the source as a whole. */
export type Fault = (typeof faults)[number];

const schema = z.object({
  /** Which source this is about, as a hash: another one begins anew. */
  of: z.string().default(''),
  nextAt: instant.optional(),
  /** Who is reading it now. */
  claim: z.object({ owner: z.string(), until: instant }).optional(),
  readAt: instant.optional(),
  /** When it was last read without a fault. */
  goodAt: instant.optional(),
  /** How many items there were then. */
  count: z.number().default(0),
  /** How many of them could not be used. */
  skipped: z.number().default(0),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  fault: z.object({ kind: z.enum(faults), since: instant, isTold: z.boolean() }).optional(),
});

export type SourceState = z.infer<typeof schema>;

export const parseSourceState = (raw: unknown): SourceState => schema.parse(raw);

/** Between two readings, in milliseconds; after something new, or a fault, it is read again sooner. */
const [every, soon] = [3_600_000, 300_000];

/** A claim older than this was left by a crash, in milliseconds. */
const claimFor = 60_000;

/** How long each fault has to last until staff are told, in milliseconds: what flaps is waited out. */
const patience: Readonly<Record<Fault, number>> = {
  unreachable: 3 * 3_600_000,
  unreadable: soon,
  emptied: soon,
  shrunken: soon,
};

/** Fewer than this part of the items before is no update but an accident. */
const least = 0.1;

/**
 * Takes the reading on, when it is due and nobody else has.
 * @param isStart whether this process has not read it yet
 */
export function claimedBy(state: SourceState, owner: string, of: string, isStart: boolean, now: Date): SourceState {
  const isHeld = state.claim !== undefined && Date.parse(state.claim.until) > now.getTime();
  const isDue = isStart || state.of !== of || state.nextAt === undefined || Date.parse(state.nextAt) <= now.getTime();
  if (isHeld || !isDue) return state;
  const claim = { owner, until: at(now, claimFor) };
  return state.of === of ? { ...state, claim } : { ...schema.parse({ of }), claim };
}

const at = (now: Date, later: number): string => new Date(now.getTime() + later).toISOString();

/** Nothing has changed there. @param isUnsure whether something that it said is still being waited out */
export function readSame(state: SourceState, isUnsure: boolean, now: Date): SourceState {
  return well({ ...state, readAt: now.toISOString(), nextAt: at(now, isUnsure ? soon : every) }, now);
}

export interface GoodReading {
  readonly count: number;
  readonly skipped: number;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  readonly isUnsure: boolean;
}

export function readWell(state: SourceState, { isUnsure, ...read }: GoodReading, now: Date): SourceState {
  const { etag: _, lastModified: __, ...rest } = state;
  const known = Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
  return well(
    schema.parse({ ...rest, ...known, readAt: now.toISOString(), nextAt: at(now, isUnsure ? soon : every) }),
    now,
  );
}

/** Good again: a fault that nobody was told of is forgotten, one that staff know of is kept until they know this too. */
function well(state: SourceState, now: Date): SourceState {
  const { claim: _, fault, ...rest } = state;
  return { ...rest, goodAt: now.toISOString(), ...(fault?.isTold ? { fault } : {}) };
}

export function readBadly(state: SourceState, kind: Fault, now: Date): SourceState {
  const { claim: _, ...rest } = state;
  const since = state.fault && state.fault.since > (state.goodAt ?? '') ? state.fault : undefined;
  const fault = since
    ? { ...since, kind: since.isTold ? since.kind : kind }
    : { kind, since: now.toISOString(), isTold: false };
  const isFresh = now.getTime() - Date.parse(fault.since) < soon;
  return { ...rest, readAt: now.toISOString(), nextAt: at(now, isFresh ? soon : every), fault };
}

/**
 * What is wrong with a list by how much of it there is; then what was there is kept. Without any item that can be used it
 * is no list: a page to log in, other columns than ours. One that has none at all is believed as long as none was ever
 * seen: somebody begins to keep it, and an empty list can do no harm.
 */
export function flawOf(
  state: SourceState,
  { count, skipped }: Pick<GoodReading, 'count' | 'skipped'>,
): Fault | undefined {
  if (count === 0 && skipped > 0) return 'unreadable';
  if (state.count === 0) return undefined;
  if (count === 0) return 'emptied';
  return count <= state.count * least ? 'shrunken' : undefined;
}

/** What staff are to be told now, once. */
export type News = { readonly kind: 'fault' | 'well'; readonly fault: Fault; readonly since: string };

export function newsOf({ fault, goodAt = '' }: SourceState, now: Date): News | undefined {
  if (!fault) return undefined;
  const { kind, since, isTold } = fault;
  if (isTold) return goodAt > since ? { kind: 'well', fault: kind, since } : undefined;
  const lasted = now.getTime() - Date.parse(since);
  return lasted >= patience[kind] ? { kind: 'fault', fault: kind, since } : undefined;
}

/** Staff have been told. */
export function newsTold(state: SourceState, news: News): SourceState {
  if (state.fault?.since !== news.since) return state;
  const { fault, ...rest } = state;
  return news.kind === 'well' ? rest : { ...rest, fault: { ...fault, isTold: true } };
}
