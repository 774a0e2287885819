// A line on the disk for what changes again and again, in place of a file each time. To add a line and wait for the disk
// takes a tenth of what it takes to put a new file in a document's place; the files follow once a second.
import { constants, type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from './durable-file.js';
import { type Entry, keyOf, lineOf } from './journal-lines.js';
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

/**
 * The journal of a folder, `journal-<number>.log`. What waits while a line is written makes the next line together.
 * It speaks of documents that have a file, and its word counts where its revision is higher than the file's: so a document
 * is only removed when the journal is silent about it.
 */
export class Journal {
  #file: FileHandle | undefined;
  /** The last revision of each document that the present file speaks of: the next line says what became of it. */
  readonly #said = new Map<string, number>();
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

  get isEmpty(): boolean {
    return this.#unsure.length === 0 && this.#latest.size === 0;
  }

  /**
   * Resolves when the disk has it.
   * @throws what `mayWrite` throws, or the system's error; nothing is then recorded
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
    [this.#file, this.#files, this.#latest] = [undefined, [], new Map()];
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
    const line = lineOf(entries, this.#said);
    try {
      await file.appendFile(line);
      if (!waitsForDisk) await file.datasync();
      // A process that was suspended meanwhile may have been taken for dead: whoever took over has not read this line.
      await this.mayWrite();
      this.#size += line.length;
      for (const entry of entries) this.#said.set(keyOf(entry), entry.stored.rev);
    } catch (error) {
      await this.#takeBack(file);
      throw error;
    }
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
