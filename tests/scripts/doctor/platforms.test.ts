// What the doctor sees of Slack and Discord: tokens, scopes, invitations, staff channels, the clock.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { judgeClock } from '../../../scripts/doctor/clock.js';
import { type Blocked, obstacles } from '../../../src/core/delivery.js';
import { spaces } from '../../../src/core/settings.js';
import { openEmbedded } from '../../../src/store/embedded.js';
import { ids } from '../../support/discord-stand-in.js';
import { freePort } from '../../support/program.js';
import { about, examined, expectOne, levels, scene } from './scene.js';

let at: Awaited<ReturnType<typeof scene>>;
beforeEach(async () => {
  at = await scene();
});
afterEach(() => at.close());

/** What an administrator has chosen in chat. */
async function choose(space: string, staffChannel: string): Promise<void> {
  const store = await openEmbedded(at.env.DATA_DIR ?? '');
  await store.collection(spaces).insert(space, { staffChannel, channels: {} });
  await store.close();
}

test('where all is well every line says so, and nobody was served, posted to or registered', async () => {
  const findings = await examined(at.env);
  expect(new Set(levels(findings))).toEqual(new Set(['ok']));
  expect(about(findings, 'SLACK_BOT_TOKEN')).toHaveLength(1);
  expect(about(findings, 'servers')).toHaveLength(1);
  expect([at.slack.faults, at.discord.faults]).toEqual([[], []]);
  expect([at.app.sockets.length, at.discord.gateway.intents, at.discord.puts]).toEqual([0, [], 0]);
  expect(at.slack.calls('chat.postMessage')).toEqual([]);
});

describe('Slack', () => {
  test('a refused bot token is a fault, and the other token is looked at all the same', async () => {
    const findings = await examined({ ...at.env, SLACK_BOT_TOKEN: 'xoxb-canary' });
    expectOne(findings, 'SLACK_BOT_TOKEN', /^fault .*invalid_auth.*OAuth/);
    expectOne(findings, 'SLACK_APP_TOKEN', /^ok /);
  });

  test('a refused app-level token is a fault', async () => {
    at.app.revoked.add(at.app.options.appToken);
    expectOne(await examined(at.env), 'SLACK_APP_TOKEN', /^fault .*token_revoked.*connections:write/);
  });

  test('an app-level token without its scope is a fault', async () => {
    at.slack.fail('apps.connections.open', { kind: 'error', error: 'missing_scope' });
    expectOne(await examined(at.env), 'SLACK_APP_TOKEN', /^fault .*missing_scope/);
  });

  test('scopes that are missing are named with the remedy, those that nothing uses as well', async () => {
    at.app.scopes = [...at.app.scopes.filter((scope) => scope !== 'groups:read'), 'channels:history'];
    expect(about(await examined(at.env), 'scopes')).toEqual([
      expect.stringMatching(/^fault .*lacks groups:read; .*reinstall/),
      expect.stringMatching(/^warning .*channels:history/),
    ]);
  });

  test('a Slack that is away is told from a token that is refused', async () => {
    at.slack.isDown = true;
    const findings = await examined(at.env);
    expectOne(findings, 'SLACK_BOT_TOKEN', /^fault could not be tried: Slack does not answer/);
    expectOne(findings, 'DISCORD_TOKEN', /^ok /);
  });

  test.each([
    ['CGENERAL', /^fault .*is public/],
    ['CSECRET', /^fault .*invite @Rapporteur/],
    ['COLD', /^fault .*gone, archived/],
  ])('the staff channel %s will not do', async (channel, text) => {
    expectOne(await examined({ ...at.env, SLACK_STAFF_CHANNEL: channel }), 'SLACK_STAFF_CHANNEL', text);
  });

  test('a staff channel that was chosen in chat is found in the store; without one there is a warning', async () => {
    at.env.SLACK_STAFF_CHANNEL = '';
    expectOne(await examined(at.env), 'staff channel of T1', /^warning none is named/);
    await choose('slack/T1', 'CGENERAL');
    expectOne(await examined(at.env), 'staff channel of T1', /^fault CGENERAL is public/);
  });
});

