import nodeIcal from 'node-ical';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/core/call.js';
import type { Card } from '../../../src/core/card.js';
import type { Feature } from '../../../src/core/feature.js';
import { Undeliverable } from '../../../src/core/platform.js';
import { encodeTarget } from '../../../src/core/target.js';
import { comments } from '../../../src/features/comments/feature.js';
import { buttonsOf, cardOf, textOf } from '../../support/harness.js';
import { type Stage, type StageOptions, stage } from './stage.js';

const address =
  'https://www.icann.org/en/public-comment/proceeding/proposed-renewal-of-the-aero-registry-agreement-20-02-2026';
const typed = { address, title: 'Renewal of .AERO', closing: '2026-04-12', category: 'contracts', requester: 'GDS' };
const everything = { days: 'opens,14,7,3,1,closes,own', hour: '9', zone: 'UTC', category: '', words: '' };

const now = '2026-03-01T12:00:00Z';

const text = (answer: Answer): string => textOf(cardOf(answer));
const idIn = (answer: Answer | string): string =>
  /ID (\w{4})/.exec(typeof answer === 'string' ? answer : text(answer))?.[1] ?? '';

/** A bot with one proceeding, open until 12 April. */
async function withOne(more: Partial<StageOptions> = {}): Promise<{ bot: Stage; id: string; card: Card }> {
  const bot = stage({ now, ...more });
  const added = await bot.call('sam', 'comments.added', typed);
  return { bot, id: idIn(added), card: cardOf(added) };
}

const inChannel = (bot: Stage, channel: string): string[] =>
  bot.seen
    .filter(({ to }) => ('channel' in to ? to.channel : `dm-${to.person}`) === channel)
    .map(({ card }) => textOf(card));

describe('/comments', () => {
  test('says honestly that nothing is open', async () => {
    const bot = stage({ now });
    expect(text(await bot.type('alice', '/comments'))).toContain('Nothing is open for public comment at the moment.');
  });

  test('lists what is open, the soonest first, then what is expected', async () => {
    const { bot } = await withOne();
    const at = (name: string): string => `https://www.icann.org/en/public-comment/proceeding/${name}`;
    await bot.call('sam', 'comments.added', {
      address: at('sooner-01-02-2026'),
      title: 'Sooner',
      closing: '2026-03-20 18:00',
    });
    await bot.call('sam', 'comments.added', { address: at('some-day'), title: 'Some day', closing: '2026-11' });
    await bot.call('sam', 'comments.added', { address: at('later-01-05-2026'), title: 'Later', closing: '2026-06-01' });
    await bot.call('sam', 'comments.added', { address: at('over-01-01-2026'), title: 'Over', closing: '2026-02-01' });
    const said = text(await bot.type('alice', '/comments'));
    const order = [
      'Sooner',
      '19 days 6 hours left; closes 2026-03-20T18:00:00.000Z · March 20, 2026 at 18:00 UTC',
      'Renewal of .AERO',
      'Expected next',
      'Later',
      'Some day',
      'November 2026',
    ];
    expect(order.map((part) => said.indexOf(part))).toEqual(
      order.map((part) => said.indexOf(part)).sort((a, b) => a - b),
    );
    expect(said.indexOf('Sooner')).toBeGreaterThan(0);
    expect(said).not.toContain('Over');
  });

  test('answers the asker alone, in their language', async () => {
    const { bot } = await withOne();
    expect(text(await bot.type('alice', '/comments', { locale: 'fr' }))).toContain('12 avril 2026');
    expect(bot.seen).toEqual([]);
  });

  test('shows one by the ID of its card, however it is typed', async () => {
    const { bot, id } = await withOne();
    for (const way of [
      id,
      `ID ${id}`,
      id.toLowerCase(),
      address,
      'proposed-renewal-of-the-aero-registry-agreement-20-02-2026',
    ]) {
      expect(text(await bot.type('alice', `/comments show ${way}`))).toContain('Renewal of .AERO');
    }
    expect(await bot.type('alice', '/comments show 0000')).toMatchObject({
      kind: 'again',
      wrong: { '': expect.stringContaining('nothing under that ID') },
    });
  });

  test('without an ID asks which one is meant', async () => {
    const { bot, id } = await withOne();
    expect(await bot.type('alice', '/comments show')).toMatchObject({
      kind: 'ask',
      form: {
        target: { to: 'comments.show' },
        fields: [{ name: 'id', choices: [{ label: `${id}: Renewal of .AERO` }] }],
      },
    });
  });

  test('completes an ID from the words of a title', async () => {
    const { bot, id } = await withOne();
    const space = { platform: 'slack', space: 'S1' };
    const incoming = { by: { ...space, person: 'alice' }, place: { ...space, channel: 'general' } };
    const choices = await bot.bot.core.suggest({ to: 'comments.show', args: { id: 'aero' }, ...incoming }, 'id');
    expect(choices.map(({ label }) => label)).toEqual([`${id}: Renewal of .AERO`]);
  });
});

