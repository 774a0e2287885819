// Who is staff and who is admin: the only place that decides, asked again at every call.

import { type Person, type Place, personId, type Role } from './call.js';
import type { Clock } from './clock.js';
import { addressId } from './delivery.js';
import { faultFacts } from './fault.js';
import type { Logger } from './feature.js';
import type { ChannelState, Platform, Presence, Profile } from './platform.js';
import { Recent } from './recent.js';
import type { Settings } from './settings.js';

/** A platform is asked again after this long, in milliseconds; a right that was taken away lives no longer. */
const remembered = 60_000;

/** Answers that are remembered at most. */
const rightsKept = 10_000;

/** Names and zones change seldom, in milliseconds. */
const profileFor = 3_600_000;

export interface Access {
  /** Fails closed: when the platform cannot be asked, the answer is no. */
  is(person: Person, role: Role): Promise<boolean>;
  /** A channel as the bot sees it; asked anew, not remembered. */
  channelState(place: Place): Promise<ChannelState>;
  /** `absent` when the platform cannot be asked. */
  presence(place: Place, person: Person): Promise<Presence>;
  /** Whether they are no longer of the workspace or server; undefined when the platform cannot tell. */
  hasLeft(person: Person): Promise<boolean | undefined>;
  /** Their id for a name when the platform cannot be asked. */
  profile(person: Person): Promise<Profile>;
}

export function accessBy(
  platforms: ReadonlyMap<string, Platform>,
  settings: Settings,
  clock: Clock,
  log: Logger,
): Access {
  const memory = new Recent<boolean | Presence>(clock, remembered, rightsKept);
  const profiles = new Recent<Profile>(clock, profileFor, rightsKept);

  const asked = async <T extends boolean | Presence>(key: string, no: T, ask: () => Promise<T>): Promise<T> => {
    const known = memory.get(key);
    if (known !== undefined) return known as T;
    try {
      const value = await ask();
      memory.set(key, value);
      return value;
    } catch (error) {
      log.warn(
        { name: error instanceof Error ? error.name : 'unknown' },
        'a right could not be checked and was refused',
      );
      return no;
    }
  };

  const platformOf = (of: { readonly platform: string }): Platform | undefined => platforms.get(of.platform);
  const channelState: Access['channelState'] = async (place) =>
    (await platformOf(place)?.channel(place)) ?? 'unreachable';

  const isStaff = async (person: Person): Promise<boolean> => {
    const place = await settings.staffPlace(person);
    if (!place) return false;
    // A staff channel that was made public since would make everyone staff.
    const isPrivate = await asked(`private ${addressId(place)}`, false, async () => {
      return (await channelState(place)) === 'private';
    });
    return isPrivate && (await presence(place, person)) === 'member';
  };

  const presence: Access['presence'] = (place, person) =>
    asked<Presence>(`in ${place.channel} ${personId(person)}`, 'absent', async () => {
      return (await platformOf(place)?.presence(place, person)) ?? 'absent';
    });

  return {
    channelState,
    presence,
    async hasLeft(person) {
      try {
        return await platformOf(person)?.hasLeft(person);
      } catch (error) {
        log.warn(faultFacts(error), 'whether a member has left could not be told');
        return undefined;
      }
    },
    async profile(person) {
      const key = personId(person);
      const known = profiles.get(key);
      if (known) return known;
      try {
        const told = await platformOf(person)?.profile(person);
        if (told) profiles.set(key, told);
        return told ?? { name: person.person };
      } catch (error) {
        log.warn(faultFacts(error), 'a name could not be read');
        return { name: person.person };
      }
    },
    async is(person, role) {
      if (role === 'anyone') return true;
      if (role === 'staff') return isStaff(person);
      return asked(`admin ${personId(person)}`, false, async () => platformOf(person)?.isAdmin(person) ?? false);
    },
  };
}
