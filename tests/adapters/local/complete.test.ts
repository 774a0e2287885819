// What is offered while a line is being typed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../support/event-stream.js';
import { type LocalServer, localServer } from '../../support/local-server.js';

let server: LocalServer;
beforeAll(async () => {
  server = await localServer();
});
afterAll(() => server.stop());

const complete = async (line: string, member = 'newcomer'): Promise<Json> => {
  const query = new URLSearchParams({ member, channel: 'general', line });
  return (await server.get(`/local/suggest?${query}`)).json();
};
const lines = async (line: string): Promise<string[]> =>
  (await complete(line)).items.map((item: { line: string }) => item.line);

test.each([
  ['/', ['/note ']],
  ['/no', ['/note ']],
  ['/x', []],
  ['hello', []],
  ['', []],
  ['/note ', ['/note add ', '/note list ', '/note office', '/note agenda', '/note accessibility', '/note budget']],
  ['/note a', ['/note add ', '/note agenda', '/note accessibility']],
  ['/note ac', ['/note accessibility']],
  ['/note add ag', ['/note add agenda']],
  ['/note l', ['/note list ']],
  ['/note list ', ['/note list calm ']],
  ['/note list c', ['/note list calm ']],
  ['/note list "ca', ['/note list calm ']],
  ['/note list calm ', []],
  ['/other x', []],
])('%j may become %j', async (line, expected) => {
  expect(await lines(line)).toEqual(expected);
});

describe('with it comes', () => {
  test('how the command is written, and what is due', async () => {
    expect((await complete('/note list ')).hint).toEqual({
      usage: '/note list [TONE] [TOPIC]',
      about: 'Lists the notes · How it is meant',
    });
  });

  test('what a value means, and who a command is for', async () => {
    const { items } = await complete('/note ag');
    expect(items).toEqual([{ line: '/note agenda', label: 'agenda', about: 'about the agenda' }]);
    const office = (await complete('/note o')).items.find(({ label }: { label: string }) => label === '/note office');
    expect(office).toMatchObject({ about: 'For the office', who: 'staff' });
  });

  test('whether Enter takes the first: for half a command, not for free text', async () => {
    expect((await complete('/no')).isUnfinished).toBe(true);
    expect((await complete('/note')).isUnfinished).toBe(false);
    expect((await complete('/note ag')).isUnfinished).toBe(false);
  });
});

test('a line that is longer than any command is cut, not refused', async () => {
  expect((await server.get(`/local/suggest?member=newcomer&channel=general&line=/${'x'.repeat(3000)}`)).status).toBe(
    200,
  );
});
