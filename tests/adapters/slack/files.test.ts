// Files of private answers: sent as a direct message, whatever began it, and never at the price of the answer.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SlackFile } from '../../support/slack-stand-in-world.js';
import { files } from './demo.js';
import { eventually, lastPosted, type Stage, started, wordsOf } from './stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await started('http');
  stage.app.join('CGENERAL');
});
afterEach(() => stage.stop());

const direct = (user = 'UANN') => stage.slack.world.direct(stage.app.bot, user).id;
const arrived = (user = 'UANN') =>
  eventually(() => (stage.slack.filesOf(user).length < both.length ? undefined : stage.slack.filesOf(user)));
/** Names, bytes, and how the words for pictures begin: Slack takes a thousand characters of them. */
const contents = (of: readonly SlackFile[]) =>
  of.map(({ name, bytes, altText }) => [name, [...bytes], altText?.slice(0, 900)]);
const both = files.map(({ name, body, alt }) => [name, [...body], alt?.slice(0, 900)]);
/** What someone reads in private, the newest answer last; direct messages that bring files are none. */
const read = (user = 'UANN') =>
  stage.slack
    .shownTo(user)
    .filter((message) => !message.files)
    .map(({ blocks }) => wordsOf(blocks));
const answer = (saying: string, user = 'UANN') =>
  eventually(() => read(user).find((words) => words.includes(saying)) ?? undefined, 9000);

describe('files come as one direct message, byte for byte, pictures with their words, whatever they were asked by:', () => {
  test('a command, whose answer says so in its acknowledgement', async () => {
    const ack = await stage.app.command('UANN', '/demo', 'files');
    expect(wordsOf(ack.body?.blocks)).toMatch(
      /Here they are.*Sent to you as a direct message: results.csv, results.png/,
    );
    expect(contents(stage.slack.filesOf('UANN'))).toEqual(both);
    const [message, ...others] = stage.slack.messages(direct());
    expect(message).toMatchObject({ text: 'Here is what you asked for.', channel: direct() });
    expect(others).toEqual([]);
    expect(stage.slack.faults).toEqual([]);
  });

  test('a button on a message of all', async () => {
    await stage.app.command('UANN', '/demo', 'board');
    await stage.app.press('UBOB', lastPosted(stage, 'CGENERAL'), 'Files');
    expect(contents(await arrived('UBOB'))).toEqual(both);
    expect(await answer('Here they are', 'UBOB')).toContain('Envoyé par message privé : results.csv, results.png.');
    expect(read('UANN').join()).not.toContain('Here they are');
    expect(stage.slack.filesOf('UANN')).toEqual([]);
  });

  test('a form', async () => {
    await stage.app.command('UANN', '/demo', 'form');
    await eventually(() => stage.slack.modal('UANN'));
    const { after } = await stage.app.submit('UANN', { topic: 'files' });
    expect(after).toBeLessThan(2900);
    expect(stage.slack.modal('UANN')).toBeUndefined();
    expect(contents(await arrived())).toEqual(both);
    expect(await answer('Here they are')).toContain('Sent to you');
    expect(stage.slack.faults).toEqual([]);
  });

  test('App Home, whose modal says so, and a button in that modal', async () => {
    await stage.app.openHome('UANN');
    const home = await eventually(() => stage.slack.home('UANN'));
    await stage.app.press('UANN', home, 'Files');
    const modal = await eventually(() => stage.slack.modal('UANN'));
    expect(wordsOf(modal.view.blocks)).toMatch(/Here they are.*Sent to you/);
    expect(contents(await arrived())).toEqual(both);
    await stage.app.press('UANN', modal, 'Once more');
    await eventually(() => stage.slack.filesOf('UANN').length === 4);
    expect(stage.slack.faults).toEqual([]);
  });

  test('a form from App Home', async () => {
    await stage.app.openHome('UANN');
    await stage.app.press('UANN', await eventually(() => stage.slack.home('UANN')), 'Write');
    await eventually(() => stage.slack.modal('UANN')?.view.callback_id === 'demo.save');
    await stage.app.submit('UANN', { topic: 'files' });
    expect(wordsOf(stage.slack.modal('UANN')?.view.blocks)).toMatch(/Here they are.*Sent to you/);
    expect(contents(await arrived())).toEqual(both);
  });
});

test('by Socket Mode they come too', async () => {
  const other = await started('socket');
  const ack = await other.app.command('UANN', '/demo', 'files');
  expect(wordsOf(ack.body?.blocks)).toContain('Sent to you');
  expect(contents(other.slack.filesOf('UANN'))).toEqual(both);
  await other.stop();
});

