// POST /slack/events: reads and checks a request before Bolt sees it.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { parse as fieldsOf } from 'node:querystring';
import { type App, HTTPModuleFunctions, type ReceiverEvent } from '@slack/bolt';
import type { Clock } from '../../src/core/clock.js';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import type { Door } from './door.js';
import { largestBody, times } from './limits.js';

const { buildContentResponse, buildUrlVerificationResponse } = HTTPModuleFunctions;

export interface Listening {
  readonly signingSecret: string;
  readonly log: Logger;
  readonly clock: Clock;
  /** False while we are not signed in, or about to stop. */
  isServing(): boolean;
}

/** The path that http.ts mounts. */
export const eventsPath = '/slack/events';

type Body = ReceiverEvent['body'];

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
      .then(async ({ body, refused }) => {
        if (body) await handOn(app, body, response);
        else turnAway(response, refused, log);
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
async function handOn(app: App | undefined, body: Body, response: ServerResponse) {
  if (body.ssl_check === '1') return void response.writeHead(200).end();
  if (body.type === 'url_verification') return buildUrlVerificationResponse(response, body);
  await app?.processEvent({ body, ack: async (answer) => buildContentResponse(response, answer) });
  // Nobody took it: Slack is told so, rather than left to wait.
  if (!response.headersSent) response.writeHead(503).end();
}

function turnAway(response: ServerResponse, { status, reason }: Refused, log: Logger): void {
  log.warn({ status, reason }, 'a request was turned away');
  // The rest of a body that is too long is not waited for.
  response.writeHead(status, status === 413 ? { connection: 'close' } : {}).end();
}

type Admitted =
  | { readonly body: Body; readonly refused?: never }
  | { readonly body?: never; readonly refused: Refused };

const refuse = (status: number, reason: string): Admitted => ({ refused: { status, reason } });

/** Reads the body and checks where it comes from. */
async function admit(request: IncomingMessage, options: Listening): Promise<Admitted> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isForm = type === 'application/x-www-form-urlencoded';
  if (!isForm && type !== 'application/json') return refuse(415, 'content type');
  const raw = await bodyOf(request);
  if (!raw) return refuse(413, 'too large');
  const unsigned = checkSignature(request, raw, options);
  if (unsigned) return refuse(401, unsigned);
  const body = objectIn(raw.toString(), isForm);
  if (!body) return refuse(400, 'malformed');
  return options.isServing() ? { body } : refuse(503, 'not connected');
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
    // An error remembers where it was made, which takes long: only where there is one.
    request.once('close', () => {
      if (!request.complete) reject(new Error('the request was cut off'));
    });
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

/** A form with this field alone carries JSON in it: everything but typed commands. */
const payload = 'payload=';

/** @returns undefined for what is no object, which Bolt takes for granted that there is */
function objectIn(text: string, isForm: boolean): Body | undefined {
  try {
    const read: unknown = isForm ? formIn(text) : JSON.parse(text);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

function formIn(text: string): unknown {
  // Most of a press is the message that it was made on, and escaped through and through.
  if (text.startsWith(payload) && !text.includes('&')) {
    return JSON.parse(decodeURIComponent(text.slice(payload.length).replaceAll('+', ' ')));
  }
  const fields = fieldsOf(text);
  // What Node cuts out of a text keeps all of it in memory as long as it lives, as the name of who asked does.
  return JSON.parse(typeof fields.payload === 'string' ? fields.payload : JSON.stringify(fields));
}
