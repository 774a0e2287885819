// Wires config, store, features, platforms and server: the one file that knows every part.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Logger as Pino, pino } from 'pino';
import { chartPainter } from './chart/painter.js';
import { type Config, environment, readConfig } from './config.js';
import { assemble } from './core/bot.js';
import { newId, systemClock } from './core/clock.js';
import { faultFacts } from './core/fault.js';
import type { Bot } from './core/feature.js';
import type { Health } from './core/health.js';
import { leaseOn } from './core/lease.js';
import { BadCredentials, type Platform } from './core/platform.js';
import { isShared, type Store } from './core/store.js';
import { within } from './core/within.js';
import { features } from './features/index.js';
import { type Mounts, PortTaken, page, serve } from './http.js';

/** So long messages that are being sent are waited for at the end, in milliseconds; then platforms get their 5 s. */
const sentWithin = 4000;

/** The folder of package.json, whether this runs as TypeScript or compiled under dist/. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** Ends the program over something that its operator has to change: one line each on stderr, exit code 2. */
function refuseToStart(lines: readonly string[]): never {
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exit(2);
}

/** Ends a program whose state is unknown: the store is made to be left at any instant. */
function die(log: Pino, reason: string, error?: unknown): never {
  log.fatal({ reason, ...(error === undefined ? {} : faultFacts(error)) }, 'rapporteur stops');
  process.exit(1);
}

async function openStore(config: Config, log: Pino): Promise<Store> {
  if (config.databaseUrl) return (await import('./store/postgres.js')).openPostgres(config.databaseUrl, { log });
  return (await import('./store/embedded.js')).openEmbedded(config.dataDir, { log, clock: systemClock });
}

/** The key beside the embedded store; with a database the configuration has made sure that SECRET_KEY is set. */
async function keyOf({ dataDir }: Config): Promise<string> {
  try {
    return await (await import('./store/key-file.js')).keyIn(dataDir);
  } catch (error) {
    return refuseToStart([`SECRET_KEY: ${error instanceof Error ? error.message : 'cannot be read'}`]);
  }
}

/** Adapters and their SDKs are loaded only when they are wanted, while the store opens. */
async function makePlatforms(config: Config, opening: Promise<Store>, log: Pino): Promise<readonly Platform[]> {
  const onDead = (reason: string): never => die(log, reason);
  const platforms: Platform[] = [];
  if (config.slack) {
    const { slackPlatform } = await import('../adapters/slack/connect.js');
    platforms.push(slackPlatform({ ...config.slack, log: log.child({ part: 'slack' }), clock: systemClock, onDead }));
  }
  if (config.discord) {
    const { discordPlatform } = await import('../adapters/discord/connect.js');
    const store = await opening;
    const part = log.child({ part: 'discord' });
    const own = { log: part, clock: systemClock, store, onDead };
    const owner = newId(systemClock.now());
    const lease = isShared(store) ? { lease: leaseOn({ store, name: 'discord-gateway', owner, log: part }) } : {};
    platforms.push(discordPlatform({ ...config.discord, ...own, ...lease }));
  }
  if (platforms.length === 0) {
    const { localPlatform } = await import('../adapters/local/connect.js');
    const { host = '', port } = config;
    const id = (): string => newId(systemClock.now());
    const store = await opening;
    platforms.push(
      localPlatform({ store, clock: systemClock, newId: id, log: log.child({ part: 'local' }), host, port }),
    );
  }
  return platforms;
}

function mountsOf(platforms: readonly Platform[], bot: Bot, health: Health): Mounts {
  const feeds = features.flatMap(({ feeds: own = {} }) =>
    Object.entries(own).map(([path, make]) => [`GET ${path}`, page((at) => make(bot, at))] as const),
  );
  const healthz = page(async () => {
    const rows = await health.rows();
    const isWell = rows.every(({ ok }) => ok);
    return { type: 'application/json', body: JSON.stringify({ ok: isWell, parts: rows }), status: isWell ? 200 : 503 };
  });
  return {
    'GET /healthz': healthz,
    'GET /metrics': page(health.metrics),
    ...Object.fromEntries(feeds),
    ...Object.assign({}, ...platforms.map(({ http = {} }) => http)),
  };
}

async function run(config: Config, log: Pino): Promise<void> {
  const opening = openStore(config, log).catch((error: unknown) => {
    // Both engines say in one line why they cannot be opened, without a password.
    const variable = config.databaseUrl ? 'DATABASE_URL' : 'DATA_DIR';
    return refuseToStart([`${variable}: ${error instanceof Error ? error.message : 'cannot be opened'}`]);
  });
  const platforms = await makePlatforms(config, opening, log);
  const store = await opening;
  const secretKey = config.secretKey ?? (await keyOf(config));
  const staffChannels = { local: 'staff', ...config.staffChannels };
  const { core, bot, ticker, health, outbox, prepare } = assemble({
    features,
    platforms,
    store,
    clock: systemClock,
    log,
    staffChannels,
    secretKey,
    draw: chartPainter(),
    operator: config.operator,
  });
  const server = await serve(mountsOf(platforms, bot, health), config.port, config.host);

  const stop = async (): Promise<void> => {
    log.info({}, 'stopping');
    // Together: a beat waits for messages that wait for their turn. One that is being sent is left as a crash leaves it.
    await within(Promise.all([outbox.stop(), ticker.stop()]), sentWithin);
    await Promise.all([...platforms.map((platform) => platform.stop()), server.close(3000)]);
    await store.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void stop().catch((error: unknown) => die(log, 'could not stop cleanly', error)));
  }

  await Promise.all(platforms.map((platform) => platform.start(core)));
  ticker.start();
  health.ready();
  log.info({ port: server.port, platforms: platforms.map(({ name }) => name) }, 'serving');
  void prepare();
  if (!config.slack && !config.discord) {
    process.stderr.write(`The local workspace is open at http://localhost:${server.port}/\n`);
  }
}

async function main(): Promise<void> {
  const given = environment(join(packageRoot(), '.env'));
  if (given.faults) return refuseToStart(given.faults);
  const read = readConfig(given.env);
  if ('faults' in read) return refuseToStart(read.faults);
  const log = pino({ level: read.config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  process.on('unhandledRejection', (error) => die(log, 'unhandled rejection', error));
  process.on('uncaughtException', (error) => die(log, 'uncaught exception', error));
  try {
    await run(read.config, log);
  } catch (error) {
    if (error instanceof BadCredentials || error instanceof PortTaken) refuseToStart([error.message]);
    throw error;
  }
}

await main();
