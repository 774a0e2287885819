import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { directionOf, linesOf, plain } from '../../src/chart/text.js';
import type { Locale } from '../../src/core/locale.js';

/** Every UTF-16 unit is as wide as any other. */
const broken = (text: string, room: number, locale: Locale = 'en', most = 99): readonly string[] =>
  linesOf(plain(text), { locale, room, most, measure: ({ length }) => length });

describe('lines', () => {
  test.each<[string, Locale, number, string, readonly string[]]>([
    ['end between words', 'en', 9, 'one two three', ['one two', 'three']],
    ['end inside a word that is wider than a line', 'en', 4, 'a telephone', ['a te', 'leph', 'one']],
    ['end after a hyphen', 'en', 8, 'a multi-stakeholder', ['a multi-', 'stakehol', 'der']],
    ['never end inside a date', 'en', 12, 'until 2026-11-26', ['until', '2026-11-26']],
    ['keep what ends a sentence with its word', 'fr', 10, 'un vote long ?', ['un vote', 'long ?']],
    ['keep a non-breaking space', 'fr', 10, 'soit 60\u00a0% des', ['soit 60\u00a0%', 'des']],
    ['end between Chinese words', 'zh', 3, '我们支持他们', ['我们', '支持', '他们']],
    ['never begin with a Chinese full stop', 'zh', 4, '我们支持。好', ['我们', '支持。好']],
    ['never end with an opening bracket', 'zh', 4, '顶级域（新）', ['顶级域', '（新）']],
    ['end between Arabic words', 'ar', 9, 'فترة التعليقات', ['فترة', 'التعليقات']],
  ])('%s', (_, locale, room, text, expected) => expect(broken(text, room, locale)).toEqual(expected));

  test('that are too many end in an ellipsis', () => {
    expect(broken('one two three four', 6, 'en', 2)).toEqual(['one', 'two…']);
    expect(broken('one twotwo three', 6, 'en', 2)).toEqual(['one', 'twotw…']);
  });

  test('hold the whole text, none wider than the room', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.integer({ min: 20, max: 60 }), (text, room) => {
        const lines = broken(text, room, 'en', 999);
        const isWhole = lines.join('').replaceAll(' ', '') === plain(text).replaceAll(' ', '');
        return isWhole && lines.every((line) => line.length <= room);
      }),
    );
  });
});

describe('a text', () => {
  test('loses controls, overrides and line ends', () => {
    expect(plain('  one\r\n\ttwo\u0000\u202e three\u2028four\u200f ')).toBe('one two three four\u200f');
  });

  test('cannot pile up marks over its neighbours', () => {
    expect(plain(`e${'\u0301'.repeat(50)}x`)).toBe(`\u00e9${'\u0301'.repeat(3)}x`);
  });

  test('is cut where it is far too long', () => {
    expect(plain('x'.repeat(1_000_000))).toBe(`${'x'.repeat(2000)}…`);
  });

  test.each([
    ['هل تؤيد GAC هذا؟', 'rtl'],
    ['GAC 12 (60 %)', 'ltr'],
    ['12 (60 %)', 'otherwise'],
    ['\u2068GAC\u2069 تؤيد', 'rtl'],
    ['שלום', 'rtl'],
    ['域名', 'ltr'],
    ['', 'otherwise'],
  ])('"%s" runs %s', (text, expected) => {
    const [inArabic, inEnglish] = [directionOf(text, 'rtl'), directionOf(text, 'ltr')];
    expect([inArabic, inEnglish]).toEqual(expected === 'otherwise' ? ['rtl', 'ltr'] : [expected, expected]);
  });
});
