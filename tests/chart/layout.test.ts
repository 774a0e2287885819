// Where everything goes, with the widths of the engine that draws.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pictureOf } from '../../src/chart/layout.js';
import { type Box, colours, type Line, type Picture } from '../../src/chart/picture.js';
import type { Chart } from '../../src/core/chart.js';
import { type Locale, locales } from '../../src/core/locale.js';
import { measureIn } from './engine.js';
import { fullest, samples } from './samples.js';

const margin = 64;
const laidOut = (chart: Chart): Picture => pictureOf(chart, measureIn(chart.locale));

interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What a line of text covers: letters reach 0.8 of their size above the baseline and 0.3 below. */
function areaOf(line: Line, locale: Locale): Area {
  const width = measureIn(locale)(line.text, line);
  const left = line.align === 'left' ? line.x : line.x - width;
  return { left, right: left + width, top: line.y - line.size * 0.8, bottom: line.y + line.size * 0.3 };
}

const areaOfBox = ({ x, y, width, height }: Box): Area => ({ left: x, right: x + width, top: y, bottom: y + height });

const overlap = (one: Area, other: Area): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** What is wrong with a picture, in words. */
function faultsIn(picture: Picture, locale: Locale): readonly string[] {
  const texts = picture.lines.map((line) => areaOf(line, locale));
  const boxes = picture.boxes.map(areaOfBox);
  const all = [...texts, ...boxes.filter((_, at) => picture.boxes[at]?.part !== 'band')];
  const isInside = ({ left, right, top, bottom }: Area): boolean =>
    left >= margin - 0.01 && right <= picture.width - margin + 0.01 && top >= 30 && bottom <= picture.height - 30;
  return [
    ...all.filter((area) => !isInside(area)).map((area) => `outside: ${JSON.stringify(area)}`),
    ...texts.filter((one, at) => texts.slice(at + 1).some((other) => overlap(one, other))).map(() => 'text over text'),
    ...texts.filter((one) => boxes.some((box) => overlap(one, box))).map(() => 'text over a box'),
  ];
}

const words = [
  'Yes',
  'domain-name',
  'область',
  'имён',
  'النطاقات',
  'هل',
  '域名系统',
  '是否',
  '，',
  '(60 %)',
  '👍🏽',
  'WIPO',
  '?',
];
const text = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((list) => list.join(' ')),
      fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((list) => list.join('')),
      fc.string({ unit: 'grapheme', maxLength }),
      fc.string({ unit: 'binary', maxLength }),
    )
    .map((whole) => whole.slice(0, maxLength));

const charts: fc.Arbitrary<Chart> = fc.record({
  locale: fc.constantFrom(...locales),
  title: text(300),
  subtitle: text(200),
  bars: fc.array(fc.record({ label: text(100), value: fc.nat(), shown: text(40) }), { maxLength: 10 }),
  notes: fc.array(text(200), { maxLength: 4 }),
});

describe('nothing leaves the picture or covers anything else', () => {
  test.each(locales)('in %s with the longest texts', (locale) => {
    expect(faultsIn(laidOut(fullest(locale)), locale)).toEqual([]);
  });

  test('in any chart', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(charts, (chart) => {
        expect(faultsIn(laidOut(chart), chart.locale)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a layout', () => {
  test.each(locales)('in %s shows every word of the longest question and options', (locale) => {
    const chart = fullest(locale);
    const shown = laidOut(chart)
      .lines.map((line) => line.text)
      .join('')
      .replaceAll(' ', '');
    for (const whole of [chart.title, ...chart.bars.map(({ label }) => label)]) {
      expect(shown).toContain(whole.replaceAll(' ', ''));
    }
  });

  test('is 1200 x 675 for a short chart, and higher for a long one', () => {
    const { width, height } = laidOut(samples.en);
    expect([width, height]).toEqual([1200, 675]);
    expect(laidOut(fullest('en')).height).toBeGreaterThan(675);
  });

  test('does not leave the last word of a title alone', () => {
    const title = 'Should the ALAC support extending the public comment period on the new gTLDs?';
    const lines = laidOut({ ...samples.en, title }).lines.filter(({ weight, size }) => weight === 700 && size > 26);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.at(-1)?.text.split(' ').length).toBeGreaterThan(1);
  });

  test('is mirrored in Arabic, and each text runs its own way', () => {
    const { lines, boxes, width } = laidOut(samples.ar);
    expect(lines.every(({ align }) => align === 'right')).toBe(true);
    const bars = boxes.filter(({ part }) => part === 'bar');
    expect(new Set(bars.map((bar) => bar.x + bar.width))).toEqual(new Set([width - margin - 3]));
    expect(lines.find(({ text }) => text === 'GAC 12 (60 %)')?.direction).toBe('ltr');
    expect(lines.filter(({ text }) => text === '5 (23 %)').map(({ direction }) => direction)).toEqual(['rtl', 'rtl']);
  });

  test('shows what is above zero, however little', () => {
    const bars = [1_000_000, 1, 0].map((value) => ({ label: 'x', value, shown: String(value) }));
    const [, least, none] = laidOut({ ...samples.en, bars }).boxes.filter(({ part }) => part === 'bar');
    expect([least?.width, none?.width]).toEqual([4, 0]);
  });
});

/** The contrast of a colour with the paper, as WCAG 2.2 reckons it. */
function contrast(colour: string): number {
  const light = (hex: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  return (light(colours.paper) + 0.05) / (light(colour) + 0.05);
}

test('texts contrast with the paper by 7 to 1, bars and ticks by 3 to 1', () => {
  const { lines, boxes } = laidOut(samples.en);
  for (const { colour } of lines) expect(contrast(colour)).toBeGreaterThanOrEqual(7);
  for (const { colour } of boxes.filter(({ part }) => part === 'bar' || part === 'tick')) {
    expect(contrast(colour)).toBeGreaterThanOrEqual(3);
  }
});
