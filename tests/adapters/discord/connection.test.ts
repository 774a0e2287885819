// How the bot connects, stays connected, and ends.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { BadCredentials } from '../../../src/core/platform.js';
import { DiscordStandIn, ids } from '../../support/discord-stand-in.js';
import { memoryStore } from '../../support/memory-store.js';
import { alice, card, connected, general, read, scene, trial, until } from './stage.js';

describe('a start that Discord refuses', () => {
  test.each([
    [4004, /refuses this token/],
    [4013, /intents/],
    [4014, /intents/],
    [4011, /more servers/],
  ])('close code %i is a fault of DISCORD_TOKEN, and nothing else ends the program', async (code, reason) => {
    const { discord, platform, core, dead } = await scene();
    discord.gateway.closesIdentifyWith = code;
    const refusal = await platform.start(core).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BadCredentials);
    expect((refusal as BadCredentials).message).toMatch(reason);
    expect(dead).toEqual([]);
  });

  test('a refused token is a fault of DISCORD_TOKEN and does not stand in it', async () => {
    const { platform, core, dead } = await scene({ token: 'wrong-token' });
    const refusal = await platform.start(core).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BadCredentials);
    expect(String(refusal)).not.toContain('wrong-token');
    expect(dead).toEqual([]);
  });
});

describe('a start without Discord', () => {
  test('nobody listening holds nothing up, and the bot comes when Discord does', async () => {
    const gone = await new DiscordStandIn().listen();
    const { apiUrl } = gone;
    const port = Number(new URL(apiUrl).port);
    await gone.close();
    const { platform, core, discord: unused } = await scene({ apiUrl });
    expect(unused.isConnected).toBe(false);
    const started = Date.now();
    await platform.start(core);
    expect([platform.connected(), Date.now() - started < 4000]).toEqual([false, true]);
    const discord = await new DiscordStandIn().listen(port);
    try {
      await until(() => platform.connected(), 15_000);
    } finally {
      await platform.stop();
      await discord.close();
    }
  });

  test.each(['silent', 'refusing'] as const)('a gateway that is %s holds up neither start nor stop', async (mood) => {
    const { discord, platform, core, dead } = await scene();
    discord.gateway.mood = mood;
    const started = Date.now();
    await platform.start(core);
    expect(Date.now() - started).toBeLessThan(8000);
    expect([platform.connected(), dead]).toEqual([false, []]);
    const stopped = Date.now();
    await platform.stop();
    expect(Date.now() - stopped).toBeLessThan(4000);
  });

  test('a refusal that comes while it keeps trying ends the program', async () => {
    const { discord, platform, core, dead } = await scene();
    discord.failing.push({ path: /gateway/, status: 500, code: 0, times: 4 });
    await platform.start(core);
    discord.refusesToken = true;
    await until(() => dead.length > 0);
    expect(dead).toEqual([expect.stringMatching(/^DISCORD_TOKEN: /)]);
  });

  test('a bot that was stopped while it kept trying does not connect any more', async () => {
    const { discord, platform, core } = await scene();
    discord.failing.push({ path: /gateway/, status: 500, code: 0, times: 4 });
    await platform.start(core);
    await platform.stop();
    await sleep(1500);
    expect([discord.isConnected, platform.connected()]).toEqual([false, false]);
  });
});

describe('a connection that drops', () => {
  test('is resumed, and what happened meanwhile is answered', async () => {
    const { discord, platform } = await connected();
    discord.drop(4000);
    await until(() => !platform.connected());
    const exchange = await discord.command('alice', 'try', {}, { sub: 'list' });
    expect(read(exchange)).toBe('listed');
    expect([discord.gateway.resumes, discord.intents]).toEqual([1, [1]]);
    expect(platform.connected()).toBe(true);
  });

  test('is made anew when Discord has forgotten the old one', async () => {
    const { discord, platform, dead } = await connected();
    discord.gateway.forgetsSessions = true;
    discord.drop(4000);
    await until(() => discord.intents.length === 2, 15_000);
    await until(() => platform.connected());
    expect(dead).toEqual([]);
  });

  test.each([4004, 4014])('for good with %i ends the program, once', async (code) => {
    const { discord, platform, dead } = await connected();
    discord.drop(code);
    await until(() => dead.length > 0);
    await sleep(50);
    expect([dead.length, platform.connected()]).toEqual([1, false]);
  });
});

describe('a token that is refused in the middle of work', () => {
  test.each([
    ['posting', 'post'],
    ['asking about a member', 'isAdmin'],
  ] as const)('ends the program when it shows in %s, once', async (_, what) => {
    const { discord, platform, dead } = await connected();
    discord.refusesToken = true;
    for (let times = 0; times < 2; times += 1) {
      await (what === 'post' ? platform.post(general, card('x')) : platform.isAdmin(alice)).catch(() => undefined);
    }
    expect(dead).toEqual([expect.stringMatching(/^DISCORD_TOKEN: /)]);
  });
});

describe('registration', () => {
  test('that fails is told in the status and tried again, and commands are served meanwhile', async () => {
    const discord = await new DiscordStandIn().listen();
    discord.failing.push({ path: /commands/, status: 403, code: 50001, times: 1 });
    const { platform, core, lines } = await scene({ discord });
    try {
      await platform.start(core);
      expect(platform.connected()).toBe(true);
      expect(await platform.lacks(alice)).toEqual([{ key: 'commandsNotRegistered', args: {} }]);
      await until(() => lines.some((line) => line.startsWith('info commands registered')));
      expect([discord.puts, await platform.lacks(alice)]).toEqual([1, []]);
    } finally {
      await platform.stop();
      await discord.close();
    }
  });

  test('for one server clears what was registered for all', async () => {
    const { discord, platform, store } = await connected();
    expect([discord.scopes.everywhere.length, discord.scopes.here.length]).toEqual([2, 0]);
    await platform.stop();
    await connected({ discord, store, guildId: ids.guild });
    expect([discord.scopes.everywhere.length, discord.scopes.here.length]).toEqual([0, 2]);
    expect(discord.faults).toEqual([]);
  });

  test('happens again when a description changed, and when Discord lost the commands', async () => {
    const { discord, store, platform } = await connected();
    await platform.stop();
    const more = { ...trial, routes: { ...trial.routes, 'try.more': trial.routes['try.list'] } } as typeof trial;
    const second = await connected({ discord, store, features: [more] });
    expect(discord.puts).toBe(2);
    await second.platform.stop();
    discord.scopes.everywhere = [];
    await connected({ discord, store, features: [more] });
    expect(discord.puts).toBe(3);
  });
});

test('status without a connection says so instead of failing', async () => {
  const { discord, platform } = await connected();
  discord.gateway.mood = 'silent';
  discord.drop(4000);
  await until(() => !platform.connected());
  expect(await platform.lacks(alice)).toEqual([{ key: 'notConnected', args: {} }]);
});

test('the store being down at start leaves the bot serving', async () => {
  const store = memoryStore();
  const broken = { ...store, collection: () => ({ get: () => Promise.reject(new Error('down')) }) } as never;
  const { platform, core } = await scene({ store: broken });
  await platform.start(core);
  expect(platform.connected()).toBe(true);
});
