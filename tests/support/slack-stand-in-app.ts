// An app installed in the stand-in for Slack, and what members do with it.
import type { WebSocket } from 'ws';
import type { Installed } from './slack-stand-in-answers.js';
import { blockFaults, type Json, messageError, viewFaults } from './slack-stand-in-blocks.js';
import {
  commandPayload,
  type Doing,
  escapedText,
  eventPayload,
  messageActions,
  messageShortcut,
  submission,
  viewActions,
} from './slack-stand-in-payloads.js';
import { type Ack, byHttp, bySocket, type Delivery } from './slack-stand-in-wire.js';
import type { SlackMessage, SlackView, World } from './slack-stand-in-world.js';

export interface AppOptions {
  readonly botToken: string;
  readonly signingSecret: string;
  readonly appToken: string;
  readonly scopes: readonly string[];
}

export class StandInApp implements Installed {
  readonly id: string;
  readonly bot: string;
  scopes: readonly string[];
  hasMessagesTab = true;
  /** Where commands, interactions and events are sent; undefined: over its sockets. */
  requestUrl: string | undefined;
  /** Tokens that are taken no more. */
  readonly revoked = new Set<string>();
  readonly sockets: WebSocket[] = [];
  #last: Delivery | undefined;

  constructor(
    private readonly world: World,
    readonly options: AppOptions,
    private readonly address: () => string,
  ) {
    const n = world.next();
    this.id = `A${n}`;
    this.bot = `UBOT${n}`;
    this.scopes = options.scopes;
  }

  /** Invites the bot to a channel. */
  join(channel: string): void {
    this.world.channels.get(channel)?.members.add(this.bot);
  }

