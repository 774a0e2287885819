// How a change gets to the disk: into its document's file, or, for one that changes again and again, into the journal.
import { join } from 'node:path';
import type { Log, Stored } from './document.js';
import { codeOf } from './durable-file.js';
import { folderName } from './file-name.js';
import { Folder, makeFolder } from './folder.js';
import { type Lease, type LeaseOptions, takeLease } from './folder-lease.js';
import { deleteLines, Journal } from './journal.js';
import { type Entry, keyOf, readJournal } from './journal-lines.js';
import { nameOf } from './raw.js';

/** What is written this often within a second is expected to be written again. */
const often = 2;
const second = 1000;

/** Where something was to be written, and how much. */
export interface Spot {
  readonly folder: string;
  readonly bytes: () => number;
}

/** Says of what the disk does not take that nothing was recorded, and remembers where that was. */
export type Guard = <R>(work: () => Promise<R>, spot?: Spot) => Promise<R>;

export class WritePath {
  readonly #journal: Journal;
  readonly #folders = new Map<string, Folder>();
  /** How often documents' files were written within this second, by kind and id. */
  readonly #written = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  /** Settling that was begun before its time, since the journal had grown large. */
  #early: Promise<void> | undefined;
  /** The last settling failed: it is tried again each second, and not more often. */
  #isStuck = false;

  /**
   * @param isThere whether the folder of a kind is there already
   * @param guarded around whatever is written
   */
  constructor(
    private readonly root: string,
    private readonly lease: Lease,
    private readonly isThere: (kind: string) => boolean,
    private readonly guarded: Guard,
  ) {
    this.#journal = new Journal(root, () => lease.assertHeld());
  }

  /**
   * Resolves when the disk has it; undefined stands for no document.
   * @throws what `guarded` throws; nothing is then recorded
   */
  async write(kind: string, id: string, before: Stored | undefined, after: Stored | undefined): Promise<void> {
    const key = nameOf({ kind, id });
    const isHeld = this.#journal.holds(kind, id);
    const isOften = before && after && (isHeld || (this.#written.get(key) ?? 0) >= often);
    const isAdded = isOften && (await this.guarded(() => this.#added({ kind, stored: after })));
    if (!isAdded) {
      // A full disk has no room for the journal: it goes first.
      if (isHeld || (isOften && !this.#journal.isEmpty)) await this.settle();
      await this.#replace(kind, id, after);
      this.#written.set(key, (this.#written.get(key) ?? 0) + 1);
    }
    if (this.#journal.isLarge && !this.#isStuck) this.#early ??= this.#settleEarly();
    this.#timer ??= setTimeout(() => void this.#tidy(), second).unref();
  }

  /** @returns false when the disk has no room for another line */
  async #added(entry: Entry): Promise<boolean> {
    try {
      await this.#journal.append(entry);
      return true;
    } catch (error) {
      if (!['ENOSPC', 'EDQUOT'].includes(codeOf(error) ?? '')) throw error;
      return false;
    }
  }

  async #replace(kind: string, id: string, after: Stored | undefined): Promise<void> {
    const folder = this.#folderOf(kind);
    const spot = { folder: folder.writtenIn, bytes: () => (after ? Buffer.byteLength(after.json) : 0) };
    await this.guarded(() => folder.write(id, after), spot);
    // One that was suspended meanwhile may have lost the folder: what it wrote then, its successor does not know of.
    await this.lease.assertHeld();
  }

  /** Puts what stands in the journal alone into the documents' files. */
  async settle(): Promise<void> {
    this.#isStuck = true;
    await this.guarded(() =>
      this.#journal.settle(async (entry) => {
        await this.#replace(entry.kind, entry.stored.id, entry.stored);
        this.#written.set(keyOf(entry), often);
      }),
    );
    this.#isStuck = false;
  }

  async #settleEarly(): Promise<void> {
    await this.settle().catch(() => undefined);
    this.#early = undefined;
  }

  /** What cannot be settled stays in the journal, which the next opening reads. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.settle().catch(() => undefined);
    await this.#journal.close();
  }

  async #tidy(): Promise<void> {
    this.#written.clear();
    await this.settle().catch(() => undefined);
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
