// Waiting before the next try: twice as long each time, up to half a minute.

const shortest = 1000;
const longest = 30_000;

/** Milliseconds before try number `n`, counted from 1. */
const pause = (n: number): number => Math.min(longest, shortest * 2 ** (n - 1));

/**
 * Waits before another try.
 * @param tries how many have failed so far, at least 1
 * @param signal ends the wait at once
 */
export const backOff = (tries: number, signal: AbortSignal): Promise<void> => sleep(pause(tries), signal);

/** Resolves after `ms` milliseconds, or as soon as `signal` is aborted. */
export const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    }
    signal?.addEventListener('abort', done, { once: true });
  });