describe('files that cannot be sent leave the answer as it is, with what is missing:', () => {
  const refusals = [
    ['files.getUploadURLExternal', 'file_uploads_disabled', 'The rules of this workspace'],
    ['files.completeUploadExternal', 'file_type_not_allowed', 'The rules of this workspace'],
    ['files.completeUploadExternal', 'internal_error', 'Please try again in a minute'],
    ['conversations.open', 'cannot_dm_bot', 'do not reach you'],
  ] as const;

  test.each(refusals)('%s answers %s', async (method, error, saying) => {
    stage.slack.fail(method, { kind: 'error', error }, 2);
    const ack = await stage.app.command('UANN', '/demo', 'files');
    expect(wordsOf(ack.body?.blocks)).toMatch(
      new RegExp(`Here they are.*Not sent: results.csv, results.png.*${saying}`),
    );
    expect(stage.slack.filesOf('UANN')).toEqual([]);
  });

  test.each(['files:write', 'im:write'])('the scope %s', async (scope) => {
    stage.app.scopes = stage.app.scopes.filter((one) => one !== scope);
    const ack = await stage.app.command('UBOB', '/demo', 'files');
    expect(wordsOf(ack.body?.blocks)).toMatch(new RegExp(`Here they are.*Non envoyé.*la portée ${scope} ;`));
    expect(await stage.platform.lacks({ platform: 'slack', space: 'T1' })).toEqual([
      { key: 'lacksScope', args: { what: scope } },
    ]);
  });

  test('the Messages tab', async () => {
    stage.app.hasMessagesTab = false;
    const ack = await stage.app.command('UANN', '/demo', 'files');
    expect(wordsOf(ack.body?.blocks)).toMatch(/Here they are.*Direct messages from this app do not reach you/);
  });

  test('bytes that do not get through', async () => {
    stage.slack.fail('upload', { kind: 'serverError' });
    const ack = await stage.app.command('UANN', '/demo', 'files');
    expect(wordsOf(ack.body?.blocks)).toMatch(/Here they are.*Please try again/);
    expect(stage.slack.filesOf('UANN')).toEqual([]);
  });

  test('and in App Home in the modal that shows the answer', async () => {
    stage.app.scopes = stage.app.scopes.filter((one) => one !== 'files:write');
    await stage.app.openHome('UANN');
    await stage.app.press('UANN', await eventually(() => stage.slack.home('UANN')), 'Files');
    const modal = await eventually(() => stage.slack.modal('UANN'));
    expect(wordsOf(modal.view.blocks)).toMatch(/Here they are.*lacks the scope files:write/);
  });
});

describe('files that take their time', () => {
  test('hold up neither the acknowledgement nor the answer, and come after it', async () => {
    stage.slack.fail('files.completeUploadExternal', { kind: 'delay', by: 2600 });
    const ack = await stage.app.command('UANN', '/demo', 'files');
    expect(ack.after).toBeLessThan(2500);
    expect(wordsOf(ack.body?.blocks)).toMatch(/Here they are.*On its way to you/);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(contents(stage.slack.filesOf('UANN'))).toEqual(both);
    expect(read().filter((words) => words.includes('Not sent'))).toEqual([]);
  });

  test('and then fail are told of once more, without the answer being repeated', async () => {
    stage.slack.fail('conversations.open', { kind: 'delay', by: 2100 });
    stage.slack.fail('files.completeUploadExternal', { kind: 'error', error: 'file_uploads_disabled' });
    const ack = await stage.app.command('UANN', '/demo', 'files');
    expect(wordsOf(ack.body?.blocks)).toContain('On its way to you');
    expect(await answer('Not sent')).not.toContain('Here they are');
    expect(read().filter((words) => words.includes('Here they are'))).toHaveLength(1);
  });

  test('and then fail are told of in the modal that shows the answer', async () => {
    await stage.app.openHome('UANN');
    await stage.app.press('UANN', await eventually(() => stage.slack.home('UANN')), 'Files');
    const modal = await eventually(() => stage.slack.modal('UANN'));
    stage.slack.fail('files.getUploadURLExternal', { kind: 'delay', by: 2000 });
    stage.slack.fail('files.completeUploadExternal', { kind: 'error', error: 'file_uploads_disabled' });
    await stage.app.press('UANN', modal, 'Once more');
    await eventually(() => wordsOf(modal.view.blocks).includes('On its way') || undefined);
    await eventually(() => /Here they are.*Not sent/.test(wordsOf(modal.view.blocks)) || undefined);
    expect(stage.slack.faults).toEqual([]);
  });
});

test('of files that are never sent nothing is logged but that', async () => {
  stage.slack.fail('upload', { kind: 'serverError' });
  await stage.app.command('UANN', '/demo', 'files');
  const lines = stage.logged.filter((line) => line.includes('could not be sent'));
  expect(lines).toHaveLength(1);
  expect(lines.join()).not.toMatch(/results|Ja|UANN|xoxb|upload\/ticket/);
});
