// How often Discord lets its REST API be called (developer docs, "Rate Limits"; edits of older messages: error 30046).

interface Rule {
  readonly route: RegExp;
  readonly most: number;
  /** In milliseconds. */
  readonly span: number;
  /** Whether Discord tells in headers how much is left, so that a client can wait by itself. */
  readonly isTold: boolean;
}

/** By channel; the last one is for all of a bot's requests but those that answer interactions. */
const rules: readonly Rule[] = [
  { route: /^POST \/channels\/\d+\/messages$/, most: 5, span: 5000, isTold: true },
  { route: /^PATCH \/channels\/\d+\/messages\//, most: 3, span: 6000, isTold: false },
  { route: /^\w+ \/(?!interactions|webhooks)/, most: 50, span: 1000, isTold: false },
];

export interface Rates {
  /** Routes that were called too often, one entry a refused call. */
  readonly hits: string[];
  /** @returns seconds to wait where this call is one too many; and the headers of its answer */
  count(asked: string): { readonly wait?: number; readonly headers: Readonly<Record<string, string>> };
}

export function discordRates(): Rates {
  const calls = new Map<string, number[]>();
  const hits: string[] = [];
  return {
    hits,
    count(asked) {
      let headers: Record<string, string> = {};
      for (const [nth, { route, most, span, isTold }] of rules.entries()) {
        if (!route.test(asked)) continue;
        const now = Date.now();
        const key = `${nth} ${nth === rules.length - 1 ? '' : asked.split('/')[2]}`;
        const recent = (calls.get(key) ?? []).filter((at) => at > now - span);
        const [oldest = now] = recent;
        const resets = (oldest + span - now) / 1000;
        if (recent.length >= most) {
          hits.push(asked);
          return { wait: resets, headers };
        }
        calls.set(key, [...recent, now]);
        if (isTold) {
          const left = most - recent.length - 1;
          headers = {
            'x-ratelimit-limit': String(most),
            'x-ratelimit-remaining': String(left),
            'x-ratelimit-reset-after': String(resets),
            'x-ratelimit-bucket': 'messages',
          };
        }
      }
      return { headers };
    },
  };
}
