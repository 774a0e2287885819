// The rules of a pulse, on plain values.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../../src/core/refusal.js';
import { answerOf, cast, dropped, forgotten, reasoned, withdrawn } from '../../../src/features/pulse/answering.js';
import {
  alsoIn,
  closed,
  closingAt,
  entered,
  extended,
  keyed,
  mended,
  middleOf,
  mostPlaces,
  opened,
  reopened,
  unopened,
} from '../../../src/features/pulse/course.js';
import { askedIn, drafted, isOver, type Pulse, pulseKind, sightOf } from '../../../src/features/pulse/model.js';

const t0 = new Date('2026-03-01T12:00:00Z');
const minutesOn = (minutes: number): Date => new Date(t0.getTime() + minutes * 60_000);
const place = (channel: string) => askedIn({ platform: 'fake', space: 'S1', channel }, 'en');
const by = { platform: 'fake', space: 'S1', person: 'alice' };

function open(change: Partial<Pulse> = {}): Pulse {
  const content = {
    question: 'Q?',
    options: ['A', 'B', 'C'],
    isAnonymous: false,
    most: 1,
    isHidden: false,
    closes: '7d',
  };
  const draft = drafted(content, { by, place: place('general'), zone: 'Africa/Nairobi' }, t0);
  return { ...opened(draft, t0), ...change };
}

/** A lot that is always drawn from the end. */
const last = (below: number): number => below - 1;

const end = (pulse: Pulse, minutes = 60): Pulse => closed(pulse, { at: minutesOn(minutes), by: 'time', pick: last });

const answered = (pulse: Pulse, ...presses: readonly (readonly [key: string, option: number])[]): Pulse =>
  presses.reduce((one, [key, option]) => cast(one, { key, option, place: 0 }, minutesOn(1)), pulse);

const why = (run: () => unknown): string | undefined => {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error.key;
    throw error;
  }
  return undefined;
};

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

describe('closing', () => {
  test('counts in the same change, and happens once', () => {
    const pulse = end(answered(open(), ['x', 0], ['y', 0], ['z', 2]));
    expect(pulse).toMatchObject({ state: 'closed', closedBy: 'time', tally: { people: 3, counts: [2, 0, 1] } });
    expect(pulse.answers).toHaveLength(3);
    expect(closed(pulse, { at: minutesOn(99), by: 'staff', pick: last })).toBe(pulse);
  });

  test('with fewer than five answers tells nothing of an anonymous pulse, unless the asker wanted it', () => {
    const four = [...'abcd'].map((key) => [key, 0] as const);
    expect(end(answered(open({ isAnonymous: true }), ...four))).not.toHaveProperty('tally');
    expect(end(answered(open({ isAnonymous: true, showsFew: true }), ...four)).tally?.people).toBe(4);
    expect(end(answered(open({ isAnonymous: true }), ...four, ['e', 1])).tally?.people).toBe(5);
  });

  test('draws the order of anonymous reasons by lot', () => {
    const keys = [...'abcde'];
    const said = keys.reduce(
      (pulse, key) => reasoned(pulse, key, `reason ${key}`, minutesOn(1)),
      answered(open({ isAnonymous: true }), ...keys.map((key) => [key, 0] as const)),
    );
    expect(end(said).reasons).toEqual(keys.map((key) => `reason ${key}`).reverse());
    const first = closed(said, { at: minutesOn(2), by: 'time', pick: () => 0 });
    expect(first.reasons).toEqual(keys.map((key) => `reason ${key}`));
  });

  test('who asks to be forgotten is counted no more, also after the closing where it is named', () => {
    const pulse = end(answered(open(), ['x', 0], ['y', 1]));
    expect(forgotten(pulse, 'x').tally).toEqual({ people: 1, counts: [0, 1, 0] });
    expect(forgotten(pulse, 'z')).toBe(pulse);
  });
});

describe('when it closes', () => {
  test.each([
    ['soon', 'closesUnreadable'],
    ['10 sec', 'closesUnreadable'],
    ['2026-03-01 11:00', 'closesTooSoon'],
    ['100d', 'closesTooLate'],
  ])('%s is refused: %s', (typed, reason) => expect(why(() => closingAt(typed, t0, 'UTC'))).toBe(reason));

  test('an instant is meant in the asker’s zone', () => {
    expect(closingAt('2026-03-05 18:00', t0, 'Africa/Nairobi').toISOString()).toBe('2026-03-05T15:00:00.000Z');
  });

  test('a span counts from posting, not from the draft', () => {
    const { state: _, ...rest } = open();
    expect(opened({ ...rest, state: 'draft' }, minutesOn(600)).closesAt).toBe('2026-03-08T22:00:00.000Z');
  });

  test('extending counts from the present closing and is told; it never shortens', () => {
    const pulse = extended(open(), '1d', minutesOn(5));
    expect(pulse.closesAt).toBe('2026-03-09T12:00:00.000Z');
    expect(pulse.changes).toEqual([{ kind: 'extended', at: '2026-03-08T12:00:00.000Z' }]);
    expect(pulse.face).toBe(open().face + 1);
    expect(why(() => extended(open(), '2026-03-02', minutesOn(5)))).toBe('notLater');
    expect(why(() => extended(end(open()), '1d', minutesOn(61)))).toBe('alreadyClosed');
  });

  test('half-time is in the middle', () => expect(middleOf(open()).toISOString()).toBe('2026-03-05T00:00:00.000Z'));
});

