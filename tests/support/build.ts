// Builds the program as `npm run build` does, once before the tests: some of them run it as a process of its own.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

const run = (...command: readonly string[]): void =>
  void execFileSync(process.execPath, command, { cwd: root, stdio: 'inherit' });

export default function build(): void {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  run(tsc, '-p', '.config/tsconfig.build.json');
  run(join('.config', 'bundle.mjs'));
}
