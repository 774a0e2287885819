// Progress of what takes long: nothing within the first second, then a line a second.
import type { Clock } from '../../src/core/clock.js';

/** Milliseconds without a line at the start, and between two lines. */
const quietMs = 1_000;

export interface Progress {
  /**
   * Begins a part of the work.
   * @param doing as in "copying"
   * @param total how many documents it is about, when that is known
   * @returns what is called for each document that is done
   */
  begin(doing: string, total?: number): () => void;
}

/** Counts from now on. @param say takes one line */
export function progressOf(clock: Clock, say: (line: string) => void): Progress {
  let quietUntil = clock.now().getTime() + quietMs;
  return {
    begin(doing, total) {
      const of = total === undefined ? '' : ` of ${grouped(total)}`;
      let done = 0;
      return () => {
        done += 1;
        const now = clock.now().getTime();
        if (now <= quietUntil) return;
        quietUntil = now + quietMs;
        say(`${doing}: ${grouped(done)}${of} documents`);
      };
    },
  };
}

/** `1 document`, `1,234 documents`. */
export const documentsOf = (count: number): string => `${grouped(count)} ${count === 1 ? 'document' : 'documents'}`;

/** `1234567` becomes `1,234,567`. */
export const grouped = (count: number): string => count.toLocaleString('en');
