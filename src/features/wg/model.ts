// A working group and a request to join one: their schemas, and what can be told of them. Pure.
import { z } from 'zod';
import { type Person, personId } from '../../core/call.js';
import { type Locale, locales } from '../../core/locale.js';

/** Who a group belongs to; the order is that of the list. `other`: whatever a community adds. */
export const bodies = ['GAC', 'board', 'ALAC', 'GNSO', 'ccNSO', 'cross', 'review', 'RIRs', 'other'] as const;
export type Body = (typeof bodies)[number];

export const groupStates = ['active', 'unknown', 'proposed', 'closed'] as const;

/** Who may join. `appointed`: nobody joins by asking. */
export const doors = ['gac', 'atlarge', 'gnso', 'cctld', 'open', 'appointed'] as const;

/** What staff have to do outside, as far as there are words for it in every language; anything else is told as it is. */
export const knownTasks = ['list', 'form', 'soi'] as const;

/** Most questions of a group's own, and most things that staff have to do outside. */
export const mostQuestions = 5;
export const mostTasks = 5;

/** Most bodies that a group belongs to. */
export const mostParents = 3;

const line = (max: number) => z.string().trim().min(1).max(max);
const instant = z.iso.datetime();
const inLanguages = (max: number) => z.partialRecord(z.enum(locales), line(max));

/** An id is on buttons and in form titles, which hold 24 characters. */
export const groupId = z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,15}$/);

export const groupSchema = z.strictObject({
  id: groupId,
  /** In the languages in which the group has one. */
  name: inLanguages(200).refine((names) => Object.keys(names).length > 0),
  parents: z.array(z.enum(bodies)).min(1).max(mostParents),
  state: z.enum(groupStates),
  /** How sure that is, in English. */
  basis: line(200).optional(),
  scope: inLanguages(300).default({}),
  url: line(300).optional(),
  door: z.enum(doors).default('open'),
  /** What the form asks beyond what every group is told. */
  asksEmail: z.boolean().default(false),
  asksStatement: z.boolean().default(false),
  questions: z.array(line(100)).max(mostQuestions).default([]),
  tasks: z.array(line(60)).max(mostTasks).default(['list']),
  /** The end of a call for volunteers; from then on nobody can ask. */
  closesAt: instant.optional(),
  /** IANA; whose weekends and nights count. */
  zone: z.string().default('UTC'),
  isRemoved: z.boolean().default(false),
});
export type Group = z.infer<typeof groupSchema>;

/** Why nobody can ask to join now; undefined: one can. */
export type Shut = 'shutClosed' | 'shutProposed' | 'shutAppointed' | 'shutCall';

export function shut(group: Group, now: Date): Shut | undefined {
  if (group.isRemoved || group.state === 'closed') return 'shutClosed';
  if (group.state === 'proposed') return 'shutProposed';
  if (group.closesAt !== undefined && Date.parse(group.closesAt) <= now.getTime()) return 'shutCall';
  return group.door === 'appointed' ? 'shutAppointed' : undefined;
}

/** A text of a group in the language asked for, else in English, else in the first there is. */
export function inLanguage(texts: Partial<Record<Locale, string>>, locale: Locale): string | undefined {
  return texts[locale] ?? texts.en ?? Object.values(texts)[0];
}

export const regions = ['AFRALO', 'APRALO', 'EURALO', 'LACRALO', 'NARALO', 'none'] as const;
export const capacities = ['member', 'participant', 'observer'] as const;
export const representing = ['government', 'igo', 'als', 'oneself', 'cctld', 'gnso', 'other'] as const;

const personSchema = z.object({ platform: z.string(), space: z.string(), person: z.string() });
const spaceSchema = z.object({ platform: z.string(), space: z.string() });
const placeSchema = spaceSchema.extend({ channel: z.string(), thread: z.string().optional() });
const postedSchema = placeSchema.extend({ message: z.string() });

export const requestStates = ['open', 'claimed', 'asked', 'approved', 'declined', 'withdrawn', 'closed'] as const;
export type RequestState = (typeof requestStates)[number];

export const deeds = [
  'made',
  'changed',
  'claimed',
  'released',
  'handedOver',
  'lapsed',
  'asked',
  'answered',
  'approved',
  'ticked',
  'done',
  'declined',
  'lifted',
  'withdrawn',
  'left',
  'expired',
  'erased',
] as const;
export type Deed = (typeof deeds)[number];

const stepSchema = z.object({
  deed: z.enum(deeds),
  at: instant,
  /** Absent: the program itself, or somebody whose data were erased. */
  by: personSchema.optional(),
  /** Of a tick: which of the tasks. */
  task: z.number().optional(),
});
export type Step = z.infer<typeof stepSchema>;

/** What a member is told in private, and whether it could be delivered. */
export const newsKinds = ['question', 'done', 'declined', 'waiting', 'leaving', 'left', 'expired'] as const;
export type NewsKind = (typeof newsKinds)[number];

