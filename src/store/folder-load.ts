// Reads a collection's folder at opening: clears what a crash left over, and mends or names what cannot be read.
import { constants, copyFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import type { Log, Stored } from './document.js';
import { DurableFile, ending, syncFolder, temporaryEnding, Unreadable } from './durable-file.js';

/** How many files are read at once. */
const atOnce = 32;

/**
 * @param at the instant that names files kept aside
 * @returns the documents by id
 * @throws Error naming the file that cannot be read and has no readable `.bak`; the file stays where it is
 */
export async function loadFolder(folder: string, at: Date, log?: Log): Promise<Map<string, Stored>> {
  const names = await readdir(folder);
  for (const name of names) if (name.endsWith(temporaryEnding)) await rm(join(folder, name), { force: true });
  refuseOrphans(folder, names);
  const documents = new Map<string, Stored>();
  const waiting = names.filter((name) => name.endsWith(ending));
  const readSome = async () => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const stored = await readOrMend(join(folder, name), at, log);
      documents.set(stored.id, stored);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, readSome));
  return documents;
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

async function readOrMend(path: string, at: Date, log?: Log): Promise<Stored> {
  try {
    return await read(path);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const last = await readLast(path, error);
    const aside = `${path}.corrupt-${at.toISOString().replace(/[:.]/g, '-')}`;
    await copyFile(path, aside, constants.COPYFILE_EXCL);
    await new DurableFile(path).mend(last);
    log?.error(
      { file: path, why: error.message, aside, rev: last.rev },
      'unreadable document: its last version is used',
    );
    return last;
  }
}

async function readLast(path: string, error: Unreadable): Promise<Stored> {
  try {
    return await read(`${path}.bak`);
  } catch (cause) {
    throw new Error(
      `${path} cannot be read (${error.message}) and there is no readable .bak: restore it from a backup`,
      {
        cause,
      },
    );
  }
}

async function read(path: string): Promise<Stored> {
  const low = new Low<Stored | null>(new DurableFile(path), null);
  await low.read();
  if (!low.data) throw new Unreadable('it is empty');
  return low.data;
}
