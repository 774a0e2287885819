import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { altText, type Chart, longestAlt } from '../../src/core/chart.js';
import { locales } from '../../src/core/locale.js';

const chart: Chart = {
  locale: 'en',
  title: 'Should we?',
  subtitle: 'Asked in #policy',
  bars: [
    { label: 'Yes', value: 3, shown: '3 (75 %)' },
    { label: 'No', value: 1, shown: '1 (25 %)' },
  ],
  notes: ['An informal pulse, not a vote: it binds nobody.', '4 people'],
};

describe('the alternative text', () => {
  test('tells title, bars with their values, and notes', () => {
    expect(altText(chart)).toBe(
      [
        'Should we?',
        'Asked in #policy',
        'Yes: 3 (75 %)',
        'No: 1 (25 %)',
        'An informal pulse, not a vote: it binds nobody.',
        '4 people',
      ].join('\n'),
    );
  });

  test('keeps a question of several lines on one', () => {
    expect(altText({ ...chart, title: 'Should we? \r\n\n Why?' }).split('\n')[0]).toBe('Should we? Why?');
  });

  test.each([
    ['fr', 'Yes\u00a0: 3 (75 %)'],
    ['zh', 'Yes：3 (75 %)'],
    ['ar', '\u2068Yes\u2069: 3 (75 %)'],
  ] as const)('in %s sets label and value apart as the language does', (locale, line) => {
    expect(altText({ ...chart, locale }).split('\n')[2]).toBe(line);
  });

  test('shortens what is longest first, and keeps every value and note', () => {
    const bars = Array.from({ length: 10 }, (_, at) => ({
      label: `${at} ${'域'.repeat(98)}`,
      value: at,
      shown: `#${at}`,
    }));
    const told = altText({ ...chart, title: `${'Why '.repeat(74)}not?`, bars });
    expect(told.length).toBeLessThanOrEqual(longestAlt);
    expect(told.length).toBeGreaterThan(longestAlt - 20);
    for (const { shown } of bars) expect(told).toContain(`…: ${shown}\n`);
    expect(told.endsWith(chart.notes.join('\n'))).toBe(true);
  });

  test('never exceeds what a platform takes, and never cuts inside a character', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '👩‍👩‍👧', 'e\u0301', '域', 'نعم'), maxLength: 400 });
    const bar = fc.record({ label: text, value: fc.nat(), shown: text });
    const any = fc.record({
      locale: fc.constantFrom(...locales),
      title: text,
      bars: fc.array(bar, { maxLength: 12 }),
      notes: fc.array(text, { maxLength: 4 }),
    });
    fc.assert(
      fc.property(any, (one) => {
        const told = altText(one);
        expect(told.length).toBeLessThanOrEqual(longestAlt);
        expect(told.isWellFormed()).toBe(true);
        // A family is cut neither between its members nor off its joiner.
        expect(told.replaceAll('👩‍👩‍👧', '')).not.toMatch(/[👩👧\u200d]/u);
      }),
    );
  });
});
