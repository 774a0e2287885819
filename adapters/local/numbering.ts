// Changes of the journal one at a time, each with its number.
import type { Clock } from '../../src/core/clock.js';

export interface Numbering {
  /** One change at a time, so that listeners hear of them in the order of their numbers. */
  inTurn<R>(change: (seq: number) => Promise<R>): Promise<R>;
  /** As {@link inTurn}, for reading: with the number of the last change. */
  still<R>(read: (seq: number) => Promise<R>): Promise<R>;
}

/**
 * Numbers are milliseconds, or one more than the last: they grow over restarts even where the newest message went.
 * @param newest the highest number that is kept; asked once
 */
export function numbering(newest: () => Promise<number>, clock: Clock): Numbering {
  let last: number | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const queued = <R>(work: () => Promise<R>): Promise<R> => {
    const done = turn.then(work, work);
    turn = done;
    return done;
  };
  return {
    inTurn: (change) =>
      queued(async () => {
        last = Math.max((last ?? (await newest())) + 1, clock.now().getTime());
        return change(last);
      }),
    still: (read) =>
      queued(async () => {
        last ??= await newest();
        return read(last);
      }),
  };
}
