// The whole program as a process of its own, as `npm start` runs it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const main = join(import.meta.dirname, '..', '..', 'dist', 'program', 'main.js');

export interface Program {
  readonly port: number;
  readonly url: string;
  readonly process: ChildProcess;
  /** What it has written so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the exit code, or with the signal's name. */
  readonly ended: Promise<number | string>;
  /** Resolves once /healthz answers 200. @throws Error with what it wrote when it ends before */
  healthy(within?: number): Promise<void>;
  stop(): Promise<void>;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

export const freshFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'rapporteur-'));

/** Starts the program with these variables and no others but what a process needs. */
export async function startProgram(env: Readonly<Record<string, string>> = {}): Promise<Program> {
  const port = Number(env.PORT ?? (await freePort()));
  const { PATH = '', HOME = '' } = process.env;
  const own = { PATH, HOME, HOST: '127.0.0.1', PORT: String(port), DATA_DIR: env.DATA_DIR ?? (await freshFolder()) };
  const child = spawn(process.execPath, [main], { env: { ...own, ...env }, stdio: 'pipe' });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => void (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  const url = `http://127.0.0.1:${port}`;
  return {
    port,
    url,
    process: child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    async healthy(within = 20_000) {
      const until = Date.now() + within;
      while (Date.now() < until) {
        if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}:\n${stderr}${stdout}`);
        const response = await fetch(`${url}/healthz`).catch(() => undefined);
        if (response?.status === 200) return;
        await sleep(50);
      }
      throw new Error(`not healthy after ${within} ms:\n${stderr}${stdout}`);
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}
