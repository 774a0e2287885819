// A chat platform in memory: who is where is a table, and what was posted can be read.
import type { Person, Place, Posted } from '../../src/core/call.js';
import type { Card } from '../../src/core/card.js';
import { type ChannelState, type Platform, Undeliverable } from '../../src/core/platform.js';

export interface Message {
  readonly to: Place | Person;
  readonly posted: Posted;
  readonly card: Card;
}

export interface FakePlatform extends Platform {
  /** Every message as it now reads, oldest first. */
  readonly messages: Message[];
  /** Channels by id; those that are not listed are unreachable. */
  readonly channels: Map<string, { state: ChannelState; members: Set<string> }>;
  readonly admins: Set<string>;
  /** Who is only a guest in the channels that they are in. */
  readonly guests: Set<string>;
  /** Who is no longer of any workspace here. */
  readonly left: Set<string>;
  isConnected: boolean;
}

export function fakePlatform(name = 'fake'): FakePlatform {
  const messages: Message[] = [];
  const channels: FakePlatform['channels'] = new Map([
    ['general', { state: 'public', members: new Set(['alice', 'bob', 'sam', 'root']) }],
    ['staff', { state: 'private', members: new Set(['sam']) }],
  ]);
  const platform: FakePlatform = {
    name,
    messages,
    channels,
    admins: new Set(['root']),
    guests: new Set(),
    left: new Set(),
    isConnected: true,
    pace: { post: 0, edit: 0, editsBy: 'channel' },
    start: async () => undefined,
    stop: async () => undefined,
    connected: () => platform.isConnected,
    async post(to, card) {
      const channel = 'channel' in to ? to.channel : `dm-${to.person}`;
      if ('channel' in to && (channels.get(channel)?.state ?? 'unreachable') === 'unreachable') {
        throw new Undeliverable('notInvited', 'channel_not_found');
      }
      const { platform: on, space } = to;
      const posted = { platform: on, space, channel, message: `m${messages.length + 1}` };
      messages.push({ to, posted, card });
      return posted;
    },
    async edit(what, card) {
      const at = messages.findIndex(({ posted }) => posted.message === what.message);
      const old = messages[at];
      if (!old) throw new Undeliverable('gone', 'message_not_found');
      messages[at] = { ...old, card };
    },
    channel: async ({ channel }) => channels.get(channel)?.state ?? 'unreachable',
    presence: async ({ channel }, { person }) => {
      if (!channels.get(channel)?.members.has(person)) return 'absent';
      return platform.guests.has(person) ? 'guest' : 'member';
    },
    hasLeft: async ({ person }) => platform.left.has(person),
    profile: async ({ person }) => ({
      name: `${person.slice(0, 1).toUpperCase()}${person.slice(1)}`,
      zone: 'Africa/Nairobi',
    }),
    isAdmin: async ({ person }) => platform.admins.has(person),
    lacks: async () => [],
  };
  return platform;
}
