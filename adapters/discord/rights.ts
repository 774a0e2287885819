// Who may see and do what, by Discord's own permissions; without any privileged intent.

import {
  type AnyThreadChannel,
  type APIUser,
  ChannelType,
  type Client,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
  PermissionFlagsBits,
  type Role,
  Routes,
} from 'discord.js';
import type { Person, Place, Space } from '../../src/core/call.js';
import type { Clock } from '../../src/core/clock.js';
import type { ChannelState, Lack, Presence, Profile } from '../../src/core/platform.js';
import { Recent } from '../../src/core/recent.js';
import { isNobody, isUnseen } from './failure.js';
import { limits, times } from './limits.js';
import { isId } from './markup.js';

/** What the bot needs in a server, as Discord's settings call it. */
export const needed = [
  [PermissionFlagsBits.ViewChannel, 'View Channels'],
  [PermissionFlagsBits.SendMessages, 'Send Messages'],
  [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads'],
  [PermissionFlagsBits.EmbedLinks, 'Embed Links'],
  [PermissionFlagsBits.AttachFiles, 'Attach Files'],
] as const;

/** What somebody needs to take part; in a thread it is another permission than in the channel that it belongs to. */
const working = (channel: GuildBasedChannel): bigint =>
  PermissionFlagsBits.ViewChannel |
  (channel.isThread() ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages);

/** Of a thread discord.js asks the channel that it belongs to, and gives null where it does not know that one. */
const may = (channel: GuildBasedChannel, who: GuildMember | Role, flags: bigint): boolean =>
  channel.permissionsFor(who)?.has(flags) ?? false;

const isPrivateThread = (channel: GuildBasedChannel): channel is AnyThreadChannel =>
  channel.type === ChannelType.PrivateThread;

/** Undefined where what is asked for is not there for us; whatever else goes wrong is left to the caller. */
const unlessUnseen = (error: unknown): undefined => {
  if (isUnseen(error)) return undefined;
  throw error;
};

/** Only who was added to a private thread, or manages threads, reads it; who may write in its channel need not. */
async function isIn(channel: GuildBasedChannel, member: GuildMember): Promise<boolean> {
  if (!may(channel, member, working(channel))) return false;
  if (!isPrivateThread(channel) || may(channel, member, PermissionFlagsBits.ManageThreads)) return true;
  // What discord.js keeps of a thread's members grows old: without a privileged intent it hears of nobody's leaving.
  const asked = channel.members.fetch({ member: member.id, force: true, cache: false });
  return (await asked.catch(unlessUnseen)) !== undefined;
}

export interface Rights {
  /** An interaction has just told of this member: discord.js keeps what it said. */
  heardOf(guild: string, user: string): void;
  channel(place: Place): Promise<ChannelState>;
  presence(place: Place, person: Person): Promise<Presence>;
  hasLeft(person: Person): Promise<boolean>;
  profile(person: Person): Promise<Profile>;
  isAdmin(person: Person): Promise<boolean>;
  lacks(space: Space): Promise<readonly Lack[]>;
}

interface Known {
  readonly guild: Guild;
  readonly found: GuildBasedChannel;
}

export function rightsBy(client: () => Client, clock: Clock): Rights {
  const heard = new Recent<true>(clock, times.rights, limits.heard);

  let ownId: string | undefined;

  const guildOf = (id: string): Promise<Guild> => client().guilds.fetch(id);

  /** From the interaction that is being answered, else asked for. */
  const memberOf = async (guild: Guild, user: string): Promise<GuildMember> => {
    const cached = guild.members.cache.get(user);
    const isFresh = heard.get(`${guild.id}/${user}`) === true;
    return cached && isFresh ? cached : guild.members.fetch({ user, force: true });
  };

  /** Our own member; who we are is asked for where no login has told. */
  const meIn = async (guild: Guild): Promise<GuildMember> => {
    const { user, rest } = client();
    if (user && guild.members.me) return guild.members.me;
    ownId ??= user?.id ?? ((await rest.get(Routes.user())) as APIUser).id;
    return guild.members.fetch(ownId);
  };

  /** @returns undefined when it is not there for us. @throws when Discord cannot be asked: that is no answer */
  const channelOf = async ({ space, channel }: Place): Promise<Known | undefined> => {
    if (!isId(channel) || !isId(space)) return undefined;
    const known = async (): Promise<Known | undefined> => {
      const guild = await guildOf(space);
      const found = guild.channels.cache.get(channel) ?? (await guild.channels.fetch(channel));
      // Without a gateway nobody has told of the channel that a thread belongs to, whose permissions are the thread's.
      if (found?.isThread() && !found.parent && found.parentId) await guild.channels.fetch(found.parentId);
      return found ? { guild, found } : undefined;
    };
    return known().catch(unlessUnseen);
  };

  return {
    heardOf(guild, user) {
      heard.set(`${guild}/${user}`, true);
    },
    async channel(place) {
      const known = await channelOf(place);
      if (!known) return 'unreachable';
      const { guild, found } = known;
      const me = await meIn(guild);
      if (!may(found, me, working(found))) return 'unreachable';
      const isOpen = !isPrivateThread(found) && may(found, guild.roles.everyone, PermissionFlagsBits.ViewChannel);
      return isOpen ? 'public' : 'private';
    },
    /** Discord knows no guests: whoever sees a channel and may write in it is in it. */
    async presence(place, person) {
      if (place.space !== person.space) return 'absent';
      const known = await channelOf(place);
      if (!known) return 'absent';
      // Who has left is in no channel.
      const member = await memberOf(known.guild, person.person).catch(unlessUnseen);
      return member && (await isIn(known.found, member)) ? 'member' : 'absent';
    },
    async hasLeft({ space, person }) {
      // Where we are not ourselves nobody can be seen, which says nothing of who is there.
      const guild = await guildOf(space);
      try {
        await memberOf(guild, person);
        return false;
      } catch (error) {
        if (isNobody(error)) return true;
        throw error;
      }
    },
    /** Discord tells nobody's time zone. */
    async profile({ space, person }) {
      return { name: (await memberOf(await guildOf(space), person)).displayName };
    },
    async isAdmin({ space, person }) {
      return (await memberOf(await guildOf(space), person)).permissions.has(PermissionFlagsBits.ManageGuild);
    },
    async lacks({ space }) {
      const guild = await guildOf(space);
      const me = await meIn(guild);
      const missing = needed.filter(([flag]) => !me.permissions.has(flag));
      return missing.map(([, what]) => ({ key: 'lacksPermission', args: { what } }) as const);
    },
  };
}
