// The documents of one collection in memory, and the index by which find() needs no scan. The first search reads all of
// them, which gives way to others: a hundred thousand take seconds.
import { breathe } from '../core/breather.js';
import type { Doc, Facets } from '../core/store.js';
import { type AnyKind, type Log, readable, type Stored } from './document.js';
import { inOrder } from './in-order.js';

/** So many are read in one go. */
const piece = 20;

/** Documents by id, sorted and indexed when first asked, kept up with every change. */
export class MemoryShelf {
  /** The ids in order, while none comes or goes. */
  #order: readonly string[] | undefined;
  #index: FacetIndex | undefined;
  /** Resolves when the index holds all documents. */
  #filled: Promise<void> = Promise.resolve();
  /** How often an id came or went. */
  #moves = 0;
  readonly #named = new WeakSet<Stored>();

  constructor(
    private readonly documents: Map<string, Stored>,
    private readonly log: Log | undefined,
  ) {}

  get(id: string): Stored | undefined {
    return this.documents.get(id);
  }

  /** @param after undefined: the document is gone */
  set(id: string, after: Stored | undefined): void {
    if (!after || !this.documents.has(id)) {
      this.#order = undefined;
      this.#moves += 1;
    }
    if (after) this.documents.set(id, after);
    else this.documents.delete(id);
    this.#index?.set(id, after);
  }

  /** In bytewise order of ids, as they were at one instant between the call and the answer. */
  async find(kind: AnyKind, where: Facets = {}): Promise<readonly Doc<unknown>[]> {
    const wanted = Object.entries(where);
    if (wanted.length === 0) return this.#docs(kind, await this.#sorted());
    for (;;) {
      const filled = this.#filled;
      await filled;
      // Looked at anew after each wait: somebody else, or another kind of the same name, may have had its turn.
      if (filled !== this.#filled) continue;
      if (this.#index?.kind === kind) break;
      this.#index = new FacetIndex(kind);
      this.#filled = this.#fill(this.#index);
    }
    return this.#docs(kind, await inOrder(this.#index.find(wanted)));
  }

  async #docs(kind: AnyKind, all: readonly Stored[]): Promise<readonly Doc<unknown>[]> {
    const docs: Doc<unknown>[] = [];
    for (let from = 0; from < all.length; from += piece) {
      docs.push(...readable(all.slice(from, from + piece), kind, this.log, this.#named));
      await breathe();
    }
    return docs;
  }

  *#storedOf(ids: readonly string[]): Iterable<Stored> {
    for (const id of ids) {
      const stored = this.documents.get(id);
      if (stored) yield stored;
    }
  }

  async #sorted(): Promise<readonly Stored[]> {
    if (this.#order) return [...this.#storedOf(this.#order)];
    const moves = this.#moves;
    const sorted = await inOrder([...this.documents.values()]);
    if (moves === this.#moves) this.#order = sorted.map(({ id }) => id);
    return sorted;
  }

  /** What changes meanwhile is set in the index by `set`, and once more when its turn comes. */
  async #fill(index: FacetIndex): Promise<void> {
    for (const [id, stored] of this.documents) {
      // Names the unreadable ones, which no index can hold.
      readable([stored], index.kind, this.log, this.#named);
      index.set(id, stored);
      await breathe();
    }
  }
}

class FacetIndex {
  readonly #facets = new Map<string, Facets>();
  /** Documents by id, by facet name and value as one JSON text. */
  readonly #found = new Map<string, Map<string, Stored>>();

  constructor(readonly kind: AnyKind) {}

  set(id: string, stored: Stored | undefined): void {
    for (const entry of Object.entries(this.#facets.get(id) ?? {})) this.#drop(JSON.stringify(entry), id);
    this.#facets.delete(id);
    const facets = stored && facetsOf(stored, this.kind);
    if (!facets) return;
    this.#facets.set(id, facets);
    for (const entry of Object.entries(facets)) {
      const key = JSON.stringify(entry);
      const found = this.#found.get(key);
      if (found) found.set(id, stored);
      else this.#found.set(key, new Map([[id, stored]]));
    }
  }

  /** @returns those that have all of the facets, in no order */
  find(wanted: readonly [string, string][]): readonly Stored[] {
    const maps = wanted.map((entry) => this.#found.get(JSON.stringify(entry)) ?? new Map<string, Stored>());
    const [smallest = new Map<string, Stored>(), ...others] = maps.sort((a, b) => a.size - b.size);
    const all = [...smallest.values()];
    return others.length === 0 ? all : all.filter(({ id }) => others.every((found) => found.has(id)));
  }

  #drop(key: string, id: string): void {
    const found = this.#found.get(key);
    found?.delete(id);
    if (found?.size === 0) this.#found.delete(key);
  }
}

function facetsOf(stored: Stored, kind: AnyKind): Facets | undefined {
  try {
    return stored.facets(kind);
  } catch {
    return undefined; // named by `readable`
  }
}
