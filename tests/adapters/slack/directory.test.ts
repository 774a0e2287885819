// Who is where, asked for by many at once: Slack's rates are kept, and nobody is taken for somebody else.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Stage, started } from './stage.js';

let stage: Stage;
let now = new Date('2026-03-01T12:00:00Z');
beforeEach(async () => {
  now = new Date('2026-03-01T12:00:00Z');
  stage = await started('http', { clock: { now: () => now } });
  for (let n = 0; n < 200; n += 1) {
    stage.slack.world.users.set(`UP${n}`, { id: `UP${n}`, locale: n === 150 ? 'fr-FR' : 'en-US' });
    if (n < 190) stage.slack.world.channels.get('CGENERAL')?.members.add(`UP${n}`);
  }
});
afterEach(() => stage.stop());

const place = { platform: 'slack', space: 'T1', channel: 'CGENERAL' };
const presence = (id: string) => stage.platform.presence(place, { platform: 'slack', space: 'T1', person: id });
const later = (seconds: number): void => {
  now = new Date(now.getTime() + seconds * 1000);
};
const calls = () =>
  ['users.info', 'users.list', 'conversations.members'].map((method) => stage.slack.calls(method).length);

const rush = async (): Promise<void> => {
  for (let n = 0; n < 100; n += 1) expect(await presence(`UP${n}`)).toBe('member');
};

test('a few are asked about one by one', async () => {
  expect([await presence('UANN'), await presence('UP195'), await presence('UGUS')]).toEqual([
    'member',
    'absent',
    'guest',
  ]);
  expect(calls()).toEqual([3, 0, 3]);
});

test('many are read all at once, and told apart all the same', async () => {
  await rush();
  const [infos = 0, lists, pages = 0] = calls();
  expect([infos <= 20, lists, pages <= 20]).toEqual([true, 1, true]);
  expect(await Promise.all(['UANN', 'UP195', 'UGUS', 'ULEA'].map(presence))).toEqual([
    ...['member', 'absent', 'guest', 'absent'],
  ]);
  expect(calls()[1]).toBe(1);
});

test('after a rush they are asked about one by one again', async () => {
  await rush();
  later(61);
  const before = calls();
  await presence('UP5');
  expect(calls()).toEqual([(before[0] ?? 0) + 1, before[1], (before[2] ?? 0) + 1]);
});

test('who joins or leaves in a rush is noticed within half a minute', async () => {
  await rush();
  const members = stage.slack.world.channels.get('CGENERAL')?.members;
  members?.add('UP195');
  expect(await presence('UP195')).toBe('absent');
  later(11);
  expect(await presence('UP195')).toBe('member');
  members?.delete('UP5');
  stage.slack.world.users.set('UP6', { id: 'UP6', isRestricted: true });
  later(31);
  expect([await presence('UP5'), await presence('UP6')]).toEqual(['absent', 'guest']);
});

test('where the list cannot be read each one is asked about', async () => {
  stage.slack.fail('users.list', { kind: 'error', error: 'ratelimited' }, 10);
  await rush();
  expect(calls()[0]).toBe(100);
  expect(stage.logged.filter((line) => line.includes('could not be read at once'))).toHaveLength(1);
});
