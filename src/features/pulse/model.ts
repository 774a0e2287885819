// A pulse: its zod schema, its kind, and what may be seen of it. The rules are in answering.ts and course.ts. Pure.
import { z } from 'zod';
import { type Person, type Place, type Posted, personId, type Space } from '../../core/call.js';
import { type Locale, locales } from '../../core/locale.js';
import { instantTyped } from './closing-time.js';
import { type Tally, tallyOf } from './tally.js';

const instant = z.iso.datetime();
const tallySchema = z.object({ people: z.number(), counts: z.array(z.number()).readonly() });

/** A channel in which it is asked; `message`: the card there, once it is posted. */
const placeSchema = z.object({
  platform: z.string(),
  space: z.string(),
  channel: z.string(),
  thread: z.string().optional(),
  locale: z.enum(locales),
  message: z.string().optional(),
  /** Its card has a button with which each reads it in their own language. */
  isMultilingual: z.boolean().optional(),
  /** It could not be posted there. */
  isLost: z.boolean().default(false),
});

/** `key` is a member's id where the pulse is named; where it is anonymous, a keyed hash under the pulse's own salt. */
const answerSchema = z.object({
  key: z.string(),
  options: z.array(z.number()),
  place: z.number(),
  reason: z.string().optional(),
});

const schema = z.object({
  state: z.enum(['draft', 'open', 'closed']),
  /** Where it was asked first: its author and the staff there may close it. */
  home: z.object({ platform: z.string(), space: z.string() }),
  /** Left out once the author has had themselves erased. */
  author: z.string().optional(),
  question: z.string(),
  options: z.array(z.string()),
  isAnonymous: z.boolean(),
  /** How many options one person may choose. */
  most: z.number(),
  isHidden: z.boolean(),
  allowsGuests: z.boolean().default(false),
  /** Whether an anonymous pulse shows its results even when fewer than five people have answered. */
  showsFew: z.boolean().default(false),
  hasNote: z.boolean().default(false),
  hasAnnouncement: z.boolean().default(false),
  /** As it was typed, and the zone in which that was meant. */
  closes: z.string(),
  zone: z.string().optional(),
  /** The instant that this was when it was typed; none where a span was typed. */
  closesOn: instant.optional(),
  createdAt: instant,
  openedAt: instant.optional(),
  closesAt: instant.optional(),
  closedAt: instant.optional(),
  closedBy: z.enum(['time', 'author', 'staff']).optional(),
  places: z.array(placeSchema),
  /** Sorted by key, and with nothing that tells when or in which order they came. */
  answers: z.array(answerSchema).default([]),
  /** What is shown of an anonymous pulse while it is open. */
  shown: tallySchema.optional(),
  /** What it came to. Left out where it would tell who answered what. */
  tally: tallySchema.optional(),
  byPlace: z.array(tallySchema).readonly().optional(),
  /** Of an anonymous pulse that is closed: linked to nobody and to no option, in an order drawn by lot. */
  reasons: z.array(z.string()).default([]),
  changes: z.array(z.object({ kind: z.enum(['extended', 'reopened', 'edited']), at: instant })).default([]),
  /** Grows whenever its cards have to look different; the document's own revision grows with every answer. */
  face: z.number().default(1),
  isNoted: z.boolean().default(false),
  /** Closed, and nothing is left to be done: the salt is gone and the last cards are on their way. */
  isSettled: z.boolean().default(false),
  /** Works once, in a channel of another workspace. */
  doorKey: z.object({ value: z.string(), until: instant }).optional(),
});

export type Pulse = z.infer<typeof schema>;
export type Answer = z.infer<typeof answerSchema>;
export type AskedIn = z.infer<typeof placeSchema>;

/** How far along it is; `closing`: closed, but not everything that follows has been done. */
export type Stage = Pulse['state'] | 'closing';

const stageOf = ({ state, isSettled }: Pulse): Stage => (state === 'closed' && !isSettled ? 'closing' : state);

/** Stored under its short id, which is what people type and buttons carry. */
export const pulseKind = {
  name: 'pulses',
  parse: (raw: unknown): Pulse => schema.parse(raw),
  facets: (pulse: Pulse) => ({
    stage: stageOf(pulse),
    ...(pulse.author === undefined ? {} : { author: pulse.author }),
  }),
  long: { field: 'answers', parse: (raw: unknown): Answer => answerSchema.parse(raw) },
};

