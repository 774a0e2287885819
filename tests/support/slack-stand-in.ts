// Plays Slack on the loopback: the Web API, response_urls and Socket Mode; and its members, through StandInApp.
//
//   const slack = await slackStandIn();
//   const app = slack.install();                         // several apps may be installed
//   const platform = slackPlatform({ token: app.options.botToken, apiUrl: slack.apiUrl, … });
//   app.requestUrl = 'http://127.0.0.1:…/slack/events';  // left out: Socket Mode
//   await app.command('UANN', '/acronym', 'PDP');
//   expect(slack.shownTo('UANN').at(-1)?.text).toContain('Policy');
//   expect(slack.faults).toEqual([]);                    // whatever Slack would have refused
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { type AppOptions, StandInApp } from './slack-stand-in-app.js';
import { blockFaults, type Json, messageError } from './slack-stand-in-blocks.js';
import { takeUpload } from './slack-stand-in-files.js';
import type { RateLimits } from './slack-stand-in-limits.js';
import { callMethod } from './slack-stand-in-methods.js';
import { populate, type SlackFile, type SlackMessage, type SlackView, World } from './slack-stand-in-world.js';

/** How a method is to fail. */
export type Failure =
  /** 429, with or without Retry-After in seconds; nothing is done. */
  | { readonly kind: 'rateLimited'; readonly retryAfter?: number }
  /** 500; `isAccepted`: after it was done. */
  | { readonly kind: 'serverError'; readonly isAccepted?: boolean }
  /** Done, but the answer never comes. */
  | { readonly kind: 'silence' }
  /** Done, but the answer comes only after so many milliseconds. */
  | { readonly kind: 'delay'; readonly by: number }
  /** `ok: false` with this error; nothing is done. */
  | { readonly kind: 'error'; readonly error: string };

export interface SlackStandIn {
  /** For SLACK_API_URL. */
  readonly apiUrl: string;
  readonly world: World;
  /** Whatever Slack would have refused, or would have shown a member as a failure. */
  readonly faults: string[];
  /** From here on (or no longer) every connection is cut. */
  isDown: boolean;
  /** Set: requests beyond Slack's rates are refused with a 429. */
  rates: RateLimits | undefined;
  install(options?: Partial<AppOptions>): StandInApp;
  /** The next `times` calls of a method fail; `respond` names the response_urls, `upload` the addresses of uploads. */
  fail(method: string, failure: Failure, times?: number): void;
  /** Calls of a method, oldest first. */
  calls(method: string): readonly Json[];
  /** Messages of a channel that all see, as they now read. */
  messages(channel: string): readonly SlackMessage[];
  /** Messages that one person alone sees, in all channels; and their direct messages. */
  shownTo(user: string): readonly SlackMessage[];
  /** Files that a person received in direct messages, oldest first. */
  filesOf(user: string): readonly SlackFile[];
  modal(user: string): SlackView | undefined;
  home(user: string): SlackView | undefined;
  close(): Promise<void>;
}

const everyScope = [
  'commands',
  'chat:write',
  'chat:write.public',
  'users:read',
  'channels:read',
  'groups:read',
  'im:write',
  'files:write',
];

