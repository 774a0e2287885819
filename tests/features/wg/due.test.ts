import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayDue } from '../../../src/features/wg/due.js';
import { typedRules, usualRules } from '../../../src/features/wg/rules.js';
import { dateIn, isWorkday, isZone, workdaysAfter } from '../../../src/features/wg/workdays.js';

const zones = [
  'UTC',
  'Africa/Nairobi',
  'America/Montevideo',
  'America/New_York',
  'Pacific/Kiritimati',
  'Asia/Kathmandu',
];
const instant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
  .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));
const zone = fc.constantFrom(...zones);

describe('working days', () => {
  test.each([
    ['2026-03-06T16:00:00Z', 1, 'UTC', '2026-03-09T16:00:00.000Z'],
    ['2026-03-07T16:00:00Z', 1, 'UTC', '2026-03-10T00:00:00.000Z'],
    ['2026-03-02T09:00:00Z', 10, 'UTC', '2026-03-16T09:00:00.000Z'],
    // In New York the clocks go forward on 8 March 2026: the same time on the wall is an hour earlier in UTC.
    ['2026-03-06T15:00:00Z', 1, 'America/New_York', '2026-03-09T14:00:00.000Z'],
    // There it is Monday already.
    ['2026-03-08T11:00:00Z', 1, 'Pacific/Kiritimati', '2026-03-09T11:00:00.000Z'],
  ])('%s and %i of them in %s make %s', (from, days, where, end) => {
    expect(workdaysAfter(new Date(from), days, where).toISOString()).toBe(end);
  });

  test('end on a working day, never before they began, and later the more there are', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 30 }), zone, (from, days, where) => {
        const end = workdaysAfter(from, days, where);
        expect(isWorkday(end, where)).toBe(true);
        expect(end.getTime()).toBeGreaterThan(workdaysAfter(from, days - 1, where).getTime() - 1);
        expect(end.getTime()).toBeGreaterThan(from.getTime());
      }),
    );
  });

  test('are as many as the working days that one counts one by one', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 12 }), zone, (from, days, where) => {
        const end = dateIn(workdaysAfter(from, days, where), where);
        const [first = '', last = ''] = [dateIn(from, where), end];
        let count = 0;
        for (let day = Date.parse(first) + 86_400_000; day <= Date.parse(last); day += 86_400_000) {
          count += [0, 6].includes(new Date(day).getUTCDay()) ? 0 : 1;
        }
        // What begins on a weekend counts from Monday, which is then no day that has passed.
        expect(count).toBe(isWorkday(from, where) ? days : days + 1);
      }),
    );
  });

  test('are reckoned in zones that there are', () => {
    expect(zones.every(isZone)).toBe(true);
    expect(['', 'Mars', 'Africa/Nowhere'].some(isZone)).toBe(false);
  });
});

describe('the day of the daily line', () => {
  test.each([
    ['2026-03-02T08:59:00Z', undefined, undefined],
    ['2026-03-02T09:00:00Z', undefined, '2026-03-02'],
    ['2026-03-02T09:00:00Z', '2026-03-02', undefined],
    ['2026-03-02T09:00:00Z', '2026-03-01', '2026-03-02'],
    ['2026-03-07T12:00:00Z', undefined, undefined],
  ])('at %s, told on %s, is %s', (now, told, day) => expect(dayDue(told, 'UTC', new Date(now))).toBe(day));

  test('begins in the morning of the zone', () => {
    expect(dayDue(undefined, 'Africa/Nairobi', new Date('2026-03-02T06:00:00Z'))).toBe('2026-03-02');
    expect(dayDue(undefined, 'America/New_York', new Date('2026-03-02T13:00:00Z'))).toBeUndefined();
  });
});

describe('rules as they are typed', () => {
  test.each([
    [{ unclaimed: '0' }, 'unclaimed', 'wrongDays'],
    [{ unclaimed: '1.5' }, 'unclaimed', 'wrongDays'],
    [{ unclaimed: '61' }, 'unclaimed', 'wrongDays'],
    [{ unclaimed: '' }, 'unclaimed', 'wrongDays'],
    [{ waiting: '' }, 'waiting', 'wrongWaiting'],
    [{ waiting: '5, 5' }, 'waiting', 'wrongWaiting'],
    [{ waiting: '1 2 3 4' }, 'waiting', 'wrongWaiting'],
    [{ lapse: '3' }, 'lapse', 'wrongLapse'],
    [{ zone: 'Mars' }, 'zone', 'wrongZone'],
    [{ keepDecided: '6' }, 'keepDecided', 'wrongDays'],
    [{ keepUndecided: '366' }, 'keepUndecided', 'wrongDays'],
  ])('%j is wrong', (typed, field, key) => {
    expect(typedRules(usualRules, typed).wrong).toEqual({ [field]: key });
  });

  test('leave alone what the form does not have', () => {
    const { rules, wrong } = typedRules(usualRules, { keepDecided: ' 14 ' });
    expect(wrong).toEqual({});
    expect(rules).toEqual({ ...usualRules, keepDecided: 14 });
  });

  test('read numbers as they are written in any of the languages', () => {
    for (const waiting of ['5,10', '5 10', '5；10'.replace('；', ';'), '5، 10', '5、10']) {
      expect(typedRules(usualRules, { waiting }).rules.waiting).toEqual([5, 10]);
    }
  });
});
