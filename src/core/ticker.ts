// A beat, and nothing but a beat: node-cron in UTC calls every part's tick; state and clock decide what is due.
import cron from 'node-cron';
import { breathe } from './breather.js';
import type { Clock } from './clock.js';
import { faultFacts } from './fault.js';
import type { Logger } from './feature.js';

/** A tick that takes longer is abandoned, in milliseconds: the next beat starts the part anew. */
const abandonedAfter = 120_000;

/** Without a beat for this long the watchdog beats itself, in milliseconds. */
const watchedFor = 45_000;

/** Something that looks at the store and does what is due at `now`. */
export interface Ticking {
  readonly name: string;
  tick(now: Date): Promise<void>;
}

export interface Ticker {
  start(): void;
  /** One beat; a part that still runs from an earlier beat is left alone, one failure never stops the rest. */
  beat(): Promise<void>;
  /** Seconds since the last beat ended, or since the start, by a clock that nobody sets; undefined before the start. */
  age(): number | undefined;
  stop(): Promise<void>;
}

export interface TickerOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds that only ever grow. */
  readonly monotonic?: () => number;
  /** Resolves after so many milliseconds, or when the signal says that nobody waits any more. */
  readonly abandon?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const passing = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

export function tickerOf(
  parts: readonly Ticking[],
  { clock, log, monotonic = () => performance.now(), abandon = passing }: TickerOptions,
): Ticker {
  const running = new Set<string>();
  let endedAt: number | undefined;
  let current: Promise<void> = Promise.resolve();
  let watchdog: NodeJS.Timeout | undefined;

  const tick = async (part: Ticking): Promise<void> => {
    if (running.has(part.name)) return;
    running.add(part.name);
    const ended = new AbortController();
    const work = part.tick(clock.now()).then(
      () => 'ended',
      (error: unknown) => {
        log.error({ part: part.name, ...faultFacts(error) }, 'a tick failed');
        return 'ended';
      },
    );
    const how = await Promise.race([work, abandon(abandonedAfter, ended.signal)]);
    ended.abort();
    if (how !== 'ended') log.error({ part: part.name }, 'a tick hung and was abandoned');
    running.delete(part.name);
  };
  const beat = async (): Promise<void> => {
    const begun: Promise<void>[] = [];
    for (const part of parts) {
      begun.push(tick(part));
      await breathe();
    }
    await Promise.all(begun);
    endedAt = monotonic();
  };
  const onBeat = (): void => {
    current = beat();
  };
  // In a zone with summer time node-cron stops for an hour each autumn; UTC has none. After a step of the clock it
  // may fall silent or drop beats: hence the watchdog, which runs on a timer of its own.
  const task = cron.createTask('*/30 * * * * *', onBeat, { timezone: 'UTC' });
  return {
    start() {
      endedAt = monotonic();
      void task.start();
      watchdog = setInterval(() => {
        if (monotonic() - (endedAt ?? 0) > watchedFor) onBeat();
      }, watchedFor / 3);
    },
    beat,
    age: () => (endedAt === undefined ? undefined : (monotonic() - endedAt) / 1000),
    async stop() {
      clearInterval(watchdog);
      await task.destroy();
      await current;
    },
  };
}
