// Whether an instant that was written down has passed, on a clock that may be set back.

/**
 * An instant further ahead than whoever wrote it can have meant was written before the clock was set back: it counts as
 * passed, or everything that waits for it would wait for as long as the clock was set back.
 * @param furthest milliseconds; how far ahead it can be at most
 */
export function hasPassed(instant: string, now: Date, furthest: number): boolean {
  const ahead = Date.parse(instant) - now.getTime();
  return ahead <= 0 || ahead > furthest;
}
