// Builds the program as `npm run build` does, once before the tests: some of them run it as a process of its own.
// PREBUILT says that it was built already.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export default function build(): void {
  if (process.env.PREBUILT) return;
  execFileSync(process.execPath, [join(import.meta.dirname, '..', '..', '.config', 'build.mjs')], { stdio: 'inherit' });
}
