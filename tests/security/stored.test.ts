// SECURITY.md: what is stored and logged, and what is not; secrets.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect } from 'vitest';
import { examine } from '../../scripts/doctor/examine.js';
import { systemClock } from '../../src/core/clock.js';
import { hashWith } from '../../src/core/secret.js';
import { runScript } from '../scripts/store/child.js';
import { claim } from '../support/claim.js';
import { DiscordStandIn, ids } from '../support/discord-stand-in.js';
import { cardOf, harness, textOf } from '../support/harness.js';
import { freshFolder, type Program, startProgram } from '../support/program.js';
import { slackStandIn } from '../support/slack-stand-in.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function onPlatforms(more: Record<string, string> = {}) {
  const slack = await slackStandIn();
  const discord = await new DiscordStandIn().listen();
  closing.push(
    () => slack.close(),
    () => discord.close(),
  );
  const app = slack.install();
  const env = {
    SLACK_BOT_TOKEN: app.options.botToken,
    SLACK_APP_TOKEN: app.options.appToken,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DATA_DIR: await freshFolder(),
    ...more,
  };
  const program = await startProgram(env);
  closing.push(() => program.stop());
  await program.healthy();
  return { slack, discord, app, program, env };
}

/** Names and contents of all files in a folder, however deep. */
async function filesIn(folder: string): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, 'utf8') })));
}

claim('S15: a look-up leaves nothing about who looked', async () => {
  const bot = await harness();
  await bot.type('alice', '/acronym PDP');
  await bot.type('alice', '/acronym canary');
  await bot.call('alice', 'acronym.message', { text: 'PDP and GNSO' });
  const kept = bot.store.dump();
  expect(kept).not.toContain('alice');
  expect(kept).not.toMatch(/PDP|GNSO/);
  expect(kept).toContain('canary');
});

claim(
  'S16: no log holds what a member typed or who they are, also when things fail',
  async () => {
    const { slack, discord, app, program } = await onPlatforms({ LOG_LEVEL: 'trace' });
    const canary = 'canary-of-a-member';
    const tried = (work: Promise<unknown>): Promise<unknown> => work.catch(() => undefined);
    await app.command('UANN', '/acronym', canary);
    await app.command('UANN', '/rapporteur', `language ${canary}`);
    await app.shortcut('UANN', 'explain_acronyms', `PDP ${canary}`);
    await discord.command('alice', 'acronym', { term: canary });
    await discord.typeahead('alice', 'acronym', 'term', canary);
    await discord.menu('alice', 'Explain acronyms', canary);
    for (const method of ['users.info', 'chat.postMessage', 'views.open', 'respond', 'conversations.info']) {
      slack.fail(method, { kind: 'serverError' }, 3);
    }
    await tried(app.command('UBOB', '/acronym', `${canary} ${'PDP '.repeat(50)}`));
    await tried(app.command('UADA', '/rapporteur', 'settings'));
    await app.command('UANN', '/acronym', 'PDP');
    const shown = slack.shownTo('UANN').at(-1);
    if (shown) await tried(app.press('UANN', shown, 'Share'));
    discord.failing.push({ path: /callback|messages|webhooks/, status: 500, code: 0, times: 6 });
    await discord.command('sam', 'acronym', { term: canary }, { mayFail: true });
    await discord.command('sam', 'acronym', { term: 'PDP' }, { mayFail: true });
    await program.stop();
    const log = program.stdout() + program.stderr();
    expect(log).toContain('"level":40');
    expect(log).not.toContain(canary);
    for (const who of ['UANN', 'UBOB', 'UADA', ids.alice, ids.sam, 'Alice', 'Ann Example'])
      expect(log).not.toContain(who);
    for (const secret of [app.options.botToken, app.options.appToken, discord.token]) expect(log).not.toContain(secret);
  },
  60_000,
);

claim(
  'S17: what is kept of a member is shown and erased, copies for repair included',
  async () => {
    const { slack, app, env } = await onPlatforms();
    const kept = async (): Promise<readonly string[]> =>
      (await filesIn(env.DATA_DIR)).filter(({ path, text }) => (path + text).includes('UANN')).map(({ path }) => path);
    await app.command('UANN', '/rapporteur', 'language fr');
    await app.command('UANN', '/rapporteur', 'language en');
    expect((await kept()).some((path) => path.endsWith('.bak'))).toBe(true);
    await app.command('UANN', '/rapporteur', 'privacy');
    const privacy = slack.shownTo('UANN').at(-1);
    expect(JSON.stringify(privacy)).toContain('language');
    if (privacy) await app.press('UANN', privacy, 'Erase everything');
    const sure = slack.shownTo('UANN').find(({ blocks }) => JSON.stringify(blocks).includes('Yes, erase'));
    if (sure) await app.press('UANN', sure, 'Yes, erase');
    for (let waited = 0; waited < 100 && (await kept()).length > 0; waited += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await kept()).toEqual([]);
  },
  60_000,
);

claim('S17: so are forms that wait for them, and messages that were for them', async () => {
  const bot = await harness();
  const alice = { platform: 'fake', space: 'S1', person: 'alice' };
  const field = { name: 'staff', label: 'Staff', kind: 'line', value: 'typed before' } as const;
  await bot.core.shelve(
    { locale: 'en', title: 'T', target: { to: 'rapporteur.set', args: {} }, fields: [field] },
    alice,
  );
  await bot.bot.outbox.once('told/alice', alice, { locale: 'en', blocks: [] });
  await bot.bot.outbox.once('told/bob', { ...alice, person: 'bob' }, { locale: 'en', blocks: [] });
  const card = cardOf(await bot.type('alice', '/rapporteur privacy'));
  expect(textOf(card)).toContain('typed before');
  expect(textOf(card)).toContain('"state": "sent"');
  const sure = cardOf(await bot.press('alice', card, 'Erase everything'));
  await bot.press('alice', sure, 'Yes, erase');
  expect(bot.store.dump()).not.toContain('alice');
  expect(bot.store.dump()).toContain('bob');
});

