// The embedded engine's folder, read and written document by document, without loading it into memory.
import { access, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Clock } from '../core/clock.js';
import { type Log, Stored } from './document.js';
import { codeOf, DurableFile, ending } from './durable-file.js';
import { folderName, idOf, kindOf } from './file-name.js';
import { Unreadable } from './file-text.js';
import { Folder } from './folder.js';
import { checkFolder } from './folder-check.js';
import type { Lease } from './folder-lease.js';
import { orphansOf, orphanText } from './folder-load.js';
import { DamagedJournal, readJournal, type Written } from './journal-lines.js';
import {
  assertStorable,
  type Change,
  nameOf,
  type Raw,
  type RawStore,
  type Report,
  Trouble,
  type WritableRawStore,
} from './raw.js';
import { takeFolder } from './write-path.js';

/** How many files are read or written at once. */
const atOnce = 32;

/**
 * For reading alone: no lease is taken, since a document's file is only ever replaced whole, and the journal is read
 * before the files that follow it. What a running program changes meanwhile may or may not be in what is read.
 * @throws Trouble when there is no such folder
 */
export async function readFolder(folder: string): Promise<RawStore> {
  const root = resolve(folder);
  const found = await stat(root).catch((error: unknown) => {
    throw new Trouble(`DATA_DIR: ${root} cannot be read (${codeOf(error)})`, true);
  });
  if (!found.isDirectory()) throw new Trouble(`DATA_DIR: ${root} is not a folder`, true);
  return new RawFolder(root);
}

/**
 * Under the lease, so that no program changes it meanwhile; the folder is made when it is not there.
 * @throws Trouble saying who holds it
 */
export async function holdFolder(
  folder: string,
  options: { readonly clock: Clock; readonly log: Log },
): Promise<WritableRawStore> {
  const root = resolve(folder);
  try {
    return new HeldFolder(root, await takeFolder(root, options));
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined && error instanceof Error) throw new Trouble(error.message);
    throw new Trouble(`DATA_DIR: ${root} cannot be used (${code})`, true);
  }
}

class RawFolder implements RawStore {
  constructor(readonly place: string) {}

  async count(): Promise<number> {
    let count = 0;
    for (const { folder } of await foldersOf(this.place)) count += (await documentsIn(folder)).length;
    return count;
  }

  async *documents(only?: string): AsyncGenerator<Raw> {
    const journal = await this.#journal();
    for (const { kind, folder } of await foldersOf(this.place)) {
      if (only !== undefined && kind !== only) continue;
      const paths = await pathsInOrder(folder);
      for (let at = 0; at < paths.length; at += atOnce) {
        const some = await Promise.all(paths.slice(at, at + atOnce).map(readOne));
        for (const stored of some) if (stored) yield storable({ kind, ...contentOf(journal.newer(kind, stored)) });
      }
    }
  }

  check(tick: () => void): Promise<Report> {
    return checkFolder(this.place, tick);
  }

  async close(): Promise<void> {
    // nothing is held
  }

  async #journal(): Promise<Written> {
    try {
      return await readJournal(this.place);
    } catch (error) {
      throw new Trouble(
        error instanceof DamagedJournal ? error.message : `${this.place} cannot be read (${codeOf(error)})`,
      );
    }
  }
}

class HeldFolder extends RawFolder implements WritableRawStore {
  readonly #folders = new Map<string, Folder>();

  constructor(
    place: string,
    private readonly lease: Lease,
  ) {
    super(place);
  }

  async write(changes: readonly Change[]): Promise<void> {
    const waiting = [...changes];
    const writeSome = async () => {
      for (let change = waiting.pop(); change; change = waiting.pop()) await this.#write(change);
    };
    // All are waited for, also when one fails: none may still be writing when the lease is given back.
    const results = await Promise.allSettled(Array.from({ length: atOnce }, writeSome));
    const failed = results.find((result) => result.status === 'rejected');
    if (!failed) return;
    const code = codeOf(failed.reason);
    throw code === undefined ? failed.reason : new Trouble(`${this.place} takes no changes (${code})`);
  }

  override async close(): Promise<void> {
    await this.lease.release();
  }

  async #write({ before, after }: Change): Promise<void> {
    const one = after ?? before;
    if (!one) return;
    let folder = this.#folders.get(one.kind);
    if (!folder) {
      folder = new Folder(join(this.place, folderName(one.kind)), false, this.lease);
      this.#folders.set(one.kind, folder);
    }
    await folder.write(one.id, after && new Stored(after.id, after.rev, after.json));
  }
}

const contentOf = ({ id, rev, json }: Stored) => ({ id, rev, json });

function storable(raw: Raw): Raw {
  try {
    assertStorable(raw);
  } catch (error) {
    throw new Trouble(`${nameOf(raw)} cannot be stored: ${error instanceof Error ? error.message : error}`);
  }
  return raw;
}

/** The collections' folders, in the order of their kinds. */
async function foldersOf(root: string): Promise<readonly { readonly kind: string; readonly folder: string }[]> {
  const names = (await readdir(root)).filter((name) => name.startsWith(folderName('')));
  const folders = names.map((name) => {
    const kind = kindOf(name);
    if (kind === undefined) throw new Trouble(`${join(root, name)} is not the folder of any kind of document`);
    return { kind, folder: join(root, name) };
  });
  return folders.sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

const documentsIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith(ending));

/** In the order of the documents' ids. @throws Trouble when one of them is lost, or does not tell its id */
async function pathsInOrder(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  for (const name of orphansOf(names)) await refuseOrphan(join(folder, name));
  const files: { readonly id: string; readonly path: string }[] = [];
  for (const name of names.filter((one) => one.endsWith(ending))) {
    const path = join(folder, name);
    const id = idOf(basename(name, ending)) ?? (await readOne(path))?.id;
    if (id !== undefined) files.push({ id, path });
  }
  return files.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ path }) => path);
}

/** A list of names that was taken while a program was writing may show a new document's `.bak` alone. */
async function refuseOrphan(path: string): Promise<void> {
  await access(path).catch(() => {
    throw new Trouble(orphanText(path));
  });
}

/** @returns undefined when the document was removed meanwhile */
async function readOne(path: string): Promise<Stored | undefined> {
  try {
    return await new DurableFile(path).read();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (codeOf(error) !== undefined) throw new Trouble(`${path} cannot be read (${codeOf(error)})`);
    if (!(error instanceof Unreadable)) throw new Trouble(error instanceof Error ? error.message : String(error));
    throw new Trouble(`${path} cannot be read (${error.message}): see \`npm run store -- check\``);
  }
}
