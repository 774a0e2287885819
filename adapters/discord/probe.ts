// What Discord says of our token, our servers and a channel, asked over REST without a login: for `npm run doctor`.
import { type APIUser, PermissionFlagsBits, type RESTGetAPIGatewayBotResult, Routes } from 'discord.js';
import type { Clock } from '../../src/core/clock.js';
import { BadCredentials, type ChannelState } from '../../src/core/platform.js';
import { makeClient } from './client.js';
import { refusalOf } from './failure.js';
import { needed, rightsBy } from './rights.js';

export interface Server {
  readonly id: string;
  /** Permissions that the bot lacks there, as Discord's settings call them. */
  readonly missing: readonly string[];
}

export interface Probe {
  /** The application's id. */
  readonly id: string;
  readonly servers: readonly Server[];
  /** Connections that may still be made today, and the seconds until there are more. */
  readonly connections: { readonly left: number; readonly renewedIn: number };
  /** Where an administrator adds the bot to a server. */
  readonly invitation: string;
  channel(server: string, id: string): Promise<ChannelState>;
  close(): Promise<void>;
}

/**
 * @throws BadCredentials when the token is refused
 * @throws Error of the SDK when Discord cannot be reached
 */
export async function probeDiscord(token: string, apiUrl: string | undefined, clock: Clock): Promise<Probe> {
  const client = makeClient(token, apiUrl);
  try {
    const { id } = (await client.rest.get(Routes.user())) as APIUser;
    const { session_start_limit: limit } = (await client.rest.get(Routes.gatewayBot())) as RESTGetAPIGatewayBotResult;
    const guilds = await client.guilds.fetch();
    const rights = rightsBy(() => client, clock);
    return {
      id,
      servers: guilds.map(({ id: of, permissions }) => {
        const missing = needed.filter(([flag]) => !permissions.has(flag)).map(([, name]) => name);
        return { id: of, missing };
      }),
      connections: { left: limit.remaining, renewedIn: Math.ceil(limit.reset_after / 1000) },
      invitation: invitationOf(id),
      channel: (space, channel) => rights.channel({ platform: 'discord', space, channel }),
      close: () => client.destroy(),
    };
  } catch (error) {
    await client.destroy();
    const refusal = refusalOf(error);
    throw refusal ? new BadCredentials('DISCORD_TOKEN', refusal) : error;
  }
}

function invitationOf(id: string): string {
  const permissions = needed.reduce((all, [flag]) => all | flag, PermissionFlagsBits.ViewChannel);
  return `https://discord.com/oauth2/authorize?client_id=${id}&scope=bot+applications.commands&permissions=${permissions}`;
}
