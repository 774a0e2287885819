// Who drafts, who is reminded in private, and what is counted in the end.
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/core/call.js';
import type { Card } from '../../../src/core/card.js';
import { Undeliverable } from '../../../src/core/platform.js';
import { buttonsOf, cardOf, textOf } from '../../support/harness.js';
import { everything, inChannel, text, withOne } from './one.js';

describe('the pen', () => {
  test('goes to the first who takes it, with a direct message and the own dates in private', async () => {
    const { bot, card } = await withOne();
    expect(text(await bot.press('alice', card, 'I’ll draft'))).toContain('You hold the pen.');
    expect(inChannel(bot, 'dm-alice')[0]).toContain('You hold the pen for this one');
    await bot.sleepUntil('2026-03-25T06:00:00Z');
    expect(inChannel(bot, 'dm-alice').at(-1)).toMatch(/our own dates[\s\S]*Draft out: Mar 25/);
  });

  test('pressed for by two at once has one holder', async () => {
    const { bot, card } = await withOne();
    const answers = await Promise.all(['alice', 'bob'].map((who) => bot.press(who, card, 'I’ll draft')));
    expect(answers.map(text).filter((said) => said.includes('You hold the pen.'))).toHaveLength(1);
  });

  test('is handed over by whoever holds it, when asked in private', async () => {
    const { bot, card, id } = await withOne();
    await bot.press('alice', card, 'I’ll draft');
    expect(text(await bot.type('bob', `/comments draft ${id}`))).toContain('@alice holds the pen');
    const asked = bot.seen.at(-1)?.card as Card;
    expect(textOf(asked)).toMatch(/take over your pen: @bob/);
    expect(text(await bot.press('bob', asked, 'Hand over'))).toContain('whoever holds the pen, and for staff');
    expect(text(await bot.press('alice', asked, 'Hand over'))).toContain('Pen: @bob');
    expect(inChannel(bot, 'dm-bob').at(-1)).toContain('You hold the pen for this one');
    const before = inChannel(bot, 'dm-alice').length;
    await bot.sleepUntil('2026-04-13T12:00:00Z');
    expect(inChannel(bot, 'dm-alice')).toHaveLength(before);
  });

  test('can be put down again, by its holder or by staff', async () => {
    const { bot, id, card } = await withOne();
    const mine = cardOf(await bot.press('alice', card, 'I’ll draft'));
    expect(text(await bot.press('alice', mine, 'Put the pen down'))).toContain('The pen is free');
    await bot.type('bob', `/comments draft ${id}`);
    const seen = cardOf(await bot.type('sam', `/comments show ${id}`));
    expect(text(await bot.press('sam', seen, 'Put the pen down'))).toContain('The pen is free');
  });

  test('with “no statement” ends the community’s reminders, and taken back they go on', async () => {
    const { bot, card, id } = await withOne();
    await bot.call('sam', 'comments.followed', everything);
    await bot.press('alice', card, 'I’ll draft');
    const mine = cardOf(await bot.type('alice', `/comments show ${id}`));
    const decided = cardOf(await bot.press('alice', mine, 'No statement'));
    expect(textOf(decided)).toContain('Decision: no statement (decided March 1, 2026)');
    await bot.sleepUntil('2026-04-04T12:00:00Z');
    expect(inChannel(bot, 'general')).toEqual([]);
    await bot.press('alice', decided, 'Take the decision back');
    await bot.sleepUntil('2026-04-05T09:00:00Z');
    expect(inChannel(bot, 'general')).toHaveLength(1);
  });

  test('is not anybody’s to decide with', async () => {
    const { bot, id } = await withOne();
    const target = { id: (await bot.type('sam', `/comments show ${id}`)) as Answer };
    const button = buttonsOf(cardOf(target.id)).find(({ label }) => label === 'No statement')?.target;
    expect(text(await bot.call('bob', 'comments.decide', { ...button?.args }))).toContain('whoever holds the pen');
  });
});

