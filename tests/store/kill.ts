// kill -9 at random instants, under load: whatever was acknowledged is there afterwards, and nothing is half there.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Store } from '../../src/core/store.js';
import type { Child } from './compiled.js';
import { ballots, fullBallots, got, type Poll, polls } from './sample.js';

/** Rounds on each engine: KILL_ROUNDS on the embedded one, a quarter of them on PostgreSQL, which starts slower. */
export const killRounds = {
  embedded: Number(process.env.KILL_ROUNDS ?? 10),
  PostgreSQL: Math.ceil(Number(process.env.KILL_ROUNDS ?? 10) / 4),
};

/**
 * @param start a child that says what was acknowledged, in this round
 * @param open the store that the child wrote
 * @returns how many changes were acknowledged
 */
export async function survivesKilling(
  rounds: number,
  start: (round: number) => Child,
  open: () => Promise<Store>,
): Promise<number> {
  const owed = new Owed();
  for (let round = 0; round < rounds; round += 1) {
    const child = start(round);
    await child.said('open');
    await sleep(10 + Math.random() * 250);
    await child.kill();
    for (const line of child.lines) owed.note(line);
    const store = await open();
    try {
      owed.check(new Map((await store.collection(polls).find()).map((doc) => [doc.id, doc.value])));
      owed.checkAnswers((await got(store.collection(ballots), 'long')).value.list.map(({ key }) => key));
    } finally {
      await store.close();
    }
  }
  expect(owed.acknowledged).toBeGreaterThan(rounds);
  return owed.acknowledged;
}

/** Says in the output what was done. */
export const tellKilling = (name: string, rounds: number, acknowledged: number): boolean =>
  process.stdout.write(`${name}: killed ${rounds} times, ${acknowledged} acknowledged changes were all there\n`);

/** What was acknowledged, over all rounds. */
class Owed {
  acknowledged = 0;
  readonly #answers: string[] = [];
  readonly #votes = new Map<string, Set<string>>();
  readonly #inserted = new Set<string>();
  readonly #removed = new Set<string>();

  note(line: string): void {
    const [what, id = '', voter = ''] = line.split(' ');
    if (what !== 'open' && what !== 'removing') this.acknowledged += 1;
    if (what === 'answered') this.#answers.push(voter);
    if (what === 'voted') this.#votes.set(id, (this.#votes.get(id) ?? new Set()).add(voter));
    if (what === 'inserted') this.#inserted.add(id);
    // From here on it may be there or not; once removed, it must not be.
    if (what === 'removing') this.#inserted.delete(id);
    if (what === 'removed') this.#removed.add(id);
  }

  /** Each is there once, and what was there first still is. */
  checkAnswers(found: readonly string[]): void {
    const keys = new Set(found);
    expect(keys.size).toBe(found.length);
    expect(this.#answers.filter((key) => !keys.has(key))).toEqual([]);
    expect(found.filter((key) => key.startsWith('k'))).toEqual(fullBallots(1000).list.map(({ key }) => key));
  }

  check(found: ReadonlyMap<string, Poll>): void {
    for (const [id, voters] of this.#votes) {
      const votes = found.get(id)?.votes ?? {};
      expect([...voters].filter((voter) => !(voter in votes))).toEqual([]);
    }
    expect([...this.#inserted].filter((id) => found.get(id)?.title !== id)).toEqual([]);
    expect([...this.#removed].filter((id) => found.has(id))).toEqual([]);
  }
}
