// @ts-check
// What this browser remembers between visits. One that keeps nothing for us remembers for as long as the page is open.

/** @type {Map<string, string>} */
const instead = new Map();

export const memory = {
  /** @param {string} key */
  get(key) {
    try {
      return localStorage.getItem(key) ?? undefined;
    } catch {
      // Storage is switched off.
      return instead.get(key);
    }
  },
  /** @param {string} key @param {string | undefined} value undefined: forgets it */
  set(key, value) {
    try {
      if (value === undefined) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      if (value === undefined) instead.delete(key);
      else instead.set(key, value);
    }
  },
};
