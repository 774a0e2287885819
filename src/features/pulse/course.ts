// The course of a pulse: posted, extended, mended, closed, reopened; who may do what is decided by the caller. Pure.
import type { Place } from '../../core/call.js';
import { refuse } from '../../core/refusal.js';
import { type Closing, readClosing } from './closing-time.js';
import { cutTo } from './measure.js';
import { type AskedIn, isSameChannel, type Pulse } from './model.js';
import { fewestShown, tallyByPlace, tallyOf } from './tally.js';

const minute = 60_000;
const day = 1440 * minute;

/** How long a pulse may be open, in milliseconds. */
const [shortest, longest] = [minute, 90 * day];

/** How long after it was posted a typo may be mended, in milliseconds. */
const mendableFor = 10 * minute;

/** How long a key for another workspace works, in milliseconds. */
const keyLasts = day;

/** Channels in which one pulse can be asked. */
export const mostPlaces = 10;

const iso = (at: number): string => new Date(at).toISOString();

/**
 * The instant at which it is to close.
 * @param from what a span counts from
 * @throws Refusal `closesUnreadable`, `closesTooSoon`, `closesTooLate`, all of the field `closes`
 */
export function closingAt(typed: string, now: Date, zone: string | undefined, from: Date = now): Date {
  const closing: Closing | undefined = readClosing(typed, now, zone);
  if (!closing) throw refuse('closesUnreadable', { typed: cutTo(typed, 60) }, 'closes');
  return fitting('at' in closing ? closing.at : new Date(from.getTime() + closing.span), now);
}

/** When a draft closes that is posted now. @throws Refusal as {@link closingAt} */
export const closingOf = ({ closes, zone, closesOn }: Pulse, now: Date): Date =>
  closesOn === undefined ? closingAt(closes, now, zone) : fitting(new Date(closesOn), now);

function fitting(at: Date, now: Date): Date {
  if (at.getTime() - now.getTime() < shortest) throw refuse('closesTooSoon', {}, 'closes');
  if (at.getTime() - now.getTime() > longest) throw refuse('closesTooLate', {}, 'closes');
  return at;
}

/** A draft that goes out to its channels. @throws Refusal `alreadyPosted`, `noChannel`, and as {@link closingOf} */
export function opened(pulse: Pulse, now: Date): Pulse {
  if (pulse.state !== 'draft') throw refuse('alreadyPosted');
  if (pulse.places.length === 0) throw refuse('noChannel');
  const closesAt = closingOf(pulse, now).toISOString();
  return { ...pulse, state: 'open', openedAt: now.toISOString(), closesAt };
}

/** Back to a draft: it could be posted nowhere. */
export function unopened(pulse: Pulse): Pulse {
  const { openedAt: _, closesAt: __, ...rest } = pulse;
  return { ...rest, state: 'draft', places: pulse.places.map((place) => ({ ...place, isLost: false })) };
}

/** @throws Refusal `alreadyThere`, `tooManyChannels`, `alreadyClosed` */
export function alsoIn(pulse: Pulse, place: AskedIn): Pulse {
  if (pulse.state === 'closed') throw refuse('alreadyClosed');
  const places = pulse.places.filter((one) => !one.isLost || !isSameChannel(one, place));
  if (places.some((one) => isSameChannel(one, place))) throw refuse('alreadyThere');
  if (places.length >= mostPlaces) throw refuse('tooManyChannels', { most: String(mostPlaces) });
  // A lost one keeps its number, which answers refer to.
  const lost = pulse.places.findIndex((one) => isSameChannel(one, place));
  const next = lost < 0 ? [...pulse.places, place] : pulse.places.with(lost, place);
  return { ...pulse, places: next, face: pulse.face + 1 };
}

/** What became of posting it in a channel. */
export function placed(
  pulse: Pulse,
  where: Place,
  came: { readonly message?: string; readonly isLost?: boolean },
): Pulse {
  const places = pulse.places.map((one) => (isSameChannel(one, where) ? { ...one, ...came } : one));
  return { ...pulse, places };
}

export function keyed(pulse: Pulse, value: string, now: Date): Pulse {
  return { ...pulse, doorKey: { value, until: iso(now.getTime() + keyLasts) } };
}

/** Uses the key up for one channel. @throws Refusal `unknownKey`, and as {@link alsoIn} */
export function entered(pulse: Pulse, key: string, place: AskedIn, now: Date): Pulse {
  const { doorKey, ...rest } = pulse;
  if (doorKey?.value !== key || Date.parse(doorKey.until) <= now.getTime()) throw refuse('unknownKey');
  return alsoIn(rest, place);
}

/** Gives a key back that opened nothing; a newer one has taken its place. */
export function keyReturned(pulse: Pulse, doorKey: Pulse['doorKey']): Pulse {
  return pulse.state !== 'open' || pulse.doorKey || !doorKey ? pulse : { ...pulse, doorKey };
}

