// SECURITY.md: proceedings come from a list that strangers write, and reminders are one's own.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { comments } from '../../src/features/comments/feature.js';
import { type Get, publicGet, readSource, readWeb } from '../../src/features/comments/fetch.js';
import { everything, withOne } from '../features/comments/one.js';
import { served, stage } from '../features/comments/stage.js';
import { claim } from '../support/claim.js';
import { DiscordStandIn } from '../support/discord-stand-in.js';
import { cardOf, textOf } from '../support/harness.js';
import { freshFolder, startProgram } from '../support/program.js';
import { slackStandIn } from '../support/slack-stand-in.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** What a list may hold in the hope that it does something. */
const title = '<!channel> @everyone <@UANN> *b* [x](https://evil.example) <https://evil.example|here>';

claim(
  'S29: what a list says pings nobody and becomes no markup',
  async () => {
    const list = join(await freshFolder(), 'list.json');
    const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    await writeFile(list, JSON.stringify([{ id: 'canary', title, requester: title, closing: day }]));
    const slack = await slackStandIn();
    const discord = await new DiscordStandIn().listen();
    const app = slack.install();
    const program = await startProgram({
      SLACK_BOT_TOKEN: app.options.botToken,
      SLACK_APP_TOKEN: app.options.appToken,
      SLACK_API_URL: slack.apiUrl,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      COMMENTS_SOURCE: list,
    });
    closing.push(
      () => slack.close(),
      () => discord.close(),
      () => program.stop(),
    );
    await program.healthy();
    // The first look waits for the list to be read.
    await app.command('UANN', '/comments');
    await app.command('UANN', '/comments', 'show canary');
    const shown = slack.shownTo('UANN').at(-1);
    const onSlack = JSON.stringify([shown?.text, shown?.blocks]);
    expect(onSlack).toContain('channel');
    expect(onSlack).not.toMatch(/"type":"(user|broadcast|usergroup)"|"url":"https:\/\/evil/);
    expect(mrkdwn(shown?.blocks).join() + shown?.text).not.toMatch(/<[!@#]|<https:\/\/evil/);
    const { messages } = await discord.command('alice', 'comments', { id: 'canary' }, { sub: 'show' });
    expect(messages[0]?.content).toContain('everyone');
    expect(messages[0]?.content).not.toMatch(/(?<!\\)<@U|(?<!\\)\*b\*|(?<!\\)\[x\]\(/);
    expect([...slack.faults, ...discord.faults]).toEqual([]);
  },
  60_000,
);

/** Texts that Slack would read for markup. */
function mrkdwn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = value as { readonly type?: unknown; readonly text?: unknown };
  const here = own.type === 'mrkdwn' && typeof own.text === 'string' ? [own.text] : [];
  return [...here, ...Object.values(value).flatMap(mrkdwn)];
}

claim(
  'S29: it adds no line to a calendar, no formula to a spreadsheet, and no address that runs something',
  async () => {
    const sly = '=HYPERLINK("x")\r\nATTENDEE:mailto:canary@x.example\nEND:VCALENDAR';
    const items = [
      { id: 'canary', title: sly, closing: '2026-03-20' },
      { id: 'runs', title: 'Runs', url: 'javascript:alert(1)', closing: '2026-03-20' },
    ];
    const get = served({ text: JSON.stringify(items), status: 200, asked: 0 });
    const on = stage({ now: '2026-03-01T12:00:00Z', get, operator: { commentsSource: 'https://lists.example.org/a' } });
    await on.type('alice', '/comments');
    const exported = await on.type('alice', '/comments export');
    const [csv] = exported.kind === 'say' ? (exported.files ?? []) : [];
    const table = new TextDecoder().decode(csv?.body);
    expect(table).toContain('HYPERLINK');
    expect(table).not.toMatch(/(^|,|")[=+\-@]/m);
    const feed = await comments.feeds?.['/comments.ics']?.(on.bot.bot, '/comments.ics');
    expect(feed?.body).toContain('HYPERLINK');
    expect(feed?.body).not.toMatch(/^ATTENDEE/m);
    expect(feed?.body.match(/^END:VCALENDAR/gm)).toHaveLength(1);
    expect(table + feed?.body + on.store).not.toContain('javascript:');
    expect(JSON.stringify(await on.type('alice', '/comments show canary'))).not.toContain('javascript:');
  },
);

/** A web in which one address answers with this, and the hosts that were asked. */
function web(status: number, headers: Readonly<Record<string, string>>, body = ''): { get: Get; asked: string[] } {
  const asked: string[] = [];
  const get: Get = async (url) => {
    asked.push(url.href);
    return {
      status,
      headers,
      body: (async function* () {
        yield new TextEncoder().encode(body);
      })(),
    };
  };
  return { get, asked };
}

claim('S30: a list is read over https alone, from the host that was named, and 5 MB of it at most', async () => {
  for (const source of ['http://lists.example.org/a', 'ftp://lists.example.org/a', 'file:///etc/passwd']) {
    const { get, asked } = web(200, {});
    await expect(readSource(source, {}, get)).rejects.toThrow('not-https');
    expect(asked).toEqual([]);
  }
  for (const location of ['https://elsewhere.example.org/', 'http://lists.example.org/b', 'https://127.0.0.1/']) {
    const { get, asked } = web(302, { location });
    await expect(readWeb('https://lists.example.org/a', {}, get)).rejects.toThrow('redirect-elsewhere');
    expect(asked).toEqual(['https://lists.example.org/a']);
  }
  const { get } = web(200, {}, 'x'.repeat(5 * 1024 * 1024 + 1));
  await expect(readWeb('https://lists.example.org/a', {}, get)).rejects.toThrow('too-large');
});

claim('S30: an address that staff type leads to no network of the operator’s', async () => {
  const inner = [
    '127.0.0.1',
    'localhost',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '[::1]',
    '[fd00::1]',
  ];
  for (const host of [...inner, '2130706433', '[::ffff:10.0.0.1]']) {
    await expect(readWeb(`https://${host}/`, {}, publicGet), host).rejects.toThrow('EINNER');
  }
});

claim('S31: who is reminded of what is told to them alone, and to no calendar', async () => {
  const { bot, id } = await withOne({ operator: { publicUrl: 'https://bot.example.org' } });
  await bot.type('alice', `/comments remind ${id}`);
  const saved = cardOf(await bot.call('sam', 'comments.followed', everything));
  const mine = async (person: string): Promise<string> => textOf(cardOf(await bot.type(person, '/comments mine')));
  expect(await mine('alice')).toContain('Renewal of .AERO');
  for (const other of ['bob', 'sam', 'root']) expect(await mine(other)).not.toContain('Renewal of .AERO');
  const feed = (path: string) => comments.feeds?.['/comments/*']?.(bot.bot.bot, path);
  const url = /https:\/\/bot\.example\.org(\/comments\/[\w-]{24}\.ics)/.exec(JSON.stringify(saved))?.[1] ?? '';
  expect((await feed(url))?.body).toContain('Renewal of .AERO');
  expect((await feed(url))?.body).not.toMatch(/alice|sam\b/);
  const other = url.at(-5) === 'A' ? 'B' : 'A';
  for (const guess of [`${url.slice(0, -5)}${other}.ics`, '/comments/.ics', '/comments/general.ics']) {
    expect(await feed(guess)).toBeUndefined();
  }
  await bot.sleepUntil('2026-04-13T12:00:00Z');
  const toPeople = bot.seen.filter(({ to }) => 'person' in to);
  expect(toPeople.length).toBeGreaterThan(1);
  expect(toPeople.filter(({ to }) => 'person' in to && to.person !== 'alice')).toEqual([]);
  const toChannels = bot.seen.filter(({ to }) => 'channel' in to);
  expect(toChannels.length).toBeGreaterThan(1);
  expect(JSON.stringify(toChannels)).not.toContain('alice');
});
