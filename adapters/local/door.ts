// The door of the local workspace: who may knock (Host, Origin), what may be brought in (JSON, up to 1 MB), and the
// headers under which everything leaves.
import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import { Unrecorded } from '../../src/core/store.js';
import { limits } from './limits.js';

/** Why something is refused; the page has a sentence for each that a member can meet. */
export type Reason =
  | 'wrongHost'
  | 'wrongOrigin'
  | 'wrongType'
  | 'tooLarge'
  | 'unreadable'
  | 'unknownMember'
  | 'unknownChannel'
  | 'unknownMessage'
  | 'unknownFile'
  | 'unknownCommand'
  | 'starting'
  | 'notRecorded'
  | 'fault';

const statusOf: Readonly<Record<Reason, number>> = {
  wrongHost: 403,
  wrongOrigin: 403,
  wrongType: 415,
  tooLarge: 413,
  unreadable: 400,
  unknownMember: 400,
  unknownChannel: 403,
  unknownMessage: 404,
  unknownFile: 404,
  // A slip of the pen that is answered in words; browsers would put a failure on their console.
  unknownCommand: 200,
  starting: 503,
  notRecorded: 503,
  fault: 500,
};

/** What no page of ours sends: whoever runs the program is told of it. */
const turnedAway: readonly number[] = [403, 413, 415];

/** Thrown by listeners; the door makes the response of it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly reason: Reason,
    readonly text?: string,
  ) {
    super(reason);
  }
}

/** No script, style or connection but our own, and no text that becomes markup (CSP Level 3, Trusted Types). */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const headers: Readonly<Record<string, string>> = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface Door {
  /** The listener behind the door; what it throws is answered here. */
  guard(listener: Listener): RequestListener;
  /** Resolves when no listener runs any more, or after `within` milliseconds. */
  closed(within: number): Promise<void>;
}

/** Whether only this machine reaches an address that is listened on. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** @param host the address that is listened on; empty: all */
export function doorAt(host: string, log: Logger): Door {
  const running = new Set<Promise<void>>();
  return {
    guard: (listener) => (request, response) => {
      const visit = (async () => {
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        try {
          admit(request, host);
          await listener(request, response);
        } catch (error) {
          refuse(response, error, log);
        }
      })();
      running.add(visit);
      void visit.finally(() => running.delete(visit));
    },
    async closed(within) {
      let cut: NodeJS.Timeout | undefined;
      const waited = new Promise<void>((resolve) => {
        cut = setTimeout(resolve, within);
      });
      await Promise.race([Promise.all(running), waited]);
      clearTimeout(cut);
    },
  };
}

/**
 * A page elsewhere can make a browser knock here: by a name that it points at this machine (DNS rebinding), which the
 * Host header tells, or from its own address, which Origin and Sec-Fetch-Site tell (Fetch Metadata).
 */
function admit(request: IncomingMessage, host: string): void {
  const asked = request.headers.host ?? '';
  if (!isOwnName(asked, host)) throw new Refused('wrongHost');
  const { origin } = request.headers;
  const isOwn = origin === undefined || (URL.canParse(origin) && new URL(origin).host === asked.toLowerCase());
  const isPage = new URL(request.url ?? '/', 'http://local').pathname === '/';
  const isStray = !isPage && ['cross-site', 'same-site'].includes(String(request.headers['sec-fetch-site']));
  if (!isOwn || isStray) throw new Refused('wrongOrigin');
}

/** The names of loopback, and the configured one; where all addresses are listened on, any address but no other name. */
function isOwnName(asked: string, host: string): boolean {
  const name = /^(\[[0-9a-f:.]+\]|[^:[\]@/?#\\\s]+)(:\d{1,5})?$/i.exec(asked)?.[1]?.toLowerCase();
  if (name === undefined) return false;
  if (['localhost', '127.0.0.1', '[::1]'].includes(name)) return true;
  const bare = name.replace(/^\[|\]$/g, '');
  const listensOnAll = ['', '0.0.0.0', '::'].includes(host);
  return listensOnAll ? isIP(bare) !== 0 : bare === host.toLowerCase();
}

function refuse(response: ServerResponse, error: unknown, log: Logger): void {
  const isKnown = error instanceof Refused;
  const reason: Reason = isKnown ? error.reason : error instanceof Unrecorded ? 'notRecorded' : 'fault';
  if (!isKnown) log.error(faultFacts(error), 'a request to the local workspace failed');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (turnedAway.includes(statusOf[reason])) log.warn({ reason }, 'a request to the local workspace was refused');
  const text = isKnown && error.text !== undefined ? { text: error.text } : {};
  if (reason === 'tooLarge') response.setHeader('connection', 'close');
  sendJson(response, { error: reason, ...text }, statusOf[reason]);
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
}

/** A file to be looked at where it is an image, and else to be kept; its name stays within what a header may hold. */
export function sendFile(
  response: ServerResponse,
  { name, type, body }: { readonly name: string; readonly type: string; readonly body: Buffer },
): void {
  const kind = type.startsWith('image/') ? 'inline' : 'attachment';
  const filename = name.replace(/[^\w .()+-]/g, '_');
  response
    .writeHead(200, {
      'content-type': type.startsWith('text/') ? `${type}; charset=utf-8` : type,
      'content-length': body.length,
      'content-disposition': `${kind}; filename="${filename}"`,
    })
    .end(body);
}

/** The parameters behind the `?`. */
export const queryOf = (request: IncomingMessage): URLSearchParams =>
  new URL(request.url ?? '/', 'http://local').searchParams;

/**
 * The body as JSON.
 * @throws Refused for another content type (a form of another page can send only those), a long body, or no JSON
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new Refused('wrongType');
  const text = await readText(request);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw Object.assign(new Refused('unreadable'), { cause });
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  if (Number(request.headers['content-length'] ?? 0) <= limits.body) {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += (chunk as Buffer).length;
      if (size > limits.body) break;
      chunks.push(chunk as Buffer);
    }
    if (size <= limits.body) return Buffer.concat(chunks).toString('utf8');
  }
  await drain(request);
  throw new Refused('tooLarge');
}

/** Reads on for a while: a sender that is cut off while it sends never sees why. */
async function drain(request: IncomingMessage): Promise<void> {
  let left: number = limits.drained;
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.resume();
  if (!request.readableEnded && !request.destroyed) await once(request, 'close');
}
