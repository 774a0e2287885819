// What leaves by the Web API: posts to channels and people, and words for one person alone.
import type { Person, Place, Posted } from '../../src/core/call.js';
import type { Card } from '../../src/core/card.js';
import type { Clock } from '../../src/core/clock.js';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import { Undeliverable } from '../../src/core/platform.js';
import { Recent } from '../../src/core/recent.js';
import { SlackFailure } from './failure.js';
import type { Opened } from './opened.js';
import { type Message, messagesOf } from './render.js';
import type { Web } from './web.js';

export interface Sending {
  /**
   * Posts a card; what one message does not hold follows in its thread.
   * @throws Undeliverable, SlackFailure
   */
  post(to: Place | Person, card: Card): Promise<Posted>;
  /**
   * Says something to one person where they are, or else in private: a submission has no response_url.
   * @throws Undeliverable, SlackFailure
   */
  whisper(to: Person, at: Opened, message: Message): Promise<void>;
  /**
   * The conversation with a person, `D…`: uploads take no `U…` for it.
   * @throws Undeliverable, SlackFailure
   */
  directWith(person: string): Promise<string>;
}

/** Links in what we say are not unfolded: a card is drawn as it is meant. */
const asDrawn = { unfurl_links: false, unfurl_media: false } as const;

const day = 86_400_000;

/** However it ended: what failed was not the post yet. */
const nothingPosted = (error: unknown): never => {
  throw error instanceof SlackFailure ? new SlackFailure(error.code, error.retryAfter) : error;
};

export function sendingOver(web: Web, clock: Clock, log: Logger): Sending {
  const directs = new Recent<string>(clock, day, 5000);

  const directWith = async (person: string): Promise<string> => {
    const known = directs.get(person);
    if (known) return known;
    const told = await web.patient((client) => client.conversations.open({ users: person }));
    const channel = told.channel?.id;
    if (!channel) throw new Undeliverable('closed', 'no_direct_channel');
    directs.set(person, channel);
    return channel;
  };

  const send = async (channel: string, { text, blocks }: Message, thread: string | undefined): Promise<string> => {
    const inThread = thread === undefined ? {} : { thread_ts: thread };
    const told = await web.patient((client) =>
      client.chat.postMessage({ channel, text, blocks, ...inThread, ...asDrawn }),
    );
    return told.ts ?? '';
  };

  return {
    directWith,
    async post(to, card) {
      const channel = 'channel' in to ? to.channel : await directWith(to.person).catch(nothingPosted);
      const thread = 'channel' in to ? to.thread : undefined;
      const [first, ...others] = messagesOf(card);
      const message = await send(channel, first, thread);
      for (const other of others) {
        try {
          await send(channel, other, thread ?? message);
        } catch (error) {
          // The card is posted; were this thrown on, all of it would be posted a second time.
          log.warn(faultFacts(error), 'the rest of a long card could not be posted');
          break;
        }
      }
      const { platform, space } = to;
      return { platform, space, channel, ...(thread === undefined ? {} : { thread }), message };
    },
    async whisper({ person }, at, message) {
      const { channel, thread } = at;
      if (channel !== undefined) {
        try {
          const { text, blocks } = message;
          const inThread = thread === undefined ? {} : { thread_ts: thread };
          await web.quick((client) =>
            client.chat.postEphemeral({ channel, user: person, text, blocks, ...inThread, ...asDrawn }),
          );
          return;
        } catch (error) {
          // A channel that we are not in, or they are no longer: their direct messages are left.
          log.debug(faultFacts(error), 'a private answer goes by direct message');
        }
      }
      await send(await directWith(person), message, undefined);
    },
  };
}
