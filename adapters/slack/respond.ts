// A response_url: five uses within 30 minutes (docs.slack.dev/interactivity/handling-user-interaction).
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import { sleep } from './backoff.js';

/** One try takes this long at most, in milliseconds; the SDK's own `respond` would wait for ever. */
const patience = 5000;

/** Longest wait that a 429 is granted before the one more try, in milliseconds. */
const longestWait = 5000;

/**
 * Sends to a response_url; tries once more when Slack is busy or unwell.
 * @returns false when it did not arrive: used up, too old, or Slack does not answer
 */
export async function respondTo(url: string, body: object, log: Logger): Promise<boolean> {
  try {
    const first = await send(url, body);
    if (first.status !== 429 && first.status < 500) return first.ok;
    const seconds = Number(first.headers.get('retry-after') ?? 1);
    await sleep(Math.min(longestWait, (Number.isFinite(seconds) ? seconds : 1) * 1000));
    return (await send(url, body)).ok;
  } catch (error) {
    log.warn(faultFacts(error), 'a response_url could not be reached');
    return false;
  }
}

async function send(url: string, body: object): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  });
  // What it says is of no use, but the connection is: it goes back to the pool once it has been read.
  await response.arrayBuffer();
  return response;
}
