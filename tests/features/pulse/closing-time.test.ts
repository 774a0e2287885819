import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readClosing } from '../../../src/features/pulse/closing-time.js';

const now = new Date('2026-03-01T12:00:00Z');
const [hour, day] = [3_600_000, 86_400_000];

const span = (typed: string): number | undefined => {
  const closing = readClosing(typed, now);
  return closing && 'span' in closing ? closing.span : undefined;
};
const instant = (typed: string, zone?: string, at = now): string | undefined => {
  const closing = readClosing(typed, at, zone);
  return closing && 'at' in closing ? closing.at.toISOString() : undefined;
};

describe('a span', () => {
  test.each([
    ['3d', 3 * day],
    ['12h', 12 * hour],
    ['90 min', 1.5 * hour],
    ['2 weeks', 14 * day],
    ['1d 12h', 1.5 * day],
    ['3 jours', 3 * day],
    ['3j', 3 * day],
    ['2 semanas', 14 * day],
    ['3 días', 3 * day],
    ['3 дня', 3 * day],
    ['5 дней', 5 * day],
    ['3天', 3 * day],
    ['3 أيام', 3 * day],
    ['٣ أيام', 3 * day],
    ['12 小时', 12 * hour],
    ['3个小时', 3 * hour],
    ['2 個小時', 2 * hour],
    ['2个星期', 14 * day],
    ['3 ايام', 3 * day],
    ['2 اسابيع', 14 * day],
    ['３天', 3 * day],
    ['3 дн.', 3 * day],
    ['1 d., 12 h.', 1.5 * day],
  ])('%s', (typed, length) => expect(span(typed)).toBe(length));

  test.each(['3', 'd', '3 apples', '0d', '3d apples', '', '-3d', '.5d', '0.5d', '1,5d', '3d..'])(
    '“%s” is none',
    (typed) => expect(span(typed)).toBeUndefined(),
  );
});

describe('an instant', () => {
  test.each([
    ['2026-03-05 18:00', 'Africa/Nairobi', '2026-03-05T15:00:00.000Z'],
    ['2026-03-05T18:00', 'America/Bogota', '2026-03-05T23:00:00.000Z'],
    ['2026-03-05 18:00', undefined, '2026-03-05T18:00:00.000Z'],
    ['2026-03-05 18:00 UTC', 'Africa/Nairobi', '2026-03-05T18:00:00.000Z'],
    ['2026-03-05T18:00:00Z', 'Africa/Nairobi', '2026-03-05T18:00:00.000Z'],
    ['2026-03-05 18:00 +05:30', 'Africa/Nairobi', '2026-03-05T12:30:00.000Z'],
    ['2026-03-05', 'Africa/Nairobi', '2026-03-05T20:59:00.000Z'],
    ['٢٠٢٦-٠٣-٠٥ ١٨:٠٠', 'Africa/Cairo', '2026-03-05T16:00:00.000Z'],
    ['18:00', 'Africa/Nairobi', '2026-03-01T15:00:00.000Z'],
    ['14:00', 'Africa/Nairobi', '2026-03-02T11:00:00.000Z'],
    ['１８：００', 'Africa/Nairobi', '2026-03-01T15:00:00.000Z'],
    ['18:00', 'No/Such_Zone', '2026-03-01T18:00:00.000Z'],
  ])('%s in %s is %s', (typed, zone, at) => expect(instant(typed, zone)).toBe(at));

  test('an hour that the clock skips is the one after it, one that comes twice is the first', () => {
    expect(instant('2026-03-08 02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
    expect(instant('2026-11-01 01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
  });

  test.each(['2026-02-30', '2026-13-01', '2026-03-05 25:00', '25:00', 'tomorrow', '05.03.2026'])(
    '“%s” is none',
    (typed) => expect(instant(typed)).toBeUndefined(),
  );

  test('an instant reads in every zone as that zone’s clocks show it', () => {
    const zones = ['UTC', 'Asia/Kathmandu', 'Pacific/Apia', 'America/St_Johns', 'Africa/Casablanca', 'Europe/Lisbon'];
    const minutes = fc.integer({ min: 0, max: 527_040 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, (zone, minute) => {
        const at = new Date(Date.UTC(2026, 0, 1) + minute * 60_000);
        const wall = at.toLocaleString('sv-SE', { timeZone: zone }).slice(0, 16);
        const read = new Date(instant(wall, zone) ?? 0);
        expect(read.toLocaleString('sv-SE', { timeZone: zone }).slice(0, 16)).toBe(wall);
      }),
    );
  });
});

test('whatever is typed reads without a fault', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => void readClosing(typed, now, 'Africa/Nairobi')));
});