describe('reopening', () => {
  test('keeps the answers of a named pulse and is told', () => {
    const pulse = reopened(end(answered(open(), ['x', 0])), '2d', minutesOn(120));
    expect(pulse).toMatchObject({ state: 'open', closesAt: '2026-03-03T14:00:00.000Z', isSettled: false });
    expect(pulse.changes).toEqual([{ kind: 'reopened', at: minutesOn(120).toISOString() }]);
    expect(answered(pulse, ['y', 1]).answers).toHaveLength(2);
  });

  test('of an anonymous one is refused: nothing tells its answers apart any more', () => {
    expect(why(() => reopened(end(open({ isAnonymous: true })), '2d', minutesOn(120)))).toBe('noReopening');
    expect(why(() => reopened(open(), '2d', minutesOn(120)))).toBe('stillOpen');
  });
});

describe('mending a typo', () => {
  const wording = { question: 'Q?', options: ['A', 'B', 'D'] };

  test('keeps the answers and is told', () => {
    const pulse = mended(answered(open(), ['x', 0]), wording, undefined, minutesOn(9));
    expect(pulse.options).toEqual(['A', 'B', 'D']);
    expect(pulse.answers).toHaveLength(1);
    expect(pulse.changes).toEqual([{ kind: 'edited', at: minutesOn(9).toISOString() }]);
  });

  test('nothing changed is nothing told', () => {
    const pulse = open();
    expect(mended(pulse, { question: 'Q?', options: ['A', 'B', 'C'] }, undefined, minutesOn(1))).toBe(pulse);
  });

  test.each([
    ['after ten minutes', open(), wording, 11, 'mendTooLate'],
    ['with other options', open(), { question: 'Q?', options: ['A', 'B'] }, 1, 'mendOtherOptions'],
    ['of an option that somebody else chose', answered(open(), ['x', 2]), wording, 1, 'mendAnswered'],
    [
      'of a question that somebody else answered',
      answered(open(), ['x', 2]),
      { ...wording, question: 'R?' },
      1,
      'mendAnswered',
    ],
    [
      'of an anonymous pulse that somebody else answered',
      answered(open({ isAnonymous: true }), ['x', 0]),
      wording,
      1,
      'mendAnswered',
    ],
    ['of a hidden one', answered(open({ isHidden: true }), ['x', 0]), wording, 1, 'mendAnswered'],
    ['of a closed one', end(open()), wording, 1, 'alreadyClosed'],
  ])('%s is refused', (_, pulse, words, minutes, reason) => {
    expect(why(() => mended(pulse, words, 'own', minutesOn(minutes)))).toBe(reason);
  });

  test('the author’s own answer is no obstacle', () => {
    const pulse = answered(open({ isAnonymous: true }), ['own', 2]);
    expect(mended(pulse, { ...wording, question: 'R?' }, 'own', minutesOn(1)).question).toBe('R?');
  });
});

describe('channels', () => {
  test('are added once, up to the limit', () => {
    const two = alsoIn(open(), place('b'));
    expect(two.places.map(({ channel }) => channel)).toEqual(['general', 'b']);
    expect(why(() => alsoIn(two, place('b')))).toBe('alreadyThere');
    expect(why(() => alsoIn(end(open()), place('b')))).toBe('alreadyClosed');
    const full = Array.from({ length: mostPlaces - 1 }, (_, n) => place(`c${n}`)).reduce(alsoIn, open());
    expect(why(() => alsoIn(full, place('one more')))).toBe('tooManyChannels');
  });

  test('one that could not be posted can be tried again, and keeps its number', () => {
    const lost = {
      ...alsoIn(open(), place('b')),
      places: [place('general'), { ...place('b'), isLost: true }, place('c')],
    };
    expect(alsoIn(lost, place('b')).places.map(({ channel, isLost }) => [channel, isLost])).toEqual([
      ['general', false],
      ['b', false],
      ['c', false],
    ]);
  });

  test('a key opens one channel, once, for a day', () => {
    const pulse = keyed(open(), 'ABCDEFGH', t0);
    const there = entered(pulse, 'ABCDEFGH', place('b'), minutesOn(60));
    expect(there.places).toHaveLength(2);
    expect(why(() => entered(there, 'ABCDEFGH', place('c'), minutesOn(61)))).toBe('unknownKey');
    expect(why(() => entered(pulse, 'ABCDEFGX', place('b'), minutesOn(60)))).toBe('unknownKey');
    expect(why(() => entered(pulse, 'ABCDEFGH', place('b'), minutesOn(24 * 60)))).toBe('unknownKey');
  });
});

test('a draft is posted once, into some channel; where that fails it is a draft again', () => {
  expect(why(() => opened(open(), t0))).toBe('alreadyPosted');
  const draft = unopened(open());
  expect(draft).toMatchObject({ state: 'draft' });
  expect(draft).not.toHaveProperty('closesAt');
  expect(why(() => opened({ ...draft, places: [] }, t0))).toBe('noChannel');
});
