// The local workspace over HTTP: the whole bot with the features that a test wants, on a port of its own.

import { localPlatform } from '../../adapters/local/connect.js';
import { assemble } from '../../src/core/bot.js';
import { newId } from '../../src/core/clock.js';
import type { Bot, Feature } from '../../src/core/feature.js';
import type { Platform } from '../../src/core/platform.js';
import { type HttpServer, serve } from '../../src/http.js';
import type { Logged } from './harness.js';
import { logTo } from './log.js';
import { type MemoryStore, memoryStore } from './memory-store.js';
import { testParts } from './parts.js';
import { note } from './sample-feature.js';

export interface LocalServer {
  readonly url: string;
  readonly port: number;
  readonly bot: Bot;
  readonly store: MemoryStore;
  readonly platform: Platform;
  readonly logged: readonly Logged[];
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

export interface Options {
  readonly features?: readonly Feature[];
  /** Hand in the one of a server that was stopped, to start it again. */
  readonly store?: MemoryStore;
  readonly host?: string;
  readonly port?: number;
  /** Not yet started: it listens, and its core is not there. */
  readonly isStarting?: boolean;
}

export async function localServer(options: Options = {}): Promise<LocalServer> {
  const store = options.store ?? memoryStore();
  const logged: Logged[] = [];
  const log = logTo((level, data, message) => void logged.push({ level, data: { ...data }, message }));
  const clock = { now: () => new Date() };
  const host = options.host ?? '127.0.0.1';
  const id = (): string => newId(clock.now());
  const platform = localPlatform({ store, clock, newId: id, log, host, port: options.port ?? 0 });
  const features = options.features ?? [note];
  const staffChannels = { local: 'staff' };
  const { core, bot } = assemble({
    ...testParts,
    features,
    platforms: [platform],
    store,
    clock,
    log,
    staffChannels,
  });
  const server: HttpServer = await serve(platform.http ?? {}, options.port ?? 0, host);
  if (!options.isStarting) await platform.start(core);
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    port: server.port,
    bot,
    store,
    platform,
    logged,
    get: (path, headers = {}) => fetch(`${url}${path}`, { headers }),
    post: (path, body, headers = {}) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async stop() {
      await platform.stop();
      await server.close(500);
    },
  };
}
