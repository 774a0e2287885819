// /metrics: what an operator's machines count. No personal data: labels are platforms, routes and outcomes.
import { Counter, collectDefaultMetrics, Gauge, Histogram, type Metric, Registry } from 'prom-client';
import type { Observe } from './dispatch.js';
import type { WorkingOutbox } from './outbox.js';
import type { Platform } from './platform.js';
import type { Ticker } from './ticker.js';

export interface Measured {
  readonly platforms: readonly Platform[];
  readonly ticker: Pick<Ticker, 'age'>;
  readonly outbox: Pick<WorkingOutbox, 'figures'>;
  /** What the store's meter counts. */
  readonly storeMetrics: readonly Metric[];
}

export interface Metrics {
  readonly observe: Observe;
  /** In Prometheus' text format. */
  read(): Promise<{ readonly type: string; readonly body: string }>;
}

export function metricsOf(measured: Measured): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'rapporteur_' });
  for (const metric of measured.storeMetrics) registry.registerMetric(metric);
  gauge(registry, measured);
  const count = counted(registry, measured);
  return { observe: count, read: async () => ({ type: registry.contentType, body: await registry.metrics() }) };
}

/** What is looked up when it is asked for. */
function gauge(registry: Registry, { platforms, ticker, outbox }: Measured): void {
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
  new Gauge({
    name: 'rapporteur_oldest_due_message_seconds',
    help: 'How long the message that is due the longest has waited, when last looked',
    registers: [registry],
    collect() {
      this.set(outbox.figures().oldestDue);
    },
  });
}

/** What is counted as it happens. */
function counted(registry: Registry, { outbox, platforms }: Measured): Observe {
  new Counter({
    name: 'rapporteur_messages_total',
    help: 'Tries to deliver a message by platform and how they ended; resent: a crash had left open whether it had arrived',
    labelNames: ['platform', 'fate'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [name, count] of outbox.figures().fates) {
        const [platform = '', fate = ''] = name.split(' ');
        this.inc({ platform, fate }, count);
      }
    },
  });
  new Counter({
    name: 'rapporteur_rate_limited_total',
    help: 'Requests that a platform refused because too many came (429)',
    labelNames: ['platform'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { name: platform, limited } of platforms) if (limited) this.inc({ platform }, limited());
    },
  });
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
  // Found once: to look one up by its labels costs more than to count in it.
  const counterOf = memoized((key) => {
    const [platform = '', route = '', outcome = ''] = key.split(' ');
    return calls.labels({ platform, route, outcome });
  });
  const timerOf = memoized((platform) => latency.labels({ platform }));
  return ({ platform, route, outcome, seconds }) => {
    counterOf(`${platform} ${route} ${outcome}`).inc();
    timerOf(platform).observe(seconds);
  };
}

/** Makes each value once; for keys of which there are few. */
function memoized<V>(make: (key: string) => V): (key: string) => V {
  const made = new Map<string, V>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
