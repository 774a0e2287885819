// Random operations against a store and against a Map: both must answer alike, over any number of reopenings.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Collection, type Doc, type Kind, type Store, update } from '../../src/core/store.js';

interface Item {
  readonly colour: string;
  readonly count: number;
}

const items: Kind<Item> = { name: 'item', parse: (raw) => raw as Item, facets: ({ colour }) => ({ colour }) };

type Step =
  | { readonly does: 'insert' | 'replace' | 'staleReplace'; readonly id: string; readonly value: Item }
  | { readonly does: 'remove' | 'staleRemove' | 'get' | 'refuse'; readonly id: string }
  | { readonly does: 'changes'; readonly id: string; readonly by: readonly number[] }
  | { readonly does: 'find'; readonly colour: string }
  | { readonly does: 'all' | 'reopen' };

const id = fc.constantFrom('a', 'A', 'b/c', '__proto__', 'x'.repeat(200));
const colour = fc.constantFrom('red', 'green', `'blue'`);
const value = fc.record({ colour, count: fc.nat(9) });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constantFrom('insert', 'replace', 'staleReplace'), id, value }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('remove', 'staleRemove', 'get', 'refuse'), id }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('changes'),
      id,
      by: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 6 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('find'), colour }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('all', 'reopen') }) },
);

/** Runs of random steps; RUNS in the environment asks for more of them. */
export function modelBehaves(name: string, open: () => Promise<Store>, reopen: () => Promise<Store>): void {
  describe(`${name} against a Map`, () => {
    test('random operations and reopenings answer as a Map does', { timeout: 120_000 }, async () => {
      const run = async (steps: readonly Step[]) => {
        const pair = { store: await open(), model: new Map<string, Doc<Item>>() };
        let last = new Map<string, number>();
        try {
          for (const one of steps) {
            if (!('id' in one) && one.does === 'reopen') {
              await pair.store.close();
              pair.store = await reopen();
              last = new Map();
            } else await play(one, pair.store.collection(items), pair.model, last);
          }
          expect(await pair.store.collection(items).find()).toEqual(sorted(pair.model));
        } finally {
          await pair.store.close();
        }
      };
      await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), run), {
        numRuns: Number(process.env.RUNS ?? 25),
      });
    });
  });
}

const sorted = (model: Map<string, Doc<Item>>) => [...model.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
const fails = (): Item => {
  throw new Error('no');
};
const nowhere = { colour: 'red', count: 0 };

/** @param last the last revisions of what was removed since the store was opened */
async function play(
  one: Step,
  c: Collection<Item>,
  model: Map<string, Doc<Item>>,
  last: Map<string, number>,
): Promise<void> {
  if ('id' in one) await playOne(one, c, model, last);
  else if ('colour' in one) {
    const wanted = sorted(model).filter((doc) => doc.value.colour === one.colour);
    expect(await c.find({ colour: one.colour })).toEqual(wanted);
  } else expect(await c.find()).toEqual(sorted(model));
}

async function playOne(
  one: Extract<Step, { readonly id: string }>,
  c: Collection<Item>,
  model: Map<string, Doc<Item>>,
  last: Map<string, number>,
): Promise<void> {
  const known = model.get(one.id);
  const seen = known ?? { id: one.id, rev: 1, value: nowhere };
  switch (one.does) {
    case 'get':
      expect(await c.get(one.id)).toEqual(known);
      break;
    case 'insert':
      expect(await c.insert(one.id, one.value)).toBe(!known);
      if (!known) model.set(one.id, { id: one.id, rev: (last.get(one.id) ?? 0) + 1, value: one.value });
      break;
    case 'replace':
      expect(await c.replace(seen, one.value)).toBe(known !== undefined);
      if (known) model.set(one.id, { id: one.id, rev: known.rev + 1, value: one.value });
      break;
    case 'remove':
      expect(await c.remove(seen)).toBe(known !== undefined);
      if (known) last.set(one.id, known.rev);
      model.delete(one.id);
      break;
    case 'staleReplace':
      expect(await c.replace({ ...seen, rev: seen.rev + 1 }, one.value)).toBe(false);
      break;
    case 'staleRemove':
      expect(await c.remove({ ...seen, rev: seen.rev - 1 })).toBe(false);
      break;
    case 'refuse':
      await expect(update(c, one.id, () => fails())).rejects.toThrow();
      break;
    default:
      await playChanges(one.id, one.by, c, model, known);
  }
}

/** All at once; a change by zero returns what it was given, a negative one throws. */
async function playChanges(
  id: string,
  by: readonly number[],
  c: Collection<Item>,
  model: Map<string, Doc<Item>>,
  known: Doc<Item> | undefined,
): Promise<void> {
  const results = await Promise.allSettled(
    by.map((n) =>
      update(c, id, (item) => {
        if (n < 0) throw new Error('less');
        return n === 0 ? item : { ...item, count: item.count + n };
      }),
    ),
  );
  expect(results.map((result) => result.status)).toEqual(by.map((n) => (known && n >= 0 ? 'fulfilled' : 'rejected')));
  if (!known) return;
  const counted = by.filter((n) => n > 0);
  const count = counted.reduce((sum, n) => sum + n, known.value.count);
  model.set(id, { id, rev: known.rev + counted.length, value: { ...known.value, count } });
}
