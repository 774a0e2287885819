// Who is in the local workspace and where: a table, since there is no platform to ask. All of them are made up.
import type { Person, Place } from '../../src/core/call.js';
import type { Locale } from '../../src/core/locale.js';

/** The `platform` and the `space` of everything that happens here. */
export const here = { platform: 'local', space: 'local' } as const;

export interface Member {
  readonly id: string;
  readonly name: string;
  /** What a chat platform would know of the member. */
  readonly language: Locale;
  /** IANA time zone. */
  readonly zone: string;
  readonly isStaff: boolean;
  readonly isAdmin: boolean;
}

const member = (id: string, name: string, language: Locale, zone: string, rights: Partial<Member> = {}): Member => ({
  id,
  name,
  language,
  zone,
  isStaff: false,
  isAdmin: false,
  ...rights,
});

export const members: readonly Member[] = [
  member('newcomer', 'Newcomer (AFRALO)', 'en', 'Africa/Nairobi'),
  member('als-rep', 'ALS representative (EURALO)', 'fr', 'Europe/Brussels'),
  member('gac', 'GAC delegate', 'ar', 'Africa/Cairo'),
  member('leader', 'Regional leader (LACRALO)', 'es', 'America/Bogota'),
  member('staff', 'Policy staff', 'pt', 'America/Sao_Paulo', { isStaff: true }),
  member('admin', 'Support staff (admin)', 'zh', 'Asia/Shanghai', { isStaff: true, isAdmin: true }),
];

export const memberOf = (id: string): Member | undefined => members.find((one) => one.id === id);

/** A channel; `direct`: the conversation of one member with the bot. */
export interface Channel {
  readonly id: string;
  readonly kind: 'public' | 'private' | 'direct';
  readonly about: 'aboutGeneral' | 'aboutAtLarge' | 'aboutStaff' | 'aboutDirect';
}

export const directId = (memberId: string): string => `dm-${memberId}`;

const channels: readonly Channel[] = [
  { id: 'general', kind: 'public', about: 'aboutGeneral' },
  { id: 'at-large', kind: 'public', about: 'aboutAtLarge' },
  { id: 'staff', kind: 'private', about: 'aboutStaff' },
  ...members.map(({ id }) => ({ id: directId(id), kind: 'direct', about: 'aboutDirect' }) as const),
];

export const channelOf = (id: string): Channel | undefined => channels.find((one) => one.id === id);

/** Whether the member sees the channel at all: the one rule, for pages, streams, presses and core's `presence`. */
export function mayRead(memberId: string, channelId: string): boolean {
  const who = memberOf(memberId);
  const channel = channelOf(channelId);
  if (!who || !channel) return false;
  if (channel.kind === 'direct') return channel.id === directId(who.id);
  return channel.kind === 'public' || who.isStaff;
}

export const channelsOf = (memberId: string): readonly Channel[] => channels.filter(({ id }) => mayRead(memberId, id));

export const channelIdsOf = (memberId: string): readonly string[] => channelsOf(memberId).map(({ id }) => id);

export const placeOf = (channel: string): Place => ({ ...here, channel });
export const personOf = (memberId: string): Person => ({ ...here, person: memberId });
