// Mixed traffic against real processes for SOAK_MINUTES: memory and handles stay flat, and nobody goes without an answer.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { DiscordStandIn } from '../support/discord-stand-in.js';
import { growth, type Sample } from '../support/flat.js';
import { type Program, startProgram } from '../support/program.js';
import { slackStandIn } from '../support/slack-stand-in.js';
import { sourceOfOne } from './features.js';
import { discordRounds, localRounds, rounds, slackRounds, strangerRounds, type Traffic } from './traffic.js';

const minutes = Number(process.env.SOAK_MINUTES ?? 60);

/** Between two looks at the processes, and between two cuts of their connections, in milliseconds. */
const [lookEvery, cutEvery] = [Math.min(10_000, (minutes * 60_000) / 40), 15_000];

/** What the SDK reports of an answer whose socket was cut; its member is told, or Slack asks again over the next one. */
const ofCuts = /the client has no active connection|error occurred while Bolt processed/;

/** Collects the garbage of a process at SIGUSR2, so that what is looked at is what it holds. */
const collector = `import v8 from 'node:v8'; import vm from 'node:vm'; v8.setFlagsFromString('--expose-gc');
  const gc = vm.runInNewContext('gc'); process.on('SIGUSR2', () => gc());`;
const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(collector)}`;

interface Soaked {
  readonly name: string;
  readonly program: Program;
  readonly traffic: Traffic;
  readonly samples: Sample[];
  /** What its platforms would have refused. */
  readonly faults: () => readonly string[];
  /** The most that may go without an answer, as a part of all. */
  readonly bearable: number;
}

const over = new AbortController();
const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  over.abort();
  for (const close of closing.splice(0).reverse()) await close();
});

/** Slack in one of its modes, and Discord, whose connections are cut every now and then. */
async function platforms(mode: 'http' | 'socket'): Promise<{ soaked: Soaked; load: Promise<unknown> }> {
  const slack = await slackStandIn();
  const discord = await new DiscordStandIn().listen();
  closing.push(
    () => slack.close(),
    () => discord.close(),
  );
  const app = slack.install();
  app.join('CSTAFF');
  const { botToken, signingSecret, appToken } = app.options;
  const program = await startProgram({
    SLACK_BOT_TOKEN: botToken,
    SLACK_API_URL: slack.apiUrl,
    ...(mode === 'http' ? { SLACK_SIGNING_SECRET: signingSecret } : { SLACK_APP_TOKEN: appToken }),
    SLACK_STAFF_CHANNEL: 'CSTAFF',
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    COMMENTS_SOURCE: await sourceOfOne(),
    NODE_OPTIONS,
  });
  closing.push(() => program.stop());
  await program.healthy();
  if (mode === 'http') app.requestUrl = `${program.url}/slack/events`;
  const traffic: Traffic = { done: 0, failed: 0 };
  const { signal } = over;
  const cut = async (): Promise<void> => {
    while (!signal.aborted) {
      await sleep(cutEvery, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      app.refreshSockets();
      discord.drop(4000);
    }
  };
  const load = Promise.all([
    rounds(slackRounds(slack, app), traffic, signal),
    rounds(discordRounds(discord), traffic, signal),
    ...(mode === 'http' ? [rounds(strangerRounds(program.url), traffic, signal)] : []),
    cut(),
  ]);
  const faults = (): readonly string[] => [...slack.faults, ...discord.faults];
  // A press between two connections is lost by the platform, and its member is told.
  return { soaked: { name: mode, program, traffic, samples: [], faults, bearable: 0.05 }, load };
}

async function localWorkspace(): Promise<{ soaked: Soaked; load: Promise<unknown> }> {
  const program = await startProgram({ NODE_OPTIONS });
  closing.push(() => program.stop());
  await program.healthy();
  const traffic: Traffic = { done: 0, failed: 0 };
  const load = rounds(localRounds(program.url), traffic, over.signal);
  return { soaked: { name: 'local', program, traffic, samples: [], faults: () => [], bearable: 0 }, load };
}

async function look({ program }: Soaked): Promise<Sample> {
  program.process.kill('SIGUSR2');
  await sleep(500);
  const told = await (await fetch(`${program.url}/metrics`)).text();
  const value = (name: string): number => Number(new RegExp(`^rapporteur_${name} (.+)$`, 'm').exec(told)?.[1]);
  return {
    heap: value('nodejs_heap_size_used_bytes'),
    resident: value('process_resident_memory_bytes'),
    handles: value('nodejs_active_handles_total'),
    files: value('process_open_fds'),
  };
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1).padStart(6);

function lineOf({ name, traffic, samples }: Soaked): string {
  const { heap = 0, resident = 0, handles = 0, files = 0 } = samples.at(-1) ?? {};
  return (
    `${name.padEnd(6)} ${String(traffic.done).padStart(6)} done, ${traffic.failed} failed; ` +
    `heap ${megabytes(heap)} MB, resident ${megabytes(resident)} MB, handles ${handles}, files ${files}`
  );
}

test(
  `${minutes} minutes of mixed traffic leave memory and handles flat`,
  async () => {
    const began = Date.now();
    const all = await Promise.all([platforms('http'), platforms('socket'), localWorkspace()]);
    while (Date.now() - began < minutes * 60_000) {
      await sleep(lookEvery);
      for (const { soaked } of all) {
        soaked.samples.push(await look(soaked));
        process.stdout.write(`${String(Math.round((Date.now() - began) / 1000)).padStart(5)} s  ${lineOf(soaked)}\n`);
      }
    }
    over.abort();
    await Promise.all(all.map(({ load }) => load));
    for (const { soaked } of all) {
      const { name, program, traffic, samples, faults, bearable } = soaked;
      expect([name, ...growth(samples)]).toEqual([name]);
      expect([name, ...faults()]).toEqual([name]);
      expect(traffic.done).toBeGreaterThan(minutes * 60);
      expect(traffic.failed / traffic.done, name).toBeLessThanOrEqual(bearable);
      await program.healthy();
      const errors = program
        .stdout()
        .split('\n')
        .filter((line) => line.includes('"level":50') && !(name === 'socket' && ofCuts.test(line)));
      expect([name, ...errors]).toEqual([name]);
    }
  },
  minutes * 60_000 + 120_000,
);
