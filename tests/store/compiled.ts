// The engines as plain JavaScript, for child processes that a test kills: compiled into dist/, started with plain Node.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Child {
  readonly process: ChildProcess;
  /** What it said so far, a line an entry. */
  readonly lines: string[];
  /** Resolves with the first line that begins so, or rejects when the child ends without it. */
  said(start: string): Promise<string>;
  /** Sends the signal and waits until the process is gone. */
  kill(): Promise<void>;
}

/** @returns a way to start `tests/store/child.ts`, and one to clean up */
export async function compileChild() {
  await mkdir(join(root, 'dist'), { recursive: true });
  const folder = await mkdtemp(join(root, 'dist', 'test-store-'));
  const core = ['store', 'refusal', 'clock', 'breather', 'under-way'].map((name) => `src/core/${name}.ts`);
  const store = (await readdir(join(root, 'src/store'))).map((name) => `src/store/${name}`);
  for (const file of [...core, ...store, 'tests/store/sample.ts', 'tests/store/child.ts']) {
    const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    const { outputText } = ts.transpileModule(await readFile(join(root, file), 'utf8'), { compilerOptions: options });
    const path = join(folder, file.replace(/\.ts$/, '.js'));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, outputText);
  }
  return {
    start: (...args: string[]) => start(join(folder, 'tests/store/child.js'), args),
    clean: () => rm(folder, { recursive: true, force: true }),
  };
}

function start(script: string, args: readonly string[]): Child {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const said = (begin: string) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const line = lines.find((one) => one.startsWith(begin));
        if (line !== undefined) resolve(line);
      };
      reader.on('line', look);
      look();
      void closed.then(() => reject(new Error(`the child ended without saying ${begin}: ${lines.join('; ')}`)));
    });
  const kill = async () => {
    child.kill('SIGKILL');
    await closed;
  };
  return { process: child, lines, said, kill };
}
