// Slack misbehaves while somebody waits for an answer.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually, lastPosted, lastShown, type Stage, started, wordsOf } from './stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await started('http');
  stage.app.join('CGENERAL');
});
afterEach(() => stage.stop());

const shownIs = (text: string) => eventually(() => lastShownText()?.includes(text) || undefined, 8000);
const lastShownText = () => stage.slack.shownTo('UANN').at(-1)?.text;

const slowly = async (): Promise<void> => {
  stage.demo.delay = 2100;
  await stage.app.command('UANN', '/demo', 'slow');
};

test('a response_url that is busy is tried once more', async () => {
  stage.slack.fail('respond', { kind: 'rateLimited', retryAfter: 1 });
  await slowly();
  await shownIs('At last');
  expect(stage.slack.calls('chat.postEphemeral')).toHaveLength(0);
});

test('a response_url that fails is tried once more', async () => {
  stage.slack.fail('respond', { kind: 'serverError' });
  await slowly();
  await shownIs('At last');
});

test('a response_url that has expired is replaced by a private message in the channel', async () => {
  stage.demo.delay = 2100;
  const sent = stage.app.command('UANN', '/demo', 'slow');
  await eventually(() => stage.demo.calls.length === 1);
  for (const url of stage.slack.world.responses.values()) url.until = 0;
  await sent;
  await shownIs('At last');
  expect(stage.slack.calls('chat.postEphemeral')).toHaveLength(1);
});

test('a locale that is slow to come holds up an answer by a second at most', async () => {
  stage.slack.fail('users.info', { kind: 'delay', by: 1600 });
  const ack = await stage.app.command('UBOB', '/demo', 'Bonjour');
  expect(ack.after).toBeLessThan(1500);
  expect(stage.demo.calls[0]?.locale).toBe('en');
  await new Promise((resolve) => setTimeout(resolve, 800));
  await stage.app.command('UBOB', '/demo', 'Bonjour');
  expect(stage.demo.calls[1]?.locale).toBe('fr');
});

test('a locale that cannot be read is done without', async () => {
  stage.slack.fail('users.info', { kind: 'error', error: 'fatal_error' });
  expect((await stage.app.command('UBOB', '/demo', 'Bonjour')).body?.text).toBe('Bonjour');
});

test('a form that cannot be opened waits behind a button', async () => {
  stage.slack.fail('views.open', { kind: 'rateLimited', retryAfter: 30 });
  const ack = await stage.app.command('UANN', '/demo', 'form');
  expect(wordsOf(ack.body?.blocks)).toContain('Open the form');
  await stage.app.press('UANN', lastShown(stage, 'UANN'), 'Open the form');
  await eventually(() => stage.slack.modal('UANN'));
});

test('a slow views.open does not hold up the acknowledgement', async () => {
  stage.slack.fail('views.open', { kind: 'delay', by: 2200 });
  const ack = await stage.app.command('UANN', '/demo', 'form');
  expect(ack).toMatchObject({ status: 200, body: undefined });
  expect(ack.after).toBeLessThan(2500);
  expect(stage.slack.modal('UANN')).toBeDefined();
});

test('a message that we may not edit is drawn anew through the click on it', async () => {
  await stage.app.command('UANN', '/demo', 'board');
  const message = lastPosted(stage, 'CGENERAL');
  stage.slack.fail('chat.update', { kind: 'error', error: 'cant_update_message' });
  await stage.app.press('UANN', message, 'Vote');
  await eventually(() => message.text.includes('Votes: 1') || undefined);
});

test('an older state is never drawn over a newer one', async () => {
  await stage.app.command('UANN', '/demo', 'board');
  const message = lastPosted(stage, 'CGENERAL');
  stage.demo.votes = 10;
  await stage.app.press('UANN', message, 'Vote');
  await eventually(() => message.text.includes('Votes: 11') || undefined);
  stage.demo.votes = 3;
  await stage.app.press('UANN', message, 'Vote');
  await shownIs('Your vote is number 4');
  expect(message.text).toContain('Votes: 11');
});

test('nothing that is typed, and no token, is ever logged', async () => {
  const canary = 'canary-typed-text';
  stage.slack.fail('views.open', { kind: 'error', error: 'fatal_error' });
  await stage.app.command('UANN', '/demo', canary);
  await stage.app.command('UANN', '/demo', 'form');
  await stage.app.press('UANN', lastShown(stage, 'UANN'), 'Open the form');
  await eventually(() => stage.slack.modal('UANN'));
  stage.slack.fail('chat.postEphemeral', { kind: 'serverError' }, 2);
  stage.slack.fail('chat.postMessage', { kind: 'serverError' }, 2);
  await stage.app.submit('UANN', { topic: canary, body: canary });
  await stage.app.shortcut('UANN', 'explain_this', canary);
  await shownIs(canary);
  const lines = stage.logged.join('\n');
  expect(stage.logged.length).toBeGreaterThan(0);
  expect(lines).not.toContain(canary);
  for (const secret of Object.values(stage.app.options)) expect(lines).not.toContain(`"${String(secret)}"`);
  expect(lines).not.toContain('xoxb-');
});
