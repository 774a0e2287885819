import { describe, expect, test } from 'vitest';
import { nearest } from '../../src/core/near.js';

const words = ['help', 'settings', 'language', 'privacy', 'status'];

describe('the word that was meant', () => {
  test.each([
    ['hlep', 'help'],
    ['HELP', 'help'],
    ['hepl', 'help'],
    ['statsu', 'status'],
    ['settins', 'settings'],
    ['priv', 'privacy'],
    ['lanugage', 'language'],
  ])('%s: %s', (typed, meant) => expect(nearest(typed, words)).toBe(meant));

  test.each(['foo', 'st', '', 'he is here', 'x'.repeat(40_000)])('%s is near to none', (typed) => {
    expect(nearest(typed, words)).toBeUndefined();
  });
});