/** @throws Refusal `alreadyClosed`, `notLater`, and as {@link closingAt} */
export function extended(pulse: Pulse, typed: string, now: Date): Pulse {
  const until = Date.parse(pulse.closesAt ?? '');
  if (pulse.state !== 'open' || until <= now.getTime()) throw refuse('alreadyClosed');
  const closesAt = closingAt(typed, now, pulse.zone, new Date(until));
  if (closesAt.getTime() <= until) throw refuse('notLater', {}, 'closes');
  const change = { kind: 'extended' as const, at: iso(until) };
  return { ...pulse, closesAt: closesAt.toISOString(), ...marked(pulse, change) };
}

/** @throws Refusal `stillOpen`, `noReopening`, and as {@link closingAt} */
export function reopened(pulse: Pulse, typed: string, now: Date): Pulse {
  if (pulse.state !== 'closed') throw refuse('stillOpen');
  if (pulse.isAnonymous) throw refuse('noReopening');
  const closesAt = closingAt(typed, now, pulse.zone).toISOString();
  const { closedAt: _, closedBy: __, tally: ___, byPlace: ____, ...rest } = pulse;
  const change = { kind: 'reopened' as const, at: now.toISOString() };
  return { ...rest, state: 'open', isSettled: false, closesAt, ...marked(pulse, change) };
}

const marked = (pulse: Pulse, change: Pulse['changes'][number]): Pick<Pulse, 'changes' | 'face'> => ({
  changes: [...pulse.changes.filter(({ kind }) => kind !== change.kind), change],
  face: pulse.face + 1,
});

/** Question and options as they are to read from now on. */
export type Wording = Pick<Pulse, 'question' | 'options'>;

/**
 * Mends a typo: answers stay, so none but the author's own may change its meaning. Where answers are anonymous or hidden,
 * any answer of somebody else forbids it, since a finer rule would tell what they chose.
 * @param own key of the author's own answer
 * @throws Refusal `mendOtherOptions`, `mendAnswered`, and as {@link refuseUnmendable}
 */
export function mended(pulse: Pulse, wording: Wording, own: string | undefined, now: Date): Pulse {
  refuseUnmendable(pulse, now);
  if (wording.options.length !== pulse.options.length) throw refuse('mendOtherOptions', {}, 'options');
  const isReworded = wording.options.map((text, option) => text !== pulse.options[option]);
  const isAsked = wording.question !== pulse.question;
  if (!isAsked && !isReworded.includes(true)) return pulse;
  const isCoarse = isAsked || pulse.isAnonymous || pulse.isHidden;
  const others = pulse.answers.filter(({ key }) => key !== own);
  const touched = others.filter(({ options }) => isCoarse || options.some((option) => isReworded[option]));
  if (touched.length > 0) throw refuse('mendAnswered');
  return { ...pulse, ...wording, ...marked(pulse, { kind: 'edited', at: now.toISOString() }) };
}

/** @throws Refusal `stillDraft`, `alreadyClosed`, `mendTooLate` */
export function refuseUnmendable({ state, openedAt = '' }: Pulse, now: Date): void {
  if (state !== 'open') throw refuse(state === 'draft' ? 'stillDraft' : 'alreadyClosed');
  if (now.getTime() - Date.parse(openedAt) > mendableFor) throw refuse('mendTooLate');
}

/** How it is closed. */
export interface Ending {
  readonly at: Date;
  readonly by: 'time' | 'author' | 'staff';
  /** A number from 0 to below the one given, drawn by lot. */
  readonly pick: (below: number) => number;
}

/**
 * Closed, with its tally in the same change, so that no answer can come in between. Of an anonymous pulse nothing but the
 * tally is left; and not even that where fewer than five people answered, unless the asker wanted it.
 * @returns the same pulse when it is not open
 */
export function closed(pulse: Pulse, { at, by, pick }: Ending): Pulse {
  if (pulse.state !== 'open') return pulse;
  const { answers, shown: _, doorKey: __, ...rest } = pulse;
  // Nothing was taken after its time, however late somebody came to close it.
  const closedAt = by === 'time' ? (pulse.closesAt ?? at.toISOString()) : at.toISOString();
  const ended = { ...rest, state: 'closed' as const, closedAt, closedBy: by, face: pulse.face + 1 };
  const tally = tallyOf(answers, pulse.options.length);
  const byPlace = tallyByPlace(answers, pulse.places.length, pulse.options.length);
  const counted = { tally, ...(byPlace ? { byPlace } : {}) };
  if (!pulse.isAnonymous) return { ...ended, answers, ...counted };
  if (tally.people < fewestShown && !pulse.showsFew) return { ...ended, answers: [], reasons: [] };
  const reasons = answers.flatMap(({ reason }) => reason ?? []);
  return { ...ended, answers: [], reasons: shuffled(reasons, pick), ...counted };
}

function shuffled(texts: readonly string[], pick: (below: number) => number): string[] {
  const left = [...texts];
  return texts.flatMap(() => left.splice(pick(left.length), 1));
}

export const settled = (pulse: Pulse): Pulse => (pulse.state === 'closed' ? { ...pulse, isSettled: true } : pulse);

/** The instant in the middle, at which the channels are reminded once if the asker wishes; of what is left after a reopening. */
export function middleOf({ openedAt = '', closesAt = '', changes }: Pulse): Date {
  const begun = changes.find(({ kind }) => kind === 'reopened')?.at ?? openedAt;
  return new Date((Date.parse(begun) + Date.parse(closesAt)) / 2);
}
