// Long work that gives way to others.
import { setImmediate } from 'node:timers';

/**
 * Longest work without a breath, in milliseconds: chat platforms take a silent program for dead, and V8's garbage
 * collector adds pauses of its own.
 */
const longestHold = 1;

// There is one event loop for all: works that run side by side share its time, and take turns.
const waiting: (() => void)[] = [];
let since = performance.now();

function turn(): void {
  since = performance.now();
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(turn);
}

/** Gives way to others whenever work has gone on for long, that of others included. */
export async function breathe(): Promise<void> {
  if (performance.now() - since < longestHold) return;
  await new Promise<void>((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(turn);
  });
}
