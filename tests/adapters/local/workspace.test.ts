// What happens in the workspace: answers, buttons, forms, menus; who sees what; what is still there afterwards.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '../../support/event-stream.js';
import { type LocalServer, localServer } from '../../support/local-server.js';
import { memoryStore } from '../../support/memory-store.js';
import { hostile } from '../../support/sample-feature.js';

let server: LocalServer;
beforeEach(async () => {
  server = await localServer();
});
afterEach(() => server.stop());

const call = async (body: object, status = 200): Promise<Json> => {
  const response = await server.post('/local/call', { member: 'newcomer', channel: 'general', ...body });
  expect(response.status).toBe(status);
  return response.json();
};
const state = async (member: string): Promise<Json> => (await server.get(`/local/state?member=${member}`)).json();
const said = (message: Json): string => JSON.stringify(message);
const post = (member: string, channel: string, text: string) =>
  server.post('/local/message', { member, channel, text });

describe('a typed line', () => {
  test('is answered in private, and the answer stays', async () => {
    const { messages, locale } = await call({ line: '/note agenda' });
    expect(locale).toBe('en');
    expect(messages).toMatchObject([{ by: 'bot', channel: 'general', isPrivate: true, asked: '/note agenda' }]);
    expect((await state('newcomer')).messages).toEqual(messages);
    expect((await state('leader')).messages).toEqual([]);
  });

  test('speaks the language of who typed it', async () => {
    const { messages, locale } = await call({ member: 'gac', line: '/note agenda' });
    expect(locale).toBe('ar');
    expect(messages[0].card).toMatchObject({ locale: 'ar', dir: 'rtl' });
  });

  test('that lacks something opens the form', async () => {
    const reply = await call({ line: '/note' });
    expect(reply).toMatchObject({ messages: [], wrong: {}, form: { title: 'A new note', target: 'note.save' } });
    expect(reply.form.fields.map(({ name }: Json) => name)).toEqual(['topic', 'text', 'tone', 'where', 'days']);
  });

  test.each(['/nothing', '/', 'hello', ' '])(
    '%j that is no command says so and is answered by nobody',
    async (line) => {
      const { error, text } = await call({ line });
      expect(error).toBe('unknownCommand');
      expect(text).toContain('Type / to see them all');
    },
  );

  test.each(['/ntoe x', '/NOTE x', '/not'])('%j is nearly a command, which is named', async (line) => {
    const { error, text } = await call({ line });
    expect(error).toBe('unknownCommand');
    expect(text).toContain('Did you mean /note?');
  });

  test('with NUL and half a character in it is answered and kept', async () => {
    const { messages } = await call({ line: '/note a\0b\ud800c' });
    expect(messages[0].asked).toBe('/note abc');
    expect((await state('newcomer')).messages).toHaveLength(1);
  });
});

