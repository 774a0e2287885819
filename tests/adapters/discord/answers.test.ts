// Answers to interactions: in time, once, in the right place, and never lost without a word.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ids } from '../../support/discord-stand-in.js';
import { alice, connected, read, scene, until, withBoard } from './stage.js';

const [message, changed, deferred, held, modal] = [4, 7, 5, 6, 9];

describe('an answer that is late', () => {
  test('to a button draws the message anew', async () => {
    const { discord } = await connected();
    const board = await withBoard(discord);
    expect((await discord.press('alice', board, 'Slow')).type).toBe(held);
    await until(() => board.content === 'drawn ');
    expect(discord.faults).toEqual([]);
  });

  test('to a button is said to the presser alone, and the message stays', async () => {
    const { discord } = await connected();
    const board = await withBoard(discord);
    const exchange = await discord.press('alice', board, 'Say');
    await until(() => exchange.messages.length > 0);
    expect([read(exchange), exchange.messages[0]?.flags, board.content]).toEqual(['said', 64 | 4, 'board']);
  });

  test('with nothing to say leaves nothing behind', async () => {
    const { discord } = await connected();
    const exchange = await discord.command('alice', 'try', { does: 'nothing', ms: '2300' }, { sub: 'work' });
    await until(() => discord.requests.some((line) => line.startsWith('DELETE')));
    expect([exchange.type, exchange.messages]).toEqual([deferred, []]);
  });

  test('to a form that came from a message in the channel draws that message anew', async () => {
    const { discord } = await connected();
    const board = await withBoard(discord);
    const { data } = await discord.press('alice', board, 'Form');
    const exchange = await discord.submit('alice', data, { line: 'slow' }, { on: board });
    await until(() => board.content === 'saved slow');
    await sleep(50);
    expect([exchange.type, exchange.messages, discord.faults]).toEqual([deferred, [], []]);
  });
});

describe('a form', () => {
  test('that came from a message draws it anew in one exchange', async () => {
    const { discord } = await connected();
    const board = await withBoard(discord);
    const { data } = await discord.press('alice', board, 'Form');
    expect((await discord.submit('alice', data, { line: 'draw' }, { on: board })).type).toBe(changed);
    expect(board.content).toBe('saved draw');
  });

  test('says on top what it is about, as text', async () => {
    const { discord } = await connected();
    const { data } = await discord.command('alice', 'try', {}, { sub: 'form' });
    expect(data.components[0]).toEqual({ type: 10, content: 'Kept for \\*thirty\\* days.' });
    const back = await discord.submit('alice', data, { line: 'no' });
    expect(read(back)).toBe('Line 1: “no” is too short.');
  });

  test('with a problem is opened at once from a command, with what is wrong in full', async () => {
    const { discord } = await connected();
    const { type, data } = await discord.command('alice', 'try', { line: 'never' }, { sub: 'refuse' });
    expect(type).toBe(modal);
    expect(data.components[0].content).toContain('**Line 1**: This will not do');
    expect(data.components[0].content).toContain('nor is it anything else.');
    expect(data.components[1].component.value).toBe('never');
  });

  test('with five fields has no room on top and says below the field what is wrong', async () => {
    const { discord } = await connected();
    const { data } = await discord.command('alice', 'try', { line: 'full' }, { sub: 'refuse' });
    expect(data.components.map((one: { type: number }) => one.type)).toEqual([18, 18, 18, 18, 18]);
    expect(data.components[0].description).toMatch(/^This will not do.*…$/);
    expect(discord.faults).toEqual([]);
  });
});

describe('boxes', () => {
  test('come back as one argument, as they were shown, as they were changed, and empty', async () => {
    const { discord } = await connected();
    const { data } = await discord.command('alice', 'try', {}, { sub: 'ticks' });
    const said = async (values: Record<string, string>) => read(await discord.submit('alice', data, values));
    expect([await said({}), await said({ days: 'tue,wed' }), await said({ days: '' })]).toEqual([
      'ticked “mon”',
      'ticked “tue,wed”',
      'ticked “”',
    ]);
    expect(discord.faults).toEqual([]);
  });

  test('of a required field cannot all be left empty', async () => {
    const { discord } = await connected();
    const { data } = await discord.command('alice', 'try', { kind: 'required' }, { sub: 'ticks' });
    expect(data.components[0].component).toMatchObject({ type: 22, required: true, min_values: 1, max_values: 3 });
    expect(() => discord.submit('alice', data, { days: '' })).toThrow('0 boxes');
    expect(discord.faults).toEqual([]);
  });

  test.each(['tue,wed', ''])('ticked as “%s” are so when a form comes back', async (days) => {
    const { discord } = await connected();
    const { data } = await discord.command('alice', 'try', {}, { sub: 'ticks' });
    const [message] = (await discord.submit('alice', data, { days, line: 'no' })).messages;
    if (!message) throw new Error('no answer');
    const again = await discord.press('alice', message, 'Back to the form');
    expect(read(await discord.submit('alice', again.data, { line: 'yes' }))).toBe(`ticked “${days}”`);
    expect(discord.faults).toEqual([]);
  });
});

