// How a change gets to the disk: into its document's file, or, for one that changes again and again, into the journal.
import { join } from 'node:path';
import type { Log, Stored } from './document.js';
import { folderName } from './file-name.js';
import { Folder, makeFolder } from './folder.js';
import { type Lease, type LeaseOptions, takeLease } from './folder-lease.js';
import { deleteLines, Journal } from './journal.js';
import { keyOf, readJournal } from './journal-lines.js';
import { nameOf } from './raw.js';

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
    const key = nameOf({ kind, id });
    const isHeld = this.#journal.holds(kind, id);
    if (before && after && (isHeld || (this.#written.get(key) ?? 0) >= often)) {
      await this.#journal.append({ kind, stored: after });
    } else {
      if (isHeld) await this.settle();
      await this.#folderOf(kind).write(id, after);
      // One that was suspended meanwhile may have lost the folder: what it wrote then, its successor does not know of.
      await this.lease.assertHeld();
      this.#written.set(key, (this.#written.get(key) ?? 0) + 1);
    }
    this.#timer ??= setTimeout(() => void this.#tidy(), second).unref();
  }

  /** Puts what stands in the journal alone into the documents' files. */
  settle(): Promise<void> {
    return this.#journal.settle(async (entry) => {
      await this.#folderOf(entry.kind).write(entry.stored.id, entry.stored);
      this.#written.set(keyOf(entry), often);
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
 * Makes the folder where it is not there, takes its lease, and puts what a crash left in the journal alone into the
 * documents' files.
 * @throws DamagedJournal, the system's error, or an Error in one line that says who holds the folder
 */
export async function takeFolder(root: string, options: LeaseOptions): Promise<Lease> {
  await makeFolder(root);
  const lease = await takeLease(root, options);
  try {
    await recover(root, lease, options.log);
    return lease;
  } catch (error) {
    await lease.release();
    throw error;
  }
}

async function recover(root: string, lease: Lease, log: Log | undefined): Promise<void> {
  const { files, entries, torn } = await readJournal(root);
  if (files.length === 0) return;
  for (const { kind, stored } of entries) {
    await new Folder(join(root, folderName(kind)), false, lease).catchUp(stored);
  }
  for (const line of torn) log?.warn(line, 'the end of the journal was never recorded, and is dropped');
  await deleteLines(root, files, () => lease.assertHeld());
  log?.info({ folder: root, documents: entries.length }, 'what stood in the journal is in the documents now');
}
