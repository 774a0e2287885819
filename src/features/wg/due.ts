// Who is to be reminded of what at an instant. Pure: state and clock decide, so a restart forgets nothing.
import { isUnfinished, type Request } from './model.js';
import type { Rules } from './rules.js';
import { dateIn, hourIn, isWorkday, workdaysAfter } from './workdays.js';

/** `unclaimed` is for all staff, `undecided` and `unfinished` for whoever holds it, `waiting` for the member. */
export interface Due {
  readonly kind: 'unclaimed' | 'undecided' | 'unfinished' | 'waiting' | 'lapsed';
  /** What it reminds of and which time that is: the same reminder has the same key. */
  readonly key: string;
  /** Working days that have gone by. */
  readonly days: number;
  /** Of `waiting`: the member will not be reminded again. */
  readonly isLast: boolean;
}

/**
 * The one thing that is due for a request; after an outage the latest only, and nothing on a weekend.
 * @param zone whose working days count
 */
export function dueFor(request: Request, rules: Rules, zone: string, now: Date): Due | undefined {
  if (!isWorkday(now, zone)) return undefined;
  const passed = (days: number): boolean => {
    return workdaysAfter(new Date(request.since), days, zone).getTime() <= now.getTime();
  };
  const due = (kind: Due['kind'], days: number, isLast = true): Due | undefined => {
    const key = `${kind}/${days}/${request.since}`;
    return passed(days) && key !== request.reminded ? { kind, key, days, isLast } : undefined;
  };
  if (request.state === 'open') return due('unclaimed', rules.unclaimed);
  if (request.state === 'claimed') return due('lapsed', rules.lapse) ?? due('undecided', rules.undecided);
  if (isUnfinished(request)) return due('unfinished', rules.undecided);
  if (request.state !== 'asked') return undefined;
  const latest = rules.waiting.findLast(passed);
  return latest === undefined ? undefined : due('waiting', latest, latest === rules.waiting.at(-1));
}

/** The hour at which staff are told of their queue. */
const morning = 9;

/**
 * The day for which staff are still to be told of their queue.
 * @param told the last day for which that was done, as `2026-03-01`
 * @returns undefined before the morning, on a weekend, and once told
 */
export function dayDue(told: string | undefined, zone: string, now: Date): string | undefined {
  if (!isWorkday(now, zone) || hourIn(now, zone) < morning) return undefined;
  const today = dateIn(now, zone);
  return today === told ? undefined : today;
}
