// What members do with a pulse, on plain values.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, cast, dropped, reasoned, withdrawn } from '../../../src/features/pulse/answering.js';
import { isOver, type Pulse, pulseKind, sightOf } from '../../../src/features/pulse/model.js';
import { answered, end, minutesOn, open, why } from './sample.js';

describe('an answer', () => {
  test('takes the place of the former one, and the same again changes nothing', () => {
    const first = answered(open(), ['x', 0]);
    expect(answerOf(answered(first, ['x', 1]), 'x')?.options).toEqual([1]);
    expect(answered(first, ['x', 0])).toBe(first);
  });

  test('stands beside the former ones where several are allowed, up to the limit', () => {
    const two = answered(open({ most: 2 }), ['x', 2], ['x', 0]);
    expect(answerOf(two, 'x')?.options).toEqual([0, 2]);
    expect(why(() => answered(two, ['x', 1]))).toBe('tooManyChosen');
    expect(answerOf(dropped(two, 'x', 0, minutesOn(1)), 'x')?.options).toEqual([2]);
    expect(dropped(dropped(two, 'x', 0, minutesOn(1)), 'x', 2, minutesOn(1)).answers).toEqual([]);
  });

  test('can be withdrawn, with its reason', () => {
    const said = reasoned(answered(open(), ['x', 0], ['y', 1]), 'x', ' because ', minutesOn(1));
    expect(answerOf(said, 'x')?.reason).toBe('because');
    expect(withdrawn(said, 'x', minutesOn(1)).answers.map(({ key }) => key)).toEqual(['y']);
    expect(withdrawn(open(), 'x', minutesOn(1))).toEqual(open());
  });

  test('keeps its reason when it is changed; an empty one takes it away', () => {
    const said = reasoned(answered(open(), ['x', 0]), 'x', 'because', minutesOn(1));
    expect(answerOf(answered(said, ['x', 1]), 'x')).toMatchObject({ options: [1], reason: 'because' });
    expect(answerOf(reasoned(said, 'x', '', minutesOn(1)), 'x')).not.toHaveProperty('reason');
    expect(answerOf(reasoned(said, 'x', 'x'.repeat(400), minutesOn(1)), 'x')?.reason).toHaveLength(300);
  });

  test('comes too late once the time is over, whether or not anybody has closed it', () => {
    const week = 7 * 24 * 60;
    expect(why(() => cast(open(), { key: 'x', option: 0, place: 0 }, minutesOn(week)))).toBe('alreadyClosed');
    expect(cast(open(), { key: 'x', option: 0, place: 0 }, minutesOn(week - 1)).answers).toHaveLength(1);
    expect(why(() => withdrawn(end(open()), 'x', minutesOn(2)))).toBe('alreadyClosed');
    expect(isOver(open(), minutesOn(week))).toBe(true);
  });

  test('to an option that there is not, without an answer, or to a draft is refused', () => {
    expect(why(() => answered(open(), ['x', 3]))).toBe('oldButton');
    expect(why(() => answered(open(), ['x', Number.NaN]))).toBe('oldButton');
    expect(why(() => reasoned(open(), 'x', 'why', minutesOn(1)))).toBe('answerFirst');
    expect(why(() => answered({ ...open(), state: 'draft' }, ['x', 0]))).toBe('stillDraft');
  });
});

const presses = fc.array(
  fc.record({
    key: fc.constantFrom(...'abcdefgh'),
    option: fc.nat(2),
    does: fc.constantFrom('cast', 'withdraw', 'say'),
  }),
  { maxLength: 60 },
);

function played(pulse: Pulse, list: readonly { key: string; option: number; does: string }[]): Pulse {
  return list.reduce((one, { key, option, does }) => {
    if (does === 'withdraw') return withdrawn(one, key, minutesOn(1));
    if (does === 'say') return answerOf(one, key) ? reasoned(one, key, `${key}${option}`, minutesOn(1)) : one;
    return cast(one, { key, option, place: 0 }, minutesOn(1));
  }, pulse);
}

describe('whatever is pressed in whatever order', () => {
  test('everybody counts once, and the last word is theirs', () => {
    fc.assert(
      fc.property(presses, (list) => {
        const pulse = played(open(), list);
        const lastOf = new Map<string, number | undefined>();
        for (const { key, option, does } of list) {
          if (does !== 'say') lastOf.set(key, does === 'cast' ? option : undefined);
        }
        const there = [...lastOf].filter(([, option]) => option !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
        expect(pulse.answers.map(({ key, options }) => [key, options[0]])).toEqual(there);
        expect(sightOf(pulse).people).toBe(there.length);
      }),
    );
  });

  test('who came when leaves no trace: another order is the same document', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...'abcdefgh']), fc.infiniteStream(fc.nat(1)), (keys, stream) => {
        const chosen = keys.map((key) => [key, stream.next().value ?? 0] as const);
        const forwards = answered(open({ isAnonymous: true, isHidden: true }), ...chosen);
        const backwards = answered(open({ isAnonymous: true, isHidden: true }), ...[...chosen].reverse());
        expect(backwards.answers).toEqual(forwards.answers);
        expect(end(backwards).tally).toEqual(end(forwards).tally);
      }),
    );
  });

  test('no key, and no reason beside an answer, outlives the closing of an anonymous pulse', () => {
    fc.assert(
      fc.property(presses, fc.boolean(), (list, showsFew) => {
        const keyed = list.map((press) => ({ ...press, key: `key-of-${press.key}` }));
        const pulse = end(played(open({ isAnonymous: true, showsFew }), keyed));
        const kept = JSON.stringify({ ...pulse, reasons: [] });
        expect(kept).not.toContain('key-of-');
        expect(pulse.answers).toEqual([]);
        if (pulse.tally) expect(pulse.tally.counts.reduce((sum, count) => sum + count, 0)).toBe(pulse.tally.people);
        else expect(pulse.reasons).toEqual([]);
      }),
    );
  });

  test('a document is read as it was written', () => {
    fc.assert(
      fc.property(presses, fc.boolean(), (list, isAnonymous) => {
        for (const pulse of [played(open({ isAnonymous }), list), end(played(open({ isAnonymous }), list))]) {
          expect(pulseKind.parse(JSON.parse(JSON.stringify(pulse)))).toEqual(pulse);
        }
      }),
    );
  });
});

describe('the face', () => {
  test('of a named pulse grows with each answer, and not with the same again', () => {
    const one = answered(open(), ['x', 0]);
    expect(one.face).toBe(open().face + 1);
    expect(reasoned(one, 'x', 'why', minutesOn(1)).face).toBe(one.face);
  });

  test('of an anonymous one stays as it is until something new is shown', () => {
    const faces = [...'abcdefghi'].map((_, n) => {
      const keys = [...'abcdefghi'].slice(0, n + 1).map((key) => [key, 0] as const);
      return answered(open({ isAnonymous: true }), ...keys).face;
    });
    expect(faces).toEqual([1, 1, 1, 1, 2, 2, 2, 3, 3]);
  });
});
