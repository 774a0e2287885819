// A doctor's patient with Slack, Discord and a folder that are all well; a test spoils what it is about.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { examine } from '../../../scripts/doctor/examine.js';
import type { Finding, Level } from '../../../scripts/doctor/finding.js';
import { systemClock } from '../../../src/core/clock.js';
import { DiscordStandIn, ids } from '../../support/discord-stand-in.js';
import { freePort, freshFolder } from '../../support/program.js';
import { slackStandIn } from '../../support/slack-stand-in.js';

export async function scene() {
  const slack = await slackStandIn();
  const discord = await new DiscordStandIn().listen();
  const app = slack.install();
  app.join('CSTAFF');
  const port = await freePort();
  const env: Record<string, string> = {
    SLACK_BOT_TOKEN: app.options.botToken,
    SLACK_APP_TOKEN: app.options.appToken,
    SLACK_API_URL: slack.apiUrl,
    SLACK_STAFF_CHANNEL: 'CSTAFF',
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_STAFF_CHANNEL: ids.staff,
    DATA_DIR: await freshFolder(),
    PORT: String(port),
    HOST: '127.0.0.1',
  };
  const close = async (): Promise<void> => {
    await slack.close();
    await discord.close();
  };
  return { slack, discord, app, env, close };
}

/** @param env with nothing beside it: no .env file */
export const examined = async (env: Record<string, string>, clock = systemClock): Promise<readonly Finding[]> =>
  examine({ env, envFile: join(await freshFolder(), '.env'), node: '20.19.0', clock });

/** What was found about something, as `LEVEL text`. */
export const about = (findings: readonly Finding[], name: string): readonly string[] =>
  findings.filter((one) => one.about === name).map(({ level, text }) => `${level} ${text}`);

export const levels = (findings: readonly Finding[]): readonly Level[] => findings.map(({ level }) => level);

/** Expects exactly one line about something, so spoken of. */
export function expectOne(findings: readonly Finding[], name: string, text: RegExp): void {
  expect(about(findings, name)).toEqual([expect.stringMatching(text)]);
}

export async function fileOf(text: string): Promise<string> {
  const path = join(await freshFolder(), 'list');
  await writeFile(path, text);
  return path;
}
