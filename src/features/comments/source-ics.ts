// A list as iCalendar -> raw items. Each event is read by itself, so that a broken one costs itself alone. Repetitions are
// not followed, zones are looked up by their IANA names and never taken from the machine.
import ICAL from 'ical.js';
import { breathe } from '../../core/breather.js';
import type { Raw } from './item.js';
import { type Listed, most } from './source-list.js';
import { addDays, zoneNamed } from './zone.js';

/** Longest event, in characters. */
const longestEvent = 20_000;

/** @throws Error when it is not a calendar, or ends in the middle */
export async function readIcs(text: string): Promise<Listed> {
  if (!/^\uFEFF?BEGIN:VCALENDAR\r?\n/i.test(text) || !/\nEND:VCALENDAR\s*$/i.test(text)) {
    throw new Error('not a whole calendar');
  }
  const events = text.match(/^BEGIN:VEVENT\r?$[\s\S]*?^END:VEVENT\r?$/gim) ?? [];
  const read: (Raw | undefined)[] = [];
  for (const event of events.slice(0, most)) {
    read.push(event.length > longestEvent ? undefined : readEvent(event));
    await breathe();
  }
  const items = read.filter((one) => one !== undefined);
  return { items, skipped: read.length - items.length, isCut: events.length > most };
}

function readEvent(text: string): Raw | undefined {
  try {
    return rawOf(new ICAL.Component(ICAL.parse(text) as unknown[]));
  } catch {
    // ical.js throws plain errors of several kinds for what it cannot read; the event is counted as skipped.
    return undefined;
  }
}

/**
 * An event of some days is the whole proceeding; one of less than a day, or of one day, is its closing.
 */
function rawOf(event: ICAL.Component): Raw | undefined {
  const text = (name: string): string => String(event.getFirstPropertyValue(name) ?? '');
  const [start, end] = [whenOf(event, 'dtstart'), whenOf(event, 'dtend')];
  if (!start || (event.hasProperty('dtend') && !end)) return undefined;
  const last = end && (end.time === undefined ? { ...end, on: addDays(end.on, -1) } : end);
  const isSpan = last !== undefined && last.on > addDays(start.on, 1);
  const [opening, closing] = isSpan ? [start, last] : [undefined, start];
  return {
    // The address of a proceeding is its name everywhere; a UID is that of one calendar.
    id: /\/public-comments?\//.test(text('url')) ? '' : text('uid'),
    title: text('summary'),
    address: text('url'),
    category: text('categories').split(',')[0] ?? '',
    state: text('status').toLowerCase() === 'cancelled' ? 'withdrawn' : '',
    closing: written(closing),
    opening: opening ? written(opening) : '',
  };
}

interface When {
  readonly on: string;
  readonly time?: string;
  readonly zone: string;
}

const written = ({ on, time, zone }: When): string => (time === undefined ? on : `${on} ${time} ${zone}`);

/** A time without a zone is in UTC, as all times of proceedings are; one in a zone that nobody knows is not read. */
function whenOf(event: ICAL.Component, name: string): When | undefined {
  const property = event.getFirstProperty(name);
  const value = property?.getFirstValue();
  if (!property || !(value instanceof ICAL.Time)) return undefined;
  const pad = (part: number, length = 2): string => String(part).padStart(length, '0');
  const on = `${pad(value.year, 4)}-${pad(value.month)}-${pad(value.day)}`;
  if (value.isDate) return { on, zone: 'UTC' };
  const named = property.getParameter('tzid');
  const zone = typeof named === 'string' ? zoneNamed(named) : 'UTC';
  return zone === undefined ? undefined : { on, time: `${pad(value.hour)}:${pad(value.minute)}`, zone };
}
