// A message on its way: its document, and the rules by which it is claimed, sent, put off or given up. Pure.
import { z } from 'zod';
import { type Person, type Place, type Posted, personId } from './call.js';
import type { Card } from './card.js';
import { hasPassed } from './passed.js';
import type { PassingFailure } from './platform.js';
import type { Kind } from './store.js';

/** A claim older than this was left behind by a crash and is taken over, in milliseconds; longer than any send. */
export const leaseFor = 60_000;

/** A message that could not be sent for this long is given up, in milliseconds. */
const triedFor = 24 * 3_600_000;

/** The first wait after a passing failure, and the longest one, in milliseconds. */
const [firstWait, longestWait] = [5_000, 600_000];

/**
 * The waits before a message is sent once more of which nobody knows whether it has arrived, in milliseconds; after the
 * last one it is given up. Six messages at the very most: a passing fault costs seconds, an outage of two hours is got over.
 */
const openWaits = [5_000, 20_000, 120_000, 600_000, 7_200_000];

/** No message is put off for longer, whatever the platform says, in milliseconds. */
const longestPause = 7_200_000;

const instant = z.iso.datetime();
const space = { platform: z.string(), space: z.string() };
const placeSchema = z.object({ ...space, channel: z.string(), thread: z.string().optional() });
const personSchema = z.object({ ...space, person: z.string() });
const postedSchema = placeSchema.extend({ message: z.string() });

/** Instants inside a card are text in the store; a renderer wants them as dates. */
export const cardSchema = z.unknown().transform((raw) => revived(raw) as Card);

function revived(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(revived);
  if (typeof raw !== 'object' || raw === null) return raw;
  const entries = Object.entries(raw).map(([name, value]) => [name, revived(value)] as const);
  const whole: Record<string, unknown> = Object.fromEntries(entries);
  return whole.kind === 'time' && typeof whole.at === 'string' ? { ...whole, at: new Date(whole.at) } : whole;
}

const lease = z.object({ owner: z.string(), until: instant });

const schema = z.object({
  to: z.union([placeSchema, personSchema]),
  /** Dropped once sent: the ledger keeps that something was sent, not what. */
  card: cardSchema.optional(),
  state: z.enum(['waiting', 'sending', 'sent', 'failed']),
  /** Smaller goes first. */
  urgency: z.number().default(5),
  since: instant,
  notBefore: instant,
  /** How long it was put off until then, in milliseconds. */
  pause: z.number().default(longestPause),
  tries: z.number().default(0),
  lease: lease.optional(),
  posted: postedSchema.optional(),
  obstacle: z.string().optional(),
  /** Nobody knew whether the message had arrived, and it was sent once more. */
  isResent: z.boolean().default(false),
  /** How often that was done. */
  resends: z.number().default(0),
  /** When it was sent, where nobody knows whether it arrived. */
  openSince: instant.optional(),
});

export type Delivery = z.infer<typeof schema>;

export const deliveries: Kind<Delivery> = {
  name: 'deliveries',
  parse: (raw) => schema.parse(raw),
  facets: ({ state, since, to }) => ({
    state,
    month: monthOf(since),
    // By this a member's own messages are found, to be shown and to be erased.
    ...('person' in to ? { person: personId(to) } : {}),
  }),
};

const monthOf = (at: string): string => at.slice(0, 7);

/** What is over stays known for six months and more, in months: nobody asks for the same message again so late. */
const [keptFor, lookedBack] = [6, 18];

/** The months, as facets have them, of which nothing needs to be known any more. */
export function pastMonths(now: Date): readonly string[] {
  return Array.from({ length: lookedBack - keptFor }, (_, at) => {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - keptFor - 1 - at, 1));
    return monthOf(month.toISOString());
  });
}

