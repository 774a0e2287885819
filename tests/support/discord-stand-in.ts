// Plays Discord on the loopback: REST v10 and the gateway, refusing what Discord refuses; drives a bot as members would.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Exchanges, type Respond } from './discord-stand-in-exchanges.js';
import { bodyOf } from './discord-stand-in-files.js';
import { filled } from './discord-stand-in-forms.js';
import { StandInGateway } from './discord-stand-in-gateway.js';
import type { Rates } from './discord-stand-in-rates.js';
import { conversation, type RestState, restRoutes } from './discord-stand-in-rest.js';
import {
  type Exchange,
  everyone,
  firstRoles,
  ids,
  type Json,
  type Member,
  type Message,
  memberData,
  memberJson,
  messageJson,
  partialChannel,
} from './discord-stand-in-world.js';

export { type Exchange, ids, type Member, type Message } from './discord-stand-in-world.js';

/** What goes wrong with the next requests whose path matches, so many times. */
interface Failing {
  readonly path: RegExp;
  readonly status: number;
  readonly code: number;
  times: number;
  /** The request is carried out first: only its answer is lost. */
  readonly after?: true;
  /** Seconds, for a 429. */
  readonly retryAfter?: number;
}

export class DiscordStandIn implements RestState {
  readonly token = 'discord-test-token';
  readonly messages: Message[] = [];
  /** Bodies of the messages that were created, in step with {@link messages}. */
  readonly posts: Json[] = [];
  /** Refusals, in words: a test that ends well has none. */
  readonly faults: string[] = [];
  /** Commands that are registered for all servers, and for this one. */
  readonly scopes = { everywhere: [] as Json[], here: [] as Json[] };
  puts = 0;
  /** Roles of each member; a test changes them as an administrator would. */
  readonly roles = firstRoles();
  /** Members who have left. */
  readonly absent = new Set<Member>();
  /** Members of the private thread. */
  readonly aside = new Set<Member>(['sam']);
  readonly failing: Failing[] = [];
  /** Method and path of every request that came in. */
  readonly requests: string[] = [];
  /** What is taken of one file, in bytes; interactions say so. */
  attachmentSizeLimit = 10_485_760;
  refusesToken = false;
  /** Set: requests beyond Discord's rates are refused with a 429. */
  rates: Rates | undefined;
  closedDirectMessages = false;
  permissions: bigint | undefined = everyone;
  connectionsLeft = 999;
  readonly gateway: StandInGateway;
  readonly exchanges: Exchanges;
  readonly #routes = restRoutes(this);
  readonly #server: Server;
  #next = 900_000_000_000_000_000n;
  #port = 0;

  constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    const accepts = (token: string): boolean => !this.refusesToken && token === this.token;
    this.gateway = new StandInGateway(this.#server, { accepts, address: this.gatewayAddress });
    this.exchanges = new Exchanges({ newId: this.newId, refuse: this.refuse });
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

  readonly gatewayAddress = (): string => `ws://127.0.0.1:${this.#port}`;

  /** All commands that a member of the server is offered. */
  get commands(): readonly Json[] {
    return [...this.scopes.everywhere, ...this.scopes.here];
  }

  get intents(): readonly number[] {
    return this.gateway.intents;
  }

  get isConnected(): boolean {
    return this.gateway.isConnected;
  }

  async close(): Promise<void> {
    this.gateway.close();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Cuts every gateway connection with this close code. */
  drop(code: number): void {
    this.gateway.drop(code);
  }

  command(member: Member, name: string, options: Record<string, string> = {}, where: Where = {}): Promise<Exchange> {
    const given = Object.entries(options).map(([key, value]) => ({ name: key, type: 3, value }));
    const nested = where.sub === undefined ? given : [{ name: where.sub, type: 1, options: given }];
    this.#check(
      this.commands.some((one) => one.name === name && one.type === 1),
      `no command ${name}`,
    );
    return this.#interact(member, 2, { id: this.newId(), name, type: 1, options: nested }, where);
  }

  menu(member: Member, name: string, text: string, where: Where = {}): Promise<Exchange> {
    const message = messageJson(
      { id: this.newId(), channel: ids.general, content: text, components: [], flags: 0 },
      member,
    );
    const data = {
      id: this.newId(),
      name,
      type: 3,
      target_id: message.id,
      resolved: { messages: { [message.id]: message } },
    };
    return this.#interact(member, 2, data, where);
  }

  /** What is suggested for an option as it is being typed. */
  async typeahead(member: Member, name: string, option: string, typed: string, where: Where = {}): Promise<Json[]> {
    const given = [{ name: option, type: 3, value: typed, focused: true }];
    const options = where.sub === undefined ? given : [{ name: where.sub, type: 1, options: given }];
    const exchange = await this.#interact(member, 4, { id: this.newId(), name, type: 1, options }, where);
    return exchange.data?.choices;
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
    const components = filled(modal.components, values);
    return this.#interact(member, 5, { custom_id: modal.custom_id, components }, where);
  }

  readonly newId = (): string => {
    this.#next += 1n;
    return String(this.#next);
  };

  readonly refuse = (fault: string, respond: Respond): void => {
    this.faults.push(fault);
    respond(400, { code: 50035, message: `Invalid Form Body: ${fault}` });
  };

  #check(holds: boolean, fault: string): void {
    if (!holds) this.faults.push(fault);
  }

  async #interact(member: Member, type: number, data: Json, where: Where, message?: Message): Promise<Exchange> {
    const [id, token, on] = [where.id ?? this.newId(), `token-${this.newId()}`, message ?? where.on];
    const exchange = this.exchanges.begin(id, token, type, on);
    this.gateway.send('INTERACTION_CREATE', {
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
      attachment_size_limit: this.attachmentSizeLimit,
      ...this.#placeOf(member, where),
      ...(on ? { message: { ...messageJson(on), ...(where.isPrivate ? {} : { guild_id: ids.guild }) } } : {}),
    });
    const patience = where.mayFail ? 300 : 3000;
    for (let waited = 0; waited < patience && !exchange.answered; waited += 5) await sleep(5);
    if (!where.mayFail) this.#check(exchange.answered, `no answer to interaction ${type} within 3 s`);
    // Follow-ups and edits come right behind the first answer.
    await sleep(40);
    return exchange;
  }