describe('what stands on a card', () => {
  const card = async (): Promise<Json> => (await call({ line: '/note agenda' })).messages[0];
  const buttonOf = (message: Json, label: string): string =>
    message.card.blocks.flatMap(({ buttons = [] }: Json) => buttons).find((button: Json) => button.label === label)
      .target;

  test('a button that shares posts for all and redraws the private card', async () => {
    const answer = await card();
    const { messages } = await call({ target: buttonOf(answer, 'Share'), on: answer.id });
    expect(messages).toMatchObject([{ id: answer.id, isPrivate: true }]);
    expect(said(messages[0])).toContain('Shared agenda');
    const [shared] = (await state('leader')).messages;
    expect(shared).toMatchObject({ by: 'bot', isPrivate: false, channel: 'general' });
  });

  test('a choice goes with its name', async () => {
    const answer = await card();
    const { target } = answer.card.blocks.find(({ kind }: Json) => kind === 'select');
    const { messages } = await call({ target, fields: { tone: 'urgent' }, on: answer.id });
    expect(said(messages[0])).toContain('Tone: urgent');
  });

  test('a button opens a form; what is wrong comes back with what was typed; what is right is taken', async () => {
    const answer = await card();
    const { form } = await call({ target: buttonOf(answer, 'Details'), on: answer.id });
    const again = await call({
      target: form.target,
      fields: { topic: 'ab', text: 'kept', days: 'mon,wed' },
      on: answer.id,
    });
    expect(again.wrong).toEqual({ topic: '“ab” is too short.' });
    expect(again.form.fields.map(({ value }: Json) => value)).toEqual(['ab', 'kept', '', '', 'mon,wed']);
    const done = await call({
      target: form.target,
      fields: { topic: 'abc', where: 'general', days: '' },
      on: answer.id,
    });
    expect(said(done.messages)).toContain('Saved abc (general)  []');
    expect(done.form).toBeUndefined();
  });

  test('a fault is told under a reference and logged without what it said', async () => {
    const answer = await card();
    const { messages } = await call({ target: buttonOf(answer, 'Break'), on: answer.id });
    const [reference] = /[0-9A-Z]{8}/.exec(said(messages[0].card)) ?? [];
    expect(server.logged.map(({ data }) => data.reference)).toContain(reference);
    expect(JSON.stringify(server.logged)).not.toContain('broken on purpose');
  });

  test('somebody else cannot press it, nor can it be pressed from another channel', async () => {
    const answer = await card();
    const target = buttonOf(answer, 'Share');
    await call({ member: 'leader', target, on: answer.id }, 404);
    await call({ channel: 'at-large', target, on: answer.id }, 404);
    await call({ target, on: '../../etc\n' }, 404);
  });

  test('an item of a message menu is called with what the message says', async () => {
    const { messages }: Json = await (await post('leader', 'general', 'Who is in the ALAC?')).json();
    const { messages: answers } = await call({ menu: 'note.message', about: messages[0].id });
    expect(said(answers[0])).toContain('Noted: Who is in the ALAC?');
    const onCard = await call({ menu: 'note.message', about: answers[0].id });
    expect(said(onCard.messages[0])).toContain('Noted: Noted: Who is in the ALAC?');
    await call({ menu: 'note.save', about: messages[0].id }, 400);
  });

  test('a private answer can be dismissed by its owner alone', async () => {
    const answer = await card();
    await server.post('/local/dismiss', { member: 'leader', message: answer.id });
    expect((await state('newcomer')).messages).toHaveLength(1);
    await server.post('/local/dismiss', { member: 'newcomer', message: answer.id });
    expect((await state('newcomer')).messages).toEqual([]);
  });

  test('while the store is down the asker is told so all the same', async () => {
    server.store.break(true);
    const { messages } = await call({ line: '/note agenda' });
    expect(messages).toMatchObject([{ isPrivate: true, asked: '/note agenda' }]);
    server.store.break(false);
  });
});

describe('who sees what', () => {
  test('six members in as many languages and zones, two of them staff, one an admin', async () => {
    const { members } = await state('newcomer');
    expect(members).toHaveLength(6);
    expect(new Set(members.map(({ language }: Json) => language)).size).toBe(6);
    expect(new Set(members.map(({ zone }: Json) => zone)).size).toBe(6);
    expect(members.filter(({ isStaff }: Json) => isStaff)).toHaveLength(2);
    expect(members.filter(({ isAdmin }: Json) => isAdmin)).toHaveLength(1);
    for (const { zone } of members) expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
  });

  test('channels are those that the member may read', async () => {
    const channels = async (member: string) => (await state(member)).channels.map(({ id }: Json) => id);
    expect(await channels('newcomer')).toEqual(['general', 'at-large', 'dm-newcomer']);
    expect(await channels('staff')).toEqual(['general', 'at-large', 'staff', 'dm-staff']);
  });

  test('nobody but staff reads, writes, calls or asks for suggestions in the staff channel', async () => {
    expect((await post('staff', 'staff', 'a secret')).status).toBe(200);
    expect((await post('newcomer', 'staff', 'let me in')).status).toBe(403);
    await call({ channel: 'staff', line: '/note agenda' }, 403);
    expect((await server.get('/local/suggest?member=newcomer&channel=staff&line=/')).status).toBe(403);
    expect(said(await state('newcomer'))).not.toContain('a secret');
    expect(said(await state('admin'))).toContain('a secret');
  });

  test('direct messages are between one member and the bot, who greets', async () => {
    expect((await post('gac', 'dm-gac', 'between us')).status).toBe(200);
    expect((await post('staff', 'dm-gac', 'me too')).status).toBe(403);
    for (const other of ['newcomer', 'als-rep', 'leader', 'staff', 'admin']) {
      expect(said(await state(other))).not.toContain('between us');
    }
    expect((await state('gac')).messages.map(({ by }: Json) => by)).toEqual(['gac', 'bot']);
  });

  test('staff commands are for staff', async () => {
    const { messages } = await call({ line: '/note office' });
    expect(said(messages)).toContain('staff');
    expect((await state('admin')).messages).toEqual([]);
    await call({ member: 'staff', line: '/note office' });
    expect(said((await state('admin')).messages)).toContain('For the office alone');
    expect(said(await state('newcomer'))).not.toContain('For the office alone');
  });

  test.each(['nobody', '', 'bot', '__proto__', 'constructor'])('%j is no member', async (member) => {
    expect((await server.get(`/local/state?member=${member}`)).status).toBe(400);
    expect((await post(member, 'general', 'hello')).status).toBe(400);
  });
});

