// POST /slack/events: reads and checks a request before Bolt sees it.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type App, HTTPModuleFunctions } from '@slack/bolt';
import type { Clock } from '../../src/core/clock.js';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import type { Door } from './door.js';
import { largestBody, times } from './limits.js';

const { buildContentResponse, buildUrlVerificationResponse, parseHTTPRequestBody } = HTTPModuleFunctions;

export interface Listening {
  readonly signingSecret: string;
  readonly log: Logger;
  readonly clock: Clock;
  /** False while we are not signed in, or about to stop. */
  isServing(): boolean;
}

/** The path that http.ts mounts. */
export const eventsPath = '/slack/events';

/** Why a request is turned away; the reason is logged, never what was sent. */
interface Refused {
  readonly status: number;
  readonly reason: string;
}

export function httpDoor(options: Listening): Door {
  const { log } = options;
  let app: App | undefined;
  const listener: RequestListener = (request, response) => {
    admit(request, options)
      .then(async (admitted) => {
        if ('reason' in admitted) turnAway(response, admitted, log);
        else await handOn(app, request, admitted, response);
      })
      .catch((error: unknown) => {
        log.warn(faultFacts(error), 'a request could not be read');
        response.destroy();
      });
  };
  return {
    // Bolt's own would check and parse once more what has been checked here, and set a clock of its own for each.
    receiver: {
      init(made) {
        app = made;
      },
      start: async () => undefined,
      stop: async () => undefined,
    },
    http: listener,
    // The program's server is open as long as the program runs.
    isOpen: () => true,
    line: () => 0,
    open: async () => undefined,
    closed: async () => undefined,
  };
}

/** Gives Bolt what Slack sent; `ack` is the answer to the request. */
async function handOn(app: App | undefined, request: IncomingMessage, rawBody: Buffer, response: ServerResponse) {
  const body = parsed(request, rawBody);
  if (!body) return void response.writeHead(400).end();
  if (body.ssl_check === '1') return void response.writeHead(200).end();
  if (body.type === 'url_verification') return buildUrlVerificationResponse(response, body);
  await app?.processEvent({ body, ack: async (answer) => buildContentResponse(response, answer) });
  // Nobody took it: Slack is told so, rather than left to wait.
  if (!response.headersSent) response.writeHead(503).end();
}

function parsed(request: IncomingMessage, rawBody: Buffer): ReturnType<typeof parseHTTPRequestBody> | undefined {
  try {
    return parseHTTPRequestBody(Object.assign(request, { rawBody }));
  } catch {
    return undefined;
  }
}

function turnAway(response: ServerResponse, { status, reason }: Refused, log: Logger): void {
  log.warn({ status, reason }, 'a request was turned away');
  // The rest of a body that is too long is not waited for.
  response.writeHead(status, status === 413 ? { connection: 'close' } : {}).end();
}

/** Reads the body and checks where it comes from. */
async function admit(request: IncomingMessage, options: Listening): Promise<Buffer | Refused> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isForm = type === 'application/x-www-form-urlencoded';
  if (!isForm && type !== 'application/json') return { status: 415, reason: 'content type' };
  const body = await bodyOf(request);
  if (!body) return { status: 413, reason: 'too large' };
  const unsigned = checkSignature(request, body, options);
  if (unsigned) return { status: 401, reason: unsigned };
  if (!holdsObject(body.toString(), isForm)) return { status: 400, reason: 'malformed' };
  if (!options.isServing()) return { status: 503, reason: 'not connected' };
  // Bolt compares the header to the letter, so that a charset added by a proxy would make every command a 400.
  request.headers['content-type'] = type;
  return body;
}

/** @returns undefined when it is too long; the rest is left unread */
function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > largestBody) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= largestBody) return;
      request.pause();
      resolve(undefined);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('the request was cut off')));
  });
}

/**
 * Checked as Slack describes it (docs.slack.dev/authentication/verifying-requests-from-slack). Bolt's receiver lets
 * `ssl_check` and requests from the future pass (verify-request.js, HTTPModuleFunctions.js).
 * @returns what is wrong, or undefined
 */
function checkSignature(request: IncomingMessage, body: Buffer, options: Listening): string | undefined {
  const signature = request.headers['x-slack-signature'];
  const timestamp = request.headers['x-slack-request-timestamp'];
  if (typeof signature !== 'string' || typeof timestamp !== 'string') return 'not signed';
  if (!/^\d{1,12}$/.test(timestamp)) return 'timestamp';
  if (Math.abs(options.clock.now().getTime() - Number(timestamp) * 1000) > times.signature) {
    return 'stale, or from the future';
  }
  const digest = createHmac('sha256', options.signingSecret).update(`v0:${timestamp}:`).update(body).digest('hex');
  const [given, right] = [Buffer.from(signature), Buffer.from(`v0=${digest}`)];
  return given.length === right.length && timingSafeEqual(given, right) ? undefined : 'wrong signature';
}

/** Bolt takes for granted that there is an object to look into. */
const holdsObject = (text: string, isForm: boolean): boolean =>
  isForm ? !/(^|&)payload=(?!(\+|%20)*(\{|%7b))/i.test(text) : /^\s*\{/.test(text);
