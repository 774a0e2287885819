// The embedded store's folder: is it there, whose is it, can it be written, is there room. A running bot is left alone.
import { access, constants, readFile, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { codeOf, temporaryName, writeDurably } from '../../src/store/durable-file.js';
import { keyFile } from '../../src/store/key-file.js';
import { changes, isDead, parse, readText } from '../../src/store/lease-file.js';
import { readFolder } from '../../src/store/raw-folder.js';
import { readAll, type Store } from './documents.js';
import { type Finding, fault, ok, warning } from './finding.js';

/** Bytes of room below which writing soon fails, and below which its operator wants to know. */
const [tight, scarce] = [100e6, 1e9];

/** Holders whose death cannot be seen write a heartbeat every two seconds; watched for this long, in milliseconds. */
const watched = 5_000;

/** What `statfs` calls file systems on a network (Linux, `linux/magic.h`): locks and renames do not hold there. */
const networks = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42]);

export async function examineFolder(folder: string, secretKey: string | undefined): Promise<Store> {
  const root = resolve(folder);
  const found = await stat(root).catch((error: unknown) => codeOf(error) ?? 'unknown');
  if (found === 'ENOENT') return { findings: [await makeable(root)], chosen: new Map() };
  if (typeof found === 'string') return only(fault('DATA_DIR', `${root} cannot be looked at (${found})`));
  if (!found.isDirectory()) return only(fault('DATA_DIR', `${root} is not a folder; name one`));
  const isOpen = process.platform !== 'win32' && (found.mode & 0o077) !== 0;
  const open = warning('DATA_DIR', `others on this machine can look into ${root}; run: chmod 700 ${root}`);
  const { findings, chosen } = await readAll('DATA_DIR', await readFolder(root));
  return {
    findings: [
      await holderOf(root),
      ...findings,
      await writable(root),
      ...(await roomIn(root)),
      ...(isOpen ? [open] : []),
      ...(await keyOf(root, secretKey)),
    ],
    chosen,
  };
}

const only = (finding: Finding): Store => ({ findings: [finding], chosen: new Map() });

async function makeable(root: string): Promise<Finding> {
  let above = dirname(root);
  for (;;) {
    try {
      await access(above, constants.W_OK);
      return ok('DATA_DIR', `${root} will be made at the first start`);
    } catch (error) {
      const code = codeOf(error);
      if (code !== 'ENOENT' || above === dirname(above)) {
        return fault('DATA_DIR', `${root} is not there and cannot be made (${code}); make it, or name another folder`);
      }
      above = dirname(above);
    }
  }
}

async function holderOf(root: string): Promise<Finding> {
  const path = join(root, 'lease.json');
  const seen = await readText(path);
  if (seen === undefined) return ok('DATA_DIR', `${root} is held by no process`);
  const holder = parse(seen);
  const who = holder ? `process ${holder.pid} on ${holder.host} since ${holder.since}` : 'a process';
  const isGone = isDead(holder) || (await changes(path, seen, watched)) === seen;
  if (isGone) return ok('DATA_DIR', `${root} was left by ${who}, which is gone: the next start takes it over`);
  return ok('DATA_DIR', `${root} is held by ${who}: the bot is running`);
}

async function writable(root: string): Promise<Finding> {
  const probe = temporaryName(join(root, 'probe'));
  try {
    await writeDurably(probe, 'x'.repeat(4096));
    return ok('DATA_DIR', 'can be written');
  } catch (error) {
    const remedy = 'let the user who runs the bot write there, on a disk that takes changes';
    return fault('DATA_DIR', `${root} takes no changes (${codeOf(error)}); ${remedy}`);
  } finally {
    await rm(probe, { force: true }).catch(() => undefined); // on a disk that takes no changes there is nothing to remove
  }
}

async function roomIn(root: string): Promise<readonly Finding[]> {
  const { type, bavail, bsize, files, ffree } = await statfs(root);
  const network = fault('DATA_DIR', `${root} lies on a network; the embedded store needs a disk of this machine`);
  return [judgeRoom(bavail * bsize, files > 0 ? ffree : undefined), ...(networks.has(type) ? [network] : [])];
}

/**
 * @param bytes that this user may still write
 * @param names of files that the disk can still take; undefined where it has no such limit
 */
export function judgeRoom(bytes: number, names: number | undefined): Finding {
  const room = bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.floor(bytes / 1e6)} MB`;
  if (names !== undefined && names < 1_000) {
    return fault('free space', `the disk takes ${names} more files; remove some, or make a larger file system`);
  }
  if (bytes < tight) return fault('free space', `${room} are left; make room before the disk is full`);
  if (bytes < scarce) return warning('free space', `${room} are left; make room`);
  return ok('free space', `${room} are left`);
}

async function keyOf(root: string, secretKey: string | undefined): Promise<readonly Finding[]> {
  const path = join(root, keyFile);
  const kept = await readFile(path, 'utf8').catch(() => undefined);
  if (secretKey === undefined || kept === undefined || kept.trim() === secretKey) return [];
  const text = `differs from ${path}: what was made with that key can no longer be read; set its content, or remove it`;
  return [warning('SECRET_KEY', text)];
}
