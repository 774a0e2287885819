// The embedded engine's folders on the disk: the store's own, and one for each collection.
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Low } from 'lowdb';
import type { Stored } from './document.js';
import { codeOf, DurableFile, ending, syncFolder } from './durable-file.js';
import { fileName } from './file-name.js';
import { Unreadable } from './file-text.js';
import type { Lease } from './folder-lease.js';

export async function makeFolder(root: string): Promise<void> {
  const made = await mkdir(root, { recursive: true, mode: 0o700 });
  if (made) await syncFolder(dirname(made));
}

/** A collection's folder, made with its first document, and never made again when it vanishes. */
export class Folder {
  #making: Promise<void> | undefined;

  constructor(
    readonly path: string,
    private isMade: boolean,
    private readonly lease: Lease,
  ) {}

  /** Where writing fails when it fails: a folder that is not made yet is to be made in the one above. */
  get writtenIn(): string {
    return this.isMade ? this.path : dirname(this.path);
  }

  /** @param after undefined: the document is gone */
  async write(id: string, after: Stored | undefined): Promise<void> {
    const file = this.#fileOf(id);
    if (!after) return file.remove();
    if (!this.isMade) await this.#make();
    const low = new Low<Stored | null>(file, after);
    await low.write();
  }

  /** Puts a revision into a file that is older, or cannot be read. */
  async catchUp(after: Stored): Promise<void> {
    const file = this.#fileOf(after.id);
    const before = await file.read().catch((error: unknown) => {
      if (!(error instanceof Unreadable) && codeOf(error) !== 'ENOENT') throw error;
      return undefined;
    });
    if (before && before.rev >= after.rev) return;
    if (!this.isMade) await this.#make();
    await (before ? file.write(after) : file.mend(after));
  }

  #fileOf(id: string): DurableFile {
    return new DurableFile(join(this.path, `${fileName(id)}${ending}`), () => this.lease.assertHeld());
  }

  async #make(): Promise<void> {
    this.#making ??= this.#makeOnce();
    try {
      await this.#making;
    } finally {
      this.#making = undefined;
    }
  }

  async #makeOnce(): Promise<void> {
    await this.lease.assertHeld();
    await mkdir(this.path, { mode: 0o700 }).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
    await syncFolder(dirname(this.path));
    this.isMade = true;
  }
}