describe('a card', () => {
  test('has both times, the time left with when it was counted, how exact it is, and the community’s dates', async () => {
    const { card } = await withOne();
    expect(textOf(card)).toContain('Closes: 2026-04-12T23:59:00.000Z · April 12, 2026 at 23:59 UTC');
    expect(textOf(card)).toContain('Time left: 42 days 11 hours (counted on March 1, 2026 at 12:00 UTC)');
    expect(textOf(card)).toContain('Only a date was given');
    expect(textOf(card)).toContain('Our dates: Feb 20 Opening → Mar 13 Call for comments → Mar 25 Draft out');
  });

  test('has buttons that fit on every platform, and those of staff for staff alone', async () => {
    const { bot, id, card } = await withOne();
    for (const { target } of buttonsOf(card)) expect(encodeTarget(target).length).toBeLessThanOrEqual(78);
    const member = buttonsOf(cardOf(await bot.type('alice', `/comments show ${id}`))).map(({ label }) => label);
    expect(member).toEqual(['Remind me', 'Pulse', 'I’ll draft', 'Add to calendar']);
    expect(buttonsOf(card).map(({ label }) => label)).toContain('Move the closing');
  });

  test('offers a pulse where there are pulses, with a question in the asker’s language', async () => {
    const pulse: Feature = { ...comments, name: 'pulse', main: 'pulse.new', routes: {} };
    const { bot, card } = await withOne({ more: [pulse] });
    const target = buttonsOf(card).find(({ label }) => label === 'Pulse')?.target;
    expect(target).toMatchObject({ to: 'pulse.about', args: { from: 'comments' } });
    const space = { platform: 'slack', space: 'S1' };
    const call = {
      to: 'pulse.about',
      args: {},
      by: { ...space, person: 'alice' },
      place: { ...space, channel: 'general' },
    };
    const id = target?.args.id ?? '';
    expect(await comments.questionFor?.(id, { ...call, locale: 'en' }, bot.bot.bot)).toBe(
      'Should we comment on “Renewal of .AERO”?',
    );
    const elsewhere = { ...call, by: { platform: 'slack', space: 'S2', person: 'alice' } };
    expect(await comments.questionFor?.(id, { ...elsewhere, locale: 'en' }, bot.bot.bot)).toBeUndefined();
  });

  test('adds to a calendar by a file, with addresses to subscribe to where there are any', async () => {
    const { bot, card } = await withOne();
    const answer = await bot.press('alice', card, 'Add to calendar');
    if (answer.kind !== 'say') throw new Error(answer.kind);
    const [file] = answer.files ?? [];
    expect([file?.name, file?.type]).toEqual([expect.stringMatching(/^comment-\w{4}\.ics$/), 'text/calendar']);
    const events = Object.values(nodeIcal.sync.parseICS(new TextDecoder().decode(file?.body)));
    expect(events.flatMap((event) => (event?.type === 'VEVENT' ? event.start.toISOString() : []))).toEqual([
      '2026-04-12T23:59:00.000Z',
    ]);
    expect(text(answer)).not.toContain('follows every change');

    const open = await withOne({ operator: { publicUrl: 'https://bot.example.org' } });
    const linked = cardOf(await open.bot.press('alice', open.card, 'Add to calendar'));
    expect(JSON.stringify(linked)).toContain('https://bot.example.org/comments.ics');
  });
});

