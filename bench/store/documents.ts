// What is stored and changed: polls, all of a size.
import type { Kind } from '../../src/core/store.js';

/** A poll with forty votes: about 700 bytes. */
export interface Poll {
  readonly title: string;
  readonly count: number;
  readonly votes: Readonly<Record<string, number>>;
}

export const kind: Kind<Poll> = { name: 'poll', parse: (raw) => raw as Poll };

export const poll = (n: number): Poll => ({
  title: `Should comment ${n} be supported?`,
  count: 0,
  votes: Object.fromEntries(Array.from({ length: 40 }, (_, member) => [`member-${member}`, (n + member) % 5])),
});

/** The change that all make: nothing grows, so that each one costs the same. */
export const changed = (before: Poll): Poll => ({ ...before, count: before.count + 1 });

export const idOf = (n: number): string => `p${String(n).padStart(7, '0')}`;
