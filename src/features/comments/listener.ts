// Who is told: a channel that follows, a person who asked. What they want, what they have been told. Pure.
import { z } from 'zod';
import { type Person, type Place, type Space, spaceId } from '../../core/call.js';
import { locales } from '../../core/locale.js';
import { categories, type Facts } from './model.js';

/** What a listener may be reminded of, the most urgent last; numbers are days before the closing. */
export const milestones = ['opens', '28', '21', '14', '10', '7', '3', '1', 'closes'] as const;

/** The community's own dates, all of them together. */
export const ownDates = 'own';

/** What a channel can choose from: ten, as many as a form has ticks for. */
export const choosable = [...milestones, ownDates] as const;

export type Chosen = (typeof choosable)[number];

export const usualDays: readonly Chosen[] = ['opens', '14', '7', '3', '1', 'closes', ownDates];

/** What a person is reminded of who asked for it. */
const privateDays: readonly Chosen[] = ['opens', '14', '7', '3', '1', 'closes'];

/** The full hour of reminders where nobody chose one. */
export const usualHour = 9;

const instant = z.iso.datetime();

/** What a listener has heard of a proceeding. */
const toldSchema = z.object({
  /** How it stood when they last heard of it (`standingOf`). */
  standing: z.string(),
  /** What need not be told any more: it was, or something more urgent was. */
  done: z.array(z.string()),
  /** Whether anything was said to them; if not, nobody needs to take it back. */
  isHeard: z.boolean(),
  /** When it was moved under them; what was due before is not told. */
  movedAt: instant.optional(),
});

export type Told = z.infer<typeof toldSchema>;

const itemSchema = z.object({
  id: z.string(),
  kind: z.enum(['reminder', 'move']),
  /** Which milestones and steps it stands for. */
  keys: z.array(z.string()),
  standing: z.string(),
  /** How it stood before, in a move. */
  before: z.string().optional(),
});

/** One proceeding in one post. */
export type Item = z.infer<typeof itemSchema>;

const batchSchema = z.object({ key: z.string(), at: instant, items: z.array(itemSchema) });

/** One post: claimed by being written here, then sent under its key, then dropped. */
export type Batch = z.infer<typeof batchSchema>;

const space = { platform: z.string(), space: z.string() };

const shared = {
  zone: z.string(),
  hour: z.number().int().min(0).max(23),
  told: z.record(z.string(), toldSchema).default({}),
  pending: z.array(batchSchema).default([]),
};

export const followSchema = z.object({
  to: z.object({ ...space, channel: z.string(), parent: z.string().optional() }),
  ...shared,
  /** Absent: every category. */
  category: z.enum(categories).optional(),
  /** Absent: every title; else any of these in the title or in who asked for it. */
  words: z.array(z.string()).optional(),
  /** What it is told, and since when it wants that. */
  days: z.partialRecord(z.enum(choosable), instant),
  /** Names the channel's own calendar: nobody guesses it. */
  token: z.string(),
});

export type Follow = z.infer<typeof followSchema>;

const watchSchema = z.object({
  since: instant,
  state: z.enum(['on', 'muted', 'done']),
  /** They hold the pen: the community's own dates concern them. */
  isPen: z.boolean().default(false),
  /** They asked for it themselves, so that it stays when the pen goes. */
  isAsked: z.boolean().default(false),
});

export type Watch = z.infer<typeof watchSchema>;

export const watcherSchema = z.object({
  to: z.object({ ...space, person: z.string() }),
  ...shared,
  /** The language in which they asked, for when they have chosen none. */
  locale: z.enum(locales),
  watching: z.record(z.string(), watchSchema).default({}),
});

export type Watcher = z.infer<typeof watcherSchema>;

export type Listener = Follow | Watcher;

export const isWatcher = (listener: Listener): listener is Watcher => 'watching' in listener;

/** Everyone of a space whose clocks and hours are the same is due at the same instants. */
export const rhythmOf = ({ to, zone, hour }: { to: Space; zone: string; hour: number }): string =>
  `${spaceId(to)} ${zone} ${hour}`;

export interface Rhythm {
  readonly space: string;
  readonly zone: string;
  readonly hour: number;
}

export function readRhythm(rhythm: string): Rhythm {
  const [space = '', zone = 'UTC', hour = '0'] = rhythm.split(' ');
  return { space, zone, hour: Number(hour) };
}

/** A step's mark wears its key after this. */
export const ownPrefix = 'own.';

const chosenFor = (key: string): Chosen | undefined =>
  key.startsWith(ownPrefix) ? ownDates : choosable.find((one) => one === key);

