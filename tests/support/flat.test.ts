// What counts as flat: noise does, a leak does not.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { growth, type Sample } from './flat.js';

const at = (more: Partial<Sample> = {}): Sample => ({ heap: 50e6, resident: 150e6, handles: 20, files: 40, ...more });

test('what jumps about and always comes back is flat', () => {
  const noise = fc.record({
    heap: fc.integer({ min: 48e6, max: 52e6 }),
    resident: fc.integer({ min: 145e6, max: 160e6 }),
    handles: fc.integer({ min: 18, max: 22 }),
    files: fc.integer({ min: 38, max: 42 }),
  });
  fc.assert(fc.property(fc.array(noise, { minLength: 12, maxLength: 200 }), (samples) => growth(samples).length === 0));
});

test('caches that fill at the start, and single peaks, are flat', () => {
  const filling = Array.from({ length: 60 }, (_, n) => at({ heap: n < 15 ? 20e6 + n * 2e6 : 50e6 }));
  const peaks = Array.from({ length: 60 }, (_, n) => at(n % 10 === 9 ? { heap: 90e6, handles: 60 } : {}));
  expect([growth(filling), growth(peaks)]).toEqual([[], []]);
});

test.each([
  ['heap', 0.5e6],
  ['resident', 2e6],
  ['handles', 0.5],
  ['files', 0.5],
] as const)('%s that grows all the time is found', (what, by) => {
  const leaking = Array.from({ length: 60 }, (_, n) => at({ [what]: at()[what] + n * by }));
  expect(growth(leaking)).toEqual([expect.stringMatching(new RegExp(`^${what} grew from`))]);
});

test('too few samples tell nothing, and say so', () => {
  expect(growth(Array.from({ length: 11 }, () => at()))).toEqual(['11 samples are too few to tell']);
});
