// `npm run doctor` as a process of its own: what is printed, the exit code, and that no secret is among it.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasServer, Schema } from '../../store/server.js';
import { ids } from '../../support/discord-stand-in.js';
import { startProgram } from '../../support/program.js';
import { scene } from './scene.js';

const script = join(import.meta.dirname, '..', '..', '..', 'dist', 'scripts', 'doctor.js');

/** Runs it with these variables and no others but what a process needs. */
function doctor(env: Readonly<Record<string, string>>): Promise<{ code: number; lines: string[]; stderr: string }> {
  const { PATH = '', HOME = '' } = process.env;
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script], { env: { PATH, HOME, ...env } }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, lines: stdout.trim().split('\n'), stderr });
    });
  });
}

let at: Awaited<ReturnType<typeof scene>>;
beforeEach(async () => {
  at = await scene();
});
afterEach(() => at.close());

test('all well is exit code 0', async () => {
  const { code, lines, stderr } = await doctor(at.env);
  expect([code, stderr, lines.at(-1)]).toEqual([0, '', 'all is well']);
  expect(lines.slice(0, -1).every((line) => /^ok {6}[^:]+: \S/.test(line))).toBe(true);
});

test('a warning is exit code 1', async () => {
  const { code, lines } = await doctor({ ...at.env, SLACK_STAFF_CHANNEL: '' });
  expect([code, lines.at(-1)]).toEqual([1, '0 faults, 1 warning']);
  expect(lines.filter((line) => line.startsWith('WARNING '))).toHaveLength(1);
});

test('a fault is exit code 2, whatever else there is', async () => {
  const { code, lines } = await doctor({ ...at.env, SLACK_STAFF_CHANNEL: 'CGENERAL', DISCORD_STAFF_CHANNEL: '' });
  expect([code, lines.at(-1)]).toEqual([2, '1 fault, 1 warning']);
  expect(lines.filter((line) => line.startsWith('FAULT   '))).toHaveLength(1);
});

test('a bot that is running goes on, and the doctor finds it well', async () => {
  const program = await startProgram(at.env);
  try {
    await program.healthy();
    const { code, lines } = await doctor(at.env);
    expect([code, lines.at(-1)]).toEqual([0, 'all is well']);
    await at.app.command('UANN', '/acronym', 'PDP');
    const onDiscord = await at.discord.command('alice', 'acronym', { term: 'PDP' });
    expect(JSON.stringify(at.slack.shownTo('UANN'))).toContain('Policy Development Process');
    expect(onDiscord.messages[0]?.content).toContain('Policy Development Process');
    expect(program.stdout()).not.toContain('"level":40');
  } finally {
    await program.stop();
  }
});

/** Names staff channels in chat while the bot runs, and looks meanwhile. */
async function looksWhileStaffAreNamed(store: Readonly<Record<string, string>>): Promise<void> {
  const env = { ...at.env, ...store, SLACK_STAFF_CHANNEL: '', DISCORD_STAFF_CHANNEL: '' };
  const program = await startProgram(env);
  const staffLines = async (): Promise<readonly string[]> =>
    (await doctor(env)).lines.filter((line) => line.includes('staff channel of'));
  try {
    await program.healthy();
    expect(await staffLines()).toEqual([
      expect.stringMatching(/^WARNING staff channel of T1: none is named/),
      expect.stringMatching(new RegExp(`^WARNING staff channel of ${ids.guild}: none is named`)),
    ]);
    await at.app.command('UADA', '/rapporteur', 'settings');
    await at.app.submit('UADA', { staff: 'CSTAFF' });
    const { data } = await at.discord.command('root', 'rapporteur', {}, { sub: 'settings' });
    await at.discord.submit('root', data, { staff: ids.staff });
    expect(await staffLines()).toEqual([
      'ok      staff channel of T1: CSTAFF is private, and the bot is in it',
      `ok      staff channel of ${ids.guild}: ${ids.staff} is private, and the bot is in it`,
    ]);
    // What the doctor found in the store is what the bot goes by.
    at.slack.world.channels.get('CSTAFF')?.members.delete(at.app.bot);
    expect((await staffLines())[0]).toMatch(/^FAULT {3}staff channel of T1: CSTAFF is gone.*invite @Rapporteur/);
  } finally {
    await program.stop();
  }
}

test('staff channels that were chosen in chat are found while the bot runs on its folder', async () => {
  await looksWhileStaffAreNamed({});
}, 60_000);

describe.skipIf(!hasServer())('with PostgreSQL', () => {
  const schema = new Schema();
  beforeEach(() => schema.empty());
  afterAll(() => schema.remove());

  test('staff channels that were chosen in chat are found while the bot runs on its database', async () => {
    const SECRET_KEY = 'a key of more than thirty-two characters';
    await looksWhileStaffAreNamed({ DATABASE_URL: schema.url(), SECRET_KEY });
  }, 60_000);
});

test('no secret is printed, whether it is accepted, refused, or in the wrong place', async () => {
  const secrets = {
    SLACK_BOT_TOKEN: 'xoxb-canary-1',
    SLACK_SIGNING_SECRET: 'canary-2',
    SLACK_APP_TOKEN: 'xapp-canary-3',
    DISCORD_TOKEN: 'canary-4',
    DATABASE_URL: 'postgres://somebody:canary-5@127.0.0.1:1/nowhere',
    SECRET_KEY: 'canary-6-and-more-than-thirty-two-characters',
    COMMENTS_SOURCE: 'https://canary-7:canary-8@127.0.0.1:1/list?key=canary-9',
    PUBLIC_URL: 'http://canary-10:canary-11@127.0.0.1:1/canary-12',
  };
  const misplaced = { SLACK_BOT_TOKEN: 'canary-13', SLACK_APP_TOKEN: 'canary-14', DATABASE_URL: 'mysql://canary-15' };
  for (const env of [secrets, { ...secrets, ...misplaced }]) {
    const { code, lines, stderr } = await doctor({ ...at.env, ...env });
    expect(code).toBe(2);
    expect(lines.join('\n') + stderr).not.toContain('canary');
  }
  const { lines } = await doctor({ ...at.env, SECRET_KEY: secrets.SECRET_KEY });
  const printed = lines.join('\n');
  for (const secret of [at.app.options.botToken, at.app.options.appToken, at.discord.token, secrets.SECRET_KEY]) {
    expect(printed).not.toContain(secret);
  }
});