describe('two presses at once', () => {
  test('an older revision is not drawn over a newer one, and the note still comes', async () => {
    const { discord } = await connected();
    const board = await withBoard(discord);
    const older = { ...board };
    const first = discord.press('alice', board, 'First');
    const second = await discord.press('sam', older, 'Second');
    expect([older.content, read(second)]).toEqual(['drawn 2', 'a note']);
    expect((await first).type).toBe(held);
    expect(board.content).toBe('board');
    expect(discord.faults).toEqual([]);
  });
});

describe('what goes wrong', () => {
  test('an answer that cannot be drawn is told, with a reference that the log has too', async () => {
    const { discord, lines } = await connected();
    const exchange = await discord.command('alice', 'try', { does: 'huge' }, { sub: 'work' });
    const reference = /reference: (\d{8})\./.exec(read(exchange))?.[1];
    expect(exchange.type).toBe(message);
    expect(lines.join('\n')).toContain(`"reference":"${reference}"`);
  });

  test('a message that Discord refuses is told instead of leaving the member waiting', async () => {
    const { discord } = await connected();
    discord.failing.push({ path: /callback/, status: 400, code: 50035, times: 1 });
    expect(read(await discord.command('alice', 'try', {}, { sub: 'list' }))).toContain('Something went wrong');
  });

  test.each([
    [404, 10062],
    [400, 40060],
  ])('%i with code %i is the end of it: nothing more is sent, nothing dies', async (status, code) => {
    const { discord, lines } = await connected();
    discord.failing.push({ path: /callback/, status, code, times: 1 });
    await discord.command('alice', 'try', {}, { sub: 'list', mayFail: true });
    expect(discord.requests.filter((line) => line.includes('/callback'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
    expect(read(await discord.command('alice', 'try', {}, { sub: 'list' }))).toBe('listed');
  });

  test('a core that fails is told too, and nothing dies, even when the answer came too late', async () => {
    const { discord, platform, core, lines } = await scene();
    let wait = 0;
    const answer = async () => {
      await sleep(wait);
      throw new Error('a bug');
    };
    await platform.start({ ...core, answer });
    expect(read(await discord.command('alice', 'try', {}, { sub: 'list' }))).toContain('Something went wrong');
    wait = 2300;
    discord.failing.push({ path: /callback/, status: 404, code: 10062, times: 1 });
    await discord.command('alice', 'try', {}, { sub: 'list', mayFail: true });
    await until(() => lines.some((line) => line.includes('answered too late')));
  });

  test('a button in a direct message that does not say which server it is about is answered', async () => {
    const { discord } = await connected();
    const components = [{ type: 1, components: [{ type: 2, label: 'Old', style: 2, custom_id: 'try.list' }] }];
    const old = { id: discord.newId(), channel: 'private', content: 'old', components, flags: 0 };
    expect(read(await discord.press('alice', old, 'Old', { isPrivate: true }))).toContain('older version');
  });

  test('a button of another version is answered', async () => {
    const { discord } = await connected();
    const components = [{ type: 1, components: [{ type: 2, label: 'Old', style: 2, custom_id: 'v1|gone|%zz' }] }];
    const old = { id: discord.newId(), channel: ids.general, content: 'old', components, flags: 0 };
    expect(read(await discord.press('alice', old, 'Old'))).toContain('older version');
  });
});

test('suggestions that take too long come as none, in time', async () => {
  const { discord } = await connected();
  const started = Date.now();
  const choices = await discord.typeahead('alice', 'try', 'rev', '2500', { sub: 'work' });
  expect([choices, Date.now() - started < 2500]).toEqual([[], true]);
});

test('a menu item is called with the words of the message', async () => {
  const { discord } = await connected();
  expect(read(await discord.menu('alice', 'Try this message', 'GNSO *bold*'))).toBe('GNSO \\*bold\\*');
});

test('rights follow the interaction: who was made staff just now is staff', async () => {
  const { discord, bot } = await connected();
  discord.roles.alice = [ids.staffRole];
  await discord.command('alice', 'try', {}, { sub: 'list' });
  expect(await bot.is({ by: alice }, 'staff')).toBe(true);
  expect(discord.requests.filter((line) => line.includes('/members/'))).toEqual([]);
});
