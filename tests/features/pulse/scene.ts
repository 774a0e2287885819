// A bot with a pulse that has been asked, and a channel full of people to answer it.
import { setTimeout as sleep } from 'node:timers/promises';
import { vi } from 'vitest';
import type { Answer } from '../../../src/core/call.js';
import type { Card, Form } from '../../../src/core/card.js';
import { type Pulse, pulseKind } from '../../../src/features/pulse/model.js';
import { buttonsOf, cardOf, type Harness, harness, textOf, type Where } from '../../support/harness.js';

/** Members p1, p2, … of the channel `general`, beside alice, bob, sam and root; sam is staff. */
export async function scene(people = 12): Promise<Harness> {
  const bot = await harness({ staff: 'staff' });
  const general = bot.platform.channels.get('general');
  for (let n = 1; n <= people; n += 1) general?.members.add(`p${n}`);
  bot.platform.channels.set('board', { state: 'private', members: new Set(['alice', 'bob', 'p1']) });
  return bot;
}

export interface Asked {
  readonly id: string;
  /** The card in the channel, as it now reads. */
  card(): Card;
  text(): string;
  press(person: string, label: string, where?: Where): Promise<Answer>;
  /** Presses on the card, and what the presser is told. */
  told(person: string, label: string, where?: Where): Promise<string>;
  /** Once the card has been drawn so that it says this. */
  says(words: string): Promise<void>;
  kept(): Promise<Pulse>;
}

/** Types a line that posts a pulse at once. */
export async function asked(bot: Harness, line: string, person = 'alice', where: Where = {}): Promise<Asked> {
  const before = bot.platform.messages.length;
  const answer = await bot.type(person, `/pulse ${line}`, where);
  const message = bot.platform.messages[before];
  if (!message) throw new Error(`nothing was posted: ${JSON.stringify(answer)}`);
  return onCard(bot, message.posted.message);
}

/** The pulse whose card this message is. */
export function onCard(bot: Harness, on: string): Asked {
  const card = (): Card => {
    const found = bot.platform.messages.find(({ posted }) => posted.message === on);
    if (!found) throw new Error(`no message ${on}`);
    return found.card;
  };
  const id = /ID (\w+)/.exec(card().title ?? '')?.[1] ?? '';
  const buttons = buttonsOf(card());
  const press: Asked['press'] = (person, label, where = {}) => {
    // The card as it was posted: who presses may not have seen a newer one.
    const shown: Card = { locale: 'en', blocks: [{ kind: 'buttons', buttons }] };
    return bot.press(person, shown, label, { on, ...where });
  };
  return {
    id,
    card,
    text: () => textOf(card()),
    press,
    told: async (person, label, where) => toldIn(await press(person, label, where)),
    says: (words) =>
      vi.waitFor(() => {
        if (!textOf(card()).includes(words)) throw new Error(`“${words}” is not in ${textOf(card())}`);
      }),
    async kept() {
      const doc = await bot.bot.store.collection(pulseKind).get(id);
      if (!doc) throw new Error(`no pulse ${id}`);
      return doc.value;
    },
  };
}

/** What somebody is told in private: a note beside a redrawn card, or the card itself. */
export const toldIn = (answer: Answer): string =>
  answer.kind === 'redraw' && answer.note ? textOf(answer.note) : textOf(cardOf(answer));

/** Long enough for whatever nobody waits for to be done. */
export const settle = (): Promise<void> => sleep(30);

/** `['p1', …, 'pn']`. */
export const crowd = (people: number, from = 1): readonly string[] =>
  Array.from({ length: people }, (_, n) => `p${n + from}`);

/** A form as it comes back. */
export const filled = { question: 'Shall we?', options: 'Yes\nNo', kind: 'named-one', results: 'live', closes: '3d' };

export const formOf = (answer: Answer): Form => {
  if (answer.kind !== 'ask' && answer.kind !== 'again') throw new Error(`no form: ${JSON.stringify(answer)}`);
  return answer.form;
};

export const valuesOf = (answer: Answer): Record<string, string | undefined> =>
  Object.fromEntries(formOf(answer).fields.map(({ name, value }) => [name, value]));

export const wrongOf = (answer: Answer) => (answer.kind === 'again' ? answer.wrong : undefined);

/** The preview of a form that was filled in like this. */
export const preview = async (bot: Harness, change: Record<string, string> = {}, person = 'alice') =>
  cardOf(await bot.call(person, 'pulse.draft', { ...filled, ...change }));
