// How a change gets to the disk: into its document's file, or, for one that changes again and again, into the journal.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log, Stored } from './document.js';
import { syncFolder } from './durable-file.js';
import { folderName } from './file-name.js';
import { Folder } from './folder.js';
import type { Lease } from './folder-lease.js';
import { Journal, readJournal } from './journal.js';

/** What is written this often within a second is expected to be written again. */
const often = 2;
const second = 1000;

export class WritePath {
  readonly #journal: Journal;
  readonly #folders = new Map<string, Folder>();
  /** How often documents' files were written within this second, by kind and id. */
  readonly #written = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param isThere whether the folder of a kind is there already
   * @param guarded around what is done later, whose errors nobody waits for
   */
  constructor(
    private readonly root: string,
    private readonly lease: Lease,
    private readonly isThere: (kind: string) => boolean,
    private readonly guarded: (work: () => Promise<void>) => Promise<void>,
  ) {
    this.#journal = new Journal(root, () => lease.assertHeld());
  }

  /**
   * Resolves when the disk has it; undefined stands for no document.
   * @throws the system's error, or Unrecorded; nothing is then recorded
   */
  async write(kind: string, id: string, before: Stored | undefined, after: Stored | undefined): Promise<void> {
    const key = `${kind}/${id}`;
    const isHeld = this.#journal.holds(kind, id);
    if (before && after && (isHeld || (this.#written.get(key) ?? 0) >= often)) {
      await this.#journal.append({ kind, stored: after });
    } else {
      if (isHeld) await this.settle();
      await this.#folderOf(kind).write(id, after);
      this.#written.set(key, (this.#written.get(key) ?? 0) + 1);
    }
    this.#timer ??= setTimeout(() => void this.#tidy(), second).unref();
  }

  /** Puts what stands in the journal alone into the documents' files. */
  settle(): Promise<void> {
    return this.#journal.settle(async ({ kind, stored }) => {
      await this.#folderOf(kind).write(stored.id, stored);
      this.#written.set(`${kind}/${stored.id}`, often);
    });
  }

  /** What cannot be settled stays in the journal, which the next opening reads. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.guarded(() => this.settle()).catch(() => undefined);
    await this.#journal.close();
  }

  async #tidy(): Promise<void> {
    this.#written.clear();
    await this.guarded(() => this.settle()).catch(() => undefined);
    this.#timer = this.#journal.isEmpty && this.#written.size === 0 ? undefined : this.#timer?.refresh();
  }

  #folderOf(kind: string): Folder {
    const known = this.#folders.get(kind);
    if (known) return known;
    const made = new Folder(join(this.root, folderName(kind)), this.isThere(kind), this.lease);
    this.#folders.set(kind, made);
    return made;
  }
}

/**
 * Puts what a crash left in the journal alone into the documents' files.
 * @throws DamagedJournal, or the system's error
 */
export async function recover(root: string, lease: Lease, log?: Log): Promise<void> {
  const { files, entries } = await readJournal(root);
  if (files.length === 0) return;
  for (const { kind, stored } of entries) {
    await new Folder(join(root, folderName(kind)), false, lease).catchUp(stored);
  }
  for (const path of files) await rm(path, { force: true });
  await syncFolder(root);
  log?.info({ folder: root, documents: entries.length }, 'what stood in the journal is in the documents now');
}
