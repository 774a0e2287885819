// Reads a collection's folder at opening: clears what a crash left over, and mends or names what cannot be read.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { constants, copyFile, readdir, readFile, rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import type { Log, Stored } from './document.js';
import { DurableFile, ending, syncFolder, temporaryEnding } from './durable-file.js';
import { parseFile, Unreadable } from './file-text.js';

/** How many files are read before others have their turn. */
const slice = 32;

/**
 * @param at the instant that names files kept aside
 * @returns the documents by id
 * @throws Error naming the file that cannot be read and has no readable `.bak`; the file stays where it is
 */
export async function loadFolder(folder: string, at: Date, log?: Log): Promise<Map<string, Stored>> {
  const names = await readdir(folder);
  for (const name of names) if (name.endsWith(temporaryEnding)) await rm(join(folder, name), { force: true });
  refuseOrphans(folder, names);
  const files = names.filter((name) => name.endsWith(ending));
  const documents = new Map<string, Stored>();
  const spoiled: { readonly path: string; readonly error: Unreadable }[] = [];
  const take = (bytes: Buffer, path: string): void => {
    try {
      const stored = parseFile(bytes, path);
      documents.set(stored.id, stored);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      spoiled.push({ path, error });
    }
  };
  const reader = new SliceReader(take);
  for (let from = 0; from < files.length; from += slice) {
    await reader.read(files.slice(from, from + slice).map((name) => `${folder}${sep}${name}`));
    await breath();
  }
  for (const { path, error } of spoiled) {
    const last = await mended(path, error, at, log);
    documents.set(last.id, last);
  }
  return documents;
}

/** A file that takes longer than this to be read and parsed, in milliseconds, was not in the system's memory. */
const cachedMs = 0.25;

/** So many slices are read from the disk before memory is tried again. */
const patience = 16;

/**
 * Files that the system has in memory cost least one by one, without a thread for each step. Those that a disk has to
 * fetch are asked for together: it answers several in the time of one.
 */
class SliceReader {
  #fromDisk = 0;
  readonly #buffer = Buffer.allocUnsafeSlow(65_536);

  /** @param take is handed a file's content, which is good until it returns */
  constructor(readonly take: (bytes: Buffer, path: string) => void) {}

  /** @throws the system's error, or what `take` throws */
  async read(paths: readonly string[]): Promise<void> {
    if (this.#fromDisk > 0) {
      this.#fromDisk -= 1;
      const all = await Promise.all(paths.map((path) => readFile(path)));
      for (const [nth, bytes] of all.entries()) this.take(bytes, paths[nth] ?? '');
      return;
    }
    const began = performance.now();
    for (const path of paths) this.take(this.#now(path), path);
    if (performance.now() - began > paths.length * cachedMs) this.#fromDisk = patience;
  }

  #now(path: string): Buffer {
    const file = openSync(path, 'r');
    try {
      const size = readSync(file, this.#buffer, 0, this.#buffer.length, 0);
      return size < this.#buffer.length ? this.#buffer.subarray(0, size) : readFileSync(file);
    } finally {
      closeSync(file);
    }
  }
}

/** Deletes the last versions that lie beside the documents, and waits until the disk has forgotten them. */
export async function dropLast(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.endsWith(`${ending}.bak`)) await rm(join(folder, name), { force: true });
  }
  await syncFolder(folder);
}

/** A removal deletes the `.bak` first, so one without its document says that a document was lost. */
function refuseOrphans(folder: string, names: readonly string[]): void {
  const [first] = orphansOf(names);
  if (first !== undefined) throw new Error(orphanText(join(folder, first)));
}

/** The documents' files that are missing while their `.bak` is there. */
export function orphansOf(names: readonly string[]): readonly string[] {
  const present = new Set(names);
  const last = names.filter((name) => name.endsWith(`${ending}.bak`)).map((name) => name.slice(0, -'.bak'.length));
  return last.filter((name) => !present.has(name));
}

export const orphanText = (path: string): string =>
  `${path} is missing but its .bak is there: rename it back, or delete it`;

/** Puts the last version in the place of a file that cannot be read, which is kept aside. */
async function mended(path: string, error: Unreadable, at: Date, log?: Log): Promise<Stored> {
  const last = await readLast(path, error);
  const aside = `${path}.corrupt-${at.toISOString().replace(/[:.]/g, '-')}`;
  await copyFile(path, aside, constants.COPYFILE_EXCL);
  await new DurableFile(path).mend(last);
  log?.error({ file: path, why: error.message, aside, rev: last.rev }, 'unreadable document: its last version is used');
  return last;
}

async function readLast(path: string, error: Unreadable): Promise<Stored> {
  try {
    return await new DurableFile(`${path}.bak`).read();
  } catch (cause) {
    throw new Error(
      `${path} cannot be read (${error.message}) and there is no readable .bak: restore it from a backup`,
      {
        cause,
      },
    );
  }
}
