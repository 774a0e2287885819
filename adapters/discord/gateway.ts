// The connection to the gateway: made, made again when Discord is away, given up when Discord will never let us in.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, Events, type Interaction, RESTEvents } from 'discord.js';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import { BadCredentials } from '../../src/core/platform.js';
import { within } from '../../src/core/within.js';
import { makeClient } from './client.js';
import { refusalOf, refusedToken } from './failure.js';
import { times } from './limits.js';

export interface GatewayParts {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly log: Logger;
  /** The bot may serve; what it gives back is waited for by start, but never for long. */
  readonly onReady: (client: Client) => Promise<void>;
  readonly onInteraction: (interaction: Interaction) => void;
  /** Discord refused a request because too many came. */
  readonly onLimited: () => void;
  /** Told once, and only after a login that had worked or that start no longer waited for. */
  readonly onDead: (reason: string) => void;
}

export class Gateway {
  #client: Client;
  /** The client that Discord has let in; until then a refusal is told by its login. */
  #admitted: Client | undefined;
  #isStarted = false;
  #isReady = false;
  /** discord.js's own status stays at ready while a shard reconnects. */
  #isUp = false;
  #isStopped = false;
  #isDead = false;

  constructor(readonly parts: GatewayParts) {
    this.#client = this.#made();
  }

  get client(): Client {
    return this.#client;
  }

  isConnected(): boolean {
    return this.#isReady && this.#isUp;
  }

  /** Resolves when the bot serves, or when that takes too long to wait for. @throws BadCredentials */
  async start(): Promise<void> {
    this.#isStarted = true;
    let isAwaited = true;
    const first = this.#login().catch((error: unknown) => {
      const refusal = refusalOf(error);
      if (refusal && isAwaited) throw new BadCredentials('DISCORD_TOKEN', refusal);
      if (refusal) return this.#die(`DISCORD_TOKEN: ${refusal}`);
      this.parts.log.warn(faultFacts(error), 'Discord cannot be reached now');
      void this.#keepTrying();
    });
    // A gateway that lets us in and then says nothing is not waited for: health tells that we are not connected.
    await within(first, times.start);
    isAwaited = false;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#isUp = false;
    const closed = this.#client
      .destroy()
      .catch((error: unknown) => this.parts.log.warn(faultFacts(error), 'the connection did not close cleanly'));
    await within(closed, times.closing);
  }

  #made(): Client {
    const { token, apiUrl, log, onInteraction, onLimited } = this.parts;
    const client = makeClient(token, apiUrl);
    const up = (isUp: boolean) => () => {
      if (client === this.#client) this.#isUp = isUp && !this.#isStopped;
    };
    client.on(Events.Error, (error) => log.error(faultFacts(error), 'Discord reported an error'));
    client.on(Events.ShardError, (error) => log.warn(faultFacts(error), 'the gateway connection had an error'));
    client.on(Events.ShardReady, up(true));
    client.on(Events.ShardResume, up(true));
    client.on(Events.ShardReconnecting, up(false));
    client.on(Events.ShardDisconnect, up(false));
    // An unrecoverable close leaves discord.js dead and the process alive; at login it is the login that rejects.
    client.on(Events.ShardDisconnect, ({ code }) =>
      this.#ended(client, `Discord closed the connection for good (${code})`),
    );
    client.on(Events.Invalidated, () => this.#ended(client, 'Discord does not accept this login any more'));
    client.on(Events.InteractionCreate, onInteraction);
    // discord.js throws its token away after a 401: whatever was asked for, nothing will work any more.
    client.rest.on(RESTEvents.Response, ({ data }, { status }) => {
      if (status === 429) onLimited();
      if (status === 401 && data.auth !== false) this.#ended(client, `DISCORD_TOKEN: ${refusedToken}`);
    });
    client.rest.on(RESTEvents.InvalidRequestWarning, ({ count }) =>
      log.warn({ count }, 'many requests were refused: at 10,000 within ten minutes Discord shuts this address out'),
    );
    return client;
  }

  #ended(client: Client, reason: string): void {
    // One that was never started serves the REST API alone; for one that logs in, it is the login that rejects.
    if (client === this.#admitted || !this.#isStarted) this.#die(reason);
  }

  #die(reason: string): void {
    if (this.#isStopped || this.#isDead) return;
    this.#isDead = true;
    this.#isUp = false;
    this.parts.onDead(reason);
  }

  /** Resolves when the bot serves. @throws what discord.js threw */
  async #login(): Promise<void> {
    const client = this.#client;
    const ready = new Promise<void>((resolve) => {
      client.once(Events.ClientReady, () => resolve());
    });
    await client.login(this.parts.token);
    this.#admitted = client;
    await ready;
    this.#isReady = true;
    await this.parts.onReady(client);
  }

  async #keepTrying(): Promise<void> {
    for (let wait: number = times.firstTry; ; wait = Math.min(times.longestTry, wait * 2)) {
      await sleep(wait, undefined, { ref: false });
      if (this.#isStopped) return;
      // A client whose login failed has thrown its state away.
      this.#client = this.#made();
      try {
        return await this.#login();
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal) return this.#die(`DISCORD_TOKEN: ${refusal}`);
        this.parts.log.warn(faultFacts(error), 'Discord cannot be reached now');
      }
    }
  }
}
