import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Move, moved, opened } from '../../../src/features/wg/machine.js';
import { endedAt, isUndecided, isUnfinished, owedNews, type Request } from '../../../src/features/wg/model.js';

const person = (name: string) => ({ platform: 'fake', space: 'S1', person: name });
const [alice, sam, sue] = [person('alice'), person('sam'), person('sue')];
const at = (hour: number): Date => new Date(Date.UTC(2026, 2, 2, hour));

const fresh = (): Request =>
  opened({ group: 'PSWG', home: { platform: 'fake', space: 'S1' }, by: alice, locale: 'en' }, at(9));

const move: fc.Arbitrary<Move> = fc.oneof(
  fc
    .constantFrom(
      'claimed' as const,
      'released' as const,
      'answered' as const,
      'changed' as const,
      'lifted' as const,
      'withdrawn' as const,
    )
    .map((deed) => ({ deed })),
  fc.constantFrom('lapsed' as const, 'left' as const, 'expired' as const, 'erased' as const).map((deed) => ({ deed })),
  fc.constantFrom(sam, sue).map((to) => ({ deed: 'handedOver' as const, to })),
  fc.constant({ deed: 'asked' as const, question: 'q1' }),
  fc.constantFrom<Move>({ deed: 'approved', tasks: [] }, { deed: 'approved', tasks: ['list', 'form'] }),
  fc.constantFrom(0, 1, 2, Number.NaN).map((task) => ({ deed: 'ticked' as const, task, isDone: true })),
  fc.constant({ deed: 'declined' as const, reason: 'r1' }),
);
const doing = fc.array(fc.record({ move, by: fc.constantFrom(sam, sue) }), { maxLength: 30 });

/** Does what can be done, one after the other. */
function run(steps: readonly { move: Move; by: typeof sam }[]): readonly Request[] {
  const states = [fresh()];
  for (const [nth, step] of steps.entries()) {
    const last = states.at(-1) ?? fresh();
    states.push(moved(last, step.move, step.by, at(10 + nth)) ?? last);
  }
  return states;
}

describe('whatever is done with a request', () => {
  test('what is decided stays decided', () => {
    fc.assert(
      fc.property(doing, (steps) => {
        const states = run(steps).map(({ state }) => state);
        const end = states.findIndex((state) => !isUndecided({ state }));
        expect(new Set(end < 0 ? [] : states.slice(end)).size).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('a claimed one is held by somebody, an open one by nobody, and one with a question has that question', () => {
    fc.assert(
      fc.property(doing, (steps) => {
        for (const { state, holder, question } of run(steps)) {
          if (state === 'claimed') expect(holder).toBeDefined();
          if (state === 'open') expect(holder).toBeUndefined();
          expect(question !== undefined).toBe(state === 'asked');
        }
      }),
    );
  });

  test('history only grows, and tells when it ended', () => {
    fc.assert(
      fc.property(doing, (steps) => {
        const states = run(steps);
        for (const [nth, one] of states.entries()) {
          const before = states[nth - 1] ?? one;
          expect(one.history.slice(0, before.history.length)).toEqual(before.history);
          expect(endedAt(one) === undefined).toBe(isUndecided(one));
        }
      }),
    );
  });

  test('it is done once, and only when every tick is set', () => {
    fc.assert(
      fc.property(doing, (steps) => {
        const last = run(steps).at(-1) ?? fresh();
        const dones = last.history.filter(({ deed }) => deed === 'done').length;
        expect(dones).toBe(last.state === 'approved' && !isUnfinished(last) ? 1 : 0);
        expect(owedNews(last)?.kind === 'done').toBe(dones === 1);
      }),
    );
  });
});

describe('one who holds it', () => {
  const claimed = moved(fresh(), { deed: 'claimed' }, sam, at(10)) ?? fresh();

  test('alone may decide, ask and release', () => {
    const moves: Move[] = [
      { deed: 'approved', tasks: [] },
      { deed: 'declined', reason: 'r' },
      { deed: 'asked', question: 'q' },
      { deed: 'released' },
    ];
    for (const one of moves) {
      expect(moved(claimed, one, sue, at(11))).toBeUndefined();
      expect(moved(claimed, one, sam, at(11))).toBeDefined();
    }
  });

  test('is left alone by a second claim', () =>
    expect(moved(claimed, { deed: 'claimed' }, sue, at(11))).toBeUndefined());

  test('may be followed by another when it is handed over', () => {
    const handed = moved(claimed, { deed: 'handedOver', to: sue }, sue, at(11));
    expect(handed?.holder).toEqual(sue);
    expect(handed?.since).toBe(at(11).toISOString());
    expect(moved(claimed, { deed: 'handedOver', to: sam }, sam, at(11))).toBeUndefined();
  });
});

test('nobody handles their own request, and nobody is handed theirs', () => {
  const moves: Move[] = [
    { deed: 'claimed' },
    { deed: 'approved', tasks: [] },
    { deed: 'declined', reason: 'r' },
    { deed: 'asked', question: 'q' },
  ];
  for (const one of moves) expect(() => moved(fresh(), one, alice, at(10))).toThrow('ownRequest');
  const claimed = moved(fresh(), { deed: 'claimed' }, sam, at(10)) ?? fresh();
  expect(() => moved(claimed, { deed: 'handedOver', to: alice }, sam, at(11))).toThrow('handToApplicant');
});

test('an answer to a question whose asker is gone from the records goes to the queue', () => {
  const asked = moved(fresh(), { deed: 'asked', question: 'q' }, sam, at(10)) ?? fresh();
  const { holder, ...orphan } = asked;
  expect(holder).toEqual(sam);
  expect(moved(orphan, { deed: 'answered' }, alice, at(11))?.state).toBe('open');
});
