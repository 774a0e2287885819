// The course of a pulse, on plain values.
import { describe, expect, test } from 'vitest';
import { forgotten, reasoned } from '../../../src/features/pulse/answering.js';
import {
  alsoIn,
  closed,
  closingAt,
  entered,
  extended,
  keyed,
  keyReturned,
  mended,
  middleOf,
  mostPlaces,
  opened,
  reopened,
  unopened,
} from '../../../src/features/pulse/course.js';
import { answered, end, minutesOn, open, place, t0, why } from './sample.js';

describe('closing', () => {
  test('counts in the same change, and happens once', () => {
    const pulse = end(answered(open(), ['x', 0], ['y', 0], ['z', 2]));
    expect(pulse).toMatchObject({ state: 'closed', closedBy: 'time', tally: { people: 3, counts: [2, 0, 1] } });
    expect(pulse.answers).toHaveLength(3);
    expect(closed(pulse, { at: minutesOn(99), by: 'staff', pick: () => 0 })).toBe(pulse);
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

  test('an instant is the one that the draft showed, and refused once it is over', () => {
    const { state: _, ...rest } = open({ closes: '18:00', closesOn: '2026-03-01T15:00:00.000Z' });
    const draft = { ...rest, state: 'draft' } as const;
    expect(opened(draft, minutesOn(100)).closesAt).toBe('2026-03-01T15:00:00.000Z');
    expect(why(() => opened(draft, minutesOn(181)))).toBe('closesTooSoon');
    const { closesOn: __, ...old } = draft;
    expect(opened(old, minutesOn(181)).closesAt).toBe('2026-03-02T15:00:00.000Z');
  });

  test('extending counts from the present closing and is told; it never shortens', () => {
    const pulse = extended(open(), '1d', minutesOn(5));
    expect(pulse.closesAt).toBe('2026-03-09T12:00:00.000Z');
    expect(pulse.changes).toEqual([{ kind: 'extended', at: '2026-03-08T12:00:00.000Z' }]);
    expect(pulse.face).toBe(open().face + 1);
    expect(why(() => extended(open(), '2026-03-02', minutesOn(5)))).toBe('notLater');
    expect(why(() => extended(end(open()), '1d', minutesOn(61)))).toBe('alreadyClosed');
  });

  test('half-time is in the middle, after a reopening of what is left then', () => {
    expect(middleOf(open()).toISOString()).toBe('2026-03-05T00:00:00.000Z');
    const again = reopened(end(open()), '2d', minutesOn(14 * 24 * 60));
    expect(middleOf(again).toISOString()).toBe('2026-03-16T12:00:00.000Z');
  });
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

  test('a key that is given back works again, unless there is another or the pulse is closed', () => {
    const pulse = keyed(open(), 'ABCDEFGH', t0);
    const used = entered(pulse, 'ABCDEFGH', place('b'), minutesOn(60));
    expect(keyReturned(used, pulse.doorKey).doorKey).toEqual(pulse.doorKey);
    const newer = keyed(used, 'HGFEDCBA', minutesOn(61));
    expect(keyReturned(newer, pulse.doorKey)).toBe(newer);
    expect(keyReturned(end(used), pulse.doorKey)).not.toHaveProperty('doorKey');
  });
});

test('a draft is posted once, into some channel; where that fails it is a draft again', () => {
  expect(why(() => opened(open(), t0))).toBe('alreadyPosted');
  const draft = unopened(open());
  expect(draft).toMatchObject({ state: 'draft' });
  expect(draft).not.toHaveProperty('closesAt');
  expect(why(() => opened({ ...draft, places: [] }, t0))).toBe('noChannel');
});