const saltSchema = z.object({ salt: z.string() });

/** The salt of an anonymous pulse, under the id of its pulse, apart from it so that it can be destroyed. */
export const saltKind = { name: 'pulse-salts', parse: (raw: unknown) => saltSchema.parse(raw) };

/** What is asked and how, as a form or a line says it. */
export type Content = Pick<Pulse, 'question' | 'options' | 'isAnonymous' | 'most' | 'isHidden' | 'closes'>;

/** Where it is first to be asked, and by whom. */
export interface Origin {
  readonly by: Person;
  readonly place: AskedIn | undefined;
  readonly zone: string | undefined;
}

/** A pulse that nobody but its author sees yet. */
export function drafted(content: Content, { by, place, zone }: Origin, now: Date): Pulse {
  const { platform, space } = by;
  return {
    ...content,
    state: 'draft',
    home: { platform, space },
    author: personId(by),
    ...(zone === undefined ? {} : { zone }),
    ...instantTyped(content.closes, now, zone),
    createdAt: now.toISOString(),
    places: place ? [place] : [],
    ...{ allowsGuests: false, showsFew: false, hasNote: false, hasAnnouncement: false },
    ...{ answers: [], reasons: [], changes: [], face: 1, isNoted: false, isSettled: false },
  };
}

/** A channel, as it is kept. */
export function askedIn(place: Place, locale: Locale, isMultilingual = false): AskedIn {
  const { platform, space, channel, thread } = place;
  const extra = { ...(thread === undefined ? {} : { thread }), ...(isMultilingual ? { isMultilingual } : {}) };
  return { platform, space, channel, ...extra, locale, isLost: false };
}

/** The message of a card that is posted. */
export function postedIn({ platform, space, channel, thread, message }: AskedIn): Posted | undefined {
  return message === undefined ? undefined : { platform, space, channel, thread, message };
}

export const isSameChannel = (a: Place, b: Place): boolean => isIn(a, b) && a.channel === b.channel;

export const isIn = (a: Space, b: Space): boolean => a.platform === b.platform && a.space === b.space;

export const isSingle = ({ most }: Pulse): boolean => most === 1;

/** Whether its time is over, whether or not anybody has closed it yet. */
export const isOver = ({ state, closesAt }: Pulse, now: Date): boolean =>
  state === 'closed' || (closesAt !== undefined && Date.parse(closesAt) <= now.getTime());

/** The member whose answer this is, where the pulse is named. */
export function personOf(key: string): Person {
  const [platform = '', space = '', ...person] = key.split('/');
  return { platform, space, person: person.join('/') };
}

/** Who asks, while that is known. */
export const authorOf = ({ author }: Pulse): Person | undefined =>
  author === undefined ? undefined : personOf(author);

/** What anybody may know of how a pulse stands. `people`: undefined where not even their number is told. */
export interface Sight {
  readonly tally: Tally | undefined;
  readonly people: number | undefined;
}

/** The author and staff see no more than everybody: results that are hidden or anonymous are so for them, too. */
export function sightOf(pulse: Pulse): Sight {
  if (pulse.state === 'closed') return { tally: pulse.tally, people: pulse.tally?.people };
  const tally = pulse.isAnonymous ? pulse.shown : tallyOf(pulse.answers, pulse.options.length);
  return { tally: pulse.isHidden ? undefined : tally, people: tally?.people };
}

/** Whether names and reasons beside answers may be seen now. */
export const showsNames = ({ isAnonymous, isHidden, state }: Pulse): boolean =>
  !isAnonymous && (!isHidden || state === 'closed');

/** The pulse after a change, with `face` grown where its cards have to look different. */
export function faced(before: Pulse, after: Pulse): Pulse {
  if (before === after) return before;
  const isSame = before.state === after.state && isSameSight(sightOf(before), sightOf(after));
  return isSame ? after : { ...after, face: before.face + 1 };
}

const isSameSight = (a: Sight, b: Sight): boolean =>
  a.people === b.people && a.tally?.people === b.tally?.people && a.tally?.counts.join() === b.tally?.counts.join();
