// The calendars that others subscribe to, read by two libraries that have nothing in common with what writes them.
import fc from 'fast-check';
import ICAL from 'ical.js';
import nodeIcal, { type VEvent } from 'node-ical';
import { describe, expect, test } from 'vitest';
import { calendarText, type Entry, isInCalendar } from '../../../src/features/comments/calendar.js';
import { defaultSteps, planned } from '../../../src/features/comments/milestones.js';
import { idOf, type Proceeding } from '../../../src/features/comments/model.js';
import { readMoment } from '../../../src/features/comments/moment.js';
import { added, rescheduled, withdrawn } from '../../../src/features/comments/proceedings.js';

const space = { platform: 'slack', space: 'T1' };
const now = new Date('2026-03-10T12:00:00Z');
const moment = (text: string) => readMoment(text) ?? { on: text, zone: 'UTC', exact: 'date' as const };
const address = 'https://www.icann.org/en/public-comment/proceeding/on-names-01-03-2026';

const one = (title = 'On names', closing = '2026-04-12'): Proceeding =>
  added(
    'a',
    { staff: { title, address, opening: moment('2026-03-01'), closing: moment(closing), category: 'policy' }, space },
    now,
  );
const entry = (proceeding: Proceeding, more: Partial<Entry> = {}): Entry => ({
  id: idOf('slack/T1', 'a'),
  proceeding,
  ...more,
});

const text = (...entries: Entry[]): string => calendarText(entries, 'Public comments', 'en', now);

/** As a calendar program reads it. */
const eventsIn = (feed: string): VEvent[] =>
  Object.values(nodeIcal.sync.parseICS(feed)).filter((part): part is VEvent => part?.type === 'VEVENT');

describe('a calendar', () => {
  test('has the instant of the closing, a title and the page', () => {
    const [event, ...more] = eventsIn(text(entry(one())));
    expect(more).toEqual([]);
    expect(event?.start.toISOString()).toBe('2026-04-12T23:59:00.000Z');
    expect(event?.summary).toBe('Public comment closes: On names');
    expect(String(event?.url)).toBe(address);
    expect(event?.status).toBe('CONFIRMED');
    expect(String(event?.description)).toContain('23:59 UTC');
  });

  test('is the same event through moves, with a sequence that grows, and is cancelled when withdrawn', () => {
    const moved = rescheduled(one(), moment('2026-05-03 18:00 Europe/Brussels'), space, now);
    const gone = withdrawn(moved, space, now);
    const events = [one(), moved, gone].map((proceeding) => eventsIn(text(entry(proceeding)))[0]);
    expect(new Set(events.map((event) => event?.uid)).size).toBe(1);
    expect(events.map((event) => Number(event?.sequence))).toEqual([0, 1, 2]);
    expect(events.map((event) => event?.status)).toEqual(['CONFIRMED', 'CONFIRMED', 'CANCELLED']);
    expect(events[1]?.start.toISOString()).toBe('2026-05-03T16:00:00.000Z');
  });

  test('has the community’s dates as whole days', () => {
    const steps = planned(defaultSteps, '2026-04-12', '2026-03-01');
    const events = eventsIn(text(entry(one(), { steps, stepsRev: 7 })));
    expect(events.map(({ summary }) => summary)).toContain('Vote: On names');
    const vote = events.find(({ summary }) => String(summary).startsWith('Vote'));
    expect([vote?.datetype, Number(vote?.sequence), vote?.start.getDate(), vote?.end?.getDate()]).toEqual([
      'date',
      7,
      4,
      10,
    ]);
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
  });

  test('without anything in it is still one', () => {
    expect(new ICAL.Component(ICAL.parse(text()) as unknown[]).name).toBe('vcalendar');
  });

  test('in Arabic says the same instant', () => {
    const [event] = eventsIn(calendarText([entry(one('الأسماء'))], 'x', 'ar', now));
    expect(event?.start.toISOString()).toBe('2026-04-12T23:59:00.000Z');
    expect(String(event?.summary)).toContain('الأسماء');
  });
});

test('no title can end a line, begin a property, or make a line longer than 75 octets', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 250 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }),
    fc.constantFrom(
      'a\r\nEND:VEVENT\r\nBEGIN:VEVENT',
      'x\nATTENDEE:mailto:a@b.c',
      'a;b,c\\n\\;d:e"f',
      '\u0085URL:http://evil',
      '\u2028X:1',
      '👩‍👩‍👧‍👦'.repeat(20),
      'ﷺ'.repeat(150),
    ),
  );
  fc.assert(
    fc.property(nasty, (title) => {
      const feed = text(
        entry({ ...one(), staff: { ...one().staff, title } }),
        entry(one('Second', '2026-05-01'), { id: 'B' }),
      );
      const lines = feed.split('\r\n');
      expect(lines.every((line) => Buffer.byteLength(line) <= 75 && !/[\r\n\0]/.test(line))).toBe(true);
      const read = new ICAL.Component(ICAL.parse(feed) as unknown[]).getAllSubcomponents('vevent');
      expect(read).toHaveLength(2);
      const names = read[0]?.getAllProperties().map(({ name }) => name);
      expect(new Set(names).size).toBe(names?.length);
      // What runs from right to left is isolated, as a title may be already.
      const summary = String(read[0]?.getFirstPropertyValue('summary')).replace(/: \u2068(.*)\u2069$/s, ': $1');
      const plain = title
        .replace(/\r\n|[\n\r\u0085\u2028\u2029]/g, '\n')
        .replace(/[^\P{Cc}\n]/gu, '')
        .toWellFormed();
      const bare = plain.replace(/^\u2068(.*)\u2069$/s, '$1');
      expect(summary.toWellFormed().replaceAll('\uFFFD', '')).toBe(
        `Public comment closes: ${bare}`.replaceAll('\uFFFD', ''),
      );
      expect(eventsIn(feed)).toHaveLength(2);
    }),
  );
});

test('an address that is none, or is not of the web, is left out', () => {
  const bad = { ...one(), staff: { ...one().staff, address: 'javascript:alert(1)' } };
  expect(text(entry(bad))).not.toContain('URL:');
  const sly = { ...one(), staff: { ...one().staff, address: 'https://icann.org/a\r\nATTENDEE:x' } };
  expect(text(entry(sly))).not.toMatch(/^ATTENDEE/m);
});

test.each([
  ['open', one(), true],
  ['closed', one('x', '2026-03-09'), false],
  ['withdrawn', withdrawn(one(), space, now), true],
  ['withdrawn long ago', withdrawn(one('x', '2026-01-09'), space, now), false],
  ['without a date', added('m', { staff: { title: 'M', month: '2026-11' }, space }, now), false],
])('one that is %s is in the calendar: %s', (_, proceeding, isIn) => expect(isInCalendar(proceeding, now)).toBe(isIn));
