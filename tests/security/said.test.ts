// SECURITY.md: what is said, and to whom.
import { afterEach, expect } from 'vitest';
import { parse } from 'yaml';
import { discordPlatform } from '../../adapters/discord/connect.js';
import { slackPlatform } from '../../adapters/slack/connect.js';
import { slackManifest } from '../../adapters/slack/manifest.js';
import { assemble } from '../../src/core/bot.js';
import { para } from '../../src/core/card.js';
import { systemClock } from '../../src/core/clock.js';
import { features } from '../../src/features/index.js';
import { claim } from '../support/claim.js';
import { DiscordStandIn, ids } from '../support/discord-stand-in.js';
import { cardOf, harness, textOf } from '../support/harness.js';
import { silentLog } from '../support/log.js';
import { memoryStore } from '../support/memory-store.js';
import { testParts } from '../support/parts.js';
import { note } from '../support/sample-feature.js';
import { slackStandIn } from '../support/slack-stand-in.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

claim('S11: an answer is for the asker alone; a channel sees what somebody shares, with their name', async () => {
  const bot = await harness();
  const answer = await bot.type('alice', '/acronym PDP');
  expect(answer.kind).toBe('say');
  expect(bot.platform.messages).toEqual([]);
  await bot.press('alice', cardOf(answer), 'Share');
  expect(bot.platform.messages).toHaveLength(1);
  const [shared] = bot.platform.messages;
  expect(shared?.to).toMatchObject({ channel: 'general' });
  expect(shared && textOf(shared.card)).toContain('@alice');
});

claim('S11: on Slack nobody else sees an answer, and the channel does not', async () => {
  const { slack, app } = await both();
  await app.command('UANN', '/acronym', 'PDP');
  expect(slack.shownTo('UANN')).toHaveLength(1);
  expect([slack.shownTo('UBOB'), slack.messages('CGENERAL')]).toEqual([[], []]);
});

/** What a member may type in the hope that it does something. */
const hostile =
  '<!channel> <!here> <@UANN> @everyone @here <@500000000000000001> *b* <https://evil.example|here> [x](https://evil.example)';

claim('S12: text of members pings nobody and becomes no markup', async () => {
  const { slack, discord, bot } = await both();
  const card = { locale: 'en', title: hostile, blocks: [para(hostile)] } as const;
  await bot.outbox.post({ platform: 'slack', space: 'T1', channel: 'CGENERAL' }, card);
  await bot.outbox.post({ platform: 'discord', space: ids.guild, channel: ids.general }, card);

  const [onSlack] = slack.messages('CGENERAL');
  const parsed = [onSlack?.text ?? '', ...texts(onSlack?.blocks, 'mrkdwn')];
  expect(parsed.join()).not.toMatch(/<[!@#]|<https/);
  // In rich text only what says that it is a link or a person is one.
  expect(JSON.stringify(onSlack?.blocks)).toContain('channel');
  expect(JSON.stringify(onSlack?.blocks)).not.toMatch(/"type":"(user|broadcast|usergroup|link)"/);
  expect(slack.faults).toEqual([]);

  expect(discord.posts.at(-1)?.allowed_mentions).toEqual({ parse: [] });
  const content = discord.messages.at(-1)?.content ?? '';
  expect(content).toContain('everyone');
  expect(content).not.toMatch(/(?<!\\)<@5|(?<!\\)\*b\*|(?<!\\)\[x\]\(/);
  expect(discord.faults).toEqual([]);
});

claim('S13: the Slack app asks for no scope that reads messages or addresses', () => {
  const { oauth_config, settings } = parse(slackManifest(features)) as {
    oauth_config: { scopes: { bot: readonly string[]; user?: readonly string[] } };
    settings: { event_subscriptions: { bot_events: readonly string[] } };
  };
  expect(oauth_config.scopes.bot.length).toBeGreaterThan(3);
  expect(oauth_config.scopes.bot.filter((scope) => /history|email|search|admin/.test(scope))).toEqual([]);
  expect(oauth_config.scopes.user).toBe(undefined);
  expect(settings.event_subscriptions.bot_events.filter((event) => event.startsWith('message'))).toEqual([]);
});

claim('S14: when something fails, members read a reference, and nothing of the inside', async () => {
  const failing = {
    ...note,
    routes: {
      ...note.routes,
      'note.list': {
        typed: { about: 'aboutList', options: [] },
        run: async () => {
          throw new Error('canary: select secret from inside');
        },
      },
    },
  };
  const bot = await harness({ features: [failing] });
  const read = textOf(cardOf(await bot.call('alice', 'note.list')));
  const reference = /reference: ([0-9A-Z]{8})/.exec(read)?.[1];
  expect(read).not.toContain('canary');
  expect(bot.logged.map(({ data }) => data.reference)).toContain(reference);
  expect(JSON.stringify(bot.logged)).not.toContain('canary');
});

/** Texts of every object of a type, wherever it stands. */
function texts(value: unknown, type: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = value as { readonly type?: unknown; readonly text?: unknown };
  const here = own.type === type && typeof own.text === 'string' ? [own.text] : [];
  return [...here, ...Object.values(value).flatMap((inner) => texts(inner, type))];
}

/** A bot on both stand-ins. */
async function both() {
  const slack = await slackStandIn();
  const discord = await new DiscordStandIn().listen();
  const app = slack.install();
  const store = memoryStore();
  const own = { log: silentLog, clock: systemClock };
  const platforms = [
    slackPlatform({ ...own, token: app.options.botToken, appToken: app.options.appToken, apiUrl: slack.apiUrl }),
    discordPlatform({ ...own, token: discord.token, apiUrl: discord.apiUrl, store, onDead: () => undefined }),
  ];
  const { core, bot } = assemble({ ...testParts, ...own, features, platforms, store, staffChannels: {} });
  for (const platform of platforms) await platform.start(core);
  closing.push(
    () => slack.close(),
    () => discord.close(),
    ...platforms.map((platform) => () => platform.stop()),
  );
  return { slack, discord, app, bot };
}
