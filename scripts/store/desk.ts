// What every store command works with, and how it opens the stores that the environment names.
import type { Readable, Writable } from 'node:stream';
import type { StorePlaces } from '../../src/config.js';
import type { Clock } from '../../src/core/clock.js';
import { Unrecorded } from '../../src/core/store.js';
import type { Log } from '../../src/store/document.js';
import { codeOf } from '../../src/store/durable-file.js';
import { type RawStore, Trouble, type WritableRawStore } from '../../src/store/raw.js';
import { holdFolder, readFolder } from '../../src/store/raw-folder.js';
import type { Permits } from './copy.js';
import type { Progress } from './progress.js';

export interface Io {
  readonly clock: Clock;
  /** Takes a line of the result. */
  readonly out: (line: string) => void;
  /** Takes a line of progress, or what went wrong. */
  readonly err: (line: string) => void;
  readonly stdin: Readable;
  readonly stdout: Writable;
}

export interface Desk extends Io {
  readonly places: StorePlaces;
  readonly permits: Permits;
  readonly progress: Progress;
}

/** Opens the store that the program would use. */
export async function openToRead(desk: Desk): Promise<RawStore> {
  return desk.places.databaseUrl ? readDatabase(desk.places.databaseUrl, desk) : readFolder(desk.places.dataDir);
}

/** As `openToRead`; it is made when it is not there, and nobody else may be using the folder. */
export async function openToWrite(desk: Desk): Promise<WritableRawStore> {
  const { databaseUrl } = desk.places;
  if (!databaseUrl) return holdPlace(desk);
  await warnOfPrograms(databaseUrl, desk);
  return writeDatabase(databaseUrl, desk);
}

/** The folder, for this process alone. */
export const holdPlace = ({ places, clock, err }: Desk): Promise<WritableRawStore> =>
  holdFolder(places.dataDir, { clock, log: logTo(err) });

export async function readDatabase(url: string, { err }: Desk): Promise<RawStore> {
  return (await import('../../src/store/raw-postgres.js')).readPostgres(url, { log: logTo(err) });
}

export async function writeDatabase(url: string, { err }: Desk): Promise<WritableRawStore> {
  return (await import('../../src/store/raw-postgres.js')).writePostgres(url, { log: logTo(err) });
}

/** A folder says for sure whether it is in use; a database does not, so its operator is warned. */
export async function warnOfPrograms(url: string, { err }: Desk): Promise<void> {
  const { programsOn } = await import('../../src/store/raw-postgres.js');
  const programs = await programsOn(url, { log: logTo(err) });
  if (programs > 0) err(`warning: the program seems to run on that database (${programs} connections): stop it first`);
}

/** Works with a store and closes it, whatever comes. */
export async function using<S extends RawStore, R>(store: S, work: (store: S) => Promise<R>): Promise<R> {
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** The engines' own messages, without their fields. */
function logTo(say: (line: string) => void): Log {
  const log = (_: unknown, message?: string): void => say(message ?? '');
  return { info: log, warn: log, error: log };
}

/** One line for any error: what is not known to be harmless may quote a document, and is told by its name alone. */
export function said(error: unknown): string {
  if (error instanceof Trouble || error instanceof Unrecorded) return error.message;
  const code = codeOf(error);
  const path = error instanceof Error && 'path' in error ? `${String(error.path)}: ` : '';
  if (code !== undefined) return `${path}${code}`;
  const at = error instanceof Error ? (error.stack ?? '').split('\n').find((line) => /^\s+at /.test(line)) : '';
  return `unexpected ${error instanceof Error ? error.name : typeof error} ${at?.trim() ?? ''}`;
}