const newsSchema = z.object({
  kind: z.enum(newsKinds),
  /** The key under which the outbox has it. */
  key: z.string(),
  state: z.enum(['waiting', 'sent', 'failed', 'seen']),
  posted: postedSchema.optional(),
});

export const requestSchema = z.object({
  group: groupId,
  /** Where it was asked: nobody but the staff who answer for that space sees it. */
  home: spaceSchema,
  /** Who asked; absent once it was forgotten. */
  by: personSchema.optional(),
  /** The language of whoever asked. */
  locale: z.enum(locales),
  madeAt: instant,
  state: z.enum(requestStates),
  /** Since when it is in this state, in these hands. */
  since: instant,
  holder: personSchema.optional(),
  history: z.array(stepSchema),
  /** Who looked at the answers, and when. */
  looks: z.array(z.object({ at: instant, by: personSchema.optional() })).default([]),
  /** The question that waits for an answer, by the id under which the answers have its text. */
  question: z.string().optional(),
  /** The reason of a decline, likewise. */
  reason: z.string().optional(),
  tasks: z.array(z.object({ text: z.string(), isDone: z.boolean() })).default([]),
  /** Whether staff let the member ask again before the pause after a decline is over. */
  isLifted: z.boolean().default(false),
  /** How it appears in the staff channel. */
  card: z.object({ place: placeSchema, locale: z.enum(locales), posted: postedSchema.optional() }).optional(),
  /** Where its card is on the way to. */
  placing: z.object({ place: placeSchema, locale: z.enum(locales) }).optional(),
  news: z.array(newsSchema).default([]),
  /** The last reminder that was sent. */
  reminded: z.string().optional(),
  /** Days on which the member was gone from the workspace or server. */
  absences: z.array(z.iso.date()).default([]),
  /** Kept for the record once the answers are gone. */
  region: z.enum(regions).optional(),
});
export type Request = z.infer<typeof requestSchema>;

/** Everything that somebody wrote for a request: kept apart, shown to staff alone, gone after a time. */
export const answersSchema = z.object({
  by: personSchema,
  group: groupId,
  /** By the name of the field. */
  fields: z.record(z.string(), z.string()),
  /** The group's own questions as they were when they were answered, by the name of their field. */
  own: z.record(z.string(), z.string()).default({}),
  at: instant,
  consentedAt: instant.optional(),
  /** Of a draft: the request whose answers it changes. */
  request: z.string().optional(),
  /** Questions of staff and what came back, by a short id. */
  questions: z.record(z.string(), z.object({ text: z.string(), reply: z.string().optional() })).default({}),
  /** Reasons for a decline, written but perhaps not sent. */
  reasons: z.record(z.string(), z.string()).default({}),
});
export type Answers = z.infer<typeof answersSchema>;

export const isUndecided = ({ state }: Pick<Request, 'state'>): boolean =>
  state === 'open' || state === 'claimed' || state === 'asked';

/** Approved, but staff have not yet done all that there is to do outside. */
export const isUnfinished = ({ state, tasks }: Pick<Request, 'state' | 'tasks'>): boolean =>
  state === 'approved' && tasks.some(({ isDone }) => !isDone);

/** What staff have to do something about. */
export const isWaiting = (request: Pick<Request, 'state' | 'tasks'>): boolean =>
  isUndecided(request) || isUnfinished(request);

export const isSame = (a: Person | undefined, b: Person | undefined): boolean =>
  a !== undefined && b !== undefined && personId(a) === personId(b);

/** What people read and type instead of the whole id. */
export const shortId = (id: string): string => id.slice(-4);

/** When it was decided, or otherwise ended; undefined while it is not. */
export function endedAt(request: Request): Date | undefined {
  if (isUndecided(request)) return undefined;
  const end = request.history.findLast(({ deed }) => ends.has(deed));
  return end && new Date(end.at);
}

/** When all that there was to do outside was done; undefined while it is not. */
export function doneAt({ history }: Request): Date | undefined {
  const done = history.findLast(({ deed }) => deed === 'done');
  return done && new Date(done.at);
}

const ends: ReadonlySet<Deed> = new Set(['approved', 'declined', 'withdrawn', 'left', 'expired', 'erased']);

/** What a member has to be told of how their request now stands, and has not been; undefined: nothing. */
export function owedNews(request: Request): { readonly kind: NewsKind; readonly nth: string } | undefined {
  const owed = owes(request);
  if (!owed || !request.by) return undefined;
  const isTold = request.news.some(({ kind, key }) => kind === owed.kind && key.endsWith(`/${owed.nth}`));
  return isTold ? undefined : owed;
}

function owes(request: Request): { readonly kind: NewsKind; readonly nth: string } | undefined {
  const { state, question = '', history } = request;
  if (state === 'asked') return { kind: 'question', nth: question };
  if (state === 'declined') return { kind: 'declined', nth: '1' };
  if (state === 'approved') return isUnfinished(request) ? undefined : { kind: 'done', nth: '1' };
  const end = history.at(-1)?.deed;
  return state === 'closed' && (end === 'left' || end === 'expired') ? { kind: end, nth: '1' } : undefined;
}