describe('Discord', () => {
  test('a refused token is a fault', async () => {
    expectOne(await examined({ ...at.env, DISCORD_TOKEN: 'canary' }), 'DISCORD_TOKEN', /^fault Discord refuses/);
  });

  test('a Discord that is away is told from a token that is refused', async () => {
    const findings = await examined({ ...at.env, DISCORD_API_URL: `http://127.0.0.1:${await freePort()}/api` });
    expectOne(findings, 'DISCORD_TOKEN', /^fault could not be tried: .*ECONNREFUSED/);
  });

  test('a bot that is in no server gets the address at which it is added', async () => {
    at.discord.permissions = undefined;
    expectOne(await examined(at.env), 'servers', /^fault .*client_id=100000000000000001.*permissions=\d+$/);
  });

  test('permissions that are missing are named as Discord names them', async () => {
    at.discord.permissions = (1n << 10n) | (1n << 11n) | (1n << 14n);
    expectOne(await examined(at.env), 'servers', /^fault .*: Send Messages in Threads, Attach Files; grant/);
  });

  test('a server to register commands for, in which the bot is not, is a fault', async () => {
    const findings = await examined({ ...at.env, DISCORD_GUILD_ID: '200000000000000009' });
    expectOne(findings, 'DISCORD_GUILD_ID', /^fault the bot is not in 200000000000000009/);
  });

  test('few connections that are left for today are told', async () => {
    at.discord.connectionsLeft = 3;
    expect(about(await examined(at.env), 'DISCORD_TOKEN').at(-1)).toMatch(/^warning .* 3 more times/);
    at.discord.connectionsLeft = 0;
    expect(about(await examined(at.env), 'DISCORD_TOKEN').at(-1)).toMatch(/^fault .* 0 more times/);
  });

  test.each([
    [ids.general, /^fault .*is public/],
    [ids.hidden, /^fault .*role view it/],
    ['300000000000000099', /^fault .*gone/],
  ])('the staff channel %s will not do', async (channel, text) => {
    expectOne(await examined({ ...at.env, DISCORD_STAFF_CHANNEL: channel }), 'DISCORD_STAFF_CHANNEL', text);
  });

  test('a staff channel that was chosen in chat is found in the store', async () => {
    at.env.DISCORD_STAFF_CHANNEL = '';
    const name = `staff channel of ${ids.guild}`;
    expectOne(await examined(at.env), name, /^warning none is named/);
    await choose(`discord/${ids.guild}`, ids.staff);
    expectOne(await examined(at.env), name, /^ok /);
  });
});

describe('invitations', () => {
  const keep = async (all: readonly Blocked[]): Promise<void> => {
    const store = await openEmbedded(at.env.DATA_DIR ?? '');
    for (const [n, one] of all.entries()) await store.collection(obstacles).insert(`${n}`, one);
    await store.close();
  };
  const since = '2026-03-01T12:00:00.000Z';
  const onSlack = (channel: string, obstacle: string) => ({
    to: { platform: 'slack', space: 'T1', channel },
    obstacle,
    since,
  });

  test('channels in which nothing could be posted are named with the remedy, people are not', async () => {
    await keep([
      onSlack('C1', 'notInvited'),
      onSlack('C2', 'gone'),
      onSlack('C3', 'tooLong'),
      { to: { platform: 'discord', space: ids.guild, channel: ids.hidden }, obstacle: 'forbidden', since },
      { to: { platform: 'slack', space: 'T1', person: 'UANN' }, obstacle: 'closed', since },
    ]);
    const findings = await examined(at.env);
    expect(about(findings, 'invitations')).toEqual([
      'warning nothing can be posted in C1 of T1 (notInvited); type “/invite @Rapporteur” there',
      'warning nothing can be posted in C2 of T1, which is gone or archived; let its followers choose another channel',
      `warning nothing can be posted in ${ids.hidden} of ${ids.guild} (forbidden); let the bot’s role view it and send messages in it`,
    ]);
    expect(JSON.stringify(findings)).not.toContain('UANN');
  });

  test('many are told in a few lines', async () => {
    await keep(Array.from({ length: 30 }, (_, n) => onSlack(`C${n}`, 'notInvited')));
    const lines = about(await examined(at.env), 'invitations');
    expect([lines.length, lines.at(-1)]).toEqual([11, 'warning and 20 more; /rapporteur status names them']);
  });
});

describe('the clock', () => {
  const shifted = (seconds: number) => ({ now: () => new Date(Date.now() + seconds * 1000) });

  test.each([
    [0, /^ok agrees with Slack/],
    [30, /^warning is (29|30|31) s ahead of Slack’s clock; .*NTP/],
    [-600, /^fault is (599|600|601) s behind Slack’s clock; .*NTP/],
  ])('off by %d seconds', async (seconds, text) => {
    expectOne(await examined(at.env, shifted(seconds)), 'clock', text);
  });

  test('is held against Discord’s where there is no Slack', async () => {
    const { DISCORD_TOKEN = '', DISCORD_API_URL = '', PORT = '' } = at.env;
    expectOne(
      await examined({ DISCORD_TOKEN, DISCORD_API_URL, PORT }, shifted(300)),
      'clock',
      /ahead of Discord’s clock/,
    );
  });

  test('the borders are five seconds and two minutes', () => {
    const level = (ms: number) => judgeClock('theirs', new Date(0), new Date(ms)).level;
    expect([5_000, 5_001, 120_000, 120_001, -5_000, -120_001].map(level)).toEqual([
      'ok',
      'warning',
      'warning',
      'fault',
      'ok',
      'fault',
    ]);
  });
});
