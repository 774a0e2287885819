// @ts-check
// Instants in the zone and the language of the member one is.
import { el } from './dom.js';
import { memberOf, state } from './state.js';

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * Latin digits in every language, as the community writes them.
 * @param {Intl.DateTimeFormatOptions} options
 */
function format(options) {
  const zone = memberOf(state.outlook.member)?.zone ?? 'UTC';
  const key = JSON.stringify([state.outlook.locale, zone, options]);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(`${state.outlook.locale}-u-nu-latn`, { timeZone: zone, ...options });
  formats.set(key, made);
  return made;
}

/** @param {string} at */
const inUtc = (at) => format({ dateStyle: 'full', timeStyle: 'long', timeZone: 'UTC' }).format(new Date(at));

/** The hour of a message. @param {string} at */
export const hour = (at) =>
  el(
    'time',
    { datetime: at, title: `${format({ dateStyle: 'full', timeStyle: 'long' }).format(new Date(at))}\n${inUtc(at)}` },
    format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at)),
  );

/** An instant that a card speaks of: in the reader's language, which need not be the card's. @param {string} at */
export const instant = (at) =>
  el(
    'time',
    { datetime: at, title: inUtc(at), lang: state.outlook.locale, dir: state.outlook.dir },
    format({
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    }).format(new Date(at)),
  );

/** The civil day of an instant, to be compared. @param {string | Date} at */
export const dayOf = (at) => format({ year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(at));

/** "Today", "yesterday", or the date. @param {string} at */
export function dayName(at) {
  const words = new Intl.RelativeTimeFormat(state.outlook.locale, { numeric: 'auto' });
  const now = Date.now();
  for (const back of [0, 1]) {
    if (dayOf(at) === dayOf(new Date(now - back * 86_400_000))) return words.format(-back, 'day');
  }
  return format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at));
}

/** What the clock shows in a zone. @param {string} zone */
export const clockIn = (zone) =>
  format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(new Date());