claim('S18: what a message said is forgotten once it is delivered', async () => {
  const bot = await harness();
  const card = cardOf(await bot.type('alice', '/acronym PDP'));
  await bot.press('alice', card, 'Share');
  expect(bot.platform.messages).toHaveLength(1);
  expect(bot.store.dump()).toContain('"state\\":\\"sent');
  expect(bot.store.dump()).not.toContain('Policy Development Process');
});

claim('S19: the embedded store and its exports can be read by their user alone', async () => {
  const { app, program, env } = await onPlatforms();
  await app.command('UANN', '/rapporteur', 'language fr');
  const file = join(await freshFolder(), 'backup.jsonl');
  expect((await runScript(['export', file], { DATA_DIR: env.DATA_DIR })).code).toBe(0);
  await program.stop();
  const inside = await readdir(env.DATA_DIR, { recursive: true });
  expect(inside.length).toBeGreaterThan(2);
  for (const path of [env.DATA_DIR, file, ...inside.map((name) => join(env.DATA_DIR, name))]) {
    const found = await stat(path);
    expect([path, (found.mode & 0o777).toString(8)]).toEqual([path, found.isDirectory() ? '700' : '600']);
  }
});

claim('S20: SECRET_KEY is in no document and in no export', async () => {
  const { app, program, env } = await onPlatforms();
  await app.command('UANN', '/rapporteur', 'language fr');
  const file = join(await freshFolder(), 'backup.jsonl');
  expect((await runScript(['export', file], { DATA_DIR: env.DATA_DIR })).code).toBe(0);
  const all = await filesIn(env.DATA_DIR);
  const key = all.find(({ path }) => path.endsWith('secret.key'))?.text.trim() ?? '';
  expect(key.length).toBeGreaterThanOrEqual(32);
  const others = all.filter(({ path }) => !path.endsWith('secret.key')).map(({ text }) => text);
  expect([...others, await readFile(file, 'utf8'), program.stdout()].join()).not.toContain(key);
});

claim('S21: what stands for a person is another under every salt and every key, and does not name them', () => {
  const text = fc.string({ minLength: 1, maxLength: 40 });
  const key = fc.string({ minLength: 32, maxLength: 64 });
  fc.assert(
    fc.property(text, text, text, key, key, (id, salt, otherSalt, secret, otherSecret) => {
      fc.pre(salt !== otherSalt && secret !== otherSecret);
      const of = { platform: 'slack', space: 'T1', person: `U-${id}` };
      const hash = hashWith(secret)(of, salt);
      expect(hash).toBe(hashWith(secret)(of, salt));
      expect(hash).toMatch(/^[\w-]{43}$/);
      expect(new Set([hash, hashWith(secret)(of, otherSalt), hashWith(otherSecret)(of, salt)]).size).toBe(3);
      expect(hash).not.toBe(hashWith(secret)({ ...of, person: `V-${id}` }, salt));
    }),
  );
});

const secrets = {
  SLACK_BOT_TOKEN: 'xoxb-canary-1',
  SLACK_SIGNING_SECRET: 'canary-2',
  SLACK_APP_TOKEN: 'xapp-canary-3',
  DISCORD_TOKEN: 'canary-4',
  DATABASE_URL: 'postgres://somebody:canary-5@127.0.0.1:1/nowhere',
  SECRET_KEY: 'canary-6-and-more-than-thirty-two-characters',
};

claim(
  'S22: a program that refuses to start prints no token, password or key',
  async () => {
    const { slack, discord } = await onPlatforms();
    const here = { SLACK_API_URL: slack.apiUrl, DISCORD_API_URL: discord.apiUrl };
    const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_APP_TOKEN, DISCORD_TOKEN, ...store } = secrets;
    const wrong = [
      store,
      { ...here, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET },
      { ...here, DISCORD_TOKEN },
      { SLACK_BOT_TOKEN: 'canary', SECRET_KEY: 'canary', DATABASE_URL: 'canary', DISCORD_TOKEN: 'two canaries' },
    ];
    for (const env of wrong) {
      const program: Program = await startProgram({ ...env, LOG_LEVEL: 'LOG_LEVEL' in env ? '' : 'trace' });
      expect(await program.ended).toBe(2);
      expect(program.stdout() + program.stderr()).not.toContain('canar');
    }
  },
  60_000,
);

claim('S22: nor does the doctor', async () => {
  const env = {
    ...secrets,
    COMMENTS_SOURCE: 'https://canary-7@127.0.0.1:1/?canary-8',
    PUBLIC_URL: 'http://127.0.0.1:1/c',
  };
  const { slack, discord } = await onPlatforms();
  const here = { SLACK_API_URL: slack.apiUrl, DISCORD_API_URL: discord.apiUrl, PORT: '0' };
  const findings = await examine({
    env: { ...env, ...here },
    envFile: '/nowhere/.env',
    node: '20.19.0',
    clock: systemClock,
  });
  expect(findings.filter(({ level }) => level === 'fault').length).toBeGreaterThan(3);
  expect(JSON.stringify(findings)).not.toContain('canary');
});
