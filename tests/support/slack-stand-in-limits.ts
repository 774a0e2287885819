// How often Slack lets its Web API be called, by method (docs.slack.dev/apis/web-api/rate-limits and the methods' pages).
import type { Json } from './slack-stand-in-blocks.js';

/** Requests a minute: tier 2 takes 20, tier 3 takes 50, tier 4 takes 100. */
const perMinute: Readonly<Record<string, number>> = {
  'users.list': 20,
  'conversations.info': 50,
  'conversations.open': 50,
  'chat.update': 50,
  'users.info': 100,
  'conversations.members': 100,
  'chat.postEphemeral': 100,
  'views.open': 100,
  'views.push': 100,
  'views.update': 100,
};

const minute = 60_000;

export interface RateLimits {
  /** Methods that were called too often, one entry a refused call. */
  readonly hits: string[];
  /** Seconds to wait for the next try; undefined: it may be called now. */
  wait(method: string, args: Json): number | undefined;
}

export function rateLimits(): RateLimits {
  const calls = new Map<string, number[]>();
  const hits: string[] = [];
  return {
    hits,
    wait(method, args) {
      // One message a second for each channel, with short bursts.
      const isPost = method === 'chat.postMessage';
      const [most, span] = isPost ? [3, 3000] : [perMinute[method] ?? Number.POSITIVE_INFINITY, minute];
      const key = isPost ? `${method} ${String(args.channel)}` : method;
      const now = Date.now();
      const recent = (calls.get(key) ?? []).filter((at) => at > now - span);
      const [oldest = now] = recent;
      if (recent.length >= most) {
        hits.push(method);
        return Math.max(1, Math.ceil((oldest + span - now) / 1000));
      }
      calls.set(key, [...recent, now]);
      return undefined;
    },
  };
}
