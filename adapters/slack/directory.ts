// Who there is in the workspace and in its channels: asked for one by one, and in a rush all at once.
import type { UsersInfoResponse } from '@slack/web-api';
import type { Clock } from '../../src/core/clock.js';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import { Recent } from '../../src/core/recent.js';
import type { Web } from './web.js';

export type User = NonNullable<UsersInfoResponse['user']>;

export interface Directory {
  userOf(person: string): Promise<User | undefined>;
  isIn(channel: string, person: string): Promise<boolean>;
}

/**
 * So many questions within a minute are a rush. users.info and conversations.members take about a hundred a minute
 * (docs.slack.dev/apis/web-api/rate-limits, tier 4), and a full channel answers them several pages long.
 */
const rush = 20;
const minute = 60_000;

/** What was read all at once is believed for this long, in milliseconds. */
const believed = 30_000;

/** Whoever is missing may have come since: in a rush a channel is read again after this long, in milliseconds. */
const doubted = 10_000;

/** users.list takes twenty requests a minute (tier 2): of a larger workspace the first part is read. */
const mostPages = 15;

interface Members {
  readonly at: number;
  readonly people: ReadonlySet<string>;
}

export function directoryOf(web: Web, clock: Clock, log: Logger): Directory {
  const everyone = new Recent<Promise<ReadonlyMap<string, User>>>(clock, believed, 1);
  const channels = new Recent<Promise<Members>>(clock, believed, 200);
  const asked: number[] = [];

  const isRush = (): boolean => {
    const now = clock.now().getTime();
    while (asked[0] !== undefined && asked[0] <= now - minute) asked.shift();
    asked.push(now);
    if (asked.length > rush * 100) asked.shift();
    return asked.length > rush;
  };

  const ask = async (person: string): Promise<User | undefined> =>
    (await web.quick((client) => client.users.info({ user: person, include_locale: true }))).user;

  const readEveryone = async (): Promise<ReadonlyMap<string, User>> => {
    const users = new Map<string, User>();
    try {
      for (let cursor = '', page = 0; page < mostPages; page += 1) {
        const wanted = { limit: 1000, include_locale: true, ...(cursor ? { cursor } : {}) };
        const told = await web.patient((client) => client.users.list(wanted));
        for (const user of told.members ?? []) if (user.id) users.set(user.id, user as User);
        cursor = told.response_metadata?.next_cursor ?? '';
        if (!cursor) break;
      }
    } catch (error) {
      log.warn(faultFacts(error), 'the people of the workspace could not be read at once');
    }
    return users;
  };

  const readMembers = async (channel: string): Promise<Members> => {
    const people = new Set<string>();
    for (let cursor = ''; ; ) {
      const page = await membersPage(web, channel, cursor);
      for (const one of page.members ?? []) people.add(one);
      cursor = page.response_metadata?.next_cursor ?? '';
      if (!cursor) return { at: clock.now().getTime(), people };
    }
  };

  const membersOf = (channel: string, isAnew = false): Promise<Members> => {
    const known = isAnew ? undefined : channels.get(channel);
    if (known !== undefined) return known;
    const read = readMembers(channel);
    channels.set(channel, read);
    // A failure is told to who asked, and asked about again by the next.
    read.catch(() => channels.delete(channel));
    return read;
  };

  return {
    async userOf(person) {
      if (!isRush()) return ask(person);
      const all = everyone.get('') ?? readEveryone();
      if (!everyone.get('')) everyone.set('', all);
      return (await all).get(person) ?? ask(person);
    },
    async isIn(channel, person) {
      if (!isRush()) return isListed(web, channel, person);
      const members = await membersOf(channel);
      if (members.people.has(person)) return true;
      if (clock.now().getTime() - members.at < doubted) return false;
      return (await membersOf(channel, true)).people.has(person);
    },
  };
}

const membersPage = (web: Web, channel: string, cursor: string) =>
  web.quick((client) => client.conversations.members({ channel, limit: 1000, ...(cursor ? { cursor } : {}) }));

async function isListed(web: Web, channel: string, person: string): Promise<boolean> {
  for (let cursor = ''; ; ) {
    const page = await membersPage(web, channel, cursor);
    if (page.members?.includes(person)) return true;
    cursor = page.response_metadata?.next_cursor ?? '';
    if (!cursor) return false;
  }
}
