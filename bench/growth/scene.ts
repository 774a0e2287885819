// A whole bot over an embedded store, on a platform that agrees to everything at once; and what is measured of it.
import { PerformanceObserver } from 'node:perf_hooks';
import { type Assembled, assemble } from '../../src/core/bot.js';
import type { Answer, Args } from '../../src/core/call.js';
import type { Platform } from '../../src/core/platform.js';
import type { Store } from '../../src/core/store.js';
import { features } from '../../src/features/index.js';

export const space = { platform: 'bench', space: 'S1' } as const;

/** Everybody is in every channel. */
const platform: Platform = {
  name: space.platform,
  pace: { post: 0, edit: 0, editsBy: 'channel' },
  start: async () => undefined,
  stop: async () => undefined,
  connected: () => true,
  post: async (to) => ({ ...space, channel: 'channel' in to ? to.channel : to.person, message: 'm1' }),
  edit: async () => undefined,
  channel: async ({ channel }) => (channel === 'staff' ? 'private' : 'public'),
  presence: async () => 'member',
  hasLeft: async () => false,
  profile: async ({ person }) => ({ name: person, zone: 'UTC' }),
  isAdmin: async () => false,
  lacks: async () => [],
};

/** Errors are shown: a bench that meets one measures something else. */
const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (facts: object, message?: string) => process.stderr.write(`${message} ${JSON.stringify(facts)}\n`),
  error: (facts: object, message?: string) => process.stderr.write(`${message} ${JSON.stringify(facts)}\n`),
};

export interface Scene extends Assembled {
  call(person: string, to: string, args?: Args, channel?: string): Promise<Answer>;
}

export function sceneOn(store: Store, now: () => Date): Scene {
  const assembled = assemble({
    features,
    platforms: [platform],
    store,
    clock: { now },
    log,
    staffChannels: { [space.platform]: 'staff' },
    secretKey: 'k'.repeat(32),
    draw: async () => new Uint8Array(),
    operator: {},
  });
  return {
    ...assembled,
    call: (person, to, args = {}, channel = 'general') =>
      assembled.core.answer({ to, args, by: { ...space, person }, place: { ...space, channel } }),
  };
}

/**
 * The longest that nobody else had a turn while `work` ran, in milliseconds: by the wall or by the processor, whichever
 * is less, so that a neighbour on the machine who takes the processor away does not count.
 */
export async function longestHold(work: () => Promise<unknown>): Promise<number> {
  let [wall, processor, longest, isOver] = [performance.now(), process.cpuUsage(), 0, false];
  const turn = (): void => {
    const { user, system } = process.cpuUsage(processor);
    longest = Math.max(longest, Math.min(performance.now() - wall, (user + system) / 1000));
    [wall, processor] = [performance.now(), process.cpuUsage()];
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  try {
    await work();
  } finally {
    turn();
    isOver = true;
  }
  return longest;
}

/** In milliseconds. */
export interface Held {
  readonly hold: number;
  readonly pause: number;
}

/** As {@link longestHold}, with the longest pause of V8's garbage collector among it: others have to wait for it too. */
export async function longestHoldAndPause(work: () => Promise<unknown>): Promise<Held> {
  let pause = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) pause = Math.max(pause, duration);
  });
  observer.observe({ entryTypes: ['gc'] });
  const hold = await longestHold(work);
  // They are told of a turn later.
  await new Promise((resolve) => setTimeout(resolve, 10));
  observer.disconnect();
  return { hold, pause };
}

export interface Timing {
  readonly median: number;
  readonly p99: number;
  readonly worst: number;
}

export function timingOf(times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
  return { median: at(0.5), p99: at(0.99), worst: at(1) };
}

/** In milliseconds, of so many calls. */
export function timed(calls: number, work: (nth: number) => unknown): Timing {
  const times = Array.from({ length: calls }, (_, nth) => {
    const began = performance.now();
    work(nth);
    return performance.now() - began;
  });
  return timingOf(times);
}

/** The least of several rounds: a neighbour on the machine can only add. */
export function quietest(rounds: readonly Timing[]): Timing {
  const least = (part: keyof Timing): number => Math.min(...rounds.map((round) => round[part]));
  return { median: least('median'), p99: least('p99'), worst: least('worst') };
}

/** As {@link timed}, of calls one after the other that take their time. */
export async function timedCalls(calls: number, work: (nth: number) => Promise<unknown>): Promise<Timing> {
  const times: number[] = [];
  for (let nth = 0; nth < calls; nth += 1) {
    const began = performance.now();
    await work(nth);
    times.push(performance.now() - began);
  }
  return timingOf(times);
}
