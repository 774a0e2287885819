// What a space and its members have chosen: the staff channel, languages.
import { z } from 'zod';
import { type Person, type Place, personId, type Space, spaceId } from './call.js';
import { type Locale, locales } from './locale.js';
import { type Kind, type Store, upsert } from './store.js';

const locale = z.enum(locales);

const spaceSchema = z.object({
  staffChannel: z.string().optional(),
  channels: z
    .record(z.string(), z.object({ locale: locale.optional(), isMultilingual: z.boolean().optional() }))
    .default({}),
});
type SpaceSettings = z.infer<typeof spaceSchema>;
type ChannelSettings = SpaceSettings['channels'][string];

const memberSchema = z.object({ locale: locale.optional() });
type MemberSettings = z.infer<typeof memberSchema>;

/** What is chosen for a space, by `spaceId`. */
export const spaces: Kind<SpaceSettings> = { name: 'space-settings', parse: (raw) => spaceSchema.parse(raw) };
const members: Kind<MemberSettings> = { name: 'member-settings', parse: (raw) => memberSchema.parse(raw) };

export interface Settings {
  /** The staff channel of a space: the operator's where the environment names one, else the one that an admin chose. */
  staffPlace(of: Space): Promise<Place | undefined>;
  /** Whether the environment names the staff channel of this platform, so that it cannot be chosen in chat. */
  isStaffPlaceFixed(of: Space): boolean;
  /** @param channel undefined: none, so that nobody is staff */
  setStaffChannel(of: Space, channel: string | undefined): Promise<void>;
  channelLocale(of: Place): Promise<Locale | undefined>;
  setChannelLocale(of: Place, locale: Locale): Promise<void>;
  /** Whether cards for all in this channel have a button with which each reads them in their own language. */
  isMultilingual(of: Place): Promise<boolean>;
  setMultilingual(of: Place, isMultilingual: boolean): Promise<void>;
  memberLocale(of: Person): Promise<Locale | undefined>;
  setMemberLocale(of: Person, locale: Locale | undefined): Promise<void>;
}

/**
 * @param staffChannels channel ids by platform, from the environment
 */
export function settingsIn(store: Store, staffChannels: Readonly<Record<string, string | undefined>>): Settings {
  const ofSpaces = store.collection(spaces);
  const ofMembers = store.collection(members);
  const changeSpace = async (of: Space, change: (old: SpaceSettings) => SpaceSettings): Promise<void> => {
    await upsert(ofSpaces, spaceId(of), { channels: {} }, change);
  };
  /** A thread that is a channel of its own goes by the one that it is in, as far as nothing was chosen for it. */
  const channelOf = async (of: Place): Promise<ChannelSettings> => {
    const channels = (await ofSpaces.get(spaceId(of)))?.value.channels ?? {};
    return { ...(of.parent === undefined ? {} : channels[of.parent]), ...channels[of.channel] };
  };
  const changeChannel = (of: Place, change: ChannelSettings): Promise<void> =>
    changeSpace(of, (old) => ({
      ...old,
      channels: { ...old.channels, [of.channel]: { ...old.channels[of.channel], ...change } },
    }));
  const fixed = (of: Space): string | undefined => staffChannels[of.platform];
  return {
    async staffPlace({ platform, space }) {
      const of = { platform, space };
      const channel = fixed(of) ?? (await ofSpaces.get(spaceId(of)))?.value.staffChannel;
      return channel === undefined ? undefined : { ...of, channel };
    },
    isStaffPlaceFixed: (of) => fixed(of) !== undefined,
    setStaffChannel: (of, channel) => changeSpace(of, (old) => ({ ...old, staffChannel: channel })),
    channelLocale: async (of) => (await channelOf(of)).locale,
    setChannelLocale: (of, chosen) => changeChannel(of, { locale: chosen }),
    isMultilingual: async (of) => (await channelOf(of)).isMultilingual ?? false,
    setMultilingual: (of, isMultilingual) => changeChannel(of, { isMultilingual }),
    memberLocale: async (of) => (await ofMembers.get(personId(of)))?.value.locale,
    async setMemberLocale(of, chosen) {
      if (chosen !== undefined) {
        await upsert(ofMembers, personId(of), {}, (old) => ({ ...old, locale: chosen }));
        return;
      }
      const doc = await ofMembers.get(personId(of));
      if (doc) await ofMembers.remove(doc);
    },
  };
}
