// Slack's side of the wire: the stand-in of the tests signs in and posts; what is measured goes a shorter way past it.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as bodyOf } from 'node:stream/consumers';
import { Pool } from 'undici';
import { type SlackStandIn, slackStandIn } from '../../tests/support/slack-stand-in.js';
import type { StandInApp } from '../../tests/support/slack-stand-in-app.js';
import { messageActions } from '../../tests/support/slack-stand-in-payloads.js';
import { signed } from '../../tests/support/slack-stand-in-wire.js';
import { type Term, termAt } from '../terms.js';
import type { Runner } from './race.js';
import type { Subject } from './subject.js';

/** Members who ask and press, in turn. */
const people = 200;
const channel = 'CGENERAL';

export interface SlackSide {
  readonly standIn: SlackStandIn;
  /** For SLACK_API_URL. */
  readonly apiUrl: string;
  /** Where the answer to a response_url goes. */
  readonly responseUrl: string;
  /** Resolves with the text of the next private message, sent by the Web API, that begins with this. */
  whispered(beginning: string): Promise<string>;
  close(): Promise<void>;
}

export async function slackSide(): Promise<SlackSide> {
  const standIn = await slackStandIn();
  for (let nth = 0; nth < people; nth += 1) {
    standIn.world.users.set(`UP${nth}`, { id: `UP${nth}`, locale: 'en-US' });
    standIn.world.channels.get(channel)?.members.add(`UP${nth}`);
  }
  const waiting = new Map<string, (text: string) => void>();
  const server = createServer((request, response) => {
    void bodyOf(request).then(async (body) => {
      const [, area, method = ''] = (request.url ?? '').split('/');
      if (area === 'respond' || method === 'chat.update') return tell(response, { ok: true, channel, ts: '1' });
      if (method !== 'chat.postEphemeral')
        return tell(response, await passedOn(standIn.apiUrl + method, request, body));
      const text = textOf(new URLSearchParams(body));
      const beginning = text.split(':')[0] ?? '';
      waiting.get(beginning)?.(text);
      waiting.delete(beginning);
      tell(response, { ok: true, message_ts: '1' });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    standIn,
    apiUrl: `${address}/api/`,
    responseUrl: `${address}/respond/1`,
    whispered: (beginning) => new Promise((resolve) => waiting.set(beginning, resolve)),
    async close() {
      server.closeAllConnections();
      server.close();
      await standIn.close();
    },
  };
}

const textOf = (args: URLSearchParams): string => {
  const text = args.get('text') ?? args.get('markdown_text');
  return text || (args.get('blocks') ?? '');
};

const tell = (response: ServerResponse, body: object): void =>
  void response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));

async function passedOn(url: string, { headers }: IncomingMessage, body: string): Promise<object> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': headers['content-type'] ?? '', authorization: headers.authorization ?? '' },
    body,
  });
  return (await response.json()) as object;
}

/** What makes one question differ from the next. */
interface Question {
  readonly user: string;
  readonly trigger: string;
  readonly term: Term;
}

const questionOf = (nth: number, terms: number): Question => ({
  user: `UP${nth % people}`,
  trigger: `${nth}.${nth}.trigger`,
  term: termAt(nth % terms),
});

function command(app: StandInApp, { responseUrl, standIn }: SlackSide, { user, trigger, term }: Question) {
  return {
    token: 'verification',
    team_id: standIn.world.team,
    team_domain: 'example',
    channel_id: channel,
    channel_name: 'general',
    user_id: user,
    user_name: user.toLowerCase(),
    command: '/acronym',
    text: term.acronym,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: trigger,
  };
}

/** Sends what Slack would send. @returns what was answered */
function poster(app: StandInApp, url: string): (form: Record<string, string>) => Promise<string> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 64, pipelining: 1 });
  return async (form) => {
    const body = new URLSearchParams(form).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signed(app.options.signingSecret, body) };
    const response = await pool.request({ path: pathname, method: 'POST', headers, body });
    const text = await response.body.text();
    if (response.statusCode !== 200) throw new Error(`answered with ${response.statusCode}`);
    return text;
  };
}

function check(text: string, { expansion }: Term): void {
  if (!text.includes(expansion)) throw new Error(`a wrong answer: ${text.slice(0, 200)}`);
}

/** How an answer over HTTP reaches the member: in the response, or by a call of the Web API. */
type Way = 'response' | 'call';

/** `/acronym` over HTTP. */
export function byHttp(
  side: SlackSide,
  app: StandInApp,
  url: string,
  subject: Subject,
  terms: number,
  way: Way,
): Runner {
  const post = poster(app, url);
  return {
    subject,
    async ask(nth) {
      const question = questionOf(nth, terms);
      const called = way === 'call' ? side.whispered(question.term.acronym) : undefined;
      const response = await post(command(app, side, question));
      check((await called) ?? response, question.term);
    },
  };
}

/** `/acronym` in Socket Mode, answered in the acknowledgement. */
export function bySocket(side: SlackSide, app: StandInApp, subject: Subject, terms: number): Runner {
  const [socket] = app.sockets;
  if (!socket) throw new Error(`${subject.name} has no socket open`);
  const waiting = new Map<string, (text: string) => void>();
  socket.on('message', (data) => {
    const text = String(data);
    const { envelope_id: id } = JSON.parse(text) as { envelope_id: string };
    waiting.get(id)?.(text);
    waiting.delete(id);
  });
  return {
    subject,
    async ask(nth) {
      const question = questionOf(nth, terms);
      const envelope = { envelope_id: `e${nth}`, type: 'slash_commands', accepts_response_payload: true };
      const answer = new Promise<string>((resolve) => waiting.set(envelope.envelope_id, resolve));
      socket.send(JSON.stringify({ ...envelope, payload: command(app, side, question) }));
      check(await answer, question.term);
    },
  };
}

/** Presses on a message: each member chooses the one, at their next turn the other. */
export function pressing(side: SlackSide, app: StandInApp, url: string, subject: Subject, labels: Labels): Runner {
  const { world } = side.standIn;
  const post = poster(app, url);
  const message = side.standIn.messages(channel).find(({ app: of }) => of === app.id);
  if (!message) throw new Error(`${subject.name} has posted nothing to press on`);
  const doing = { app, user: 'UP0', world, responseAt: () => side.responseUrl };
  const bodies = labels.map((label) => messageActions(doing, message, label));
  return {
    subject,
    async ask(nth) {
      const { user, trigger } = questionOf(nth, 1);
      const body = { ...bodies[Math.floor(nth / people) % 2], trigger_id: trigger };
      await post({ payload: JSON.stringify({ ...body, user: { id: user, username: user, team_id: world.team } }) });
    },
  };
}

/** What stands on the two buttons. */
type Labels = readonly [string, string];
