// A lowdb adapter that is durable: one document in one JSON file, replaced whole, on the disk before `write` resolves.
import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Adapter } from 'lowdb';
import type { Stored } from './document.js';
import { fileText, parseFile } from './file-text.js';

/** Ends the name of a document's file; `.bak` after it is the version before. */
export const ending = '.json';

export class DurableFile implements Adapter<Stored | null> {
  /**
   * @param path where the document lies
   * @param mayWrite called right before the file is replaced; throws when it must not be. Whether it was right to can only
   * be asked afterwards, by who acknowledges the change
   */
  constructor(
    readonly path: string,
    private readonly mayWrite: () => Promise<void> = async () => undefined,
  ) {}

  /**
   * @throws Unreadable when the file holds no document or another one
   * @throws Error when a newer program wrote it, or the system's own error
   */
  async read(): Promise<Stored> {
    return parseFile(await readFile(this.path), this.path);
  }

  /** @throws the system's error; the document is then as it was before */
  async write(stored: Stored | null): Promise<void> {
    if (stored) await this.#replace(stored, () => keepLast(this.path));
  }

  /** As `write`, over a file that is not worth keeping as the last version. */
  async mend(stored: Stored): Promise<void> {
    await this.#replace(stored, async () => 'notKept');
  }

  /** Removes the document and its last version. */
  async remove(): Promise<void> {
    await this.mayWrite();
    // In this order: a version before that outlived its document would look like a lost document.
    await rm(`${this.path}.bak`, { force: true });
    await unlink(this.path);
    await syncFolder(dirname(this.path));
  }

  async #replace(stored: Stored, keep: () => Promise<Kept>): Promise<void> {
    const temporary = temporaryName(this.path);
    try {
      await writeDurably(temporary, fileText(stored));
      await this.mayWrite();
      const kept = await keep();
      await this.mayWrite();
      await rename(temporary, this.path);
      await this.#settle(kept);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined); // the next opening removes it
      throw error;
    }
  }

  /** A file renamed, yet perhaps not on the disk, is taken back: its callers are told that nothing was recorded. */
  async #settle(kept: Kept): Promise<void> {
    try {
      await syncFolder(dirname(this.path));
    } catch (error) {
      if (kept === 'kept') await rename(`${this.path}.bak`, this.path).catch(() => undefined);
      if (kept === 'isNew') await unlink(this.path).catch(() => undefined);
      throw error;
    }
  }
}

/** Writes a new private file and waits until the disk has it. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A name in the same folder that no other process and no other call takes. */
export const temporaryName = (path: string): string =>
  `${path}.${process.pid}.${randomBytes(6).toString('hex')}${temporaryEnding}`;

export const temporaryEnding = '.tmp';

/** Waits until the folder's names are on the disk; a system that cannot do this for folders is left alone. */
export async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM'].includes(codeOf(error) ?? '')) throw error;
  }
}

/** The system's name for an error (`ENOENT`), undefined when it is not from the system. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

type Kept = 'kept' | 'isNew' | 'notKept';

/** Links the present version as `.bak`, unless there is none or the disk knows no hard links. */
async function keepLast(path: string): Promise<Kept> {
  // Not `rm`, which looks at a file first and costs as much as all the rest.
  await unlink(`${path}.bak`).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  try {
    await link(path, `${path}.bak`);
    return 'kept';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'isNew';
    if (['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EMLINK'].includes(codeOf(error) ?? '')) return 'notKept';
    throw error;
  }
}
