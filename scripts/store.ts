// Backs up, restores, checks and moves a whole store: `npm run store -- --help`.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment, readStorePlaces } from '../src/config.js';
import { systemClock } from '../src/core/clock.js';
import { run } from './store/command.js';

/** Where package.json lies, two folders above dist/scripts/. */
const root = fileURLToPath(new URL('../..', import.meta.url));

const err = (line: string): void => void process.stderr.write(`${line}\n`);
const out = (line: string): void => void process.stdout.write(`${line}\n`);

// Who reads the output went away: there is no one to tell.
process.stdout.on('error', () => process.exit(1));

const given = environment(join(root, '.env'));
const read = given.faults ? given : readStorePlaces(given.env);
if ('faults' in read) {
  for (const fault of read.faults) err(fault);
  process.exitCode = 2;
} else {
  const io = { clock: systemClock, out, err, stdin: process.stdin, stdout: process.stdout };
  process.exitCode = await run(process.argv.slice(2), read.places, io);
}
