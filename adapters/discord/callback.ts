// The first answer to an interaction, on the shortest way.
import { DefaultUserAgent, DiscordAPIError, type DiscordErrorData, type REST, Routes } from 'discord.js';
import { jsonPoster } from '../../src/core/post-json.js';

/** An interaction is void after three seconds (developer docs, "Receiving and Responding to Interactions"). */
const post = jsonPoster(3000, { 'user-agent': DefaultUserAgent });

/**
 * Discord binds callbacks to no limit of the bot (the same page), so there is nothing for the REST client's queue to hold
 * back, and to pass it costs more than the request. What Discord does not take just now goes through it after all: it
 * waits where it has to, and tries again.
 * @throws DiscordAPIError for what Discord refuses, as the REST client does; and what that throws
 */
export async function callBack(rest: REST, id: string, token: string, body: object): Promise<void> {
  const route = Routes.interactionCallback(id, token);
  const { api, version } = rest.options;
  const url = `${api}/v${version}${route}`;
  const sent = await send(url, body);
  if (sent.fate === 'refused') {
    throw new DiscordAPIError(sent.error, sent.error.code, sent.status, 'POST', url, { body, files: undefined });
  }
  if (sent.fate === 'later') await rest.post(route, { body, auth: false });
}

type Sent =
  | { readonly fate: 'taken' | 'later' }
  | { readonly fate: 'refused'; readonly status: number; readonly error: DiscordErrorData };

async function send(url: string, body: object): Promise<Sent> {
  try {
    const { status, body: said } = await post(url, body);
    const isRefused = status >= 400 && status < 500 && status !== 429;
    if (isRefused) return { fate: 'refused', status, error: JSON.parse(said) as DiscordErrorData };
    return { fate: status < 300 ? 'taken' : 'later' };
  } catch {
    // If it has arrived after all, the REST client is told that it was answered already.
    return { fate: 'later' };
  }
}
