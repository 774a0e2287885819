// /healthz: whether the parts of the program do their work; /metrics beside it.
import type { Clock } from './clock.js';
import type { Observe } from './dispatch.js';
import { type Measured, metricsOf } from './metrics.js';
import type { Platform } from './platform.js';
import type { Store } from './store.js';

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

export interface HealthParts extends Measured {
  readonly store: Store;
  readonly clock: Clock;
}

export function healthOf(parts: HealthParts): Health {
  const { platforms, store, clock, ticker } = parts;
  const metrics = metricsOf(parts);
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
    observe: metrics.observe,
    ready() {
      isReady = true;
    },
    async rows() {
      const now = clock.now().getTime();
      const start = { part: 'start', ok: isReady, detail: isReady ? 'serving' : 'starting' };
      return [start, await storeRow(), tickRow(), ...platforms.map((platform) => platformRow(platform, now))];
    },
    metrics: metrics.read,
  };
}
