// A proceeding: its facts as the source and as staff have them, what they come to, and in which state it is. Pure.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { locales } from '../../core/locale.js';
import { stepSchema } from './milestones.js';
import { addDays, dayIn, instantAt } from './zone.js';

export const categories = [
  'policy',
  'new-gtld',
  'contracts',
  'technical',
  'governance',
  'operations',
  'reviews',
  'strategy',
  'other',
] as const;

export type Category = (typeof categories)[number];

const instant = z.iso.datetime();
const text = (max: number) => z.string().trim().min(1).max(max);
/** http as well: the oldest proceedings have no other address. */
const address = z.url({ protocol: /^https?$/ }).max(500);

/**
 * When something opens or closes. `exact`: `stated` with its time, `rule` when ICANN's rule of 23:59 UTC gives the time,
 * `date` when a date is all that is known.
 */
export const momentSchema = z.object({
  on: z.iso.date(),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  zone: z.string().default('UTC'),
  exact: z.enum(['stated', 'rule', 'date']),
});

export type Moment = z.infer<typeof momentSchema>;

export const factsSchema = z.object({
  title: text(300),
  address: address.optional(),
  category: z.enum(categories).optional(),
  /** Who asked for it: the body or the department that ICANN's page names. */
  requester: text(120).optional(),
  /** In which languages its documents are. */
  languages: z.array(z.enum(locales)).optional(),
  opening: momentSchema.optional(),
  closing: momentSchema.optional(),
  originalClosing: momentSchema.optional(),
  /** `2026-11`: announced for that month, without a date. */
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional(),
  isWithdrawn: z.boolean().optional(),
  reportDue: z.iso.date().optional(),
  reportPublished: z.iso.date().optional(),
  report: address.optional(),
  submissions: address.optional(),
});

export type Facts = z.infer<typeof factsSchema>;

const someFactsSchema = factsSchema.partial();
export type SomeFacts = z.infer<typeof someFactsSchema>;
export type Fact = keyof Facts;

const factSchema = factsSchema.keyof();

const personSchema = z.object({ platform: z.string(), space: z.string(), person: z.string() });

/** What a community does about a proceeding. */
export const caseSchema = z.object({
  /** Who writes the draft. */
  pen: z.object({ person: personSchema, since: instant }).optional(),
  /** Dates of its own for this proceeding, instead of the community's usual ones. */
  steps: z.array(stepSchema).optional(),
  draftAt: instant.optional(),
  decision: z.enum(['submitted', 'none']).optional(),
  decidedAt: instant.optional(),
});

export type Case = z.infer<typeof caseSchema>;

export const proceedingSchema = z.object({
  slug: text(200),
  /** Where it is seen: `all`, or the id of the space whose staff added it. */
  scope: z.string(),
  /** As the source last gave it; absent when staff added it. */
  source: factsSchema.optional(),
  /** What staff entered by hand; it stands before the source's. */
  staff: someFactsSchema.default({}),
  /** Of what staff entered: what the source said when they did, or when they chose to keep their own. */
  seen: someFactsSchema.default({}),
  /** What the source says and staff have emptied. */
  cleared: z.array(factSchema).default([]),
  /** The space whose staff last edited it, where a difference with the source is shown. */
  editedIn: z.string().optional(),
  /** Other dates that the source has given since, waited out before they count; `first`: when it began to change them. */
  candidate: z.object({ facts: factsSchema, since: instant, first: instant.optional() }).optional(),
  /** Since when the source does not have it any more, or has it without its closing. */
  missing: z.object({ since: instant, isTold: z.boolean(), what: z.enum(['all', 'closing']).optional() }).optional(),
  /** Entered by mistake: not shown any more, kept so that calendars and channels can be told. */
  isRemoved: z.boolean().default(false),
  addedAt: instant,
  changedAt: instant,
  /** Since when it stands as it stands; what was due before that is not history to be told. */
  standingSince: instant,
  /** iCalendar's SEQUENCE: grows with every move. */
  sequence: z.number().default(0),
  /** Each earlier standing with the instant at which it ended, the latest last. */
  moves: z.array(z.object({ at: instant, from: z.string(), to: z.string() })).default([]),
  /** By id of space. */
  cases: z.record(z.string(), caseSchema).default({}),
  /** Nothing more is due; an edit wakes it up again. */
  isSettled: z.boolean().default(false),
});

export type Proceeding = z.infer<typeof proceedingSchema>;

