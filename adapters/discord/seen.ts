// What came and what was drawn lately, so that nothing is worked on twice and nothing older is drawn over newer.
import { times } from './limits.js';

/** More than arrive in a quarter of an hour at fifty a second would; older ones are forgotten first. */
const most = 50_000;

export class Seen {
  readonly #interactions = new Map<string, number>();
  readonly #drawn = new Map<string, number>();

  /** @param now milliseconds */
  constructor(readonly now: () => number) {}

  /** Whether this id came before; it counts as seen from now on. */
  has(id: string): boolean {
    const until = this.#interactions.get(id);
    this.#interactions.set(id, this.now() + times.duplicates);
    forgetOldest(this.#interactions);
    return until !== undefined && until > this.now();
  }

  /** Whether nothing newer was drawn on the message; without a revision there is no older or newer. */
  mayDraw(message: string, rev: number | undefined): boolean {
    if (rev === undefined) return true;
    if ((this.#drawn.get(message) ?? 0) > rev) return false;
    // What is drawn often is not to be forgotten first.
    this.#drawn.delete(message);
    this.#drawn.set(message, rev);
    forgetOldest(this.#drawn);
    return true;
  }
}

function forgetOldest(map: Map<string, unknown>): void {
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
