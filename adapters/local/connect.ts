// The local workspace as a platform: a page in the browser instead of Slack or Discord, on this machine alone.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Card } from '../../src/core/card.js';
import type { Clock } from '../../src/core/clock.js';
import type { Logger } from '../../src/core/feature.js';
import { type Core, type Platform, Undeliverable } from '../../src/core/platform.js';
import type { Store } from '../../src/core/store.js';
import { assets } from './assets.js';
import { completionsOf } from './complete.js';
import { type Door, doorAt, isLoopback, queryOf, Refused, readJson, sendFile, sendJson } from './door.js';
import { type Files, filesIn } from './files.js';
import { callerOf, type Inbound, inboundTo } from './inbound.js';
import { type Journal, journalIn } from './journal.js';
import { limits } from './limits.js';
import { type Live, liveFrom, shown } from './live.js';
import { outlookOf } from './outlook.js';
import { type DrawnCard, drawCard } from './render.js';
import { channelIdsOf, channelOf, directId, here, mayRead, memberOf } from './workspace.js';

export interface Options {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Logger;
  /** The address that is listened on; empty: all. */
  readonly host: string;
  /** The port that is listened on, for the log. */
  readonly port: number;
}

interface Parts {
  readonly core: () => Core;
  readonly journal: Journal;
  readonly files: Files;
  readonly live: Live;
  readonly inbound: Inbound;
  readonly isExposed: boolean;
}

export function localPlatform({ store, clock, newId, log, host, port }: Options): Platform {
  let serving: Core | undefined;
  const core = (): Core => {
    if (!serving) throw new Refused('starting');
    return serving;
  };
  const isExposed = !isLoopback(host);
  // Said before anything listens: there are no passwords here.
  if (isExposed) log.warn({ host, port }, 'NOT ONLY THIS MACHINE: everyone who reaches this port acts as staff');
  const files = filesIn(store, newId, log);
  const journal = journalIn(store, clock, newId, log, files);
  const live = liveFrom(journal);
  const inbound = inboundTo(core, journal, files);
  const door = doorAt(host, log);
  return {
    name: here.platform,
    // Nobody counts here.
    pace: { post: 0, edit: 0, editsBy: 'channel' },
    async start(started) {
      serving = started;
    },
    async stop() {
      serving = undefined;
      live.stop();
      await door.closed(limits.farewell);
    },
    connected: () => serving !== undefined,
    async post(to, card, key) {
      const { message, channel } = await posted(journal, 'channel' in to ? to.channel : directId(to.person), card, key);
      return { ...here, channel, message };
    },
    async edit(what, card) {
      const isThere = await journal.redraw(what.channel, what.message, fitting(card));
      if (!isThere) throw new Undeliverable('gone', 'unknown_message');
    },
    async channel(place) {
      const found = place.space === here.space ? channelOf(place.channel) : undefined;
      if (!found) return 'unreachable';
      return found.kind === 'public' ? 'public' : 'private';
    },
    presence: async (place, { person }) =>
      place.space === here.space && mayRead(person, place.channel) ? 'member' : 'absent',
    hasLeft: async ({ person }) => memberOf(person) === undefined,
    profile: async ({ person }) => {
      const { name = person, zone } = memberOf(person) ?? {};
      return { name, ...(zone === undefined ? {} : { zone }) };
    },
    isAdmin: async ({ person }) => memberOf(person)?.isAdmin === true,
    lacks: async () => [],
    http: mounts({ core, journal, files, live, inbound, isExposed }, door),
  };
}

async function posted(
  journal: Journal,
  channel: string,
  card: Card,
  key: string | undefined,
): Promise<{ channel: string; message: string }> {
  if (!channelOf(channel)) throw new Undeliverable('gone', 'unknown_channel');
  const { id } = await journal.post(channel, 'bot', { card: fitting(card) }, key);
  return { channel, message: id };
}

/** @throws Undeliverable for a card that is too long to be shown */
function fitting(card: Card): DrawnCard {
  const drawn = drawCard(card);
  if (JSON.stringify(drawn).length > limits.card) throw new Undeliverable('tooLong', 'card_too_long');
  return drawn;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function mounts(parts: Parts, door: Door): Readonly<Record<string, RequestListener>> {
  const listeners: Record<string, Listener> = {
    ...Object.fromEntries(assets().map(([path, serve]) => [`GET ${path}`, serve])),
    'GET /local/state': (request, response) => state(parts, request, response),
    'GET /local/suggest': (request, response) => suggest(parts, request, response),
    'GET /local/file': (request, response) => file(parts, request, response),
    'GET /local/live': async (request, response) => {
      parts.core();
      const { member } = whoIn(request);
      await parts.live.open(member, request, response, after(request));
    },
    'POST /local/call': async (request, response) => {
      parts.core();
      const { messages, member, hasNewLanguage, ...rest } = await parts.inbound.call(await readJson(request));
      if (hasNewLanguage) parts.live.refresh(member);
      sendJson(response, { ...rest, messages: messages.map(shown) });
    },
    'POST /local/message': async (request, response) => {
      parts.core();
      sendJson(response, { messages: [shown(await parts.inbound.message(await readJson(request)))] });
    },
    'POST /local/dismiss': async (request, response) => {
      await parts.inbound.dismiss(await readJson(request));
      sendJson(response, {});
    },
  };
  return Object.fromEntries(Object.entries(listeners).map(([path, listener]) => [path, door.guard(listener)]));
}

/** The number of the last change that a window has seen. */
function after(request: IncomingMessage): number {
  const asked = request.headers['last-event-id'] ?? queryOf(request).get('after') ?? '0';
  return /^\d{1,15}$/.test(String(asked)) ? Number(asked) : 0;
}

/** @throws Refused for an unknown member, or a channel that they may not see */
function whoIn(request: IncomingMessage): { member: string; caller: ReturnType<typeof callerOf> } {
  const query = queryOf(request);
  const member = query.get('member') ?? '';
  return { member, caller: callerOf(member, query.get('channel') ?? directId(member)) };
}

/** Everything; or, with `after`, what changed since, for windows that may not hold a stream open. */
async function state({ core, journal, isExposed }: Parts, request: IncomingMessage, response: ServerResponse) {
  const { member, caller } = whoIn(request);
  if (!queryOf(request).has('after')) return sendJson(response, await outlookOf(member, core(), journal, isExposed));
  const { messages, seq } = await journal.read(member, channelIdsOf(member), after(request));
  sendJson(response, { messages: messages.map(shown), seq, locale: await core().localeOf(caller) });
}

/** A file of the member's own; one of somebody else's is as if it were not there. */
async function file({ core, files }: Parts, request: IncomingMessage, response: ServerResponse) {
  core();
  const { member } = whoIn(request);
  const found = await files.find(member, queryOf(request).get('id') ?? '');
  if (!found) throw new Refused('unknownFile');
  sendFile(response, found);
}

async function suggest({ core }: Parts, request: IncomingMessage, response: ServerResponse) {
  const { caller } = whoIn(request);
  const line = (queryOf(request).get('line') ?? '').slice(0, limits.completed);
  const locale = await core().localeOf(caller);
  sendJson(response, await completionsOf(core(), { ...caller, to: '', args: {} }, locale, line));
}
