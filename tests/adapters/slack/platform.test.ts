// What the core asks of Slack: posting, editing, who is where, and what is missing.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Card, para } from '../../../src/core/card.js';
import { eventually, type Stage, stageFor, started, wordsOf } from './stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await started('http');
});
afterEach(() => stage.stop());

const space = { platform: 'slack', space: 'T1' };
const place = (channel: string) => ({ ...space, channel });
const person = (id: string) => ({ ...space, person: id });
const card = (text: string): Card => ({ locale: 'en', blocks: [para(text)] });
const long: Card = { locale: 'en', blocks: Array.from({ length: 120 }, (_, n) => para(`Line ${n}`)) };

describe('posting', () => {
  test('to a public channel, also without an invitation, with links left folded', async () => {
    const posted = await stage.platform.post(place('CGENERAL'), card('Hello <all> & sundry'));
    expect(posted).toMatchObject({ ...space, channel: 'CGENERAL' });
    expect(stage.slack.messages('CGENERAL')).toMatchObject([
      { ts: posted.message, text: 'Hello &lt;all&gt; &amp; sundry' },
    ]);
    expect(stage.slack.calls('chat.postMessage')).toMatchObject([{ unfurl_links: 'false', unfurl_media: 'false' }]);
  });

  test('to a thread', async () => {
    const posted = await stage.platform.post({ ...place('CGENERAL'), thread: '1.5' }, card('Hello'));
    expect(posted.thread).toBe('1.5');
    expect(stage.slack.messages('CGENERAL')[0]?.thread).toBe('1.5');
  });

  test('to a person, in private', async () => {
    const posted = await stage.platform.post(person('UBOB'), card('Hello'));
    await stage.platform.post(person('UBOB'), card('Again'));
    expect(stage.slack.messages(posted.channel)).toHaveLength(2);
    expect(stage.slack.calls('conversations.open')).toHaveLength(1);
  });

  test('a card too long for one message goes on in its thread', async () => {
    const { message } = await stage.platform.post(place('CGENERAL'), long);
    const [first, ...others] = stage.slack.messages('CGENERAL');
    expect(first?.ts).toBe(message);
    expect(others.map(({ thread }) => thread)).toEqual([message, message]);
    expect(wordsOf(others.at(-1)?.blocks)).toContain('Line 119');
    expect(stage.slack.faults).toEqual([]);
  });

  test.each([
    ['CNOWHERE', 'notInvited', 'channel_not_found'],
    ['CSECRET', 'notInvited', 'channel_not_found'],
    ['COLD', 'gone', 'is_archived'],
  ])('to %s is undeliverable: %s', async (channel, obstacle, code) => {
    await expect(stage.platform.post(place(channel), card('x'))).rejects.toMatchObject({
      name: 'Undeliverable',
      obstacle,
      code,
    });
  });

  test('to someone who left, or where the Messages tab is off, is undeliverable: closed', async () => {
    await expect(stage.platform.post(person('ULEA'), card('x'))).rejects.toMatchObject({ obstacle: 'closed' });
    stage.app.hasMessagesTab = false;
    await expect(stage.platform.post(person('UBOB'), card('x'))).rejects.toMatchObject({
      obstacle: 'closed',
      code: 'messages_tab_disabled',
    });
  });

  test('a 429 is passed on at once with the seconds to wait, and holds back nothing else', async () => {
    stage.slack.fail('chat.postMessage', { kind: 'rateLimited', retryAfter: 7 });
    const started = performance.now();
    await expect(stage.platform.post(place('CGENERAL'), card('x'))).rejects.toMatchObject({ retryAfter: 7 });
    await stage.platform.post(place('CGENERAL'), card('y'));
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test.each([
    [{ kind: 'rateLimited' }],
    [{ kind: 'serverError' }],
    [{ kind: 'error', error: 'internal_error' }],
    [{ kind: 'error', error: 'fatal_error' }],
  ] as const)('%j is worth another try', async (failure) => {
    stage.slack.fail('chat.postMessage', failure);
    await expect(stage.platform.post(place('CGENERAL'), card('x'))).rejects.toMatchObject({ name: 'SlackFailure' });
  });

  test('a message that was taken before the answer got lost is not posted twice by us', async () => {
    stage.slack.fail('chat.postMessage', { kind: 'serverError', isAccepted: true });
    await expect(stage.platform.post(place('CGENERAL'), card('once'))).rejects.toMatchObject({ code: 'http_500' });
    expect(stage.slack.messages('CGENERAL')).toHaveLength(1);
  });

  test.each([
    [{ kind: 'serverError' }, true],
    [{ kind: 'error', error: 'internal_error' }, true],
    [{ kind: 'error', error: 'fatal_error' }, true],
    [{ kind: 'error', error: 'service_unavailable' }, false],
    [{ kind: 'rateLimited', retryAfter: 1 }, false],
  ] as const)('%j: whether the message may have arrived is %j', async (failure, mayHaveArrived) => {
    stage.slack.fail('chat.postMessage', failure);
    await expect(stage.platform.post(place('CGENERAL'), card('x'))).rejects.toMatchObject({ mayHaveArrived });
  });

  test('what failed before the post itself was certainly not taken', async () => {
    stage.slack.fail('conversations.open', { kind: 'serverError' });
    await expect(stage.platform.post(person('UALICE'), card('x'))).rejects.toMatchObject({
      code: 'http_500',
      mayHaveArrived: false,
    });
  });

  test('an error carries no text, no token and no request', async () => {
    stage.slack.fail('chat.postMessage', { kind: 'serverError' });
    const error: unknown = await stage.platform
      .post(place('CGENERAL'), card('canary'))
      .catch((thrown: unknown) => thrown);
    const { botToken } = stage.app.options;
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(new RegExp(`canary|${botToken}`));
  });
});

describe('editing', () => {
  test('draws a message anew', async () => {
    const posted = await stage.platform.post(place('CGENERAL'), card('old'));
    await stage.platform.edit(posted, card('new'));
    expect(stage.slack.messages('CGENERAL')).toMatchObject([{ text: 'new', edits: 1 }]);
  });

  test('a message that is gone is undeliverable', async () => {
    const gone = { ...place('CGENERAL'), message: '1.1' };
    await expect(stage.platform.edit(gone, card('x'))).rejects.toMatchObject({ obstacle: 'gone' });
  });

  test('a 429 is waited out, and the newest state is what lands', async () => {
    const posted = await stage.platform.post(place('CGENERAL'), card('old'));
    stage.slack.fail('chat.update', { kind: 'rateLimited', retryAfter: 1 });
    const first = stage.platform.edit(posted, card('newer'));
    await eventually(() => stage.slack.calls('chat.update').length === 0 || undefined);
    const second = stage.platform.edit(posted, card('newest'));
    await Promise.all([first, second]);
    await eventually(() => stage.slack.messages('CGENERAL')[0]?.text === 'newest');
  });
});

describe('channels and people', () => {
  test.each([
    ['CGENERAL', 'public'],
    ['CSECRET', 'unreachable'],
    ['COLD', 'unreachable'],
    ['CNOWHERE', 'unreachable'],
  ])('%s is %s', async (channel, state) => {
    expect(await stage.platform.channel(place(channel))).toBe(state);
  });

  test('a private channel is seen once we are invited', async () => {
    stage.app.join('CSTAFF');
    expect(await stage.platform.channel(place('CSTAFF'))).toBe('private');
  });

  test.each([
    ['UADA', 'member'],
    ['UANN', 'absent'],
    ['UGUS', 'guest'],
    ['UUNA', 'guest'],
    ['USTAN', 'guest'],
    ['ULEA', 'absent'],
    ['UNOBODY', 'nobody'],
  ])('in the staff channel %s is %s', async (id, presence) => {
    stage.app.join('CSTAFF');
    const found = await stage.platform.presence(place('CSTAFF'), person(id)).catch(() => 'nobody');
    expect(found).toBe(presence);
  });

  test.each([
    ['UANN', false],
    ['UGUS', false],
    ['USTAN', false],
    ['ULEA', true],
    ['UNOBODY', 'unknown'],
  ])('%s has left the workspace: %s', async (id, hasLeft) => {
    expect(await stage.platform.hasLeft(person(id)).catch(() => 'unknown')).toBe(hasLeft);
  });

  test('nobody is in a channel that we cannot see', async () => {
    expect(await stage.platform.presence(place('CSECRET'), person('UANN'))).toBe('absent');
  });

  test('a channel of many pages is read to its end', async () => {
    const members = stage.slack.world.channels.get('CGENERAL')?.members;
    for (let n = 0; n < 2500; n += 1) members?.add(`UX${n}`);
    stage.slack.world.users.set('ULAST', { id: 'ULAST' });
    members?.add('ULAST');
    expect(await stage.platform.presence(place('CGENERAL'), person('ULAST'))).toBe('member');
    expect(stage.slack.calls('conversations.members')).toHaveLength(3);
  });

  test.each([
    ['UADA', true],
    ['UANN', false],
    ['UGUS', false],
    ['USTAN', false],
  ])('%s is an administrator: %s', async (id, isAdmin) => {
    expect(await stage.platform.isAdmin(person(id))).toBe(isAdmin);
  });

  test.each([
    ['UANN', { name: 'Ann', zone: 'Africa/Nairobi' }],
    ['UBOB', { name: 'Bob Exemple', zone: 'Europe/Brussels' }],
    ['UADA', { name: 'uada' }],
  ])('%s is known as %j: the name that is shown, else the full one, else that of the account', async (id, profile) => {
    expect(await stage.platform.profile(person(id))).toEqual(profile);
  });

  test('who is not there has no profile, and is named by their id', async () => {
    await expect(stage.platform.profile(person('UNOBODY'))).rejects.toMatchObject({ code: 'user_not_found' });
    expect(await stage.bot.profile(person('UNOBODY'))).toEqual({ name: 'UNOBODY' });
  });

  test('a guest in the staff channel is no staff', async () => {
    stage.app.join('CSTAFF');
    await stage.bot.settings.setStaffChannel(space, 'CSTAFF');
    const isStaff = (id: string) => stage.bot.is({ by: person(id) }, 'staff');
    expect(await Promise.all(['UADA', 'UGUS', 'UUNA', 'USTAN'].map(isStaff))).toEqual([true, false, false, false]);
  });

  test('a right that cannot be asked after is an error, which access counts as no', async () => {
    stage.slack.fail('users.info', { kind: 'error', error: 'internal_error' }, 2);
    await expect(stage.platform.isAdmin(person('UADA'))).rejects.toMatchObject({ code: 'internal_error' });
  });
});

describe('what is missing', () => {
  test('nothing, with all scopes', async () => {
    expect(await stage.platform.lacks(space)).toEqual([]);
  });

  test('a scope that was taken away is named', async () => {
    stage.app.scopes = stage.app.scopes.filter((scope) => scope !== 'groups:read');
    expect(await stage.platform.lacks(space)).toEqual([{ key: 'lacksScope', args: { what: 'groups:read' } }]);
  });
});

describe('the bot token', () => {
  test.each(['invalid_auth', 'account_inactive', 'token_revoked', 'not_authed'])(
    '%s at the start is refused',
    async (error) => {
      const other = await stageFor('http', { slack: stage.slack });
      stage.slack.fail('auth.test', { kind: 'error', error });
      await expect(other.start()).rejects.toMatchObject({ name: 'BadCredentials', variable: 'SLACK_BOT_TOKEN' });
    },
  );

  test('refused later, all is lost, and that is said once', async () => {
    stage.app.revoked.add(stage.app.options.botToken);
    await expect(stage.platform.post(place('CGENERAL'), card('x'))).rejects.toThrow();
    await expect(stage.platform.post(place('CGENERAL'), card('x'))).rejects.toThrow();
    expect(stage.dead).toEqual(['Slack refuses SLACK_BOT_TOKEN (token_revoked)']);
    expect(stage.platform.connected()).toBe(false);
  });

  test.each([{ type: 'tokens_revoked', tokens: { bot: ['UBOT'] } }, { type: 'app_uninstalled' }])(
    'taken back by %j, all is lost',
    async (event) => {
      await stage.app.event(event);
      await eventually(() => stage.dead.length === 1);
    },
  );

  test("a member's token that is revoked is none of ours", async () => {
    await stage.app.event({ type: 'tokens_revoked', tokens: { oauth: ['UANN'] } });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(stage.dead).toEqual([]);
  });
});
