// The lease file: what it says, how it is made whole, and how it is taken over from one who is gone.
import { readFileSync, readlinkSync } from 'node:fs';
import { link, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, temporaryName, writeDurably } from './durable-file.js';

/** What the lease file says. `beat` has a fixed width, so that it can be written in place. */
export interface Holder {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  /** Machine boot and process namespace: only within the same one does a process id mean anything. */
  readonly home: string;
  readonly since: string;
  readonly beat: string;
}

/** How long one who took a lease over waits to see whether another did the same. */
const settleMs = 300;

export const beatText = (beat: number): string => String(beat).padStart(12, '0');
export const leaseText = (holder: Holder): string => `${JSON.stringify(holder)}\n`;

export function parse(seen: string | undefined): Holder | undefined {
  try {
    const holder = JSON.parse(seen ?? '') as Holder | null;
    return typeof holder?.token === 'string' ? holder : undefined;
  } catch {
    return undefined; // being written, or not ours: its age decides
  }
}

export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whole from its first moment: written aside, then linked under its name, which fails when the name is taken. */
export async function createLease(path: string, mine: Holder): Promise<boolean> {
  const temporary = temporaryName(path);
  await writeDurably(temporary, leaseText(mine));
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'].includes(codeOf(error) ?? '')) throw error;
    return await createPlainly(path, mine);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** For disks without hard links. */
async function createPlainly(path: string, mine: Holder): Promise<boolean> {
  try {
    await writeDurably(path, leaseText(mine));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** @returns false when another one was quicker */
export async function takeOver(path: string, seen: string, mine: Holder): Promise<boolean> {
  const temporary = temporaryName(path);
  await writeDurably(temporary, leaseText(mine));
  if ((await readText(path)) !== seen) {
    await rm(temporary, { force: true });
    return false;
  }
  await rename(temporary, path);
  await sleep(settleMs);
  return parse(await readText(path))?.token === mine.token;
}

/** @returns the file's text once it differs from `seen`, or `seen` when `ms` have passed */
export async function changes(path: string, seen: string, ms: number): Promise<string | undefined> {
  const step = Math.min(200, ms / 10);
  for (let waited = 0; waited < ms; waited += step) {
    await sleep(step);
    const now = await readText(path);
    if (now !== seen) return now;
  }
  return seen;
}

/** True only when it is certain: in a container every process may be number 1, and other hosts' are not seen. */
export function isDead(holder: Holder | undefined): boolean {
  if (!holder || holder.home !== home() || holder.pid === process.pid) return false;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

export function home(): string {
  try {
    return [
      hostname(),
      readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
      readlinkSync('/proc/self/ns/pid'),
    ].join(' ');
  } catch {
    // Without /proc (macOS, Windows) processes are not hidden from each other.
    return hostname();
  }
}