export async function slackStandIn(): Promise<SlackStandIn> {
  const world = new World();
  populate(world);
  const apps: StandInApp[] = [];
  const failures = new Map<string, Failure[]>();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world.address = address;
  const sockets = new WebSocketServer({ server });

  sockets.on('connection', (socket, request) => {
    const app = apps.find(({ id }) => request.url === `/link/${id}`);
    if (!app || stand.isDown) return socket.terminate();
    app.sockets.push(socket);
    // One for each delivery that waits for its acknowledgement.
    socket.setMaxListeners(0);
    socket.on('close', () => app.sockets.splice(app.sockets.indexOf(socket), 1));
    socket.send(
      JSON.stringify({ type: 'hello', num_connections: app.sockets.length, connection_info: { app_id: app.id } }),
    );
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (stand.isDown) return void request.socket.destroy();
    const [, area = '', name = ''] = (request.url ?? '').split('/');
    const wait = area === 'api' ? stand.rates?.wait(name, argsOf(body.toString())) : undefined;
    if (wait !== undefined) return void response.writeHead(429, { 'retry-after': String(wait) }).end();
    const failure = failures.get(area === 'api' ? name : area)?.shift();
    if (failure && failEarly(failure, response)) return;
    answer(response, told(area, name, request, body), failure);
  }

  function told(area: string, name: string, request: IncomingMessage, body: Buffer): Told {
    if (area === 'api') return api(name, request, body.toString());
    if (area === 'respond') return respond(world, name, body.toString());
    return area === 'upload' ? { status: takeUpload(world, name, body), body: {} } : lost;
  }

  function api(name: string, request: IncomingMessage, text: string): Told {
    const args = argsOf(text);
    world.calls.push({ method: name, args, at: Date.now() });
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    const app = apps.find(({ options }) => options.botToken === token || options.appToken === token);
    if (!token) return { status: 200, body: { ok: false, error: 'not_authed' } };
    if (!app) return { status: 200, body: { ok: false, error: 'invalid_auth' } };
    if (app.revoked.has(token)) return { status: 200, body: { ok: false, error: 'token_revoked' } };
    const isAppToken = app.options.appToken === token;
    if (isAppToken !== (name === 'apps.connections.open')) {
      return { status: 200, body: { ok: false, error: 'not_allowed_token_type' } };
    }
    if (isAppToken) return { status: 200, body: { ok: true, url: `${address.replace('http', 'ws')}/link/${app.id}` } };
    return { status: 200, body: callMethod(name, args, app, world), scopes: app.scopes };
  }

  const stand: SlackStandIn = {
    apiUrl: `${address}/api/`,
    world,
    faults: world.faults,
    isDown: false,
    rates: undefined,
    install(options = {}) {
      const n = apps.length + 1;
      const own = { botToken: `xoxb-${n}`, appToken: `xapp-${n}`, signingSecret: `secret-${n}`, scopes: everyScope };
      const app = new StandInApp(world, { ...own, ...options }, () => address);
      apps.push(app);
      return app;
    },
    fail(method, failure, times = 1) {
      failures.set(method, [...(failures.get(method) ?? []), ...Array.from({ length: times }, () => failure)]);
    },
    calls: (method) => world.calls.filter((call) => call.method === method).map(({ args }) => args),
    messages: (channel) => world.messages.filter((one) => one.channel === channel && one.onlyFor === undefined),
    shownTo: (user) =>
      world.messages.filter(
        ({ onlyFor, channel }) => onlyFor === user || world.channels.get(channel)?.directWith === user,
      ),
    filesOf: (user) =>
      world.messages
        .filter(({ channel }) => world.channels.get(channel)?.directWith === user)
        .flatMap(({ files = [] }) => files),
    modal: (user) => world.topModal(user),
    home: (user) => [...world.homes.values()].find((view) => view.user === user),
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return stand;
}

interface Told {
  readonly status: number;
  readonly body: Json;
  readonly scopes?: readonly string[];
}

const lost: Told = { status: 404, body: {} };

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const argsOf = (text: string): Json =>
  Object.fromEntries(
    [...new URLSearchParams(text)].map(([name, value]) => [
      name,
      /^(blocks|view|files)$/.test(name) ? JSON.parse(value) : value,
    ]),
  );

/** Failures in which nothing is done. */
function failEarly(failure: Failure, response: ServerResponse): boolean {
  if (failure.kind === 'rateLimited') {
    const { retryAfter } = failure;
    response.writeHead(429, retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }).end();
  } else if (failure.kind === 'error') json(response, 200, { ok: false, error: failure.error });
  else if (failure.kind === 'serverError' && !failure.isAccepted) response.writeHead(500).end();
  else return false;
  return true;
}

function answer(response: ServerResponse, { status, body, scopes }: Told, failure: Failure | undefined): void {
  if (failure?.kind === 'silence') return;
  if (failure?.kind === 'serverError') return void response.writeHead(500).end();
  if (scopes) response.setHeader('x-oauth-scopes', scopes.join(','));
  if (failure?.kind === 'delay') setTimeout(() => json(response, status, body), failure.by);
  else json(response, status, body);
}

const json = (response: ServerResponse, status: number, body: Json): void =>
  void response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));

/** What an app sends to a response_url. */
function respond(world: World, id: string, text: string): Told {
  const url = world.responses.get(id);
  if (!url || url.until < Date.now()) return { status: 404, body: { ok: false, error: 'expired_url' } };
  if (url.uses === 0) return { status: 404, body: { ok: false, error: 'used_url' } };
  url.uses -= 1;
  const body = JSON.parse(text) as Json;
  world.calls.push({ method: 'respond', args: body, at: Date.now() });
  const error = messageError(body.text, body.blocks);
  const faults = [...(error ? [error] : []), ...(body.blocks === undefined ? [] : blockFaults(body.blocks, 'message'))];
  if (faults.length > 0) {
    world.faults.push(`response_url: ${faults.join('; ')}`);
    return { status: 400, body: { ok: false, error: 'invalid_blocks' } };
  }
  const shown = { text: String(body.text ?? ''), blocks: (body.blocks ?? []) as readonly Json[] };
  if (body.replace_original === true && url.message) {
    Object.assign(url.message, shown, { edits: url.message.edits + 1 });
  } else {
    const onlyFor = body.response_type === 'in_channel' ? {} : { onlyFor: url.user };
    world.post({ ...shown, channel: url.channel, app: url.app, ...onlyFor });
  }
  return { status: 200, body: { ok: true } };
}
