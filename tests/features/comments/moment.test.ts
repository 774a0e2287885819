import { describe, expect, test } from 'vitest';
import { closingInstant } from '../../../src/features/comments/model.js';
import { readMoment, readMonth, writtenMoment } from '../../../src/features/comments/moment.js';

const closes = (typed: string): string | undefined => {
  const read = readMoment(typed);
  return read && closingInstant(read).toISOString();
};

describe('what people type as a date', () => {
  test.each([
    ['2026-04-12', '2026-04-12T23:59:00.000Z'],
    [' 2026-04-12 18:00 ', '2026-04-12T18:00:00.000Z'],
    ['2026-04-12 9:05 UTC', '2026-04-12T09:05:00.000Z'],
    ['2026-04-12T23:59:00Z', '2026-04-12T23:59:00.000Z'],
    ['2026-04-12T23:59:00.000Z', '2026-04-12T23:59:00.000Z'],
    ['2026-04-12 18:00 Europe/Brussels', '2026-04-12T16:00:00.000Z'],
    ['2026-04-12, 18:00 (America/New_York)', '2026-04-12T22:00:00.000Z'],
    ['2026-04-12T18:00+03:00', '2026-04-12T15:00:00.000Z'],
    ['2026-04-12T01:00+0300', '2026-04-11T22:00:00.000Z'],
  ])('%s is %s', (typed, instant) => {
    expect(closes(typed)).toBe(instant);
  });

  test('a date alone is told to be one', () => {
    expect(readMoment('2026-04-12')?.exact).toBe('date');
    expect(readMoment('2026-04-12 23:59')?.exact).toBe('stated');
  });

  test.each([
    '12/04/2026',
    '12-04-2026',
    '2026-02-30',
    '2026-04-12 25:00',
    '2026-04-12 18:00 Mars/X',
    'soon',
    '',
    '0x7ea',
  ])('%s is not guessed at', (typed) => expect(readMoment(typed)).toBeUndefined());

  test('a month is a month and no date', () => {
    expect(readMonth('2026-04')).toBe('2026-04');
    expect(readMonth('2026-13')).toBeUndefined();
    expect(readMoment('2026-04')).toBeUndefined();
  });

  test.each(['2026-04-12', '2026-04-12 18:00 UTC', '2026-04-12 18:00 Europe/Brussels'])(
    '%s is written as it is read',
    (typed) => {
      const read = readMoment(typed);
      expect(read && writtenMoment(read)).toBe(typed);
    },
  );
});
