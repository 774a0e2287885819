// The discord.js client as this bot wants it: one intent, small caches, no pings, bounded requests.
import { Client, GatewayIntentBits, Options, type RateLimitData, type RESTOptions } from 'discord.js';
import { limits, times } from './limits.js';

/** @param apiUrl base of the REST API, ends in `/api`; Discord's own when absent */
export function makeClient(apiUrl: string | undefined): Client {
  const rest: Partial<RESTOptions> = {
    timeout: times.request,
    rejectOnRateLimit: isNotWaitedFor,
    invalidRequestWarningInterval: limits.invalidRequests,
    ...(apiUrl === undefined ? {} : { api: apiUrl }),
  };
  return new Client({
    // Members, roles and permissions come with each interaction: no other intent is needed.
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [], repliedUser: false },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      GuildMemberManager: { maxSize: limits.cached, keepOverLimit: (member) => member.id === member.client.user.id },
      UserManager: { maxSize: limits.cached, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
    rest,
  });
}

/**
 * An edit that has to wait is given back, since something newer may be drawn by then; a post, when it would wait for as
 * long as its lease lasts. Both are tried again by the outbox. Answers to interactions wait.
 */
function isNotWaitedFor({ method, route, retryAfter, timeToReset }: RateLimitData): boolean {
  if (!/^\/channels\/:id\/messages(\/:id)?$/.test(route)) return false;
  return method === 'PATCH' || Math.max(retryAfter, timeToReset) > times.longestPost;
}
