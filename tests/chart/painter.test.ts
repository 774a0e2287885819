// The whole engine, thread and fonts included; pictures are judged by their pixels.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, test } from 'vitest';
import { chartPainter } from '../../src/chart/painter.js';
import { colours } from '../../src/chart/picture.js';
import { type Bar, type Chart, mostBars } from '../../src/core/chart.js';
import { type Locale, locales } from '../../src/core/locale.js';
import { type Pixels, pixelsOf } from './pixels.js';
import { fullest, samples } from './samples.js';

const draw = chartPainter();
const drawn = async (chart: Chart): Promise<Pixels> => pixelsOf(await draw(chart));

const barsOf = (values: readonly number[], label = 'Option'): readonly Bar[] =>
  values.map((value) => ({ label, value, shown: String(value) }));
const chartOf = (bars: readonly Bar[], locale: Locale = 'en'): Chart => ({ locale, title: 'Title', bars, notes: [] });

/** Pixels a point. */
const scale = (pixels: Pixels): number => pixels.width / 1200;
const margin = 64;

/** The bars that were drawn, from the top: where they begin and end, in pixels, seen from the side they grow from. */
function barsIn(pixels: Pixels, locale: Locale = 'en') {
  const isBar = (x: number, y: number): boolean =>
    pixels.at(locale === 'ar' ? pixels.width - 1 - x : x, y) === colours.bar;
  const start = (margin + 4) * scale(pixels);
  const found: { top: number; bottom: number; length: number }[] = [];
  // The band at the top has the same colour.
  for (let y = 20 * scale(pixels); y < pixels.height; y++) {
    if (!isBar(start, y)) continue;
    const top = y;
    while (isBar(start, y)) y++;
    let end = start;
    while (isBar(end, top)) end++;
    found.push({ top, bottom: y, length: end - (margin + 3) * scale(pixels) });
  }
  return found;
}

/** Whether there is anything but paper in a box of pixels. */
function hasInk(pixels: Pixels, left: number, top: number, right: number, bottom: number): boolean {
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) if (pixels.at(x, y) !== colours.paper) return true;
  }
  return false;
}

/** The label above each bar but the first, as rows of `#` and `.` without what is free around it. */
function labelsIn(pixels: Pixels, locale: Locale): readonly string[] {
  const bars = barsIn(pixels, locale);
  const clear = 6 * scale(pixels);
  return bars.slice(1).map(({ top }, at) => {
    const rows: string[] = [];
    for (let y = (bars[at]?.bottom ?? 0) + clear; y < top - clear; y++) {
      let row = '';
      for (let x = 0; x < pixels.width; x++) row += pixels.at(x, y) === colours.paper ? '.' : '#';
      rows.push(row);
    }
    return trimmed(rows).join('\n');
  });
}

function trimmed(rows: readonly string[]): readonly string[] {
  const inked = rows.filter((row) => row.includes('#'));
  const left = Math.min(...inked.map((row) => row.indexOf('#')));
  const right = Math.max(...inked.map((row) => row.lastIndexOf('#')));
  return inked.map((row) => row.slice(left, right + 1));
}

describe('a picture', () => {
  test.each(locales)('in %s is a PNG of at least 1200 x 675 pixels', async (locale) => {
    const { width, height } = await drawn(samples[locale]);
    expect(width).toBeGreaterThanOrEqual(1200);
    expect(height).toBeGreaterThanOrEqual(675);
  });

  test('is the same to the byte, whatever was drawn before it and by whom', async () => {
    const first = await draw(samples.ar);
    for (const locale of ['zh', 'ru'] as const) await draw(samples[locale]);
    expect(Buffer.from(await draw(samples.ar)).equals(first)).toBe(true);
    expect(Buffer.from(await chartPainter()(samples.ar)).equals(first)).toBe(true);
  });

  test.each(locales)('in %s leaves its margins free, however long the texts are', async (locale) => {
    const pixels = await drawn(fullest(locale));
    const free = 40 * scale(pixels);
    const { width, height } = pixels;
    expect(hasInk(pixels, 0, 20 * scale(pixels), free, height)).toBe(false);
    expect(hasInk(pixels, width - free, 20 * scale(pixels), width, height)).toBe(false);
    expect(hasInk(pixels, 0, height - free, width, height)).toBe(false);
  });
});

describe('bars', () => {
  test('are as long as their values, ties alike, zero without length', async () => {
    const bars = barsIn(await drawn(chartOf(barsOf([12, 6, 6, 3, 0]))));
    const [longest = 0, ...rest] = bars.map(({ length }) => length);
    expect(longest).toBeGreaterThan(1000);
    expect(rest.map((length) => Math.round((length / longest) * 100))).toEqual([50, 50, 25]);
    expect(rest[0]).toBe(rest[1]);
  });

  test('grow from the right in Arabic, with their labels on the right', async () => {
    const chart = { ...samples.ar, bars: barsOf([4, 2], 'نعم') };
    const pixels = await drawn(chart);
    const bars = barsIn(pixels, 'ar');
    expect(bars).toHaveLength(2);
    expect(bars[1]?.length).toBe((bars[0]?.length ?? 0) / 2);
    expect(barsIn(pixels, 'en')).toEqual([]);
    const above = [(bars[0]?.bottom ?? 0) + 10, (bars[1]?.top ?? 0) - 10] as const;
    expect(hasInk(pixels, pixels.width / 2, above[0], pixels.width, above[1])).toBe(true);
    expect(hasInk(pixels, 0, above[0], pixels.width / 2, above[1])).toBe(false);
  });

  test('of nothing but zeros are drawn', async () => {
    expect(barsIn(await drawn(chartOf(barsOf([0, 0]))))).toEqual([]);
  });
});

