// Strings in order, for finding those that begin alike; one more or one less costs no sorting anew.

export interface SortedKeys {
  add(key: string): void;
  remove(key: string): void;
  /** The first so many that begin like this, in bytewise order, so the shortest first. */
  startingWith(prefix: string, most: number): readonly string[];
}

/** So many new ones at once are sorted in rather than put in one by one. */
const many = 100;

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

export function sortedKeys(): SortedKeys {
  let keys: string[] = [];
  let fresh: string[] = [];

  const settle = (): void => {
    if (fresh.length > many) keys = [...new Set([...keys, ...fresh])].sort();
    else {
      for (const key of fresh) {
        const at = placeIn(keys, key);
        if (keys[at] !== key) keys.splice(at, 0, key);
      }
    }
    fresh = [];
  };

  return {
    add: (key) => void fresh.push(key),
    remove(key) {
      settle();
      const at = placeIn(keys, key);
      if (keys[at] === key) keys.splice(at, 1);
    },
    startingWith(prefix, most) {
      settle();
      const from = placeIn(keys, prefix);
      const found = keys.slice(from, from + most);
      const end = found.findIndex((key) => !key.startsWith(prefix));
      return end < 0 ? found : found.slice(0, end);
    },
  };
}
