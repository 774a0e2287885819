// How lists are fetched: over real TLS where it matters, and through a played server for what goes wrong.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Get,
  httpsGet,
  isPublic,
  largest,
  NotRead,
  publicGet,
  type Response,
  readSource,
  readWeb,
} from '../../../src/features/comments/fetch.js';
import { certificate, privateKey } from './tls.js';

const why = (reading: Promise<unknown>): Promise<string> =>
  reading.then(
    () => 'read',
    (error: unknown) => (error instanceof NotRead ? `${error.why} ${error.code}` : String(error)),
  );

let server: Server;
let handle: RequestListener = (_, response) => response.end('[]');
let at = '';
const get: Get = (url, headers, signal) => httpsGet({ ca: certificate })(url, headers, signal);

beforeAll(async () => {
  server = createServer({ cert: certificate, key: privateKey }, (request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  at = `https://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('over TLS', () => {
  test('a list is read with what the server says of its age, and not again while it is the same', async () => {
    handle = (request, response) => {
      const isKnown =
        request.headers['if-none-match'] === '"7"' &&
        request.headers['if-modified-since'] === 'Mon, 02 Mar 2026 12:00:00 GMT';
      response
        .writeHead(isKnown ? 304 : 200, { etag: '"7"', 'last-modified': 'Mon, 02 Mar 2026 12:00:00 GMT' })
        .end(isKnown ? '' : '[1]');
    };
    const first = await readSource(`${at}/list.json`, {}, get);
    expect(first).toEqual({ kind: 'text', text: '[1]', etag: '"7"', lastModified: 'Mon, 02 Mar 2026 12:00:00 GMT' });
    if (first.kind === 'text') expect(await readSource(`${at}/list.json`, first, get)).toEqual({ kind: 'same' });
  });

  test('a server that nobody vouches for is not believed', async () => {
    expect(await why(readWeb(at, {}, httpsGet()))).toMatch(/^unreachable /);
  });

  test('redirects are followed on the same host alone', async () => {
    handle = (request, response) => {
      if (request.url === '/here') response.writeHead(302, { location: '/there' }).end('moved');
      else if (request.url === '/away') response.writeHead(302, { location: 'https://elsewhere.example.org/' }).end();
      else if (request.url === '/down') response.writeHead(302, { location: at.replace('https', 'http') }).end();
      else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end();
      else response.end('[2]');
    };
    expect(await readWeb(`${at}/here`, {}, get)).toMatchObject({ text: '[2]' });
    expect(await why(readWeb(`${at}/away`, {}, get))).toBe('unreadable redirect-elsewhere');
    expect(await why(readWeb(`${at}/down`, {}, get))).toBe('unreadable redirect-elsewhere');
    expect(await why(readWeb(`${at}/round`, {}, get))).toBe('unreachable too-many-redirects');
  });

  test('no more is read than a list may hold', async () => {
    handle = (_, response) => response.end(Buffer.alloc(largest + 1, 32));
    expect(await why(readWeb(at, {}, get))).toBe('unreadable too-large');
  });

  test('what is not UTF-8 is not guessed at', async () => {
    handle = (_, response) => response.end(Buffer.from([0x5b, 0xe9, 0x5d]));
    expect(await why(readWeb(at, {}, get))).toBe('unreadable not-utf-8');
  });

  test('a calendar that is folded within a character is whole', async () => {
    const fold = Buffer.from('\r\n ');
    const [before, after] = [
      Buffer.from('BEGIN:VCALENDAR\r\nX-WR-CALNAME:Caf'),
      Buffer.from(' dates\r\nEND:VCALENDAR\r\n'),
    ];
    handle = (_, response) =>
      response.end(Buffer.concat([before, Buffer.from([0xc3]), fold, Buffer.from([0xa9]), after]));
    expect(await readWeb(at, {}, get)).toMatchObject({ text: expect.stringContaining('X-WR-CALNAME:Café dates') });
  });

  test.each([404, 500, 204, 304])('status %i is no list where nothing was read before', async (status) => {
    handle = (_, response) => response.writeHead(status).end();
    expect(await why(readWeb(at, {}, get))).toBe(`unreachable status-${status}`);
  });
});

test('a server that never answers is given up', async () => {
  const silent: Get = (_url, _headers, signal) =>
    new Promise<Response>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
  expect(await why(readWeb('https://silent.example.org/', {}, silent, 30))).toBe('unreachable timeout');
});

test.each(['http://lists.example.org/a.csv', 'ftp://lists.example.org/a.csv', 'file:///etc/passwd'])(
  '%s is not read',
  async (source) => {
    expect(await why(readSource(source, {}, get))).toBe('unreadable not-https');
  },
);

describe('an address that a member types', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.20.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '64:ff9b::a00:1',
  ])('never leads to %s', async (address) => {
    expect(isPublic(address)).toBe(false);
    const host = address.includes(':') ? `[${address}]` : address;
    expect(await why(readWeb(`https://${host}/`, {}, publicGet))).toBe('unreachable EINNER');
  });

  test.each(['https://localhost/', 'https://2130706433/', 'https://0x7f.1/'])(
    'never leads inside by another spelling: %s',
    async (address) => {
      expect(await why(readWeb(address, {}, publicGet))).toBe('unreachable EINNER');
    },
  );

  test.each(['192.0.2.1', '8.8.8.8', '2001:db8::1', '172.32.0.1'])('may lead to %s', (address) =>
    expect(isPublic(address)).toBe(true),
  );
});

describe('a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'comments-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is read once for each time that it is written', async () => {
    const path = join(folder, 'a.csv');
    writeFileSync(path, 'id,title\n');
    const first = await readSource(path, {}, get);
    expect(first).toMatchObject({ kind: 'text', text: 'id,title\n' });
    if (first.kind === 'text') expect(await readSource(path, first, get)).toEqual({ kind: 'same' });
  });

  test('that is not there, is a folder, or is too large, is not read', async () => {
    writeFileSync(join(folder, 'large'), Buffer.alloc(largest + 1));
    expect(await why(readSource(join(folder, 'nowhere'), {}, get))).toBe('unreadable ENOENT');
    expect(await why(readSource(folder, {}, get))).toBe('unreadable EISDIR');
    expect(await why(readSource(join(folder, 'large'), {}, get))).toBe('unreadable too-large');
  });
});
