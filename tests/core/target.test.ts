import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeTarget, encodeTarget, maxTarget } from '../../src/core/target.js';

test('a target reads as what it is', () => {
  expect(encodeTarget({ to: 'pulse.vote', args: { id: '01J', option: '2' } })).toBe('pulse.vote?id=01J&option=2');
});

test('a target comes back from its string as it was', () => {
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  const args = fc.dictionary(word, fc.string({ unit: 'grapheme', maxLength: 6 }), { maxKeys: 2 });
  fc.assert(
    fc.property(word, args, (name, given) => {
      const target = { to: `x.${name}`, args: { ...given } };
      fc.pre(new URLSearchParams(target.args).toString().length < maxTarget - 12);
      expect(decodeTarget(encodeTarget(target))).toEqual(target);
    }),
  );
});

test('a target that would not fit on a button is a fault', () => {
  expect(() => encodeTarget({ to: 'x.y', args: { text: 'x'.repeat(maxTarget) } })).toThrow(RangeError);
});
