// Two clients of the Web API: one for what a member waits for, one for what may take its time.
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Logger } from '../../src/core/feature.js';
import { codeOf, failureOf, isRefusal, SlackFailure } from './failure.js';
import { sdkLogger } from './sdk-log.js';

export interface Web {
  /**
   * For what a member waits for: 2.5 s a try, one more try.
   * @throws Undeliverable, SlackFailure
   */
  quick<T>(call: (client: WebClient) => Promise<T>): Promise<T>;
  /**
   * For posts and edits: 10 s, and never a second try by itself, since Slack knows no idempotent posts: a request that
   * timed out after it was taken would be posted twice.
   * @throws Undeliverable, SlackFailure
   */
  patient<T>(call: (client: WebClient) => Promise<T>): Promise<T>;
  /** How often Slack said that there were too many requests. */
  limited(): number;
}

export interface Access {
  readonly token: string;
  /** Base of the Web API, ends in `/api/`; undefined: Slack's. */
  readonly apiUrl?: string | undefined;
  readonly log: Logger;
}

/**
 * Options for one client. Always fresh: the SDK writes into what it is given, and `headers` must never be among it
 * (one client's Authorization would be sent by the others). Nor may a client wait out a 429 by itself: it would hold
 * back everything else for as long.
 */
export const clientOptions = ({ apiUrl, log }: Pick<Access, 'apiUrl' | 'log'>): WebClientOptions => ({
  logger: sdkLogger(log),
  rejectRateLimitedCalls: true,
  ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
});

/** @param onRefused told with Slack's code when the token is taken no more */
export function webWith(access: Access, onRefused: (code: string) => void): Web {
  const client = (own: WebClientOptions): WebClient =>
    new WebClient(access.token, { ...clientOptions(access), ...own });
  const quick = client({ timeout: 2500, retryConfig: { retries: 1, minTimeout: 100 } });
  const patient = client({ timeout: 10_000, retryConfig: { retries: 0 } });
  let limited = 0;
  const watched = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      const code = codeOf(error);
      if (isRefusal(code)) onRefused(code);
      const failure = failureOf(error);
      if (failure instanceof SlackFailure && failure.code === 'rate_limited') limited += 1;
      throw failure;
    }
  };
  return { quick: (call) => watched(call(quick)), patient: (call) => watched(call(patient)), limited: () => limited };
}
