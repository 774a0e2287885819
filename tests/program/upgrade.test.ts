// An upgrade as docs/operations.md has it: the new process beside the old one, the balancer turned, the old one stopped.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasServer, Schema } from '../store/server.js';
import { DiscordStandIn, ids } from '../support/discord-stand-in.js';
import { freshFolder, type Program, startProgram } from '../support/program.js';
import { slackStandIn } from '../support/slack-stand-in.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function scene(more: Record<string, string>) {
  const slack = await slackStandIn();
  const discord = await new DiscordStandIn().listen();
  const app = slack.install();
  const start = async (): Promise<Program> => {
    const program = await startProgram({
      SLACK_BOT_TOKEN: app.options.botToken,
      SLACK_SIGNING_SECRET: app.options.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      ...more,
    });
    closing.push(() => program.stop());
    await program.healthy();
    return program;
  };
  closing.push(
    () => discord.close(),
    () => slack.close(),
  );
  return { slack, discord, app, start };
}

describe.skipIf(!hasServer())('with PostgreSQL', () => {
  const schema = new Schema();
  beforeEach(() => schema.empty());
  afterAll(() => schema.remove());

  test('no press on Slack is lost or late, and Discord is without an answer for less than ten seconds', async () => {
    const SECRET_KEY = 'a key of more than thirty-two characters';
    const { slack, discord, app, start } = await scene({ DATABASE_URL: schema.url(), SECRET_KEY });
    const old = await start();
    app.requestUrl = `${old.url}/slack/events`;

    let isOver = false;
    const failed: unknown[] = [];
    const slowest: number[] = [];
    const onSlack = async (channel: string): Promise<number> => {
      slack.world.channels.set(channel, { id: channel, name: channel, members: new Set(['UANN', app.bot]) });
      let pressed = 0;
      for (; !isOver; pressed += 1) {
        try {
          slowest.push((await app.command('UANN', '/acronym', 'PDP', { channel })).after);
          const shown = slack.shownTo('UANN').findLast((one) => one.channel === channel);
          if (!shown) throw new Error('no answer');
          slowest.push((await app.press('UANN', shown, 'Share')).after);
        } catch (error) {
          failed.push(error);
        }
        await sleep(50);
      }
      return pressed;
    };
    let lastAnswer = Date.now();
    let longest = 0;
    const shared: string[] = [];
    const onDiscord = async (): Promise<void> => {
      while (!isOver) {
        const asked = await discord.command('alice', 'acronym', { term: 'PDP' }, { mayFail: true });
        const [answer] = asked.messages;
        if (!answer) continue;
        longest = Math.max(longest, Date.now() - lastAnswer);
        lastAnswer = Date.now();
        const pressed = await discord.press('alice', answer, 'Share', { mayFail: true });
        if (pressed.type === 7) shared.push(asked.id);
        await sleep(50);
      }
    };
    const load = Promise.all([onDiscord(), ...['CONE', 'CTWO', 'CTHREE'].map(onSlack)]);

    await sleep(2_000);
    const fresh = await start();
    app.requestUrl = `${fresh.url}/slack/events`;
    await sleep(500);
    old.process.kill('SIGTERM');
    expect(await old.ended).toBe(0);
    for (let waited = 0; waited < 15_000 && !discord.isConnected; waited += 50) await sleep(50);
    await sleep(2_000);
    isOver = true;
    const [, ...pressed] = await load;

    expect(failed).toEqual([]);
    expect(pressed.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(10);
    expect(Math.max(...slowest)).toBeLessThan(3_000);
    expect(longest).toBeLessThan(10_000);
    // What was shown as shared is in the channel.
    for (let waited = 0; waited < 20_000 && postsIn(discord) < shared.length; waited += 100) await sleep(100);
    expect(shared.length).toBeGreaterThan(5);
    expect(postsIn(discord)).toBeGreaterThanOrEqual(shared.length);
    expect([...slack.faults, ...discord.faults]).toEqual([]);
  }, 120_000);
});

const postsIn = (discord: DiscordStandIn): number =>
  discord.messages.filter(({ channel }) => channel === ids.general).length;

describe('with the embedded store', () => {
  test('there is a gap, and what was acknowledged before it is there after it', async () => {
    const { slack, app, start } = await scene({ DATA_DIR: await freshFolder() });
    const old = await start();
    app.requestUrl = `${old.url}/slack/events`;
    await app.command('UANN', '/rapporteur', 'language fr');
    old.process.kill('SIGTERM');
    expect(await old.ended).toBe(0);
    const stopped = Date.now();
    const fresh = await start();
    expect(Date.now() - stopped).toBeLessThan(15_000);
    app.requestUrl = `${fresh.url}/slack/events`;
    await app.command('UANN', '/acronym', 'GAC');
    expect(JSON.stringify(slack.shownTo('UANN').at(-1))).toContain('Comité consultatif gouvernemental');
  }, 60_000);
});
