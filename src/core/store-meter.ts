// A store around the store that counts, for /metrics: how long it takes, and how often it takes nothing.
import { Counter, Histogram, type Metric } from 'prom-client';
import { type Collection, type GroupCommit, type Kind, type Store, Unrecorded } from './store.js';

export interface MeteredStore {
  readonly store: Store;
  readonly metrics: readonly Metric[];
}

type Operation = 'read' | 'change';
type Meter = <R>(operation: Operation, work: () => Promise<R>) => Promise<R>;

export function metered(store: Store): MeteredStore {
  const { meter, metrics } = meterOf();
  const collections = new WeakMap<object, unknown>();
  const now = store.now?.bind(store);
  const forgetPast = store.forgetPast?.bind(store);
  return {
    metrics,
    store: {
      collection<T>(kind: Kind<T>) {
        const known = collections.get(kind) as Collection<T> | undefined;
        if (known) return known;
        const made = around(store.collection(kind), meter);
        collections.set(kind, made);
        return made;
      },
      check: () => store.check(),
      close: () => store.close(),
      ...(now ? { now } : {}),
      ...(forgetPast ? { forgetPast } : {}),
    },
  };
}

/** Changes that may wait for each other stay what they are: `update` looks whether `change` is there. */
function around<T>(inner: Collection<T> & Partial<GroupCommit<T>>, meter: Meter): Collection<T> {
  const change = inner.change?.bind(inner);
  const group = change
    ? ({ change: (id, make) => meter('change', () => change(id, make)) } satisfies GroupCommit<T>)
    : {};
  return {
    get: (id) => meter('read', () => inner.get(id)),
    find: (where) => meter('read', () => inner.find(where)),
    insert: (id, value) => meter('change', () => inner.insert(id, value)),
    replace: (doc, value) => meter('change', () => inner.replace(doc, value)),
    remove: (doc) => meter('change', () => inner.remove(doc)),
    ...group,
  };
}

function meterOf(): { readonly meter: Meter; readonly metrics: readonly Metric[] } {
  const labelNames = ['operation'] as const;
  const seconds = new Histogram({
    name: 'rapporteur_store_seconds',
    help: 'Seconds that a read or a change of the store takes, the wait for its turn and for the disk included',
    labelNames,
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [],
  });
  const failures = new Counter({
    name: 'rapporteur_store_failures_total',
    help: 'Reads and changes that the store did not take: members were told that nothing was recorded',
    labelNames,
    registers: [],
  });
  // A rate of something that is not there yet is nothing, not zero.
  for (const operation of ['read', 'change'] as const) failures.inc({ operation }, 0);
  // Found once: to look one up by its labels costs more than to count in it.
  const timers = { read: seconds.labels({ operation: 'read' }), change: seconds.labels({ operation: 'change' }) };
  const meter: Meter = async (operation, work) => {
    const started = performance.now();
    try {
      return await work();
    } catch (error) {
      // Everything else is the caller's: a refusal, or a document that cannot be understood.
      if (error instanceof Unrecorded) failures.inc({ operation });
      throw error;
    } finally {
      timers[operation].observe((performance.now() - started) / 1000);
    }
  };
  return { meter, metrics: [seconds, failures] };
}
