// A process that is measured: the bot, or a bare SDK doing the same.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Used {
  /** Microseconds of CPU since it was started. */
  readonly cpu: number;
  /** Bytes of memory that it holds. */
  readonly rss: number;
}

export interface Subject {
  readonly name: string;
  /** Milliseconds from its start until it said that it was ready. */
  readonly started: number;
  used(): Promise<Used>;
  stop(): Promise<void>;
}

const compiled = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The bot is ready when it logs that it serves; the others say so. */
const isReady = /"serving"|^ready$/m;

/**
 * @param script below dist/, without its ending
 * @param env what the process is told, beside PATH and HOME
 * @throws Error with what it wrote when it ends, or is not ready within twenty seconds
 */
export async function startSubject(name: string, script: string, env: Record<string, string>): Promise<Subject> {
  const { PATH = '', HOME = '' } = process.env;
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', compiled('bench/speed/telling.js'), compiled(`${script}.js`)], {
    env: { PATH, HOME, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const started = (await readiness(child, name)) - began;
  return {
    name,
    started,
    async used() {
      const told = once(child, 'message');
      child.send('used');
      return ((await told) as [Used])[0];
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** @returns the instant at which it was ready, on this process's clock */
function readiness(child: ChildProcess, name: string): Promise<number> {
  let said = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} is not ready after 20 s:\n${said}`)), 20_000);
    const hear = (chunk: Buffer): void => {
      // What is logged later is of no interest, and must not pile up.
      if (said.length < 100_000) said += chunk.toString();
      if (!isReady.test(said)) return;
      clearTimeout(timer);
      resolve(performance.now());
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}:\n${said}`)));
  });
}