export function waiting(to: Place | Person, card: Card, urgency: number, now: Date): Delivery {
  const at = now.toISOString();
  // Only what a delivery needs of an address is kept, whatever else the caller's object holds.
  const { platform, space: of } = to;
  const address =
    'channel' in to
      ? { platform, space: of, channel: to.channel, thread: to.thread }
      : { platform, space: of, person: to.person };
  const none = { pause: 0, tries: 0, isResent: false, resends: 0 };
  return { to: address, card, state: 'waiting', urgency, since: at, notBefore: at, ...none };
}

/** Whether a process may take this message on now. */
export function isClaimable({ state, notBefore, pause, lease }: Delivery, now: Date): boolean {
  if (state === 'waiting') return hasPassed(notBefore, now, pause);
  return state === 'sending' && lease !== undefined && isOver(lease, now);
}

/** A clock that is put right by a few seconds must not end the claim of one who is sending just now: hence twice. */
const isOver = ({ until }: { readonly until: string }, now: Date): boolean => hasPassed(until, now, 2 * leaseFor);

/**
 * The message, claimed; unchanged when it is somebody else's, done, or not due.
 * @param remembersKeys for how long the platform gives back the first message instead of a second one, in milliseconds
 */
export function claimed(delivery: Delivery, owner: string, now: Date, remembersKeys = 0): Delivery {
  if (!isClaimable(delivery, now)) return delivery;
  // One that is still being sent was left behind by a crash.
  const { openSince, ...rest } = delivery.state === 'sending' ? leftOpen(delivery) : delivery;
  const until = new Date(now.getTime() + leaseFor).toISOString();
  const mine = { ...rest, state: 'sending' as const, lease: { owner, until }, tries: delivery.tries + 1 };
  if (openSince === undefined) return mine;
  if (now.getTime() - Date.parse(openSince) < remembersKeys) return { ...mine, openSince };
  return { ...mine, isResent: true, resends: delivery.resends + 1 };
}

/** Since it was first sent without an answer; a claim begins when it is sent. */
const leftOpen = (delivery: Delivery): Delivery & { openSince: string } => ({
  ...delivery,
  openSince:
    delivery.openSince ?? new Date(Date.parse(delivery.lease?.until ?? delivery.since) - leaseFor).toISOString(),
});

const isMine = (delivery: Delivery, owner: string): boolean =>
  delivery.state === 'sending' && delivery.lease?.owner === owner;

/** Sent: the card is forgotten, the key stays. */
export function sent(delivery: Delivery, owner: string, posted: Posted): Delivery {
  if (!isMine(delivery, owner)) return delivery;
  const { card: _, lease: __, openSince: ___, ...rest } = delivery;
  return { ...rest, state: 'sent', posted };
}

export function failed(delivery: Delivery, owner: string, obstacle: string): Delivery {
  if (!isMine(delivery, owner)) return delivery;
  const { lease: _, ...rest } = delivery;
  return { ...rest, state: 'failed', obstacle };
}

/**
 * Put off after a passing failure: as long as the platform said, else twice as long at each try. Where the message may
 * have arrived, and the platform would not notice that it comes again, much longer, and not often.
 * @param remembersKeys as for `claimed`
 * @returns the message given up, where it was tried for too long (`tooLate`), or too often (`unanswered`)
 */
export function putOff(
  delivery: Delivery,
  owner: string,
  now: Date,
  { retryAfter, mayHaveArrived }: PassingFailure = {},
  remembersKeys = 0,
): Delivery {
  if (!isMine(delivery, owner)) return delivery;
  if (now.getTime() - Date.parse(delivery.since) > triedFor) return failed(delivery, owner, 'tooLate');
  const said = typeof retryAfter === 'number' ? retryAfter * 1000 : undefined;
  const usual = said ?? Math.min(longestWait, firstWait * 2 ** (delivery.tries - 1));
  if (!mayHaveArrived) return waitingFor(delivery, now, usual);
  const open = leftOpen(delivery);
  if (now.getTime() + usual - Date.parse(open.openSince) < remembersKeys) return waitingFor(open, now, usual);
  const wait = openWaits[open.resends];
  return wait === undefined ? failed(open, owner, 'unanswered') : waitingFor(open, now, Math.max(wait, said ?? 0));
}

