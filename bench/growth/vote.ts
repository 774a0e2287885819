// The same vote in a poll with few answers and in one with many.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pulseKind } from '../../src/features/pulse/model.js';
import { openEmbedded } from '../../src/store/embedded.js';
import type { Figure } from '../figure.js';
import { median } from '../store/measure.js';
import { type Scene, sceneOn, space, timedCalls } from './scene.js';

export interface VotePlan {
  readonly few: number;
  readonly many: number;
  readonly rounds: number;
  /** Votes one after the other in a round, and votes at once. */
  readonly alone: number;
  readonly atOnce: number;
}

interface Poll {
  readonly id: string;
  readonly answers: number;
  /** What was chosen last, by number of the voter. */
  readonly chosen: Map<number, number>;
  readonly alone: number[];
  readonly rates: number[];
}

/** A poll that so many have answered, the answers put in at once. */
async function poll({ call, bot }: Scene, answers: number): Promise<Poll> {
  // As short ids are spelled.
  const id = `B${String(answers).padStart(5, '0')}`;
  const at = bot.clock.now().toISOString();
  const place = { ...space, channel: 'general', locale: 'en' as const, message: `m${answers}`, isLost: false };
  const all = Array.from({ length: answers }, (_, n) => {
    return { key: `${space.platform}/${space.space}/p${String(n).padStart(5, '0')}`, options: [n % 3], place: 0 };
  });
  const value = pulseKind.parse({
    ...{
      question: 'Shall we?',
      closes: '',
      state: 'open',
      home: space,
      author: `${space.platform}/${space.space}/p0`,
      options: ['A', 'B', 'C'],
      most: 1,
    },
    ...{ isAnonymous: false, isHidden: false, createdAt: at, openedAt: at, places: [place], answers: all },
  });
  await bot.store.collection(pulseKind).insert(id, value);
  const said = JSON.stringify(await call('p00000', 'pulse.answer', { id, option: '1' }));
  if (!said.includes('Your answer')) throw new Error(`a vote was answered by ${said}`);
  return { id, answers, chosen: new Map([[0, 1]]), alone: [], rates: [] };
}

/** Everybody who votes has an answer there already, and another one: the poll changes each time, and does not grow. */
async function vote({ call }: Scene, { id, answers, chosen }: Poll, n: number): Promise<void> {
  const nth = (n * 7) % answers;
  const option = ((chosen.get(nth) ?? nth) + 1) % 3;
  chosen.set(nth, option);
  await call(`p${String(nth).padStart(5, '0')}`, 'pulse.answer', { id, option: String(option) });
}

async function measure(scene: Scene, one: Poll, plan: VotePlan, round: number): Promise<void> {
  const first = round * (plan.alone + plan.atOnce);
  one.alone.push((await timedCalls(plan.alone, (n) => vote(scene, one, first + n))).median);
  const began = performance.now();
  await Promise.all(Array.from({ length: plan.atOnce }, (_, n) => vote(scene, one, first + plan.alone + n)));
  one.rates.push((1000 * plan.atOnce) / (performance.now() - began));
}

export async function voteFigures(folder: string, plan: VotePlan): Promise<readonly Figure[]> {
  const store = await openEmbedded(join(folder, 'vote'));
  try {
    const scene = sceneOn(store, () => new Date());
    const [few, many] = [await poll(scene, plan.few), await poll(scene, plan.many)];
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const one of [few, many]) await measure(scene, one, plan, round);
    }
    // The last cards are on their way to the store.
    await sleep(200);
    await scene.outbox.stop();
    const alone = (one: Poll): number => median(one.alone);
    const rate = (one: Poll): number => median(one.rates);
    const among = (one: Poll): string => `with ${one.answers.toLocaleString('en')} answers there`;
    return [
      { name: `a vote alone, ${among(few)}`, value: alone(few), unit: 'ms' },
      { name: `a vote alone, ${among(many)}`, value: alone(many), unit: 'ms' },
      {
        name: `a vote alone, ${among(many)} by ${among(few)}`,
        value: alone(many) / alone(few),
        unit: 'times',
        wanted: { atMost: 1.5 },
      },
      { name: `votes in a second, ${plan.atOnce} at once, ${among(few)}`, value: rate(few), unit: '' },
      { name: `votes in a second, ${plan.atOnce} at once, ${among(many)}`, value: rate(many), unit: '' },
      {
        name: `votes in a second, ${among(many)} by ${among(few)}`,
        value: rate(many) / rate(few),
        unit: 'times',
        wanted: { atLeast: 0.67 },
      },
    ];
  } finally {
    await store.close();
  }
}
