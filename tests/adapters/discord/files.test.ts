// Files of private answers: with the answer itself, whatever began it, and never at its price.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../support/discord-stand-in.js';
import { filesOf as received } from '../../support/discord-stand-in-files.js';
import { connected, filesOf, read, until, withBoard } from './stage.js';

const [message, deferred, held] = [4, 5, 6];
const privateFlag = 64;

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** What somebody received: names, bytes, and how long the words for pictures are. */
const got = ({ messages }: Exchange) =>
  received(messages).map(({ name, bytes, description }) => [name, hashOf(bytes), description?.length]);
const sent = (kilobytes = 1) =>
  filesOf(kilobytes).map(({ name, body, alt }) => [name, hashOf(body), alt && Math.min(alt.length, 1024)]);
const isPrivate = ({ messages }: Exchange): boolean => messages.every(({ flags }) => (flags & privateFlag) !== 0);

describe('files come with the private answer, byte for byte, pictures with their words, to', () => {
  test('a command, in one exchange', async () => {
    const { discord } = await connected();
    const exchange = await discord.command('alice', 'try', { does: 'files' }, { sub: 'work' });
    expect([exchange.type, read(exchange), got(exchange)]).toEqual([message, 'said', sent()]);
    expect(received(exchange.messages)[1]?.description).toMatch(/^Ja: one .*…$/);
    expect([isPrivate(exchange), discord.messages, discord.faults]).toEqual([true, [], []]);
  });

  test('a command that takes its time', async () => {
    const { discord } = await connected();
    const exchange = await discord.command('alice', 'try', { does: 'files', ms: '2300' }, { sub: 'work' });
    await until(() => exchange.messages.length > 0);
    expect([exchange.type, read(exchange), got(exchange)]).toEqual([deferred, 'said', sent()]);
    expect([isPrivate(exchange), discord.faults]).toEqual([true, []]);
  });

  test.each([
    ['Files', message],
    ['Slow files', held],
  ])('the button “%s” on a message of all, which stays as it is', async (label, type) => {
    const { discord } = await connected();
    const board = await withBoard(discord);
    const exchange = await discord.press('alice', board, label);
    await until(() => exchange.messages.length > 0);
    expect([exchange.type, read(exchange), got(exchange)]).toEqual([type, 'said', sent()]);
    expect([isPrivate(exchange), board.content, board.files, discord.faults]).toEqual([true, 'board', [], []]);
  });

  test('a form', async () => {
    const { discord } = await connected();
    const { data } = await discord.command('alice', 'try', {}, { sub: 'form' });
    const exchange = await discord.submit('alice', data, { line: 'files' });
    expect([read(exchange), got(exchange), discord.faults]).toEqual(['said', sent(), []]);
  });

  test('a long answer, with its first message alone', async () => {
    const { discord } = await connected();
    const exchange = await discord.command('alice', 'try', { does: 'files', rev: 'long' }, { sub: 'work' });
    await until(() => exchange.messages.length === 2);
    expect(exchange.messages.map(({ files }) => files?.length)).toEqual([2, 0]);
  });
});

test('what is heavy is announced first, since a first answer is due in three seconds', async () => {
  const { discord } = await connected();
  const exchange = await discord.command('alice', 'try', { does: 'files', rev: '600' }, { sub: 'work' });
  await until(() => exchange.messages.length > 0);
  expect([exchange.type, read(exchange), got(exchange)]).toEqual([deferred, 'said', sent(600)]);
  expect(discord.faults).toEqual([]);
});

describe('files that Discord does not take leave the answer as it is, with the reason:', () => {
  test('one that is larger than it says it takes here', async () => {
    const { discord } = await connected();
    discord.attachmentSizeLimit = 2_097_152;
    const exchange = await discord.command('alice', 'try', { does: 'files', rev: '2049' }, { sub: 'work' });
    expect(read(exchange)).toBe('said\nNot sent: results.csv. Here a file may have 2 MB at most.');
    expect([got(exchange), discord.faults]).toEqual([sent().slice(1), []]);
  });

  test.each([
    [413, 40005, 'Here a file may have 10 MB at most.'],
    [403, 50013, 'The rules of this workspace or server do not allow it.'],
    [400, 50035, 'Please try again in a minute.'],
  ])('refused with %i and %i', async (status, code, reason) => {
    const { discord } = await connected();
    discord.failing.push({ path: /callback/, status, code, times: 1 });
    const exchange = await discord.command('alice', 'try', { does: 'files' }, { sub: 'work' });
    expect([read(exchange), got(exchange)]).toEqual([`said\nNot sent: results.csv, results.png. ${reason}`, []]);
  });

  test('refused after the answer was promised, by a command and by a button', async () => {
    const { discord } = await connected();
    const board = await withBoard(discord);
    discord.failing.push({ path: /@original/, status: 413, code: 40005, times: 1 });
    const late = await discord.command('alice', 'try', { does: 'files', ms: '2300' }, { sub: 'work' });
    await until(() => late.messages.length > 0);
    expect([read(late).split('\n')[0], got(late)]).toEqual(['said', []]);
    discord.failing.push({ path: /^\/webhooks\/\d+\/[\w-]+$/, status: 413, code: 40005, times: 1 });
    const pressed = await discord.press('alice', board, 'Slow files');
    await until(() => pressed.messages.length > 0);
    expect([read(pressed).split('\n')[0], got(pressed)]).toEqual(['said', []]);
  });

  test('but an answer that came too late is not given twice', async () => {
    const { discord, lines } = await connected();
    discord.failing.push({ path: /callback/, status: 404, code: 10062, times: 1 });
    await discord.command('alice', 'try', { does: 'files' }, { sub: 'work', mayFail: true });
    await sleep(50);
    expect(discord.requests.filter((line) => line.includes('/callback'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
