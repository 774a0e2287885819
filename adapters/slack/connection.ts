// The connection: signs in, keeps trying where Slack is down, opens the door, and knows when all is lost.

import type { AppOptions } from '@slack/bolt';
import { systemClock } from '../../src/core/clock.js';
import { faultFacts } from '../../src/core/fault.js';
import { BadCredentials } from '../../src/core/platform.js';
import { within } from '../../src/core/within.js';
import type { Answering } from './answering.js';
import { backOff } from './backoff.js';
import type { SlackOptions } from './connect.js';
import { type Door, watchOver } from './door.js';
import { httpDoor } from './http-door.js';
import { times } from './limits.js';
import { type Listeners, listen } from './listeners.js';
import { sdkLogger } from './sdk-log.js';
import { type Session, signIn } from './session.js';
import { socketDoor } from './socket-door.js';
import { type Access, clientOptions, type Web, webWith } from './web.js';

/** What is needed to answer, once it is known who we are. */
type Furnish = (session: Session) => Answering;

export class Connection {
  readonly web: Web;
  readonly door: Door;
  readonly #access: Access;
  readonly #listeners: Listeners;
  readonly #ended = new AbortController();
  #session: Session | undefined;
  #answering: Answering | undefined;
  #isDead = false;

  /** @throws BadCredentials in HTTP mode without a signing secret */
  constructor(private readonly options: SlackOptions) {
    const { token, apiUrl, log, clock = systemClock } = options;
    this.#access = { token, apiUrl, log };
    this.web = webWith(this.#access, (code) => this.onDead(`Slack refuses SLACK_BOT_TOKEN (${code})`));
    this.door = this.#doorOf();
    this.#listeners = listen(this.#boltOptions(), () => this.#answering, this.door.line, clock);
    this.#listeners.app.error(async (error) => log.error(faultFacts(error), 'Bolt reports an error'));
  }

  /** Takes no more calls and says so, once: whoever runs the program decides what follows. */
  readonly onDead = (reason: string): void => {
    if (this.#isDead || this.#ended.signal.aborted) return;
    this.#isDead = true;
    this.#answering = undefined;
    this.options.log.error({ reason }, 'Slack is lost');
    this.options.onDead?.(reason);
  };

  isOpen = (): boolean => this.#answering !== undefined && this.door.isOpen();

  /**
   * Resolves as soon as calls are taken, or when Slack is being tried again.
   * @throws BadCredentials when a token is refused
   */
  async start(furnish: Furnish): Promise<void> {
    const { log, deadAfter = times.dead } = this.options;
    const lost = (): void => this.onDead('there is no connection to Slack, and none could be made for too long');
    // Over HTTP it is Slack that connects.
    if (!this.door.http) watchOver(this.isOpen, deadAfter, this.#ended.signal, lost);
    if (!(await this.#signIn(furnish))) return void this.#keepTrying(furnish);
    const refused = await this.door.open(this.#ended.signal);
    if (refused) throw refused;
    log.info({ mode: this.door.http ? 'http' : 'socket' }, 'signed in to Slack');
  }

  /** Takes no more calls, lets those that run finish, hangs up. */
  async stop(): Promise<void> {
    this.#answering = undefined;
    await within(this.#listeners.settled(), times.stopping);
    this.#ended.abort();
    await this.door.closed();
  }

  /** Asked anew each time: scopes are added while the bot runs, and the token stays the same. */
  async scopes(): Promise<readonly string[] | undefined> {
    try {
      const told = await this.web.quick((client) => client.auth.test());
      return told.response_metadata?.scopes ?? this.#session?.scopes;
    } catch {
      // Whether Slack can be reached at all is told elsewhere.
      return this.#session?.scopes;
    }
  }

  #doorOf(): Door {
    const { appToken, signingSecret, apiUrl, log, clock = systemClock } = this.options;
    if (appToken !== undefined) return socketDoor({ appToken, apiUrl, log, onDead: (reason) => this.onDead(reason) });
    const isServing = (): boolean => this.#answering !== undefined;
    if (signingSecret) return httpDoor({ signingSecret, log, clock, isServing });
    throw new BadCredentials('SLACK_SIGNING_SECRET', 'is needed unless SLACK_APP_TOKEN is set for Socket Mode');
  }

  #boltOptions(): AppOptions {
    return {
      receiver: this.door.receiver,
      authorize: async () => this.#authorization(),
      convoStore: false,
      ignoreSelf: false,
      logger: sdkLogger(this.options.log),
      clientOptions: { ...clientOptions(this.#access), timeout: 2500, retryConfig: { retries: 0 } },
    };
  }

  #authorization() {
    const { botId, botUserId, team } = this.#session ?? {};
    return {
      botToken: this.#access.token,
      ...(botId === undefined ? {} : { botId }),
      ...(botUserId === undefined ? {} : { botUserId }),
      ...(team === undefined ? {} : { teamId: team }),
    };
  }

  /** @returns false when Slack cannot be reached */
  async #signIn(furnish: Furnish): Promise<boolean> {
    try {
      this.#session = await signIn(this.#access);
    } catch (error) {
      if (error instanceof BadCredentials) throw error;
      this.options.log.warn(faultFacts(error), 'Slack cannot be reached; another try follows');
      return false;
    }
    if (!this.#ended.signal.aborted && !this.#isDead) this.#answering = furnish(this.#session);
    return true;
  }

  async #keepTrying(furnish: Furnish): Promise<void> {
    const { signal } = this.#ended;
    try {
      for (let failures = 1; ; failures += 1) {
        await backOff(failures, signal);
        if (signal.aborted) return;
        if (await this.#signIn(furnish)) break;
      }
      const refused = await this.door.open(signal);
      if (refused) this.onDead(refused.message);
    } catch (error) {
      this.onDead(error instanceof BadCredentials ? error.message : 'signing in to Slack failed');
    }
  }
}