describe('what is kept', () => {
  test('messages, answers and their numbers are there after a restart', async () => {
    await post('leader', 'general', 'still here');
    await call({ line: '/note agenda' });
    const before = await state('newcomer');
    await server.stop();
    server = await localServer({ store: server.store });
    const after = await state('newcomer');
    expect(after.messages).toEqual(before.messages);
    expect(after.seq).toBe(before.seq);
    await post('leader', 'general', 'and more');
    expect((await state('newcomer')).messages.map(({ text }: Json) => text)).toEqual([
      'still here',
      undefined,
      'and more',
    ]);
  });

  test('of a channel the latest 200, and of a member their latest 200 answers', async () => {
    for (let i = 0; i < 203; i += 1) await post('leader', 'general', `message ${i}`);
    for (let i = 0; i < 203; i += 1) await call({ line: `/note topic ${i}` });
    const { messages } = await state('newcomer');
    const [posted, answers] = [false, true].map((wanted) =>
      messages.filter(({ isPrivate }: Json) => isPrivate === wanted),
    );
    expect([posted.length, posted[0].text, posted.at(-1).text]).toEqual([200, 'message 3', 'message 202']);
    expect([answers.length, answers[0].asked]).toEqual([200, '/note topic 3']);
  });

  test('a document that no longer fits its kind is named, not shown', async () => {
    const store = memoryStore(new Map([['local-messages', new Map([['x', { rev: 1, json: '{"channel":1}' }]])]]));
    const broken = await localServer({ store });
    expect((await broken.get('/local/state?member=newcomer')).status).toBe(500);
    await broken.stop();
  });
});

test('hostile text stays text, and an address that runs something is no link', async () => {
  await post('leader', 'general', hostile);
  await call({ target: 'note.hostile' });
  const { messages } = await state('newcomer');
  expect(messages[0].text).toBe(hostile);
  expect(messages[1].card.title).toBe(hostile);
  expect(said(messages)).not.toContain('javascript:');
  const response = await server.get('/local/state?member=newcomer');
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
});

describe('as core sees it', () => {
  test('the same key posts once', async () => {
    const to = { platform: 'local', space: 'local', channel: 'general' };
    const card = { locale: 'en', blocks: [] } as const;
    const first = await server.platform.post(to, card, 'only');
    expect(await server.platform.post(to, card, 'only')).toEqual(first);
    expect((await state('newcomer')).messages).toHaveLength(1);
  });

  test.each([{ channel: 'lost' }, { person: 'nobody' }])('a message to %j can never arrive', async (whom) => {
    const to = { platform: 'local', space: 'local', ...whom };
    const sent = server.platform.post(to, { locale: 'en', blocks: [] });
    await expect(sent).rejects.toMatchObject({ name: 'Undeliverable', obstacle: 'gone' });
  });

  test('nor a card that is too long, nor one that is drawn anew where there is none', async () => {
    const to = { platform: 'local', space: 'local', channel: 'general' };
    const sent = server.platform.post(to, { locale: 'en', title: 'x'.repeat(200_001), blocks: [] });
    await expect(sent).rejects.toMatchObject({ obstacle: 'tooLong' });
    const drawn = server.platform.edit({ ...to, message: 'lost' }, { locale: 'en', blocks: [] });
    await expect(drawn).rejects.toMatchObject({ obstacle: 'gone' });
  });

  test('a message to a member comes as a direct message', async () => {
    const to = { platform: 'local', space: 'local', person: 'gac' };
    const posted = await server.bot.outbox.post(to, { locale: 'ar', blocks: [] });
    expect(posted).toMatchObject({ platform: 'local', space: 'local', channel: 'dm-gac' });
    expect((await state('gac')).messages).toMatchObject([{ id: posted.message }]);
  });

  test.each([
    ['gac', { name: 'GAC delegate', zone: 'Africa/Cairo' }],
    ['admin', { name: 'Support staff (admin)', zone: 'Asia/Shanghai' }],
    ['nobody', { name: 'nobody' }],
  ])('%s is known as %j', async (person, profile) => {
    expect(await server.bot.profile({ platform: 'local', space: 'local', person })).toEqual(profile);
  });

  test('channels are public, private or not there', async () => {
    const stateOf = (channel: string) => server.bot.channelState({ platform: 'local', space: 'local', channel });
    expect(await Promise.all(['general', 'staff', 'dm-gac', 'lost'].map(stateOf))).toEqual([
      'public',
      'private',
      'private',
      'unreachable',
    ]);
  });
});
