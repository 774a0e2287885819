// Server-sent events: news at once, for those alone who may see them, and nothing lost over a cut.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EventStream, eventStream, type Heard, type Json } from '../../support/event-stream.js';
import { type LocalServer, localServer } from '../../support/local-server.js';

let server: LocalServer;
let open: EventStream[] = [];
beforeEach(async () => {
  server = await localServer();
});
afterEach(async () => {
  for (const stream of open) stream.close();
  open = [];
  await server.stop();
});

const listen = async (member: string, query = '', headers: Record<string, string> = {}): Promise<EventStream> => {
  const stream = await eventStream(`${server.url}/local/live?member=${member}${query}`, headers);
  open.push(stream);
  await stream.until(({ event }) => event === 'ready');
  return stream;
};
const post = (member: string, channel: string, text: string) =>
  server.post('/local/message', { member, channel, text });
const call = async (body: object): Promise<Json> => (await server.post('/local/call', body)).json();
const texts = (stream: EventStream): readonly string[] =>
  stream.heard.filter(({ event }) => event === 'message').map(({ data }) => data.text ?? JSON.stringify(data.card));
const says = (text: string) => (heard: Heard) => JSON.stringify(heard.data).includes(text);

test('a public post reaches every open window at once', async () => {
  const windows = [await listen('newcomer'), await listen('gac'), await listen('staff'), await listen('newcomer')];
  await post('leader', 'general', 'to all');
  for (const stream of windows) await stream.until(says('to all'));
});

test('staff posts reach staff alone, answers their asker alone, direct messages their member alone', async () => {
  const [newcomer, leader, staff] = [await listen('newcomer'), await listen('leader'), await listen('staff')];
  await post('admin', 'staff', 'for staff');
  await call({ member: 'leader', channel: 'general', line: '/note agenda' });
  await post('staff', 'dm-staff', 'for me');
  await post('leader', 'general', 'the last');
  await Promise.all([newcomer, leader, staff].map((stream) => stream.until(says('the last'))));
  expect(texts(newcomer)).toEqual(['the last']);
  expect(texts(leader)).toEqual([expect.stringContaining('agenda'), 'the last']);
  expect(texts(staff)).toEqual(['for staff', 'for me', expect.stringContaining('Respondo a comandos'), 'the last']);
});

test('neither does catching up tell what may not be seen', async () => {
  await post('admin', 'staff', 'for staff');
  await call({ member: 'leader', channel: 'general', line: '/note agenda' });
  expect(texts(await listen('newcomer', '&after=0'))).toEqual([]);
  const polled: Json = await (await server.get('/local/state?member=newcomer&after=0')).json();
  expect(polled.messages).toEqual([]);
});

test('a message that is drawn anew comes again under its id', async () => {
  const stream = await listen('newcomer');
  const where = { platform: 'local', space: 'local', channel: 'general' };
  const posted = await server.bot.outbox.post(where, { locale: 'en', title: 'one', blocks: [] });
  await server.bot.outbox.edit(posted, { locale: 'en', title: 'two', blocks: [] }, 2);
  const { data } = await stream.until(says('two'));
  expect(data.id).toBe(posted.message);
});

test('after a cut a window hears what it missed and nothing twice', async () => {
  const first = await listen('newcomer');
  await post('leader', 'general', 'one');
  const { id } = await first.until(says('one'));
  first.close();
  await post('leader', 'general', 'two');
  await post('leader', 'general', 'three');
  const second = await listen('newcomer', '&after=0', { 'last-event-id': id });
  expect(texts(second)).toEqual(['two', 'three']);
});

test('also when the program was started again in between', async () => {
  const first = await listen('newcomer');
  await post('leader', 'general', 'one');
  const { id } = await first.until(says('one'));
  await server.stop();
  await first.ended;
  server = await localServer({ store: server.store });
  await post('leader', 'general', 'two');
  expect(texts(await listen('newcomer', '', { 'last-event-id': id }))).toEqual(['two']);
});

test('posts that come while a window catches up are heard once each, in order', async () => {
  const sent = Array.from({ length: 40 }, (_, i) => `message ${i}`);
  const posting = Promise.all(sent.map((text) => post('leader', 'general', text)));
  const stream = await listen('newcomer', '&after=0');
  await posting;
  await post('leader', 'general', 'end');
  await stream.until(says('end'));
  expect(new Set(texts(stream))).toEqual(new Set([...sent, 'end']));
  expect(texts(stream)).toHaveLength(41);
  const numbers = stream.heard.filter(({ id }) => id !== '').map(({ id }) => Number(id));
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
});

test('a dismissed answer leaves the other windows of its member', async () => {
  const { messages } = await call({ member: 'newcomer', channel: 'general', line: '/note agenda' });
  const [own, other] = [await listen('newcomer'), await listen('leader')];
  await server.post('/local/dismiss', { member: 'newcomer', message: messages[0].id });
  expect((await own.until(({ event }) => event === 'gone')).data).toEqual({ id: messages[0].id });
  await post('leader', 'general', 'end');
  await other.until(says('end'));
  expect(other.heard.map(({ event }) => event)).not.toContain('gone');
});

test('a window that may hold no stream hears the same by asking', async () => {
  const { seq }: Json = await (await server.get('/local/state?member=newcomer')).json();
  await post('leader', 'general', 'news');
  const polled: Json = await (await server.get(`/local/state?member=newcomer&after=${seq}`)).json();
  expect(polled.messages.map(({ text }: { text: string }) => text)).toEqual(['news']);
  expect(polled.seq).toBeGreaterThan(seq);
});

test('stopping ends the streams', async () => {
  const stream = await listen('newcomer');
  await server.stop();
  await stream.ended;
  server = await localServer();
});

test('nobody listens for a member who is none', async () => {
  expect((await server.get('/local/live?member=nobody')).status).toBe(400);
});
