import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  dayIn,
  daysBetween,
  hourOn,
  instantAt,
  isDay,
  nextHour,
  zoneNamed,
} from '../../../src/features/comments/zone.js';
import { shows } from './year-plan.js';

const zones = [
  'UTC',
  'Africa/Nairobi',
  'Europe/Brussels',
  'America/New_York',
  'Pacific/Auckland',
  'Asia/Kathmandu',
  'Africa/Casablanca',
];
const days = fc.integer({ min: 0, max: 3650 }).map((n) => addDays('2024-01-01', n));

describe('civil days', () => {
  test('fourteen days before are fourteen dates before, also over a change to summer time', () => {
    const closing = instantAt('2026-04-05', '23:59', 'Europe/Brussels');
    expect(instantAt(addDays('2026-04-05', -14), '23:59', 'Europe/Brussels').toISOString()).toBe(
      '2026-03-22T22:59:00.000Z',
    );
    expect(closing.toISOString()).toBe('2026-04-05T21:59:00.000Z');
  });

  test('a time that summer time leaves out is taken as if the clock had not been put forward', () => {
    expect(instantAt('2026-03-29', '02:30', 'Europe/Brussels').toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });

  test('of a time that comes twice the first one counts', () => {
    expect(instantAt('2026-10-25', '02:30', 'Europe/Brussels').toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  test('an hour of a day is what a clock on the wall there shows', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 4, max: 23 }), fc.constantFrom(...zones), (day, hour, zone) => {
        expect(shows(hourOn(day, hour, zone).getTime(), zone)).toBe(Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000);
        expect(dayIn(hourOn(day, hour, zone), zone)).toBe(day);
      }),
    );
  });

  test('the next time at that hour is at most a day and an hour away, and never in the past', () => {
    fc.assert(
      fc.property(
        days,
        fc.nat(86_399),
        fc.integer({ min: 4, max: 23 }),
        fc.constantFrom(...zones),
        (day, second, hour, zone) => {
          const at = new Date(Date.parse(`${day}T00:00:00Z`) + second * 1000);
          const next = nextHour(at, hour, zone).getTime();
          expect(next).toBeGreaterThanOrEqual(at.getTime());
          expect(next - at.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
        },
      ),
    );
  });

  test('so many days later are so many days between', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -900, max: 900 }), (day, n) => {
        expect(daysBetween(day, addDays(day, n))).toBe(n);
      }),
    );
  });

  test.each(['2026-02-30', '2026-13-01', '2025-02-29', '26-01-01', '2026-1-1', ''])('%s is no day', (text) => {
    expect(isDay(text)).toBe(false);
  });
});

describe('zones', () => {
  test('are known by their IANA names, however they are written', () => {
    expect(zoneNamed('europe/brussels')).toBe('Europe/Brussels');
    expect(zoneNamed('UTC')).toBe('UTC');
  });

  test.each(['+03:00', 'Mars/Olympus', '', 'CET; drop', '../etc'])('%s is none', (text) => {
    expect(zoneNamed(text)).toBeUndefined();
  });
});
