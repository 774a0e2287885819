// An embedded store's folder, filled without waiting for the disk: what is measured begins afterwards.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stored } from '../../src/store/document.js';
import { ending } from '../../src/store/durable-file.js';
import { fileName, folderName } from '../../src/store/file-name.js';
import { fileText } from '../../src/store/file-text.js';

export function fillFolder(place: string, kind: string, docs: Iterable<readonly [id: string, value: unknown]>): void {
  const folder = join(place, folderName(kind));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const [id, value] of docs) {
    const text = fileText(new Stored(id, 1, JSON.stringify(value)));
    writeFileSync(join(folder, `${fileName(id)}${ending}`), text, { mode: 0o600 });
  }
}
