// A test that keeps a claim of SECURITY.md.
import { test } from 'vitest';

/** @param name begins with the claim's id, as in `S1: …`, so that tests/security.test.ts finds it */
export function claim(name: `S${number}: ${string}`, work: () => Promise<void> | void, patience?: number): void {
  test(name, work, patience);
}
