// A process that opens a store, reads one document, and says how long that took and what memory it has.
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { idOf, kind } from './documents.js';

const [engine = '', place = ''] = process.argv.slice(2);

async function read(): Promise<unknown> {
  if (engine === 'nothing') return true;
  if (engine === 'lowdb') {
    const db = new Low<Record<string, unknown>>(new JSONFile(place), {});
    await db.read();
    return db.data[idOf(0)];
  }
  const store =
    engine === 'embedded'
      ? await (await import('../../src/store/embedded.js')).openEmbedded(place)
      : await (await import('../../src/store/postgres.js')).openPostgres(place);
  const doc = await store.collection(kind).get(idOf(0));
  await store.close();
  return doc;
}

if (!(await read())) throw new Error(`${engine} does not hold the document`);
// Counted from the start of the process, so that what is imported counts too.
process.stdout.write(`${JSON.stringify({ ms: performance.now(), bytes: process.memoryUsage.rss() })}\n`);
