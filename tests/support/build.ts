// Builds the program as `npm run build` does, once before the tests: some of them run it as a process of its own.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export default function build(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, '..', '..', '.config', 'build.mjs')], { stdio: 'inherit' });
}
