// The embedded engine: a folder a collection, a JSON file a document behind lowdb, all documents in memory.
import { readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Clock, systemClock } from '../core/clock.js';
import { checkId, type Kind, type Store, Unrecorded } from '../core/store.js';
import { type Shelf, ShelfDesk } from './collection.js';
import type { Log, Stored } from './document.js';
import { codeOf, temporaryEnding, temporaryName, writeDurably } from './durable-file.js';
import { folderName } from './file-name.js';
import type { Lease } from './folder-lease.js';
import { dropLast, loadFolder } from './folder-load.js';
import { MemoryShelf } from './memory-shelf.js';
import { type Spot, takeFolder, WritePath } from './write-path.js';

export interface EmbeddedOptions {
  readonly log?: Log | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Opens the store in a folder, which is made when it is not there. Local disks only: no NFS.
 * @throws Error in one line: the folder is in use (by whom), a file cannot be read (which), or a newer program wrote it
 */
export async function openEmbedded(folder: string, { log, clock = systemClock }: EmbeddedOptions = {}): Promise<Store> {
  const root = resolve(folder);
  try {
    const lease = await takeFolder(root, { clock, log });
    try {
      return new EmbeddedStore(root, lease, await loadAll(root, clock.now(), log), log);
    } catch (error) {
      await lease.release();
      throw error;
    }
  } catch (error) {
    throw isFull(error) ? new Error(`${root} cannot be written, its disk is full: make room there`) : error;
  }
}

const isFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(codeOf(error) ?? '');

async function loadAll(root: string, at: Date, log: Log | undefined): Promise<Map<string, Map<string, Stored>>> {
  const shelves = new Map<string, Map<string, Stored>>();
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name.startsWith(folderName(''))) {
      shelves.set(entry.name, await loadFolder(join(root, entry.name), at, log));
    } else if (entry.name.endsWith(temporaryEnding)) {
      await dropOld(join(root, entry.name), at);
    }
  }
  return shelves;
}

/** A temporary file beside the lease may belong to one who asks for it just now; an old one was left by a crash. */
async function dropOld(path: string, at: Date): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found && at.getTime() - found.mtimeMs > 60_000) await rm(path, { force: true });
}

/** What the disk did not take last. */
interface Trouble {
  readonly folder: string;
  readonly bytes: number;
}

class EmbeddedStore implements Store {
  readonly #desks = new Map<string, ShelfDesk>();
  readonly #disk: WritePath;
  #trouble: Trouble | undefined;
  #closing: Promise<void> | undefined;

  constructor(
    readonly root: string,
    readonly lease: Lease,
    readonly loaded: Map<string, Map<string, Stored>>,
    readonly log: Log | undefined,
  ) {
    const isThere = (kind: string): boolean => loaded.has(folderName(kind));
    this.#disk = new WritePath(root, lease, isThere, (work, spot) => this.#guarded(work, spot));
  }

  collection<T>(kind: Kind<T>) {
    checkId(kind.name);
    let desk = this.#desks.get(kind.name);
    if (!desk) {
      const shelf = new MemoryShelf(this.loaded.get(folderName(kind.name)) ?? new Map(), this.log);
      desk = new ShelfDesk(this.#onDisk(kind.name, shelf));
      this.#desks.set(kind.name, desk);
    }
    return desk.collection(kind);
  }

  async check(): Promise<void> {
    if (this.#closing !== undefined) throw new Unrecorded('the store is closed');
    await this.lease.assertHeld();
    if (!this.#trouble) return;
    // As much in the same place: less, or elsewhere, may well be taken while changes are refused.
    const { folder, bytes } = this.#trouble;
    const probe = temporaryName(join(folder, 'probe'));
    const write = async (): Promise<void> => {
      try {
        await writeDurably(probe, 'x'.repeat(bytes));
      } finally {
        await rm(probe, { force: true });
      }
    };
    await this.#guarded(write, { folder, bytes: () => bytes });
  }

  async forgetPast(): Promise<void> {
    await this.lease.assertHeld();
    await this.#disk.settle();
    for (const entry of await readdir(this.root, { withFileTypes: true })) {
      if (entry.isDirectory() && entry.name.startsWith(folderName(''))) await dropLast(join(this.root, entry.name));
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.all(Array.from(this.#desks.values(), (desk) => desk.close()));
    await this.#disk.close();
    await this.lease.release();
  }

  /** Memory follows only when the disk has it. */
  #onDisk(kind: string, shelf: MemoryShelf): Shelf {
    return {
      load: async (id) => shelf.get(id),
      find: (typed, where) => shelf.find(typed, where),
      commit: async (id, before, after) => {
        if (shelf.get(id)?.rev !== before?.rev) return false;
        await this.#disk.write(kind, id, before, after);
        shelf.set(id, after);
        return true;
      },
    };
  }

  /** @throws Unrecorded for the system's errors, which `check` then repeats until as much is taken in the same place */
  async #guarded<R>(write: () => Promise<R>, spot?: Spot): Promise<R> {
    const folder = spot?.folder ?? this.root;
    const bytes = (): number => Math.max(4096, spot?.bytes() ?? 0);
    try {
      const done = await write();
      if (this.#trouble?.folder === folder && bytes() >= this.#trouble.bytes) this.#trouble = undefined;
      return done;
    } catch (cause) {
      if (cause instanceof Unrecorded) throw cause;
      const code = codeOf(cause);
      if (code === undefined) throw cause;
      if (!this.#trouble) this.log?.error({ code, folder }, 'the disk takes no changes');
      this.#trouble = { folder, bytes: bytes() };
      throw new Unrecorded(`not recorded: the disk takes no changes (${code})`, { cause });
    }
  }
}
