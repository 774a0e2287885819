// SECURITY.md: from outside. Against the whole program, as somebody who reaches its port.
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect } from 'vitest';
import { claim } from '../support/claim.js';
import { DiscordStandIn, ids } from '../support/discord-stand-in.js';
import { type Program, startProgram } from '../support/program.js';
import { slackStandIn } from '../support/slack-stand-in.js';
import { signed } from '../support/slack-stand-in-wire.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function started(env: Record<string, string>): Promise<Program> {
  const program = await startProgram(env);
  closing.push(() => program.stop());
  await program.healthy();
  return program;
}

async function onPlatforms(more: Record<string, string> = {}) {
  const slack = await slackStandIn();
  const discord = await new DiscordStandIn().listen();
  closing.push(
    () => slack.close(),
    () => discord.close(),
  );
  const app = slack.install();
  const program = await started({
    SLACK_BOT_TOKEN: app.options.botToken,
    SLACK_SIGNING_SECRET: app.options.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    ...more,
  });
  app.requestUrl = `${program.url}/slack/events`;
  return { slack, discord, app, program };
}

claim('S7: what Slack has not signed is turned away before anything looks into it', async () => {
  const { app, program } = await onPlatforms();
  const body = new URLSearchParams({ command: '/acronym', text: 'canary', user_id: 'UANN', team_id: 'T1' }).toString();
  const post = async (headers: Record<string, string>, text = body): Promise<number> => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return (await fetch(String(app.requestUrl), { method: 'POST', body: text, headers: { ...type, ...headers } }))
      .status;
  };
  const { signingSecret } = app.options;
  const now = Math.floor(Date.now() / 1000);
  expect(await post(signed(signingSecret, body))).toBe(200);
  expect(await post({})).toBe(401);
  expect(await post(signed('another secret', body))).toBe(401);
  expect(await post(signed(signingSecret, `${body}&x=1`))).toBe(401);
  expect(await post(signed(signingSecret, body, now - 310))).toBe(401);
  expect(await post(signed(signingSecret, body, now + 310))).toBe(401);
  const long = `${body}&x=${'x'.repeat(1_048_576)}`;
  expect(await post(signed(signingSecret, long), long)).toBe(413);
  expect(program.stdout()).not.toContain('canary');
});

claim('S8: the local workspace listens on this machine alone, and answers no page of another origin', async () => {
  const { port, url } = await started({ HOST: '' });
  const reaches = (host: string): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect({ host, port }, () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.end());
    });
  expect([await reaches('127.0.0.1'), await reaches('127.0.0.2')]).toEqual([true, false]);
  const status = (headers: Record<string, string>, method = 'GET', path = '/'): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on('error', reject);
      sent.end(method === 'POST' ? JSON.stringify({ member: 'admin', channel: 'general', line: '/rapporteur' }) : '');
    });
  expect(await status({ host: `localhost:${port}` })).toBe(200);
  expect(await status({ host: 'rebound.example' })).toBe(403);
  const json = { 'content-type': 'application/json', host: `localhost:${port}` };
  expect(await status({ ...json, origin: `http://localhost:${port}` }, 'POST', '/local/call')).toBe(200);
  expect(await status({ ...json, origin: 'https://elsewhere.example' }, 'POST', '/local/call')).toBe(403);
  const policy = (await fetch(url)).headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
});

claim('S9: with no token set the program opens no connection to anywhere', async () => {
  // Names every connection and every look-up of a name, whoever makes it.
  const spy = `import net from 'node:net'; import dns from 'node:dns';
    const { connect } = net.Socket.prototype; const { lookup } = dns;
    net.Socket.prototype.connect = function (...args) { process.stderr.write('CONNECTS\\n'); return connect.apply(this, args); };
    dns.lookup = (name, ...rest) => { if (!net.isIP(name)) process.stderr.write('LOOKS UP\\n'); return lookup(name, ...rest); };`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(spy)}`;
  const local = await started({ NODE_OPTIONS });
  const body = JSON.stringify({ member: 'newcomer', channel: 'general', line: '/acronym PDP' });
  const headers = { 'content-type': 'application/json' };
  expect((await fetch(`${local.url}/local/call`, { method: 'POST', headers, body })).status).toBe(200);
  expect(local.stderr()).toContain('local workspace');
  expect(local.stderr()).not.toMatch(/CONNECTS|LOOKS UP/);
  // With tokens the same spy sees connections: it would have seen others.
  const { program } = await onPlatforms({ NODE_OPTIONS });
  expect(program.stderr()).toContain('CONNECTS');
});

claim('S10: health and metrics tell of no person, channel, workspace or server', async () => {
  const { slack, app, discord, program } = await onPlatforms();
  await app.command('UANN', '/acronym', 'PDP');
  const [shown] = slack.shownTo('UANN');
  if (!shown) throw new Error('no answer');
  await app.press('UANN', shown, 'Share');
  await discord.command('alice', 'acronym', { term: 'PDP' });
  const told = await Promise.all(
    ['/healthz', '/metrics'].map(async (path) => (await fetch(`${program.url}${path}`)).text()),
  );
  expect(told.join()).toContain('route="acronym.share"');
  for (const name of ['UANN', 'CGENERAL', '"T1"', app.id, app.bot, 'Ann', 'PDP', ...Object.values(ids)]) {
    expect(told.join()).not.toContain(name);
  }
});

claim('S13: the Discord bot asks for no privileged intent', async () => {
  const { discord } = await onPlatforms();
  // Guilds: which servers and channels there are. Not members, presences or the content of messages.
  expect(discord.intents).toEqual([1 << 0]);
});
