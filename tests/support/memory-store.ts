// A store in memory for whole-bot tests; it passes the same conformance suite as the real engines.
import { type Collection, checkId, type Doc, type Kind, type Store, toJson, Unrecorded } from '../../src/core/store.js';

interface Kept {
  readonly rev: number;
  readonly json: string;
}

export interface MemoryStore extends Store {
  /** From now on (or no longer) the store takes no change and gives no answer. */
  break(isBroken: boolean): void;
  /** Everything that is kept, as text. */
  dump(): string;
}

/** @param shelves documents by kind and id; hand the same one in again to "reopen" the store */
export function memoryStore(shelves = new Map<string, Map<string, Kept>>()): MemoryStore {
  let isBroken = false;
  const answering = (): void => {
    if (isBroken) throw new Unrecorded('the store is down');
  };
  return {
    collection: (kind) => collectionOn(kind, shelfOf(shelves, kind.name), answering),
    check: async () => answering(),
    close: async () => undefined,
    break(now) {
      isBroken = now;
    },
    dump: () => JSON.stringify([...shelves].map(([name, docs]) => [name, [...docs]])),
  };
}

function shelfOf(shelves: Map<string, Map<string, Kept>>, name: string): Map<string, Kept> {
  const shelf = shelves.get(name) ?? new Map<string, Kept>();
  shelves.set(name, shelf);
  return shelf;
}

function collectionOn<T>(kind: Kind<T>, shelf: Map<string, Kept>, answering: () => void): Collection<T> {
  /** The last revision of what was removed, by id. */
  const removed = new Map<string, number>();
  const read = (id: string, { rev, json }: Kept): Doc<T> => ({ id, rev, value: kind.parse(JSON.parse(json)) });
  const isCurrent = (doc: Doc<T>): boolean => shelf.get(doc.id)?.rev === doc.rev;
  return {
    async get(id) {
      answering();
      checkId(id);
      const kept = shelf.get(id);
      return kept && read(id, kept);
    },
    async find(where = {}) {
      answering();
      const docs = [...shelf].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, kept]) => read(id, kept));
      return docs.filter(({ value }) => {
        const facets = kind.facets?.(value) ?? {};
        return Object.entries(where).every(([name, wanted]) => facets[name] === wanted);
      });
    },
    async insert(id, value) {
      answering();
      checkId(id);
      const json = toJson(value);
      if (shelf.has(id)) return false;
      shelf.set(id, { rev: (removed.get(id) ?? 0) + 1, json });
      return true;
    },
    async replace(doc, value) {
      answering();
      const json = toJson(value);
      if (!isCurrent(doc)) return false;
      shelf.set(doc.id, { rev: doc.rev + 1, json });
      return true;
    },
    async remove(doc) {
      answering();
      if (!isCurrent(doc)) return false;
      removed.set(doc.id, doc.rev);
      return shelf.delete(doc.id);
    },
  };
}
