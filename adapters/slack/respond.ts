// A response_url: five uses within 30 minutes (docs.slack.dev/interactivity/handling-user-interaction).
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import { jsonPoster, type Told } from '../../src/core/post-json.js';
import { sleep } from './backoff.js';

/** The SDK's own `respond` would wait for ever; milliseconds. */
const post = jsonPoster(5000);

/** Longest wait that a 429 is granted before the one more try, in milliseconds. */
const longestWait = 5000;

/**
 * Sends to a response_url; tries once more when Slack is busy or unwell.
 * @returns false when it did not arrive: used up, too old, or Slack does not answer
 */
export async function respondTo(url: string, body: object, log: Logger): Promise<boolean> {
  try {
    const first = await post(url, body);
    if (first.status !== 429 && first.status < 500) return isOk(first);
    // In seconds, unless something else stands there.
    const seconds = Number(first.retryAfter ?? 1);
    await sleep(Math.min(longestWait, (Number.isFinite(seconds) ? seconds : 1) * 1000));
    return isOk(await post(url, body));
  } catch (error) {
    log.warn(faultFacts(error), 'a response_url could not be reached');
    return false;
  }
}

const isOk = ({ status }: Told): boolean => status >= 200 && status < 300;
