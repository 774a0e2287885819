// Who members are, and where: users.info, conversations.info, conversations.members.

import type { Person, Place } from '../../src/core/call.js';
import type { Clock } from '../../src/core/clock.js';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import { type ChannelState, type Presence, type Profile, Undeliverable } from '../../src/core/platform.js';
import { Recent } from '../../src/core/recent.js';
import { within } from '../../src/core/within.js';
import { directoryOf, type User } from './directory.js';
import { SlackFailure } from './failure.js';
import { times } from './limits.js';
import type { Web } from './web.js';

export interface People {
  /** A member's locale as Slack has it, such as `fr-FR`; undefined when it is not known within a second. */
  localeOf(person: string): Promise<string | undefined>;
  isAdmin(person: Person): Promise<boolean>;
  presence(place: Place, person: Person): Promise<Presence>;
  hasLeft(person: Person): Promise<boolean>;
  profile(person: Person): Promise<Profile>;
  channel(place: Place): Promise<ChannelState>;
}

const day = 86_400_000;
const minute = 60_000;

export function peopleOf(web: Web, clock: Clock, log: Logger): People {
  const locales = new Recent<{ readonly locale: string | undefined }>(clock, day, 5000);
  const asking = new Map<string, Promise<string | undefined>>();

  const { userOf, isIn } = directoryOf(web, clock, log);

  const askLocale = async (person: string): Promise<string | undefined> => {
    try {
      const locale = (await userOf(person))?.locale;
      locales.set(person, { locale });
      return locale;
    } catch (error) {
      log.warn(faultFacts(error), 'a locale could not be read');
      // Asked again soon, but not at every press while Slack is unwell.
      locales.set(person, { locale: undefined }, minute);
      return undefined;
    } finally {
      asking.delete(person);
    }
  };

  const memberOf = async ({ person, space }: Person): Promise<User | undefined> => {
    const user = await userOf(person);
    return user && isMember(user, space) ? user : undefined;
  };

  return {
    async localeOf(person) {
      const known = locales.get(person);
      if (known) return known.locale;
      const asked = asking.get(person) ?? askLocale(person);
      asking.set(person, asked);
      return within(asked, times.locale);
    },
    async isAdmin(person) {
      const user = await memberOf(person);
      return Boolean(user?.is_admin || user?.is_owner || user?.is_primary_owner);
    },
    async presence({ channel }, person) {
      const user = await userOf(person.person);
      if (!user || user.deleted) return 'absent';
      try {
        if (!(await isIn(channel, person.person))) return 'absent';
      } catch (error) {
        if (error instanceof Undeliverable && error.obstacle === 'notInvited') return 'absent';
        throw error;
      }
      return isMember(user, person.space) ? 'member' : 'guest';
    },
    async hasLeft({ person, space }) {
      const user = await userOf(person);
      if (!user) throw new SlackFailure('user_unknown');
      // In an organisation of several workspaces the account outlives its place in one of them.
      const teams = user.enterprise_user?.teams;
      return user.deleted === true || (teams !== undefined && user.team_id !== space && !teams.includes(space));
    },
    async profile({ person }) {
      const user = await userOf(person);
      const { display_name: shown, real_name: full } = user?.profile ?? {};
      return { name: shown || full || user?.name || person, ...(user?.tz ? { zone: user.tz } : {}) };
    },
    async channel({ channel }) {
      try {
        const told = (await web.quick((client) => client.conversations.info({ channel }))).channel;
        if (!told || told.is_archived) return 'unreachable';
        if (told.is_ext_shared) log.info({}, 'a channel is shared with another workspace; its people have no rights');
        return told.is_private || told.is_im || told.is_mpim ? 'private' : 'public';
      } catch (error) {
        if (error instanceof Undeliverable && error.obstacle === 'notInvited') return 'unreachable';
        throw error;
      }
    },
  };
}

/** Guests, people of connected workspaces and those who left have no rights here, whatever channel they are in. */
function isMember(user: User, team: string): boolean {
  if (user.deleted || user.is_restricted || user.is_ultra_restricted || user.is_stranger) return false;
  return user.team_id === team || (user.enterprise_user?.teams?.includes(team) ?? false);
}
