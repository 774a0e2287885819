// The program on PostgreSQL: two replicas of it share everything.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { hasServer, Schema } from '../store/server.js';
import { ownCluster } from '../support/cluster.js';
import { type Program, startProgram } from '../support/program.js';
import { slackStandIn } from '../support/slack-stand-in.js';

describe.skipIf(!hasServer())('two replicas behind a balancer', () => {
  const schema = new Schema();
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  afterAll(() => schema.remove());

  async function scene() {
    await schema.empty();
    const slack = await slackStandIn();
    closing.push(() => slack.close());
    const app = slack.install();
    const start = async (): Promise<Program> => {
      const program = await startProgram({
        SLACK_BOT_TOKEN: app.options.botToken,
        SLACK_SIGNING_SECRET: app.options.signingSecret,
        SLACK_API_URL: slack.apiUrl,
        DATABASE_URL: schema.url(),
        SECRET_KEY: 'a key of more than thirty-two characters',
      });
      closing.push(() => program.stop());
      await program.healthy();
      return program;
    };
    const to = ({ url }: Program): void => {
      app.requestUrl = `${url}/slack/events`;
    };
    return { slack, app, start, to };
  }

  test('what is chosen at one is known to the other', async () => {
    const { slack, app, start, to } = await scene();
    const [one, other] = [await start(), await start()];
    to(one);
    await app.command('UANN', '/rapporteur', 'language fr');
    to(other);
    await app.command('UANN', '/acronym', 'GAC');
    expect(JSON.stringify(slack.shownTo('UANN').at(-1))).toContain('Comité consultatif gouvernemental');
    expect(slack.faults).toEqual([]);
  });

  test('Share pressed at both at once posts once', async () => {
    const { slack, app, start, to } = await scene();
    const [one, other] = [await start(), await start()];
    to(one);
    await app.command('UANN', '/acronym', 'PDP');
    const [shown] = slack.shownTo('UANN');
    if (!shown) throw new Error('no answer');
    const first = app.press('UANN', shown, 'Share');
    to(other);
    await Promise.all([first, app.press('UANN', shown, 'Share')]);
    // A press is acknowledged at once; the post follows.
    for (let waited = 0; waited < 3000 && slack.calls('chat.postMessage').length === 0; waited += 20) await sleep(20);
    await sleep(500);
    expect(slack.calls('chat.postMessage')).toHaveLength(1);
  });
});

describe.skipIf(!hasServer())('a database that goes away', () => {
  /** A minute where there is the time for it. */
  const outage = Number(process.env.OUTAGE_SECONDS ?? 10) * 1000;

  test(
    'is survived without a restart, and meanwhile nobody is told that something was recorded',
    async () => {
      const cluster = await ownCluster();
      const slack = await slackStandIn();
      const app = slack.install();
      const program = await startProgram({
        SLACK_BOT_TOKEN: app.options.botToken,
        SLACK_SIGNING_SECRET: app.options.signingSecret,
        SLACK_API_URL: slack.apiUrl,
        DATABASE_URL: cluster.url,
        SECRET_KEY: 'a key of more than thirty-two characters',
      });
      try {
        await program.healthy();
        app.requestUrl = `${program.url}/slack/events`;
        const told = async (command: string, text: string): Promise<string> => {
          const before = slack.shownTo('UANN').length;
          await app.command('UANN', command, text);
          for (let waited = 0; waited < 8000 && slack.shownTo('UANN').length === before; waited += 50) await sleep(50);
          return JSON.stringify(slack.shownTo('UANN').slice(before));
        };
        expect(await told('/rapporteur', 'language fr')).toContain('Votre langue');

        cluster.stop();
        const until = Date.now() + outage;
        while (Date.now() < until) {
          expect(await told('/rapporteur', 'language es')).toContain('not recorded');
          expect(await told('/acronym', 'GAC')).toContain('Governmental Advisory Committee');
          expect((await fetch(`${program.url}/healthz`)).status).toBe(503);
          await sleep(500);
        }
        cluster.start();

        await program.healthy(30_000);
        expect(await told('/acronym', 'GAC')).toContain('Comité consultatif gouvernemental');
        expect(await told('/rapporteur', 'language es')).toContain('Español');
        expect(program.process.exitCode).toBe(null);
        expect(slack.faults).toEqual([]);
      } finally {
        await program.stop();
        await slack.close();
        cluster.remove();
      }
    },
    outage + 60_000,
  );
});

test('a database that cannot be reached stops the start in one line, without its password', async () => {
  const program = await startProgram({
    DATABASE_URL: 'postgres://somebody:canary@127.0.0.1:1/nowhere',
    SECRET_KEY: 'a key of more than thirty-two characters',
  });
  expect(await program.ended).toBe(2);
  expect(program.stderr()).toMatch(/^DATABASE_URL: [^\n]+\n$/);
  expect(program.stderr()).not.toContain('canary');
});
