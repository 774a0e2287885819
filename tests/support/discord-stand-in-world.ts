// Who and what is in the server that the stand-in for Discord plays, as Discord's own JSON.
import { attachmentJson, type DiscordFile } from './discord-stand-in-files.js';

// biome-ignore lint/suspicious/noExplicitAny: whatever JSON a bot sends, checked by the limits below
export type Json = any;

export interface Message {
  readonly id: string;
  readonly channel: string;
  content: string;
  components: Json[];
  readonly flags: number;
  files?: readonly DiscordFile[];
}

/** What the bot answered to one interaction. */
export interface Exchange {
  readonly id: string;
  readonly token: string;
  /** Types of callbacks as Discord numbers them: 4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 modal. */
  type: number;
  readonly data: Json;
  /** Private messages: the first answer and the follow-ups. */
  readonly messages: Message[];
  /** The message that the pressed button sits on, as it now reads. */
  readonly on: Message | undefined;
}

const viewChannel = 1n << 10n;
const sendMessages = 1n << 11n;
const manageGuild = 1n << 5n;
const manageThreads = 1n << 34n;
export const everyone = viewChannel | sendMessages | (1n << 14n) | (1n << 15n) | (1n << 38n);

export const ids = {
  application: '100000000000000001',
  guild: '200000000000000001',
  general: '300000000000000001',
  staff: '300000000000000002',
  hidden: '300000000000000003',
  /** A private thread of `general`. */
  aside: '300000000000000004',
  /** All may write in its threads, and nowhere else. */
  forum: '300000000000000005',
  thread: '300000000000000006',
  botRole: '400000000000000001',
  staffRole: '400000000000000002',
  adminRole: '400000000000000003',
  alice: '500000000000000001',
  sam: '500000000000000002',
  root: '500000000000000003',
} as const;

/** Further channels that all may write in. */
export const halls: readonly string[] = Array.from({ length: 10 }, (_, n) => `31000000000000000${n}`);

export type Member = 'alice' | 'sam' | 'root';

/** What the others read: a nickname in this server, else the name that somebody goes by, else that of the account. */
const names: Readonly<Record<Member, { readonly nick?: string; readonly global: string | null }>> = {
  alice: { global: 'Alice A.' },
  sam: { nick: 'Sam (staff)', global: 'Samira' },
  root: { global: null },
};

/** Who has which roles at first. */
export const firstRoles = (): Record<Member, string[]> => ({
  alice: [],
  sam: [ids.staffRole],
  root: [ids.adminRole],
});

export function memberJson(member: Member, roles: readonly string[]): Json {
  const admin = roles.includes(ids.adminRole) ? manageGuild : 0n;
  return { ...memberData(member, roles), permissions: String(everyone | admin) };
}

export function memberData(member: Member, roles: readonly string[]): Json {
  const { nick = null, global } = names[member];
  const user = { id: ids[member], username: member, discriminator: '0', avatar: null, global_name: global };
  return { user, nick, roles, joined_at: '2026-01-01T00:00:00Z', deaf: false, mute: false, flags: 0 };
}

export function messageJson(message: Message, author: Member | 'bot' = 'bot'): Json {
  const id = author === 'bot' ? ids.application : ids[author];
  const { channel, files = [], ...rest } = message;
  return {
    ...rest,
    channel_id: channel,
    type: 0,
    tts: false,
    pinned: false,
    mention_everyone: false,
    timestamp: '2026-01-01T00:00:00Z',
    edited_timestamp: null,
    mentions: [],
    mention_roles: [],
    attachments: files.map(attachmentJson),
    embeds: [],
    author: { id, username: author, discriminator: '0', avatar: null, bot: author === 'bot' },
  };
}

/** A thread, as a server tells of those that the bot can see. @param type as Discord numbers them: 11 public, 12 private */
const threadJson = (id: string, type: 11 | 12, parent: string): Json => ({
  id,
  type,
  name: `t${id}`,
  parent_id: parent,
  guild_id: ids.guild,
  owner_id: ids.sam,
  message_count: 0,
  member_count: 2,
  rate_limit_per_user: 0,
  thread_metadata: {
    ...{ archived: false, auto_archive_duration: 1440, archive_timestamp: '2026-01-01T00:00:00Z' },
    ...{ locked: false, invitable: false },
  },
});

/** A channel or a thread, as an interaction tells where it was. */
export function partialChannel(id: string): Json {
  const thread = guildJson().threads.find((one: Json) => one.id === id);
  return thread ?? { id, type: 0 };
}

export function guildJson(): Json {
  const role = (id: string, permissions: bigint, position: number): Json => ({
    id,
    name: id,
    permissions: String(permissions),
    position,
    color: 0,
    hoist: false,
    managed: false,
    mentionable: false,
    flags: 0,
  });
  const channel = (id: string, overwrites: Json[] = []): Json => ({
    id,
    type: 0,
    name: `c${id}`,
    position: 0,
    permission_overwrites: overwrites,
    guild_id: ids.guild,
    nsfw: false,
  });
  const deny = { id: ids.guild, type: 0, allow: '0', deny: String(viewChannel) };
  const allow = (id: string): Json => ({ id, type: 0, allow: String(viewChannel | sendMessages), deny: '0' });
  return {
    id: ids.guild,
    name: 'Community',
    owner_id: '700000000000000001',
    features: [],
    emojis: [],
    stickers: [],
    threads: [threadJson(ids.aside, 12, ids.general), threadJson(ids.thread, 11, ids.forum)],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    member_count: 4,
    large: false,
    unavailable: false,
    joined_at: '2026-01-01T00:00:00Z',
    preferred_locale: 'en-US',
    roles: [
      role(ids.guild, everyone, 0),
      role(ids.botRole, everyone, 3),
      role(ids.staffRole, 0n, 1),
      role(ids.adminRole, manageGuild | manageThreads, 2),
    ],
    channels: [
      channel(ids.general),
      ...halls.map((id) => channel(id)),
      channel(ids.staff, [deny, allow(ids.staffRole), allow(ids.botRole)]),
      channel(ids.hidden, [deny]),
      channel(ids.forum, [{ ...deny, deny: String(sendMessages) }]),
    ],
    members: [
      {
        user: { id: ids.application, username: 'Rapporteur', discriminator: '0', avatar: null, bot: true },
        roles: [ids.botRole],
        joined_at: '2026-01-01T00:00:00Z',
        deaf: false,
        mute: false,
        flags: 0,
      },
    ],
  };
}
