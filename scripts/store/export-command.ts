// `export` and `import`: a whole store to a file, and back.
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { temporaryName } from '../../src/store/durable-file.js';
import { type Raw, Trouble } from '../../src/store/raw.js';
import { type Desk, openToRead, openToWrite, using } from './desk.js';
import { exportLines, readExport, writeFileDurably, writeStream } from './export-file.js';
import { documentsOf, grouped } from './progress.js';
import { transfer } from './transfer.js';

export async function exportStore(file: string, desk: Desk): Promise<number> {
  return using(await openToRead(desk), async (store) => {
    const total = await store.count();
    // Last week's good export is not to be replaced by one of a disk that is not mounted.
    if (total === 0) throw new Trouble(`${store.place} holds no documents: nothing was exported`);
    const counted = counting(store.documents(), desk.progress.begin('exporting', total));
    const lines = exportLines(counted.documents, desk.clock.now());
    const isStream = file === '-';
    await (isStream ? writeStream(desk.stdout, lines) : writeFileDurably(file, lines));
    const say = isStream ? desk.err : desk.out;
    say(`${documentsOf(counted.count())} of ${store.place} went to ${isStream ? 'the standard output' : file}`);
    return 0;
  });
}

/** The whole file is read before anything is written. */
export async function importFile(file: string, desk: Desk): Promise<number> {
  const source = file === '-' ? 'the standard input' : file;
  const handle = file === '-' ? await spooled(desk.stdin) : await open(file, 'r');
  try {
    const read = counting(readExport(handle), desk.progress.begin('reading'));
    try {
      for await (const _ of read.documents);
    } catch (error) {
      throw error instanceof Trouble ? new Trouble(`nothing was imported from ${source}: ${error.message}`) : error;
    }
    return await using(await openToWrite(desk), async (to) => {
      const total = read.count();
      const documents = () => readExport(handle);
      const { changed, before } = await transfer({ source, total, documents, to, mayHoldOthers: true }, desk);
      desk.out(`${to.place} holds all that ${source} does, ${documentsOf(total)} (changed: ${grouped(changed)})`);
      if (before.others.count > 0) {
        desk.out(`It also holds ${grouped(before.others.count)} that ${source} does not have; they were left alone.`);
      }
      return 0;
    });
  } finally {
    await handle.close();
  }
}

function counting(documents: AsyncGenerator<Raw>, tick: () => void) {
  let count = 0;
  async function* counted(): AsyncGenerator<Raw> {
    for await (const raw of documents) {
      count += 1;
      tick();
      yield raw;
    }
  }
  return { documents: counted(), count: () => count };
}

/** What comes once is read three times, so it goes into a private file that has no name any more. */
async function spooled(input: Readable): Promise<FileHandle> {
  const path = temporaryName(join(tmpdir(), 'rapporteur-import'));
  const file = await open(path, 'wx+', 0o600);
  try {
    await rm(path);
    for await (const chunk of input) await file.writeFile(chunk as Buffer);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}
