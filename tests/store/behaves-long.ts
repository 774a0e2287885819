// Documents with a long list behave as all others do, whatever becomes of its entries.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { update } from '../../src/core/store.js';
import { type Ballot, ballots, fullBallots, got, type Here } from './sample.js';

const entry = (key: string, option = 0): Ballot => ({ key, option });

/** What may become of a list: cut out and put in somewhere, or turned round. */
type Step = { readonly at: number; readonly drop: number; readonly put: readonly Ballot[] } | 'reversed';

const ballot = fc.record({ key: fc.string({ maxLength: 4, unit: 'grapheme' }), option: fc.nat(3) });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ at: fc.nat(80), drop: fc.nat(3), put: fc.array(ballot, { maxLength: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ at: fc.nat(80), drop: fc.nat(80), put: fc.array(ballot, { maxLength: 60 }) }) },
  { weight: 1, arbitrary: fc.constant<Step>('reversed') },
);
const done = (list: readonly Ballot[], one: Step): readonly Ballot[] =>
  one === 'reversed' ? list.toReversed() : list.toSpliced(one.at, one.drop, ...one.put);

export function longLists(here: Here): void {
  test('whatever becomes of a long list, it is what it was made to be, also after reopening', async () => {
    const batches = fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { maxLength: 8 });
    let nth = 0;
    const run = async (all: readonly (readonly Step[])[]) => {
      const id = `long-${(nth += 1)}`;
      let expected: readonly Ballot[] = fullBallots(60).list;
      await here.store.collection(ballots).insert(id, fullBallots(60));
      for (const batch of all) {
        const c = here.store.collection(ballots);
        for (const one of batch) expected = done(expected, one);
        await Promise.all(batch.map((one) => update(c, id, (doc) => ({ ...doc, list: done(doc.list, one) }))));
        expect((await got(c, id)).value).toEqual({ title: 'full', list: expected });
      }
      await here.reopened();
      const { rev, value } = await got(here.store.collection(ballots), id);
      expect({ rev, value }).toEqual({ rev: 1 + all.flat().length, value: { title: 'full', list: expected } });
    };
    await fc.assert(fc.asyncProperty(batches, run), { numRuns: Number(process.env.RUNS ?? 12) });
  });

  test('an entry that its kind refuses, or JSON cannot hold, rejects its change alone', async () => {
    const c = here.store.collection(ballots);
    await c.insert('a', fullBallots(60));
    const wrong = [entry('x', 'two' as never), entry('\0'), entry('\ud800'), entry('x', 1n as never)];
    const changes = [entry('first'), ...wrong, entry('last')].map((one) =>
      update(c, 'a', (doc) => ({ ...doc, list: [...doc.list, one] })),
    );
    const settled = await Promise.allSettled(changes);
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual([true, false, false, false, false, true]);
    expect((await got(c, 'a')).value.list.slice(60)).toEqual([entry('first'), entry('last')]);
  });

  test('an entry is kept as its kind reads it', async () => {
    const c = here.store.collection(ballots);
    await c.insert('a', fullBallots(60));
    const extra = { key: 'x', option: 1, more: 'that the kind does not know', at: new Date(0) };
    const doc = await update(c, 'a', ({ list, title }) => ({ title, list: [...list, extra] }));
    expect(doc.value.list.at(-1)).toEqual(entry('x', 1));
    expect((await got(c, 'a')).value.list.at(-1)).toEqual(entry('x', 1));
  });

  test('the rest of such a document is read as ever, and found by', async () => {
    const c = here.store.collection(ballots);
    await c.insert('a', fullBallots(60));
    await update(c, 'a', (doc) => ({ ...doc, title: 'renamed' }));
    expect((await c.find({ title: 'renamed' })).map(({ id }) => id)).toEqual(['a']);
    expect(await c.find({ title: 'full' })).toEqual([]);
    await expect(update(c, 'a', (doc) => ({ ...doc, title: 7 as never }))).rejects.toThrow('ballots/a is not what');
  });

  test('nobody can alter a list that is kept', async () => {
    const c = here.store.collection(ballots);
    await c.insert('a', fullBallots(60));
    const given = [...fullBallots(60).list];
    const doc = await update(c, 'a', (old) => ({ ...old, list: given }));
    const { value } = doc;
    expect(() => Object.assign(doc, { rev: 9 })).toThrow(TypeError);
    expect(() => given.push(entry('later'))).toThrow(TypeError);
    expect(() => Object.assign(value.list[0] ?? {}, { option: 9 })).toThrow(TypeError);
    expect((await got(c, 'a')).value).toEqual(fullBallots(60));
  });
}
