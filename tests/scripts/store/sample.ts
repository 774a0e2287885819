// Stores full of hostile documents, and the command run in them with a clock and an output that a test reads.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { run } from '../../../scripts/store/command.js';
import type { StorePlaces } from '../../../src/config.js';
import { systemClock } from '../../../src/core/clock.js';
import { toJson } from '../../../src/core/store.js';
import { order, type Raw, type RawStore } from '../../../src/store/raw.js';
import { holdFolder, readFolder } from '../../../src/store/raw-folder.js';

export const freshFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'store-'));

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
export const quietly = { clock: systemClock, log: silent };

const isStorable = (value: unknown): boolean => {
  try {
    toJson(value);
    return true;
  } catch {
    return false; // NUL or a lone surrogate
  }
};

const value = fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }).filter(isStorable);

/** What engines write, and what someone may have written by hand. */
const json = fc.oneof(
  { weight: 4, arbitrary: value.map((one) => JSON.stringify(one)) },
  value.map((one) => JSON.stringify(one, null, 2)),
  fc.constantFrom(
    '{"zebra":1,"apple":{"y":1,"x":2},"__proto__":{"polluted":true},"2":1,"1":2}',
    JSON.stringify({ text: '\u2028\u2029 \u0001 \\u0001 \\\\u0000 }\n', value: { value: '},"value":{' } }),
    '"\ufeff🗳️ العربية"',
    '12345678901234567890',
    '[1.0,-0,1e2,5e-324]',
    ' {"a" : 1 , "a" : 2}\r\n',
    'null',
  ),
);

const printable = (longest: number) =>
  fc
    .array(fc.integer({ min: 0x21, max: 0x7e }), { minLength: 1, maxLength: longest })
    .map((codes) => String.fromCharCode(...codes));

const raw: fc.Arbitrary<Raw> = fc.record({
  kind: fc.oneof(fc.constantFrom('poll', 'Poll', 'a/b', '..'), printable(20)),
  id: fc.oneof(fc.constantFrom('a', 'A', '_a', '__proto__', '../x', 'lease.json', 'x'.repeat(200)), printable(200)),
  rev: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(Number.MAX_SAFE_INTEGER)),
  json,
});

/** Documents in order, none twice. */
export const documents = fc
  .uniqueArray(raw, { maxLength: 12, selector: ({ kind, id }) => `${kind} ${id}` })
  .map((all) => [...all].sort(order));

/** A folder that holds these documents. */
export async function folderOf(all: readonly Raw[], folder?: string): Promise<string> {
  const place = folder ?? (await freshFolder());
  const store = await holdFolder(place, quietly);
  await store.write(all.map((after) => ({ before: undefined, after })));
  await store.close();
  return place;
}

export async function heldBy(store: RawStore): Promise<readonly Raw[]> {
  const all: Raw[] = [];
  for await (const { facetsJson: _, ...one } of store.documents()) all.push(one);
  await store.close();
  return all;
}

export const inFolder = async (folder: string): Promise<readonly Raw[]> => heldBy(await readFolder(folder));

export async function* stream(all: readonly Raw[]): AsyncGenerator<Raw> {
  yield* all;
}

/** As many documents as asked for, small, of three kinds. */
export const many = (count: number): readonly Raw[] =>
  Array.from({ length: count }, (_, n) => ({
    kind: ['delivery', 'poll', 'setting'][n % 3] ?? '',
    id: `01J${String(n).padStart(6, '0')}`,
    rev: 1 + (n % 7),
    json: JSON.stringify({ zebra: n, apple: 'text' }),
  })).sort(order);

export interface Told {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
  /** What went to the standard output as data. */
  readonly data: Buffer;
}

/**
 * Runs the command in this process, on a clock that stands: what is said after a while is another test's.
 * @param input what comes from the standard input
 */
export async function command(args: readonly string[], places: StorePlaces, input?: Buffer): Promise<Told> {
  const [out, err]: [string[], string[]] = [[], []];
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const data: Buffer[] = [];
  const at = systemClock.now();
  stdout.on('data', (chunk: Buffer) => data.push(chunk));
  stdin.end(input);
  const code = await run(args, places, {
    clock: { now: () => at },
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    stdin,
    stdout,
  });
  return { code, out, err, data: Buffer.concat(data) };
}
