// Strings in order, for finding those that begin alike; one more or one less costs no sorting anew.

export interface SortedKeys {
  add(key: string): void;
  remove(key: string): void;
  /** The first so many that begin like this, in bytewise order, so the shortest first. */
  startingWith(prefix: string, atMost: number): readonly string[];
}

/** So many new ones at once are merged in rather than put in one by one. */
const many = 100;

/** So many new ones are waited for: sorting all of a big glossary at its first search would hold everybody up. */
const most = 2000;

/** Where the key is, or would be. */
function placeIn(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Both in order; each key once. */
function merged(some: readonly string[], others: readonly string[]): string[] {
  const all: string[] = [];
  let [at, next] = [0, 0];
  while (at < some.length || next < others.length) {
    const [a, b] = [some[at], others[next]];
    const isFirst = b === undefined || (a !== undefined && a <= b);
    const key = isFirst ? a : b;
    if (isFirst) at += 1;
    else next += 1;
    if (key !== undefined && key !== all.at(-1)) all.push(key);
  }
  return all;
}

export function sortedKeys(): SortedKeys {
  let keys: string[] = [];
  let fresh: string[] = [];

  const settle = (): void => {
    if (fresh.length > many) keys = merged(keys, fresh.sort());
    else {
      for (const key of fresh) {
        const at = placeIn(keys, key);
        if (keys[at] !== key) keys.splice(at, 0, key);
      }
    }
    fresh = [];
  };

  return {
    add(key) {
      if (fresh.push(key) >= most) settle();
    },
    remove(key) {
      settle();
      const at = placeIn(keys, key);
      if (keys[at] === key) keys.splice(at, 1);
    },
    startingWith(prefix, atMost) {
      settle();
      const from = placeIn(keys, prefix);
      const found = keys.slice(from, from + atMost);
      const end = found.findIndex((key) => !key.startsWith(prefix));
      return end < 0 ? found : found.slice(0, end);
    },
  };
}
