// Whether what a process holds stays what it is, told from samples that jump about.

/** One look at a process; memory in bytes. */
export interface Sample {
  /** JavaScript's own, right after a collection of garbage. */
  readonly heap: number;
  readonly resident: number;
  readonly handles: number;
  readonly files: number;
}

/** How much more is still flat: a part of what there was, and so much beside. */
const slack: Readonly<Record<keyof Sample, readonly [part: number, beside: number]>> = {
  heap: [0.1, 4e6],
  resident: [0.1, 16e6],
  handles: [0, 5],
  files: [0, 5],
};

/**
 * Compares the second quarter of the samples with the last one; in the first one caches fill and code is compiled.
 * @returns a line for everything that has grown
 */
export function growth(samples: readonly Sample[]): readonly string[] {
  const quarter = Math.floor(samples.length / 4);
  if (quarter < 3) return [`${samples.length} samples are too few to tell`];
  const [before, after] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)];
  return (Object.keys(slack) as (keyof Sample)[]).flatMap((what) => {
    const [was, is] = [before, after].map((some) => median(some.map((one) => one[what])));
    const [part, beside] = slack[what];
    if (was === undefined || is === undefined || is <= was * (1 + part) + beside) return [];
    return [`${what} grew from ${was} to ${is}`];
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
