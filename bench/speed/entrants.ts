// Who is measured, each ready for questions: the bot as `npm start` runs it, and bare programs beside it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Space } from '../../src/core/call.js';
import { steps } from '../../src/features/acronym/own/ledger.js';
import { entryId, stepId } from '../../src/features/acronym/own/model.js';
import { openEmbedded } from '../../src/store/embedded.js';
import { ids } from '../../tests/support/discord-stand-in.js';
import { freePort } from '../../tests/support/program.js';
import type { StandInApp } from '../../tests/support/slack-stand-in-app.js';
import { termAt } from '../terms.js';
import { type DiscordSide, discordSide } from './discord-side.js';
import type { Runner } from './race.js';
import { byHttp, bySocket, pressing, type SlackSide, slackSide } from './slack-side.js';
import { type Subject, startSubject } from './subject.js';

const bot = 'program/main';

/** As many as the bot's card has. */
const blocksOfCard = '5';

/** Starts entrants, and stops them all at the end. */
export class Stable {
  readonly #ending: (() => Promise<unknown>)[] = [];
  #slack: Promise<SlackSide> | undefined;

  constructor(readonly terms: number) {}

  /** `/acronym` over HTTP: the bot, Bolt, the Chat SDK. */
  async overHttp(): Promise<readonly Runner[]> {
    const side = await this.slack();
    const runners: Runner[] = [];
    for (const [name, script, way] of [
      ['rapporteur', bot, 'response'],
      ['bolt', 'bench/bare/bolt', 'response'],
      ['chat', 'bench/bare/chat-sdk', 'call'],
    ] as const) {
      const { app, env, url } = await this.#slackApp(side, false);
      runners.push(byHttp(side, app, url, await this.#start(name, script, env), this.terms, way));
    }
    return runners;
  }

  /** Presses over HTTP: on a pulse, a bare counter, one that tells each who pressed, and one that is durable too. */
  async pressed(): Promise<readonly Runner[]> {
    const side = await this.slack();
    const ours = await this.#slackApp(side, false);
    const subject = await this.#start('rapporteur', bot, ours.env);
    ours.app.requestUrl = ours.url;
    await ours.app.command('UP0', '/pulse', '"Shall we?" "Yes" "No"');
    const runners = [pressing(side, ours.app, ours.url, subject, ['1. Yes', '2. No'])];
    for (const [name, action] of [
      ['counter', 'vote'],
      ['telling counter', 'vote-told'],
      ['durable counter', 'vote-kept'],
    ] as const) {
      const theirs = await this.#slackApp(side, false);
      const bare = await this.#start(name, 'bench/bare/bolt', theirs.env);
      const button = { type: 'button', action_id: action, text: { type: 'plain_text', text: 'Vote' } };
      const blocks = [{ type: 'actions', elements: [button] }];
      side.standIn.world.post({ channel: 'CGENERAL', app: theirs.app.id, text: '0 answers', blocks });
      runners.push(pressing(side, theirs.app, theirs.url, bare, ['Vote', 'Vote']));
    }
    return runners;
  }

  /** `/acronym` in Socket Mode: the bot, Bolt, and Bolt with a card. */
  async overSockets(): Promise<readonly Runner[]> {
    const side = await this.slack();
    const runners: Runner[] = [];
    for (const [name, script, own] of [
      ['rapporteur', bot, {}],
      ['bolt', 'bench/bare/bolt', {}],
      ['bolt with a card', 'bench/bare/bolt', { BLOCKS: blocksOfCard }],
    ] as const) {
      const { app, env } = await this.#slackApp(side, true);
      runners.push(bySocket(side, app, await this.#start(name, script, { ...env, ...own }), this.terms));
    }
    return runners;
  }

  /** `/acronym` from the gateway to the callback. */
  async onDiscord(): Promise<readonly Runner[]> {
    const runners: Runner[] = [];
    for (const [name, script] of Object.entries({ rapporteur: bot, 'discord.js': 'bench/bare/discord' })) {
      const { side, env } = await this.#discordServer();
      runners.push(side.runner(await this.#start(name, script, { ...env, ...(await this.#own()) }), this.terms));
    }
    return runners;
  }

  /** Both platforms in one process; what is asked comes from each in turn. */
  async onBoth(): Promise<readonly Runner[]> {
    const runners: Runner[] = [];
    for (const [name, script] of Object.entries({ rapporteur: bot, 'both SDKs': 'bench/bare/both' })) {
      const { start, asked } = await this.both(script);
      const subject = await start(name);
      const [slack, discord] = asked(subject);
      runners.push({ subject, ask: (nth) => (nth % 2 ? slack : discord).ask(nth) });
    }
    return runners;
  }

  /** A program on both platforms, to be started as often as wanted. */
  async both(script: string) {
    const slack = await this.slack();
    const [{ app, env, url }, discord] = [await this.#slackApp(slack, false), await this.#discordServer()];
    return {
      start: (name: string) => this.#start(name, script, { ...env, ...discord.env }),
      asked: (subject: Subject): readonly [Runner, Runner] => [
        byHttp(slack, app, url, subject, this.terms, 'response'),
        discord.side.runner(subject, this.terms),
      ],
    };
  }

  slack(): Promise<SlackSide> {
    this.#slack ??= slackSide();
    return this.#slack;
  }

  async stop(): Promise<void> {
    for (const end of this.#ending.splice(0).reverse()) await end();
    await (await this.#slack)?.close();
    this.#slack = undefined;
  }

  async #start(name: string, script: string, env: Record<string, string>): Promise<Subject> {
    const subject = await startSubject(name, script, env);
    this.#ending.push(() => subject.stop());
    return subject;
  }

  async #slackApp(side: SlackSide, isSocket: boolean) {
    const app: StandInApp = side.standIn.install();
    app.join('CGENERAL');
    const { botToken, signingSecret, appToken } = app.options;
    const entrance: Record<string, string> = isSocket
      ? { SLACK_APP_TOKEN: appToken }
      : { SLACK_SIGNING_SECRET: signingSecret };
    const own = await this.#own();
    const env = { SLACK_BOT_TOKEN: botToken, SLACK_API_URL: side.apiUrl, ...entrance, ...own };
    return { app, env, url: `http://127.0.0.1:${own.PORT}/slack/events` };
  }

  async #discordServer(): Promise<{ side: DiscordSide; env: Record<string, string> }> {
    const side = await discordSide();
    this.#ending.push(() => side.close());
    return { side, env: { DISCORD_TOKEN: side.token, DISCORD_API_URL: side.apiUrl } };
  }

  /** A port and a folder with a glossary in it. */
  async #own() {
    const folder = await mkdtemp(join(tmpdir(), 'rapporteur-speed-'));
    this.#ending.push(() => rm(folder, { recursive: true, force: true }));
    const slack = await this.slack();
    await fill(folder, this.terms, [
      { platform: 'slack', space: slack.standIn.world.team },
      { platform: 'discord', space: ids.guild },
    ]);
    return { PORT: String(await freePort()), HOST: '127.0.0.1', DATA_DIR: folder, TERMS: String(this.terms) };
  }
}

/** Puts the terms into each space's glossary, as an import would. */
async function fill(folder: string, terms: number, spaces: readonly Space[]): Promise<void> {
  if (terms === 0) return;
  const store = await openEmbedded(folder);
  const changes = Array.from({ length: terms }, (_, nth) => {
    const { acronym, expansion, definition } = termAt(nth);
    return { id: entryId(1, nth), entry: { acronym, expansion: { en: expansion }, definition: { en: definition } } };
  });
  const step = { at: '2026-01-01T00:00:00Z', by: '', how: 'import' as const, changes };
  for (const space of spaces) {
    await store.collection(steps).insert(stepId(space, 1), { ...step, space: `${space.platform}/${space.space}` });
  }
  await store.close();
}
