// A small memory: what is young and among the latest is there, what was deleted or has had its time is not.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Recent } from '../../src/core/recent.js';

const least = 4;
const lasts = 100;
const key = fc.constantFrom(...'abcdefghijklmnop');
const step = fc.oneof(
  fc.record({ does: fc.constant('set' as const), key }),
  fc.record({ does: fc.constant('delete' as const), key }),
  fc.record({ does: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 60 }) }),
);

test('the latest are kept for their time, and nothing that was deleted or is too old', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let now = 0;
      const recent = new Recent<number>({ now: () => new Date(now) }, lasts, least);
      /** The newest last. */
      let known: { key: string; value: number; until: number }[] = [];
      for (const [nth, one] of steps.entries()) {
        if (one.does === 'wait') now += one.ms;
        else known = known.filter((each) => each.key !== one.key);
        if (one.does === 'delete') recent.delete(one.key);
        if (one.does === 'set') {
          recent.set(one.key, nth);
          known.push({ key: one.key, value: nth, until: now + lasts });
        }
        for (const each of 'abcdefghijklmnop') {
          const found = known.find((entry) => entry.key === each);
          const seen = recent.get(each);
          if (!found || found.until <= now) expect(seen).toBeUndefined();
          else if (known.indexOf(found) >= known.length - least) expect(seen).toBe(found.value);
          else expect([undefined, found.value]).toContain(seen);
        }
      }
    }),
  );
});

test('an entry may be kept for another time than the others', () => {
  let now = 0;
  const recent = new Recent<string>({ now: () => new Date(now) }, 100, least);
  recent.set('a', 'long', 1000);
  recent.set('b', 'usual');
  now = 500;
  expect([recent.get('a'), recent.get('b')]).toEqual(['long', undefined]);
});
