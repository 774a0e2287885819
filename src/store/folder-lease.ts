// A lease on a folder: one process writes in it; a second one is refused and told who holds it.
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../core/clock.js';
import { Unrecorded } from '../core/store.js';
import type { Log } from './document.js';
import { codeOf } from './durable-file.js';
import {
  beatText,
  changes,
  createLease,
  type Holder,
  home,
  isDead,
  leaseText,
  parse,
  readText,
  takeOver,
} from './lease-file.js';

export interface Lease {
  /** @throws Unrecorded when the lease is lost, or cannot be seen */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

export interface LeaseOptions {
  readonly clock?: Clock | undefined;
  readonly log?: Log | undefined;
  /** Milliseconds between two heartbeats of the holder. */
  readonly beatMs?: number;
  /** Milliseconds without a heartbeat, as seen by the one who waits, after which the lease is free. */
  readonly staleMs?: number;
}

/**
 * Takes the lease, waiting at most `staleMs` for the heartbeat of a holder whose death cannot be seen.
 * No clocks are compared: the one who waits watches whether the file changes.
 * @throws Error in one line, saying who holds it
 */
export async function takeLease(folder: string, options: LeaseOptions = {}): Promise<Lease> {
  const { clock = systemClock, log, beatMs = 2_000, staleMs = 20_000 } = options;
  const path = join(folder, 'lease.json');
  const since = clock.now().toISOString();
  const mine: Holder = {
    token: randomUUID(),
    pid: process.pid,
    host: hostname(),
    home: home(),
    since,
    beat: beatText(0),
  };
  while (!(await createLease(path, mine))) {
    const seen = await readText(path);
    if (seen === undefined) continue;
    const holder = parse(seen);
    if (!isDead(holder)) {
      log?.info({ folder, pid: holder?.pid, host: holder?.host }, 'waiting for the heartbeat of who holds the folder');
      if ((await changes(path, seen, staleMs)) !== seen) {
        const now = parse(await readText(path));
        if (now) throw new Error(inUse(folder, now));
        continue;
      }
    }
    if (await takeOver(path, seen, mine)) {
      log?.warn({ folder, pid: holder?.pid, host: holder?.host }, 'the folder was left by a process that is gone');
      break;
    }
  }
  return HeldLease.hold(path, mine, beatMs, log);
}

class HeldLease implements Lease {
  #lost: string | undefined;
  #beats = 0;
  #seenAt = Date.now();
  #isBeating = false;
  readonly #timer: NodeJS.Timeout;

  private constructor(
    readonly path: string,
    readonly mine: Holder,
    readonly inode: bigint,
    readonly beatMs: number,
    readonly log: Log | undefined,
  ) {
    this.#timer = setInterval(() => void this.#beat(), beatMs).unref();
  }

  static async hold(path: string, mine: Holder, beatMs: number, log: Log | undefined): Promise<HeldLease> {
    const { ino } = await stat(path, { bigint: true });
    return new HeldLease(path, mine, ino, beatMs, log);
  }

  async assertHeld(): Promise<void> {
    try {
      // Cheap, for every write; the whole file when this process may have been asleep for long.
      const isStale = Math.abs(Date.now() - this.#seenAt) > 3 * this.beatMs;
      if (!this.#lost && (isStale ? !(await this.#isMine()) : !this.#isSameFile())) this.#lose();
    } catch (cause) {
      throw new Unrecorded(`not recorded: the lease ${this.path} cannot be read (${codeOf(cause)})`, { cause });
    }
    if (this.#lost) throw new Unrecorded(this.#lost);
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    const wasHeld = !this.#lost;
    this.#lost ??= 'not recorded: the store is closed';
    try {
      if (wasHeld && (await this.#isMine())) await rm(this.path, { force: true });
    } catch (error) {
      this.log?.warn({ file: this.path, code: codeOf(error) }, 'the lease could not be given back');
    }
  }

  async #beat(): Promise<void> {
    if (this.#isBeating || this.#lost) return;
    this.#isBeating = true;
    try {
      if (!(await this.#isMine())) this.#lose();
      else await this.#write();
    } catch (error) {
      this.log?.warn({ file: this.path, code: codeOf(error) }, 'no heartbeat could be written');
    } finally {
      this.#isBeating = false;
    }
  }

  /** In place: who takes the lease over puts another file there, which this one then never touches. */
  async #write(): Promise<void> {
    const file = await open(this.path, 'r+');
    try {
      if ((await file.stat({ bigint: true })).ino !== this.inode) return;
      this.#beats += 1;
      await file.write(leaseText({ ...this.mine, beat: beatText(this.#beats) }), 0);
    } finally {
      await file.close();
    }
  }

  /** At once, since the system has it in memory: a thread for it would take longer. */
  #isSameFile(): boolean {
    return statSync(this.path, { bigint: true }).ino === this.inode;
  }

  async #isMine(): Promise<boolean> {
    const isMine = parse(await readFile(this.path, 'utf8'))?.token === this.mine.token;
    this.#seenAt = Date.now();
    return isMine && this.#isSameFile();
  }

  #lose(): void {
    this.#lost = `not recorded: another process took ${this.path} over; stop this one`;
    this.log?.error({ file: this.path }, 'another process took the folder over: nothing is written any more');
    clearInterval(this.#timer);
  }
}

const inUse = (folder: string, { pid, host, since }: Holder): string =>
  `${folder} is in use by process ${pid} on ${host} since ${since}: one process a folder, stop that one first`;
