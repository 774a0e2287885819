// POST /slack/events: reads and checks a request before Bolt sees it.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { HTTPReceiver, isValidSlackRequest } from '@slack/bolt';
import type { Clock } from '../../src/core/clock.js';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import type { Door } from './door.js';
import { largestBody, times } from './limits.js';
import { sdkLogger } from './sdk-log.js';

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
  const { signingSecret, log } = options;
  const receiver = new HTTPReceiver({ signingSecret, endpoints: eventsPath, logger: sdkLogger(log) });
  const listener: RequestListener = (request, response) => {
    admit(request, options)
      .then((refused) => {
        if (refused) turnAway(response, refused, log);
        else receiver.requestListener(request, response);
      })
      .catch((error: unknown) => {
        log.warn(faultFacts(error), 'a request could not be read');
        response.destroy();
      });
  };
  return {
    receiver,
    http: listener,
    // The program's server is open as long as the program runs.
    isOpen: () => true,
    line: () => 0,
    open: async () => undefined,
    closed: async () => undefined,
  };
}

function turnAway(response: ServerResponse, { status, reason }: Refused, log: Logger): void {
  log.warn({ status, reason }, 'a request was turned away');
  // The rest of a body that is too long is not waited for.
  response.writeHead(status, status === 413 ? { connection: 'close' } : {}).end();
}

/** Reads the body and checks where it comes from; undefined: Bolt may have it. */
async function admit(request: IncomingMessage, options: Listening): Promise<Refused | undefined> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isForm = type === 'application/x-www-form-urlencoded';
  if (!isForm && type !== 'application/json') return { status: 415, reason: 'content type' };
  const body = await bodyOf(request);
  if (!body) return { status: 413, reason: 'too large' };
  const text = body.toString();
  const unsigned = checkSignature(request, text, options);
  if (unsigned) return { status: 401, reason: unsigned };
  if (!holdsObject(text, isForm)) return { status: 400, reason: 'malformed' };
  if (!options.isServing()) return { status: 503, reason: 'not connected' };
  // Bolt compares the header to the letter, so that a charset added by a proxy would make every command a 400; and it
  // takes a body that has been read from here.
  request.headers['content-type'] = type;
  Object.assign(request, { rawBody: body });
  return undefined;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > largestBody) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > largestBody) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/**
 * Checked here before Bolt does it once more: Bolt lets `ssl_check` and requests from the future pass
 * (verify-request.js, HTTPModuleFunctions.js).
 * @returns what is wrong, or undefined
 */
function checkSignature(request: IncomingMessage, body: string, options: Listening): string | undefined {
  const signature = request.headers['x-slack-signature'];
  const timestamp = request.headers['x-slack-request-timestamp'];
  if (typeof signature !== 'string' || typeof timestamp !== 'string') return 'not signed';
  if (!/^\d{1,12}$/.test(timestamp)) return 'timestamp';
  const now = options.clock.now().getTime();
  if (Math.abs(now - Number(timestamp) * 1000) > times.signature) return 'stale, or from the future';
  const isValid = isValidSlackRequest({
    signingSecret: options.signingSecret,
    body,
    headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(timestamp) },
    nowMilliseconds: now,
  });
  return isValid ? undefined : 'wrong signature';
}

/** Bolt takes for granted that there is an object to look into. */
const holdsObject = (text: string, isForm: boolean): boolean =>
  isForm ? !/(^|&)payload=(?!(\+|%20)*(\{|%7b))/i.test(text) : /^\s*\{/.test(text);
