// The fonts: Noto in slices (woff2, OFL), as they come with the packages of Fontsource. Nothing is taken from the machine,
// so that the same chart looks the same everywhere.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';
import { graphemes } from '../core/grapheme.js';
import type { Locale } from '../core/locale.js';
import { coverageOf } from './coverage.js';

const require = createRequire(import.meta.url);

/** A file with some of a font's characters. */
interface Slice {
  readonly family: string;
  readonly points: ReadonlySet<number>;
}

/** Each package's list of slices, and which of them are ours: Latin of the Arabic font would only be another Latin. */
const sources = [
  { name: 'noto-sans', list: require.resolve('@fontsource-variable/noto-sans/unicode.json'), wanted: /./ },
  {
    name: 'noto-sans-arabic',
    list: require.resolve('@fontsource-variable/noto-sans-arabic/unicode.json'),
    wanted: /^arabic$/,
  },
  { name: 'noto-sans-sc', list: require.resolve('@fontsource-variable/noto-sans-sc/unicode.json'), wanted: /./ },
  { name: 'noto-emoji', list: require.resolve('@fontsource-variable/noto-emoji/unicode.json'), wanted: /./ },
];

/** Makes a slice known to the text engine. The ranges in the lists promise more than is in the files. */
function registered(name: string, key: string): Slice {
  const family = `${name}-${key}`;
  const font = readFileSync(require.resolve(`@fontsource-variable/${name}/files/${family}-wght-normal.woff2`));
  if (!GlobalFonts.register(font, family)) throw new Error(`not a font: ${family}`);
  return { family, points: coverageOf(font) };
}

/** In the order in which they are preferred. */
const slices: readonly Slice[] = sources.flatMap(({ name, list, wanted }) =>
  Object.keys(JSON.parse(readFileSync(list, 'utf8')) as object)
    // Numbered slices stand in brackets.
    .map((key) => key.replace(/[[\]]/g, ''))
    .filter((key) => wanted.test(key))
    .map((key) => registered(name, key)),
);

const isOf = (name: string) => (slice: Slice) => slice.family.startsWith(`${name}-`);

/**
 * In Chinese the Chinese font comes first, for the width of its quotation marks, and so that letters and digits between
 * its characters match them.
 */
const chineseFirst: typeof slices = [
  ...slices.filter(isOf('noto-sans-sc')),
  ...slices.filter((slice) => !isOf('noto-sans-sc')(slice)),
];

const inOrder = (locale: Locale): typeof slices => (locale === 'zh' ? chineseFirst : slices);

const known = new Map<string, readonly Slice[]>();

/**
 * The slices that draw a character: the first that has it, since most have a space; and for an emoji all that have it,
 * since only one of them may know what it combines with.
 */
function slicesFor(character: string, locale: Locale): readonly Slice[] {
  const key = `${locale} ${character}`;
  const point = character.codePointAt(0) ?? 0;
  const find = (): readonly Slice[] => {
    const [first, ...others] = inOrder(locale).filter(({ points }) => points.has(point));
    return first ? [first, ...(point < 0x80 ? [] : others.filter(isOf('noto-emoji')))] : [];
  };
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}

/** Joiners, marks of direction, variation selectors: they are obeyed, not drawn. */
const isInvisible = (character: string): boolean => /\p{Default_Ignorable_Code_Point}/u.test(character);

const hasGlyph = (character: string): boolean => isInvisible(character) || slicesFor(character, 'en').length > 0;

/**
 * A text with a box for every grapheme that no font of ours begins to draw, and without the marks that none has: left to
 * itself, the text engine would look among the fonts of the machine.
 */
export const drawable = (text: string): string =>
  Array.from(graphemes.segment(text), ({ segment }) => {
    const [first = '', ...others] = segment;
    return hasGlyph(first) ? [first, ...others.filter(hasGlyph)].join('') : '□';
  }).join('');

/** The families that draw a text, the preferred ones first, as a CSS list. */
export function familiesFor(text: string, locale: Locale): string {
  const needed = new Set(Array.from(text, (character) => slicesFor(character, locale)).flat());
  const families = inOrder(locale).filter((slice) => needed.has(slice));
  return families.map(({ family }) => family).join(',') || 'noto-sans-latin';
}
