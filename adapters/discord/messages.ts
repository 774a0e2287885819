// Messages that are posted and edited through the REST API: in channels, and to people in private.
import { createHash, randomUUID } from 'node:crypto';
import { type APIMessage, type Client, MessageFlags, Routes } from 'discord.js';
import type { Person, Place, Posted } from '../../src/core/call.js';
import type { Card } from '../../src/core/card.js';
import { Undeliverable } from '../../src/core/platform.js';
import { meantBy, Unanswered } from './failure.js';
import { limits } from './limits.js';
import { isId } from './markup.js';
import { type Page, renderCard } from './render.js';

export interface Messages {
  /** @throws Undeliverable, or what is worth another try; with `retryAfter` in seconds where Discord said so */
  post(to: Place | Person, card: Card, key?: string): Promise<Posted>;
  /** @throws Undeliverable, or what is worth another try */
  edit(what: Posted, card: Card): Promise<void>;
}

export function messagesBy(client: () => Client): Messages {
  /** Opening the same conversation again and again counts against us. */
  const conversations = new Map<string, string>();

  const opened = async (person: string): Promise<string> => {
    try {
      const body = { recipient_id: person };
      return ((await client().rest.post(Routes.userChannels(), { body })) as { id: string }).id;
    } catch (error) {
      const meant = meantBy(error);
      // However it ended: what failed was not the post yet.
      throw meant instanceof Unanswered ? error : meant;
    }
  };

  const conversationWith = async ({ person }: Person): Promise<string> => {
    if (!isId(person)) throw new Undeliverable('gone', 'no such person');
    const known = conversations.get(person);
    if (known !== undefined) return known;
    const id = await opened(person);
    if (conversations.size >= limits.conversations) conversations.clear();
    conversations.set(person, id);
    return id;
  };

  /** Outside the channels of a server Discord does not say which server a button is about, so the button has to. */
  const guildFor = ({ space, channel }: Place): string | undefined => {
    const known = client().channels.cache.get(channel);
    return known && !known.isDMBased() ? undefined : space;
  };

  return {
    async post(to, card, key = randomUUID()) {
      const channel = 'channel' in to ? to.channel : await conversationWith(to);
      if (!isId(channel)) throw new Undeliverable('gone', 'no such channel');
      const place = { platform: to.platform, space: to.space, channel };
      let first: string | undefined;
      try {
        for (const [at, page] of renderCard(card, guildFor(place)).entries()) {
          // The same nonce within minutes gives back the first message instead of a second one ("Create Message"):
          // discord.js sends a request again when an answer is late.
          const body = { ...bodyOf(page), nonce: nonceOf(`${key}/${at}`), enforce_nonce: true };
          const message = (await client().rest.post(Routes.channelMessages(channel), { body })) as APIMessage;
          first ??= message.id;
        }
        return { ...place, message: first ?? '' };
      } catch (error) {
        throw meantBy(error, first !== undefined);
      }
    },

    async edit(what, card) {
      const [page] = renderCard(card, guildFor(what));
      try {
        await client().rest.patch(Routes.channelMessage(what.channel, what.message), { body: page && bodyOf(page) });
      } catch (error) {
        throw meantBy(error);
      }
    },
  };
}

/** Without a word to the contrary Discord lets a message ping everyone, and an edit anew ("Allowed Mentions"). */
export const bodyOf = (page: Page) => ({
  ...page,
  flags: MessageFlags.SuppressEmbeds,
  allowed_mentions: { parse: [] },
});

const nonceOf = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, limits.nonce);
