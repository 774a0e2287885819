// The adapter with its real SDK between a small core and the stand-in for Slack.

import { vi } from 'vitest';
import { type SlackOptions, slackPlatform } from '../../../adapters/slack/connect.js';
import { assemble } from '../../../src/core/bot.js';
import { systemClock } from '../../../src/core/clock.js';
import type { Bot } from '../../../src/core/feature.js';
import type { Platform } from '../../../src/core/platform.js';
import { serve } from '../../../src/http.js';
import { logTo } from '../../support/log.js';
import { memoryStore } from '../../support/memory-store.js';
import { testParts } from '../../support/parts.js';
import { type SlackStandIn, slackStandIn } from '../../support/slack-stand-in.js';
import type { StandInApp } from '../../support/slack-stand-in-app.js';
import type { Json } from '../../support/slack-stand-in-blocks.js';
import type { SlackMessage } from '../../support/slack-stand-in-world.js';
import { type Demo, demoFeature } from './demo.js';

export type Mode = 'http' | 'socket';

export interface Stage {
  readonly slack: SlackStandIn;
  readonly app: StandInApp;
  readonly platform: Platform;
  readonly bot: Bot;
  readonly demo: Demo;
  readonly store: ReturnType<typeof memoryStore>;
  /** Lines that were logged, as text. */
  readonly logged: string[];
  /** Why the platform gave up, if it did. */
  readonly dead: string[];
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface StageOptions extends Partial<SlackOptions> {
  readonly slack?: SlackStandIn;
}

/** Everything but started, so that a test can break something first. */
export async function stageFor(mode: Mode, options: StageOptions = {}): Promise<Stage> {
  const { slack = await slackStandIn(), ...own } = options;
  const app = slack.install();
  const logged: string[] = [];
  const dead: string[] = [];
  const log = logTo((level, data, message) => void logged.push(JSON.stringify({ level, ...data, message })));
  const door = mode === 'http' ? { signingSecret: app.options.signingSecret } : { appToken: app.options.appToken };
  const platform = slackPlatform({
    token: app.options.botToken,
    apiUrl: slack.apiUrl,
    log,
    onDead: (reason) => void dead.push(reason),
    ...door,
    ...own,
  });
  const demo = demoFeature();
  const store = memoryStore();
  const parts = { ...testParts, store, clock: systemClock, log, staffChannels: {}, sleep: async () => undefined };
  const { core, bot } = assemble({ features: [demo.feature], platforms: [platform], ...parts });
  const server = await serve(platform.http ?? {}, 0, '127.0.0.1');
  if (mode === 'http') app.requestUrl = `http://127.0.0.1:${server.port}/slack/events`;
  return {
    slack,
    app,
    platform,
    bot,
    demo,
    store,
    logged,
    dead,
    start: () => platform.start(core),
    async stop() {
      await platform.stop();
      await server.close(100);
      await slack.close();
    },
  };
}

export async function started(mode: Mode, options: StageOptions = {}): Promise<Stage> {
  const stage = await stageFor(mode, options);
  await stage.start();
  return stage;
}

/** Waits until something is there. */
export const eventually = <T>(look: () => T | undefined, timeout = 5000): Promise<T> =>
  vi.waitFor(
    () => {
      const found = look();
      if (found === undefined || found === false) throw new Error('it is not there yet');
      return found;
    },
    { timeout, interval: 10 },
  );

/** The newest message that someone alone sees. */
export const lastShown = (stage: Stage, user: string): SlackMessage => {
  const message = stage.slack.shownTo(user).at(-1);
  if (!message) throw new Error(`${user} sees nothing`);
  return message;
};

/** The newest message of a channel. */
export const lastPosted = (stage: Stage, channel: string): SlackMessage => {
  const message = stage.slack.messages(channel).at(-1);
  if (!message) throw new Error(`nothing was posted in ${channel}`);
  return message;
};

/** All words of blocks, however deep. */
export const wordsOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join(' ');
  if (typeof value !== 'object' || value === null) return '';
  const { text, ...rest } = value as Json;
  return [typeof text === 'string' ? text : wordsOf(text), wordsOf(Object.values(rest))].filter(Boolean).join(' ');
};
