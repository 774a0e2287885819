// How the stand-in for Slack reaches an app: signed requests, or envelopes over a WebSocket.
import { createHmac } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Json } from './slack-stand-in-blocks.js';

/** What Slack delivers; commands are forms, interactions a form with `payload`, events JSON. */
export type Delivery =
  | { readonly kind: 'slash_commands'; readonly body: Readonly<Record<string, string>> }
  | { readonly kind: 'interactive'; readonly body: Json }
  | { readonly kind: 'events_api'; readonly body: Json };

export interface Ack {
  /** HTTP status; 200 for what came over a socket. */
  readonly status: number;
  /** Undefined when empty. */
  readonly body: Json | undefined;
  /** Milliseconds until it came. */
  readonly after: number;
}

/** Slack gives an app 3 s. */
const patience = 3000;

const timedOut = (): Error => new Error('operation_timeout: no acknowledgement within 3 s');

/** The headers of a signed request. @param at seconds since 1970 */
export function signed(secret: string, body: string, at = Math.floor(Date.now() / 1000)): Record<string, string> {
  const digest = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${digest}` };
}

/** A delivery as it travels over HTTP. */
export function encoded({ kind, body }: Delivery): { readonly type: string; readonly text: string } {
  if (kind === 'events_api') return { type: 'application/json', text: JSON.stringify(body) };
  const form = kind === 'slash_commands' ? body : { payload: JSON.stringify(body) };
  return {
    type: 'application/x-www-form-urlencoded',
    text: new URLSearchParams(form as Record<string, string>).toString(),
  };
}

/** @throws Error when no acknowledgement came in time */
export async function byHttp(url: string, secret: string, delivery: Delivery, extra: Json = {}): Promise<Ack> {
  const { type, text } = encoded(delivery);
  const started = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': type, ...signed(secret, text), ...(extra as Record<string, string>) },
    body: text,
    signal: AbortSignal.timeout(patience),
  }).catch((error: unknown) => {
    throw error instanceof Error && error.name === 'TimeoutError' ? timedOut() : error;
  });
  const said = await response.text();
  return { status: response.status, body: parsed(said), after: performance.now() - started };
}

function parsed(said: string): Json | undefined {
  if (said === '') return undefined;
  try {
    return JSON.parse(said) as Json;
  } catch {
    // A plain sentence is allowed, too.
    return { text: said };
  }
}

/** @throws Error when no acknowledgement came in time */
export function bySocket(socket: WebSocket, id: string, { kind, body }: Delivery): Promise<Ack> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      socket.off('message', onMessage);
    };
    const onMessage = (data: unknown): void => {
      const { envelope_id: of, payload } = JSON.parse(String(data)) as { envelope_id?: string; payload?: Json };
      if (of !== id) return;
      end();
      const isEmpty = !payload || Object.keys(payload).length === 0;
      resolve({ status: 200, body: isEmpty ? undefined : payload, after: performance.now() - started });
    };
    const timer = setTimeout(() => {
      end();
      reject(timedOut());
    }, patience);
    socket.on('message', onMessage);
    const answers = kind !== 'events_api';
    socket.send(JSON.stringify({ envelope_id: id, type: kind, accepts_response_payload: answers, payload: body }));
  });
}