describe('a private reminder', () => {
  test('is confirmed by a direct message at once', async () => {
    const { bot, id } = await withOne();
    expect(text(await bot.type('alice', `/comments remind ID ${id}`))).toContain('just sent you a direct message');
    expect(inChannel(bot, 'dm-alice')[0]).toContain('at 09:00, Africa/Nairobi');
    expect(text(await bot.type('alice', `/comments remind ${id}`))).toContain('already');
    expect(inChannel(bot, 'dm-alice')).toHaveLength(1);
    await bot.sleepUntil('2026-03-30T06:00:00Z');
    expect(inChannel(bot, 'dm-alice')).toHaveLength(2);
  });

  test('is not set where direct messages are closed, and the asker is told there and then', async () => {
    const { bot, id } = await withOne();
    const [platform] = bot.platforms;
    if (!platform) throw new Error('no platform');
    const post = platform.post.bind(platform);
    platform.post = async (to, card, key) => {
      if ('person' in to) throw new Undeliverable('closed', 'cannot_dm');
      return post(to, card, key);
    };
    expect(text(await bot.type('alice', `/comments remind ${id}`))).toContain(
      'I cannot send you direct messages, so no reminder was set',
    );
    expect(text(await bot.type('alice', '/comments mine'))).toContain('You have no reminders');
    platform.post = post;
    expect(text(await bot.type('alice', `/comments remind ${id}`))).toContain('just sent you');
  });

  test.each([
    ['Mute', 'muted'],
    ['Done', 'done'],
  ])('with %s is over, shown as %s, and can be set again', async (label, state) => {
    const { bot, id } = await withOne();
    await bot.type('alice', `/comments remind ${id}`);
    await bot.press('alice', bot.seen[0]?.card as Card, label);
    await bot.sleepUntil('2026-03-31T12:00:00Z');
    expect(inChannel(bot, 'dm-alice')).toHaveLength(1);
    const mine = cardOf(await bot.type('alice', '/comments mine'));
    expect(textOf(mine)).toContain(state);
    await bot.press('alice', mine, `Remind me (${id})`);
    expect(inChannel(bot, 'dm-alice')).toHaveLength(2);
  });

  test('of another person is not shown to anyone', async () => {
    const { bot, id } = await withOne();
    await bot.type('alice', `/comments remind ${id}`);
    expect(text(await bot.type('bob', '/comments mine'))).toContain('You have no reminders');
  });

  test.each(['remind', 'draft'])('of what was withdrawn is not set by /comments %s', async (verb) => {
    const { bot, id } = await withOne();
    await bot.call('sam', 'comments.withdraw', { id });
    expect(text(await bot.type('alice', `/comments ${verb} ${id}`))).toBe('This public comment was withdrawn.');
    expect(inChannel(bot, 'dm-alice')).toEqual([]);
  });

  test('is found in the list of mine, however many there are', async () => {
    const { bot } = await withOne();
    const rows = Array.from({ length: 23 }, (_, n) => ({
      id: `p${n}`,
      title: `Report ${n}`,
      closing: `2026-05-${n + 1}`,
    }));
    const list = JSON.stringify(rows).replace(/05-(\d)"/g, '05-0$1"');
    await bot.call('sam', 'comments.imported', { list });
    for (const { id } of rows) await bot.call('alice', 'comments.remind', { id });
    const pages = [cardOf(await bot.type('alice', '/comments mine'))];
    for (const label of ['Show 13 more', 'Show 3 more']) {
      pages.push(cardOf(await bot.press('alice', pages.at(-1) as Card, label)));
    }
    const titles = pages.map((card) => textOf(card).match(/^Report \d+/gm) ?? []);
    expect(titles.map(({ length }) => length)).toEqual([10, 10, 3]);
    expect(new Set(titles.flat()).size).toBe(23);
    expect(textOf(pages.at(-1) as Card)).not.toContain('more');
  });

  test('after the closing is not set', async () => {
    const { bot, id } = await withOne();
    await bot.sleepUntil('2026-04-13T00:00:00Z');
    expect(text(await bot.type('alice', `/comments remind ${id}`))).toContain('has closed already');
  });
});

describe('a move', () => {
  const ways: [string, string][] = [
    ['who asked', 'comments.remind'],
    ['who holds the pen', 'comments.draft'],
  ];

  test.each(ways)('reaches someone %s before any reminder has come, once each time', async (_, route) => {
    const { bot, id } = await withOne();
    await bot.call('alice', route, { id });
    await bot.sleepUntil('2026-03-01T13:00:00Z');
    const closing = '2026-04-29';
    await bot.call('sam', 'comments.extended', { id, closing });
    await bot.sleepUntil('2026-03-01T15:00:00Z');
    await bot.call('sam', 'comments.withdraw', { id });
    await bot.sleepUntil('2026-03-09T12:00:00Z');
    await bot.call('sam', 'comments.extended', { id, closing });
    await bot.sleepUntil('2026-03-11T12:00:00Z');
    const headings = inChannel(bot, 'dm-alice').map((said) => said.split('\n')[0]);
    expect(headings.slice(1)).toEqual([
      'Public comment extended',
      'Public comment withdrawn',
      'Public comment reopened',
    ]);
  });

  test('reaches whoever is reminded again after Mute, from the date that they were shown then', async () => {
    const { bot, id } = await withOne();
    await bot.type('alice', `/comments remind ${id}`);
    await bot.call('alice', 'comments.mute', { id });
    await bot.call('sam', 'comments.extended', { id, closing: '2026-04-29' });
    await bot.sleepUntil('2026-03-02T12:00:00Z');
    await bot.type('alice', `/comments remind ${id}`);
    await bot.call('sam', 'comments.extended', { id, closing: '2026-05-05' });
    await bot.sleepUntil('2026-03-03T12:00:00Z');
    expect(inChannel(bot, 'dm-alice').slice(2)).toEqual([
      expect.stringMatching(/before: 2026-04-29T23:59[\s\S]*now: 2026-05-05T23:59/),
    ]);
  });

  test('does not reach someone whose direct messages were closed when they asked', async () => {
    const { bot, id } = await withOne();
    const [platform] = bot.platforms;
    if (!platform) throw new Error('no platform');
    const post = platform.post.bind(platform);
    platform.post = async (to, card, key) => {
      if ('person' in to) throw new Undeliverable('closed', 'cannot_dm');
      return post(to, card, key);
    };
    await bot.type('alice', `/comments remind ${id}`);
    platform.post = post;
    await bot.call('sam', 'comments.extended', { id, closing: '2026-04-29' });
    await bot.sleepUntil('2026-03-03T12:00:00Z');
    expect(inChannel(bot, 'dm-alice')).toEqual([]);
  });
});

describe('after the year', () => {
  test('it is counted what was answered, and how long drafts took', async () => {
    const { bot, id } = await withOne();
    await bot.sleepUntil('2026-03-02T12:00:00Z');
    const card = cardOf(await bot.type('sam', `/comments show ${id}`));
    await bot.press('sam', card, 'Draft is out');
    await bot.press('sam', cardOf(await bot.type('sam', `/comments show ${id}`)), 'Statement submitted');
    const answer = await bot.type('alice', '/comments year 2026');
    expect(text(answer)).toMatch(
      /Proceedings that closed: 1\nAnswered: 1 \(100%\)\nDecided: no statement: 0\nNeither: 0\nDays to the first draft: median 10, from 10 to 10 \(1 draft\)/,
    );
    if (answer.kind !== 'say') throw new Error(answer.kind);
    expect(new TextDecoder().decode(answer.files?.[0]?.body)).toContain('"Renewal of .AERO"');
    expect(text(await bot.type('alice', '/comments year 2025'))).toContain('Proceedings that closed: 0');
    expect(text(await bot.type('alice', '/comments year soon'))).toContain('not a year');
  });
});

test('what is kept of a person is theirs to see, to take along and to erase', async () => {
  const { bot, id, card } = await withOne();
  await bot.type('alice', `/comments remind ${id}`);
  await bot.press('alice', card, 'I’ll draft');
  expect(text(await bot.type('alice', '/rapporteur privacy'))).toMatch(
    /"comments"[\s\S]*Africa\/Nairobi[\s\S]*Renewal of .AERO/,
  );
  await bot.call('alice', 'rapporteur.erase', { sure: 'yes' });
  expect(text(await bot.type('alice', '/rapporteur privacy'))).not.toContain('AERO');
  expect(text(await bot.type('sam', `/comments show ${id}`))).not.toContain('Pen:');
  await bot.sleepUntil('2026-04-13T12:00:00Z');
  expect(inChannel(bot, 'dm-alice')).toHaveLength(2);
});
