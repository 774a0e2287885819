// The door for Slack's requests: what is let in, and what is turned away before anything looks into it.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { slackPlatform } from '../../../adapters/slack/connect.js';
import { encoded, signed } from '../../support/slack-stand-in-wire.js';
import { eventually, type Stage, stageFor, started } from './stage.js';

const form = 'application/x-www-form-urlencoded';
const canary = 'canary-in-a-body';

describe('POST /slack/events', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await started('http');
  });
  afterAll(() => stage.stop());
  beforeEach(() => {
    stage.demo.calls.length = 0;
    stage.logged.length = 0;
  });

  const command = (text = canary): string => {
    const body = { command: '/demo', text, trigger_id: `${Math.random()}`, user_id: 'UANN', channel_id: 'CGENERAL' };
    return encoded({ kind: 'slash_commands', body: { ...body, team_id: 'T1', response_url: 'http://127.0.0.1:9/' } })
      .text;
  };
  const post = async (body: string, headers: Record<string, string>): Promise<Response> =>
    fetch(String(stage.app.requestUrl), { method: 'POST', body, headers });
  const sign = (body: string, at?: number) => signed(stage.app.options.signingSecret, body, at);
  const now = () => Math.floor(Date.now() / 1000);

  test('a signed command is let in, whatever its content type adds', async () => {
    const body = command();
    const response = await post(body, { 'content-type': `${form.toUpperCase()}; charset=utf-8`, ...sign(body) });
    expect(response.status).toBe(200);
    expect(stage.demo.calls).toHaveLength(1);
  });

  test.each([
    ['without a signature', (_: string) => ({})],
    ['with a wrong signature', (_: string) => signed('another secret', _)],
    ['with a signature of another body', (_: string) => sign(`${_}x`)],
    ['with a signature of another version', (_: string) => ({ ...sign(_), 'x-slack-signature': 'v1=00' })],
    ['that is six minutes old', (_: string) => sign(_, now() - 360)],
    ['that is six minutes ahead', (_: string) => sign(_, now() + 360)],
    ['with a timestamp that is none', (_: string) => ({ ...sign(_), 'x-slack-request-timestamp': 'soon' })],
  ])('a request %s is refused, and logged once without its content', async (_, headers) => {
    const body = command();
    const response = await post(body, { 'content-type': form, ...(headers(body) as Record<string, string>) });
    expect(response.status).toBe(401);
    expect(stage.demo.calls).toHaveLength(0);
    expect(stage.logged).toHaveLength(1);
    expect(stage.logged.join()).not.toContain(canary);
  });

  test('ssl_check opens no way around the signature', async () => {
    const body = `ssl_check=1&payload=${encodeURIComponent(JSON.stringify({ type: 'block_actions' }))}`;
    expect((await post(body, { 'content-type': form })).status).toBe(401);
    expect((await post('ssl_check=1', { 'content-type': form, ...sign('ssl_check=1') })).status).toBe(200);
    expect(stage.demo.calls).toHaveLength(0);
  });

  test.each(['text/plain', 'multipart/form-data; boundary=x', ''])('the content type “%s” is refused', async (type) => {
    const body = command();
    expect((await post(body, { 'content-type': type, ...sign(body) })).status).toBe(415);
  });

  test('a body of more than a megabyte is refused, announced or not', async () => {
    const body = 'x'.repeat(1_100_000);
    expect((await post(body, { 'content-type': form, ...sign(body) })).status).toBe(413);
    const chunks = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(body));
        controller.close();
      },
    });
    const streamed = { method: 'POST', body: chunks, duplex: 'half', headers: { 'content-type': form } } as RequestInit;
    const told = await fetch(String(stage.app.requestUrl), streamed).then(
      ({ status }) => status,
      // The connection may be cut before all of it is sent.
      () => 413,
    );
    expect(told).toBe(413);
  });

  test.each([
    ['application/json', 'null'],
    ['application/json', '{"broken'],
    [form, 'payload=null'],
    [form, 'payload=%7Bbroken'],
  ])('a signed %s body of %s is refused and harms nothing', async (type, body) => {
    expect((await post(body, { 'content-type': type, ...sign(body) })).status).toBe(400);
  });

  test("Slack's challenge for a new address is answered", async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c1' });
    const response = await post(body, { 'content-type': 'application/json', ...sign(body) });
    expect(await response.json()).toEqual({ challenge: 'c1' });
  });

  test('what we do not know is acknowledged: old dialogs, global shortcuts, closed forms', async () => {
    const user = { id: 'UANN', team_id: 'T1' };
    const team = { id: 'T1', domain: 'x' };
    const view = {
      id: 'V1',
      callback_id: 'demo.save',
      hash: 'h',
      blocks: [],
      state: { values: {} },
      private_metadata: '',
    };
    for (const payload of [
      { type: 'shortcut', callback_id: 'x', user, team, trigger_id: '1' },
      { type: 'view_closed', user, team, view },
    ]) {
      const { text } = encoded({ kind: 'interactive', body: payload });
      expect((await post(text, { 'content-type': form, ...sign(text) })).status).toBe(200);
    }
    expect(stage.demo.calls).toHaveLength(0);
  });
});

test('while Slack cannot be reached requests are refused for now, and served once it can', async () => {
  const stage = await stageFor('http');
  stage.slack.isDown = true;
  await stage.start();
  expect(stage.platform.connected()).toBe(false);
  await expect(stage.app.command('UANN', '/demo', 'Hello')).rejects.toThrow('503');
  stage.slack.isDown = false;
  await eventually(() => stage.platform.connected() || undefined);
  expect((await stage.app.command('UANN', '/demo', 'Hello')).body?.text).toBe('Hello');
  await stage.stop();
});

test('in HTTP mode there is no start without a signing secret', () => {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  expect(() => slackPlatform({ token: 'xoxb-1', log })).toThrow('SLACK_SIGNING_SECRET');
});

test('after stop requests are refused, and work that has begun is finished', async () => {
  const stage = await started('http');
  stage.demo.delay = 500;
  const slow = stage.app.command('UANN', '/demo', 'slow');
  await eventually(() => stage.demo.calls.length === 1);
  const stopped = stage.platform.stop();
  await expect(stage.app.command('UANN', '/demo', 'late')).rejects.toThrow('503');
  expect((await slow).body?.text).toBe('At last');
  await stopped;
  await stage.stop();
});
