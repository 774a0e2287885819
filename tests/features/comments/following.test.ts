// What a channel that follows gets, and the calendars beside it.
import { describe, expect, test } from 'vitest';
import type { Card } from '../../../src/core/card.js';
import { comments } from '../../../src/features/comments/feature.js';
import { buttonsOf, cardOf } from '../../support/harness.js';
import { address, everything, idIn, inChannel, text, typed, withOne } from './one.js';
import type { Stage } from './stage.js';

describe('a channel', () => {
  test('follows with a form, prefilled, and gets what it chose in its own zone', async () => {
    const { bot } = await withOne();
    const form = await bot.type('sam', '/comments follow');
    if (form.kind !== 'ask') throw new Error(form.kind);
    expect(form.form.fields).toHaveLength(5);
    expect(form.form.fields.find(({ name }) => name === 'zone')?.value).toBe('Africa/Nairobi');
    await bot.call('sam', 'comments.followed', { ...everything, days: '7,closes', zone: 'Asia/Tokyo', hour: '18' });
    await bot.sleepUntil('2026-04-06T08:59:30Z');
    expect(inChannel(bot, 'general')).toEqual([]);
    await bot.sleepUntil('2026-04-06T09:00:00Z');
    expect(inChannel(bot, 'general')).toHaveLength(1);
    expect(inChannel(bot, 'general')[0]).toMatch(
      /^Public comment: the closing comes nearer[\s\S]*Time left: 6 days 14 hours \(counted on April 6, 2026 at 09:00 UTC\)/,
    );
    await bot.sleepUntil('2026-04-13T00:00:00Z');
    expect(inChannel(bot, 'general')[1]).toMatch(/^Public comment closed/);
  });

  test('that is a thread of another is reminded in the language of that one, or of its own', async () => {
    const { bot } = await withOne();
    const { settings } = bot.bot.bot;
    bot.platforms[0]?.channels.set('aside', { state: 'public', members: new Set(['sam']) });
    const thread = { channel: 'aside', parent: 'general' };
    // It did not know whose thread it is before its form was sent once more.
    await bot.call('sam', 'comments.followed', { ...everything, days: '7' }, { channel: 'aside' });
    await bot.call('sam', 'comments.followed', { ...everything, days: '7,3' }, thread);
    await settings.setChannelLocale({ platform: 'slack', space: 'S1', channel: 'general' }, 'fr');
    await bot.sleepUntil('2026-04-07T00:00:00Z');
    await settings.setChannelLocale({ platform: 'slack', space: 'S1', channel: 'aside' }, 'es');
    await bot.sleepUntil('2026-04-11T00:00:00Z');
    const told = inChannel(bot, 'aside');
    expect(told).toHaveLength(2);
    expect(told[0]).toContain('Consultation publique');
    expect(told[1]).toContain('Comentario público');
  });

  test.each([
    [{ zone: 'Mars/Olympus' }, 'zone'],
    [{ hour: '24' }, 'hour'],
    [{ days: '' }, 'days'],
  ])('with %j gets the form back', async (wrong, field) => {
    const { bot } = await withOne();
    expect(await bot.call('sam', 'comments.followed', { ...everything, ...wrong })).toMatchObject({
      kind: 'again',
      wrong: { [field]: expect.any(String) },
    });
  });

  test('with an earlier hour than today’s reminder had gets it at once, and once', async () => {
    const { bot } = await withOne();
    await bot.call('sam', 'comments.followed', { ...everything, days: '7', hour: '18' });
    await bot.call('sam', 'comments.followed', { ...everything, days: '7', hour: '9' }, { channel: 'staff' });
    await bot.sleepUntil('2026-04-05T12:00:00Z');
    expect(inChannel(bot, 'general')).toEqual([]);
    await bot.call('sam', 'comments.followed', { ...everything, days: '7', hour: '9' });
    await bot.sleepUntil('2026-04-05T12:00:30Z');
    expect(inChannel(bot, 'general')).toHaveLength(1);
    await bot.sleepUntil('2026-04-07T12:00:00Z');
    expect([inChannel(bot, 'general').length, inChannel(bot, 'staff').length]).toEqual([1, 1]);
  });

  test('where the bot cannot post is told so before it follows', async () => {
    const { bot } = await withOne();
    expect(text(await bot.type('sam', '/comments follow', { channel: 'elsewhere' }))).toContain('Please invite me');
  });

  test('that follows when much is open already is told of no opening, but of one that has no closing yet', async () => {
    const { bot } = await withOne();
    await bot.sleepUntil('2026-03-01T15:00:00Z');
    await bot.call('sam', 'comments.followed', everything);
    const list = 'id,title,opening\nundated,Without an end,2026-03-03\n';
    await bot.call('sam', 'comments.imported', { list });
    await bot.sleepUntil('2026-03-05T12:00:00Z');
    expect(inChannel(bot, 'general')).toEqual([
      expect.stringMatching(/^Open for public comment\nWithout an end[\s\S]*Closes: no closing date yet/),
    ]);
  });

  test('speaks its own language', async () => {
    const { bot } = await withOne();
    await bot.bot.bot.settings.setChannelLocale({ platform: 'slack', space: 'S1', channel: 'general' }, 'es');
    await bot.call('sam', 'comments.followed', everything);
    await bot.sleepUntil('2026-03-02T10:00:00Z');
    expect(inChannel(bot, 'general')[0]).toContain('12 de abril de 2026');
  });

  test('gets several that are due together in one post, each button naming its own', async () => {
    const { bot, id } = await withOne();
    const other = await bot.call('sam', 'comments.added', {
      ...typed,
      address: address.replace('aero', 'post'),
      title: 'Renewal of .POST',
    });
    await bot.call('sam', 'comments.followed', { ...everything, days: '7' });
    await bot.sleepUntil('2026-04-05T09:00:00Z');
    expect(inChannel(bot, 'general')).toHaveLength(1);
    const labels = buttonsOf(bot.seen[0]?.card as Card).map(({ label }) => label);
    expect(labels).toContain(`Remind me (${id})`);
    expect(labels).toContain(`Remind me (${idIn(other)})`);
  });

  test('that stops following hears nothing more', async () => {
    const { bot } = await withOne();
    await bot.call('sam', 'comments.followed', everything);
    expect(text(await bot.type('sam', '/comments unfollow'))).toContain('no more reminders');
    expect(text(await bot.type('sam', '/comments unfollow'))).toContain('does not follow');
    await bot.sleepUntil('2026-03-03T12:00:00Z');
    expect(bot.seen).toEqual([]);
  });

  test('hears of an extension that staff type, at once', async () => {
    const { bot, id } = await withOne();
    await bot.call('sam', 'comments.followed', everything);
    await bot.sleepUntil('2026-03-03T12:00:00Z');
    expect(text(await bot.type('sam', `/comments extend ID ${id} 2026-04-20 18:00`))).toContain(
      'Channels that have heard of it are told',
    );
    await bot.sleepUntil('2026-03-03T12:00:30Z');
    expect(inChannel(bot, 'general').at(-1)).toMatch(
      /extended[\s\S]*before: 2026-04-12T23:59[\s\S]*now: 2026-04-20T18:00/,
    );
    await bot.type('sam', `/comments extend ${id} 2026-04-20 18:00`);
    await bot.sleepUntil('2026-03-04T12:00:00Z');
    expect(inChannel(bot, 'general')).toHaveLength(2);
  });

  test('hears that what it had heard of was entered by mistake', async () => {
    const { bot, id } = await withOne();
    await bot.call('sam', 'comments.followed', everything);
    await bot.sleepUntil('2026-03-02T12:00:00Z');
    await bot.press('sam', cardOf(await bot.type('sam', `/comments remove ${id}`)), 'Entered by mistake');
    await bot.sleepUntil('2026-03-02T12:01:00Z');
    expect(inChannel(bot, 'general').at(-1)).toMatch(/^Public comment taken off the list/);
    expect(buttonsOf(bot.seen.at(-1)?.card as Card)).toEqual([]);
  });
});

