// `copy`: a whole store from the folder to PostgreSQL, and back.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type RawStore, Trouble, type WritableRawStore } from '../../src/store/raw.js';
import { readFolder } from '../../src/store/raw-folder.js';
import { type Desk, holdPlace, readDatabase, using, warnOfPrograms, writeDatabase } from './desk.js';
import { documentsOf, grouped } from './progress.js';
import { transfer } from './transfer.js';

export async function copyToPostgres(desk: Desk): Promise<number> {
  const url = databaseUrl(desk);
  // A folder that is not there is refused here, before holding it would make it.
  await refuseEmpty(await readFolder(desk.places.dataDir));
  await warnOfPrograms(url, desk);
  return using(await holdPlace(desk), async (from) =>
    using(await writeDatabase(url, desk), async (to) => {
      await copy(from, to, desk);
      const key = join(resolve(desk.places.dataDir), 'secret.key');
      desk.out(`Next: keep DATABASE_URL set and start the program; ${from.place} is left as it is.`);
      if (existsSync(key)) desk.out(`Before that, set SECRET_KEY to the content of ${key}: votes depend on it.`);
      return 0;
    }),
  );
}

export async function copyToFolder(desk: Desk): Promise<number> {
  const url = databaseUrl(desk);
  return using(await readDatabase(url, desk), async (from) => {
    await refuseEmpty(from);
    await warnOfPrograms(url, desk);
    return using(await holdPlace(desk), async (to) => {
      await copy(from, to, desk);
      desk.out(
        `Next: unset DATABASE_URL, leave SECRET_KEY as it is, and start the program; ${from.place} is left as it is.`,
      );
      return 0;
    });
  });
}

function databaseUrl({ places }: Desk): string {
  if (!places.databaseUrl) throw new Trouble('DATABASE_URL: is needed for copy; set it to postgres://…', true);
  return places.databaseUrl;
}

/** An empty source is a wrong address more often than a wish. */
async function refuseEmpty(store: RawStore): Promise<void> {
  if ((await store.count()) === 0) throw new Trouble(`${store.place} holds no documents: there is nothing to copy`);
}

async function copy(from: RawStore, to: WritableRawStore, desk: Desk): Promise<void> {
  const total = await from.count();
  const documents = () => from.documents();
  const { changed } = await transfer({ source: from.place, total, documents, to, mayHoldOthers: false }, desk);
  desk.out(`${to.place} holds the same ${documentsOf(total)} as ${from.place} (changed: ${grouped(changed)})`);
}
