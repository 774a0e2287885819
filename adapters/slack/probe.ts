// What Slack says of our tokens and of a channel, asked without serving anybody: for `npm run doctor`.
import { WebClient } from '@slack/web-api';
import type { Clock } from '../../src/core/clock.js';
import type { ChannelState } from '../../src/core/platform.js';
import { codeOf, failureOf, isRefusedSocket } from './failure.js';
import { botScopes } from './manifest.js';
import { peopleOf } from './people.js';
import { refusedAppToken, signIn } from './session.js';
import { type Access, clientOptions, webWith } from './web.js';

export interface Probe {
  /** The workspace that installed us. */
  readonly team: string;
  readonly botUser: string;
  /** Scopes that the manifest asks for and the token lacks; undefined when Slack did not say which it has. */
  readonly missing: readonly string[] | undefined;
  /** Scopes that the token has and nothing here uses. */
  readonly unused: readonly string[];
  channel(id: string): Promise<ChannelState>;
}

/**
 * @throws BadCredentials when the bot's token is refused
 * @throws SlackFailure when Slack cannot be reached
 */
export async function probeSlack(access: Access, clock: Clock): Promise<Probe> {
  const { team, botUserId: botUser, scopes } = await signIn(access);
  const wanted: readonly string[] = botScopes;
  const people = peopleOf(
    webWith(access, () => undefined),
    clock,
    access.log,
  );
  return {
    team,
    botUser,
    missing: scopes && wanted.filter((scope) => !scopes.includes(scope)),
    unused: (scopes ?? []).filter((scope) => !wanted.includes(scope)),
    channel: (channel) => people.channel({ platform: 'slack', space: team, channel }),
  };
}

/**
 * Asks for the address of a socket, and opens none.
 * @param access with the app-level token
 * @throws BadCredentials when the token is refused
 * @throws SlackFailure when Slack cannot be reached
 */
export async function probeSocket(access: Access): Promise<void> {
  const own = { timeout: 10_000, retryConfig: { retries: 0 } };
  try {
    await new WebClient(access.token, { ...clientOptions(access), ...own }).apps.connections.open();
  } catch (error) {
    const code = codeOf(error);
    if (isRefusedSocket(code)) throw refusedAppToken(code);
    throw failureOf(error);
  }
}
