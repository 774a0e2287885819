// What came and what was drawn lately, so that nothing is worked on twice and nothing older is drawn over newer.
import type { Clock } from '../../src/core/clock.js';
import { Recent } from '../../src/core/recent.js';
import { times } from './limits.js';

/** More than arrive in a quarter of an hour at fifty a second would. */
const least = 50_000;

export class Seen {
  readonly #interactions: Recent<true>;
  readonly #drawn: Recent<number>;

  constructor(clock: Clock) {
    this.#interactions = new Recent(clock, times.duplicates, least);
    this.#drawn = new Recent(clock, Number.POSITIVE_INFINITY, least);
  }

  /** Whether this id came before; it counts as seen from now on. */
  has(id: string): boolean {
    const came = this.#interactions.get(id) === true;
    this.#interactions.set(id, true);
    return came;
  }

  /** Whether nothing newer was drawn on the message; without a revision there is no older or newer. */
  mayDraw(message: string, rev: number | undefined): boolean {
    if (rev === undefined) return true;
    if ((this.#drawn.get(message) ?? 0) > rev) return false;
    this.#drawn.set(message, rev);
    return true;
  }
}