describe('the community’s own dates', () => {
  test('are edited for all and for one, and reminded of like the rest', async () => {
    const { bot, id } = await withOne();
    await bot.call('sam', 'comments.followed', { ...everything, days: 'own' });
    expect(text(await bot.call('sam', 'comments.dated', { steps: '38 Early look\n5 Vote' }))).toContain('saved');
    const card = text(await bot.type('alice', `/comments show ${id}`));
    expect(card).toContain('Mar 5 Early look → Apr 7 Vote');
    await bot.sleepUntil('2026-03-05T09:00:00Z');
    expect(inChannel(bot, 'general')).toEqual([
      expect.stringMatching(/^Public comment: our own dates[\s\S]*Early look: Mar 5/),
    ]);
    const form = await bot.type('sam', `/comments dates ${id}`);
    if (form.kind !== 'ask') throw new Error(form.kind);
    expect(form.form.fields[0]?.value).toBe('38 Early look\n5 Vote');
    await bot.call('sam', 'comments.dated', { ...form.form.target.args, steps: '2026-04-02 GAC review' });
    expect(text(await bot.type('alice', `/comments show ${id}`))).toContain('Apr 2 GAC review');
    expect(await bot.call('sam', 'comments.dated', { steps: '5 Vote\nsoon' })).toMatchObject({
      kind: 'again',
      wrong: { steps: expect.stringContaining('Line 2') },
    });
  });

  test('that are moved after they were told are told again on their new day, and no other one is', async () => {
    const { bot, id } = await withOne();
    await bot.call('sam', 'comments.followed', { ...everything, days: 'own' });
    await bot.sleepUntil('2026-04-05T12:00:00Z');
    expect(inChannel(bot, 'general').at(-1)).toContain('Vote: Apr 4 – Apr 9');
    const before = inChannel(bot, 'general').length;
    await bot.call('sam', 'comments.dated', { id, steps: '11 Comments on the draft\n5-3 Vote\n2 Submission' });
    await bot.sleepUntil('2026-04-07T08:59:00Z');
    expect(inChannel(bot, 'general')).toHaveLength(before);
    await bot.sleepUntil('2026-04-10T12:00:00Z');
    expect(inChannel(bot, 'general').slice(before)).toEqual([
      expect.stringContaining('Vote: Apr 7 – Apr 9'),
      expect.stringContaining('Vote: Apr 7 – Apr 9'),
      expect.stringContaining('Submission: Apr 10'),
    ]);
  });

  test('keep their translated names whatever language they were edited in', async () => {
    const { bot, id } = await withOne();
    const form = await bot.type('sam', '/comments dates', { locale: 'fr' });
    if (form.kind !== 'ask') throw new Error(form.kind);
    await bot.call('sam', 'comments.dated', { steps: form.form.fields[0]?.value ?? '' }, { locale: 'fr' });
    expect(text(await bot.type('alice', `/comments show ${id}`))).toContain('Call for comments');
  });
});

