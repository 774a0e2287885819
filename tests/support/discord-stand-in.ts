// Plays Discord on the loopback: REST v10 and the gateway, refusing what Discord refuses; drives a bot as members would.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { faultOfCommands, faultOfMessage, faultOfModal } from './discord-stand-in-limits.js';
import {
  type Exchange,
  everyone,
  guildJson,
  ids,
  type Json,
  type Member,
  type Message,
  memberData,
  memberJson,
  messageJson,
} from './discord-stand-in-world.js';

export { type Exchange, ids, type Message } from './discord-stand-in-world.js';

export class DiscordStandIn {
  readonly token = 'discord-test-token';
  readonly messages: Message[] = [];
  /** Refusals, in words: a test that ends well has none. */
  readonly faults: string[] = [];
  readonly posts: Json[] = [];
  commands: Json[] = [];
  puts = 0;
  intents: number[] = [];
  /** The next requests whose path matches are answered with this status and code. */
  failing: { path: RegExp; status: number; code: number; times: number }[] = [];
  refusesToken = false;
  closedDirectMessages = false;
  #next = 900_000_000_000_000_000n;
  readonly #sockets = new Set<WebSocket>();
  readonly #exchanges = new Map<string, Exchange & { answered: boolean; born: number }>();
  readonly #nonces = new Map<string, Message>();
  #server: Server;
  #gateway: WebSocketServer;
  #port = 0;

  constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#gateway = new WebSocketServer({ server: this.#server });
    this.#gateway.on('connection', (socket) => this.#connected(socket));
  }

  /** @param port to come back on the same one after it was down */
  async listen(port = 0): Promise<this> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.#port}/api`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    this.#gateway.close();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Cuts every gateway connection with this close code. */
  drop(code: number): void {
    for (const socket of this.#sockets) socket.close(code);
  }

  get isConnected(): boolean {
    return this.#sockets.size > 0;
  }

  command(member: Member, name: string, options: Record<string, string> = {}, where: Where = {}): Promise<Exchange> {
    const given = Object.entries(options).map(([key, value]) => ({ name: key, type: 3, value }));
    const nested = where.sub === undefined ? given : [{ name: where.sub, type: 1, options: given }];
    this.#check(
      this.commands.some((one) => one.name === name && one.type === 1),
      `no command ${name}`,
    );
    return this.#interact(member, 2, { id: this.#id(), name, type: 1, options: nested }, where);
  }

  menu(member: Member, name: string, text: string, where: Where = {}): Promise<Exchange> {
    const message = messageJson(
      { id: this.#id(), channel: ids.general, content: text, components: [], flags: 0 },
      member,
    );
    const data = {
      id: this.#id(),
      name,
      type: 3,
      target_id: message.id,
      resolved: { messages: { [message.id]: message } },
    };
    return this.#interact(member, 2, data, where);
  }

  async typeahead(member: Member, name: string, option: string, typed: string): Promise<readonly Json[]> {
    const options = [{ name: option, type: 3, value: typed, focused: true }];
    const exchange = await this.#interact(member, 4, { id: this.#id(), name, type: 1, options }, {});
    return exchange.data.choices;
  }

  /** Presses the button that bears this label. */
  press(member: Member, message: Message, label: string, where: Where = {}): Promise<Exchange> {
    const found = message.components.flatMap((row) => row.components).find((one: Json) => one.label === label);
    if (!found) throw new Error(`no button “${label}”`);
    return this.#interact(member, 3, { component_type: 2, custom_id: found.custom_id }, where, message);
  }

  choose(member: Member, message: Message, value: string, where: Where = {}): Promise<Exchange> {
    const found = message.components.flatMap((row) => row.components).find((one: Json) => one.type === 3);
    return this.#interact(
      member,
      3,
      { component_type: 3, custom_id: found.custom_id, values: [value] },
      where,
      message,
    );
  }

  /** Fills a modal in and sends it. */
  submit(member: Member, modal: Json, values: Record<string, string>, where: Where = {}): Promise<Exchange> {
    const components = modal.components.map(({ component }: Json) => {
      const given = values[component.custom_id];
      const chosen = component.options?.find((one: Json) => one.default)?.value ?? component.default_values?.[0]?.id;
      const list = given ?? chosen;
      const own =
        component.type === 4 ? { value: given ?? component.value ?? '' } : { values: list === undefined ? [] : [list] };
      return { type: 18, id: 1, component: { type: component.type, id: 2, custom_id: component.custom_id, ...own } };
    });
    return this.#interact(member, 5, { custom_id: modal.custom_id, components }, where);
  }

  #id(): string {
    this.#next += 1n;
    return String(this.#next);
  }

  #check(holds: boolean, fault: string): void {
    if (!holds) this.faults.push(fault);
  }

  async #interact(member: Member, type: number, data: Json, where: Where, on?: Message): Promise<Exchange> {
    const [id, token] = [where.id ?? this.#id(), `token-${this.#id()}`];
    const exchange = { id, token, type: 0, data: undefined, messages: [], on, answered: false, born: Date.now() };
    if (!this.#exchanges.has(id)) this.#exchanges.set(id, exchange);
    const place = where.isPrivate
      ? {
          user: memberData(member).user,
          channel_id: '600000000000000001',
          channel: { id: '600000000000000001', type: 1 },
          context: 1,
        }
      : {
          guild_id: ids.guild,
          guild: { id: ids.guild, locale: 'en-US', features: [] },
          member: memberJson(member),
          channel_id: where.channel ?? ids.general,
          channel: { id: where.channel ?? ids.general, type: 0 },
          context: 0,
        };
    this.#send('INTERACTION_CREATE', {
      id,
      token,
      type,
      version: 1,
      application_id: ids.application,
      data,
      locale: where.locale ?? 'en-US',
      entitlements: [],
      authorizing_integration_owners: {},
      app_permissions: String(everyone),
      attachment_size_limit: 1000,
      ...place,
      ...(on ? { message: messageJson(on) } : {}),
    });
    const known = this.#exchanges.get(id) ?? exchange;
    for (let waited = 0; waited < 3000 && !known.answered; waited += 5) await sleep(5);
    this.#check(known.answered, `no answer to interaction ${type} within 3 s`);
    // Follow-ups and edits come right behind the first answer.
    await sleep(40);
    return known;
  }

  #send(t: string, d: Json): void {
    for (const socket of this.#sockets) socket.send(JSON.stringify({ op: 0, s: 2, t, d }));
  }

  #connected(socket: WebSocket): void {
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }));
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('message', (raw) => {
      const { op, d } = JSON.parse(String(raw)) as { op: number; d: Json };
      if (op === 1) socket.send(JSON.stringify({ op: 11 }));
      if (op !== 2 && op !== 6) return;
      if (this.refusesToken || d.token !== this.token) {
        socket.close(4004);
        return;
      }
      this.#sockets.add(socket);
      if (op === 6) {
        socket.send(JSON.stringify({ op: 0, s: 3, t: 'RESUMED', d: {} }));
        return;
      }
      this.intents.push(d.intents);
      const user = { id: ids.application, username: 'Rapporteur', discriminator: '0', avatar: null, bot: true };
      const ready = {
        v: 10,
        user,
        guilds: [{ id: ids.guild, unavailable: true }],
        session_id: 's',
        resume_gateway_url: `ws://127.0.0.1:${this.#port}`,
        application: { id: ids.application, flags: 0 },
      };
      socket.send(JSON.stringify({ op: 0, s: 1, t: 'READY', d: ready }));
      socket.send(JSON.stringify({ op: 0, s: 2, t: 'GUILD_CREATE', d: guildJson() }));
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let raw = '';
    for await (const chunk of request) raw += String(chunk);
    const path =
      decodeURIComponent(request.url ?? '')
        .replace(/^\/api\/v10/, '')
        .split('?')[0] ?? '';
    const failure = this.failing.find((one) => one.times > 0 && one.path.test(path));
    const reply = (status: number, body?: Json): void => {
      response.writeHead(status, body === undefined ? {} : { 'content-type': 'application/json' });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    if (failure) {
      failure.times -= 1;
      return reply(failure.status, {
        code: failure.code,
        message: 'refused',
        ...(failure.status === 429 ? { retry_after: 0.05, global: false } : {}),
      });
    }
    const isInteraction = /^\/(interactions|webhooks)\//.test(path);
    if (!isInteraction && (this.refusesToken || request.headers.authorization !== `Bot ${this.token}`))
      return reply(401, { code: 0, message: '401: Unauthorized' });
    const body: Json = raw === '' ? undefined : JSON.parse(raw);
    for (const [route, handle] of this.#routes()) {
      const match = new RegExp(`^${route}$`).exec(`${request.method} ${path}`);
      if (match) return handle(match.slice(1), body, reply);
    }
    this.faults.push(`unknown route ${request.method} ${path}`);
    return reply(404, { code: 0, message: '404: Not Found' });
  }

  #routes(): readonly (readonly [
    string,
    (found: string[], body: Json, reply: (status: number, body?: Json) => void) => void,
  ])[] {
    const callback = (found: string[], body: Json, reply: (status: number, body?: Json) => void): void =>
      this.#callback(found, body, reply);
    return [
      [
        'GET /gateway/bot',
        (_, __, reply) =>
          reply(200, {
            url: `ws://127.0.0.1:${this.#port}`,
            shards: 1,
            session_start_limit: { total: 1000, remaining: 999, reset_after: 1000, max_concurrency: 1 },
          }),
      ],
      ['GET /applications/\\d+/(?:guilds/\\d+/)?commands', (_, __, reply) => reply(200, this.commands)],
      [
        'PUT /applications/\\d+/(?:guilds/\\d+/)?commands',
        (_, body, reply) => {
          this.puts += 1;
          const fault = faultOfCommands(body);
          if (fault) {
            this.#refuse(fault, reply);
            return;
          }
          this.commands = body;
          reply(200, body);
        },
      ],
      ['POST /interactions/(\\d+)/([\\w-]+)/callback', callback],
      [
        'PATCH /webhooks/\\d+/([\\w-]+)/messages/@original',
        ([token], body, reply) => this.#further(token ?? '', body, reply, true),
      ],
      ['DELETE /webhooks/\\d+/([\\w-]+)/messages/@original', (_, __, reply) => reply(204)],
      ['POST /webhooks/\\d+/([\\w-]+)', ([token], body, reply) => this.#further(token ?? '', body, reply, false)],
      ['POST /channels/(\\d+)/messages', ([channel], body, reply) => this.#create(channel ?? '', body, reply)],
      [
        'PATCH /channels/(\\d+)/messages/(\\d+)',
        ([, id], body, reply) => {
          const message = this.messages.find((one) => one.id === id);
          if (!message) {
            reply(404, { code: 10008, message: 'Unknown Message' });
            return;
          }
          Object.assign(message, { content: body.content, components: body.components });
          reply(200, messageJson(message));
        },
      ],
      ['POST /users/@me/channels', (_, __, reply) => reply(200, { id: '600000000000000001', type: 1 })],
      [
        'GET /guilds/\\d+/members/(\\d+)',
        ([id], _, reply) => {
          const member = (['alice', 'sam', 'root'] as const).find((name) => ids[name] === id);
          return member ? reply(200, memberData(member)) : reply(404, { code: 10007, message: 'Unknown Member' });
        },
      ],
      ['GET /channels/(\\d+)', (_, __, reply) => reply(404, { code: 10003, message: 'Unknown Channel' })],
    ];
  }

  #refuse(fault: string, reply: (status: number, body?: Json) => void): void {
    this.faults.push(fault);
    reply(400, { code: 50035, message: `Invalid Form Body: ${fault}` });
  }

  #callback([id = '']: string[], { type, data }: Json, reply: (status: number, body?: Json) => void): void {
    const exchange = this.#exchanges.get(id);
    if (!exchange || Date.now() - exchange.born > 3000) {
      reply(404, { code: 10062, message: 'Unknown interaction' });
      return;
    }
    if (exchange.answered) {
      reply(400, { code: 40060, message: 'Interaction has already been acknowledged.' });
      return;
    }
    const fault = type === 9 ? faultOfModal(data) : type === 4 || type === 7 ? faultOfMessage(data) : undefined;
    if (fault) {
      this.#refuse(fault, reply);
      return;
    }
    Object.assign(exchange, { type, data });
    if (type === 4)
      exchange.messages.push({
        id: this.#id(),
        channel: 'private',
        content: data.content,
        components: data.components ?? [],
        flags: data.flags ?? 0,
      });
    if (type === 7 && exchange.on) Object.assign(exchange.on, { content: data.content, components: data.components });
    exchange.answered = true;
    reply(204);
  }

  #of(token: string): (Exchange & { answered: boolean }) | undefined {
    return [...this.#exchanges.values()].find((one) => one.token === token);
  }

  /** A webhook's message: a change of the first answer, or a follow-up to it. */
  #further(token: string, body: Json, reply: (status: number, body?: Json) => void, isFirst: boolean): void {
    const exchange = this.#of(token);
    const fault = faultOfMessage(body);
    if (!exchange?.answered) reply(404, { code: 10015, message: 'Unknown Webhook' });
    else if (fault) this.#refuse(fault, reply);
    else {
      const { content, components = [], flags = isFirst ? 64 : 0 } = body;
      const own: Message = { id: this.#id(), channel: 'private', content, components, flags };
      if (isFirst && exchange.type === 6 && exchange.on) Object.assign(exchange.on, { content, components });
      else exchange.messages.push(own);
      reply(200, messageJson(own));
    }
  }

  #create(channel: string, body: Json, reply: (status: number, body?: Json) => void): void {
    if (channel === ids.hidden) {
      reply(403, { code: 50001, message: 'Missing Access' });
      return;
    }
    if (channel === '600000000000000001' && this.closedDirectMessages) {
      reply(403, { code: 50007, message: 'Cannot send messages to this user' });
      return;
    }
    const fault =
      faultOfMessage(body) ??
      (JSON.stringify(body.allowed_mentions) === '{"parse":[]}' ? undefined : 'allowed_mentions lets pings through');
    if (fault) {
      this.#refuse(fault, reply);
      return;
    }
    this.posts.push(body);
    const known = body.enforce_nonce ? this.#nonces.get(body.nonce) : undefined;
    const message = known ?? {
      id: this.#id(),
      channel,
      content: body.content,
      components: body.components ?? [],
      flags: body.flags ?? 0,
    };
    if (!known) this.messages.push(message);
    if (body.enforce_nonce) this.#nonces.set(body.nonce, message);
    reply(200, messageJson(message));
  }
}

export interface Where {
  readonly channel?: string;
  readonly locale?: string;
  /** A subcommand. */
  readonly sub?: string;
  /** In a direct message with the bot. */
  readonly isPrivate?: boolean;
  /** An id of its own, to have the same interaction come twice. */
  readonly id?: string;
}
