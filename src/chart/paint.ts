// Picture -> PNG, by Skia; loaded in the painter's thread alone.
import { createCanvas } from '@napi-rs/canvas';
import type { Chart } from '../core/chart.js';
import type { Locale } from '../core/locale.js';
import { drawable, familiesFor } from './fonts.js';
import { pictureOf } from './layout.js';
import { colours, type Face, type Line, type Measure, type Picture } from './picture.js';
import { plain } from './text.js';

/** One for all charts, emptied after each: the garbage collector does not see what the library holds of a canvas. */
const canvas = createCanvas(1, 1);
const context = canvas.getContext('2d');

/** Pixels a point: for sharp screens, unless the picture is very tall. */
const scaleOf = ({ height }: Picture): number => (height > 2400 ? 1 : 2);

function setFont(text: string, { size, weight }: Face, locale: Locale): void {
  context.lang = locale;
  context.font = `${weight} ${size}px ${familiesFor(text, locale)}`;
}

/** The widths of texts in a language: by the engine that draws them, so that what fits there fits in the picture. */
export const measureIn =
  (locale: Locale): Measure =>
  (text, face) => {
    setFont(text, face, locale);
    return context.measureText(text).width;
  };

/** The chart in characters that the fonts have. */
function legible({ title, subtitle, bars, notes, locale }: Chart): Chart {
  const own = (text: string): string => drawable(plain(text));
  return {
    locale,
    title: own(title),
    ...(subtitle ? { subtitle: own(subtitle) } : {}),
    bars: bars.map(({ label, value, shown }) => ({ label: own(label), value, shown: own(shown) })),
    notes: notes.map(own),
  };
}

/**
 * @returns a PNG
 * @throws RangeError as {@link pictureOf} does
 */
export function paint(chart: Chart): Uint8Array {
  const picture = pictureOf(legible(chart), measureIn(chart.locale));
  const scale = scaleOf(picture);
  canvas.width = picture.width * scale;
  canvas.height = picture.height * scale;
  context.scale(scale, scale);
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, picture.width, picture.height);
  for (const { x, y, width, height, colour } of picture.boxes) {
    context.fillStyle = colour;
    context.fillRect(x, y, width, height);
  }
  for (const line of picture.lines) drawLine(line, chart.locale);
  const png = new Uint8Array(canvas.toBuffer('image/png'));
  canvas.width = 1;
  canvas.height = 1;
  return png;
}

function drawLine(line: Line, locale: Locale): void {
  setFont(line.text, line, locale);
  context.fillStyle = line.colour;
  context.textAlign = line.align;
  context.direction = line.direction;
  context.fillText(line.text, line.x, line.y);
}
