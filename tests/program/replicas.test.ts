// Three processes on one PostgreSQL, killed in turn under load: what was acknowledged is there, and there once.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { shippedGlossary } from '../../src/features/acronym/glossary.js';
import { hasServer, Schema } from '../store/server.js';
import { DiscordStandIn, ids } from '../support/discord-stand-in.js';
import { type Program, startProgram } from '../support/program.js';
import { type SlackStandIn, slackStandIn } from '../support/slack-stand-in.js';

/** How long there is load, in seconds; each process is killed at least once in that time. */
const lasts = Number(process.env.CHAOS_SECONDS ?? 60);
const [killedEvery, awayFor] = [6_000, 2_500];

/** Acronyms with one sense alone: each is shared once in a channel, so that a post tells which press made it. */
const acronyms = shippedGlossary.complete('', Number.POSITIVE_INFINITY).map(({ acronym }) => acronym);
const terms = acronyms.filter(
  (acronym) => /^[A-Z]{3,8}$/.test(acronym) && acronyms.indexOf(acronym) === acronyms.lastIndexOf(acronym),
);

/** Three replicas behind a balancer that passes by those that are away. */
class Cluster {
  readonly programs: (Program | undefined)[] = [];
  readonly logs: string[] = [];
  killed = 0;

  constructor(readonly env: Readonly<Record<string, string>>) {}

  async start(at: number): Promise<void> {
    const program = await startProgram(this.env);
    await program.healthy();
    this.programs[at] = program;
  }

  kill(at: number): void {
    const program = this.programs[at];
    if (!program) return;
    this.programs[at] = undefined;
    this.killed += 1;
    program.process.kill('SIGKILL');
    void program.ended.then(() => this.logs.push(program.stdout()));
  }

  /** One that is there, each in turn. */
  next(turn: number): Program | undefined {
    const there = this.programs.filter((one) => one !== undefined);
    return there[turn % there.length];
  }

  async stop(): Promise<void> {
    for (const program of this.programs) {
      await program?.stop();
      if (program) this.logs.push(program.stdout());
    }
  }

  /** Messages that a crash left open, sent once more. */
  get resent(): number {
    return this.logs.join('').split('sent once more').length - 1;
  }
}

/** What was pressed: shown as done, or left open by a crash. */
interface Pressed {
  readonly done: Set<string>;
  readonly open: Set<string>;
}

type Times = ReadonlyMap<string, number>;

const counted = (keys: readonly string[]): Times =>
  keys.reduce((times, key) => times.set(key, (times.get(key) ?? 0) + 1), new Map<string, number>());

