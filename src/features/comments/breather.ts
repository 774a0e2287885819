// Long work that gives way to others.
import { setImmediate as breath } from 'node:timers/promises';

/** Longest work without a breath, in milliseconds: chat platforms take a silent program for dead. */
const longestHold = 4;

/** Gives way to others whenever work has gone on for long. */
export function breather(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < longestHold) return;
    await breath();
    since = performance.now();
  };
}
