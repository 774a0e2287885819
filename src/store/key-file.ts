// The file that keeps SECRET_KEY beside the embedded store, made once; its loss makes open anonymous polls unreadable.
import { randomBytes } from 'node:crypto';
import { chmod, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, syncFolder, temporaryName, writeDurably } from './durable-file.js';

/** In the store's own folder, apart from every document. */
export const keyFile = 'secret.key';

const shortest = 32;

/**
 * Reads the key, or makes it when there is none. The folder's lease has to be held.
 * @returns 32 characters or more
 * @throws Error in one line when the file holds no such key: a new one would break what the old one made
 */
export async function keyIn(folder: string): Promise<string> {
  const path = join(folder, keyFile);
  const found = await readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
    return undefined;
  });
  if (found === undefined) return made(folder, path);
  if (found.trim().length < shortest) throw new Error(`${path} holds no key: restore it from a backup`);
  // Others may have been let in by a copy or a backup.
  await chmod(path, 0o600);
  return found.trim();
}

async function made(folder: string, path: string): Promise<string> {
  const key = randomBytes(32).toString('base64url');
  const temporary = temporaryName(path);
  await writeDurably(temporary, `${key}\n`);
  await rename(temporary, path);
  await syncFolder(folder);
  return key;
}
