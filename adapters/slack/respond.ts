// A response_url: five uses within 30 minutes (docs.slack.dev/interactivity/handling-user-interaction).
import { Agent, request } from 'undici';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import { sleep } from './backoff.js';

/** One try takes this long at most, in milliseconds; the SDK's own `respond` would wait for ever. */
const patience = 5000;

/** Not a signal for each try: one that is made fires later even where the answer came long ago. */
const dispatcher = new Agent({ connect: { timeout: patience }, headersTimeout: patience, bodyTimeout: patience });

/** Longest wait that a 429 is granted before the one more try, in milliseconds. */
const longestWait = 5000;

/**
 * Sends to a response_url; tries once more when Slack is busy or unwell.
 * @returns false when it did not arrive: used up, too old, or Slack does not answer
 */
export async function respondTo(url: string, body: object, log: Logger): Promise<boolean> {
  try {
    const first = await send(url, body);
    if (first.status !== 429 && first.status < 500) return isOk(first);
    await sleep(Math.min(longestWait, (Number.isFinite(first.retryAfter) ? first.retryAfter : 1) * 1000));
    return isOk(await send(url, body));
  } catch (error) {
    log.warn(faultFacts(error), 'a response_url could not be reached');
    return false;
  }
}

interface Sent {
  readonly status: number;
  /** Seconds; NaN where Slack wrote something else. */
  readonly retryAfter: number;
}

const isOk = ({ status }: Sent): boolean => status >= 200 && status < 300;

/** By undici's `request`: every press ends here, and `fetch` costs several times as much. It follows no redirects. */
async function send(url: string, body: object): Promise<Sent> {
  const {
    statusCode,
    headers,
    body: said,
  } = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
    dispatcher,
  });
  // What it says is of no use, but the connection is: it goes back to the pool once it has been read.
  await said.dump();
  return { status: statusCode, retryAfter: Number(headers['retry-after'] ?? 1) };
}
