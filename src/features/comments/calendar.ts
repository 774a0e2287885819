// Proceedings -> an iCalendar feed (RFC 5545). Titles are strangers' words: nothing of them can end a line or begin one. Pure.
import { webAddress } from '../../core/card.js';
import { graphemes } from '../../core/grapheme.js';
import type { Locale } from '../../core/locale.js';
import { instantIn } from '../../core/wording.js';
import { exactness, stepName } from './display.js';
import type { Planned } from './milestones.js';
import { type Closing, closingOf, factsOf, isOpenAt, type Proceeding, shortId, stateAt } from './model.js';
import { commentsWords } from './words/index.js';
import { addDays } from './zone.js';

/** One proceeding with what a calendar shows of it. */
export interface Entry {
  readonly id: string;
  readonly proceeding: Proceeding;
  /** The community's dates; none in the calendar for everyone. */
  readonly steps?: readonly Planned[];
  /** Grows whenever steps may have changed. */
  readonly stepsRev?: number;
}

/** Withdrawn ones stay as cancelled this long after their closing, so that every calendar has heard of it, in milliseconds. */
const cancelledFor = 30 * 86_400_000;

/** Longest line, in octets, without its line break (RFC 5545, 3.1). */
const lineOctets = 75;

/** Whether a calendar shows it: open or with a date to come, or withdrawn not long ago. */
export function isInCalendar(proceeding: Proceeding, now: Date): boolean {
  const closing = closingOf(proceeding);
  if (!closing) return false;
  const state = stateAt(proceeding, now);
  if (state === 'withdrawn') return now.getTime() - closing.at.getTime() < cancelledFor && proceeding.sequence > 0;
  return isOpenAt(proceeding, now) || state === 'upcoming';
}

/** @param name what a calendar program lists it under */
export function calendarText(entries: readonly Entry[], name: string, locale: Locale, now: Date): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Rapporteur//Public comments//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    'X-PUBLISHED-TTL:PT1H',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...entries.flatMap((entry) => eventsOf(entry, locale, now)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventsOf(entry: Entry, locale: Locale, now: Date): readonly string[] {
  const closing = closingOf(entry.proceeding);
  if (!closing) return [];
  return [
    ...closingEvent(entry, closing, locale, now),
    ...(entry.steps ?? []).flatMap((step) => stepEvent(entry, step, locale, now)),
  ];
}

function closingEvent({ id, proceeding }: Entry, closing: Closing, locale: Locale, now: Date): readonly string[] {
  const w = commentsWords(locale);
  const { title, category } = factsOf(proceeding);
  const exact = exactness(w, closing);
  const about = [instantIn(locale, closing.at), ...(exact ? [exact.join('')] : []), `ID ${shortId(id)}`];
  return [
    'BEGIN:VEVENT',
    `UID:${id}@rapporteur`,
    ...stamps(proceeding, proceeding.sequence, now),
    `DTSTART:${utc(closing.at)}`,
    `SUMMARY:${escaped(w.label('calendarCloses', { title }))}`,
    `DESCRIPTION:${escaped(about.join('\n'))}`,
    ...addressLine(proceeding),
    ...(category ? [`CATEGORIES:${escaped(category)}`] : []),
    'END:VEVENT',
  ];
}

function stepEvent(entry: Entry, { step, on, until }: Planned, locale: Locale, now: Date): readonly string[] {
  const { id, proceeding, stepsRev = 0 } = entry;
  const w = commentsWords(locale);
  return [
    'BEGIN:VEVENT',
    `UID:${id}-${step.key}@rapporteur`,
    ...stamps(proceeding, stepsRev, now),
    `DTSTART;VALUE=DATE:${on.replaceAll('-', '')}`,
    `DTEND;VALUE=DATE:${addDays(until ?? on, 1).replaceAll('-', '')}`,
    `SUMMARY:${escaped(w.label('calendarStep', { step: stepName(w, step), title: factsOf(proceeding).title }))}`,
    ...addressLine(proceeding),
    'END:VEVENT',
  ];
}

function stamps(proceeding: Proceeding, sequence: number, now: Date): readonly string[] {
  const changed = utc(new Date(proceeding.changedAt));
  const isCancelled = stateAt(proceeding, now) === 'withdrawn';
  return [
    `DTSTAMP:${changed}`,
    `LAST-MODIFIED:${changed}`,
    `SEQUENCE:${sequence}`,
    `STATUS:${isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'TRANSP:TRANSPARENT',
  ];
}

/** Addresses are not escaped in iCalendar, so that only what the parser of addresses has written out may stand there. */
function addressLine(proceeding: Proceeding): readonly string[] {
  const address = webAddress(factsOf(proceeding).address ?? '', 500);
  return address ? [`URL:${address}`] : [];
}

/** `20260412T235900Z`. */
const utc = (at: Date): string => `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

const breaks = /\r\n|[\n\r\u0085\u2028\u2029]/g;
const controls = /\p{Cc}/gu;

const escaped = (text: string): string =>
  text
    .replace(breaks, '\n')
    .split('\n')
    .map((line) => line.replace(controls, '').replace(/[\\;,]/g, '\\$&'))
    .join('\\n');

/** Cut between graphemes, the rest on lines that begin with a space. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  const size = (text: string): number => encoder.encode(text).length;
  if (size(line) <= lineOctets) return line;
  const lines = [''];
  let octets = 0;
  for (const { segment } of graphemes.segment(line)) {
    // A grapheme may be longer than a line: then it is cut between its characters.
    for (const piece of size(segment) < lineOctets ? [segment] : segment) {
      if (octets + size(piece) > lineOctets) {
        lines.push(' ');
        octets = 1;
      }
      lines[lines.length - 1] += piece;
      octets += size(piece);
    }
  }
  return lines.join('\r\n');
}
