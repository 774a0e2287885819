// The embedded engine opening files that were damaged, and folders as a crash between two steps leaves them.
import { copyFile, link, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { update } from '../../src/core/store.js';
import { openEmbedded } from '../../src/store/embedded.js';
import { got, poll, polls, vote } from './sample.js';

let folder = '';
let file = '';
/** The document `p` at revision 2, with revision 1 as its last version, and `q` without one; closed. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'));
  file = join(folder, 'kind-poll', 'id-p.json');
  const store = await openEmbedded(folder);
  const c = store.collection(polls);
  await c.insert('p', poll('p'));
  await update(c, 'p', vote('second'));
  await c.insert('q', poll('q'));
  await store.close();
});

const opened = async <R>(
  work: (c: ReturnType<Awaited<ReturnType<typeof openEmbedded>>['collection']>) => Promise<R>,
) => {
  const store = await openEmbedded(folder);
  try {
    return await work(store.collection(polls) as never);
  } finally {
    await store.close();
  }
};
const revOf = (id: string) => opened(async (c) => (await got(c, id)).rev);
const names = () => readdir(join(folder, 'kind-poll'));

const damages: Record<string, (path: string) => Promise<void>> = {
  empty: (path) => writeFile(path, ''),
  truncated: (path) => truncate(path, 40),
  null: (path) => writeFile(path, 'null\n'),
  'an array': (path) => writeFile(path, '[]'),
  'all NUL': (path) => writeFile(path, Buffer.alloc(80)),
  garbled: (path) => writeFile(path, Buffer.from([0x7b, 0xff, 0xfe, 0x22])),
  'another JSON': (path) => writeFile(path, '{"poll":1}'),
  'of no known version': (path) => writeFile(path, '{"version":"one","id":"p","rev":3,"value":1}'),
  'without a revision': (path) => writeFile(path, '{"version":1,"id":"p","value":1}'),
  'without a value': (path) => writeFile(path, '{"version":1,"id":"p","rev":3}'),
  'not UTF-8 within its value': (path) =>
    writeFile(path, Buffer.from('{"version":1,"id":"p","rev":3,"value":"\xff"}\n', 'latin1')),
  'cut within its value': (path) => writeFile(path, '{"version":1,"id":"p","rev":3,"value":{"a":}\n'),
  'of another id': (path) => writeFile(path, '{"version":1,"id":"z","rev":3,"value":1}'),
};

describe.each(Object.entries(damages))('a file that is %s', (_, damage) => {
  test('is kept aside, and its last version is used', async () => {
    await damage(file);
    const bad = await readFile(file);
    expect(await revOf('p')).toBe(1);
    const aside = (await names()).filter((name) => name.includes('.json.corrupt-20'));
    expect(aside).toHaveLength(1);
    expect(await readFile(join(folder, 'kind-poll', aside[0] ?? ''))).toEqual(bad);
    expect(await revOf('p')).toBe(1);
    await opened((c) => update(c, 'p', (p) => p));
  });

  test('stops the opening, by name, when there is no last version; and stays where it is', async () => {
    const other = join(folder, 'kind-poll', 'id-q.json');
    await damage(other);
    for (let time = 0; time < 2; time += 1) await expect(openEmbedded(folder)).rejects.toThrow(other);
    expect(await names()).toContain('id-q.json');
  });

  test('stops the opening, by name, when its last version is as bad', async () => {
    await damage(file);
    await damage(`${file}.bak`);
    await expect(openEmbedded(folder)).rejects.toThrow(file);
  });
});

test.each(
  Object.entries<readonly [text: string, value: unknown]>({
    'other members after the value': ['{"version":1,"id":"p","rev":3,"value":{"a":1},"more":2}\n', { a: 1 }],
    'two values, of which the last counts': ['{"version":1,"id":"p","rev":3,"value":1,"value":{"a":2}}\n', { a: 2 }],
    'space around the value': ['{"version":1,"id":"p","rev":3,"value": {"a": 3} }\n', { a: 3 }],
    'another order': ['{"value":{"a":4},"rev":3,"id":"p","version":1}', { a: 4 }],
    'a value longer than what is read at once': [
      `{"version":1,"id":"p","rev":3,"value":{"a":"${'é'.repeat(70_000)}"}}\n`,
      { a: 'é'.repeat(70_000) },
    ],
  }),
)('a file with %s is the document that it says', async (_, [text, value]) => {
  await writeFile(file, text);
  const store = await openEmbedded(folder);
  const raw = store.collection({ name: polls.name, parse: (read) => read });
  expect(await raw.get('p')).toEqual({ id: 'p', rev: 3, value });
  await store.close();
});

test('a file of a newer program stops the opening, though there is a last version', async () => {
  await writeFile(file, '{"version":2,"id":"p","rev":3,"value":1}');
  await expect(openEmbedded(folder)).rejects.toThrow(`${file} was written by a newer program`);
});

test('a document that is missing while its last version is there stops the opening', async () => {
  await rm(file);
  await expect(openEmbedded(folder)).rejects.toThrow(`${file} is missing`);
});

test('a refused opening leaves the folder free', async () => {
  await writeFile(file, '{"version":2}');
  await expect(openEmbedded(folder)).rejects.toThrow('newer');
  await rm(file);
  await rm(`${file}.bak`);
  await expect(revOf('q')).resolves.toBe(1);
});

test('the last version goes with its document, and when the past is to be forgotten', async () => {
  const store = await openEmbedded(folder);
  const c = store.collection(polls);
  await update(c, 'q', vote('x'));
  await c.remove(await got(c, 'p'));
  expect((await names()).sort()).toEqual(['id-q.json', 'id-q.json.bak']);
  await store.forgetPast?.();
  expect(await names()).toEqual(['id-q.json']);
  await update(c, 'q', vote('y'));
  await store.close();
  expect(await revOf('q')).toBe(3);
});

describe('a crash', () => {
  const temporary = () => `${file}.99999.abcdef.tmp`;

  test('while the temporary file is written leaves the document, and the temporary file is cleared', async () => {
    await writeFile(temporary(), '{"version":1,"id":"p","rev":3,"val');
    expect(await revOf('p')).toBe(2);
    expect((await names()).some((name) => name.endsWith('.tmp'))).toBe(false);
  });

  test('after the last version was unlinked leaves the document', async () => {
    await copyFile(file, temporary());
    await rm(`${file}.bak`);
    expect(await revOf('p')).toBe(2);
  });

  test('after the present version was linked leaves the document', async () => {
    await copyFile(file, temporary());
    await rm(`${file}.bak`);
    await link(file, `${file}.bak`);
    expect(await revOf('p')).toBe(2);
    await opened(async (c) => {
      await update(c as never, 'p', vote('x'));
    });
    expect(await revOf('p')).toBe(3);
  });

  test('in the middle of a removal leaves the document', async () => {
    await rm(`${file}.bak`);
    expect(await revOf('p')).toBe(2);
  });

  test('before the first document leaves an empty collection', async () => {
    await mkdir(join(folder, 'kind-other'));
    const store = await openEmbedded(folder);
    expect(await store.collection({ ...polls, name: 'other' }).insert('a', poll('a'))).toBe(true);
    await store.close();
  });
});
