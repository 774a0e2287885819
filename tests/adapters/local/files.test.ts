// Files of private answers: shown and served to their member alone, for as long as the answer is kept.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventStream, type Json } from '../../support/event-stream.js';
import { type LocalServer, localServer } from '../../support/local-server.js';
import { exported } from '../../support/sample-feature.js';

let server: LocalServer;
beforeEach(async () => {
  server = await localServer();
});
afterEach(() => server.stop());

const call = async (body: object): Promise<Json> =>
  (await server.post('/local/call', { member: 'newcomer', channel: 'general', ...body })).json();
const answer = async (query = '', body: object = {}): Promise<Json> =>
  (await call({ target: `note.export${query}`, ...body })).messages[0];
const state = async (member: string): Promise<Json> => (await server.get(`/local/state?member=${member}`)).json();
const fetched = (id: string, member = 'newcomer', headers: Record<string, string> = {}): Promise<Response> =>
  server.get(`/local/file?${new URLSearchParams({ member, id })}`, headers);
const statusOf = async (id: string, member?: string): Promise<number> => (await fetched(id, member)).status;

test('an answer names its files, pictures with their words and their extent', async () => {
  const { files, card } = await answer();
  expect(JSON.stringify(card)).toContain('All notes');
  const [picture, table] = exported();
  expect(files).toEqual([
    {
      id: expect.any(String),
      name: 'notes.png',
      type: 'image/png',
      size: picture?.body.length,
      alt: 'Notes by tone: one calm, none urgent',
      width: 240,
      height: 120,
    },
    { id: expect.any(String), name: 'notes.csv', type: 'text/csv', size: table?.body.length },
  ]);
});

test.each([
  ['a picture, to be looked at', 0, 'image/png', 'inline; filename="notes.png"'],
  ['a table, to be kept', 1, 'text/csv; charset=utf-8', 'attachment; filename="notes.csv"'],
])('%s, is served byte for byte', async (_, at, type, disposition) => {
  const { files } = await answer();
  const response = await fetched(files[at].id);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(type);
  expect(response.headers.get('content-disposition')).toBe(disposition);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(exported()[at]?.body ?? []))).toBe(true);
});

describe('a file is refused to', () => {
  test('every other member, staff and administrators included, as if it were not there', async () => {
    const { files } = await answer();
    for (const member of ['leader', 'staff', 'admin']) {
      const response = await fetched(files[0].id, member);
      expect([response.status, await response.json()]).toEqual([404, { error: 'unknownFile' }]);
    }
    expect(JSON.stringify(await state('admin'))).not.toContain('notes.png');
  });

  test('nobody, and for ids that are none', async () => {
    const { files } = await answer();
    expect(await statusOf(files[0].id, 'nobody')).toBe(400);
    for (const id of ['', 'x', '../../etc/passwd', '\n', 'x'.repeat(500)]) expect(await statusOf(id)).toBe(404);
  });

  test('a page of another site', async () => {
    const { files } = await answer();
    expect((await fetched(files[0].id, 'newcomer', { origin: 'http://evil.example' })).status).toBe(403);
    expect((await fetched(files[0].id, 'newcomer', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });
});

test('the windows of the member hear of it, and those of others do not', async () => {
  const [own, other] = await Promise.all(
    ['newcomer', 'leader'].map((member) => eventStream(`${server.url}/local/live?member=${member}`)),
  );
  const { files } = await answer();
  const heard = await own?.until(({ event }) => event === 'message');
  expect(heard?.data.files).toEqual(files);
  await server.post('/local/message', { member: 'leader', channel: 'general', text: 'the last' });
  await other?.until(({ data }) => data.text === 'the last');
  expect(JSON.stringify(other?.heard)).not.toContain('notes.png');
  own?.close();
  other?.close();
});

describe('what is kept', () => {
  test('is there after a restart', async () => {
    const { files } = await answer();
    await server.stop();
    server = await localServer({ store: server.store });
    expect((await state('newcomer')).messages[0].files).toEqual(files);
    expect(await statusOf(files[1].id)).toBe(200);
  });

  test('goes with its answer, when that is dismissed', async () => {
    const { id, files } = await answer();
    await server.post('/local/dismiss', { member: 'leader', message: id });
    expect(await statusOf(files[0].id)).toBe(200);
    await server.post('/local/dismiss', { member: 'newcomer', message: id });
    expect(await statusOf(files[0].id)).toBe(404);
    expect(server.store.dump()).not.toContain('notes.csv');
  });

  test('goes with its answer, when there are 200 newer ones', async () => {
    const { files } = await answer();
    for (let i = 0; i < 199; i += 1) await call({ line: `/note topic ${i}` });
    expect(await statusOf(files[0].id)).toBe(200);
    await call({ line: '/note one more' });
    expect(await statusOf(files[0].id)).toBe(404);
  });

  test('of a member is 20 MB at most: the oldest go first, and nobody else’s', async () => {
    const others = await answer('', { member: 'leader' });
    const made: Json[] = [];
    for (let i = 0; i < 6; i += 1) made.push(await answer('?kilobytes=4000'));
    const left = await Promise.all(made.map(({ files }) => statusOf(files[1].id)));
    expect(left).toEqual([404, 200, 200, 200, 200, 200]);
    expect(await statusOf(others.files[1].id, 'leader')).toBe(200);
  });

  test('stays when the card is drawn anew', async () => {
    const { id, files } = await answer();
    const { messages } = await call({ target: 'note.tone', fields: { tone: 'calm' }, on: id });
    expect(messages[0]).toMatchObject({ id, files });
  });
});

describe('a file that cannot be kept leaves the answer as it is, with the reason:', () => {
  test('one that is too large', async () => {
    const { card, files } = await answer('?kilobytes=5120');
    expect(JSON.stringify(card)).toMatch(/All notes.*Not sent: notes.csv. Here a file may have 5 MB at most/);
    expect(files.map(({ name }: Json) => name)).toEqual(['notes.png']);
  });

  test('the store down', async () => {
    server.store.break(true);
    const { card, files } = await answer();
    expect(JSON.stringify(card)).toMatch(/All notes.*Not sent: notes.png, notes.csv. Please try again/);
    expect(files).toBeUndefined();
    server.store.break(false);
    expect(JSON.stringify(server.logged)).not.toContain('notes.csv');
  });
});
