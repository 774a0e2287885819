import { describe, expect, test } from 'vitest';
import { type Lease, leaseLives, leaseOn, lookedAtEvery } from '../../src/core/lease.js';
import { silentLog } from '../support/log.js';
import { memoryStore } from '../support/memory-store.js';

/** Several processes on one store that tells the time, and processes whose own clocks only run on. */
function scene() {
  let now = Date.parse('2026-03-01T12:00:00Z');
  let monotonic = 0;
  const store = { ...memoryStore(), now: async () => new Date(now) };
  const process = (owner: string) => {
    const heard: string[] = [];
    const lease = leaseOn({ store, name: 'one', owner, log: silentLog, monotonic: () => monotonic });
    const start = (): Promise<void> =>
      lease.start({ onGain: async () => void heard.push('gained'), onLoss: async () => void heard.push('lost') });
    return { lease, heard, start };
  };
  return {
    store,
    process,
    later(milliseconds: number) {
      now += milliseconds;
      monotonic += milliseconds;
    },
  };
}

/** Looks now, as the timer would have it do. */
const look = (lease: Lease): Promise<boolean> => lease.mayAct();

describe('a lease', () => {
  test('of one that died does not live on because the clock was set back', async () => {
    const { process, later } = scene();
    const [dead, other] = [process('dead'), process('other')];
    await dead.start();
    later(-3_600_000);
    await other.start();
    expect(other.heard).toEqual(['gained']);
    await Promise.all([dead.lease.stop(), other.lease.stop()]);
  });

  test('is held by the first, and not by the second', async () => {
    const { process } = scene();
    const [a, b] = [process('a'), process('b')];
    await a.start();
    await b.start();
    expect([a.heard, b.heard]).toEqual([['gained'], []]);
    expect([await a.lease.mayAct(), await b.lease.mayAct()]).toEqual([true, false]);
    await Promise.all([a.lease.stop(), b.lease.stop()]);
  });

  test('that was given back is taken at once by the next who looks', async () => {
    const { process } = scene();
    const [a, b] = [process('a'), process('b')];
    await a.start();
    await a.lease.stop();
    await b.start();
    expect(b.heard).toEqual(['gained']);
    await b.lease.stop();
  });

  test('of a process that died is taken when it has ended, and not before', async () => {
    const { process, later } = scene();
    const [dead, early, late] = [process('dead'), process('early'), process('late')];
    await dead.start();
    later(leaseLives - 1);
    await early.start();
    later(1);
    await late.start();
    expect([early.heard, late.heard]).toEqual([[], ['gained']]);
    await Promise.all([dead, early, late].map(({ lease }) => lease.stop()));
  });

  test('is not acted on by one who slept through its end', async () => {
    const { process, later } = scene();
    const [sleeper, next] = [process('sleeper'), process('next')];
    await sleeper.start();
    later(leaseLives);
    await next.start();
    expect(await look(sleeper.lease)).toBe(false);
    expect(sleeper.heard).toEqual(['gained', 'lost']);
    await Promise.all([sleeper.lease.stop(), next.lease.stop()]);
  });

  test('is kept while the store is silent, since nobody can record anything then', async () => {
    const { process, later, store } = scene();
    const holder = process('holder');
    await holder.start();
    store.break(true);
    later(leaseLives * 4);
    expect(await look(holder.lease)).toBe(true);
    store.break(false);
    expect(await look(holder.lease)).toBe(true);
    expect(holder.heard).toEqual(['gained']);
    await holder.lease.stop();
  });

  test('leaves time to take it over within half a minute', () => {
    expect(leaseLives + lookedAtEvery).toBeLessThan(30_000);
  });
});
