// Waiting before the next try: twice as long each time, up to half a minute; and the end of all waiting.

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

/** The value, or undefined when it takes longer than `ms` milliseconds; what comes later is dropped. */
export async function within<T>(value: Promise<T>, ms: number): Promise<T | undefined> {
  const over = new AbortController();
  try {
    return await Promise.race([value, sleep(ms, over.signal).then(() => undefined)]);
  } finally {
    over.abort();
  }
}
