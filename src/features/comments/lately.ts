// What was worked out lately, and is asked for again at every look.

/** So many are kept; then all are forgotten at once. */
const most = 20_000;

export class Lately<V> {
  readonly #known = new Map<string, V>();

  /** What is known under a key, or what `make` makes of it. */
  of(key: string, make: () => V): V {
    const known = this.#known.get(key);
    if (known !== undefined || this.#known.has(key)) return known as V;
    const made = make();
    if (this.#known.size >= most) this.#known.clear();
    this.#known.set(key, made);
    return made;
  }
}
