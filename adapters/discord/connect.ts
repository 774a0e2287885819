// Discord as a platform: one gateway connection, the REST API for everything that is posted.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Interaction } from 'discord.js';
import type { Clock } from '../../src/core/clock.js';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import type { Lease } from '../../src/core/lease.js';
import type { Core, Lack, Platform } from '../../src/core/platform.js';
import type { Store } from '../../src/core/store.js';
import { Gateway } from './gateway.js';
import { Interactions } from './interactions.js';
import { times } from './limits.js';
import { messagesBy } from './messages.js';
import { registerCommands } from './registration.js';
import { rightsBy } from './rights.js';

export interface DiscordOptions {
  readonly token: string;
  /** Base of the REST API, ends in `/api`. */
  readonly apiUrl?: string;
  /** Register the commands for this server only. */
  readonly guildId?: string;
  readonly log: Logger;
  readonly clock: Clock;
  /** Remembers which commands are registered. */
  readonly store: Store;
  /**
   * Where several processes share the work, one of them holds the gateway connection: Discord sends every interaction to
   * each connection. The others post and edit through the REST API, and stand by.
   */
  readonly lease?: Lease;
  /** Nothing will work any more until the program is started anew. */
  readonly onDead: (reason: string) => void;
}

export const discordPlatform = (options: DiscordOptions): Platform => new Discord(options);

class Discord implements Platform {
  readonly name = 'discord';
  readonly pace = { post: times.posts, edit: times.edits, editsBy: 'channel' } as const;
  readonly remembersKeys = times.remembered;
  readonly #client = (): Client => this.#gateway.client;
  readonly #rights;
  readonly #messages = messagesBy(this.#client);
  readonly #interactions: Interactions;
  #gateway: Gateway;
  #core: Core | undefined;
  #isStandby = false;
  #isStopped = false;
  #isUnregistered = false;
  #limited = 0;

  constructor(readonly options: DiscordOptions) {
    const { log, clock } = options;
    this.#rights = rightsBy(this.#client, clock);
    this.#interactions = new Interactions({ log, clock, heardOf: this.#rights.heardOf });
    this.#gateway = this.#madeGateway();
  }

  async start(core: Core): Promise<void> {
    this.#core = core;
    const { lease, onDead } = this.options;
    if (!lease) return this.#gateway.start();
    this.#isStandby = true;
    let isStarting = true;
    const onGain = async (): Promise<void> => {
      this.#isStandby = false;
      const started = this.#gateway.start();
      if (isStarting) return started;
      await started.catch((error: unknown) => onDead(error instanceof Error ? error.message : 'DISCORD_TOKEN'));
    };
    const onLoss = async (): Promise<void> => {
      this.#isStandby = true;
      const lost = this.#gateway;
      this.#gateway = this.#madeGateway();
      await lost.stop();
    };
    await lease.start({ onGain, onLoss });
    isStarting = false;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#interactions.stop();
    await this.#gateway.stop();
    // Given back last: the next holder connects at once.
    await this.options.lease?.stop();
  }

  #madeGateway(): Gateway {
    const { token, apiUrl, log, onDead } = this.options;
    return new Gateway({
      token,
      apiUrl,
      log,
      onDead,
      onReady: (client) => this.#register(client),
      onInteraction: (interaction) => void this.#take(interaction),
      onLimited: () => {
        this.#limited += 1;
      },
    });
  }

  async #take(interaction: Interaction): Promise<void> {
    const { lease, log } = this.options;
    const mayAct = lease ? await lease.mayAct() : true;
    if (mayAct && this.#core) this.#interactions.take(interaction, this.#core);
    else log.info({}, 'an interaction was left to another process');
  }

  connected: Platform['connected'] = () => this.#isStandby || this.#gateway.isConnected();
  post: Platform['post'] = (to, card, key) => this.#messages.post(to, card, key);
  edit: Platform['edit'] = (what, card) => this.#messages.edit(what, card);
  channel: Platform['channel'] = (place) => this.#rights.channel(place);
  presence: Platform['presence'] = (place, person) => this.#rights.presence(place, person);
  hasLeft: Platform['hasLeft'] = (person) => this.#rights.hasLeft(person);
  profile: Platform['profile'] = (person) => this.#rights.profile(person);
  isAdmin: Platform['isAdmin'] = (person) => this.#rights.isAdmin(person);
  limited = (): number => this.#limited;

  /** What cannot be asked for now is no reason for the rest of the status to be missing. */
  lacks: Platform['lacks'] = async (space) => {
    const unregistered: Lack[] = this.#isUnregistered ? [{ key: 'commandsNotRegistered', args: {} }] : [];
    if (!this.connected()) return [{ key: 'notConnected', args: {} }, ...unregistered];
    try {
      return [...unregistered, ...(await this.#rights.lacks(space))];
    } catch (error) {
      this.options.log.warn(faultFacts(error), 'the permissions of the bot could not be read');
      return [{ key: 'notConnected', args: {} }, ...unregistered];
    }
  };

  /** Tries once, and goes on trying when that fails; meanwhile the commands of before are served. */
  async #register(client: Client, wait: number = times.firstTry): Promise<void> {
    const { store, log, guildId } = this.options;
    try {
      const application = client.application?.id ?? client.user?.id ?? '';
      const features = this.#core?.features ?? [];
      await registerCommands({ rest: client.rest, application, guild: guildId, features, store, log });
      this.#isUnregistered = false;
    } catch (error) {
      this.#isUnregistered = true;
      log.error(faultFacts(error), 'commands could not be registered');
      void this.#registerLater(client, wait);
    }
  }

  async #registerLater(client: Client, wait: number): Promise<void> {
    await sleep(wait, undefined, { ref: false });
    if (!this.#isStopped) await this.#register(client, Math.min(times.longestRegistration, wait * 2));
  }
}
