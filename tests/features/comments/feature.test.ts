// What members read and what staff keep.
import nodeIcal from 'node-ical';
import { describe, expect, test } from 'vitest';
import type { Feature } from '../../../src/core/feature.js';
import { encodeTarget } from '../../../src/core/target.js';
import { comments } from '../../../src/features/comments/feature.js';
import { buttonsOf, cardOf, textOf } from '../../support/harness.js';
import { address, idIn, now, text, typed, withOne } from './one.js';
import { stage } from './stage.js';

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
      localeFrom: 'fallback' as const,
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

  test.each([
    ['yesterday', '“yesterday” cannot be read as a date'],
    ['2026-02-30', '“2026-02-30” cannot be read as a date'],
    ['2026-01-05', 'It would close before it opens.'],
  ])('who move a closing to %s find both in the form that moves it', async (closing, said) => {
    const { bot, id } = await withOne();
    const answer = await bot.type('sam', `/comments extend ${id} ${closing}`);
    if (answer.kind !== 'again') throw new Error(answer.kind);
    expect(answer.form).toMatchObject({ title: 'Move the closing', fields: [{ name: 'closing', value: closing }] });
    expect(answer.wrong.closing).toContain(said);
    const { target } = answer.form;
    const moved = await bot.call('sam', target.to, { ...target.args, closing: '2026-04-20' });
    expect(text(moved)).toContain('The closing is moved.');
  });

  test('who move the closing of what is not there are asked which one is meant', async () => {
    const { bot } = await withOne();
    const answer = await bot.type('sam', '/comments extend ZZZZ yesterday');
    expect(answer).toMatchObject({ kind: 'again', form: { title: 'Which proceeding?' } });
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
