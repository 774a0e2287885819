// What a drawn chart consists of: boxes and lines of text, in points.
import type { Direction } from './text.js';

/** Contrast with the paper by WCAG 2.2: texts above 7 to 1, bars and ticks above 3 to 1. */
export const colours = {
  paper: '#ffffff',
  ink: '#14213d',
  quiet: '#475569',
  bar: '#1f5fa8',
  tick: '#64748b',
  rule: '#cbd5e1',
} as const;

export interface Face {
  /** In points. */
  readonly size: number;
  readonly weight: 400 | 700;
}

/** The width of a line of text, in points. */
export type Measure = (text: string, face: Face) => number;

export interface Line extends Face {
  readonly text: string;
  /** The edge that {@link align} names. */
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  /** The width that it may fill. */
  readonly room: number;
  readonly align: 'left' | 'right';
  readonly direction: Direction;
  readonly colour: string;
}

export interface Box {
  readonly part: 'band' | 'tick' | 'bar' | 'rule';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly colour: string;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

/** The same, seen from the other side: for languages that are written from the right. */
export const mirrored = ({ width, height, boxes, lines }: Picture): Picture => ({
  width,
  height,
  boxes: boxes.map((box) => ({ ...box, x: width - box.x - box.width })),
  lines: lines.map((line) => ({ ...line, x: width - line.x, align: line.align === 'left' ? 'right' : 'left' })),
});
