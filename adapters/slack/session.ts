// Who we are in Slack: asked once, by ourselves. Bolt would ask unawaited, and a refusal would end the program.
import { WebClient } from '@slack/web-api';
import { BadCredentials } from '../../src/core/platform.js';
import { codeOf, failureOf, isRefusal } from './failure.js';
import { type Access, clientOptions } from './web.js';

export interface Session {
  /** The workspace that installed us: the space of everything that comes in, also from connected workspaces. */
  readonly team: string;
  readonly botId: string;
  readonly botUserId: string;
  /** Scopes that the token has; undefined when Slack did not say. */
  readonly scopes: readonly string[] | undefined;
}

/**
 * Signs in.
 * @throws BadCredentials when the token is refused
 * @throws SlackFailure when Slack cannot be reached: worth another try
 */
export async function signIn(access: Access): Promise<Session> {
  const retryConfig = { retries: 2, minTimeout: 200, maxTimeout: 1000 };
  const client = new WebClient(access.token, { ...clientOptions(access), timeout: 10_000, retryConfig });
  try {
    const told = await client.auth.test();
    return {
      team: told.team_id ?? '',
      botId: told.bot_id ?? '',
      botUserId: told.user_id ?? '',
      scopes: told.response_metadata?.scopes,
    };
  } catch (error) {
    const code = codeOf(error);
    if (isRefusal(code)) throw refusedBotToken(code);
    throw failureOf(error);
  }
}

const refusedBotToken = (code: string): BadCredentials =>
  new BadCredentials(
    'SLACK_BOT_TOKEN',
    `Slack refuses it (${code}); set it to the “Bot User OAuth Token” (xoxb-…) under “OAuth & Permissions”`,
  );

export const refusedAppToken = (code: string): BadCredentials =>
  new BadCredentials(
    'SLACK_APP_TOKEN',
    `Slack refuses it (${code}); set it to an app-level token (xapp-…) with connections:write under “Basic Information”`,
  );
