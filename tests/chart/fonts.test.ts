import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { coverageOf } from '../../src/chart/coverage.js';
import { type Locale, locales } from '../../src/core/locale.js';
import { drawable, familiesFor } from './engine.js';

const { resolve } = createRequire(import.meta.url);

/** All letters, digits, signs and marks that the bot itself writes in a language, and those of the glossary. */
function charactersOf(locale: Locale): readonly string[] {
  const root = join(import.meta.dirname, '..', '..', 'src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(`words/${locale}.ts`) || name.endsWith('glossary.json'))
    .map((name) => readFileSync(join(root, name), 'utf8'));
  return Array.from(new Set(files.join(''))).filter((character) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(character));
}

describe('there is a glyph for', () => {
  test.each(locales)('every character that the bot writes in %s', (locale) => {
    const characters = charactersOf(locale);
    expect(characters.length).toBeGreaterThan(100);
    expect(characters.filter((character) => drawable(character) !== character)).toEqual([]);
  });

  test('the characters of everyday Chinese, traditional ones too', () => {
    // Level 1 of GB 2312, as that standard arranges it: rows of 94, two bytes each.
    const rows = Array.from({ length: 0xd7 - 0xb0 + 1 }, (_, row) => 0xb0 + row);
    const bytes = rows.flatMap((row) => Array.from({ length: 94 }, (_, column) => [row, 0xa1 + column]).flat());
    const everyday =
      new TextDecoder('gb18030')
        .decode(Uint8Array.from(bytes))
        .match(/\p{sc=Han}/gu)
        ?.join('') ?? '';
    expect(everyday).toHaveLength(3755);
    for (const text of [everyday, '臺灣網際網路資訊中心國際組織廣東話龍龜鬱']) expect(drawable(text)).toBe(text);
  });

  test('emoji, alone and combined', () => {
    const text = '👍🏽 👨‍👩‍👧 🇫🇷 ✅ 1️⃣';
    expect(drawable(text)).toBe(text);
  });
});

test('what no font has becomes a box, a mark is left out, and what is invisible stays', () => {
  expect(drawable('a\u{13000}\u10d0\u0e44b')).toBe('a□□□b');
  expect(drawable('x\u0361y')).toBe('xy');
  expect(drawable('\u2068نعم\u2069\u200c')).toBe('\u2068نعم\u2069\u200c');
});

test('Chinese takes letters, digits and quotation marks from its own font, other languages theirs', () => {
  const first = (locale: Locale): readonly string[] =>
    ['a', '1', '“'].map((character) => familiesFor(character, locale).split(',')[0] ?? '');
  expect(first('zh').every((family) => family.startsWith('noto-sans-sc-'))).toBe(true);
  expect(first('ru').every((family) => family === 'noto-sans-latin')).toBe(true);
});

describe('the coverage of a font', () => {
  const covers = (file: string, text: string): readonly boolean[] => {
    const points = coverageOf(readFileSync(resolve(`@fontsource-variable/${file}-wght-normal.woff2`)));
    return Array.from(text, (character) => points.has(character.codePointAt(0) ?? 0));
  };

  test.each([
    ['noto-sans/files/noto-sans-latin', 'aZ9é…', 'Ж域ع\uffff'],
    ['noto-sans/files/noto-sans-cyrillic', 'Жщыё', 'a域'],
    ['noto-sans-arabic/files/noto-sans-arabic-arabic', 'عجئهة؟', 'a域'],
    ['noto-emoji/files/noto-emoji-0', '🇫🇷', 'a域'],
  ])('%s is %s and not %s', (file, inside, outside) => {
    expect(covers(file, inside)).not.toContain(false);
    expect(covers(file, outside)).not.toContain(true);
  });

  test('is not read from another kind of file', () => {
    expect(() => coverageOf(Buffer.from('OTTO and more'))).toThrow('not a WOFF2 font');
  });
});
