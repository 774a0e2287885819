// Looks through the embedded engine's folder: what cannot be read, what is lost, and what lies about.
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, DurableFile, ending, temporaryEnding } from './durable-file.js';
import { folderName, kindOf } from './file-name.js';
import { Unreadable } from './file-text.js';
import { orphansOf, orphanText } from './folder-load.js';
import { DamagedJournal, readJournal } from './journal-lines.js';
import { assertStorable, type Report } from './raw.js';

/** How many files are read at once. */
const atOnce = 32;

interface Findings {
  readonly counts: Map<string, number>;
  readonly faults: string[];
  readonly notes: string[];
}

/** Changes nothing; a program may be running in the folder. */
export async function checkFolder(root: string, tick: () => void): Promise<Report> {
  const found: Findings = { counts: new Map(), faults: [], notes: [] };
  await checkJournal(root, found);
  for (const entry of (await readdir(root, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(root, entry.name);
    const kind = kindOf(entry.name);
    if (entry.name.endsWith(temporaryEnding)) found.notes.push(leftover(path));
    if (!entry.name.startsWith(folderName(''))) continue;
    if (kind === undefined || !entry.isDirectory()) found.faults.push(`${path}: is not the folder of any kind`);
    else await checkKind(kind, path, found, tick);
  }
  return found;
}

async function checkJournal(root: string, { faults, notes }: Findings): Promise<void> {
  try {
    const { files, entries } = await readJournal(root);
    if (files.length === 0) return;
    notes.push(
      `${root}: the journal is ahead of ${entries.length} documents, which is taken over in a second or at the next start`,
    );
  } catch (error) {
    if (!(error instanceof DamagedJournal)) throw error;
    faults.push(error.message);
  }
}

async function checkKind(kind: string, folder: string, found: Findings, tick: () => void): Promise<void> {
  const names = (await readdir(folder)).sort();
  found.counts.set(kind, names.filter((name) => name.endsWith(ending)).length);
  for (const name of orphansOf(names)) {
    const path = join(folder, name);
    // It may have been written since the names were listed.
    if (!(await isThere(path))) found.faults.push(orphanText(path));
  }
  for (let at = 0; at < names.length; at += atOnce) {
    await Promise.all(names.slice(at, at + atOnce).map((name) => checkFile(kind, join(folder, name), found, tick)));
  }
}

async function checkFile(kind: string, path: string, found: Findings, tick: () => void): Promise<void> {
  if (path.endsWith(ending)) {
    tick();
    const fault = await faultOf(kind, path);
    if (fault !== undefined) found.faults.push(`${path}: ${fault}${await remedy(kind, path)}`);
  } else if (path.endsWith(`${ending}.bak`)) {
    const fault = await faultOf(kind, path);
    if (fault !== undefined) found.notes.push(`${path}: ${fault}; it is only the version before`);
  } else if (path.endsWith(temporaryEnding)) {
    found.notes.push(leftover(path));
  } else if (path.includes(`${ending}.corrupt-`)) {
    found.notes.push(`${path}: was kept aside because it could not be read; delete it once it is of no use`);
  } else {
    found.notes.push(`${path}: is not a file of the store`);
  }
}

/** @returns why the file is not a document that the program can read; undefined when it is one, or is gone */
async function faultOf(kind: string, path: string): Promise<string | undefined> {
  try {
    const { id, rev, json } = await new DurableFile(path).read();
    assertStorable({ kind, id, rev, json });
    return undefined;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    if (code !== undefined) return `cannot be read (${code})`;
    const why = error instanceof Error ? error.message : String(error);
    return error instanceof Unreadable ? `cannot be read (${why})` : why;
  }
}

async function remedy(kind: string, path: string): Promise<string> {
  const last = `${path}.bak`;
  const isGood = (await isThere(last)) && (await faultOf(kind, last)) === undefined;
  return isGood ? '; the program will use its .bak, the version before' : '; restore it from a backup';
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const leftover = (path: string): string =>
  `${path}: is a temporary file; unless a program is writing just now, the next start removes it`;