export const everywhere = 'all';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The same 26 characters for the same proceeding, whichever replica reads it first; its last four are shown. */
export function idOf(scope: string, slug: string): string {
  const digest = createHash('sha256').update(`${scope} ${slug}`).digest();
  return Array.from(digest.subarray(0, 26), (byte) => alphabet[byte % 32]).join('');
}

/** `7K3F`, as people see and type it. */
export const shortId = (id: string): string => id.slice(-4);

/** What is true of it: staff's word before the source's. */
export function factsOf({ source, staff, slug, cleared }: Proceeding): Facts {
  const facts: Facts = { ...source, ...staff, title: staff.title ?? source?.title ?? slug };
  for (const name of cleared) if (staff[name] === undefined) delete facts[name as Exclude<Fact, 'title'>];
  return facts;
}

/** The closing as everything shows it: card, list, reminder, calendar, export. There is no other place that decides. */
export interface Closing {
  readonly at: Date;
  readonly exact: Moment['exact'];
  readonly moment: Moment;
}

/** A date alone means 23:59 UTC, as ICANN has it since 2012. */
const closingTime = '23:59';
const openingTime = '00:00';

export const closingInstant = ({ on, time = closingTime, zone }: Moment): Date => instantAt(on, time, zone);
const openingInstant = ({ on, time = openingTime, zone }: Moment): Date => instantAt(on, time, zone);

export function closingOf(proceeding: Proceeding): Closing | undefined {
  const { closing } = factsOf(proceeding);
  return closing && { at: closingInstant(closing), exact: closing.exact, moment: closing };
}

export function openingOf(proceeding: Proceeding): Date | undefined {
  const { opening } = factsOf(proceeding);
  return opening && openingInstant(opening);
}

/** One civil day before the closing, by the clock of the zone in which it is given. */
export const dayBefore = ({ moment: { on, time = closingTime, zone } }: Closing): Date =>
  instantAt(addDays(on, -1), time, zone);

/** The first closing of one that was moved since. */
export function originalClosing(proceeding: Proceeding): Date | undefined {
  const { originalClosing: given } = factsOf(proceeding);
  const first = given ? closingInstant(given) : firstStanding(proceeding);
  return first && first.getTime() !== closingOf(proceeding)?.at.getTime() ? first : undefined;
}

function firstStanding({ moves }: Proceeding): Date | undefined {
  const first = moves.find(({ from }) => isInstant(from));
  return first && new Date(first.from);
}

/** How it stands, as text that can be compared: the instant of its closing, or what has become of it. */
export function standingOf(proceeding: Proceeding): string {
  if (proceeding.isRemoved) return 'removed';
  if (factsOf(proceeding).isWithdrawn) return 'withdrawn';
  return closingOf(proceeding)?.at.toISOString() ?? 'undated';
}

export const isInstant = (standing: string): boolean => /^\d/.test(standing);

export type Move = 'extended' | 'shortened' | 'reopened' | 'withdrawn' | 'removed' | 'listed' | 'dated';

/**
 * What a change of standing is called.
 * @param at when it changed: a closing that had passed by then is reopened, not extended
 */
export function moveOf(from: string, now: string, at: Date): Move {
  if (now === 'withdrawn' || now === 'removed') return now;
  if (from === 'removed') return 'listed';
  if (!isInstant(from)) return from === 'undated' ? 'dated' : 'reopened';
  if (!isInstant(now)) return 'dated';
  if (Date.parse(now) < Date.parse(from)) return 'shortened';
  return Date.parse(from) <= at.getTime() ? 'reopened' : 'extended';
}

export type State = 'upcoming' | 'open' | 'reopened' | 'closed' | 'reportDue' | 'reported' | 'withdrawn';

export function stateAt(proceeding: Proceeding, now: Date): State {
  const { isWithdrawn, reportPublished, reportDue, month } = factsOf(proceeding);
  if (isWithdrawn || proceeding.isRemoved) return 'withdrawn';
  const [closing, opening] = [closingOf(proceeding), openingOf(proceeding)];
  if (opening ? opening > now : !closing && month !== undefined) return 'upcoming';
  if (closing && closing.at > now) return wasReopened(proceeding) ? 'reopened' : 'open';
  if (reportPublished && reportPublished <= dayIn(now, 'UTC')) return 'reported';
  if (!closing) return opening ? 'open' : 'upcoming';
  return reportDue ? 'reportDue' : 'closed';
}

const wasReopened = ({ moves }: Proceeding): boolean =>
  moves.some(({ at, from, to }) => moveOf(from, to, new Date(at)) === 'reopened');

export const isOpenAt = (proceeding: Proceeding, now: Date): boolean => /open/.test(stateAt(proceeding, now));
