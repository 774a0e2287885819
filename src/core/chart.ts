// A bar chart as plain data; an engine draws it.
import type { Locale } from './locale.js';

export interface Bar {
  readonly label: string;
  /** How long the bar is, against the longest. */
  readonly value: number;
  /** The value in words: `12 (60 %)`. */
  readonly shown: string;
}

export interface Chart {
  readonly locale: Locale;
  readonly title: string;
  readonly subtitle?: string;
  readonly bars: readonly Bar[];
  /** Lines below the bars: who was asked, when, and what it does not bind. */
  readonly notes: readonly string[];
}

/** @returns a PNG image */
export type Draw = (chart: Chart) => Promise<Uint8Array>;
