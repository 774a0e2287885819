// Who may ask to join: one open request for each group, five a day, a pause after a decline. Pure.
import { z } from 'zod';
import { refuse } from '../../core/refusal.js';

const day = 86_400_000;

/** Requests of one member within 24 hours. */
const mostADay = 5;

/** From a decline to the next request for the same group, in milliseconds. */
const pause = 7 * day;

const instant = z.iso.datetime();

/** What limits one member; kept under a keyed hash, so that it names nobody. */
export const limitsSchema = z.object({
  /** The undecided request for each group, by the group's id. */
  open: z.record(z.string(), z.string()).default({}),
  /** When requests were made, as far as it still counts. */
  made: z.array(instant).default([]),
  /** When a request was declined, by the group's id. */
  declined: z.record(z.string(), instant).default({}),
});
export type Limits = z.infer<typeof limitsSchema>;

export const noLimits: Limits = { open: {}, made: [], declined: {} };

/** When the pause after a decline is over. */
export const pauseAfter = (declined: Date): Date => new Date(declined.getTime() + pause);

/** When the member may ask again; undefined: now. */
export function pausedUntil({ declined }: Limits, group: string, now: Date): Date | undefined {
  const at = declined[group];
  if (at === undefined) return undefined;
  const until = pauseAfter(new Date(at));
  return until.getTime() > now.getTime() ? until : undefined;
}

/**
 * Makes sure that the member may ask now.
 * @throws Refusal `tooManyToday`, `paused` (with the instant `until`, ISO)
 */
export function checkLimits(limits: Limits, group: string, now: Date): void {
  const until = pausedUntil(limits, group, now);
  if (until) throw refuse('paused', { until: until.toISOString() });
  if (recent(limits.made, now).length >= mostADay) throw refuse('tooManyToday', { most: String(mostADay) });
}

/**
 * Takes the member's one place for a group.
 * @param id of the new request
 * @param stale the id that the place may be taken from: that request is over
 * @returns limits whose `open[group]` is the new id, or that of the request that was there first
 */
export function admitted(limits: Limits, group: string, id: string, stale: string | undefined, now: Date): Limits {
  const held = limits.open[group];
  if (held !== undefined && held !== stale) return limits;
  checkLimits(limits, group, now);
  return {
    ...limits,
    open: { ...limits.open, [group]: id },
    made: [...recent(limits.made, now), now.toISOString()],
  };
}

/** The place is free again. */
export function freed(limits: Limits, group: string, id: string): Limits {
  if (limits.open[group] !== id) return limits;
  const { [group]: _, ...open } = limits.open;
  return { ...limits, open };
}

export function declinedAt(limits: Limits, group: string, at: Date): Limits {
  return { ...limits, declined: { ...limits.declined, [group]: at.toISOString() } };
}

export function lifted(limits: Limits, group: string): Limits {
  const { [group]: _, ...declined } = limits.declined;
  return { ...limits, declined };
}

/** What still counts. */
export function pruned(limits: Limits, now: Date): Limits {
  const declined = Object.entries(limits.declined).filter(([group]) => pausedUntil(limits, group, now));
  return { ...limits, made: recent(limits.made, now), declined: Object.fromEntries(declined) };
}

export const isEmpty = ({ open, made, declined }: Limits): boolean =>
  made.length === 0 && Object.keys(open).length === 0 && Object.keys(declined).length === 0;

const recent = (made: readonly string[], now: Date): string[] =>
  made.filter((at) => now.getTime() - Date.parse(at) < day);
