// Discord as a platform: one gateway connection, the REST API for everything that is posted.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type APIMessage,
  Client,
  Events,
  GatewayIntentBits,
  type Interaction,
  MessageFlags,
  Options,
  type RESTOptions,
  Routes,
} from 'discord.js';
import type { Person, Place, Posted } from '../../src/core/call.js';
import type { Card } from '../../src/core/card.js';
import type { Clock } from '../../src/core/clock.js';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import { BadCredentials, type Core, type Lack, type Platform, Undeliverable } from '../../src/core/platform.js';
import type { Store } from '../../src/core/store.js';
import { answerTo } from './answer.js';
import { isTooLate, meantBy, refusalOf } from './failure.js';
import { incomingOf } from './inbound.js';
import { limits, times } from './limits.js';
import { clip } from './markup.js';
import { registerCommands } from './registration.js';
import { renderCard } from './render.js';
import { rightsBy } from './rights.js';
import { Seen } from './seen.js';

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
  /** Nothing will work any more until the program is started anew. */
  readonly onDead: (reason: string) => void;
}

export const discordPlatform = (options: DiscordOptions): Platform => new Discord(options);

class Discord implements Platform {
  readonly name = 'discord';
  readonly pace = { post: times.posts, edit: times.edits, editsBy: 'channel' } as const;
  readonly #rights = rightsBy(
    () => this.#client,
    () => this.options.clock.now().getTime(),
  );
  readonly #seen: Seen;
  readonly #working = new Set<Promise<void>>();
  #client: Client;
  #core: Core | undefined;
  #isServing = false;
  /** discord.js's own status stays at ready while a shard reconnects. */
  #isUp = false;
  #isStopped = false;
  #isUnregistered = false;

  constructor(readonly options: DiscordOptions) {
    this.#seen = new Seen(() => options.clock.now().getTime());
    this.#client = this.#makeClient();
  }

  async start(core: Core): Promise<void> {
    this.#core = core;
    try {
      await this.#login();
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal) throw new BadCredentials('DISCORD_TOKEN', refusal);
      this.options.log.warn(faultFacts(error), 'Discord cannot be reached now');
      void this.#keepTrying();
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.race([Promise.allSettled(this.#working), sleep(times.stopping, undefined, { ref: false })]);
    await this.#client.destroy();
  }

  connected(): boolean {
    return this.#isServing && this.#isUp;
  }

  async post(to: Place | Person, card: Card, key?: string): Promise<Posted> {
    const isPrivate = !('channel' in to);
    try {
      const channel = isPrivate ? await this.#privateChannel(to) : to.channel;
      const pages = renderCard(card, isPrivate ? to.space : undefined);
      let first: string | undefined;
      for (const [at, page] of pages.entries()) {
        // The same nonce within minutes gives back the first message instead of a second one ("Create Message").
        const nonce = key === undefined ? {} : { nonce: nonceOf(`${key}/${at}`), enforce_nonce: true };
        const body = { ...page, ...nonce, flags: MessageFlags.SuppressEmbeds, allowed_mentions: { parse: [] } };
        const message = (await this.#client.rest.post(Routes.channelMessages(channel), { body })) as APIMessage;
        first ??= message.id;
      }
      return { platform: this.name, space: to.space, channel, message: first ?? '' };
    } catch (error) {
      throw this.#meant(error);
    }
  }

  async edit({ channel, message }: Posted, card: Card): Promise<void> {
    const [page] = renderCard(card);
    const body = { ...page, flags: MessageFlags.SuppressEmbeds, allowed_mentions: { parse: [] } };
    try {
      await this.#client.rest.patch(Routes.channelMessage(channel, message), { body });
    } catch (error) {
      throw this.#meant(error);
    }
  }

  channel: Platform['channel'] = (place) => this.#rights.channel(place);
  isIn: Platform['isIn'] = (place, person) => this.#rights.isIn(place, person);
  isAdmin: Platform['isAdmin'] = (person) => this.#rights.isAdmin(person);

  async lacks(space: Place | Person | { platform: string; space: string }): Promise<readonly Lack[]> {
    const unregistered: Lack[] = this.#isUnregistered ? [{ key: 'commandsNotRegistered', args: {} }] : [];
    return [...unregistered, ...(await this.#rights.lacks(space))];
  }

  #makeClient(): Client {
    const { apiUrl, log } = this.options;
    const rest: Partial<RESTOptions> = { timeout: times.request, ...(apiUrl === undefined ? {} : { api: apiUrl }) };
    const client = new Client({
      // Members, roles and permissions come with each interaction: no other intent is needed.
      intents: [GatewayIntentBits.Guilds],
      allowedMentions: { parse: [], repliedUser: false },
      makeCache: Options.cacheWithLimits({
        ...Options.DefaultMakeCacheSettings,
        MessageManager: 0,
        GuildMemberManager: 500,
        UserManager: 500,
      }),
      rest,
    });
    client.on(Events.Error, (error) => log.error(faultFacts(error), 'Discord reported an error'));
    client.on(Events.ShardError, (error) => log.warn(faultFacts(error), 'the gateway connection had an error'));
    client.on(Events.ShardReady, () => this.#nowUp(true));
    client.on(Events.ShardResume, () => this.#nowUp(true));
    client.on(Events.ShardReconnecting, () => this.#nowUp(false));
    client.on(Events.InteractionCreate, (interaction) => this.#take(interaction));
    // An unrecoverable close leaves discord.js dead and the process alive.
    client.on(
      Events.ShardDisconnect,
      ({ code }) => this.#isStopped || this.options.onDead(`Discord closed the connection for good (${code})`),
    );
    client.on(Events.Invalidated, () => this.options.onDead('Discord does not accept this login any more'));
    return client;
  }

  #nowUp(isUp: boolean): void {
    this.#isUp = isUp;
  }

  /** Resolves when the bot serves. @throws what discord.js threw */
  async #login(): Promise<void> {
    const client = this.#client;
    const serving = new Promise<void>((resolve) => {
      client.once(Events.ClientReady, () => void this.#serve(client).then(resolve));
    });
    await client.login(this.options.token);
    // A gateway that lets us in and then says nothing is not waited for: health tells that we are not connected.
    await Promise.race([serving, sleep(times.longestTry, undefined, { ref: false })]);
  }

  async #keepTrying(): Promise<void> {
    for (let wait: number = times.firstTry; !this.#isStopped; wait = Math.min(times.longestTry, wait * 2)) {
      await sleep(wait, undefined, { ref: false });
      // A client whose login failed has thrown its state away.
      this.#client = this.#makeClient();
      try {
        return await this.#login();
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal) return this.options.onDead(`DISCORD_TOKEN: ${refusal}`);
        this.options.log.warn(faultFacts(error), 'Discord cannot be reached now');
      }
    }
  }

  async #serve(client: Client): Promise<void> {
    const { store, log, guildId } = this.options;
    try {
      const application = client.application?.id ?? client.user?.id ?? '';
      const features = this.#core?.features ?? [];
      await registerCommands({ rest: client.rest, application, guild: guildId, features, store, log });
    } catch (error) {
      this.#isUnregistered = true;
      log.error(faultFacts(error), 'commands could not be registered');
    }
    this.#isServing = true;
  }

  #take(interaction: Interaction): void {
    if (this.#isStopped || !this.#core || this.#seen.has(interaction.id)) return;
    const work = this.#answer(interaction, this.#core).finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  /** Never rejects: what cannot be delivered is logged here. */
  async #answer(interaction: Interaction, core: Core): Promise<void> {
    try {
      const incoming = incomingOf(interaction, core.features);
      if (!incoming) return;
      if (interaction.inCachedGuild()) this.#rights.heardOf(interaction.guildId, interaction.user.id);
      if (interaction.isAutocomplete()) {
        const option = interaction.options.getFocused(true).name;
        const choices = await core.suggest(incoming, option);
        const fitting = choices.filter(({ value }) => value.length <= limits.choice).slice(0, limits.choices);
        await interaction.respond(fitting.map(({ value, label }) => ({ value, name: clip(label, limits.choice) })));
      } else if (
        interaction.isRepliable() &&
        !interaction.isUserContextMenuCommand() &&
        !interaction.isPrimaryEntryPointCommand()
      ) {
        const mayDraw = (what: Posted, rev: number | undefined): boolean => this.#seen.mayDraw(what.message, rev);
        const { log } = this.options;
        if (!interaction.isAnySelectMenu() || interaction.isStringSelectMenu()) {
          await answerTo(interaction, incoming, { core, log, mayDraw });
        }
      }
    } catch (error) {
      const { log } = this.options;
      this.#meant(error);
      if (isTooLate(error)) log.debug(faultFacts(error), 'an interaction was answered too late');
      else log.error(faultFacts(error), 'an interaction could not be answered');
    }
  }

  /** A token that Discord refuses in the middle of work: discord.js has thrown it away, and nothing will work any more. */
  #meant(error: unknown): unknown {
    const refusal = refusalOf(error);
    if (refusal) this.options.onDead(`DISCORD_TOKEN: ${refusal}`);
    return meantBy(error);
  }

  async #privateChannel({ person }: Person): Promise<string> {
    if (!/^\d{17,20}$/.test(person)) throw new Undeliverable('gone', 'no such person');
    const { id } = (await this.#client.rest.post(Routes.userChannels(), { body: { recipient_id: person } })) as {
      id: string;
    };
    return id;
  }
}

const nonceOf = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, limits.nonce);
