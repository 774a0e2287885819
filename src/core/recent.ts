// What was seen lately, bounded in number and age.
import type { Clock } from './clock.js';

interface Kept<V> {
  readonly value: V;
  readonly until: number;
}

/**
 * A small memory in two halves: when the newer one is full it becomes the older one, and what that held is forgotten
 * at once. To take out the single oldest entry each time would leave a Map with holes that every look for the next
 * oldest has to step over.
 */
export class Recent<V> {
  #newer = new Map<string, Kept<V>>();
  #older = new Map<string, Kept<V>>();

  /**
   * @param lasts how long an entry is kept, in milliseconds
   * @param least so many of the latest are never forgotten before their time; twice as many are kept at most
   */
  constructor(
    private readonly clock: Clock,
    private readonly lasts: number,
    private readonly least: number,
  ) {}

  get(key: string): V | undefined {
    const kept = this.#newer.get(key) ?? this.#older.get(key);
    return kept && kept.until > this.clock.now().getTime() ? kept.value : undefined;
  }

  /** @param lasts milliseconds, when this one is to be kept for another time than the others */
  set(key: string, value: V, lasts = this.lasts): void {
    this.#newer.set(key, { value, until: this.clock.now().getTime() + lasts });
    if (this.#newer.size < this.least) return;
    this.#older = this.#newer;
    this.#newer = new Map();
  }

  delete(key: string): void {
    this.#newer.delete(key);
    this.#older.delete(key);
  }
}
