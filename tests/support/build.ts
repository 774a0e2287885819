// Compiles the program once before the tests: some of them run it as a process of its own.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export default function build(): void {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '-p', join(root, '.config', 'tsconfig.build.json')], { stdio: 'inherit' });
}
