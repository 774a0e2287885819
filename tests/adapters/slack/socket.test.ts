// Socket Mode: opening, refreshing, losing and refusing.
import { afterEach, expect, test } from 'vitest';
import { eventually, lastShown, type Stage, type StageOptions, stageFor, started } from './stage.js';

let stage: Stage;
afterEach(() => stage.stop());

const open = async (options: StageOptions = {}): Promise<void> => {
  stage = await started('socket', options);
};

test('calls come over the socket, and no HTTP route is offered', async () => {
  await open();
  expect(stage.platform.http).toBeUndefined();
  expect(stage.platform.connected()).toBe(true);
  expect((await stage.app.command('UANN', '/demo', 'Hello')).body?.text).toBe('Hello');
  expect(stage.logged.some((line) => line.includes('"connections":1'))).toBe(true);
});

test('a refresh opens a new socket within a second', async () => {
  await open();
  const [old] = stage.app.sockets;
  stage.app.refreshSockets();
  await eventually(() => (stage.app.sockets[0] && stage.app.sockets[0] !== old) || undefined, 2000);
  await eventually(() => stage.platform.connected() || undefined);
  expect((await stage.app.command('UANN', '/demo', 'Hello')).body?.text).toBe('Hello');
});

test('an acknowledgement that a refresh swallows does not stop the work', async () => {
  await open();
  stage.demo.delay = 400;
  const lost = stage.app.command('UANN', '/demo', 'slow').catch((error: Error) => error.message);
  await eventually(() => stage.demo.calls.length === 1);
  stage.app.refreshSockets();
  // What the acknowledgement could not carry goes by the response_url.
  await eventually(() => lastShownOrNothing() === 'At last');
  expect(await lost).toContain('operation_timeout');
});

test('an event whose acknowledgement a cut swallows is no fault: Slack sends it once more', async () => {
  await open();
  const lost = stage.app.openHome('UANN').catch((error: Error) => error.message);
  for (const socket of stage.app.sockets) socket.close();
  const line = await eventually(() => stage.logged.find((one) => one.includes('could not be handed on')));
  expect(line).toContain('"level":"warn"');
  await lost;
});

const lastShownOrNothing = (): string | undefined => stage.slack.shownTo('UANN').at(-1)?.text;

test('a second socket of the same app is told in the log', async () => {
  await open();
  const other = await stageForSame(stage);
  await eventually(() => other.logged.some((line) => line.includes('more than one socket')) || undefined);
  await other.platform.stop();
});

/** A forgotten copy of the bot with the same tokens. */
async function stageForSame({ slack, app }: Stage): Promise<Stage> {
  const { botToken: token, appToken } = app.options;
  const other = await stageFor('socket', { slack, token, appToken });
  await other.start();
  return other;
}

test('a cut line is connected anew, and meanwhile it says so', async () => {
  await open();
  stage.slack.isDown = true;
  for (const socket of stage.app.sockets) socket.terminate();
  await eventually(() => !stage.platform.connected() || undefined);
  stage.slack.isDown = false;
  await eventually(() => stage.platform.connected() || undefined, 8000);
});

test('without a connection for too long all is lost, and that is said once', async () => {
  await open({ deadAfter: 400 });
  stage.slack.isDown = true;
  for (const socket of stage.app.sockets) socket.terminate();
  await eventually(() => stage.dead.length > 0 || undefined);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(stage.dead).toEqual(['there is no connection to Slack, and none could be made for too long']);
});

test('an app token that is refused ends the start with its variable', async () => {
  stage = await stageFor('socket');
  stage.app.revoked.add(stage.app.options.appToken);
  await expect(stage.start()).rejects.toMatchObject({ name: 'BadCredentials', variable: 'SLACK_APP_TOKEN' });
});

test('a bot token in the place of the app token is refused, and not tried for ever', async () => {
  stage = await stageFor('socket', { appToken: 'xoxb-1' });
  await expect(stage.start()).rejects.toMatchObject({ variable: 'SLACK_APP_TOKEN' });
});

test('an app token that is revoked later is told, and is no unhandled rejection', async () => {
  await open();
  stage.app.revoked.add(stage.app.options.appToken);
  stage.app.refreshSockets();
  await eventually(() => stage.dead.some((reason) => reason.includes('SLACK_APP_TOKEN')) || undefined);
});

test('Slack down at the start, then up: the socket opens by itself', async () => {
  stage = await stageFor('socket');
  stage.slack.fail('apps.connections.open', { kind: 'serverError' }, 2);
  const starting = stage.start();
  await eventually(() => stage.platform.connected() || undefined, 8000);
  await starting;
  await stage.app.command('UANN', '/demo', 'Hello');
  expect(lastShown(stage, 'UANN').text).toBe('Hello');
});
