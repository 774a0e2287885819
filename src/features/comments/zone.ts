// Civil days in IANA time zones. A day is a date on a calendar, never 24 hours: summer time makes some 23 or 25 long.
import { Temporal } from 'temporal-polyfill';
import { Lately } from './lately.js';

/** A date on a calendar, `2026-04-12`. */
export type Day = string;

// Many channels share a clock, and many proceedings a day.
const dates = new Lately<Day>();
const instants = new Lately<number>();

/**
 * The zone as the zone database spells it.
 * @returns undefined when there is no such IANA zone; offsets such as `+03:00` are none, they know no summer time
 */
export function zoneNamed(typed: string): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(typed)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whether the calendar has this date; `2026-02-30` it has not. */
export function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
}

/**
 * The instant of a wall clock's time. A time that summer time leaves out is taken as if the clock had not been put
 * forward; of one that comes twice the first is taken.
 * @param time `23:59`
 */
export const instantAt = (on: Day, time: string, zone: string): Date =>
  zone === 'UTC'
    ? new Date(`${on}T${time}:00Z`)
    : new Date(Temporal.PlainDateTime.from(`${on}T${time}`).toZonedDateTime(zone).epochMilliseconds);

/** The date on which an instant falls in a zone. */
export const dayIn = (at: Date, zone: string): Day =>
  zone === 'UTC'
    ? at.toISOString().slice(0, 10)
    : dates.of(`${at.getTime()} ${zone}`, () =>
        Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString(),
      );

/** What a clock in the zone shows. */
export function clockAt(at: Date, zone: string): { readonly on: Day; readonly time: string } {
  const text = Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString();
  return { on: text.slice(0, 10), time: text.slice(11, 16) };
}

/** The date so many days later; earlier when negative. */
export function addDays(on: Day, days: number): Day {
  const at = new Date(`${on}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** How many days lie between two dates; negative when the second is the earlier one. */
export const daysBetween = (from: Day, until: Day): number =>
  Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000);

/** The full hour of a day in a zone. */
export const hourOn = (on: Day, hour: number, zone: string): Date =>
  new Date(
    instants.of(`${on} ${hour} ${zone}`, () => instantAt(on, `${String(hour).padStart(2, '0')}:00`, zone).getTime()),
  );

/** The first time at or after an instant at which a clock in the zone shows this hour. */
export function nextHour(at: Date, hour: number, zone: string): Date {
  const today = hourOn(dayIn(at, zone), hour, zone);
  return today >= at ? today : hourOn(addDays(dayIn(at, zone), 1), hour, zone);
}
