// Private answers that nothing may keep a copy of live beside those that are kept, in memory, until the program ends.
import type { Collection, Doc, Facets, Kind } from '../../src/core/store.js';

export interface Shelves<T> {
  readonly kept: Collection<T>;
  readonly fleeting: Collection<T>;
  /** The one that holds this document; `kept` where none does. */
  holding(id: string): Promise<Collection<T>>;
  find(where: Facets): Promise<readonly Doc<T>[]>;
}

export function shelvesFor<T>(kind: Kind<T>, kept: Collection<T>): Shelves<T> {
  const fleeting = fleetingCollection(kind);
  return {
    kept,
    fleeting,
    holding: async (id) => ((await fleeting.get(id)) ? fleeting : kept),
    find: async (where) => [...(await kept.find(where)), ...(await fleeting.find(where))],
  };
}

/** A collection that is never written down. */
function fleetingCollection<T>({ facets }: Pick<Kind<T>, 'facets'>): Collection<T> {
  const docs = new Map<string, Doc<T>>();
  const isCurrent = ({ id, rev }: Doc<T>): boolean => docs.get(id)?.rev === rev;
  const put = (id: string, rev: number, value: T): true => {
    docs.set(id, { id, rev, value });
    return true;
  };
  return {
    get: async (id) => docs.get(id),
    async find(where = {}) {
      const wanted = Object.entries(where);
      const fits = ({ value }: Doc<T>): boolean => wanted.every(([name, one]) => facets?.(value)[name] === one);
      return [...docs.values()].filter(fits).sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    insert: async (id, value) => !docs.has(id) && put(id, 1, value),
    replace: async (doc, value) => isCurrent(doc) && put(doc.id, doc.rev + 1, value),
    remove: async (doc) => isCurrent(doc) && docs.delete(doc.id),
  };
}