  /**
   * Types a slash command.
   * @param text as typed; `& < >` arrive escaped, as with should_escape
   * @param where.raw the text as it arrives, tokens such as `<@UANN|ann>` and all
   */
  command(user: string, command: string, text = '', where: { channel?: string; raw?: boolean } = {}): Promise<Ack> {
    const arrives = where.raw ? text : escapedText(text);
    const body = commandPayload(this.#doing(user), where.channel ?? 'CGENERAL', command, arrives);
    return this.#deliver({ kind: 'slash_commands', body }, user, (ack) => {
      if (!ack.body) return;
      this.#checkMessage('the acknowledgement of a command', ack.body);
      const { response_type: type, text: said = '', blocks = [] } = ack.body;
      const onlyFor = type === 'in_channel' ? {} : { onlyFor: user };
      const channel = body.channel_id ?? '';
      this.world.post({ channel, app: this.id, text: String(said), blocks: blocks as readonly Json[], ...onlyFor });
    });
  }

  /** Presses a button or chooses an option, named by its label, on a message, in a modal or in App Home. */
  press(user: string, on: SlackMessage | SlackView, label: string): Promise<Ack> {
    const doing = this.#doing(user);
    const body = 'view' in on ? viewActions(doing, on, label) : messageActions(doing, on, label);
    return this.#deliver({ kind: 'interactive', body }, user, (ack) => this.#mustBeEmpty('a press', ack));
  }

  /**
   * Submits the modal on top; see {@link submission} for what may be filled in.
   * @returns the acknowledgement; complaints are in `body.errors`
   */
  submit(user: string, filled: Readonly<Record<string, string>> = {}): Promise<Ack> {
    const view = this.world.topModal(user, this.id);
    if (!view) throw new Error(`${user} has no modal open`);
    const body = submission(this.#doing(user), view, filled);
    return this.#deliver({ kind: 'interactive', body }, user, (ack) => this.#afterSubmission(view, ack));
  }

  /** Chooses an item in the menu of someone's message. */
  shortcut(
    user: string,
    callbackId: string,
    text: string,
    where: { channel?: string; thread?: string } = {},
  ): Promise<Ack> {
    const { channel = 'CGENERAL', thread } = where;
    const body = messageShortcut(this.#doing(user), callbackId, channel, text, thread);
    return this.#deliver({ kind: 'interactive', body }, user, (ack) => this.#mustBeEmpty('a shortcut', ack));
  }

  /** Opens the app's Home (or its Messages). */
  openHome(user: string, tab: 'home' | 'messages' = 'home'): Promise<Ack> {
    const { id: channel } = this.world.direct(this.bot, user);
    const shown = this.world.homes.get(`${this.id} ${user}`);
    const view = shown ? { view: { id: shown.id, ...shown.view } } : {};
    return this.event({ type: 'app_home_opened', user, channel, tab, event_ts: this.world.ts(), ...view });
  }

  event(event: Json): Promise<Ack> {
    const body = eventPayload(this.#doing('UANN'), event);
    return this.#deliver({ kind: 'events_api', body }, '', () => undefined);
  }

  /** Delivers once more what was delivered last, as a retry does. */
  deliverAgain(): Promise<Ack> {
    if (!this.#last) throw new Error('nothing was delivered yet');
    return this.#send(this.#last, { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' });
  }

  /** Asks for a new socket in the place of each that is open, as Slack does every few hours. */
  refreshSockets(): void {
    for (const socket of this.sockets) socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
  }

  #doing(user: string): Doing {
    return { app: this, user, world: this.world, responseAt: (id) => `${this.address()}/respond/${id}` };
  }

  async #deliver(delivery: Delivery, user: string, then: (ack: Ack) => void): Promise<Ack> {
    this.#last = delivery;
    const ack = await this.#send(delivery);
    if (ack.status !== 200) throw new Error(`${user} is told that the app failed (dispatch_failed, ${ack.status})`);
    then(ack);
    return ack;
  }

  #send(delivery: Delivery, headers: Json = {}): Promise<Ack> {
    if (this.requestUrl) return byHttp(this.requestUrl, this.options.signingSecret, delivery, headers);
    const open = this.sockets.filter(({ readyState, OPEN }) => readyState === OPEN);
    const socket = open[this.world.next() % open.length];
    if (!socket) throw new Error('dispatch_failed: the app has no socket open');
    return bySocket(socket, `envelope-${this.world.next()}`, delivery);
  }

  #mustBeEmpty(what: string, { body }: Ack): void {
    if (body) this.world.faults.push(`the acknowledgement of ${what} carries a body: ${JSON.stringify(body)}`);
  }

  #checkMessage(what: string, { text, blocks }: Json): void {
    const error = messageError(text, blocks);
    const faults = [...(error ? [error] : []), ...(blocks === undefined ? [] : blockFaults(blocks, 'message'))];
    if (faults.length > 0) this.world.faults.push(`${what}: ${faults.join('; ')}`);
  }

  #afterSubmission(shown: SlackView, { body }: Ack): void {
    const { faults } = this.world;
    switch (body?.response_action) {
      case undefined:
        if (body) faults.push('the acknowledgement of a form carries something else than a response_action');
        this.world.closeModal(shown);
        return;
      case 'clear':
        for (const view of this.world.modals.filter(({ user }) => user === shown.user)) this.world.closeModal(view);
        return;
      case 'errors': {
        const inputs = (shown.view.blocks as readonly Json[]).filter(({ type }) => type === 'input');
        const names = inputs.map(({ block_id }) => block_id);
        const errors = Object.entries((body?.errors ?? {}) as Record<string, string>);
        if (errors.length === 0) faults.push('response_action errors without errors');
        for (const [name, text] of errors) {
          if (!names.includes(name) || !text) faults.push(`errors for ${name}, which is no input`);
        }
        return;
      }
      case 'update':
      case 'push': {
        faults.push(...viewFaults(body?.view).map((wrong) => `response_action: ${wrong}`));
        Object.assign(shown, { view: body?.view, hash: `h${this.world.next()}` });
        return;
      }
      default:
        faults.push(`unknown response_action ${String(body?.response_action)}`);
    }
  }
}
