// Reading a list from a file or from the web: bounded in size and time, conditional, and never led to another host.
import { lookup } from 'node:dns';
import { open } from 'node:fs/promises';
import { type RequestOptions, request } from 'node:https';
import { BlockList } from 'node:net';

/** Bytes of one list. */
export const largest = 5 * 1024 * 1024;

/** How long a list may take, in milliseconds. */
const patience = 10_000;

const mostRedirects = 5;

/** What a server, or a file, wants to be told so that it sends nothing when nothing has changed. */
export interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

export type Reading = { readonly kind: 'same' } | ({ readonly kind: 'text'; readonly text: string } & Validators);

/** Why there is nothing to read. `unreachable`: worth trying again soon; `unreadable`: it is there, and no use. */
export class NotRead extends Error {
  override readonly name = 'NotRead';
  /** @param code for the log: never an address, never content */
  constructor(
    readonly why: 'unreachable' | 'unreadable',
    readonly code: string,
  ) {
    super(code);
  }
}

export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** One request, redirects not followed. */
export type Get = (url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<Response>;

/** @param options of the connection: whom to trust, how names are looked up */
export const httpsGet =
  (options: RequestOptions = {}): Get =>
  (url, headers, signal) =>
    new Promise((resolve, reject) => {
      const asked = request(url, { ...options, headers, signal }, (response) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: response });
      });
      asked.on('error', reject);
      asked.end();
    });

/** Where no member may send the bot: its own machine and the networks around it (RFC 6890). */
const inner = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  inner.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  inner.addSubnet(net, bits, 'ipv6');
}

/** Whether an address of the network is one that anybody may be sent to. */
export const isPublic = (address: string): boolean =>
  !inner.check(address.replace(/^::ffff:(?=\d+\.)/i, ''), /^(::ffff:)?\d+\./i.test(address) ? 'ipv4' : 'ipv6');

/** Looks names up, and refuses what leads inside: checked where the connection is made, so that no second answer slips in. */
const outside: NonNullable<RequestOptions['lookup']> = (name, options, done) => {
  lookup(name, { ...options, all: true }, (error, found) => {
    const refused = found?.some(({ address }) => !isPublic(address));
    const fault = error ?? (refused ? Object.assign(new Error('not a public address'), { code: 'EINNER' }) : null);
    const [first] = fault ? [] : found;
    if (options.all) done(fault, fault ? [] : found);
    else done(fault, first?.address ?? '', first?.family ?? 4);
  });
};

/** For addresses that members type: only to hosts that anybody can reach. */
export const publicGet: Get = (url, headers, signal) => {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (/^[\d.]+$|:/.test(host) && !isPublic(host)) return Promise.reject(new NotRead('unreachable', 'EINNER'));
  return httpsGet({ lookup: outside })(url, headers, signal);
};

/**
 * @param source an https address, or the path of a file
 * @throws NotRead
 */
export async function readSource(source: string, known: Validators, get: Get): Promise<Reading> {
  if (/^https:\/\//i.test(source)) return readWeb(source, known, get);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(source)) throw new NotRead('unreadable', 'not-https');
  return readFile(source, known);
}

/**
 * @param within for the whole of it, redirects included, in milliseconds
 * @throws NotRead
 */
export async function readWeb(address: string, known: Validators, get: Get, within = patience): Promise<Reading> {
  if (!URL.canParse(address)) throw new NotRead('unreadable', 'bad-address');
  const signal = AbortSignal.timeout(within);
  try {
    const response = await following(new URL(address), known, get, signal);
    if (response.status === 304) {
      await drained(response.body);
      // Nothing was asked that this answers: there is no copy to go on with.
      if (known.etag === undefined && known.lastModified === undefined) throw new NotRead('unreachable', 'status-304');
      return { kind: 'same' };
    }
    if (response.status !== 200) throw new NotRead('unreachable', `status-${response.status}`);
    const header = (name: string): string | undefined => [response.headers[name]].flat()[0];
    return {
      kind: 'text',
      text: decoded(await whole(response.body)),
      etag: header('etag'),
      lastModified: header('last-modified'),
    };
  } catch (error) {
    if (error instanceof NotRead) throw error;
    const code = (error as { code?: unknown }).code;
    throw new NotRead('unreachable', signal.aborted ? 'timeout' : typeof code === 'string' ? code : 'failed');
  }
}

async function following(
  first: URL,
  { etag, lastModified }: Validators,
  get: Get,
  signal: AbortSignal,
): Promise<Response> {
  const headers = {
    accept: 'text/csv, application/json, text/calendar, */*;q=0.5',
    'accept-encoding': 'identity',
    'user-agent': 'Rapporteur',
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  };
  let url = first;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const response = await get(url, headers, signal);
    if (![301, 302, 303, 307, 308].includes(response.status)) return response;
    await drained(response.body);
    const location = [response.headers.location].flat()[0] ?? '';
    if (!URL.canParse(location, url.href)) throw new NotRead('unreachable', 'bad-redirect');
    url = new URL(location, url);
    if (url.protocol !== 'https:' || url.host !== first.host) throw new NotRead('unreadable', 'redirect-elsewhere');
  }
  throw new NotRead('unreachable', 'too-many-redirects');
}

/** A body that nobody reads would hold its connection. */
async function drained(body: AsyncIterable<Uint8Array>): Promise<void> {
  await whole(body);
}

async function whole(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > largest) throw new NotRead('unreadable', 'too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(unfolded(Buffer.from(bytes)));
  } catch {
    // The decoder's only complaint.
    throw new NotRead('unreadable', 'not-utf-8');
  }
}

/** Lines of calendars are folded by octets, perhaps within a character: before they are characters. */
function unfolded(bytes: Buffer): Uint8Array {
  if (!/^(\xEF\xBB\xBF)?\s*BEGIN:VCALENDAR/i.test(bytes.toString('latin1', 0, 200))) return bytes;
  return Buffer.from(bytes.toString('latin1').replace(/\r?\n[ \t]/g, ''), 'latin1');
}

/** A file is known by its size and by when it was written. */
async function readFile(path: string, { etag }: Validators): Promise<Reading> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new NotRead('unreadable', error.code ?? 'failed');
  });
  try {
    const { size, mtimeMs } = await file.stat();
    if (size > largest) throw new NotRead('unreadable', 'too-large');
    const stamp = `${size}-${mtimeMs}`;
    if (stamp === etag) return { kind: 'same' };
    return { kind: 'text', text: decoded(await file.readFile()), etag: stamp };
  } catch (error) {
    if (error instanceof NotRead) throw error;
    throw new NotRead('unreadable', (error as NodeJS.ErrnoException).code ?? 'failed');
  } finally {
    await file.close();
  }
}
