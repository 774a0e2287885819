import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { wasNeverSent } from '../../src/core/never-sent.js';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function portOf(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  servers.push(server);
  return (server.address() as { port: number }).port;
}

/** What `fetch` rejects with. */
const failureAt = (url: string, options: RequestInit = {}): Promise<unknown> =>
  fetch(url, { method: 'POST', body: 'x', ...options }).then(
    () => 'answered',
    (error: unknown) => error,
  );

test('a connection that is refused, and a name that is not known, sent nothing', async () => {
  const server = createServer();
  const port = await portOf(server);
  await new Promise((done) => server.close(done));
  expect(wasNeverSent(await failureAt(`http://127.0.0.1:${port}/`))).toBe(true);
  expect(wasNeverSent(await failureAt(`http://localhost:${port}/`))).toBe(true);
  expect(wasNeverSent(await failureAt('http://nobody.invalid/'))).toBe(true);
});

test('a request that was read, and then cut off or left without an answer, may have been taken', async () => {
  const cutting = await portOf(createServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
  expect(wasNeverSent(await failureAt(`http://127.0.0.1:${cutting}/`))).toBe(false);
  const silent = await portOf(createServer((socket) => socket.once('close', () => undefined).resume()));
  const late = await failureAt(`http://127.0.0.1:${silent}/`, { signal: AbortSignal.timeout(100) });
  expect(late).toMatchObject({ name: 'TimeoutError' });
  expect(wasNeverSent(late)).toBe(false);
});
