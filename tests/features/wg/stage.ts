// A whole bot with two workspaces on two platforms, a clock that is set, and a log that can be read at every level.
import { pino } from 'pino';
import { assemble } from '../../../src/core/bot.js';
import type { Answer, Args } from '../../../src/core/call.js';
import type { Card, Form } from '../../../src/core/card.js';
import { Undeliverable } from '../../../src/core/platform.js';
import type { Store } from '../../../src/core/store.js';
import { decodeTarget, encodeTarget } from '../../../src/core/target.js';
import { readTyped } from '../../../src/core/typed.js';
import { features } from '../../../src/features/index.js';
import { type FakePlatform, fakePlatform } from '../../support/fake-platform.js';
import { buttonsOf, cardOf, textOf } from '../../support/harness.js';
import { memoryStore } from '../../support/memory-store.js';
import { testParts } from '../../support/parts.js';

/** What was done where: on the platform `fake` in the channel `general`, unless said. */
export interface Where {
  readonly platform?: string;
  readonly channel?: string;
  readonly thread?: string;
  readonly locale?: string;
  readonly on?: string;
}

export interface Options {
  readonly now?: string;
  /** Staff channels, by platform. `sam` and `sue` are in that of `fake`, `tom` and `tia` in that of `other`. */
  readonly staff?: Readonly<Record<string, string>>;
  /** A real engine in the place of the one in memory. */
  readonly store?: Store;
}

export type Stage = ReturnType<typeof stage>;

/** Monday morning. */
export const monday = '2026-03-02T09:00:00.000Z';

export const inStaff = { channel: 'staff' } as const;

export function stage({ now: start = monday, staff = { fake: 'staff' }, store: given }: Options = {}) {
  let now = new Date(start);
  const [fake, other] = [fakePlatform('fake'), fakePlatform('other')];
  fake.channels.set('staff', { state: 'private', members: new Set(['sam', 'sue']) });
  other.channels.set('staff', { state: 'private', members: new Set(['tom', 'tia']) });
  other.channels.get('general')?.members.add('olga');
  const closed = new Set<string>();
  const post = fake.post;
  fake.post = async (to, card, key) => {
    if ('person' in to && closed.has(to.person)) throw new Undeliverable('closed', 'cannot_dm_user');
    return post(to, card, key);
  };
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const store = memoryStore();
  const { core, bot, ticker, outbox, health } = assemble({
    features,
    platforms: [fake, other],
    store: given ?? store,
    clock: { now: () => now },
    log,
    staffChannels: staff,
    ...testParts,
  });

  const call = async (person: string, to: string, args: Args = {}, where: Where = {}): Promise<Answer> => {
    const space = { platform: where.platform ?? 'fake', space: 'S1' };
    const { thread } = where;
    const place = { ...space, channel: where.channel ?? 'general', ...(thread ? { thread } : {}) };
    const answer = await core.answer({
      to,
      args,
      by: { ...space, person },
      place,
      ...(where.locale ? { platformLocale: where.locale } : {}),
      ...(where.on ? { on: { ...place, message: where.on } } : {}),
    });
    await outbox.idle();
    return answer;
  };
  return {
    bot,
    core,
    store,
    fake,
    other,
    call,
    logged: () => lines.join('\n'),
    metrics: async () => (await health.metrics()).body,
    type(person: string, line: string, where: Where = {}) {
      const [, command = '', text = ''] = /^(\S+)\s?([\s\S]*)$/.exec(line) ?? [];
      const target = readTyped(features, command, text);
      if (!target) throw new Error(`no command ${command}`);
      return call(person, target.to, target.args, where);
    },
    press(person: string, card: Card, label: string, where: Where = {}) {
      const labels = buttonsOf(card).map((one) => one.label);
      const button = buttonsOf(card).find((one) => one.label === label);
      if (!button) throw new Error(`no button “${label}”; there are: ${labels.join(', ')}`);
      const { to, args } = decodeTarget(encodeTarget(button.target));
      return call(person, to, args, { on: 'private', ...where });
    },
    /** Sends a form with what is filled into it; its own values stand where nothing is. */
    send(person: string, form: Form, filled: Args, where: Where = {}) {
      const { to, args } = decodeTarget(encodeTarget(form.target));
      const had = form.fields.map(({ name, value }) => [name, value ?? ''] as const);
      return call(person, to, { ...args, ...Object.fromEntries(had), ...filled }, where);
    },
    /** Sets the clock, and lets what is due be done. */
    async at(instant: string) {
      now = new Date(instant);
      await ticker.beat();
      await outbox.idle();
    },
    async beat() {
      await ticker.beat();
      await outbox.idle();
    },
    /** Messages as they now read, of a channel or of somebody's private messages. */
    messages: (channel: string, platform: FakePlatform = fake) =>
      platform.messages.filter(({ posted }) => posted.channel === channel),
    /** From here on direct messages of this person are closed. */
    close: (person: string) => void closed.add(person),
  };
}

export const formOf = (answer: Answer): Form => {
  if (answer.kind === 'ask' || answer.kind === 'again') return answer.form;
  throw new Error(`an answer of kind ${answer.kind} has no form: ${textOf(cardOf(answer))}`);
};

export const saidBy = (answer: Answer): string => textOf(cardOf(answer));

/** What is told beside a card that was drawn anew, or the answer itself. */
export const noteOf = (answer: Answer): string =>
  answer.kind === 'redraw' && answer.note ? textOf(answer.note) : saidBy(answer);

export const first = { capacity: 'member', represents: 'government', process: 'yes', share: '' } as const;
export const second = { region: 'AFRALO', country: 'Kenya', languages: 'en,fr', why: 'public safety' } as const;

/** Goes through the form for a group, and gives the last answer. */
export async function asks(on: Stage, person: string, group: string, more: Args = {}, where: Where = {}) {
  let answer = await on.type(person, `/wg join ${group}`, where);
  for (let step = 0; answer.kind === 'ask' && step < 6; step += 1) {
    answer = await on.send(person, answer.form, { ...first, ...second, ...more }, where);
  }
  return answer;
}

/** The one message of the staff channel that is the card of a request, and the button presses on it. */
export function cardIn(on: Stage, platform: FakePlatform = on.fake, nth = 0) {
  const cards = on.messages('staff', platform).filter(({ card }) => card.title?.startsWith('Request to join'));
  const message = cards[nth];
  if (!message) throw new Error('no card');
  const where = { platform: platform.name, channel: 'staff', on: message.posted.message };
  return {
    message,
    text: textOf(message.card),
    press: (person: string, label: string) => on.press(person, message.card, label, where),
    where,
  };
}
