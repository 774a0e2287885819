// Who is let in: names, origins, content types, sizes.
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLoopback } from '../../../adapters/local/door.js';
import { type LocalServer, localServer } from '../../support/local-server.js';

let server: LocalServer;
beforeAll(async () => {
  server = await localServer();
});
afterAll(() => server.stop());

interface Raw {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly to?: LocalServer;
}

/** A request as no fetch would send it: any Host, any Origin. */
const raw = ({ path = '/local/state?member=newcomer', method = 'GET', headers = {}, body, to = server }: Raw) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: to.port, path, method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });

const json = { 'content-type': 'application/json' };
const greeting = JSON.stringify({ member: 'newcomer', channel: 'general', text: 'hello' });
const post = (headers: Record<string, string>, body: string | Buffer = greeting) =>
  raw({ path: '/local/message', method: 'POST', headers, body });

describe('the Host header', () => {
  test.each(['localhost', 'localhost:3000', 'LOCALHOST:1', '127.0.0.1:8080', '[::1]:3000'])(
    '%s is ours',
    async (host) => {
      expect((await raw({ headers: { host } })).status).toBe(200);
    },
  );

  test.each([
    'evil.example',
    'localhost.evil.example',
    'evil.example:3000',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    'a@localhost',
    'localhost:x',
  ])('%s is a name that somebody pointed here', async (host) => {
    const { status, body } = await raw({ headers: { host } });
    expect(status).toBe(403);
    expect(JSON.parse(body)).toEqual({ error: 'wrongHost' });
  });

  test.each(['/', '/local/page.js', '/local/live?member=newcomer', '/local/file?member=newcomer&id=x'])(
    'is checked for %s too',
    async (path) => {
      expect((await raw({ path, headers: { host: 'evil.example' } })).status).toBe(403);
    },
  );

  test('listening on all addresses lets any address in and no other name', async () => {
    const open = await localServer({ host: '0.0.0.0' });
    expect((await raw({ to: open, headers: { host: '192.0.2.7:3000' } })).status).toBe(200);
    expect((await raw({ to: open, headers: { host: 'evil.example' } })).status).toBe(403);
    await open.stop();
  });
});

describe('where a request comes from', () => {
  test('our own page may post', async () => {
    const host = `localhost:${server.port}`;
    expect((await post({ ...json, host, origin: `http://${host}` })).status).toBe(200);
  });

  test.each(['http://evil.example', 'null', 'http://localhost:1', 'https://localhost.evil.example'])(
    'a page of %s may neither post nor read',
    async (origin) => {
      const host = `localhost:${server.port}`;
      expect((await post({ ...json, host, origin })).status).toBe(403);
      expect((await raw({ headers: { host, origin } })).status).toBe(403);
    },
  );

  test.each(['cross-site', 'same-site'])(
    'a browser that says %s is sent away, but a link may lead to the page',
    async (site) => {
      expect((await raw({ headers: { 'sec-fetch-site': site } })).status).toBe(403);
      expect((await raw({ path: '/', headers: { 'sec-fetch-site': site } })).status).toBe(200);
    },
  );

  test('asking beforehand is not answered', async () => {
    const headers = { origin: 'http://evil.example', 'access-control-request-method': 'POST' };
    const { status } = await raw({ path: '/local/call', method: 'OPTIONS', headers });
    expect(status).toBe(405);
  });
});

describe('what is brought in', () => {
  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    '%s, which a foreign form could send, is refused',
    async (type) => {
      expect((await post({ 'content-type': type })).status).toBe(415);
    },
  );

  test('a charset may be named', async () => {
    expect((await post({ 'content-type': 'application/json; charset=utf-8' })).status).toBe(200);
  });

  test.each([
    '',
    '{',
    '[]',
    'null',
    '"text"',
    '{"member":1}',
    '{"member":"newcomer","channel":"general","text":"x","more":1}',
    '{"member":"newcomer","channel":"general","text":"\\u0000 \\ud800"}',
  ])('%j is not read', async (body) => {
    expect((await post(json, body)).status).toBe(400);
  });

  test('prototype keys do no harm', async () => {
    const body =
      '{"member":"newcomer","channel":"general","target":"note.list","fields":{"__proto__":"x","constructor":"y"}}';
    const { status } = await raw({ path: '/local/call', method: 'POST', headers: json, body });
    expect(status).toBe(200);
    expect(({} as Record<string, unknown>).constructor).toBe(Object);
  });

  test('a body of 1 MB passes the door, one byte more does not', async () => {
    const length = 1_048_576;
    expect((await post(json, Buffer.alloc(length, ' '))).status).toBe(400);
    const { status, body } = await post(json, Buffer.alloc(length + 1, ' '));
    expect(status).toBe(413);
    expect(JSON.parse(body)).toEqual({ error: 'tooLarge' });
  });

  test('so does a long body whose length was not told', async () => {
    const headers = { ...json, 'transfer-encoding': 'chunked' };
    expect((await post(headers, Buffer.alloc(3_000_000, ' '))).status).toBe(413);
  });

  test('what is turned away is logged once, by its reason alone', async () => {
    const own = await localServer();
    const body = 'a secret';
    const refused = { path: '/local/message', method: 'POST', to: own } as const;
    await raw({ ...refused, headers: { 'content-type': 'text/plain' }, body });
    await raw({ ...refused, headers: json, body: body.repeat(200_000) });
    await raw({ ...refused, headers: { ...json, host: 'evil.example' }, body });
    await raw({ ...refused, headers: json, body });
    const message = 'a request to the local workspace was refused';
    const reasons = ['wrongType', 'tooLarge', 'wrongHost'];
    expect(own.logged).toEqual(reasons.map((reason) => ({ level: 'warn', data: { reason }, message })));
    await own.stop();
  });

  test('the next request is served as if nothing had been', async () => {
    expect((await post(json)).status).toBe(200);
  });
});

describe('before and after', () => {
  test('until the core is there nothing is answered but the page', async () => {
    const early = await localServer({ isStarting: true });
    expect((await early.get('/')).status).toBe(200);
    expect((await early.get('/local/state?member=newcomer')).status).toBe(503);
    expect((await early.get('/local/live?member=newcomer')).status).toBe(503);
    await early.stop();
  });

  test('the store down is told from a fault', async () => {
    server.store.break(true);
    expect((await server.get('/local/state?member=newcomer')).status).toBe(503);
    expect((await post(json)).status).toBe(503);
    server.store.break(false);
    expect((await post(json)).status).toBe(200);
  });
});

describe('the address that is listened on', () => {
  test.each(['localhost', '127.0.0.1', '127.3.2.1', '::1'])('%s is this machine alone', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  test.each(['', '0.0.0.0', '::', '192.0.2.1', '127.0.0.1.example', 'example.org'])('%j is not', (host) => {
    expect(isLoopback(host)).toBe(false);
  });

  test('beyond this machine the log says loudly what that means, and the page too', async () => {
    const open = await localServer({ host: '0.0.0.0' });
    expect(open.logged).toContainEqual({
      level: 'warn',
      data: { host: '0.0.0.0', port: 0 },
      message: expect.stringContaining('everyone who reaches this port acts as staff'),
    });
    expect(await (await open.get('/local/state?member=newcomer')).json()).toMatchObject({ isExposed: true });
    await open.stop();
    expect(server.logged.filter(({ message }) => message.includes('acts as staff'))).toEqual([]);
  });
});