describe.skipIf(!hasServer())('three processes, killed one at a time in turn', () => {
  const schema = new Schema();
  afterAll(() => schema.remove());

  test(
    'every message that was acknowledged is there exactly once',
    async () => {
      await schema.empty();
      const slack = await slackStandIn();
      const discord = await new DiscordStandIn().listen();
      const app = slack.install();
      const channels = Array.from({ length: 6 }, (_, n) => `CLOAD${n}`);
      for (const id of channels) slack.world.channels.set(id, { id, name: id, members: new Set(['UANN', app.bot]) });
      const cluster = new Cluster({
        SLACK_BOT_TOKEN: app.options.botToken,
        SLACK_SIGNING_SECRET: app.options.signingSecret,
        SLACK_API_URL: slack.apiUrl,
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.apiUrl,
        DATABASE_URL: schema.url(),
        SECRET_KEY: 'a key of more than thirty-two characters',
      });
      await Promise.all([0, 1, 2].map((at) => cluster.start(at)));

      const pressed = { slack: { done: new Set(), open: new Set() } as Pressed, discord: new Set<string>() };
      const until = Date.now() + lasts * 1000;
      const load = [
        ...channels.map((channel, n) => loadSlack(slack, app, cluster, channel, n, until, pressed.slack)),
        loadDiscord(discord, until, pressed.discord),
      ];
      const gaps = watchGateway(discord, until);
      for (let at = 0; Date.now() + killedEvery < until; at = (at + 1) % 3) {
        await sleep(killedEvery - awayFor);
        cluster.kill(at);
        await sleep(awayFor);
        await cluster.start(at);
      }
      await Promise.all(load);
      const gateway = await gaps;

      const posts = (): { slack: Times; discord: Times } => ({
        slack: counted(
          channels.flatMap((c) => slack.messages(c).map(({ blocks, text }) => `${c} ${termIn(blocks, text)}`)),
        ),
        discord: counted(
          discord.messages
            .filter(({ channel }) => channel === ids.general)
            .map(({ content }) => termIn(content, content)),
        ),
      });
      const missing = (): string[] => {
        const there = posts();
        return [
          ...[...pressed.slack.done].filter((key) => !there.slack.has(key)),
          ...[...pressed.discord].filter((key) => !there.discord.has(key)),
        ];
      };
      // A claim that a crash left behind ends with its lease; then somebody's beat takes it over.
      for (let waited = 0; waited < 120 && missing().length > 0; waited += 1) await sleep(1000);
      await cluster.stop();
      const there = posts();
      const twice = [...there.slack].filter(([, times]) => times > 1);
      process.stdout.write(
        `killed ${cluster.killed} times in ${lasts} s: Slack ${pressed.slack.done.size} acknowledged, ${pressed.slack.open.size} left open, ` +
          `${there.slack.size} posted; Discord ${pressed.discord.size} acknowledged, ${there.discord.size} posted; ` +
          `resent after a crash ${cluster.resent}, of these ${twice.length} had arrived; ` +
          `longest time without a gateway ${Math.round(gateway.longest / 100) / 10} s\n`,
      );
      expect(missing()).toEqual([]);
      // Slack knows no key for a post: one that arrived just before the crash is the named window.
      expect(twice.every(([, times]) => times === 2)).toBe(true);
      expect(twice.length).toBeLessThanOrEqual(cluster.resent);
      expect([...there.discord].filter(([, times]) => times > 1)).toEqual([]);
      expect(pressed.slack.done.size).toBeGreaterThan(lasts);
      expect(pressed.discord.size).toBeGreaterThan(lasts / 10);
      expect(gateway.most).toBe(1);
      expect(gateway.longest).toBeLessThan(30_000);
      expect([...slack.faults, ...discord.faults]).toEqual([]);
      await slack.close();
      await discord.close();
    },
    (lasts + 300) * 1000,
  );
});

/** The acronym that a post explains. */
function termIn(shown: unknown, text: string): string {
  return /\b[A-Z]{3,8}\b/.exec(JSON.stringify(shown).replace(/\\n/g, ' '))?.[0] ?? text;
}

async function loadSlack(
  slack: SlackStandIn,
  app: ReturnType<SlackStandIn['install']>,
  cluster: Cluster,
  channel: string,
  lane: number,
  until: number,
  { done, open }: Pressed,
): Promise<void> {
  for (let turn = 0; Date.now() < until && turn < terms.length; turn += 1) {
    const [term = '', to] = [terms[turn], cluster.next(turn + lane)];
    if (!to) continue;
    try {
      app.requestUrl = `${to.url}/slack/events`;
      await app.command('UANN', '/acronym', term, { channel });
    } catch {
      continue; // the member sees that it failed, and goes on
    }
    const shown = slack
      .shownTo('UANN')
      .filter((one) => one.channel === channel)
      .at(-1);
    if (!shown) continue;
    const other = cluster.next(turn + lane + 1) ?? to;
    const key = `${channel} ${term}`;
    try {
      app.requestUrl = `${other.url}/slack/events`;
      await app.press('UANN', shown, 'Share');
      done.add(key);
    } catch {
      open.add(key);
    }
    // A channel takes one message a second: more would only wait longer in the end.
    await sleep(700);
  }
}

async function loadDiscord(discord: DiscordStandIn, until: number, done: Set<string>): Promise<void> {
  for (let turn = 0; Date.now() < until && turn < terms.length; turn += 1) {
    const term = terms[turn] ?? '';
    const asked = await discord.command('alice', 'acronym', { term }, { mayFail: true });
    const [shown] = asked.messages;
    if (!shown) continue;
    const shared = await discord.press('alice', shown, 'Share', { mayFail: true });
    if (shared.type === 7) done.add(term);
    await sleep(150);
  }
}

/** How many connections the gateway had at most, and for how long it had none, in milliseconds. */
async function watchGateway(discord: DiscordStandIn, until: number): Promise<{ most: number; longest: number }> {
  let [most, longest, since] = [0, 0, Date.now()];
  while (Date.now() < until) {
    const open = discord.gateway.connections;
    most = Math.max(most, open);
    if (open > 0) since = Date.now();
    longest = Math.max(longest, Date.now() - since);
    await sleep(50);
  }
  return { most, longest };
}
