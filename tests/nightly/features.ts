// What members do with pulses, proceedings, working groups and the community's own glossary; bounded in what it leaves behind.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DiscordStandIn, ids } from '../support/discord-stand-in.js';
import { freshFolder } from '../support/program.js';
import type { SlackStandIn } from '../support/slack-stand-in.js';
import type { StandInApp } from '../support/slack-stand-in-app.js';

type Thing = (turn: number) => Promise<unknown>;

/** What the one pulse of each platform asks; its card is not to be forgotten by the stand-ins. */
export const asked = 'Shall we soak?';
const [yes, no] = ['1. Yes', '2. No'] as const;
const answerAt = (turn: number): string => (turn % 2 === 0 ? yes : no);

/** The slug of the proceeding in {@link sourceOfOne}. */
const slug = 'on-soaking';

/** @returns a list for COMMENTS_SOURCE with one proceeding that stays open */
export async function sourceOfOne(): Promise<string> {
  const path = join(await freshFolder(), 'list.json');
  const closing = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await writeFile(path, JSON.stringify([{ id: slug, title: 'On soaking', closing }]));
  return path;
}

export function slackFeatures({ world }: SlackStandIn, app: StandInApp): readonly Thing[] {
  const card = () => world.messages.find(({ channel, blocks }) => channel === 'CGENERAL' && isPulse(blocks));
  let isAsked = false;
  return [
    async (turn) => {
      if (!isAsked) await app.command('UADA', '/pulse', `closes 7d "${asked}" "Yes" "No"`);
      isAsked = true;
      const found = card();
      if (found) await app.press(turn % 3 === 0 ? 'UBOB' : 'UANN', found, answerAt(turn));
    },
    () => app.command('UADA', '/pulse', 'list'),
    () => app.command('UANN', '/pulse'),
    () => app.command('UBOB', '/comments'),
    () => app.command('UANN', '/comments', `show ${slug}`),
    // A message of one's own comes the first time only.
    () => app.command('UANN', '/comments', `remind ${slug}`),
    () => app.command('UANN', '/comments', 'mine'),
    () => app.command('UBOB', '/wg'),
    () => app.command('UADA', '/wg', 'requests'),
    () => app.command('UANN', '/glossary'),
    () => app.command('UADA', '/glossary', 'gaps'),
  ];
}

export function discordFeatures(discord: DiscordStandIn): readonly Thing[] {
  const card = () =>
    discord.messages.find(({ channel, content }) => channel === ids.general && content.includes(asked));
  let isAsked = false;
  const told = async (name: string, sub: string, options: Record<string, string> = {}): Promise<void> => {
    if ((await discord.command('alice', name, options, { sub, mayFail: true })).type === 0)
      throw new Error('no answer');
  };
  return [
    async (turn) => {
      const found = card();
      if (found) await discord.press(turn % 3 === 0 ? 'sam' : 'alice', found, answerAt(turn), { mayFail: true });
      // Asked by somebody whose connection may be cut just then: once more, when it has not come.
      else if (!isAsked || turn % 97 === 0) await told('pulse', 'new', { question: `closes 7d "${asked}" "Yes" "No"` });
      isAsked = true;
    },
    () => told('pulse', 'list'),
    () => told('comments', 'list'),
    () => told('comments', 'show', { id: slug }),
    () => discord.typeahead('alice', 'comments', 'id', 'so', { sub: 'show', mayFail: true }),
    () => told('comments', 'mine'),
    () => told('wg', 'list'),
    () => told('glossary', 'browse'),
  ];
}

export const isPulse = (shown: unknown): boolean => JSON.stringify(shown ?? null).includes(asked);

/** In the local workspace, where one window is all there is. */
export function localFeatures(url: string): readonly Thing[] {
  const line = (member: string, text: string): Promise<unknown> =>
    fetch(`${url}/local/call`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ member, channel: 'general', line: text }),
    }).then(async (response) => {
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${text} answered ${response.status}`);
    });
  return [
    () => line('newcomer', '/comments'),
    () => line('gac', '/comments year'),
    () => line('newcomer', '/wg'),
    () => line('newcomer', '/wg gac'),
    () => line('staff', '/pulse list'),
    () => line('leader', '/glossary'),
    () => line('als-rep', '/rapporteur privacy'),
    () => sleep(20),
  ];
}
