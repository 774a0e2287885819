// A whole bot in memory, with a clock that a test sets.

import { assemble } from '../../src/core/bot.js';
import { type Answer, type Args, type Incoming, spaceId } from '../../src/core/call.js';
import type { Block, Button, Card, Inline } from '../../src/core/card.js';
import type { Bot, Feature, Logger, Operator } from '../../src/core/feature.js';
import type { Core } from '../../src/core/platform.js';
import { decodeTarget, encodeTarget } from '../../src/core/target.js';
import { readTyped } from '../../src/core/typed.js';
import { features as shipped } from '../../src/features/index.js';
import { type FakePlatform, fakePlatform } from './fake-platform.js';
import { logTo } from './log.js';
import { type MemoryStore, memoryStore } from './memory-store.js';
import { testParts } from './parts.js';

/** A line that was logged, as data. */
export interface Logged {
  readonly level: keyof Logger;
  readonly data: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export interface Harness {
  readonly core: Core;
  readonly bot: Bot;
  readonly store: MemoryStore;
  readonly platform: FakePlatform;
  readonly logged: readonly Logged[];
  /** Types a line in a channel: `type('alice', '/acronym PDP')`. */
  type(person: string, line: string, options?: Where): Promise<Answer>;
  /** Calls a route as a button or a form does. */
  call(person: string, to: string, args?: Args, options?: Where): Promise<Answer>;
  /** Presses the button with this label on a card, which went through the string that a button carries. */
  press(person: string, card: Card, label: string, options?: Where): Promise<Answer>;
  sleepUntil(instant: string): Promise<void>;
}

export interface Where {
  readonly channel?: string;
  readonly locale?: string;
  readonly on?: string;
}

export async function harness(
  options: {
    now?: string;
    features?: readonly Feature[];
    store?: MemoryStore;
    staff?: string;
    operator?: Operator;
  } = {},
): Promise<Harness> {
  let now = new Date(options.now ?? '2026-03-01T12:00:00Z');
  const platform = fakePlatform();
  const store = options.store ?? memoryStore();
  const logged: Logged[] = [];
  const log = logTo((level, data, message) => void logged.push({ level, data: { ...data }, message }));
  const features = options.features ?? shipped;
  const staffChannels = { fake: options.staff };
  const clock = { now: () => now };
  const { core, bot, ticker, outbox } = assemble({
    features,
    platforms: [platform],
    store,
    clock,
    log,
    staffChannels,
    ...testParts,
    sleep: async () => undefined,
    operator: options.operator ?? {},
  });

  const incoming = (person: string, to: string, args: Args, where: Where): Incoming => {
    const space = { platform: 'fake', space: 'S1' };
    const place = { ...space, channel: where.channel ?? 'general' };
    return {
      to,
      args,
      by: { ...space, person },
      place,
      ...(where.locale ? { platformLocale: where.locale } : {}),
      ...(where.on ? { on: { ...place, message: where.on } } : {}),
    };
  };
  const call: Harness['call'] = async (person, to, args = {}, where = {}) => {
    const answer = await core.answer(incoming(person, to, args, where));
    // What is drawn anew follows the answer; a test looks at it afterwards.
    await outbox.idle();
    return answer;
  };
  return {
    core,
    bot,
    store,
    platform,
    logged,
    call,
    async type(person, line, where = {}) {
      const [, command = '', text = ''] = /^(\S+)\s?([\s\S]*)$/.exec(line) ?? [];
      const target = readTyped(features, command, text);
      if (!target) throw new Error(`no command ${command} in ${spaceId({ platform: 'fake', space: 'S1' })}`);
      return call(person, target.to, target.args, where);
    },
    async press(person, card, label, where = {}) {
      const button = buttonsOf(card).find((one) => one.label === label);
      if (!button)
        throw new Error(
          `no button “${label}”; there are: ${buttonsOf(card)
            .map((one) => one.label)
            .join(', ')}`,
        );
      const { to, args } = decodeTarget(encodeTarget(button.target));
      return call(person, to, args, { on: 'm0', ...where });
    },
    async sleepUntil(instant) {
      const until = new Date(instant).getTime();
      while (now.getTime() < until) {
        now = new Date(Math.min(until, now.getTime() + 30_000));
        await ticker.beat();
      }
    },
  };
}

export const buttonsOf = (card: Card): readonly Button[] =>
  card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));

/** The card of an answer, whichever kind carries one. */
export function cardOf(answer: Answer): Card {
  if (answer.kind === 'say' || answer.kind === 'redraw') return answer.card;
  throw new Error(`an answer of kind ${answer.kind} has no card`);
}

const inlineText = (part: Inline): string => {
  if (typeof part === 'string') return part;
  if (part.kind === 'person') return `@${part.person.person}`;
  if (part.kind === 'channel') return `#${part.channel}`;
  return part.kind === 'time' ? part.at.toISOString() : part.text;
};

const blockText = (block: Block): string => {
  if (block.kind === 'text') return block.text.map(inlineText).join('');
  if (block.kind === 'facts')
    return block.facts.map((fact) => `${fact.label}: ${fact.value.map(inlineText).join('')}`).join('\n');
  if (block.kind === 'buttons') return block.buttons.map(({ label }) => `[${label}]`).join(' ');
  return `${block.label}: ${block.choices.map(({ label }) => label).join(' | ')}`;
};

/** A card as a person reads it. */
export const textOf = (card: Card): string => [card.title ?? [], card.blocks.map(blockText)].flat(2).join('\n');
