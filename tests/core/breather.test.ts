// Works side by side that give way: to others, and to each other.
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { breathe } from '../../src/core/breather.js';

/** Holds the event loop for so many milliseconds. */
function hold(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

test('three long works get on in turns, and others have theirs in between', async () => {
  const order: string[] = [];
  let isOver = false;
  const others = (async () => {
    for (; !isOver; await turn()) order.push('other');
  })();
  const work = async (name: string) => {
    for (let piece = 0; piece < 5; piece += 1) {
      hold(3);
      order.push(name);
      await breathe();
    }
  };
  await Promise.all(['a', 'b', 'c'].map(work));
  isOver = true;
  await others;
  const pieces = order.filter((name) => name !== 'other');
  // After the first round, in which each begins at once, one piece is done in each turn, and nobody is passed over.
  expect(pieces.slice(3)).toEqual(Array.from({ length: 12 }, (_, nth) => 'abc'[nth % 3]));
  expect(order.join(' ').match(/[abc] other [abc]/g)?.length).toBeGreaterThanOrEqual(5);
});
