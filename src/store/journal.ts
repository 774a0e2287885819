// A line on the disk for what changes again and again, in place of a file each time. To add a line and wait for the disk
// takes a tenth of what it takes to put a new file in a document's place; the files follow once a second.
import { statfsSync } from 'node:fs';
import { constants, type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from './durable-file.js';
import { type Entry, keyOf, lineOf, tellingOf } from './journal-lines.js';
import { nameOf } from './raw.js';

interface Job {
  readonly entry: Entry;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** What was written since the last turn: the files it stands in, and the newest revision of each document. */
interface Stint {
  readonly files: readonly string[];
  readonly latest: ReadonlyMap<string, Entry>;
}

/** On Linux a file opened so has its lines on the disk when `write` returns: one step less for each. */
const waitsForDisk = process.platform === 'linux';

/** So many documents' files are written at once. */
const atOnce = 8;

const nothing: Stint = { files: [], latest: new Map() };

/** The journal may grow to so many times what the documents in it weigh, and so many bytes, before it is settled early. */
const [mostTimes, mostBytes] = [16, 16 << 20];

/**
 * What has to stay free on the disk: the documents' new files, while their former ones and those before are still there,
 * and so many bytes for all the rest. A journal that took it would leave no room for what makes it go away.
 */
const [reservedTimes, reservedBytes] = [3, 64 << 10];

/** Adding a line would take the room that is needed to settle: what it was to say has to be written elsewhere. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';
  readonly code = 'ENOSPC';
}

/**
 * The journal of a folder, `journal-<number>.log`. What waits while a line is written makes the next line together.
 * It speaks of documents that have a file, and its word counts where its revision is higher than the file's: so a document
 * is only removed when the journal is silent about it.
 */
export class Journal {
  #file: FileHandle | undefined;
  /** The last revision of each document that the present file speaks of: the next line says what became of it. */
  readonly #said = new Map<string, number>();
  /** About what the last whole text of each of these documents, and what was said of it since, weighs. */
  readonly #weights = new Map<string, number>();
  /** All of these together. */
  #weight = 0;
  /** Bytes of the present file that are known to be good. */
  #size = 0;
  /**
   * No two holders of the folder write under the same name: one that was suspended in the middle of deleting its files
   * would take away what its successor has written.
   */
  #number = Date.now();
  #files: string[] = [];
  #latest = new Map<string, Entry>();
  /** What is being put into the documents' files just now. */
  #settled = nothing;
  #settling: Promise<void> = Promise.resolve();
  /** Files in which a line that was refused may stand all the same. */
  #unsure: string[] = [];
  #waiting: Job[] = [];
  /** Resolves when nobody is at the file. */
  #free: Promise<unknown> = Promise.resolve();

  /**
   * @param mayWrite called right before anything is written or deleted, and once more when the disk has a line: throws when
   * this process must not write, or must not have written
   */
  constructor(
    private readonly root: string,
    private readonly mayWrite: () => Promise<void>,
  ) {}

  /** Whether a document's newest revision stands here, and perhaps nowhere else. */
  holds(kind: string, id: string): boolean {
    const key = nameOf({ kind, id });
    return this.#unsure.length > 0 || this.#latest.has(key) || this.#settled.latest.has(key);
  }

  /** Whether the present file has outgrown what it says: to wait for the next turn could take all of the disk. */
  get isLarge(): boolean {
    return this.#size > mostBytes && this.#size > mostTimes * this.#weight;
  }

  get isEmpty(): boolean {
    return this.#unsure.length === 0 && this.#latest.size === 0;
  }

  /**
   * Resolves when the disk has it.
   * @throws NoRoom, what `mayWrite` throws, or the system's error; nothing is then recorded
   */
  append(entry: Entry): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.push({ entry, resolve, reject }) === 1) void this.#alone(() => this.#writeWaiting());
    });
  }

  /**
   * Puts what was written so far into the documents' files, and deletes its lines.
   * @param write puts a revision into its file, for good
   * @throws what `write` throws, or the system's error; the lines are then kept
   */
  settle(write: (entry: Entry) => Promise<void>): Promise<void> {
    const settled = this.#settling.then(() => this.#settle(write));
    this.#settling = settled.catch(() => undefined);
    return settled;
  }

  /** Closes the present file, as it is. */
  async close(): Promise<void> {
    await this.#alone(async () => {
      await this.#file?.close();
      this.#file = undefined;
    });
  }

  /** One after the other. */
  #alone<R>(work: () => Promise<R>): Promise<R> {
    const done = this.#free.then(work);
    this.#free = done.catch(() => undefined);
    return done;
  }

  async #settle(write: (entry: Entry) => Promise<void>): Promise<void> {
    await this.#alone(() => this.#turn());
    const { files, latest } = this.#settled;
    try {
      const due = [...latest.values()];
      for (let at = 0; at < due.length; at += atOnce) await Promise.all(due.slice(at, at + atOnce).map(write));
      await deleteLines(this.root, files, this.mayWrite);
      this.#unsure = this.#unsure.filter((path) => !files.includes(path));
    } catch (error) {
      this.#files = [...files, ...this.#files];
      this.#latest = new Map([...latest, ...this.#latest]);
      throw error;
    } finally {
      this.#settled = nothing;
    }
  }

  /** Takes what was written so far, between two lines: what comes next goes into a new file. */
  async #turn(): Promise<void> {
    this.#settled = { files: this.#files, latest: this.#latest };
    const file = this.#file;
    [this.#file, this.#files, this.#latest, this.#size] = [undefined, [], new Map(), 0];
    await file?.close();
  }

  async #writeWaiting(): Promise<void> {
    const jobs = this.#waiting;
    this.#waiting = [];
    try {
      await this.#writeLine(jobs.map(({ entry }) => entry));
    } catch (error) {
      for (const { reject } of jobs) reject(error);
      return;
    }
    for (const { entry, resolve } of jobs) {
      this.#latest.set(keyOf(entry), entry);
      resolve();
    }
  }

  async #writeLine(entries: readonly Entry[]): Promise<void> {
    const file = this.#file ?? (await this.#opened());
    await this.mayWrite();
    const told = entries.map((entry) => tellingOf(entry, this.#said.get(keyOf(entry))));
    const line = lineOf(told);
    const weight = this.#weight + told.reduce((sum, { text }) => sum + text.length, 0);
    if (freeAt(this.root) < line.length + reservedTimes * weight + reservedBytes)
      throw new NoRoom('too little is free');
    try {
      await file.appendFile(line);
      if (!waitsForDisk) await file.datasync();
      // A process that was suspended meanwhile may have been taken for dead: whoever took over has not read this line.
      await this.mayWrite();
      this.#size += line.length;
      for (const [nth, { text, isWhole }] of told.entries()) this.#note(entries[nth] as Entry, text.length, isWhole);
    } catch (error) {
      await this.#takeBack(file);
      throw error;
    }
  }

  #note(entry: Entry, bytes: number, isWhole: boolean): void {
    const key = keyOf(entry);
    this.#said.set(key, entry.stored.rev);
    const before = this.#weights.get(key) ?? 0;
    const weight = isWhole ? bytes : before + bytes;
    this.#weights.set(key, weight);
    this.#weight += weight - before;
  }

  async #opened(): Promise<FileHandle> {
    await this.mayWrite();
    this.#number += 1;
    const path = join(this.root, `journal-${this.#number}.log`);
    const { O_APPEND, O_CREAT, O_EXCL, O_WRONLY, O_DSYNC } = constants;
    const flags = O_APPEND | O_CREAT | O_EXCL | O_WRONLY | (waitsForDisk ? O_DSYNC : 0);
    const file = await open(path, flags, 0o600);
    this.#files.push(path);
    [this.#file, this.#size] = [file, 0];
    this.#said.clear();
    this.#weights.clear();
    this.#weight = 0;
    await syncFolder(this.root);
    return file;
  }

  /** A line that is not whole must not stand before others: the file is cut back, or not written any more. */
  async #takeBack(file: FileHandle): Promise<void> {
    try {
      await file.truncate(this.#size);
      await file.datasync();
    } catch {
      this.#unsure.push(...this.#files.slice(-1));
      this.#file = undefined;
      await file.close().catch(() => undefined);
    }
  }
}

/** Bytes that we may still take; a system that does not tell has room until it says no. At once: no disk is asked. */
function freeAt(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Deletes files of the journal, once what they say stands in the documents' files. */
export async function deleteLines(
  root: string,
  files: readonly string[],
  mayWrite: () => Promise<void>,
): Promise<void> {
  if (files.length === 0) return;
  await mayWrite();
  for (const path of files) await rm(path, { force: true });
  await syncFolder(root);
}
