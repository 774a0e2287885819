// Discord: the token, the servers and what the bot may do there, the staff channels.
import { type Probe, probeDiscord } from '../../adapters/discord/probe.js';
import type { Config } from '../../src/config.js';
import type { Clock } from '../../src/core/clock.js';
import { BadCredentials } from '../../src/core/platform.js';
import { type Finding, fault, ok, warning, wordFor } from './finding.js';
import { judgeStaff, type StaffChannels } from './staff.js';

type Discord = NonNullable<Config['discord']>;

/** Fewer connections than this may be needed before Discord allows more. */
const few = 20;

export async function examineDiscord(
  { token, apiUrl, guildId }: Discord,
  staff: StaffChannels,
  clock: Clock,
): Promise<readonly Finding[]> {
  let probe: Probe;
  try {
    probe = await probeDiscord(token, apiUrl, clock);
  } catch (error) {
    if (error instanceof BadCredentials) return [fault(error.variable, error.reason)];
    const remedy = 'look at this machine’s network, and at DISCORD_API_URL if it is set';
    return [fault('DISCORD_TOKEN', `could not be tried: Discord does not answer (${wordFor(error)}); ${remedy}`)];
  }
  try {
    return [
      ok('DISCORD_TOKEN', `is the application ${probe.id}`),
      ...connectionsOf(probe),
      ...serversOf(probe, guildId),
      ...(await staffOf(probe, staff)),
    ];
  } finally {
    await probe.close();
  }
}

function connectionsOf({ connections: { left, renewedIn } }: Probe): readonly Finding[] {
  if (left >= few) return [];
  const text = `Discord lets the bot connect ${left} more times within ${renewedIn} s; do not restart it needlessly`;
  return [left === 0 ? fault('DISCORD_TOKEN', text) : warning('DISCORD_TOKEN', text)];
}

function serversOf({ servers, invitation }: Probe, guildId: string | undefined): readonly Finding[] {
  if (servers.length === 0) return [fault('servers', `the bot is in none; an administrator adds it at ${invitation}`)];
  const lacking = servers.map(({ id, missing }) =>
    missing.length === 0
      ? ok('servers', `the bot may do in ${id} all that it needs`)
      : fault('servers', `the bot lacks in ${id}: ${missing.join(', ')}; grant it under Server Settings, Roles`),
  );
  if (guildId === undefined || servers.some(({ id }) => id === guildId)) return lacking;
  return [
    ...lacking,
    fault('DISCORD_GUILD_ID', `the bot is not in ${guildId}; an administrator adds it at ${invitation}`),
  ];
}

async function staffOf(probe: Probe, staff: StaffChannels): Promise<readonly Finding[]> {
  const remedy = 'let the bot’s role view it and send messages in it';
  const seen = probe.servers.map(async ({ id: space }) => {
    const { about, channel } = staff.of({ platform: 'discord', space });
    const state = channel === undefined ? undefined : await probe.channel(space, channel).catch(wordFor);
    return { about, channel, state, remedy };
  });
  const all = await Promise.all(seen);
  // The one channel that the environment names lies in one server, whichever; the others cannot see it.
  const named = all.filter(({ about, state }) => about.startsWith('DISCORD_') && state !== 'unreachable');
  const isNamed = all.some(({ about }) => about.startsWith('DISCORD_'));
  return (isNamed ? [named[0] ?? all[0]].flatMap((one) => one ?? []) : all).map(judgeStaff);
}
