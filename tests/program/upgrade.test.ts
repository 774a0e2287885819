// An upgrade as docs/operations.md has it: the new process beside the old one, the balancer turned, the old one stopped.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasServer, Schema } from '../store/server.js';
import { DiscordStandIn, ids } from '../support/discord-stand-in.js';
import { freshFolder, type Program, startProgram } from '../support/program.js';
import { type SlackStandIn, slackStandIn } from '../support/slack-stand-in.js';
import type { StandInApp } from '../support/slack-stand-in-app.js';
import { Balancer } from './balancer.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** @param mode how Slack reaches the program */
async function scene(more: Record<string, string>, mode: 'http' | 'socket' = 'http') {
  const slack = await slackStandIn();
  const discord = await new DiscordStandIn().listen();
  const app = slack.install();
  const { botToken, signingSecret, appToken } = app.options;
  const start = async (): Promise<Program> => {
    const program = await startProgram({
      SLACK_BOT_TOKEN: botToken,
      ...(mode === 'http' ? { SLACK_SIGNING_SECRET: signingSecret } : { SLACK_APP_TOKEN: appToken }),
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

/** What Slack makes of no answer: its member reads that the app did not respond. */
const toldAsFailed = /dispatch_failed|fetch failed|operation_timeout|in time/;

/** Members of a few channels who look something up and share it, over and over, until it is over. */
function membersOn(slack: SlackStandIn, app: StandInApp) {
  const { world } = slack;
  const channels = ['CONE', 'CTWO', 'CTHREE', 'CFOUR', 'CFIVE'];
  const [done, failed, slowest]: [Map<string, number>, unknown[], number[]] = [new Map(), [], []];
  let isOver = false;
  const one = async (channel: string): Promise<void> => {
    world.channels.set(channel, { id: channel, name: channel, members: new Set(['UANN', app.bot]) });
    // A channel takes one message a second: more would only wait longer in the end.
    for (; !isOver; await sleep(900)) {
      try {
        slowest.push((await app.command('UANN', '/acronym', 'PDP', { channel })).after);
        const shown = world.messages.findLast((at) => at.onlyFor === 'UANN' && at.channel === channel);
        if (!shown) throw new Error('no answer');
        slowest.push((await app.press('UANN', shown, 'Share')).after);
        done.set(channel, (done.get(channel) ?? 0) + 1);
      } catch (error) {
        failed.push(error);
      }
    }
  };
  const running = channels.map(one);
  return {
    failed,
    slowest,
    /** Presses that were acknowledged. */
    pressed: () => [...done.values()].reduce((sum, count) => sum + count, 0),
    async end() {
      isOver = true;
      await Promise.all(running);
    },
    /** Waits for what is still on its way. @returns channels with fewer posts than presses that were acknowledged */
    async lost() {
      const lacking = (): string[] => channels.filter((id) => slack.messages(id).length < (done.get(id) ?? 0));
      for (let waited = 0; waited < 30_000 && lacking().length > 0; waited += 100) await sleep(100);
      return lacking();
    },
  };
}

describe.skipIf(!hasServer())('with PostgreSQL', () => {
  const schema = new Schema();
  beforeEach(() => schema.empty());
  afterAll(() => schema.remove());

  const shared = () => ({ DATABASE_URL: schema.url(), SECRET_KEY: 'a key of more than thirty-two characters' });

  test('no press on Slack is lost or late, and Discord is without an answer for less than ten seconds', async () => {
    const { slack, discord, app, start } = await scene(shared());
    const old = await start();
    app.requestUrl = `${old.url}/slack/events`;

    let isOver = false;
    let lastAnswer = Date.now();
    let longest = 0;
    const sharedThere: string[] = [];
    const onDiscord = async (): Promise<void> => {
      while (!isOver) {
        const asked = await discord.command('alice', 'acronym', { term: 'PDP' }, { mayFail: true });
        const [answer] = asked.messages;
        if (!answer) continue;
        longest = Math.max(longest, Date.now() - lastAnswer);
        lastAnswer = Date.now();
        const pressed = await discord.press('alice', answer, 'Share', { mayFail: true });
        if (pressed.type === 7) sharedThere.push(asked.id);
        await sleep(50);
      }
    };
    const onSlack = membersOn(slack, app);
    const load = onDiscord();

    await sleep(2_000);
    const fresh = await start();
    app.requestUrl = `${fresh.url}/slack/events`;
    await sleep(500);
    old.process.kill('SIGTERM');
    expect(await old.ended).toBe(0);
    for (let waited = 0; waited < 15_000 && !discord.isConnected; waited += 50) await sleep(50);
    await sleep(2_000);
    isOver = true;
    await Promise.all([load, onSlack.end()]);

    expect(onSlack.failed).toEqual([]);
    expect(onSlack.pressed()).toBeGreaterThan(10);
    expect(Math.max(...onSlack.slowest)).toBeLessThan(3_000);
    expect(await onSlack.lost()).toEqual([]);
    expect(longest).toBeLessThan(10_000);
    // What was shown as shared is in the channel.
    for (let waited = 0; waited < 20_000 && postsIn(discord) < sharedThere.length; waited += 100) await sleep(100);
    expect(sharedThere.length).toBeGreaterThan(5);
    expect(postsIn(discord)).toBeGreaterThanOrEqual(sharedThere.length);
    expect([...slack.faults, ...discord.faults]).toEqual([]);
  }, 120_000);

  test('behind a balancer two replicas are replaced one after the other, and no press is lost or told as failed', async () => {
    const { slack, app, start } = await scene(shared());
    const balancer = await new Balancer().listen();
    closing.push(() => balancer.close());
    app.requestUrl = `${balancer.url}/slack/events`;
    const olds = [await start(), await start()];
    for (const { port } of olds) balancer.behind.add(port);
    const members = membersOn(slack, app);
    for (const old of olds) {
      await sleep(1_500);
      // The balancer goes on passing to both: nobody has to tell it before.
      balancer.behind.add((await start()).port);
      await sleep(1_500);
      old.process.kill('SIGTERM');
      expect(await old.ended).toBe(0);
    }
    await sleep(2_000);
    await members.end();
    expect(members.failed).toEqual([]);
    expect(members.pressed()).toBeGreaterThan(20);
    expect(Math.max(...members.slowest)).toBeLessThan(3_000);
    expect(await members.lost()).toEqual([]);
    expect(slack.faults).toEqual([]);
  }, 120_000);

  test('in Socket Mode no press that was acknowledged is lost, and hardly any is not acknowledged', async () => {
    const { slack, app, start } = await scene(shared(), 'socket');
    const old = await start();
    const members = membersOn(slack, app);
    await sleep(2_000);
    await start();
    await sleep(2_000);
    old.process.kill('SIGTERM');
    expect(await old.ended).toBe(0);
    await sleep(3_000);
    await members.end();
    // Pressed in the very moment of hanging up: Slack had sent it, and nobody answered, which it tells its member.
    expect(members.failed.length).toBeLessThanOrEqual(2);
    for (const error of members.failed) expect(String(error)).toMatch(toldAsFailed);
    expect(members.pressed()).toBeGreaterThan(20);
    expect(Math.max(...members.slowest)).toBeLessThan(3_000);
    expect(await members.lost()).toEqual([]);
    expect(slack.faults).toEqual([]);
  }, 120_000);
});

/** Messages in the one channel that is pressed in on Discord. */
const postsIn = (discord: DiscordStandIn): number =>
  discord.messages.filter(({ channel }) => channel === ids.general).length;

describe('with the embedded store', () => {
  test.each(['http', 'socket'] as const)(
    'over %s there is a gap, and what was acknowledged before it is there after it, once',
    async (mode) => {
      const { slack, discord, app, start } = await scene({ DATA_DIR: await freshFolder() }, mode);
      const old = await start();
      if (mode === 'http') app.requestUrl = `${old.url}/slack/events`;
      await app.command('UBOB', '/rapporteur', 'language es');
      const members = membersOn(slack, app);
      await sleep(3_000);
      const stopped = Date.now();
      old.process.kill('SIGTERM');
      expect(await old.ended).toBe(0);
      const fresh = await start();
      expect(Date.now() - stopped).toBeLessThan(15_000);
      if (mode === 'http') app.requestUrl = `${fresh.url}/slack/events`;
      const before = members.pressed();
      await sleep(3_000);
      await members.end();
      // Who pressed in the gap was told so by Slack; nobody pressed in vain without being told.
      for (const error of members.failed) expect(String(error)).toMatch(toldAsFailed);
      expect(before).toBeGreaterThan(5);
      expect(members.pressed()).toBeGreaterThan(before);
      expect(await members.lost()).toEqual([]);
      await app.command('UBOB', '/acronym', 'GAC');
      expect(JSON.stringify(slack.shownTo('UBOB').at(-1))).toContain('Comité Asesor Gubernamental');
      const answer = await discord.command('alice', 'acronym', { term: 'PDP' });
      expect(answer.messages[0]?.content).toContain('Policy Development Process');
      expect([...slack.faults, ...discord.faults]).toEqual([]);
    },
    90_000,
  );
});
