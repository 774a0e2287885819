// Slack as a Platform: what comes in by HTTP or Socket Mode, what leaves by the Web API.
import { type Clock, systemClock } from '../../src/core/clock.js';
import type { Logger } from '../../src/core/feature.js';
import type { Lack, Platform } from '../../src/core/platform.js';
import { Connection } from './connection.js';
import { editsOver } from './edits.js';
import { filesOver } from './files.js';
import { homeOver } from './home.js';
import { eventsPath } from './http-door.js';
import { times } from './limits.js';
import { botScopes } from './manifest.js';
import { peopleOf } from './people.js';
import { sendingOver } from './sending.js';

export interface SlackOptions {
  /** `xoxb-…` */
  readonly token: string;
  /** Needed in HTTP mode. */
  readonly signingSecret?: string;
  /** `xapp-…`: set means Socket Mode. */
  readonly appToken?: string;
  /** Base of the Web API, ends in `/api/`; default: Slack's. */
  readonly apiUrl?: string;
  readonly log: Logger;
  readonly clock?: Clock;
  /** Told once, when nothing will work any more: the token was taken back, or there is no connection for too long. */
  readonly onDead?: (reason: string) => void;
  /** Milliseconds without a connection that are too long; default: ten minutes. */
  readonly deadAfter?: number;
}

/** @throws BadCredentials in HTTP mode without a signing secret */
export function slackPlatform(options: SlackOptions): Platform {
  const { log, clock = systemClock } = options;
  const connection = new Connection(options);
  const { web } = connection;
  const people = peopleOf(web, clock, log);
  const sending = sendingOver(web, clock, log);
  const edits = editsOver(web, clock);
  const files = filesOver(web, sending, log);
  const { http } = connection.door;
  return {
    name: 'slack',
    pace: { post: times.posts, edit: times.edits, editsBy: 'space' },
    ...(http ? { http: { [`POST ${eventsPath}`]: http } } : {}),
    start(core) {
      const home = homeOver(web, people, core, clock);
      return connection.start((session) => {
        return { web, sending, edits, files, core, log, people, home, space: session.team, onDead: connection.onDead };
      });
    },
    stop: () => connection.stop(),
    connected: () => connection.isOpen(),
    post: (to, card) => sending.post(to, card),
    edit: (what, card) => edits.draw(what, card),
    channel: people.channel,
    presence: people.presence,
    hasLeft: people.hasLeft,
    profile: people.profile,
    isAdmin: people.isAdmin,
    limited: web.limited,
    async lacks() {
      const has = await connection.scopes();
      const missing = has ? botScopes.filter((scope) => !has.includes(scope)) : [];
      return missing.map((what): Lack => ({ key: 'lacksScope', args: { what } }));
    },
  };
}
