// The first answer to an interaction, on the shortest way.
import { DefaultUserAgent, DiscordAPIError, type DiscordErrorData, type REST, Routes } from 'discord.js';
import { Agent, request } from 'undici';

/** An interaction is void after three seconds (developer docs, "Receiving and Responding to Interactions"). */
const patience = 3000;

const dispatcher = new Agent({ connect: { timeout: patience }, headersTimeout: patience, bodyTimeout: patience });

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
  const sent = await send(url, JSON.stringify(body));
  if (sent.fate === 'refused') {
    throw new DiscordAPIError(sent.error, sent.error.code, sent.status, 'POST', url, { body, files: undefined });
  }
  if (sent.fate === 'later') await rest.post(route, { body, auth: false });
}

type Sent =
  | { readonly fate: 'taken' | 'later' }
  | { readonly fate: 'refused'; readonly status: number; readonly error: DiscordErrorData };

async function send(url: string, body: string): Promise<Sent> {
  try {
    const { statusCode: status, body: said } = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': DefaultUserAgent },
      body,
      dispatcher,
    });
    if (status >= 400 && status < 500 && status !== 429) {
      return { fate: 'refused', status, error: (await said.json()) as DiscordErrorData };
    }
    // The connection goes back to the pool once what was said has been read.
    await said.dump();
    return { fate: status < 300 ? 'taken' : 'later' };
  } catch {
    // If it has arrived after all, the REST client is told that it was answered already.
    return { fate: 'later' };
  }
}
