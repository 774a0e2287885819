// What stands in a document's file: `{"version":1,"id":"…","rev":1,"value":…}` and a line break.
import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';
import { Stored } from './document.js';
import { fileName } from './file-name.js';
import { valueText } from './raw.js';

/** The version of the file's own shape; it grows when a reader of the former version could not read it. */
const version = 1;

/** What stands before and after the value. */
const headOf = ({ id, rev }: { readonly id: string; readonly rev: number }): string =>
  `{"version":${version},"id":${JSON.stringify(id)},"rev":${rev},"value":`;
const tail = '}\n';

/** A file that does not hold a document. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

export const fileText = (stored: Stored): string => `${headOf(stored)}${stored.json}${tail}`;

/**
 * @param path for its name, which the document's id has to fit, and for messages
 * @throws Unreadable when the file holds no document or another one
 * @throws Error when a newer program wrote it
 */
export function parseFile(bytes: Buffer, path: string): Stored {
  const stored = asWritten(bytes) ?? asGiven(bytes, path);
  const name = basename(path).replace(/\.json(\.bak)?$/, '');
  if (fileName(stored.id) !== name) throw new Unreadable('it holds another document than its name says');
  return stored;
}

/** A head as `headOf` writes it, for an id without anything to escape; no id makes it longer than this. */
const usualHead = /^\{"version":1,"id":"([\x20\x21\x23-\x5b\x5d-\x7e]+)","rev":([1-9]\d{0,14}),"value":/;
const longestHead = 1000;

/**
 * The document of a file as this program writes it. Between its head and its tail it can only be valid, and nothing but
 * one value, when that is JSON by itself: one pass instead of parsing the file and writing its value again to compare.
 * @returns undefined for anything else, which `asGiven` judges
 */
function asWritten(bytes: Buffer): Stored | undefined {
  const [head, id, rev] = usualHead.exec(bytes.toString('latin1', 0, longestHead)) ?? [];
  if (head === undefined || id === undefined || !isUtf8(bytes)) return undefined;
  const end = bytes.length - tail.length;
  if (end <= head.length || bytes.toString('latin1', end) !== tail) return undefined;
  const json = bytes.toString('utf8', head.length, end);
  try {
    JSON.parse(json);
  } catch {
    return undefined;
  }
  return new Stored(id, Number(rev), json);
}

/** The document of a file that someone else may have written: any JSON that says the same. */
function asGiven(bytes: Buffer, path: string): Stored {
  let text: string;
  let file: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    file = JSON.parse(text);
  } catch (cause) {
    throw new Unreadable(bytes.length === 0 ? 'it is empty' : 'it is not JSON', { cause });
  }
  if (typeof file !== 'object' || file === null || !('version' in file)) throw new Unreadable('it has no version');
  if (typeof file.version === 'number' && file.version > version) {
    throw new Error(`${path} was written by a newer program (version ${file.version}, known here: ${version})`);
  }
  const { id, rev, value } = file as { id?: unknown; rev?: unknown; value?: unknown };
  if (file.version !== version) throw new Unreadable('its version is unknown');
  if (
    typeof id !== 'string' ||
    typeof rev !== 'number' ||
    !Number.isSafeInteger(rev) ||
    rev < 1 ||
    value === undefined
  ) {
    throw new Unreadable('it is not a document');
  }
  const plain = JSON.stringify(value);
  return new Stored(id, rev, valueText(text, headOf({ id, rev }), plain, tail) ?? plain);
}
