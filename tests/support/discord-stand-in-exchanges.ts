// Interactions of the stand-in for Discord, and the rules for answering them: in time, once, and in a way that fits.
import { filesAfter } from './discord-stand-in-files.js';
import { faultOfMessage, faultOfModal } from './discord-stand-in-limits.js';
import { type Exchange, type Json, type Message, messageJson } from './discord-stand-in-world.js';

export type Respond = (status: number, body?: Json) => void;

/** Types of interactions as Discord numbers them: 2 command, 3 component, 4 completion, 5 modal. */
type Kind = 2 | 3 | 4 | 5;

interface Open extends Exchange {
  readonly kind: Kind;
  readonly born: number;
  answered: boolean;
}

/** Tokens of interactions are valid for 15 minutes ("Followup Messages"), in milliseconds. */
const tokenLasts = 900_000;

/** Callbacks by the interaction that they may answer ("Receiving and Responding"). */
const callbacks: Readonly<Record<Kind, readonly number[]>> = {
  2: [4, 5, 9],
  3: [4, 5, 6, 7, 9],
  4: [8],
  5: [4, 5, 6, 7],
};

export interface ExchangeParts {
  readonly newId: () => string;
  /** Notes a refusal and answers with it. */
  readonly refuse: (fault: string, respond: Respond) => void;
}

export class Exchanges {
  readonly #open = new Map<string, Open>();

  constructor(readonly parts: ExchangeParts) {}

  /** @returns the one that is there already, when the same interaction comes twice */
  begin(id: string, token: string, kind: number, on: Message | undefined): Exchange & { readonly answered: boolean } {
    const fresh: Open = {
      ...{ id, token, kind: kind as Kind, on, type: 0, data: undefined },
      ...{ messages: [], answered: false, born: Date.now() },
    };
    const exchange = this.#open.get(id) ?? fresh;
    this.#open.set(id, exchange);
    this.#forgetOld();
    return exchange;
  }

  #forgetOld(): void {
    for (const [id, { born }] of this.#open) {
      if (Date.now() - born < tokenLasts) return;
      this.#open.delete(id);
    }
  }

  /** The first answer. */
  callback([id = '']: string[], { type, data }: Json, respond: Respond): void {
    const exchange = this.#open.get(id);
    if (!exchange || Date.now() - exchange.born > 3000) {
      respond(404, { code: 10062, message: 'Unknown interaction' });
      return;
    }
    if (exchange.answered) {
      respond(400, { code: 40060, message: 'Interaction has already been acknowledged.' });
      return;
    }
    const fault = this.#faultOf(exchange, type, data);
    if (fault) {
      this.parts.refuse(fault, respond);
      return;
    }
    Object.assign(exchange, { type, data });
    if (type === 4) exchange.messages.push(this.#message(data, data.flags));
    if (type === 7) changed(exchange.on, data, this.parts.newId);
    exchange.answered = true;
    respond(204);
  }

  /** A change of the first answer. */
  original([token = '']: string[], body: Json, respond: Respond): void {
    this.#further(token, body, respond, (exchange) => {
      if (exchange.type === 6 || exchange.type === 7) return changed(exchange.on, body, this.parts.newId);
      const [first] = exchange.messages;
      if (first) return changed(first, body, this.parts.newId);
      const made = this.#message(body, exchange.data?.flags);
      exchange.messages.push(made);
      return made;
    });
  }

  withdraw([token = '']: string[], _: Json, respond: Respond): void {
    this.#of(token)?.messages.shift();
    respond(204);
  }

  followUp([token = '']: string[], body: Json, respond: Respond): void {
    this.#further(token, body, respond, ({ messages }) => {
      const made = this.#message(body, body.flags);
      messages.push(made);
      return made;
    });
  }

  #of(token: string): Open | undefined {
    return [...this.#open.values()].find((one) => one.token === token);
  }

  #further(token: string, body: Json, respond: Respond, apply: (exchange: Open) => Message | undefined): void {
    const exchange = this.#of(token);
    const fault = faultOfMessage(body);
    if (!exchange?.answered) respond(404, { code: 10015, message: 'Unknown Webhook' });
    else if (fault) this.parts.refuse(fault, respond);
    else {
      const message = apply(exchange);
      respond(200, message ? messageJson(message) : undefined);
    }
  }

  #faultOf({ kind, on }: Open, type: number, data: Json): string | undefined {
    if (!callbacks[kind].includes(type)) return `callback ${type} does not answer an interaction of type ${kind}`;
    if ((type === 6 || type === 7) && !on) return 'there is no message to change';
    if (type === 9) return faultOfModal(data);
    return type === 4 || type === 7 ? faultOfMessage(data) : undefined;
  }

  #message({ content, components = [], attachments = [] }: Json, flags = 0): Message {
    const { newId } = this.parts;
    return { id: newId(), channel: 'private', content, components, flags, files: filesAfter(attachments, [], newId) };
  }
}

/** The message as it now reads. */
export function changed(
  message: Message | undefined,
  { content, components, attachments }: Json,
  newId: () => string,
): Message | undefined {
  if (!message) return undefined;
  const files = filesAfter(attachments, message.files ?? [], newId);
  return Object.assign(message, { content, components: components ?? message.components, files });
}
