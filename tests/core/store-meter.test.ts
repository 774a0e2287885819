// The meter around a store: the store stays what it is, and what happens in it is counted.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { refuse } from '../../src/core/refusal.js';
import { isShared, type Store, update } from '../../src/core/store.js';
import { metered } from '../../src/core/store-meter.js';
import { openEmbedded } from '../../src/store/embedded.js';
import { storeBehaves } from '../store/behaves.js';
import { poll, polls, vote } from '../store/sample.js';
import { memoryStore } from '../support/memory-store.js';

let folder = '';
const reopen = async (): Promise<Store> => metered(await openEmbedded(folder)).store;
const open = async (): Promise<Store> => {
  folder = await mkdtemp(join(tmpdir(), 'store-'));
  return reopen();
};

storeBehaves('a store with a meter', open, reopen);

const figuresOf = async (metrics: ReturnType<typeof metered>['metrics']): Promise<string> => {
  const registry = new Registry();
  for (const metric of metrics) registry.registerMetric(metric);
  return registry.metrics();
};

describe('what is counted', () => {
  test('reads and changes, with the time they took', async () => {
    const { store, metrics } = metered(memoryStore());
    const collection = store.collection(polls);
    await collection.insert('p', poll('p'));
    await update(collection, 'p', vote('a'));
    const told = await figuresOf(metrics);
    expect(told).toMatch(/seconds_count\{operation="change"\} 2$/m);
    expect(told).toMatch(/seconds_count\{operation="read"\} 1$/m);
    expect(told).toMatch(/failures_total\{operation="change"\} 0$/m);
  });

  test('what the store does not take is a failure, what a rule refuses is none', async () => {
    const inner = memoryStore();
    const { store, metrics } = metered(inner);
    const collection = store.collection(polls);
    await collection.insert('p', poll('p'));
    const no = (): never => {
      throw refuse('unknownId');
    };
    await expect(update(collection, 'p', no)).rejects.toThrow();
    inner.break(true);
    await expect(collection.get('p')).rejects.toThrow();
    await expect(collection.insert('q', poll('q'))).rejects.toThrow();
    const told = await figuresOf(metrics);
    expect(told).toMatch(/failures_total\{operation="change"\} 1$/m);
    expect(told).toMatch(/failures_total\{operation="read"\} 1$/m);
  });
});

describe('what a store can do beside the port', () => {
  test('changes of one document still commit in groups', async () => {
    expect('change' in (await open()).collection(polls)).toBe(true);
    expect('change' in metered(memoryStore()).store.collection(polls)).toBe(false);
  });

  test('a store that several processes share stays one, and one that they do not does not become one', () => {
    const alone = memoryStore();
    expect(isShared(metered(alone).store)).toBe(false);
    expect(isShared(metered({ ...alone, now: async () => new Date(0) }).store)).toBe(true);
  });
});