function waitingFor({ lease: _, ...rest }: Delivery, now: Date, wait: number): Delivery {
  const pause = Math.min(wait, longestPause);
  return { ...rest, state: 'waiting', notBefore: new Date(now.getTime() + pause).toISOString(), pause };
}

/**
 * Given another chance by the one who asked for it, after it had failed. What was given up without an answer has perhaps
 * arrived six times: it gets one more try a day, however often it is asked for.
 */
export function revivedDelivery(old: Delivery, fresh: Delivery): Delivery {
  if (old.state !== 'failed') return old;
  if (old.obstacle !== 'unanswered') return fresh;
  const { isResent, resends, openSince } = old;
  const isEarly = Date.parse(fresh.since) - Date.parse(old.notBefore) < triedFor;
  return isEarly ? old : { ...fresh, isResent, resends, openSince };
}

const renderSchema = z.object({
  what: postedSchema,
  /** Dropped once drawn: the platform has it. */
  card: cardSchema.optional(),
  rev: z.number(),
  /** The newest revision that is known to have reached the platform. */
  drawn: z.number(),
  /** Who draws it now: two at once could draw an older revision over a newer one. */
  lease: lease.optional(),
  /** When it was last asked for. */
  at: instant.default('2026-01-01T00:00:00.000Z'),
});

/** How a message of ours is to look, and how far that has got. */
export type Render = z.infer<typeof renderSchema>;

export const renders: Kind<Render> = {
  name: 'renders',
  parse: (raw) => renderSchema.parse(raw),
  facets: ({ rev, drawn, at }) => ({ state: drawn < rev ? 'dirty' : 'drawn', month: monthOf(at) }),
};

export const firstRender = (what: Posted, card: Card, rev: number, now: Date): Render => ({
  what,
  card,
  rev,
  drawn: 0,
  at: now.toISOString(),
});

/** The newer of what is kept and what is asked for. */
export const wanted = (old: Render, card: Card, rev: number, now: Date): Render =>
  rev > old.rev ? { ...old, card, rev, at: now.toISOString() } : old;

/** Claimed for drawing; unchanged when it is drawn, or when another process draws it now. */
export function claimedRender(render: Render, owner: string, now: Date): Render {
  const isFree = !render.lease || render.lease.owner === owner || isOver(render.lease, now);
  if (render.drawn >= render.rev || !isFree) return render;
  return { ...render, lease: { owner, until: new Date(now.getTime() + leaseFor).toISOString() } };
}

/** @param rev the revision that has reached the platform; undefined when none has */
export function drawnTo(render: Render, owner: string, rev: number | undefined): Render {
  const { lease: held, card, ...rest } = render;
  const drawn = Math.max(render.drawn, rev ?? 0);
  return {
    ...rest,
    drawn,
    ...(card !== undefined && drawn < render.rev ? { card } : {}),
    ...(held && held.owner !== owner ? { lease: held } : {}),
  };
}

const obstacleSchema = z.object({ to: z.union([placeSchema, personSchema]), obstacle: z.string(), since: instant });

/** A place or a person that cannot be reached as things stand. */
export type Blocked = z.infer<typeof obstacleSchema>;

export const obstacles: Kind<Blocked> = {
  name: 'obstacles',
  parse: (raw) => obstacleSchema.parse(raw),
  facets: ({ to }) => ({ space: `${to.platform}/${to.space}` }),
};

/** `slack/T1/C1`: where a message goes, as an id. */
export function addressId(to: Place | Person): string {
  const end = 'channel' in to ? [to.channel, to.thread ?? []].flat() : ['person', to.person];
  return [to.platform, to.space, ...end].join('/');
}

/** `slack/T1/C1/1700000000.000100`: a message as an id. */
export const postedId = (what: Posted): string => [what.platform, what.space, what.channel, what.message].join('/');
