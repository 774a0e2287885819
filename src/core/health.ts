// /healthz and /metrics: what an operator's machines ask. No personal data: labels are platforms, routes and outcomes.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from './clock.js';
import type { Observe } from './dispatch.js';
import type { Platform } from './platform.js';
import type { Store } from './store.js';
import type { Ticker } from './ticker.js';

/** A platform that reconnects is given this long before it counts as down, in milliseconds. */
const grace = 60_000;

/** Without a tick for this long nothing that is due gets done, in seconds. */
const oldestTick = 180;

export interface Row {
  readonly part: string;
  readonly ok: boolean;
  readonly detail: string;
}

export interface Health {
  readonly observe: Observe;
  /** From here on the bot may be called healthy. */
  ready(): void;
  /** @returns a row a part; healthy when every row is ok */
  rows(): Promise<readonly Row[]>;
  metrics(): Promise<{ readonly type: string; readonly body: string }>;
}

export interface HealthParts {
  readonly platforms: readonly Platform[];
  readonly store: Store;
  readonly clock: Clock;
  readonly ticker: Pick<Ticker, 'age'>;
}

export function healthOf({ platforms, store, clock, ticker }: HealthParts): Health {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'rapporteur_' });
  const calls = new Counter({
    name: 'rapporteur_calls_total',
    help: 'Calls by platform, route and outcome',
    labelNames: ['platform', 'route', 'outcome'],
    registers: [registry],
  });
  const latency = new Histogram({
    name: 'rapporteur_answer_seconds',
    help: 'Seconds from a call to its answer',
    labelNames: ['platform'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3],
    registers: [registry],
  });
  new Gauge({
    name: 'rapporteur_platform_connected',
    help: '1 while the platform is connected',
    labelNames: ['platform'],
    registers: [registry],
    collect() {
      for (const platform of platforms) this.set({ platform: platform.name }, Number(platform.connected()));
    },
  });

  new Gauge({
    name: 'rapporteur_last_tick_age_seconds',
    help: 'Seconds since the last tick ended',
    registers: [registry],
    collect() {
      this.set(ticker.age() ?? 0);
    },
  });

  let isReady = false;
  const seen = new Map<string, number>();
  const platformRow = (platform: Platform, now: number): Row => {
    const connected = platform.connected();
    if (connected) seen.set(platform.name, now);
    const since = seen.get(platform.name);
    const ok = connected || (since !== undefined && now - since <= grace);
    return { part: platform.name, ok, detail: connected ? 'connected' : ok ? 'reconnecting' : 'not connected' };
  };
  const storeRow = async (): Promise<Row> => {
    try {
      await store.check();
      return { part: 'store', ok: true, detail: 'answers' };
    } catch {
      // The reason is the store's own to log; here it is only said that it does not answer.
      return { part: 'store', ok: false, detail: 'does not answer' };
    }
  };

  const tickRow = (): Row => {
    const ok = (ticker.age() ?? 0) <= oldestTick;
    return { part: 'ticker', ok, detail: ok ? 'beats' : 'stands still' };
  };

  return {
    observe({ platform, route, outcome, seconds }) {
      calls.inc({ platform, route, outcome });
      latency.observe({ platform }, seconds);
    },
    ready() {
      isReady = true;
    },
    async rows() {
      const now = clock.now().getTime();
      const start = { part: 'start', ok: isReady, detail: isReady ? 'serving' : 'starting' };
      return [start, await storeRow(), tickRow(), ...platforms.map((platform) => platformRow(platform, now))];
    },
    metrics: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}
