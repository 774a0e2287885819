// What is due at `now` for a channel or a person. Pure: state and clock decide, no timer remembers anything.

import {
  type Batch,
  type Item,
  isWatcher,
  type Listener,
  milestones,
  mindsMoves,
  ownPrefix,
  type Rhythm,
  type Told,
  wantedSince,
} from './listener.js';
import { planned, type Step } from './milestones.js';
import type { Facts, Proceeding } from './model.js';
import { closingOf, dayBefore, factsOf, isInstant, openingOf, standingOf } from './model.js';
import { closingTold } from './proceedings.js';
import { addDays, dayIn, hourOn, nextHour } from './zone.js';

/** An instant at which something is due, in milliseconds; steps also say since when they are. */
export interface Mark {
  readonly key: string;
  /** When it came to be so, where that is long before it is due: whoever comes later has not missed anything. */
  readonly from?: number;
  /** What older documents remember it by, whatever its date was. */
  readonly told?: string;
  readonly at: number;
  readonly since?: number;
}

/**
 * Everything that is ever due of a proceeding for those who share a clock, in the order in which it is due. The closing
 * and the day before it go by the clock of the closing; what comes earlier comes at the hour that was chosen.
 */
export function marksOf(proceeding: Proceeding, steps: readonly Step[], { zone, hour }: Rhythm): readonly Mark[] {
  const [closing, standing] = [closingOf(proceeding), standingOf(proceeding)];
  if (standing === 'undated') return openingOf(proceeding) ? [openingMark(proceeding, { zone, hour })] : [];
  if (!closing || standing !== closing.at.toISOString()) return [];
  const opening = openingOf(proceeding) ?? new Date(proceeding.addedAt);
  const end = closing.at.getTime();
  const day = dayIn(closing.at, zone);
  const before = milestones
    .filter((key) => /^\d+$/.test(key) && key !== '1')
    .map((key) => ({ key: key as string, at: hourOn(addDays(day, -Number(key)), hour, zone).getTime() }));
  const marks: Mark[] = [
    openingMark(proceeding, { zone, hour }),
    ...before,
    { key: '1', at: dayBefore(closing).getTime() },
    { key: 'closes', at: end },
    ...stepMarks(steps, closing.moment.on, openingOf(proceeding), { zone, hour }),
  ];
  return marks
    .filter(({ key, at }) => key === 'closes' || (at < end && at >= opening.getTime()))
    .sort((a, b) => a.at - b.at);
}

/** At the chosen hour that follows once it is open and known here. */
function openingMark(proceeding: Proceeding, { zone, hour }: Pick<Rhythm, 'zone' | 'hour'>): Mark {
  const known = new Date(proceeding.addedAt);
  const opening = openingOf(proceeding) ?? known;
  const from = opening > known ? opening : known;
  return { key: 'opens', at: nextHour(from, hour, zone).getTime(), from: from.getTime() };
}

function stepMarks(
  steps: readonly Step[],
  closing: string,
  opening: Date | undefined,
  { zone, hour }: Pick<Rhythm, 'zone' | 'hour'>,
): readonly Mark[] {
  const opensOn = opening && dayIn(opening, 'UTC');
  return planned(steps, closing, opensOn).flatMap(({ step, on, until }) => {
    const since = step.since === undefined ? {} : { since: Date.parse(step.since) };
    // East of Greenwich the day of the opening begins before the opening.
    const at = (date: string): number => {
      const due = hourOn(date, hour, zone);
      return (opening && due < opening ? nextHour(opening, hour, zone) : due).getTime();
    };
    // The date is part of what is remembered: one that is moved is due anew.
    const mark = (what: string, day: string): Mark => {
      const told = `${ownPrefix}${step.key}${what}`;
      return { key: `${told}.${day.replaceAll('-', '')}`, told, at: at(day), ...since };
    };
    return until === undefined || until === on ? [mark('', on)] : [mark('', on), mark('.end', until)];
  });
}

/** A proceeding as those who share a clock see it, with what is looked up for every one of them worked out once. */
export interface Scene {
  readonly id: string;
  readonly facts: Facts;
  readonly standing: string;
  readonly sequence: number;
  /** When it came to stand so, and when it closes, in milliseconds. */
  readonly since: number;
  readonly end: number;
  readonly marks: readonly Mark[];
  /** The community has decided: nothing more is asked of it. */
  readonly isSilenced: boolean;
}

export const sceneOf = (id: string, proceeding: Proceeding, marks: readonly Mark[], isDecided: boolean): Scene => ({
  id,
  facts: factsOf(proceeding),
  standing: standingOf(proceeding),
  sequence: proceeding.sequence,
  since: Date.parse(proceeding.standingSince),
  end: endOf(proceeding),
  marks,
  isSilenced: isDecided,
});

/** One without a closing has not ended. */
const endOf = (proceeding: Proceeding): number => closingOf(proceeding)?.at.getTime() ?? Number.POSITIVE_INFINITY;

interface Due {
  readonly item?: Item;
  readonly told?: Told;
}

const nothing: Due = {};

/** What one proceeding has for one listener: at most one item, everything that it overtakes done with it. */
export function dueOf(listener: Listener, scene: Scene, now: Date): Due {
  const { id, standing } = scene;
  const told = listener.told[id];
  if (told && told.standing !== standing) return movedUnder(listener, told, scene, now);
  const fresh = freshMarks(listener, scene, now);
  if (fresh.length === 0) return nothing;
  const done = [...(told?.done ?? []), ...fresh.map(({ key }) => key)];
  const keys = stillTrue(
    fresh.filter(({ key }) => !isSilent(listener, scene, key)),
    scene.end,
    now,
  );
  const isHeard = keys.length > 0 || (told?.isHeard ?? false);
  const next = { standing, done, isHeard, ...(told?.movedAt === undefined ? {} : { movedAt: told.movedAt }) };
  return keys.length > 0 ? { item: { id, kind: 'reminder', keys: [...keys], standing }, told: next } : { told: next };
}

