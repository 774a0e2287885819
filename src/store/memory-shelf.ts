// The documents of one collection in memory, and the index by which find() needs no scan.
import type { Doc, Facets } from '../core/store.js';
import { type AnyKind, type Log, readable, type Stored } from './document.js';

/** Documents by id, sorted and indexed when first asked, kept up with every change. */
export class MemoryShelf {
  #order: string[] | undefined;
  #index: FacetIndex | undefined;
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
    if (!after || !this.documents.has(id)) this.#order = undefined;
    if (after) this.documents.set(id, after);
    else this.documents.delete(id);
    this.#index?.set(id, after);
  }

  /** In bytewise order of ids. */
  find(kind: AnyKind, where: Facets = {}): readonly Doc<unknown>[] {
    const wanted = Object.entries(where);
    const ids = wanted.length === 0 ? this.#sorted() : this.#indexOf(kind).find(wanted).sort();
    return readable(this.#storedOf(ids), kind, this.log, this.#named);
  }

  *#storedOf(ids: readonly string[]): Iterable<Stored> {
    for (const id of ids) {
      const stored = this.documents.get(id);
      if (stored) yield stored;
    }
  }

  #sorted(): readonly string[] {
    this.#order ??= [...this.documents.keys()].sort();
    return this.#order;
  }

  #indexOf(kind: AnyKind): FacetIndex {
    if (this.#index?.kind !== kind) {
      this.#index = new FacetIndex(kind);
      // Names the unreadable ones, which no index can hold.
      readable(this.documents.values(), kind, this.log, this.#named);
      for (const [id, stored] of this.documents) this.#index.set(id, stored);
    }
    return this.#index;
  }
}

class FacetIndex {
  readonly #facets = new Map<string, Facets>();
  /** By facet name and value, as one JSON text. */
  readonly #ids = new Map<string, Set<string>>();

  constructor(readonly kind: AnyKind) {}

  set(id: string, stored: Stored | undefined): void {
    for (const entry of Object.entries(this.#facets.get(id) ?? {})) this.#drop(JSON.stringify(entry), id);
    this.#facets.delete(id);
    const facets = stored && facetsOf(stored, this.kind);
    if (!facets) return;
    this.#facets.set(id, facets);
    for (const entry of Object.entries(facets)) {
      const key = JSON.stringify(entry);
      const ids = this.#ids.get(key);
      if (ids) ids.add(id);
      else this.#ids.set(key, new Set([id]));
    }
  }

  /** @returns the ids that have all of the facets, in no order */
  find(wanted: readonly [string, string][]): string[] {
    const sets = wanted.map((entry) => this.#ids.get(JSON.stringify(entry)) ?? new Set<string>());
    const [smallest = new Set<string>(), ...others] = sets.sort((a, b) => a.size - b.size);
    return [...smallest].filter((id) => others.every((ids) => ids.has(id)));
  }

  #drop(key: string, id: string): void {
    const ids = this.#ids.get(key);
    ids?.delete(id);
    if (ids?.size === 0) this.#ids.delete(key);
  }
}

function facetsOf(stored: Stored, kind: AnyKind): Facets | undefined {
  try {
    return stored.facets(kind);
  } catch {
    return undefined; // named by `readable`
  }
}