describe('letters', () => {
  test.each([
    ['en', 'ABgjß'],
    ['fr', 'éçœ«’'],
    ['es', 'ñ¿íüº'],
    ['pt', 'ãõâçà'],
    ['ru', 'ЖщыёЮ'],
    ['ar', 'عجئهة'],
    ['zh', '域名臺灣，'],
  ] as const)('of %s are drawn, each as itself and none as a box', async (locale, letters) => {
    const missing = ['\uffff', ...letters, '\uffff'].map((label) => ({ label, value: 1, shown: '1' }));
    const shapes = labelsIn(await drawn(chartOf(missing, locale)), locale);
    expect(shapes).toHaveLength(6);
    expect(shapes.every((shape) => shape.includes('#'))).toBe(true);
    expect(new Set(shapes).size).toBe(6);
  });

  test('of Arabic are joined', async () => {
    const apart = 'محمد'.split('').join('\u200c');
    const bars = ['', 'محمد', apart].map((label) => ({ label, value: 1, shown: '1' }));
    const [joined = '', separate = ''] = labelsIn(await drawn(chartOf(bars, 'ar')), 'ar');
    expect([joined, separate].map(gapsIn)).toEqual([0, 3]);
  });

  test('of an Arabic text run from the right, its punctuation too', async () => {
    const bars = ['', 'نعم!'].map((label) => ({ label, value: 1, shown: '1' }));
    const [shape = ''] = labelsIn(await drawn(chartOf(bars, 'ar')), 'ar');
    const blots = columnsOf(shape).split(/\.+/);
    expect(blots.length).toBeGreaterThan(1);
    expect(blots[0]?.length).toBeLessThan((blots.at(-1)?.length ?? 0) / 2);
  });

  test('that no shipped font has become boxes, whatever fonts this machine has', async () => {
    // Georgian, which common fonts of a machine have; a hieroglyph; half a character.
    const bars = ['', '\u10d0', '\u10d1', '\u{13000}', '\ud800'].map((label) => ({ label, value: 1, shown: '1' }));
    const [an, ban, ...others] = labelsIn(await drawn(chartOf(bars)), 'en');
    expect(an).toBe(ban);
    expect(others.every((shape) => shape.includes('#'))).toBe(true);
  });
});

/** `#` for each column of a shape that has ink. */
function columnsOf(shape: string): string {
  const rows = shape.split('\n');
  return Array.from(rows[0] ?? '', (_, x) => (rows.some((row) => row[x] === '#') ? '#' : '.')).join('');
}

/** How often the ink of a shape is interrupted from top to bottom. */
const gapsIn = (shape: string): number => columnsOf(shape).split(/\.+/).length - 1;

describe('the painter', () => {
  test('draws fifty charts at once and lets the program go on meanwhile', { timeout: 90_000 }, async () => {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const pictures = await Promise.all(Array.from({ length: 50 }, (_, at) => draw(chartOf(barsOf([at, 50])))));
    delay.disable();
    expect(new Set(pictures.map((png) => Buffer.from(png).toString('base64'))).size).toBe(50);
    expect(delay.percentile(99) / 1e6).toBeLessThan(50);
  });

  test.each([
    ['a value below zero', barsOf([-1])],
    ['a value that is no number', barsOf([Number.NaN])],
    ['an endless value', barsOf([Number.POSITIVE_INFINITY])],
    ['more bars than a picture holds', barsOf(Array.from({ length: mostBars + 1 }, () => 1))],
  ])('refuses %s, and draws the next chart', async (_, bars) => {
    await expect(draw(chartOf(bars))).rejects.toThrow(RangeError);
    await expect(draw(chartOf(barsOf([1])))).resolves.toBeInstanceOf(Uint8Array);
  });

  test('replaces a thread that died or hangs', async () => {
    const frail = chartPainter({ thread: join(import.meta.dirname, 'frail-thread.mjs'), patience: 3000 });
    const titled = (title: string): Chart => ({ ...chartOf([]), title });
    const answers = ['one', 'die', 'two', 'hang', 'three'].map((title) => frail(titled(title)));
    const settled = await Promise.allSettled(answers);
    expect(settled.map((one) => (one.status === 'fulfilled' ? Buffer.from(one.value).toString() : 'lost'))).toEqual([
      'one',
      'lost',
      'two',
      'lost',
      'three',
    ]);
  });

  test('does not keep the program alive', () => {
    const painter = createRequire(import.meta.url).resolve('#chart/painter.js');
    const script = `
      const { chartPainter } = await import(${JSON.stringify(painter)});
      const png = await chartPainter()(${JSON.stringify(samples.en)});
      console.log(png.length > 1000);`;
    const told = execFileSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 15_000 });
    expect(told.toString()).toBe('true\n');
  });
});
