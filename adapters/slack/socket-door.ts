// Socket Mode: one WebSocket to Slack, opened anew whenever it closes.

import type { App, ReceiverEvent } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import type { BadCredentials } from '../../src/core/platform.js';
import { within } from '../../src/core/within.js';
import { backOff, sleep } from './backoff.js';
import type { Door } from './door.js';
import { isRefusedSocket } from './failure.js';
import { sdkLogger } from './sdk-log.js';
import { refusedAppToken } from './session.js';
import { clientOptions } from './web.js';

export interface SocketOptions {
  readonly appToken: string;
  readonly apiUrl?: string | undefined;
  readonly log: Logger;
  /** Told when the token is taken no more, later than at the opening. */
  onDead(reason: string): void;
}

/** What the client makes of an envelope. */
type Envelope = Pick<ReceiverEvent, 'body' | 'ack'>;

/** Slack says hello within a second; a socket that does not for this long is given up, in milliseconds. */
const helloWithin = 15_000;

/** A socket that stayed open this long was a good one, in milliseconds. */
const settled = 10_000;

/** Longest wait for the first socket before the program goes on without it, in milliseconds. */
const openWithin = 10_000;

export function socketDoor(options: SocketOptions): Door {
  const { log } = options;
  let isOpening = true;
  let refuse: (refused: BadCredentials) => void = () => undefined;
  const refusal = new Promise<BadCredentials>((resolve) => {
    refuse = resolve;
  });
  const onRefused = (code: string): void => {
    refuse(refusedAppToken(code));
    if (!isOpening) options.onDead(refusedAppToken(code).message);
  };
  const client = clientFor(options, onRefused);
  let isConnected = false;
  let lines = 0;
  client.on('connected', () => {
    isConnected = true;
    lines += 1;
  });
  client.on('disconnected', () => {
    isConnected = false;
  });
  client.on('ws_message', (data: unknown) => noteHello(data, log));
  // Bolt's receiver would write out each acknowledgement twice, for a debug log that is never printed.
  const handOn = async (app: App, { body, ack }: Envelope) => {
    let isUnheard = false;
    const heard: Envelope['ack'] = async (answer) => {
      try {
        await ack(answer);
      } catch (error) {
        isUnheard = true;
        throw error;
      }
    };
    try {
      await app.processEvent({ body, ack: heard });
    } catch (error) {
      // What was not acknowledged, since the socket was cut, Slack sends once more over the next one.
      log[isUnheard ? 'warn' : 'error'](faultFacts(error), 'an envelope could not be handed on');
    }
  };

  let running: Promise<void> = Promise.resolve();
  return {
    receiver: {
      init: (app) => void client.on('slack_event', (envelope: Envelope) => void handOn(app, envelope)),
      start: async () => undefined,
      stop: async () => undefined,
    },
    isOpen: () => isConnected,
    line: () => lines,
    async open(signal) {
      const stop = new AbortController();
      const connected = new Promise<undefined>((resolve) => client.once('connected', () => resolve(undefined)));
      running = keepConnected(client, log, () => isConnected, AbortSignal.any([signal, stop.signal]));
      const refused = await within(Promise.race([connected, refusal]), openWithin);
      isOpening = false;
      if (refused) stop.abort();
      return refused;
    },
    async closed() {
      await within(running, 3500);
    },
  };
}

function clientFor({ appToken, apiUrl, log }: SocketOptions, onRefused: (code: string) => void): SocketModeClient {
  return new SocketModeClient({
    appToken,
    logger: sdkLogger(log),
    // The SDK waits 5 s before it reconnects, later for hours, and a token that was revoked meanwhile becomes an
    // unhandled rejection (SocketModeClient.js, delayReconnectAttempt): so the loop below does it.
    autoReconnectEnabled: false,
    // An object of its own: the SDK writes into it.
    clientOptions: {
      ...clientOptions({ apiUrl, log }),
      timeout: 10_000,
      retryConfig: { retries: 0 },
      fetch: watchedFetch(onRefused),
    },
  });
}

/** Connects, and connects again, until the signal says that it is over; then hangs up. */
async function keepConnected(
  client: SocketModeClient,
  log: Logger,
  isConnected: () => boolean,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    const started = performance.now();
    const wasOpen = await connect(client, log, isConnected, signal);
    if (wasOpen) {
      await disconnection(client, isConnected, signal);
      if (!signal.aborted) log.info({}, 'the socket was closed and is opened anew');
    }
    failures = wasOpen && performance.now() - started > settled ? 0 : failures + 1;
    // After a refresh at once; a socket that closes as soon as it opens must not become a storm.
    await (failures > 1 ? backOff(failures - 1, signal) : sleep(100, signal));
  }
  await hangUp(client);
}

async function connect(
  client: SocketModeClient,
  log: Logger,
  isConnected: () => boolean,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await within(client.start(), helloWithin);
    if (isConnected()) return true;
    await hangUp(client);
  } catch (error) {
    if (!signal.aborted) log.warn(faultFacts(error), 'the socket could not be opened; another try follows');
  }
  return false;
}

const disconnection = (client: SocketModeClient, isConnected: () => boolean, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      client.off('disconnected', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    client.once('disconnected', end);
    signal.addEventListener('abort', end, { once: true });
    if (!isConnected() || signal.aborted) end();
  });

async function hangUp(client: SocketModeClient): Promise<void> {
  await within(client.disconnect(), 3000);
}

/** Looks at what apps.connections.open answers: the only place where a refusal can be told from an outage. */
function watchedFetch(onRefused: (code: string) => void): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const told: unknown = await response
      .clone()
      .json()
      .catch(() => undefined);
    const code = (told as { error?: unknown } | undefined)?.error;
    if (typeof code === 'string' && isRefusedSocket(code)) onRefused(code);
    return response;
  };
}

/** How many sockets the app has open: more than there are replicas means that someone else takes our calls. */
function noteHello(data: unknown, log: Logger): void {
  if (typeof data !== 'string' || data.length > 2000 || !data.includes('"hello"')) return;
  const { type, num_connections: connections } = JSON.parse(data) as { type?: unknown; num_connections?: unknown };
  if (type !== 'hello' || typeof connections !== 'number') return;
  if (connections > 1) log.warn({ connections }, 'the app has more than one socket open; calls go to any of them');
  else log.info({ connections }, 'the socket is open');
}
