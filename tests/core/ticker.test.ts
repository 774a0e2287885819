import { describe, expect, test } from 'vitest';
import { tickerOf } from '../../src/core/ticker.js';
import { logTo } from '../support/log.js';

/** A ticker whose clocks a test sets; `abandon` gives up at once when told to. */
function scene(isImpatient = false) {
  const lines: string[] = [];
  let at = 0;
  const log = logTo((_, __, message) => void lines.push(message));
  const start = (parts: Parameters<typeof tickerOf>[0]) =>
    tickerOf(parts, {
      clock: { now: () => new Date('2026-03-01T12:00:00Z') },
      log,
      monotonic: () => at,
      ...(isImpatient ? { abandon: async () => undefined } : {}),
    });
  return { lines, start, pass: (milliseconds: number) => void (at += milliseconds) };
}

const never = (_?: unknown): Promise<void> => new Promise(() => undefined);

describe('a beat', () => {
  test('calls every part with the time, and one failure never stops the rest', async () => {
    const { start, lines } = scene();
    const told: string[] = [];
    const ticker = start([
      { name: 'broken', tick: async () => Promise.reject(new Error('x')) },
      { name: 'sound', tick: async (now) => void told.push(now.toISOString()) },
    ]);
    await ticker.beat();
    await ticker.beat();
    expect(told).toEqual(['2026-03-01T12:00:00.000Z', '2026-03-01T12:00:00.000Z']);
    expect(lines).toEqual(['a tick failed', 'a tick failed']);
  });

  test('leaves a part alone that still runs, and does not hold up the others', async () => {
    const { start } = scene();
    let [slow, quick] = [0, 0];
    const ticker = start([
      { name: 'slow', tick: () => never((slow += 1)) },
      { name: 'quick', tick: async () => void (quick += 1) },
    ]);
    for (const beat of [ticker.beat, ticker.beat]) {
      void beat();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect([slow, quick]).toEqual([1, 2]);
  });

  test('abandons a part that hangs, says so, and starts it anew', async () => {
    const { start, lines } = scene(true);
    let begun = 0;
    const ticker = start([{ name: 'hung', tick: () => never((begun += 1)) }]);
    await ticker.beat();
    await ticker.beat();
    expect(begun).toBe(2);
    expect(lines).toEqual(['a tick hung and was abandoned', 'a tick hung and was abandoned']);
  });
});

test('the age of the last beat is told by a clock that nobody sets', async () => {
  const { start, pass } = scene();
  const ticker = start([]);
  expect(ticker.age()).toBeUndefined();
  await ticker.beat();
  pass(181_000);
  expect(ticker.age()).toBe(181);
});
