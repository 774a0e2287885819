// What `npm run store` does: export, import, check and copy a whole store, each safe to repeat.
import { parseArgs } from 'node:util';
import type { StorePlaces } from '../../src/config.js';
import { Trouble } from '../../src/store/raw.js';
import type { Permits } from './copy.js';
import { copyToFolder, copyToPostgres } from './copy-command.js';
import { type Desk, type Io, openToRead, said, using } from './desk.js';
import { exportStore, importFile } from './export-command.js';
import { documentsOf, grouped, progressOf } from './progress.js';

const help = [
  'npm run store -- export FILE        write all documents into FILE; - is the standard output (npm run --silent)',
  'npm run store -- import FILE        bring the documents of FILE into the store; - is the standard input',
  'npm run store -- check              read every document, name what cannot be read',
  'npm run store -- copy to-postgres   from the folder DATA_DIR to the database DATABASE_URL',
  'npm run store -- copy to-folder     from the database DATABASE_URL to the folder DATA_DIR',
  '',
  'export, import and check use DATABASE_URL when it is set, else DATA_DIR; .env is read as at the start.',
  '--replace   with import and copy: overwrite documents that differ',
  '--remove    with copy: remove documents that are only at the destination',
] as const;

const usage =
  'usage: npm run store -- export FILE | import FILE | check | copy to-postgres | copy to-folder; or --help for more';

/**
 * @param args as typed after `npm run store --`
 * @returns the exit code: 0 done, 1 trouble with a store or a file, 2 wrong usage or configuration; told in one line
 */
export async function run(args: readonly string[], places: StorePlaces, io: Io): Promise<number> {
  try {
    const { words, isHelp, permits } = parsed(args);
    if (isHelp) {
      for (const line of help) io.out(line);
      return 0;
    }
    const command = commandOf(words, permits);
    return await command({ ...io, places, permits, progress: progressOf(io.clock, io.err) });
  } catch (error) {
    io.err(said(error));
    return error instanceof Trouble && error.isUsage ? 2 : 1;
  }
}

function parsed(args: readonly string[]) {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const options = { replace: flag, remove: flag, help: flag };
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const { replace, remove } = values;
    return { words: positionals, isHelp: values.help || positionals[0] === 'help', permits: { replace, remove } };
  } catch {
    throw new Trouble(usage, true);
  }
}

function commandOf(words: readonly string[], { replace, remove }: Permits): (desk: Desk) => Promise<number> {
  const [name, what] = words;
  const isStray = words.length > 2 || (remove && name !== 'copy') || (replace && name !== 'copy' && name !== 'import');
  if (!isStray) {
    if (name === 'export' && what) return (desk) => exportStore(what, desk);
    if (name === 'import' && what) return (desk) => importFile(what, desk);
    if (name === 'check' && what === undefined) return check;
    if (name === 'copy' && what === 'to-postgres') return copyToPostgres;
    if (name === 'copy' && what === 'to-folder') return copyToFolder;
  }
  throw new Trouble(usage, true);
}

async function check(desk: Desk): Promise<number> {
  return using(await openToRead(desk), async (store) => {
    const { counts, faults, notes } = await store.check(desk.progress.begin('checking', await store.count()));
    for (const [kind, count] of counts) desk.out(`${grouped(count).padStart(9)} ${kind}`);
    for (const note of notes) desk.out(`note: ${note}`);
    for (const fault of faults) desk.out(`FAULT: ${fault}`);
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const verdict = faults.length === 0 ? 'all can be read' : `faults: ${grouped(faults.length)}`;
    desk.out(`${store.place} holds ${documentsOf(total)}, ${verdict}`);
    return faults.length === 0 ? 0 : 1;
  });
}
