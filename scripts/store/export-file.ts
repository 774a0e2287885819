// The file of an export, in JSON Lines: a header, a line a document, and a last line that proves it whole.
import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { type FileHandle, lstat, open, realpath, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { syncFolder, temporaryName } from '../../src/store/durable-file.js';
import { assertStorable, order, type Raw, Trouble, valueText } from '../../src/store/raw.js';

const format = 'rapporteur-store';
/** It grows when a reader of the former version could not read it. */
const version = 1;

/** Bytes gathered before they are written. */
const chunkBytes = 1 << 20;
/** The longest line that is read; documents have at most a few megabytes. */
const maxLineBytes = 256 << 20;

/** The lines of an export. @param at the instant that its header tells */
export async function* exportLines(documents: AsyncIterable<Raw>, at: Date): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const hashed = (line: string): string => {
    hash.update(line);
    return line;
  };
  yield hashed(`${JSON.stringify({ format, version, at: at.toISOString() })}\n`);
  let count = 0;
  for await (const raw of documents) {
    count += 1;
    yield hashed(lineOf(raw));
  }
  yield `${JSON.stringify({ documents: count, sha256: hash.digest('hex') })}\n`;
}

/** The value goes in as it is; line breaks, which JSON allows only between its parts, become spaces. */
const lineOf = (raw: Raw): string => `${headOf(raw)}${raw.json.replace(/[\r\n]/g, ' ')}}\n`;

function headOf({ kind, id, rev, facetsJson }: Omit<Raw, 'json'>): string {
  const facets = facetsJson === undefined ? {} : { facets: JSON.parse(facetsJson) as unknown };
  return `${JSON.stringify({ kind, id, rev, ...facets }).slice(0, -1)},"value":`;
}

/**
 * Writes a private file that is whole and on the disk when this resolves; before that, the former one stays.
 * @throws Trouble when something other than a file has that name; the system's error otherwise
 */
export async function writeFileDurably(path: string, lines: AsyncIterable<string>): Promise<void> {
  const target = await targetOf(path);
  const temporary = temporaryName(target);
  const file = await open(temporary, 'wx', 0o600);
  try {
    try {
      for await (const chunk of chunksOf(lines)) await file.writeFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(target));
}

/** Where a link leads, so that it stays one. */
async function targetOf(path: string): Promise<string> {
  const target = await realpath(path).catch(() => path);
  const found = await lstat(target).catch(() => undefined);
  if (found && !found.isFile()) throw new Trouble(`${path} is there and is not a file`, true);
  return target;
}

export async function writeStream(stream: Writable, lines: AsyncIterable<string>): Promise<void> {
  for await (const chunk of chunksOf(lines)) if (!stream.write(chunk)) await once(stream, 'drain');
}

async function* chunksOf(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = '';
  for await (const line of lines) {
    chunk += line;
    if (chunk.length < chunkBytes) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

/**
 * The documents of an export, in order.
 * @param file read from its beginning
 * @throws Trouble when it is not an export, was made by a newer program, or is not whole and unchanged: the latter
 * perhaps only at its end, so who writes what comes out of this reads all of it once before
 */
export async function* readExport(file: FileHandle): AsyncGenerator<Raw> {
  const hash = createHash('sha256');
  let number = 0;
  let before: Raw | undefined;
  let isWhole = false;
  for await (const bytes of linesIn(file)) {
    number += 1;
    if (isWhole) throw new Trouble(`line ${number}: something follows the last line of the export`);
    const line = parsedLine(bytes, number);
    isWhole = number > 1 && 'sha256' in line.members;
    if (isWhole) {
      assertEnd(line.members, number - 2, hash);
      continue;
    }
    hash.update(bytes);
    if (number === 1) {
      assertHeader(line.members);
      continue;
    }
    const raw = rawOf(line, number);
    if (before && order(before, raw) >= 0) throw new Trouble(`line ${number}: its document is out of order`);
    before = raw;
    yield raw;
  }
  if (!isWhole) throw new Trouble(`the export is cut off after line ${number}: its last line is missing`);
}

interface Line {
  readonly text: string;
  readonly members: Readonly<Record<string, unknown>>;
}

function parsedLine(bytes: Uint8Array, number: number): Line {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const members: unknown = JSON.parse(text);
    if (typeof members === 'object' && members !== null) return { text, members: { ...members } };
  } catch {
    // what it says may be anyone's text: only its number is told
  }
  if (number === 1) throw new Trouble('it is not an export of a store');
  throw new Trouble(`line ${number} is garbled, or the export is cut off there`);
}

function assertHeader(header: Line['members']): void {
  if (header.format !== format) throw new Trouble('it is not an export of a store');
  if (header.version === version) return;
  throw new Trouble(`it has format ${header.version} and this program knows ${version}: import it with a newer one`);
}

function assertEnd(end: Line['members'], count: number, hash: Hash): void {
  if (end.documents !== count) throw new Trouble(`the export has ${count} documents and should have ${end.documents}`);
  if (end.sha256 !== hash.digest('hex'))
    throw new Trouble('the export was changed after it was made: its checksum differs');
}

function rawOf({ text, members }: Line, number: number): Raw {
  const { kind, id, rev, facets, value } = members;
  if (typeof kind === 'string' && typeof id === 'string' && typeof rev === 'number' && value !== undefined) {
    const key = { kind, id, rev, ...(facets === undefined ? {} : { facetsJson: JSON.stringify(facets) }) };
    const json = valueText(text, headOf(key), JSON.stringify(value), '}\n');
    if (json !== undefined) return storable({ ...key, json }, number);
  }
  throw new Trouble(`line ${number} is not a document as an export has them`);
}

function storable(raw: Raw, number: number): Raw {
  try {
    assertStorable(raw);
    return raw;
  } catch (error) {
    throw new Trouble(`line ${number}: ${error instanceof Error ? error.message : error}`);
  }
}

/** Lines with their ends, as bytes; the last one may lack its end. */
async function* linesIn(file: FileHandle): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, position);
    if (bytesRead === 0) break;
    position += bytesRead;
    let rest = buffer.subarray(0, bytesRead);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield Buffer.concat([...parts, rest.subarray(0, end + 1)]);
      [parts, length] = [[], 0];
      rest = rest.subarray(end + 1);
    }
    parts.push(rest);
    length += rest.length;
    if (length > maxLineBytes) throw new Trouble('it has a line that no document is as long as');
  }
  if (length > 0) yield Buffer.concat(parts);
}
