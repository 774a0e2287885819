// How days, instants and the time that is left are written; every card and every file writes them this way.
import { type Inline, type Text, time } from '../../core/card.js';
import { boundary } from '../../core/grapheme.js';
import { isRightToLeft, type Locale } from '../../core/locale.js';
import { instantIn, isolatedIn, type Words } from '../../core/wording.js';
import { isUsual, type Planned, type Step } from './milestones.js';
import {
  type Category,
  type Closing,
  closingOf,
  factsOf,
  openingOf,
  type Proceeding,
  type State,
  shortId,
} from './model.js';
import type { CommentsKey } from './words/index.js';
import { type Day, dayIn } from './zone.js';

export type W = Words<CommentsKey>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once: a format is dear to make and cheap to use. */
function inUtc(locale: Locale, parts: 'day' | 'shortDay' | 'month'): Intl.DateTimeFormat {
  const key = `${locale} ${parts}`;
  const options: Readonly<Record<typeof parts, Intl.DateTimeFormatOptions>> = {
    day: { day: 'numeric', month: 'long', year: 'numeric' },
    shortDay: { day: 'numeric', month: 'short' },
    month: { month: 'long', year: 'numeric' },
  };
  const format =
    formats.get(key) ?? new Intl.DateTimeFormat(`${locale}-u-nu-latn`, { ...options[parts], timeZone: 'UTC' });
  formats.set(key, format);
  return format;
}

/** `12 April 2026`; an instant as the day that it is in UTC. */
export const dayText = (locale: Locale, day: Day | Date): string => inUtc(locale, 'day').format(new Date(day));

/** `12 Apr`. */
const shortDay = (locale: Locale, day: Day): string => inUtc(locale, 'shortDay').format(new Date(day));

/** `November 2026`. */
export const monthText = (locale: Locale, month: string): string =>
  inUtc(locale, 'month').format(new Date(`${month}-01`));

/** Days from `22` to `27`, or one day. */
const daysText = (locale: Locale, { on, until }: Planned): string =>
  until === undefined || until === on ? shortDay(locale, on) : `${shortDay(locale, on)} – ${shortDay(locale, until)}`;

/** The instant in the reader's own time, then in UTC. */
export const instantText = (locale: Locale, at: Date): readonly Inline[] => [
  time(at),
  ' · ',
  isolatedIn(locale, instantIn(locale, at)),
];

/** `6 days 14 hours`: only ever shown with the instant at which it was counted. */
export function leftText(w: W, at: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((at.getTime() - now.getTime()) / 60_000));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60)];
  // What is nought is left out, with its blank.
  if (days >= 2) return w.label('leftDays', { days, hours: hours % 24 }).trim();
  if (hours >= 1) return w.label('leftHours', { hours, minutes: minutes % 60 }).trim();
  return w.label('leftMinutes', { minutes });
}

/** The time left with the instant at which that was so: it may be read much later. */
export const leftCounted = (w: W, at: Date, now: Date): Text =>
  w.text('leftCounted', { left: leftText(w, at, now), at: instantIn(w.locale, now) });

/** What is to be said of how exact a closing is; undefined when its time was stated in UTC. */
export function exactness(w: W, { exact, moment }: Closing): Text | undefined {
  if (exact === 'date') return w.text('exactDate');
  if (exact === 'rule') return w.text('exactRule');
  if (moment.zone === 'UTC') return undefined;
  return w.text('exactZone', { time: moment.time ?? '', zone: moment.zone });
}

export const stepName = (w: W, { key, name }: Pick<Step, 'key' | 'name'>): string =>
  name ?? (isUsual(key) ? w.label(stepKeys[key]) : key);

export const stepKeys = {
  call: 'stepCall',
  draft: 'stepDraft',
  comments: 'stepComments',
  vote: 'stepVote',
  submission: 'stepSubmission',
} as const;

/** A step with its days, for a row of facts. */
export const stepRow = (w: W, one: Planned): readonly [string, Text] => [
  stepName(w, one.step),
  [daysText(w.locale, one)],
];

/**
 * From the opening to the closing with the community's own dates in between, in one line; what is past is left plain,
 * what comes next is bold.
 */
export function timeline(w: W, proceeding: Proceeding, steps: readonly Planned[], now: Date): Text {
  const closing = closingOf(proceeding);
  if (!closing) return [];
  const opening = openingOf(proceeding);
  const spot = (key: CommentsKey, day: Day): Spot => ({ name: w.label(key), days: shortDay(w.locale, day), end: day });
  const spots: readonly Spot[] = [
    ...(opening ? [spot('timelineOpens', factsOf(proceeding).opening?.on ?? dayIn(opening, 'UTC'))] : []),
    ...steps.map((one) => ({
      name: stepName(w, one.step),
      days: daysText(w.locale, one),
      end: one.until ?? one.on,
    })),
    spot('timelineCloses', closing.moment.on),
  ];
  const next = spots.findIndex(({ end }) => end >= dayIn(now, 'UTC'));
  const arrow = isRightToLeft(w.locale) ? ' ← ' : ' → ';
  return spots.flatMap(({ name, days }, at): Inline[] => {
    const text = isolatedIn(w.locale, `${days} ${name}`);
    return [...(at > 0 ? [arrow] : []), at === next ? { kind: 'bold', text } : text];
  });
}

interface Spot {
  readonly name: string;
  readonly days: string;
  readonly end: Day;
}

export const categoryKeys = {
  policy: 'categoryPolicy',
  'new-gtld': 'categoryNewGtld',
  contracts: 'categoryContracts',
  technical: 'categoryTechnical',
  governance: 'categoryGovernance',
  operations: 'categoryOperations',
  reviews: 'categoryReviews',
  strategy: 'categoryStrategy',
  other: 'categoryOther',
} as const satisfies Record<Category, CommentsKey>;

export const stateKeys = {
  upcoming: 'stateUpcoming',
  open: 'stateOpen',
  reopened: 'stateReopened',
  closed: 'stateClosed',
  reportDue: 'stateReportDue',
  reported: 'stateReported',
  withdrawn: 'stateWithdrawn',
} as const satisfies Record<State, CommentsKey>;

/** `ID 7K3F`, as commands take it. */
export const idText = (w: W, id: string): string => isolatedIn(w.locale, `ID ${shortId(id)}`);

/** Titles come from anywhere; a card's own heading is one line. */
export const clipped = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, boundary(text, most - 1)).trimEnd()}…`;
