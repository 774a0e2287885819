// Who is staff and who is admin: the only place that decides, asked again at every call.

import { type Person, type Place, personId, type Role } from './call.js';
import type { Clock } from './clock.js';
import type { Logger } from './feature.js';
import type { ChannelState, Platform } from './platform.js';
import { Recent } from './recent.js';
import type { Settings } from './settings.js';

/** A platform is asked again after this long, in milliseconds; a right that was taken away lives no longer. */
const remembered = 60_000;

/** Answers that are remembered at most. */
const rightsKept = 10_000;

export interface Access {
  /** Fails closed: when the platform cannot be asked, the answer is no. */
  is(person: Person, role: Role): Promise<boolean>;
  /** A channel as the bot sees it; asked anew, not remembered. */
  channelState(place: Place): Promise<ChannelState>;
  isIn(place: Place, person: Person): Promise<boolean>;
}

export function accessBy(
  platforms: ReadonlyMap<string, Platform>,
  settings: Settings,
  clock: Clock,
  log: Logger,
): Access {
  const memory = new Recent<boolean>(clock, remembered, rightsKept);

  const asked = async (key: string, ask: () => Promise<boolean>): Promise<boolean> => {
    const known = memory.get(key);
    if (known !== undefined) return known;
    try {
      const value = await ask();
      memory.set(key, value);
      return value;
    } catch (error) {
      log.warn(
        { name: error instanceof Error ? error.name : 'unknown' },
        'a right could not be checked and was refused',
      );
      return false;
    }
  };

  const platformOf = (of: { readonly platform: string }): Platform | undefined => platforms.get(of.platform);
  const channelState: Access['channelState'] = async (place) =>
    (await platformOf(place)?.channel(place)) ?? 'unreachable';

  const isStaff = async (person: Person): Promise<boolean> => {
    const place = await settings.staffPlace(person);
    if (!place) return false;
    // A staff channel that was made public since would make everyone staff.
    const isPrivate = await asked(`private ${place.platform}/${place.space}/${place.channel}`, async () => {
      return (await channelState(place)) === 'private';
    });
    return isPrivate && isIn(place, person);
  };

  const isIn: Access['isIn'] = (place, person) =>
    asked(`in ${place.channel} ${personId(person)}`, async () => platformOf(place)?.isIn(place, person) ?? false);

  return {
    channelState,
    isIn,
    async is(person, role) {
      if (role === 'anyone') return true;
      if (role === 'staff') return isStaff(person);
      return asked(`admin ${personId(person)}`, async () => platformOf(person)?.isAdmin(person) ?? false);
    },
  };
}
