// Wherever the program dies, each post comes exactly once.
import { expect, test } from 'vitest';
import { type Collection, type Store, Unrecorded } from '../../../src/core/store.js';
import { textOf } from '../../support/harness.js';
import { type Stage, stage } from './stage.js';

/** A store that takes so many more writes and then none. */
function dying(): { left: number; around: (store: Store) => Store } {
  const life = {
    left: Number.POSITIVE_INFINITY,
    around: (store: Store): Store => ({
      ...store,
      collection(kind) {
        const whole = store.collection(kind);
        const write =
          <A extends unknown[], R>(does: (...args: A) => Promise<R>) =>
          (...args: A): Promise<R> => {
            life.left -= 1;
            return life.left < 0 ? Promise.reject(new Unrecorded('dying')) : does(...args);
          };
        const made: Collection<never> = {
          get: whole.get,
          find: whole.find,
          insert: write(whole.insert),
          replace: write(whole.replace),
          remove: write(whole.remove),
        } as unknown as Collection<never>;
        return made as unknown as typeof whole;
      },
    }),
  };
  return life;
}

const at = (name: string): string => `https://www.icann.org/en/public-comment/proceeding/${name}-20-02-2026`;
const days = { days: 'opens,7,own', hour: '9', zone: 'UTC', category: '', words: '' };

const channels = ['c1', 'c2', 'c3', 'c4', 'c5'];

/** Two proceedings, five channels; what was said in the end, as lines. */
async function story(dies: (on: Stage, life: { left: number }) => Promise<void>): Promise<string[]> {
  const life = dying();
  const on = stage({ now: '2026-03-01T12:00:00Z', platforms: ['slack'], around: life.around });
  for (const channel of channels) on.platforms[0]?.channels.set(channel, { state: 'public', members: new Set() });
  for (const name of ['one', 'two']) {
    await on.call('sam', 'comments.added', { address: at(name), title: `Report ${name}`, closing: '2026-04-12' });
  }
  for (const channel of channels) await on.call('sam', 'comments.followed', days, { channel });
  await on.sleepUntil('2026-04-05T08:59:00Z');
  await on.call('sam', 'comments.extended', { id: 'two-20-02-2026', closing: '2026-04-30' });
  on.seen.length = 0;
  await dies(on, life);
  await on.sleepUntil('2026-04-05T10:05:00Z');
  return on.seen
    .map(
      ({ to, card }) => `${'channel' in to ? to.channel : to.person}: ${textOf(card).replace(/^Time left.*$/gm, '')}`,
    )
    .sort();
}

test('a crash after any write loses nothing and says nothing twice', { timeout: 120_000 }, async () => {
  const whole = await story(async () => undefined);
  expect(whole).toHaveLength(5);
  let deaths = 0;
  for (let writes = 0; ; writes += 1) {
    let hasDied = false;
    const said = await story(async (on, life) => {
      life.left = writes;
      await on.beat(Date.parse('2026-04-05T09:00:00Z'));
      hasDied = life.left < 0;
      life.left = Number.POSITIVE_INFINITY;
      on.restart();
      await on.beat(Date.parse('2026-04-05T09:01:30Z'));
    });
    expect([writes, said]).toEqual([writes, whole]);
    if (!hasDied) break;
    deaths += 1;
  }
  expect(deaths).toBeGreaterThan(20);
});

test('two replicas that look at the same moment say it once', async () => {
  const said = await story(async (on) => {
    const first = on.bot;
    on.restart();
    on.now = new Date('2026-04-05T09:00:00Z');
    await Promise.all([first.ticker.beat(), on.bot.ticker.beat()]);
  });
  expect(said).toHaveLength(5);
});
