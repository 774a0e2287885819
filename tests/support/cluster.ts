// A PostgreSQL server of a test's own, which may be stopped and started; the shared one must not be.
import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './program.js';

export interface OwnCluster {
  readonly url: string;
  start(): void;
  /** As a crash of the server: what is connected is cut, nothing is said. */
  stop(): void;
  remove(): void;
}

/** Runs as the owner of the server that CI has started: PostgreSQL refuses to run as root. */
export async function ownCluster(): Promise<OwnCluster> {
  const { TEST_POSTGRES_BIN: bin = '', TEST_POSTGRES_DATA: like = '' } = process.env;
  const { uid, gid } = statSync(like);
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-pg-'));
  chownSync(folder, uid, gid);
  const [port, data] = [await freePort(), join(folder, 'data')];
  const run = (command: string, ...args: string[]): void => {
    execFileSync(join(bin, command), args, { stdio: 'ignore', uid, gid, cwd: folder });
  };
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`;
  run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N');
  const start = (): void => run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start');
  start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    stop: () => run('pg_ctl', '-D', data, '-w', '-m', 'immediate', 'stop'),
    remove() {
      run('pg_ctl', '-D', data, '-w', '-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
