// Waiting until nothing is under way.
import { expect, test } from 'vitest';
import { UnderWay } from '../../src/core/under-way.js';

function held() {
  let [resolve, reject] = [(_: string): void => undefined, (_: Error): void => undefined];
  const promise = new Promise<string>((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  return { promise, resolve, reject };
}

test('idle resolves at once, or when the last work is done, however it ends', async () => {
  const works = new UnderWay();
  await works.idle();
  const [first, second] = [held(), held()];
  const done = [works.run(first.promise), works.run(second.promise)];
  let isIdle = false;
  const waits = works.idle().then(() => {
    isIdle = true;
  });
  first.resolve('said');
  await done[0];
  expect(isIdle).toBe(false);
  second.reject(new Error('failed'));
  expect(await Promise.allSettled(done)).toMatchObject([{ value: 'said' }, { reason: { message: 'failed' } }]);
  await waits;
});