describe('staff', () => {
  test.each(['add', 'edit', 'extend', 'remove', 'import', 'follow', 'unfollow', 'dates', 'status'])(
    'alone may %s',
    async (verb) => {
      const { bot } = await withOne();
      expect(text(await bot.type('alice', `/comments ${verb}`))).toContain('This is for staff');
    },
  );

  test('paste an address, and the form is filled in as far as it tells', async () => {
    const bot = stage({ now });
    const answer = await bot.type('sam', `/comments add ${address}`);
    expect(answer).toMatchObject({ kind: 'ask', form: { target: { to: 'comments.added' } } });
    expect(JSON.stringify(answer)).toContain('Proposed renewal of the aero registry agreement');
  });

  test.each([
    [{ address: 'icann.org' }, 'address'],
    [{ address: 'https://icann.org' }, 'address'],
    [{ closing: '12/04/2026' }, 'closing'],
    [{ closing: '2026-02-19' }, 'closing'],
    [{ title: ' ' }, 'title'],
  ])('get the form back for %j, with nothing lost', async (wrong, field) => {
    const bot = stage({ now });
    const answer = await bot.call('sam', 'comments.added', { ...typed, ...wrong });
    expect(answer).toMatchObject({ kind: 'again', wrong: { [field]: expect.any(String) } });
    expect(JSON.stringify(answer)).toContain('"value":"GDS"');
  });

  test('cannot add twice what is there, and find what they had removed', async () => {
    const { bot, id } = await withOne();
    expect(await bot.call('sam', 'comments.added', typed)).toMatchObject({
      kind: 'again',
      wrong: { address: expect.stringContaining(id) },
    });
    const ask = cardOf(await bot.type('sam', `/comments remove ${id}`));
    await bot.press('sam', ask, 'Entered by mistake');
    expect(text(await bot.type('alice', '/comments'))).toContain('Nothing is open');
    const again = await bot.call('sam', 'comments.added', { ...typed, title: 'Once more' });
    expect([idIn(again), text(again)]).toEqual([id, expect.stringContaining('Once more')]);
  });

  test('edit, and give reports and links', async () => {
    const { bot, card } = await withOne();
    const form = await bot.press('sam', card, 'Report and links');
    if (form.kind !== 'ask') throw new Error(form.kind);
    const { to, args } = form.form.target;
    const answer = await bot.call('sam', to, {
      ...args,
      languages: 'fr,en',
      reportDue: '2026-05-03',
      submissions: `${address}/submissions`,
    });
    expect(text(answer)).toMatch(/Languages: English, Français[\s\S]*Summary report: due May 3, 2026/);
    expect(await bot.call('sam', to, { ...args, reportDue: '2026-02-30' })).toMatchObject({
      kind: 'again',
      wrong: { reportDue: expect.any(String) },
    });
    const edit = await bot.press('sam', card, 'Edit');
    if (edit.kind !== 'ask') throw new Error(edit.kind);
    const values = Object.fromEntries(edit.form.fields.map(({ name, value = '' }) => [name, value]));
    expect(values).toMatchObject({
      title: 'Renewal of .AERO',
      opening: '2026-02-20',
      category: 'contracts',
      requester: 'GDS',
    });
    expect(
      text(await bot.call('sam', 'comments.edited', { ...edit.form.target.args, ...values, title: 'Better' })),
    ).toContain('Better');
  });

  test('bring a list, and are told what came of it', async () => {
    const { bot } = await withOne();
    const list = `id,title,closing\nproposed-renewal-of-the-aero-registry-agreement-20-02-2026,Renewal of .AERO,2026-04-20\nnew-one,New,2026-05-01\nbad,Bad,never\n`;
    expect(text(await bot.call('sam', 'comments.imported', { list }))).toMatch(
      /New: 1\nChanged: 1\nUnchanged: 0\nLeft out: 1/,
    );
    expect(text(await bot.call('sam', 'comments.imported', { list }))).toMatch(
      /New: 0\nChanged: 0\nUnchanged: 2\nLeft out: 1/,
    );
    expect(await bot.call('sam', 'comments.imported', { list: 'hello' })).toMatchObject({
      kind: 'again',
      wrong: { list: expect.any(String) },
    });
    expect(await bot.call('sam', 'comments.imported', { list: 'http://a.example/x' })).toMatchObject({
      kind: 'again',
      wrong: { list: 'Only https addresses are read.' },
    });
    expect(await bot.type('sam', '/comments import https://127.0.0.1/x.csv')).toMatchObject({
      kind: 'again',
      wrong: { list: 'Nothing could be read at that address.' },
    });
  });

  test('of another space find nothing of this one', async () => {
    const { bot, card } = await withOne();
    const target = buttonsOf(card).find(({ label }) => label === 'Edit')?.target;
    const space = { platform: 'slack', space: 'S2' };
    const answer = await bot.bot.core.answer({
      to: 'comments.show',
      args: target?.args ?? {},
      by: { ...space, person: 'sam' },
      place: { ...space, channel: 'general' },
    });
    expect(JSON.stringify(answer)).not.toContain('AERO');
  });
});

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

  test('where the bot cannot post is told so before it follows', async () => {
    const { bot } = await withOne();
    expect(text(await bot.type('sam', '/comments follow', { channel: 'elsewhere' }))).toContain('Please invite me');
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

  test('keep their translated names whatever language they were edited in', async () => {
    const { bot, id } = await withOne();
    const form = await bot.type('sam', '/comments dates', { locale: 'fr' });
    if (form.kind !== 'ask') throw new Error(form.kind);
    await bot.call('sam', 'comments.dated', { steps: form.form.fields[0]?.value ?? '' }, { locale: 'fr' });
    expect(text(await bot.type('alice', `/comments show ${id}`))).toContain('Call for comments');
  });
});

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

  test('after the closing is not set', async () => {
    const { bot, id } = await withOne();
    await bot.sleepUntil('2026-04-13T00:00:00Z');
    expect(text(await bot.type('alice', `/comments remind ${id}`))).toContain('has closed already');
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

  test('name nobody', async () => {
    const { bot, card } = await withOne();
    await bot.press('alice', card, 'I’ll draft');
    expect((await feed(bot, '/comments.ics'))?.body).not.toMatch(/alice|sam/i);
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
