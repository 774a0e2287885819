// The staff channel of each space: named, there for the bot, and private.
import { type Space, spaceId } from '../../src/core/call.js';
import type { ChannelState } from '../../src/core/platform.js';
import { spaces } from '../../src/core/settings.js';
import type { RawStore } from '../../src/store/raw.js';
import { type Finding, fault, ok, warning } from './finding.js';

export interface StaffChannels {
  /** The one that the environment names, else the one that an administrator has chosen in chat. */
  of(space: Space): { readonly about: string; readonly channel: string | undefined };
}

/**
 * @param named channel ids by platform, from the environment
 * @param chosen channel ids by space, from the store
 */
export function staffChannelsIn(
  named: Readonly<Record<string, string | undefined>>,
  chosen: ReadonlyMap<string, string>,
): StaffChannels {
  return {
    of(space) {
      const channel = named[space.platform];
      if (channel !== undefined) return { about: `${space.platform.toUpperCase()}_STAFF_CHANNEL`, channel };
      return { about: `staff channel of ${space.space}`, channel: chosen.get(spaceId(space)) };
    },
  };
}

/** @returns the channels that administrators have chosen, by space */
export async function chosenIn(store: RawStore): Promise<ReadonlyMap<string, string>> {
  const chosen = new Map<string, string>();
  for await (const { id, json } of store.documents(spaces.name)) {
    const { staffChannel } = spaces.parse(JSON.parse(json));
    if (staffChannel !== undefined) chosen.set(id, staffChannel);
  }
  return chosen;
}

export interface Seen {
  readonly about: string;
  readonly channel: string | undefined;
  /** A word for what went wrong where the platform could not be asked. */
  readonly state: ChannelState | string | undefined;
  /** What lets the bot in. */
  readonly remedy: string;
}

export function judgeStaff({ about, channel, state, remedy }: Seen): Finding {
  if (channel === undefined) {
    return warning(about, 'none is named, so nobody is staff; an administrator types /rapporteur settings');
  }
  switch (state) {
    case 'private':
      return ok(about, `${channel} is private, and the bot is in it`);
    case 'public':
      return fault(about, `${channel} is public: it makes nobody staff; make it private, or name another one`);
    case 'unreachable':
      return fault(about, `${channel} is gone, archived, or the bot is not in it; ${remedy}`);
    default:
      return fault(about, `${channel} could not be asked about (${state}); try again`);
  }
}
