// What was seen lately, bounded in number and age.
import type { Clock } from './clock.js';

interface Kept<V> {
  readonly value: V;
  readonly until: number;
}

/** A small memory: the oldest entry goes first, and none outlives its time. */
export class Recent<V> {
  readonly #kept = new Map<string, Kept<V>>();

  /**
   * @param lasts how long an entry is kept, in milliseconds
   * @param most entries at most
   */
  constructor(
    private readonly clock: Clock,
    private readonly lasts: number,
    private readonly most: number,
  ) {}

  get(key: string): V | undefined {
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    if (kept.until > this.clock.now().getTime()) return kept.value;
    this.#kept.delete(key);
    return undefined;
  }

  /** @param lasts milliseconds, when this one is to be kept for another time than the others */
  set(key: string, value: V, lasts = this.lasts): void {
    this.#kept.delete(key);
    this.#kept.set(key, { value, until: this.clock.now().getTime() + lasts });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.most && oldest !== undefined) this.#kept.delete(oldest);
  }

  delete(key: string): void {
    this.#kept.delete(key);
  }
}
