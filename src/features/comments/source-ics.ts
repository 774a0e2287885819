// A list as iCalendar -> raw items. Each event is read by itself, so that a broken one costs itself alone. Repetitions are
// not followed, zones are looked up by their IANA names and never taken from the machine.
import ICAL from 'ical.js';
import { breathe } from '../../core/breather.js';
import type { Raw } from './item.js';
import { type Listed, most } from './source-list.js';
import { addDays, clockAt, instantAt, isDay, zoneNamed } from './zone.js';

/** Longest event, in characters. */
const longestEvent = 20_000;

/** @throws Error when it is not a calendar, or ends in the middle */
export async function readIcs(text: string): Promise<Listed> {
  const lines = unfolded(text);
  if (!/^\uFEFF?BEGIN:VCALENDAR\r?\n/i.test(lines) || !/\nEND:VCALENDAR\s*$/i.test(lines)) {
    throw new Error('not a whole calendar');
  }
  const events = eventsIn(lines);
  const read: (Raw | undefined)[] = [];
  for (const event of events.slice(0, most)) {
    read.push(event.length > longestEvent ? undefined : readEvent(event));
    await breathe();
  }
  const items = read.filter((one) => one !== undefined);
  return { items, skipped: read.length - items.length, isCut: events.length > most };
}

/** Lines are folded by a break and a blank (RFC 5545, 3.1). */
const unfolded = (text: string): string => text.replace(/\r?\n[ \t]/g, '');

/** From one beginning to the next: an event that does not end takes nothing from the one after it. */
const eventsIn = (text: string): readonly string[] =>
  text
    .split(/^(?=BEGIN:VEVENT\r?$)/im)
    .filter((part) => /^BEGIN:VEVENT/i.test(part))
    .map((part) => /^[\s\S]*?^END:VEVENT\r?$/im.exec(part)?.[0] ?? part);

function readEvent(text: string): Raw | undefined {
  try {
    return rawOf(new ICAL.Component(ICAL.parse(text) as unknown[]));
  } catch {
    // ical.js throws plain errors of several kinds for what it cannot read; the event is counted as skipped.
    return undefined;
  }
}

/** Shorter than this, in days, no proceeding ever was: such an event says when it closes, not when it opened. */
const shortest = 7;

/**
 * An event of a day or more closes with its last day, or when it ends; a shorter one is the closing itself. One of a week or
 * more is the whole proceeding.
 */
function rawOf(event: ICAL.Component): Raw | undefined {
  const text = (name: string): string => String(event.getFirstPropertyValue(name) ?? '');
  const start = whenOf(event, 'dtstart');
  const end = start && endOf(event, start);
  if (!start || !end) return undefined;
  const isWhole = end.on >= addDays(start.on, shortest);
  return {
    // The address of a proceeding is its name everywhere; a UID is that of one calendar.
    id: /\/public-comments?\//.test(text('url')) ? '' : text('uid'),
    title: text('summary'),
    address: text('url'),
    category: text('categories').split(',')[0] ?? '',
    state: text('status').toLowerCase() === 'cancelled' ? 'withdrawn' : '',
    closing: written(end),
    opening: isWhole ? written(start) : '',
  };
}

/** @returns undefined where it cannot be read; the start where it ends less than a day later */
function endOf(event: ICAL.Component, start: When): When | undefined {
  const given = event.hasProperty('dtend')
    ? whenOf(event, 'dtend')
    : event.hasProperty('duration')
      ? lasting(event, start)
      : start;
  if (!given || given === start) return given;
  // The end is exclusive: a date means that the day before was the last one.
  const end = given.time === undefined ? { ...given, on: addDays(given.on, -1) } : given;
  const isLong = start.time === undefined ? end.on > start.on : instantOf(end) - instantOf(start) >= 86_400_000;
  return isLong ? end : start;
}

/** Its days are civil ones, what is left of it is not (RFC 5545, 3.3.6). */
function lasting(event: ICAL.Component, start: When): When | undefined {
  const value = event.getFirstPropertyValue('duration');
  if (!(value instanceof ICAL.Duration) || value.isNegative) return undefined;
  const on = addDays(start.on, value.weeks * 7 + value.days);
  const { time, zone } = start;
  if (time === undefined) return { on, zone };
  const rest = (value.hours * 60 + value.minutes) * 60_000 + value.seconds * 1000;
  return { ...clockAt(new Date(instantAt(on, time, zone).getTime() + rest), zone), zone };
}

interface When {
  readonly on: string;
  readonly time?: string;
  readonly zone: string;
}

const instantOf = ({ on, time = '00:00', zone }: When): number => instantAt(on, time, zone).getTime();

const written = ({ on, time, zone }: When): string => (time === undefined ? on : `${on} ${time} ${zone}`);

/** A time without a zone is in UTC, as all times of proceedings are; one in a zone that nobody knows is not read. */
function whenOf(event: ICAL.Component, name: string): When | undefined {
  const property = event.getFirstProperty(name);
  const value = property?.getFirstValue();
  if (!property || !(value instanceof ICAL.Time)) return undefined;
  // As it is written: the library makes 3 March of 31 February.
  const [, on = '', time] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d):\d\dZ?)?$/.exec(String(property.toJSON()[3])) ?? [];
  if (!isDay(on) || (time !== undefined && time > '23:59')) return undefined;
  if (time === undefined) return { on, zone: 'UTC' };
  const named = property.getParameter('tzid');
  const zone = typeof named === 'string' ? zoneNamed(named) : 'UTC';
  return zone === undefined ? undefined : { on, time, zone };
}