/** A decision of the community ends its channels' reminders and those of the pen; who asked for themselves goes on. */
const isSilent = (listener: Listener, { id, isSilenced }: Scene, key: string): boolean =>
  isSilenced && !(isWatcher(listener) && listener.watching[id]?.isAsked && !key.startsWith(ownPrefix));

/** Due, wanted, not yet done, and not history for this listener. */
function freshMarks(listener: Listener, { id, facts, marks, since: known }: Scene, now: Date): readonly Mark[] {
  const told = listener.told[id];
  const moved = told?.movedAt === undefined ? 0 : Date.parse(told.movedAt);
  return marks.filter(({ key, told: before = key, at, from = at, since = 0 }) => {
    if (at > now.getTime() || told?.done.includes(key)) return false;
    if (before !== key && told?.done.includes(before)) return false;
    const wanted = wantedSince(listener, id, facts, key);
    if (wanted === undefined) return false;
    return from >= Date.parse(wanted) && at >= Math.max(since, moved, key === 'opens' ? 0 : known);
  });
}

/** Of several that are due only the most urgent one that is still true; of own dates those of the latest day. */
function stillTrue(fresh: readonly Mark[], end: number, now: Date): readonly string[] {
  const isTrue = ({ key }: Mark): boolean =>
    key === 'closes' ? now.getTime() - end <= closingTold : now.getTime() < end;
  const usual = fresh.filter(({ key }) => !key.startsWith(ownPrefix)).at(-1);
  const own = fresh.filter(({ key }) => key.startsWith(ownPrefix));
  const latest = own.filter(({ at }) => at === own.at(-1)?.at);
  return [...(usual ? [usual] : []), ...latest].filter(isTrue).map(({ key }) => key);
}

/** It stands otherwise than when this listener last heard of it. All later reminders follow the new date. */
function movedUnder(listener: Listener, told: Told, { id, standing }: Scene, now: Date): Due {
  const done = told.done.filter((key) => key === 'opens');
  const next: Told = { standing, done, isHeard: told.isHeard, movedAt: now.toISOString() };
  if (!told.isHeard || !mindsMoves(listener, id)) return { told: next };
  return { item: { id, kind: 'move', keys: [], standing, before: told.standing }, told: next };
}

/**
 * The listener with everything that is due claimed as one post, or the same one when nothing is.
 * @param address the listener's, as an id
 */
export function claimed<L extends Listener>(listener: L, scenes: readonly Scene[], address: string, now: Date): L {
  const news: (readonly [string, Told])[] = [];
  const items: Item[] = [];
  // Asked of every listener about every scene: nothing is made where nothing is due.
  for (const scene of scenes) {
    const { told, item } = dueOf(listener, scene, now);
    if (told) news.push([scene.id, told]);
    if (item) items.push(item);
  }
  if (news.length === 0) return listener;
  const told = remembered({ ...listener.told, ...Object.fromEntries(news) }, now);
  if (items.length === 0) return { ...listener, told };
  const batch = { key: keyOf(items, scenes, address, now), at: now.toISOString(), items };
  return { ...listener, told, pending: [...listener.pending, batch] };
}

/** What the outbox knows the post by. */
function keyOf(items: readonly Item[], scenes: readonly Scene[], address: string, now: Date): string {
  const [first, ...others] = items;
  const sequence = scenes.find(({ id }) => id === first?.id)?.sequence;
  const what = first?.kind === 'move' ? `moved-${sequence}` : (first?.keys ?? []).join('+').slice(0, 120);
  if (first && others.length === 0) return `comments/${first.id}/${first.standing}/${what}/${address}`;
  return `comments/${items.length}/${now.toISOString()}/${first?.id}/${address}`;
}

export function unclaimed<L extends Listener>(listener: L, batch: Pick<Batch, 'key'>): L {
  const pending = listener.pending.filter(({ key }) => key !== batch.key);
  return pending.length === listener.pending.length ? listener : { ...listener, pending };
}

/** Whether an item that was claimed some time ago may still be said. */
export function isStillTrue(item: Item, proceeding: Proceeding, now: Date): boolean {
  if (item.standing !== standingOf(proceeding)) return false;
  if (item.kind === 'move') return true;
  const end = endOf(proceeding);
  return item.keys.includes('closes') ? now.getTime() - end <= closingTold : now.getTime() < end;
}

/** Smaller goes first where a platform's pace makes messages wait: by the time that is left, in days. */
export function urgencyOf(items: readonly Item[], proceedings: ReadonlyMap<string, Proceeding>, now: Date): number {
  const left = items.map(({ id }) => {
    const proceeding = proceedings.get(id);
    const closing = proceeding && closingOf(proceeding);
    return closing ? (closing.at.getTime() - now.getTime()) / 86_400_000 : 0;
  });
  const least = Math.min(...left);
  return least <= 1.5 ? 1 : least <= 4 ? 2 : least <= 8 ? 3 : 4;
}

/** What was said of proceedings whose closing is this long ago is forgotten, in milliseconds. */
const rememberedFor = 400 * 86_400_000;

function remembered(told: Listener['told'], now: Date): Listener['told'] {
  const isKept = ({ standing, movedAt }: Told): boolean => {
    const last = Math.max(
      Date.parse(isInstant(standing) ? standing : now.toISOString()),
      Date.parse(movedAt ?? '1970-01-01'),
    );
    return now.getTime() - last < rememberedFor;
  };
  return Object.fromEntries(Object.entries(told).filter(([, one]) => isKept(one)));
}
