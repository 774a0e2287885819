// What stands in a file of the journal: lines that were each written, and are read, as a whole.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Stored } from './document.js';
import { codeOf } from './durable-file.js';
import { joined, type Piece } from './long-list.js';
import { nameOf } from './raw.js';

/** A revision of a document whose file may still hold an older one. */
export interface Entry {
  readonly kind: string;
  readonly stored: Stored;
}

/** By what the journal knows the document of an entry. */
export const keyOf = ({ kind, stored: { id } }: Entry): string => nameOf({ kind, id });

/** The version of a line's shape; it grows when a reader of the former version could not read it. */
const version = 2;
const shape = /^v(\d+) ([0-9a-f]{16}) (.*)$/;

/** What a line says of a document. */
interface Told {
  readonly kind: string;
  readonly id: string;
  readonly rev: number;
  /** With its long list empty where `list` is given. */
  readonly value: unknown;
  /** How its long list is made out of the one of the revision that the same file spoke of before (from version 2 on). */
  readonly list?: { readonly field: string; readonly pieces: readonly Piece[] };
}

/** `v2 <beginning of the SHA-256> [{"kind":…,"id":…,"rev":…,"value":…},…]` and a line break; JSON holds none itself. */
export function lineOf(told: readonly Telling[]): Buffer {
  const text = `[${told.map((one) => one.text).join(',')}]`;
  return Buffer.from(`v${version} ${sumOf(text)} ${text}\n`);
}

/** What a line is to say of a document, as text. */
export interface Telling {
  readonly text: string;
  /** Whether the whole document stands in it. */
  readonly isWhole: boolean;
}

/** @param before the last revision of the document that the same file speaks of */
export function tellingOf({ kind, stored }: Entry, before: number | undefined): Telling {
  const { id, rev, growth } = stored;
  const head = `"kind":${JSON.stringify(kind)},"id":${JSON.stringify(id)},"rev":${rev}`;
  if (growth === undefined || growth.from !== before)
    return { text: `{${head},"value":${stored.json}}`, isWhole: true };
  const { rest, field, pieces } = growth;
  return { text: `{${head},"value":${rest},"list":${JSON.stringify({ field, pieces })}}`, isWhole: false };
}

const sumOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** A file of the journal that cannot be read, which no crash explains. */
export class DamagedJournal extends Error {
  override readonly name = 'DamagedJournal';
}

export interface Torn {
  readonly file: string;
  readonly bytes: number;
}

export interface Written {
  readonly files: readonly string[];
  /** The newest revision of each document that the journal speaks of. */
  readonly entries: readonly Entry[];
  /** Lines that were being written when the machine was cut off, which nobody was told of. */
  readonly torn: readonly Torn[];
  /** What a document is by now, by what its file says. */
  newer(kind: string, stored: Stored): Stored;
}

const fileNames = /^journal-(\d+)\.log$/;

/**
 * Reads the journal of a folder, also while a program is writing it: what no line break ends was not recorded.
 * @throws DamagedJournal naming the file, or the system's error
 */
export async function readJournal(root: string): Promise<Written> {
  const numbers = (await readdir(root)).flatMap((name) => fileNames.exec(name)?.[1] ?? []).map(Number);
  const files = numbers.sort((a, b) => a - b).map((number) => join(root, `journal-${number}.log`));
  const latest = new Map<string, Entry>();
  const torn: Torn[] = [];
  for (const path of files) {
    for (const entry of await entriesIn(path, torn)) latest.set(keyOf(entry), entry);
  }
  return {
    files,
    entries: [...latest.values()],
    torn,
    newer(kind, stored) {
      const told = latest.get(keyOf({ kind, stored }))?.stored;
      return told && told.rev > stored.rev ? told : stored;
    },
  };
}

async function entriesIn(path: string, torn: Torn[]): Promise<readonly Entry[]> {
  // Deleted meanwhile: what it said stands in the documents' files.
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
    return '';
  });
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  const read = lines.map((line) => toldIn(line, path));
  // Without its line break it was not written to the end, though perhaps to the last but one byte.
  const rest = toldIn(last, path);
  if (!rest && last !== '') torn.push({ file: path, bytes: Buffer.byteLength(last) });
  const bad = read.indexOf(undefined);
  if (bad >= 0) {
    throw new DamagedJournal(
      `${path} is damaged in line ${bad + 1}: restore the folder from a backup, or move this file away`,
    );
  }
  const latest = new Map<string, Told>();
  for (const told of [...read, rest].flat())
    if (told) latest.set(nameOf(told), whole(told, latest.get(nameOf(told)), path));
  return Array.from(latest.values(), ({ kind, id, rev, value }) => ({
    kind,
    stored: new Stored(id, rev, JSON.stringify(value)),
  }));
}

/** With its long list in the value, as it is after this line. */
function whole(told: Told, before: Told | undefined, path: string): Told {
  const { list, ...rest } = told;
  if (!list) return told;
  if (!before) throw new DamagedJournal(`${path} says what became of ${nameOf(told)}, and not of what`);
  const { [list.field]: entries = [] } = before.value as Readonly<Record<string, readonly unknown[]>>;
  return { ...rest, value: { ...(told.value as object), [list.field]: joined(entries, list.pieces) } };
}

/** @returns undefined for a line that is not whole */
function toldIn(line: string, path: string): readonly Told[] | undefined {
  const [, by, sum, text = ''] = shape.exec(line) ?? [];
  if (sum === undefined || sumOf(text) !== sum) return undefined;
  if (Number(by) > version)
    throw new DamagedJournal(`${path} was written by a newer program (version ${by}, known here: ${version})`);
  return JSON.parse(text) as readonly Told[];
}
