// The whole program with both platforms at once: the same words, one core, one store.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { DiscordStandIn } from '../support/discord-stand-in.js';
import { filesOf } from '../support/discord-stand-in-files.js';
import { freshFolder, type Program, startProgram } from '../support/program.js';
import { slackStandIn } from '../support/slack-stand-in.js';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function scene(mode: 'http' | 'socket', more: Record<string, string> = {}) {
  const slack = await slackStandIn();
  closing.push(() => slack.close());
  const discord = await new DiscordStandIn().listen();
  closing.push(() => discord.close());
  const app = slack.install();
  const { botToken, signingSecret, appToken } = app.options;
  const env: Record<string, string> = {
    SLACK_BOT_TOKEN: botToken,
    SLACK_API_URL: slack.apiUrl,
    ...(mode === 'http' ? { SLACK_SIGNING_SECRET: signingSecret } : { SLACK_APP_TOKEN: appToken }),
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    ...more,
  };
  const start = async (): Promise<Program> => {
    const program = await startProgram(env);
    closing.push(() => program.stop());
    if (mode === 'http') app.requestUrl = `${program.url}/slack/events`;
    return program;
  };
  return { slack, discord, app, env, start };
}

describe.each(['http', 'socket'] as const)('with Slack in %s mode and Discord', (mode) => {
  test('the same words are answered the same, to the asker alone', async () => {
    const { slack, discord, app, start } = await scene(mode);
    await (await start()).healthy();
    await app.command('UANN', '/acronym', 'PDP');
    const onDiscord = await discord.command('alice', 'acronym', { term: 'PDP' });
    const [shown] = slack.shownTo('UANN');
    expect(JSON.stringify(shown)).toContain('Policy Development Process');
    expect(onDiscord.messages[0]?.content).toContain('Policy Development Process');
    expect([slack.faults, discord.faults]).toEqual([[], []]);
  });

  test('what a member chose is still there after a restart', async () => {
    const { slack, app, start } = await scene(mode, { DATA_DIR: await freshFolder() });
    const first = await start();
    await first.healthy();
    await app.command('UANN', '/rapporteur', 'language fr');
    await first.stop();
    await (await start()).healthy();
    await app.command('UANN', '/acronym', 'GAC');
    expect(JSON.stringify(slack.shownTo('UANN').at(-1))).toContain('Comité consultatif gouvernemental');
  });

  test('files reach who asked for them, through what is built', async () => {
    const { slack, discord, app, start } = await scene(mode);
    await (await start()).healthy();
    await app.command('UANN', '/comments', 'export');
    const onDiscord = await discord.command('alice', 'comments', {}, { sub: 'export' });
    const bySlack = await vi.waitUntil(() => slack.filesOf('UANN')[0], 5000);
    const [byDiscord] = filesOf(onDiscord.messages);
    expect(bySlack.bytes.toString()).toContain('"short_id"');
    expect(byDiscord?.bytes.equals(bySlack.bytes)).toBe(true);
    expect([slack.faults, discord.faults]).toEqual([[], []]);
  });

  test('Share reaches the channel, pressed twice or not', async () => {
    const { slack, app, start } = await scene(mode);
    await (await start()).healthy();
    await app.command('UANN', '/acronym', 'PDP');
    const [shown] = slack.shownTo('UANN');
    if (!shown) throw new Error('no answer');
    await Promise.all([app.press('UANN', shown, 'Share'), app.press('UANN', shown, 'Share')]);
    await sleep(300);
    expect(slack.calls('chat.postMessage')).toHaveLength(1);
    expect(slack.faults).toEqual([]);
  });
});

describe('when a platform refuses or is away', () => {
  test('a refused Slack token ends the program with one line and exit code 2', async () => {
    const { env } = await scene('http');
    const program = await startProgram({ ...env, SLACK_BOT_TOKEN: 'xoxb-refused' });
    expect(await program.ended).toBe(2);
    expect(program.stderr()).toMatch(/^SLACK_BOT_TOKEN: [^\n]+\n$/);
    expect(program.stderr()).not.toContain('xoxb-refused');
  });

  test('a refused Discord token ends the program with one line and exit code 2', async () => {
    const { env } = await scene('http');
    const program = await startProgram({ ...env, DISCORD_TOKEN: 'refused' });
    expect(await program.ended).toBe(2);
    expect(program.stderr()).toMatch(/^DISCORD_TOKEN: [^\n]+\n$/);
  });

  test('Slack being down at start does not stop Discord, and health tells', async () => {
    const { slack, discord, start } = await scene('http');
    slack.isDown = true;
    const program = await start();
    for (let waited = 0; waited < 10_000 && discord.commands.length === 0; waited += 50) await sleep(50);
    const answer = await discord.command('alice', 'acronym', { term: 'PDP' });
    expect(answer.messages[0]?.content).toContain('Policy Development Process');
    expect((await fetch(`${program.url}/healthz`)).status).toBe(503);
    slack.isDown = false;
    await program.healthy(40_000);
  }, 60_000);

  test('SIGTERM in the middle of work ends with exit code 0, and what was answered is kept', async () => {
    const { app, start } = await scene('http');
    const program = await start();
    await program.healthy();
    const asked = Array.from({ length: 20 }, () => app.command('UANN', '/acronym', 'PDP').catch(() => undefined));
    program.process.kill('SIGTERM');
    await Promise.all(asked);
    expect(await program.ended).toBe(0);
  });
});
