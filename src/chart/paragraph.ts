// A text in lines: set first, placed when it is known where it goes.
import { isRightToLeft, type Locale } from '../core/locale.js';
import type { Face, Line, Measure } from './picture.js';
import { type Direction, directionOf, linesOf, plain } from './text.js';

/** How a text is to be set. */
export interface Style extends Face {
  readonly colour: string;
  /** Widest line, in points. */
  readonly room: number;
  /** Most lines; what is longer ends in an ellipsis. */
  readonly most: number;
}

export interface Paragraph extends Style {
  readonly lines: readonly string[];
  readonly direction: Direction;
  /** In points. */
  readonly height: number;
}

/** Noto's letters stand within this, Arabic ones with their marks and Chinese ones too. */
const lineHeight = ({ size }: Face): number => Math.round(size * 1.4);
const ascent = ({ size }: Face): number => Math.round(size * 1.06);

/** The way from text to paragraph in one language. */
export const setter =
  (locale: Locale, measure: Measure) =>
  (text: string, style: Style): Paragraph => {
    const known = plain(text);
    const { room, most } = style;
    const lines = linesOf(known, { locale, room, most, measure: (line) => measure(line, style) });
    const direction = directionOf(known, isRightToLeft(locale) ? 'rtl' : 'ltr');
    return { ...style, lines, direction, height: lines.length * lineHeight(style) };
  };

/** The lines of a paragraph whose upper left corner is at `x`, `y`. */
export const placed = (paragraph: Paragraph, x: number, y: number): readonly Line[] =>
  paragraph.lines.map((text, at) => {
    const { size, weight, colour, room, direction } = paragraph;
    const baseline = y + at * lineHeight(paragraph) + ascent(paragraph);
    return { text, x, y: baseline, size, weight, colour, room, direction, align: 'left' };
  });
