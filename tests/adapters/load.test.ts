// A thousand people and more who press at once, over the wire: real adapters and SDKs, platforms with their rates on.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { discordPlatform } from '../../adapters/discord/connect.js';
import { slackPlatform } from '../../adapters/slack/connect.js';
import { assemble } from '../../src/core/bot.js';
import { systemClock } from '../../src/core/clock.js';
import type { Platform } from '../../src/core/platform.js';
import { features } from '../../src/features/index.js';
import { pulseKind } from '../../src/features/pulse/model.js';
import { serve } from '../../src/http.js';
import { openEmbedded } from '../../src/store/embedded.js';
import { DiscordStandIn, type Message } from '../support/discord-stand-in.js';
import { discordRates } from '../support/discord-stand-in-rates.js';
import { halls } from '../support/discord-stand-in-world.js';
import { logTo } from '../support/log.js';
import { memoryStore } from '../support/memory-store.js';
import { testParts } from '../support/parts.js';
import { freshFolder } from '../support/program.js';
import { slackStandIn } from '../support/slack-stand-in.js';
import { rateLimits } from '../support/slack-stand-in-limits.js';
import type { SlackMessage } from '../support/slack-stand-in-world.js';

const people = 2000;
/** Presses that are on their way at the same time, and milliseconds from one to the next: 2,000 come within ten seconds. */
const [atOnce, apart] = [40, 5];

const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

/** A bot that keeps the platform's pace, with whatever it logged as a fault. */
async function botOn(platform: (log: ReturnType<typeof logTo>) => Platform) {
  const faults: string[] = [];
  const log = logTo((level, data, message) => {
    if (level === 'warn' || level === 'error') faults.push(`${level} ${message} ${JSON.stringify(data)}`);
  });
  const own = platform(log);
  const store = await openEmbedded(await freshFolder());
  const parts = { features, platforms: [own], store, clock: systemClock, log, staffChannels: {} };
  const assembled = assemble({ ...testParts, ...parts, secretKey: 'k'.repeat(32), sleep });
  ending.push(
    () => store.close(),
    () => own.stop(),
  );
  const tallies = async () => {
    const found = await assembled.bot.store.collection(pulseKind).find({ stage: 'open' });
    return found.map(({ value }) => value.answers.length);
  };
  return { ...assembled, platform: own, faults, tallies };
}

