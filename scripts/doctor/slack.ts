// Slack: the tokens, the scopes, the staff channel.
import { type Probe, probeSlack, probeSocket } from '../../adapters/slack/probe.js';
import type { Config } from '../../src/config.js';
import type { Clock } from '../../src/core/clock.js';
import type { Logger } from '../../src/core/feature.js';
import { BadCredentials } from '../../src/core/platform.js';
import { type Finding, fault, ok, warning, wordFor } from './finding.js';
import { judgeStaff, type StaffChannels } from './staff.js';

type Slack = NonNullable<Config['slack']>;

export async function examineSlack(
  slack: Slack,
  staff: StaffChannels,
  clock: Clock,
  log: Logger,
): Promise<readonly Finding[]> {
  const access = { token: slack.token, apiUrl: slack.apiUrl, log };
  const socket = slack.appToken === undefined ? [] : [await examineSocket({ ...access, token: slack.appToken })];
  try {
    const probe = await probeSlack(access, clock);
    const signedIn = ok('SLACK_BOT_TOKEN', `is ${probe.botUser} in the workspace ${probe.team}`);
    return [signedIn, ...socket, ...scopesOf(probe), await staffOf(probe, staff)];
  } catch (error) {
    return [refusal('SLACK_BOT_TOKEN', error), ...socket];
  }
}

async function examineSocket(access: Parameters<typeof probeSocket>[0]): Promise<Finding> {
  try {
    await probeSocket(access);
    return ok('SLACK_APP_TOKEN', 'may open a socket (Socket Mode)');
  } catch (error) {
    return refusal('SLACK_APP_TOKEN', error);
  }
}

function refusal(variable: string, error: unknown): Finding {
  if (error instanceof BadCredentials) return fault(error.variable, error.reason);
  const remedy = 'look at this machine’s network, its proxy, and at SLACK_API_URL if it is set';
  return fault(variable, `could not be tried: Slack does not answer (${wordFor(error)}); ${remedy}`);
}

function scopesOf({ missing, unused }: Probe): readonly Finding[] {
  if (!missing) return [warning('scopes', 'Slack did not say which the token has; compare them with the manifest')];
  const reinstall = 'under “OAuth & Permissions”, then reinstall the app';
  return [
    missing.length === 0
      ? ok('scopes', 'the token has all that the manifest asks for')
      : fault('scopes', `the token lacks ${missing.join(', ')}; add them ${reinstall}`),
    ...(unused.length === 0
      ? []
      : [warning('scopes', `nothing here uses ${unused.join(', ')}; take them away ${reinstall}`)]),
  ];
}

async function staffOf(probe: Probe, staff: StaffChannels): Promise<Finding> {
  const { about, channel } = staff.of({ platform: 'slack', space: probe.team });
  const state = channel === undefined ? undefined : await probe.channel(channel).catch(wordFor);
  return judgeStaff({ about, channel, state, remedy: 'type “/invite @Rapporteur” there' });
}
