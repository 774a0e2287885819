// The REST API of the stand-in for Discord, as a table of routes.
import type { Exchanges, Respond } from './discord-stand-in-exchanges.js';
import { changed } from './discord-stand-in-exchanges.js';
import { filesAfter } from './discord-stand-in-files.js';
import { faultOfCommands, faultOfMessage } from './discord-stand-in-limits.js';
import {
  guildJson,
  ids,
  type Json,
  type Member,
  type Message,
  memberData,
  messageJson,
} from './discord-stand-in-world.js';

type Handle = (found: string[], body: Json, respond: Respond) => void;

/** What the routes read and change. */
export interface RestState {
  readonly exchanges: Exchanges;
  readonly newId: () => string;
  readonly refuse: (fault: string, respond: Respond) => void;
  readonly gatewayAddress: () => string;
  readonly messages: Message[];
  readonly posts: Json[];
  readonly scopes: { everywhere: Json[]; here: Json[] };
  readonly roles: Readonly<Record<Member, readonly string[]>>;
  readonly absent: ReadonlySet<Member>;
  readonly aside: ReadonlySet<Member>;
  closedDirectMessages: boolean;
  /** What the bot may do in the server; undefined: it was not added to it. */
  readonly permissions: bigint | undefined;
  /** Connections to the gateway that may still be made today. */
  readonly connectionsLeft: number;
  puts: number;
}

/** Where direct messages go. */
export const conversation = '600000000000000001';

export const restRoutes = (state: RestState): readonly (readonly [string, Handle])[] => [
  ['GET /gateway/bot', (_, __, respond) => respond(200, gatewayInformation(state))],
  ['GET /applications/\\d+/commands', (_, __, respond) => respond(200, state.scopes.everywhere)],
  ['GET /applications/\\d+/guilds/\\d+/commands', (_, __, respond) => respond(200, state.scopes.here)],
  ['PUT /applications/\\d+/commands', (_, body, respond) => register(state, 'everywhere', body, respond)],
  ['PUT /applications/\\d+/guilds/\\d+/commands', (_, body, respond) => register(state, 'here', body, respond)],
  ['POST /interactions/(\\d+)/([\\w-]+)/callback', (...call) => state.exchanges.callback(...call)],
  ['PATCH /webhooks/\\d+/([\\w-]+)/messages/@original', (...call) => state.exchanges.original(...call)],
  ['DELETE /webhooks/\\d+/([\\w-]+)/messages/@original', (...call) => state.exchanges.withdraw(...call)],
  ['POST /webhooks/\\d+/([\\w-]+)', (...call) => state.exchanges.followUp(...call)],
  ['POST /channels/(\\d+)/messages', ([channel], body, respond) => create(state, channel ?? '', body, respond)],
  ['PATCH /channels/(\\d+)/messages/(\\d+)', ([, id], body, respond) => edit(state, id ?? '', body, respond)],
  ['POST /users/@me/channels', (_, __, respond) => respond(200, { id: conversation, type: 1 })],
  ['GET /guilds/\\d+/members/(\\d+)', ([id], _, respond) => member(state, id ?? '', respond)],
  ['GET /users/@me', (_, __, respond) => respond(200, own)],
  ['GET /users/@me/guilds', (_, __, respond) => respond(200, servers(state))],
  ['GET /guilds/(\\d+)', ([id], _, respond) => guild(id ?? '', respond)],
  ['GET /channels/(\\d+)/thread-members/(\\d+)', ([, id], _, respond) => threadMember(state, id ?? '', respond)],
  ['GET /channels/(\\d+)', ([id], _, respond) => channel(id ?? '', respond)],
];

const own = { id: ids.application, username: 'Rapporteur', discriminator: '0', avatar: null, bot: true };

/** Over REST a server comes without its channels and members. */
function guild(id: string, respond: Respond): void {
  const { channels: _, members: __, ...rest } = guildJson();
  if (id === ids.guild) respond(200, rest);
  else respond(404, { code: 10004, message: 'Unknown Guild' });
}

