// The discord.js client as this bot wants it: one intent, small caches, no pings, bounded requests.
import { Client, GatewayIntentBits, Options, type RateLimitData, type RESTOptions } from 'discord.js';
import { limits, times } from './limits.js';

/**
 * A client that can use the REST API at once, and the gateway after its login.
 * @param apiUrl base of the REST API, ends in `/api`; Discord's own when absent
 */
export function makeClient(token: string, apiUrl: string | undefined): Client {
  const rest: Partial<RESTOptions> = {
    timeout: times.request,
    rejectOnRateLimit: isNotWaitedFor,
    invalidRequestWarningInterval: limits.invalidRequests,
    makeRequest,
    ...(apiUrl === undefined ? {} : { api: apiUrl }),
  };
  const client = new Client({
    // Members, roles and permissions come with each interaction: no other intent is needed.
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [], repliedUser: false },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      GuildMemberManager: { maxSize: limits.cached, keepOverLimit: ({ id, client: of }) => isOwn(of, id) },
      UserManager: { maxSize: limits.cached, keepOverLimit: ({ id, client: of }) => isOwn(of, id) },
    }),
    rest,
  });
  client.rest.setToken(token);
  return client;
}

/**
 * The SDK's own undici sends through what is the process's dispatcher: that of another undici, once Slack's SDK has been
 * loaded, which takes no files from it. Node's `fetch` writes them out itself.
 * @throws what broke the connection, by whose code the SDK knows what to try again, or the signal's reason
 */
const makeRequest: RESTOptions['makeRequest'] = async (url, init) => {
  try {
    return await fetch(url, init as object);
  } catch (error) {
    throw (error instanceof TypeError && error.cause) || error;
  }
};

/** Before its login a client does not know who it is. */
const isOwn = ({ user }: Client, id: string): boolean => user?.id === id;

/**
 * An edit that has to wait is given back, since something newer may be drawn by then; a post, when it would wait for as
 * long as its lease lasts. Both are tried again by the outbox. Answers to interactions wait.
 */
function isNotWaitedFor({ method, route, retryAfter, timeToReset }: RateLimitData): boolean {
  if (!/^\/channels\/:id\/messages(\/:id)?$/.test(route)) return false;
  return method === 'PATCH' || Math.max(retryAfter, timeToReset) > times.longestPost;
}