/** Runs all of it, so many at a time. @returns what the slowest took, and all of them, in milliseconds */
async function pressed(presses: readonly (() => Promise<void>)[]): Promise<{ slowest: number; total: number }> {
  const waiting = [...presses];
  let slowest = 0;
  const started = performance.now();
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const due = started + (presses.length - waiting.length) * apart;
      await sleep(Math.max(0, due - performance.now()));
      const at = performance.now();
      await next();
      slowest = Math.max(slowest, performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { slowest, total: performance.now() - started };
}

const report = (what: string, took: { slowest: number; total: number }, slowestAck: number, edits: number): void => {
  const times = `slowest acknowledgement ${slowestAck.toFixed(0)} ms, slowest receipt ${took.slowest.toFixed(0)} ms`;
  process.stdout.write(`${what} in ${(took.total / 1000).toFixed(1)} s; ${times}; ${edits} edits\n`);
};

async function onSlack() {
  const slack = await slackStandIn();
  const app = slack.install();
  const { world } = slack;
  for (let n = 0; n < people; n += 1) {
    world.users.set(`UP${n}`, { id: `UP${n}`, locale: 'en-US' });
    world.channels.get('CGENERAL')?.members.add(`UP${n}`);
  }
  const { botToken, signingSecret } = app.options;
  const options = { token: botToken, signingSecret, apiUrl: slack.apiUrl };
  const bot = await botOn((log) => slackPlatform({ ...options, log }));
  const server = await serve(bot.platform.http ?? {}, 0, '127.0.0.1');
  app.requestUrl = `http://127.0.0.1:${server.port}/slack/events`;
  ending.push(
    () => slack.close(),
    () => server.close(100),
  );
  await bot.platform.start(bot.core);
  const rates = rateLimits();
  slack.rates = rates;
  const ask = async (user: string, channel: string, line: string): Promise<SlackMessage> => {
    const before = slack.messages(channel).length;
    await app.command(user, '/pulse', line, { channel });
    return vi.waitFor(() => {
      const message = slack.messages(channel)[before];
      if (!message) throw new Error(`nothing was posted: ${bot.faults.join()}`);
      return message;
    }, 20_000);
  };
  const edits = (): number => slack.calls('chat.update').length;
  const told = new Map<string, number>();
  let read = 0;
  /** How many receipts somebody has been shown; each message is looked at once. */
  const receipts = (user: string): number => {
    for (; read < world.messages.length; read += 1) {
      const { onlyFor, text } = world.messages[read] ?? {};
      if (onlyFor && text?.includes('Your answer: ')) told.set(onlyFor, (told.get(onlyFor) ?? 0) + 1);
    }
    return told.get(user) ?? 0;
  };
  let slowestAck = 0;
  /** Presses, and waits for the receipt, which comes after the acknowledgement. */
  const answer = async (user: string, message: SlackMessage, label: string): Promise<void> => {
    const before = receipts(user);
    const ack = await app.press(user, message, label);
    slowestAck = Math.max(slowestAck, ack.after);
    while (receipts(user) === before) await sleep(5);
  };
  return { slack, app, bot, rates, ask, edits, answer, slowestAck: () => slowestAck };
}

describe('on Slack', () => {
  test('2,000 people answer one pulse: none is lost, no rate is hit', { timeout: 120_000 }, async () => {
    const { slack, bot, rates, ask, edits, answer, slowestAck } = await onSlack();
    const message = await ask('UP0', 'CGENERAL', 'anonymous "Shall we?" "Yes" "No"');
    const presses = Array.from(
      { length: people },
      (_, n) => () => answer(`UP${n}`, message, n % 2 ? '2. No' : '1. Yes'),
    );
    const took = await pressed(presses);
    expect(await bot.tallies()).toEqual([people]);
    report(`Slack: ${people} answers to one pulse`, took, slowestAck(), edits());
    expect([rates.hits, slack.faults, bot.faults]).toEqual([[], [], []]);
    expect(edits()).toBeLessThan(2 + took.total / 1200);
    expect(slowestAck()).toBeLessThan(3000);
    expect(took.total).toBeLessThan(60_000);
  });

  test('50 pulses at once, while forms stay fast', { timeout: 120_000 }, async () => {
    const { slack, app, bot, rates, ask, edits, answer, slowestAck } = await onSlack();
    const everyone = [...(slack.world.channels.get('CGENERAL')?.members ?? [])];
    const messages: SlackMessage[] = [];
    for (let n = 0; n < 50; n += 1) {
      const id = `CHALL${n % 10}`;
      slack.world.channels.set(id, { id, name: id.toLowerCase(), members: new Set([...everyone, app.bot]) });
      messages.push(await ask(`UP${Math.floor(n / 5)}`, id, `"Shall we ${n}?" "Yes" "No"`));
    }
    const presses = Array.from({ length: people }, (_, n) => async () => {
      const message = messages[n % 50];
      if (message) await answer(`UP${Math.floor(n / 50)}`, message, '1. Yes');
    });
    const [took, form] = await Promise.all([
      pressed(presses),
      sleep(500).then(async () => {
        const started = performance.now();
        await app.command('UP900', '/acronym');
        await vi.waitFor(() => expect(slack.modal('UP900')).toBeDefined(), { timeout: 3000, interval: 5 });
        return performance.now() - started;
      }),
    ]);
    await vi.waitFor(async () => expect(await bot.tallies()).toEqual(messages.map(() => 40)), 10_000);
    report(
      `Slack: ${people} answers to 50 pulses (a form meanwhile: ${form.toFixed(0)} ms)`,
      took,
      slowestAck(),
      edits(),
    );
    expect([rates.hits, slack.faults, bot.faults]).toEqual([[], [], []]);
    expect(slowestAck()).toBeLessThan(3000);
    expect(form).toBeLessThan(2500);
  });
});

async function onDiscord() {
  const discord = await new DiscordStandIn().listen();
  const { token, apiUrl } = discord;
  const bot = await botOn((log) =>
    discordPlatform({ token, apiUrl, log, clock: systemClock, store: memoryStore(), onDead: () => undefined }),
  );
  ending.splice(-1, 0, () => discord.close());
  await bot.platform.start(bot.core);
  const rates = discordRates();
  discord.rates = rates;
  const person = (n: number): string => `5100000000000${String(n).padStart(5, '0')}`;
  const ask = async (n: number, channel: string, line: string): Promise<Message> => {
    const before = discord.messages.length;
    await discord.command('alice', 'pulse', { question: line }, { sub: 'new', channel, as: person(n) });
    return vi.waitFor(() => {
      const message = discord.messages[before];
      if (!message) throw new Error('not there yet');
      return message;
    }, 20_000);
  };
  const edits = (): number => discord.requests.filter((asked) => /^PATCH \/channels/.test(asked)).length;
  return { discord, bot, rates, ask, edits, person };
}

describe('on Discord', () => {
  test('2,000 people answer one pulse: none is lost, no rate is hit', { timeout: 120_000 }, async () => {
    const { discord, bot, rates, ask, edits, person } = await onDiscord();
    const message = await ask(0, halls[0] ?? '', 'anonymous "Shall we?" "Yes" "No"');
    const shown = { ...message };
    let receipts = 0;
    const presses = Array.from({ length: people }, (_, n) => async () => {
      const where = { channel: message.channel, as: person(n) };
      const { messages } = await discord.press('alice', shown, n % 2 ? '2. No' : '1. Yes', where);
      receipts += Number(messages.some(({ content }) => content.includes('Your answer: ')));
    });
    const took = await pressed(presses);
    await vi.waitFor(async () => expect(await bot.tallies()).toEqual([people]), 30_000);
    // On Discord the receipt is the acknowledgement.
    report(`Discord: ${people} answers to one pulse`, took, took.slowest, edits());
    expect(receipts).toBe(people);
    expect([rates.hits, discord.faults, bot.faults]).toEqual([[], [], []]);
    expect(edits()).toBeLessThan(2 + took.total / 2000);
    expect(took.slowest).toBeLessThan(3000);
  });

  test('50 pulses at once', { timeout: 120_000 }, async () => {
    const { discord, bot, rates, ask, edits, person } = await onDiscord();
    const messages: Message[] = [];
    for (let n = 0; n < 50; n += 1) {
      messages.push(await ask(Math.floor(n / 5), halls[n % 10] ?? '', `"Shall we ${n}?" "Yes" "No"`));
    }
    const shown = messages.map((message) => ({ ...message }));
    const presses = Array.from({ length: people }, (_, n) => async () => {
      const message = shown[n % 50];
      if (message)
        await discord.press('alice', message, '1. Yes', { channel: message.channel, as: person(Math.floor(n / 50)) });
    });
    const took = await pressed(presses);
    await vi.waitFor(async () => expect(await bot.tallies()).toEqual(messages.map(() => 40)), 30_000);
    report(`Discord: ${people} answers to 50 pulses`, took, took.slowest, edits());
    expect([rates.hits, discord.faults, bot.faults]).toEqual([[], [], []]);
    expect(took.slowest).toBeLessThan(3000);
  });
});