function channel(id: string, respond: Respond): void {
  const { channels, threads } = guildJson();
  const found = [...channels, ...threads].find((one: Json) => one.id === id);
  if (found) respond(200, found);
  else respond(404, { code: 10003, message: 'Unknown Channel' });
}

const servers = ({ permissions }: RestState): readonly Json[] => {
  if (permissions === undefined) return [];
  return [
    { id: ids.guild, name: 'Community', icon: null, owner: false, permissions: String(permissions), features: [] },
  ];
};

const gatewayInformation = ({ gatewayAddress, connectionsLeft }: RestState): Json => ({
  url: gatewayAddress(),
  shards: 1,
  session_start_limit: { total: 1000, remaining: connectionsLeft, reset_after: 1000, max_concurrency: 1 },
});

function register(state: RestState, scope: 'everywhere' | 'here', body: Json, respond: Respond): void {
  state.puts += 1;
  const fault = faultOfCommands(body);
  if (fault) {
    state.refuse(fault, respond);
    return;
  }
  state.scopes[scope] = body;
  respond(200, body);
}

function create(state: RestState, channel: string, body: Json, respond: Respond): void {
  if (channel === ids.hidden) {
    respond(403, { code: 50001, message: 'Missing Access' });
    return;
  }
  if (channel === conversation && state.closedDirectMessages) {
    respond(403, { code: 50007, message: 'Cannot send messages to this user' });
    return;
  }
  const fault = faultOfMessage(body) ?? faultOfPings(body);
  if (fault) {
    state.refuse(fault, respond);
    return;
  }
  const known = body.enforce_nonce && state.posts.findIndex(({ nonce }) => nonce === body.nonce);
  if (typeof known === 'number' && known >= 0) {
    const first = state.messages[known];
    respond(200, first && messageJson(first));
    return;
  }
  const { content, components = [], flags = 0, attachments } = body;
  const files = filesAfter(attachments, [], state.newId);
  const message: Message = { id: state.newId(), channel, content, components, flags, files };
  // Side by side, so that a nonce finds its message.
  state.posts.push(body);
  state.messages.push(message);
  respond(200, messageJson(message));
}

function edit(state: RestState, id: string, body: Json, respond: Respond): void {
  const message = state.messages.find((one) => one.id === id);
  if (!message) {
    respond(404, { code: 10008, message: 'Unknown Message' });
    return;
  }
  const fault = faultOfMessage(body) ?? faultOfPings(body);
  if (fault) {
    state.refuse(fault, respond);
    return;
  }
  changed(message, body, state.newId);
  respond(200, messageJson(message));
}

const faultOfPings = ({ allowed_mentions }: Json): string | undefined =>
  JSON.stringify(allowed_mentions) === '{"parse":[]}' ? undefined : 'allowed_mentions lets pings through';

/** Of the private thread: the other one is asked about by nobody. */
function threadMember({ aside }: RestState, id: string, respond: Respond): void {
  const isIn = (['alice', 'sam', 'root'] as const).some((name) => ids[name] === id && aside.has(name));
  if (isIn) respond(200, { id: ids.aside, user_id: id, join_timestamp: '2026-01-01T00:00:00Z', flags: 0 });
  else respond(404, { code: 10007, message: 'Unknown Member' });
}

function member({ roles, absent }: RestState, id: string, respond: Respond): void {
  if (id === ids.application) {
    respond(
      200,
      guildJson().members.find((one: Json) => one.user.id === id),
    );
    return;
  }
  const found = (['alice', 'sam', 'root'] as const).find((name) => ids[name] === id && !absent.has(name));
  if (!found) {
    respond(404, { code: 10007, message: 'Unknown Member' });
    return;
  }
  respond(200, memberData(found, roles[found]));
}