  #placeOf(member: Member, { channel = ids.general, isPrivate, as }: Where): Json {
    const roles = this.roles[member];
    const own = memberJson(member, roles);
    if (isPrivate) {
      const { user } = memberData(member, roles);
      return { user, channel_id: conversation, channel: { id: conversation, type: 1 }, context: 1 };
    }
    return {
      guild_id: ids.guild,
      guild: { id: ids.guild, locale: 'en-US', features: [] },
      member: as === undefined ? own : { ...own, user: { ...own.user, id: as } },
      channel_id: channel,
      channel: partialChannel(channel),
      context: 0,
    };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [path = ''] = decodeURIComponent(request.url ?? '')
      .replace(/^\/api\/v10/, '')
      .split('?');
    this.requests.push(`${request.method} ${path}`);
    const { wait, headers = {} } = this.rates?.count(`${request.method} ${path}`) ?? {};
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (wait !== undefined) {
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': String(wait) });
      response.end(JSON.stringify({ message: 'You are being rate limited.', retry_after: wait, global: false }));
      return;
    }
    const failure = this.failing.find((one) => one.times > 0 && one.path.test(path));
    if (failure) failure.times -= 1;
    const send: Respond = (status, body) => {
      response.writeHead(status, body === undefined ? {} : { 'content-type': 'application/json' });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    const fail = (): void => {
      const { status = 500, code, retryAfter = 0.05 } = failure ?? {};
      if (status === 429) response.setHeader('retry-after', String(retryAfter));
      const limited = status === 429 ? { retry_after: retryAfter, global: false } : {};
      send(status, { code, message: 'refused', ...limited });
    };
    if (failure && !failure.after) {
      fail();
      return;
    }
    const type = request.headers['content-type'] ?? '';
    const body = await bodyOf(Buffer.concat(chunks), type, this.attachmentSizeLimit);
    if (body?.wrong) {
      this.faults.push(body.wrong.fault);
      send(body.wrong.status, { code: body.wrong.code, message: body.wrong.fault });
      return;
    }
    this.#route(`${request.method} ${path}`, body, request.headers.authorization, failure ? fail : send);
  }

  #route(asked: string, body: Json, authorization: string | undefined, respond: Respond): void {
    const isInteraction = /^\w+ \/(interactions|webhooks)\//.test(asked);
    if (!isInteraction && (this.refusesToken || authorization !== `Bot ${this.token}`)) {
      respond(401, { code: 0, message: '401: Unauthorized' });
      return;
    }
    for (const [route, handle] of this.#routes) {
      const match = new RegExp(`^${route}$`).exec(asked);
      if (match) {
        handle(match.slice(1), body, respond);
        return;
      }
    }
    this.faults.push(`unknown route ${asked}`);
    respond(404, { code: 0, message: '404: Not Found' });
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
  /** The message from which the modal was opened that is now sent. */
  readonly on?: Message;
  /** Nobody need answer. */
  readonly mayFail?: boolean;
  /** Id of somebody else with the same roles. */
  readonly as?: string;
}