/**
 * Since when the listener wants to hear this of this proceeding.
 * @param key a milestone, or a step's mark
 * @returns undefined when it does not
 */
export function wantedSince(listener: Listener, id: string, facts: Facts, key: string): string | undefined {
  const chosen = chosenFor(key);
  if (chosen === undefined) return undefined;
  if (!isWatcher(listener)) return matches(listener, facts) ? listener.days[chosen] : undefined;
  const watch = listener.watching[id];
  if (watch?.state !== 'on') return undefined;
  if (chosen === ownDates) return watch.isPen ? watch.since : undefined;
  // Whoever asks while it is open has seen that it is.
  if (chosen === 'opens' && (facts.opening?.on ?? '') <= watch.since.slice(0, 10)) return undefined;
  return privateDays.includes(chosen) ? watch.since : undefined;
}

/** Whether moves of it concern the listener, if they have heard of it. */
export const mindsMoves = (listener: Listener, id: string): boolean =>
  !isWatcher(listener) || listener.watching[id]?.state === 'on';

export function matches({ category, words }: Pick<Follow, 'category' | 'words'>, facts: Facts): boolean {
  if (category !== undefined && facts.category !== category) return false;
  const said = `${facts.title}\n${facts.requester ?? ''}`.toLowerCase();
  return words === undefined || words.some((word) => said.includes(word.toLowerCase()));
}

/** What a form asks of a channel. */
export interface Wishes {
  readonly days: readonly Chosen[];
  readonly zone: string;
  readonly hour: number;
  readonly category?: Follow['category'];
  readonly words?: Follow['words'];
}

/** A channel that begins to follow: nothing that was due before now concerns it. */
export function followed(place: Place, wishes: Wishes, token: string, now: Date): Follow {
  const days = Object.fromEntries(wishes.days.map((day) => [day, now.toISOString()]));
  return followSchema.parse({ ...wishes, to: place, days, token });
}

/** Other wishes of a channel. What it already wanted it goes on wanting, unless it now follows other proceedings. */
export function refollowed(old: Follow, wishes: Wishes, now: Date): Follow {
  const isSameFilter = old.category === wishes.category && `${old.words}` === `${wishes.words}`;
  const since = (day: Chosen): string => (isSameFilter && old.days[day]) || now.toISOString();
  const days = Object.fromEntries(wishes.days.map((day) => [day, since(day)]));
  return followSchema.parse({ ...wishes, to: old.to, told: old.told, pending: old.pending, token: old.token, days });
}

/** Someone who asked to be reminded, or took the pen. */
export function watched(old: Watcher, id: string, as: 'asked' | 'pen', now: Date): Watcher {
  const { since, state, isPen = false, isAsked = false } = old.watching[id] ?? {};
  const watch: Watch = {
    since: state === 'on' && since !== undefined ? since : now.toISOString(),
    state: 'on',
    isPen: isPen || as === 'pen',
    isAsked: isAsked || as === 'asked',
  };
  return { ...old, watching: { ...old.watching, [id]: watch } };
}

/** They were shown how it stands, so that they are told when that changes. */
export function informed(old: Watcher, id: string, standing: string): Watcher {
  const before = old.told[id];
  const told = before?.standing === standing ? { ...before, isHeard: true } : { standing, done: [], isHeard: true };
  return { ...old, told: { ...old.told, [id]: told } };
}

/** The pen is gone; what they had asked for themselves stays. */
export function unpenned(old: Watcher, id: string): Watcher {
  const watch = old.watching[id];
  if (!watch?.isPen) return old;
  return watch.isAsked
    ? { ...old, watching: { ...old.watching, [id]: { ...watch, isPen: false } } }
    : unwatched(old, id);
}

/** No reminders of it for me: `muted`, or `done` with it. */
export function stilled(old: Watcher, id: string, state: 'muted' | 'done'): Watcher {
  const watch = old.watching[id];
  return watch ? { ...old, watching: { ...old.watching, [id]: { ...watch, state } } } : old;
}

/** No trace of the proceeding. */
export function unwatched(old: Watcher, id: string): Watcher {
  const { [id]: _, ...watching } = old.watching;
  const { [id]: __, ...told } = old.told;
  return { ...old, watching, told };
}

export const emptyWatcher = (person: Person, zone: string, locale: Watcher['locale']): Watcher => {
  const { platform, space: of, person: who } = person;
  return watcherSchema.parse({ to: { platform, space: of, person: who }, zone, hour: usualHour, locale });
};
