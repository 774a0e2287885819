// How fast changes are: so many clients, each asking for its next change when the last one is done.
import { open, rename, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder, writeDurably } from '../../src/store/durable-file.js';
import type { Contender } from './contenders.js';

/** Which documents are changed, and by how many at once. */
export interface Load {
  /** How many documents the changes are spread over; 1 is a hot one. */
  readonly over: number;
  readonly clients: number;
}

/** Changes per second, for about `ms`. What is under way at the end is waited for, and counts. */
export async function rateOf(contender: Contender, { over, clients }: Load, ms: number): Promise<number> {
  const began = performance.now();
  let done = 0;
  const client = async (_: unknown, number: number) => {
    const next = walk(number + 1);
    while (performance.now() - began < ms) {
      await contender.change(next() % over);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return (1000 * done) / (performance.now() - began);
}

/**
 * Numbers without a pattern, the same in each run (xorshift). Clients that went through the documents in order would
 * catch up with each other, and from then on share every write.
 */
function walk(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

export const newFiles = 'new file, fsync, rename, fsync of the folder';

/** What the disk itself does in a second, one after the other, with as many bytes as a document has. */
export const diskRates = {
  [newFiles]: async (folder: string, ms: number): Promise<number> => {
    const path = join(folder, 'disk.json');
    const rate = await repeat(ms, async () => {
      await writeDurably(`${path}.tmp`, bytes);
      await rename(`${path}.tmp`, path);
      await syncFolder(dirname(path));
    });
    await unlink(path);
    return rate;
  },
  'append, fdatasync': async (folder: string, ms: number): Promise<number> => {
    const path = join(folder, 'disk.log');
    const file = await open(path, 'a', 0o600);
    try {
      return await repeat(ms, async () => {
        await file.appendFile(bytes);
        await file.datasync();
      });
    } finally {
      await file.close();
      await rm(path);
    }
  },
};

const bytes = 'x'.repeat(700);

async function repeat(ms: number, work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  let done = 0;
  for (; performance.now() - began < ms; done += 1) await work();
  return (1000 * done) / (performance.now() - began);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)] ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0];
  return (low + high) / 2;
}
