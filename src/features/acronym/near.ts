// Near misses: how likely a slip of the keyboard makes one term of another. Pure.

/**
 * How likely one slip turns `key` into `typed`, all four kinds of slips and all letters being equally likely:
 * two letters swapped, one left out, one wrong, one added.
 * @returns 0 when it takes more than one slip
 */
export function likelihood(typed: string, key: string): number {
  let at = 0;
  while (at < typed.length && at < key.length && typed[at] === key[at]) at += 1;
  const isSame = (from: number, keyFrom: number): boolean => typed.slice(from) === key.slice(keyFrom);
  if (typed.length === key.length - 1) return isSame(at, at + 1) ? sameAround(key, at) / key.length : 0;
  if (typed.length === key.length + 1) return isSame(at + 1, at) ? sameAround(typed, at) / (26 * typed.length) : 0;
  if (typed.length !== key.length) return 0;
  if (isSame(at + 1, at + 1)) return 1 / (25 * key.length);
  return typed[at] === key[at + 1] && typed[at + 1] === key[at] && isSame(at + 2, at + 2) ? 1 / (key.length - 1) : 0;
}

/** How many letters next to each other are the one at `at`: leaving out either S of SSAC gives SAC. */
function sameAround(word: string, at: number): number {
  let [from, to] = [at, at];
  while (from > 0 && word[from - 1] === word[at]) from -= 1;
  while (word[to + 1] === word[at] && to + 1 < word.length) to += 1;
  return to - from + 1;
}
