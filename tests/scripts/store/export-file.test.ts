// The export file: what goes in comes out to the byte, and a file that is not whole and unchanged is refused.
import { createHash } from 'node:crypto';
import { open, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { exportLines, readExport, writeFileDurably } from '../../../scripts/store/export-file.js';
import type { Raw } from '../../../src/store/raw.js';
import { documents, freshFolder, many, stream } from './sample.js';

const at = new Date('2026-03-01T12:00:00Z');
let file = '';
beforeEach(async () => {
  file = join(await freshFolder(), 'export.jsonl');
});

const written = async (all: readonly Raw[]): Promise<Buffer> => {
  await writeFileDurably(file, exportLines(stream(all), at));
  return readFile(file);
};

async function read(bytes?: Uint8Array | string): Promise<readonly Raw[]> {
  if (bytes !== undefined) await writeFile(file, bytes);
  const handle = await open(file, 'r');
  try {
    const all: Raw[] = [];
    for await (const one of readExport(handle)) all.push(one);
    return all;
  } finally {
    await handle.close();
  }
}

/** An export of these lines with the right last line. */
const sealed = (lines: readonly string[]): string => {
  const body = lines.map((line) => `${line}\n`).join('');
  const sha256 = createHash('sha256').update(body).digest('hex');
  return `${body}${JSON.stringify({ documents: lines.length - 1, sha256 })}\n`;
};
const header = JSON.stringify({ format: 'rapporteur-store', version: 1, at: at.toISOString() });

describe('what goes in', () => {
  test('comes out to the byte, but for line breaks between the parts of a value', async () => {
    const facets = fc.option(fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(documents, facets, async (all, found) => {
        const facetsJson = found && JSON.stringify(found);
        const given = all.map((one) => ({ ...one, ...(facetsJson === undefined ? {} : { facetsJson }) }));
        await written(given);
        expect(await read()).toEqual(given.map((one) => ({ ...one, json: one.json.replace(/[\r\n]/g, ' ') })));
      }),
    );
  });

  test('is one line of JSON a document, with the value in the order of its keys', async () => {
    const lines = (
      await written([{ kind: 'poll', id: 'p', rev: 3, json: '{"z":1,"a":[2]}', facetsJson: '{"s": "o"}' }])
    )
      .toString()
      .split('\n');
    expect(lines[0]).toBe('{"format":"rapporteur-store","version":1,"at":"2026-03-01T12:00:00.000Z"}');
    expect(lines[1]).toBe('{"kind":"poll","id":"p","rev":3,"facets":{"s":"o"},"value":{"z":1,"a":[2]}}');
    expect(JSON.parse(lines[2] ?? '')).toEqual({ documents: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(lines.slice(3)).toEqual(['']);
  });

  test('may be larger than what is read in one go', async () => {
    const all = [{ kind: 'a', id: 'big', rev: 1, json: JSON.stringify('é'.repeat(3_000_000)) }, ...many(3000)];
    await written(all);
    expect(await read()).toEqual(all);
  });
});

describe('a file that is refused', () => {
  test('is one cut off anywhere', async () => {
    const bytes = await written(many(7));
    for (let length = 0; length < bytes.length - 1; length += 1) {
      await expect(read(bytes.subarray(0, length))).rejects.toMatchObject({ name: 'Trouble' });
    }
  });

  test('is one in which any byte was changed', async () => {
    const bytes = await written(many(7));
    // The very last byte ends a line; without it, or with a space there, nothing is lost.
    const place = fc.record({ at: fc.nat(bytes.length - 2), by: fc.integer({ min: 1, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(place, async ({ at: where, by }) => {
        const garbled = Buffer.from(bytes);
        garbled[where] = ((garbled[where] ?? 0) + by) % 256;
        await expect(read(garbled)).rejects.toMatchObject({ name: 'Trouble' });
      }),
      { numRuns: 300 },
    );
  });

  test('is one of a newer program, by its number', async () => {
    const newer = header.replace('"version":1', '"version":2');
    await expect(read(sealed([newer]))).rejects.toThrow('it has format 2 and this program knows 1');
  });

  test('is anything else, in one line that does not quote it', async () => {
    for (const text of ['', '\n', '{}', 'canary', '[1]', '{"canary":1}\n', 'null', '\ufeff{}', '\0\0']) {
      const error: Error = await read(text).then(
        () => new Error('it was taken'),
        (reason: Error) => reason,
      );
      expect(error.message).toMatch(/not an export|cut off/);
      expect(error.message).not.toContain('canary');
    }
  });

  test.each([
    ['twice the same document', ['{"kind":"a","id":"a","rev":1,"value":1}', '{"kind":"a","id":"a","rev":1,"value":1}']],
    ['another order', ['{"kind":"a","id":"b","rev":1,"value":1}', '{"kind":"a","id":"a","rev":1,"value":1}']],
    ['an id that no engine takes', ['{"kind":"a","id":"a b","rev":1,"value":1}']],
    ['revision 0', ['{"kind":"a","id":"a","rev":0,"value":1}']],
    ['half a revision', ['{"kind":"a","id":"a","rev":1.5,"value":1}']],
    ['NUL', ['{"kind":"a","id":"a","rev":1,"value":"\\u0000"}']],
    ['a lone surrogate', ['{"kind":"a","id":"a","rev":1,"value":"\\ud800"}']],
    ['facets that are none', ['{"kind":"a","id":"a","rev":1,"facets":{"a":1},"value":1}']],
    ['no value', ['{"kind":"a","id":"a","rev":1}']],
    ['a second value', ['{"kind":"a","id":"a","rev":1,"value":1,"value":2}']],
    ['other members', ['{"kind":"a","id":"a","rev":1,"mine":1,"value":1}']],
  ])('is one that was made with %s', async (_, lines) => {
    await expect(read(sealed([header, ...lines]))).rejects.toMatchObject({ name: 'Trouble' });
  });

  test('is one with something after its last line', async () => {
    const bytes = await written(many(2));
    await expect(read(`${bytes}${bytes}`)).rejects.toThrow('something follows');
    await expect(read(`${bytes}\n`)).rejects.toThrow('something follows');
  });
});

describe('writing', () => {
  test('gives a private file, and leaves nothing beside it', async () => {
    await written(many(2));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(file, '..'))).toEqual(['export.jsonl']);
  });

  test('that fails half-way leaves the former file, and nothing beside it', async () => {
    const before = await written(many(2));
    async function* failing(): AsyncGenerator<Raw> {
      yield* many(5);
      throw new Error('the store went away');
    }
    await expect(writeFileDurably(file, exportLines(failing(), at))).rejects.toThrow('went away');
    expect(await readFile(file)).toEqual(before);
    expect(await readdir(join(file, '..'))).toEqual(['export.jsonl']);
  });

  test('follows a link, and refuses what is not a file', async () => {
    const link = join(file, '..', 'link');
    await written(many(1));
    await symlink(file, link);
    await writeFileDurably(link, exportLines(stream(many(3)), at));
    expect(await read()).toHaveLength(3);
    await expect(writeFileDurably(join(file, '..'), exportLines(stream([]), at))).rejects.toThrow('is not a file');
    await expect(writeFileDurably('/dev/null', exportLines(stream([]), at))).rejects.toThrow('is not a file');
  });
});
