// The engines' own collections and indexes over plain memory: as quick as the embedded store without its disk.
import type { Store } from '../../../src/core/store.js';
import { ShelfDesk } from '../../../src/store/collection.js';
import type { Stored } from '../../../src/store/document.js';
import { MemoryShelf } from '../../../src/store/memory-shelf.js';

export function shelfStore(): Store {
  const desks = new Map<string, ShelfDesk>();
  return {
    collection(kind) {
      const desk = desks.get(kind.name) ?? deskOver(new MemoryShelf(new Map<string, Stored>(), undefined));
      desks.set(kind.name, desk);
      return desk.collection(kind);
    },
    check: async () => undefined,
    close: async () => undefined,
  };
}

const deskOver = (shelf: MemoryShelf): ShelfDesk =>
  new ShelfDesk({
    load: async (id) => shelf.get(id),
    async commit(id, before, after) {
      if (shelf.get(id)?.rev !== before?.rev) return false;
      shelf.set(id, after);
      return true;
    },
    find: (kind, where) => shelf.find(kind, where),
  });
