// A bot with a clock that a test sets and that jumps, on one platform or on two; it can be stopped and started anew on
// the same store. `harness` looks every half minute, which takes too long for the months that deadlines take.
import { createHash } from 'node:crypto';
import { type Assembled, assemble } from '../../../src/core/bot.js';
import type { Answer, Args, Person, Place, Posted } from '../../../src/core/call.js';
import type { Card } from '../../../src/core/card.js';
import type { Feature, Logger, Operator } from '../../../src/core/feature.js';
import type { Store } from '../../../src/core/store.js';
import { decodeTarget, encodeTarget } from '../../../src/core/target.js';
import { readTyped } from '../../../src/core/typed.js';
import { commentsFeature } from '../../../src/features/comments/feature.js';
import type { Get } from '../../../src/features/comments/fetch.js';
import { features as shipped } from '../../../src/features/index.js';
import { type FakePlatform, fakePlatform } from '../../support/fake-platform.js';
import { buttonsOf } from '../../support/harness.js';
import { silentLog } from '../../support/log.js';
import { testParts } from '../../support/parts.js';
import { shelfStore } from './shelf-store.js';

/** Something that was posted, and when. */
export interface Seen {
  readonly at: number;
  readonly to: Place | Person;
  readonly card: Card;
}

export interface Where {
  readonly channel?: string;
  /** The channel in which that one is a thread. */
  readonly parent?: string;
  readonly locale?: string;
  readonly platform?: string;
  readonly space?: string;
}

export interface Stage {
  now: Date;
  readonly store: Store;
  readonly seen: Seen[];
  readonly platforms: readonly FakePlatform[];
  /** The bot that runs; another one after {@link restart}. */
  bot: Assembled;
  restart(): void;
  /** Sets the clock and lets the bot look once. */
  beat(at: number): Promise<void>;
  /** Lets the bot look every half hour, and at the end. */
  sleepUntil(instant: string): Promise<void>;
  call(person: string, to: string, args?: Args, where?: Where): Promise<Answer>;
  type(person: string, line: string, where?: Where): Promise<Answer>;
  /** Presses a button, by way of the string that it carries. */
  press(person: string, card: Card, label: string, where?: Where): Promise<Answer>;
}

export interface StageOptions {
  readonly now: string;
  readonly platforms?: readonly string[];
  readonly get?: Get;
  readonly operator?: Operator;
  readonly more?: readonly Feature[];
  readonly log?: Logger;
  /** Puts something between the bot and its store. */
  readonly around?: (store: Store) => Store;
}

/** A list on the web that a test writes. */
export interface Served {
  text: string;
  status: number;
  /** Requests so far. */
  asked: number;
}

export const served =
  (list: Served): Get =>
  async (_url, headers) => {
    list.asked += 1;
    const etag = `"${createHash('sha256').update(list.text).digest('hex')}"`;
    const isKnown = list.status === 200 && headers['if-none-match'] === etag;
    const body = isKnown ? '' : list.text;
    return {
      status: isKnown ? 304 : list.status,
      headers: { etag },
      body: (async function* () {
        yield new TextEncoder().encode(body);
      })(),
    };
  };

const noWeb: Get = () => Promise.reject(new Error('no web'));

function watched(name: string, seen: Seen[], now: () => Date): FakePlatform {
  const platform = fakePlatform(name);
  const post = platform.post.bind(platform);
  const sent = new Map<string, Posted>();
  platform.post = async (to, card, key = '') => {
    // As a platform that knows idempotent posts: the same key is the same message.
    const before = sent.get(key);
    if (before) return before;
    const posted = await post(to, card, key);
    seen.push({ at: now().getTime(), to, card });
    if (key !== '') sent.set(key, posted);
    return posted;
  };
  return platform;
}

export function stage(options: StageOptions): Stage {
  const { get = noWeb, operator = {}, more = [], log = silentLog } = options;
  const names = options.platforms ?? ['slack'];
  const seen: Seen[] = [];
  let now = new Date(options.now);
  const platforms = names.map((name) => watched(name, seen, () => now));
  const own = commentsFeature({ source: get, typed: get });
  const features = [...shipped.map((one) => (one.name === own.name ? own : one)), ...more];
  const store = options.around?.(shelfStore()) ?? shelfStore();
  const start = (): Assembled =>
    assemble({
      features,
      platforms,
      store,
      clock: { now: () => now },
      log,
      staffChannels: Object.fromEntries(names.map((name) => [name, 'staff'])),
      ...testParts,
      operator,
      sleep: async () => undefined,
    });
  const on: Stage = {
    get now() {
      return now;
    },
    set now(at) {
      now = at;
    },
    store,
    seen,
    platforms,
    bot: start(),
    restart() {
      on.bot = start();
    },
    async beat(at) {
      now = new Date(at);
      await on.bot.ticker.beat();
    },
    async sleepUntil(instant) {
      const until = Date.parse(instant);
      while (now.getTime() < until) await on.beat(Math.min(until, now.getTime() + 1_800_000));
    },
    call(person, to, args = {}, { platform = names[0] ?? '', space = 'S1', ...where } = {}) {
      const of = { platform, space };
      const { channel = 'general', parent, locale } = where;
      const place = { ...of, channel, ...(parent ? { parent } : {}) };
      return on.bot.core.answer({
        to,
        args,
        by: { ...of, person },
        place,
        ...(locale ? { platformLocale: locale } : {}),
      });
    },
    async type(person, line, where) {
      const [, command = '', text = ''] = /^(\S+)\s?([\s\S]*)$/.exec(line) ?? [];
      const target = readTyped(features, command, text);
      if (!target) throw new Error(`no command ${command}`);
      return on.call(person, target.to, target.args, where);
    },
    async press(person, card, label, where) {
      const button = buttonsOf(card).find((one) => one.label === label);
      if (!button)
        throw new Error(
          `no button “${label}” among ${buttonsOf(card)
            .map((one) => one.label)
            .join(', ')}`,
        );
      const { to, args } = decodeTarget(encodeTarget(button.target));
      return on.call(person, to, args, where);
    },
  };
  return on;
}
