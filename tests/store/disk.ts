// A small disk of a test's own, that can be filled, and made read-only: root ignores modes, but not these.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

export interface Disk {
  readonly folder: string;
  readOnly(on: boolean): void;
  remove(): void;
}

/** @returns undefined where mounting is not allowed */
export function mountDisk(kilobytes: number): Disk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmdirSync(folder);
    return undefined;
  }
  return {
    folder,
    readOnly: (on) => patiently(() => execFileSync('mount', ['-o', `remount,${on ? 'ro' : 'rw'}`, folder])),
    remove: () => {
      execFileSync('umount', ['-l', folder]);
      rmdirSync(folder);
    },
  };
}

/** Whether this machine lets a test mount a disk; where it must (CI), a test that says so fails. */
export function canMount(): boolean {
  const disk = mountDisk(64);
  disk?.remove();
  test.runIf(process.env.CI === 'true')('a disk can be mounted here', () => expect(disk).toBeDefined());
  return disk !== undefined;
}

/** A disk is busy while a heartbeat is being written. */
function patiently(work: () => void, left = 20): void {
  try {
    work();
  } catch (error) {
    if (left === 0) throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    patiently(work, left - 1);
  }
}
