// Several replicas on one store: a change is everywhere within five seconds; of two at once, none is lost.
import { describe, expect, test } from 'vitest';
import type { Harness } from '../../../support/harness.js';
import { memoryStore } from '../../../support/memory-store.js';
import { addEntry, lookUp, stage } from './stage.js';

/** Two processes: the documents are the same, the handles are not. */
async function two(): Promise<readonly [Harness, Harness]> {
  const shelves = new Map();
  return [await stage({ store: memoryStore(shelves) }), await stage({ store: memoryStore(shelves) })];
}

describe('on two replicas', () => {
  test('what one adds, changes and removes the other shows within five seconds', async () => {
    const [one, other] = await two();
    expect(await lookUp(other, 'XONE')).toContain('is not in the glossary');
    await addEntry(one, 'XONE', 'Example One');
    expect(await lookUp(one, 'XONE')).toContain('Example One');
    await other.sleepUntil('2026-03-01T12:00:05Z');
    expect(await lookUp(other, 'XONE')).toContain('Example One');
    await other.call('sam', 'glossary.drop', { id: 'E1', rev: '1' });
    await one.sleepUntil('2026-03-01T12:00:05Z');
    expect(await lookUp(one, 'XONE')).toContain('is not in the glossary');
  });

  test('what both add at once is all there, under ids that differ', async () => {
    const [one, other] = await two();
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => addEntry(n % 2 === 0 ? one : other, `XN${n}`, `Example ${n}`)),
    );
    for (const bot of [one, other]) {
      await bot.sleepUntil('2026-03-01T12:00:05Z');
      for (let n = 0; n < 20; n += 1) expect(await lookUp(bot, `XN${n}`)).toContain(`Example ${n}`);
    }
    const steps = await one.bot.store.collection({ name: 'glossary-steps', parse: (raw) => raw }).find();
    expect(steps.map(({ id }) => Number(id.slice(-8)))).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  });

  test('a program that starts later finds everything', async () => {
    const shelves = new Map();
    const first = await stage({ store: memoryStore(shelves) });
    await addEntry(first, 'XONE', 'Example One');
    expect(await lookUp(await stage({ store: memoryStore(shelves) }), 'XONE')).toContain('Example One');
  });

  test('the store is not asked again for two seconds', async () => {
    const [one, other] = await two();
    await lookUp(one, 'PDP');
    let asked = 0;
    const collection = one.store.collection.bind(one.store);
    one.store.collection = (kind) => {
      const made = collection(kind);
      const get: typeof made.get = (id) => {
        asked += Number(kind.name === 'glossary-steps');
        return made.get(id);
      };
      return { ...made, get };
    };
    await addEntry(other, 'XONE', 'Example One');
    for (let n = 0; n < 10; n += 1) await lookUp(one, 'PDP');
    expect(asked).toBe(0);
    await one.sleepUntil('2026-03-01T12:00:02Z');
    await Promise.all(Array.from({ length: 10 }, () => lookUp(one, 'PDP')));
    expect(asked).toBeLessThanOrEqual(2);
  });
});
