// Discord's side of the wire: the stand-in of the tests, but for the answers that are measured.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as bodyOf } from 'node:stream/consumers';
import { DiscordStandIn, ids } from '../../tests/support/discord-stand-in.js';
import { everyone, memberJson } from '../../tests/support/discord-stand-in-world.js';
import { termAt } from '../terms.js';
import type { Runner } from './race.js';
import type { Subject } from './subject.js';

export interface DiscordSide {
  /** For DISCORD_TOKEN and DISCORD_API_URL. */
  readonly token: string;
  readonly apiUrl: string;
  runner(subject: Subject, terms: number): Runner;
  close(): Promise<void>;
}

/** One for each subject: whatever happens is told to everybody who is connected. */
export async function discordSide(): Promise<DiscordSide> {
  const standIn = await new DiscordStandIn().listen();
  const waiting = new Map<string, (body: string) => void>();
  const server = createServer((request, response) => {
    void bodyOf(request).then(async (body) => {
      const id = /\/interactions\/(\d+)\/[\w-]+\/callback/.exec(request.url ?? '')?.[1];
      if (id === undefined)
        return passOn(`${standIn.apiUrl}${(request.url ?? '').slice('/api'.length)}`, request, response, body);
      response.writeHead(204).end();
      waiting.get(id)?.(body);
      waiting.delete(id);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    token: standIn.token,
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    runner: (subject, terms) => ({
      subject,
      async ask(nth) {
        const term = termAt(nth % terms);
        const id = standIn.newId();
        const answer = new Promise<string>((resolve) => waiting.set(id, resolve));
        standIn.gateway.send('INTERACTION_CREATE', interaction(id, term.acronym));
        const body = await answer;
        if (!body.includes(term.expansion)) throw new Error(`a wrong answer: ${body.slice(0, 200)}`);
      },
    }),
    async close() {
      server.closeAllConnections();
      server.close();
      await standIn.close();
    },
  };
}

const member = memberJson('alice', []);

const interaction = (id: string, term: string) => ({
  id,
  token: `token-${id}`,
  type: 2,
  version: 1,
  application_id: ids.application,
  data: { id: '700000000000000001', name: 'acronym', type: 1, options: [{ name: 'term', type: 3, value: term }] },
  locale: 'en-US',
  entitlements: [],
  authorizing_integration_owners: {},
  app_permissions: String(everyone),
  attachment_size_limit: 10_485_760,
  guild_id: ids.guild,
  guild: { id: ids.guild, locale: 'en-US', features: [] },
  member,
  channel_id: ids.general,
  channel: { id: ids.general, type: 0 },
  context: 0,
});

async function passOn(
  url: string,
  { method = 'GET', headers }: IncomingMessage,
  response: ServerResponse,
  body: string,
) {
  const { authorization = '', 'content-type': type = 'application/json' } = headers;
  const told = await fetch(url, {
    method,
    headers: { authorization, 'content-type': type },
    ...(body ? { body } : {}),
  });
  response.writeHead(told.status, { 'content-type': 'application/json' }).end(await told.text());
}
