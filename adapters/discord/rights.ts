// Who may see and do what, by Discord's own permissions; without any privileged intent.

import { type Client, type Guild, type GuildBasedChannel, type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { Person, Place, Space } from '../../src/core/call.js';
import type { Clock } from '../../src/core/clock.js';
import type { ChannelState, Lack } from '../../src/core/platform.js';
import { Recent } from '../../src/core/recent.js';
import { isUnseen } from './failure.js';
import { limits, times } from './limits.js';
import { isId } from './markup.js';

/** What the bot needs in a server, as Discord's settings call it. */
const needed = [
  [PermissionFlagsBits.ViewChannel, 'View Channels'],
  [PermissionFlagsBits.SendMessages, 'Send Messages'],
  [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads'],
  [PermissionFlagsBits.EmbedLinks, 'Embed Links'],
  [PermissionFlagsBits.AttachFiles, 'Attach Files'],
] as const;

const working = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages];

export interface Rights {
  /** An interaction has just told of this member: discord.js keeps what it said. */
  heardOf(guild: string, user: string): void;
  channel(place: Place): Promise<ChannelState>;
  isIn(place: Place, person: Person): Promise<boolean>;
  isAdmin(person: Person): Promise<boolean>;
  lacks(space: Space): Promise<readonly Lack[]>;
}

interface Known {
  readonly guild: Guild;
  readonly found: GuildBasedChannel;
}

export function rightsBy(client: () => Client, clock: Clock): Rights {
  const heard = new Recent<true>(clock, times.rights, limits.heard);

  const guildOf = (id: string): Promise<Guild> => client().guilds.fetch(id);

  /** From the interaction that is being answered, else asked for. */
  const memberOf = async (guild: Guild, user: string): Promise<GuildMember> => {
    const cached = guild.members.cache.get(user);
    const isFresh = heard.get(`${guild.id}/${user}`) === true;
    return cached && isFresh ? cached : guild.members.fetch({ user, force: true });
  };

  /** @returns undefined when it is not there for us. @throws when Discord cannot be asked: that is no answer */
  const channelOf = async ({ space, channel }: Place): Promise<Known | undefined> => {
    if (!isId(channel) || !isId(space)) return undefined;
    try {
      const guild = await guildOf(space);
      const found = guild.channels.cache.get(channel) ?? (await guild.channels.fetch(channel));
      return found ? { guild, found } : undefined;
    } catch (error) {
      if (isUnseen(error)) return undefined;
      throw error;
    }
  };

  return {
    heardOf(guild, user) {
      heard.set(`${guild}/${user}`, true);
    },
    async channel(place) {
      const known = await channelOf(place);
      if (!known) return 'unreachable';
      const { guild, found } = known;
      const me = guild.members.me ?? (await guild.members.fetchMe());
      if (!found.permissionsFor(me).has(working)) return 'unreachable';
      return found.permissionsFor(guild.roles.everyone).has(PermissionFlagsBits.ViewChannel) ? 'public' : 'private';
    },
    async isIn(place, person) {
      if (place.space !== person.space) return false;
      const known = await channelOf(place);
      if (!known) return false;
      const member = await memberOf(known.guild, person.person).catch((error: unknown) => {
        // Who has left is in no channel; whoever cannot be asked about is left to the caller.
        if (isUnseen(error)) return undefined;
        throw error;
      });
      return member !== undefined && known.found.permissionsFor(member).has(working);
    },
    async isAdmin({ space, person }) {
      return (await memberOf(await guildOf(space), person)).permissions.has(PermissionFlagsBits.ManageGuild);
    },
    async lacks({ space }) {
      const guild = await guildOf(space);
      const me = guild.members.me ?? (await guild.members.fetchMe());
      const missing = needed.filter(([flag]) => !me.permissions.has(flag));
      return missing.map(([, what]) => ({ key: 'lacksPermission', args: { what } }) as const);
    },
  };
}
