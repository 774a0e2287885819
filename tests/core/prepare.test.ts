import { expect, test } from 'vitest';
import { assemble } from '../../src/core/bot.js';
import { features } from '../../src/features/index.js';
import { logTo } from '../support/log.js';
import { memoryStore } from '../support/memory-store.js';
import { testParts } from '../support/parts.js';

test('what cannot be made ready is logged, and stops neither the others nor the program', async () => {
  const [lines, ready]: [object[], string[]] = [[], []];
  const [first, second] = features;
  if (!first || !second) throw new Error('there are features');
  const { prepare } = assemble({
    ...testParts,
    features: [
      { ...first, prepare: async () => Promise.reject(new TypeError('x')) },
      { ...second, prepare: async () => void ready.push(second.name) },
    ],
    platforms: [],
    store: memoryStore(),
    clock: { now: () => new Date('2026-03-01T12:00:00Z') },
    log: logTo((level, data) => void lines.push({ level, ...data })),
    staffChannels: {},
  });
  await prepare();
  expect(ready).toEqual([second.name]);
  expect(lines).toEqual([expect.objectContaining({ level: 'warn', part: first.name })]);
});