test('card, list, reminder, calendar and export have the same instant, to the minute', async () => {
  const { bot, id } = await withOne();
  await bot.type('sam', `/comments extend ${id} 2026-04-20 18:30 Europe/Brussels`);
  await bot.call('sam', 'comments.followed', { ...everything, days: '7' });
  await bot.sleepUntil('2026-04-13T09:00:00Z');
  const exported = await bot.type('alice', '/comments export');
  if (exported.kind !== 'say') throw new Error(exported.kind);
  const feed = await comments.feeds?.['/comments.ics']?.(bot.bot.bot, '/comments.ics');
  const places = [
    text(await bot.type('alice', '/comments')),
    text(await bot.type('alice', `/comments show ${id}`)),
    inChannel(bot, 'general').at(-1) ?? '',
    new TextDecoder().decode(exported.files?.[0]?.body),
  ];
  for (const place of places) expect(place).toMatch(/2026-04-20T16:30:00(\.000)?Z/);
  expect(feed?.body).toContain('DTSTART:20260420T163000Z');
});

describe('the calendars', () => {
  const feed = (bot: Stage, path: string) =>
    comments.feeds?.[path.endsWith('.ics') && path !== '/comments.ics' ? '/comments/*' : path]?.(bot.bot.bot, path);

  test('of a channel are at an address that nobody guesses, with its own dates and nothing that it does not follow', async () => {
    const { bot } = await withOne({ operator: { publicUrl: 'https://bot.example.org' } });
    const saved = cardOf(await bot.call('sam', 'comments.followed', everything));
    const url = /https:\/\/bot\.example\.org(\/comments\/[\w-]{24}\.ics)/.exec(JSON.stringify(saved))?.[1] ?? '';
    const body = (await feed(bot, url))?.body ?? '';
    expect(body).toContain('SUMMARY:Public comment closes: Renewal of .AERO');
    expect(body).toContain('SUMMARY:Vote: Renewal of .AERO');
    await bot.call('sam', 'comments.followed', { ...everything, category: 'technical' });
    expect((await feed(bot, url))?.body).not.toContain('AERO');
    expect(await feed(bot, '/comments/AAAAAAAAAAAAAAAAAAAAAAAA.ics')).toBeUndefined();
    expect(await feed(bot, '/comments/..%2f.ics')).toBeUndefined();
  });

  const of = (name: string, more: object = {}) => ({ ...typed, title: name, ...more });
  const closings = async (bot: Stage): Promise<string[]> => {
    const body = (await feed(bot, '/comments.ics'))?.body ?? '';
    const uids = body.match(/^UID:.*$/gm) ?? [];
    expect(new Set(uids).size).toBe(uids.length);
    return (body.match(/^(DTSTART|STATUS):.*$/gm) ?? []).map((line) => line.replace(/\r$/, '')).sort();
  };

  test('have what one space has removed and another one has not', async () => {
    const { bot, id } = await withOne();
    await bot.beat(Date.parse('2026-03-01T12:01:00Z'));
    await bot.call('sam', 'comments.removed', { id });
    expect(await closings(bot)).toEqual(['DTSTART:20260412T235900Z', 'STATUS:CANCELLED']);
    await bot.call('sam', 'comments.added', of('Elsewhere'), { space: 'S2' });
    expect(await closings(bot)).toEqual(['DTSTART:20260412T235900Z', 'STATUS:CONFIRMED']);
  });

  test('have one that several spaces have once, and each closing where they differ', async () => {
    const { bot } = await withOne();
    await bot.call('sam', 'comments.added', of('Elsewhere'), { space: 'S2' });
    expect(await closings(bot)).toEqual(['DTSTART:20260412T235900Z', 'STATUS:CONFIRMED']);
    await bot.call('sam', 'comments.added', of('Extended', { closing: '2026-05-12' }), { space: 'S3' });
    expect((await closings(bot)).filter((line) => line.startsWith('DTSTART'))).toEqual([
      'DTSTART:20260412T235900Z',
      'DTSTART:20260512T235900Z',
    ]);
  });

  test('name nobody', async () => {
    const { bot, card } = await withOne();
    await bot.press('alice', card, 'I’ll draft');
    expect((await feed(bot, '/comments.ics'))?.body).not.toMatch(/alice|sam/i);
  });
});
