import { describe, expect, test } from 'vitest';
import { locales } from '../../../src/core/locale.js';
import { pulseKind, saltKind } from '../../../src/features/pulse/model.js';
import { buttonsOf, cardOf, textOf } from '../../support/harness.js';
import { asked, filled, formOf, onCard, preview, scene, toldIn, valuesOf, wrongOf } from './scene.js';

describe('/pulse', () => {
  test('opens a form of five fields that fits everywhere', async () => {
    const bot = await scene();
    for (const locale of locales) {
      const form = formOf(await bot.type('alice', '/pulse', { locale }));
      expect(form.fields.map(({ name }) => name)).toEqual(['question', 'options', 'kind', 'results', 'closes']);
      expect([locale, form.title.length <= 24]).toEqual([locale, true]);
      for (const { label, hint = '', choices = [] } of form.fields) {
        expect([label, label.length <= 45, hint, hint.length <= 100]).toEqual([label, true, hint, true]);
        for (const choice of choices) expect([choice.label, choice.label.length <= 75]).toEqual([choice.label, true]);
      }
    }
  });

  test('says in whose time zone a closing is meant', async () => {
    const bot = await scene();
    expect(JSON.stringify(formOf(await bot.type('alice', '/pulse')))).toContain('time zone: Africa/Nairobi');
  });

  test('with what was typed opens the form filled in, and posts nothing', async () => {
    const bot = await scene();
    const answer = await bot.call('alice', 'pulse.new', { question: 'Shall we?', options: 'A | B', closes: '2d' });
    expect(valuesOf(answer)).toEqual({
      ...{ question: 'Shall we?', options: 'A | B', kind: 'named-one', results: 'live', closes: '2d' },
    });
    expect(answer.kind).toBe('ask');
    expect(bot.platform.messages).toEqual([]);
  });

  test('from the button of another message opens the form, whatever it brings', async () => {
    const bot = await scene();
    const question = 'Should we comment on “Registration data”?';
    const answer = await bot.call('alice', 'pulse.new', { question }, { on: 'm9' });
    expect([answer.kind, valuesOf(answer).question]).toEqual(['ask', question]);
    const sent = await bot.call('alice', 'pulse.draft', { ...filled, question }, { on: 'm9' });
    expect(sent.kind).toBe('say');
  });
});

describe('all in one line', () => {
  test('is posted at once in the channel, for seven days and named where nothing else is said', async () => {
    const bot = await scene();
    const pulse = await asked(bot, '"Shall we?" "Yes" "No"');
    expect(await pulse.kept()).toMatchObject({
      ...{ state: 'open', isAnonymous: false, most: 1, isHidden: false, closesAt: '2026-03-08T12:00:00.000Z' },
    });
    expect(pulse.text()).toContain('Asked by @alice.');
    expect(pulse.id).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  test('takes every word, curly quotes, escaped quotes and emoji', async () => {
    const bot = await scene();
    const line = 'anonymous multiple 2 hidden closes 12h “Is \\"maybe\\" fine? 🎉” “Yes 👍🏽” "No" «Later»';
    const pulse = await asked(bot, line);
    expect(await pulse.kept()).toMatchObject({
      ...{ question: 'Is "maybe" fine? 🎉', options: ['Yes 👍🏽', 'No', 'Later'] },
      ...{ isAnonymous: true, most: 2, isHidden: true, closesAt: '2026-03-02T00:00:00.000Z' },
    });
  });

  test('takes a quoted first word for the question, whatever commands there are', async () => {
    const bot = await scene();
    expect((await (await asked(bot, '"close" "A" "B"')).kept()).question).toBe('close');
  });

  test('leaves numbers that options begin with', async () => {
    const bot = await scene();
    const pulse = await asked(bot, '"Which day?" "3. March" "10. March"');
    expect(pulse.text()).toContain('[1. 3. March] [2. 10. March]');
  });

  test.each([
    ['"Shall we?" "Yes"', 'options', 'at least two options'],
    ['"Shall we?" "Yes" "yes "', 'options', 'there twice'],
    ['"Shall we? "Yes" "No', 'question', 'quotation mark is not closed'],
    ['secretly "Shall we?" "Yes" "No"', 'question', '“secretly” means nothing here'],
    ['closes never "Shall we?" "Yes" "No"', 'closes', '“never” is neither a length of time'],
    ['closes 2025-01-01 "Shall we?" "Yes" "No"', 'closes', 'over, or nearly so'],
    [`"Shall we?" ${Array.from({ length: 11 }, (_, n) => `"${n}"`).join(' ')}`, 'options', '10 options at most'],
  ])('%s opens the form filled in, and says what is wrong', async (line, field, said) => {
    const bot = await scene();
    const answer = await bot.type('alice', `/pulse ${line}`);
    expect(wrongOf(answer)?.[field]).toContain(said);
    expect(valuesOf(answer).question).toContain('Shall we?');
    expect(bot.platform.messages).toEqual([]);
  });

  test('closes at the time that is quoted', async () => {
    const bot = await scene();
    const pulse = await asked(bot, 'closes "3 days" "Shall we?" "Yes" "No"');
    expect((await pulse.kept()).closesAt).toBe('2026-03-04T12:00:00.000Z');
  });

  test.each([
    ['closes "Shall we?" "Yes" "No"', 'closes', { question: 'Shall we?', options: 'Yes\nNo', closes: undefined }],
    ['"Shall we?" Yes No', 'question', { question: 'Shall we?', options: 'Yes\nNo' }],
    ['do you say "Shall we?" "Yes" "No"', 'question', { question: 'do you say Shall we?', options: 'Yes\nNo' }],
    ['multiple 1 "Shall we?" "Yes" "No"', 'kind', { question: 'Shall we?', kind: 'named-many' }],
    [`"${'Shall we? '.repeat(40)}!" "Yes" "No"`, 'question', { question: `${'Shall we? '.repeat(40)}!` }],
  ])('nothing of %s is lost in the form', async (line, field, kept) => {
    const bot = await scene();
    const answer = await bot.type('alice', `/pulse ${line}`);
    expect(valuesOf(answer)).toMatchObject(kept);
    expect(Object.keys(wrongOf(answer) ?? {})).toEqual([field]);
    for (const { value = '', max = 0 } of formOf(answer).fields) expect(value.length).toBeLessThanOrEqual(max || 99);
    expect(bot.platform.messages).toEqual([]);
  });

  test('keeps its limit when the form had to ask for something else', async () => {
    const bot = await scene();
    const wrong = await bot.type('alice', '/pulse multiple 2 closes tomorrow "Q?" "A" "B" "C" "D"');
    const { target } = formOf(wrong);
    const still = await bot.call('alice', target.to, { ...target.args, ...valuesOf(wrong) } as Record<string, string>);
    const { target: last } = formOf(still);
    const args = { ...last.args, ...valuesOf(still), closes: '2d' } as Record<string, string>;
    expect(textOf(cardOf(await bot.call('alice', last.to, args)))).toContain('Up to 2 answers each');
  });

  test('where the bot was not invited, asks for it, and nothing is open', async () => {
    const bot = await scene();
    bot.platform.channels.set('hidden', { state: 'unreachable', members: new Set(['alice']) });
    const answer = await bot.type('alice', '/pulse "Q" "A" "B"', { channel: 'hidden' });
    expect(wrongOf(answer)?.['']).toContain('invite me');
    expect(await bot.bot.store.collection(pulseKind).find({ stage: 'open' })).toEqual([]);
  });

  test('is refused where the asker is not in the channel', async () => {
    const bot = await scene();
    const answer = await bot.type('p1', '/pulse "Q" "A" "B"', { channel: 'staff' });
    expect(wrongOf(answer)?.['']).toContain('You cannot write in that channel');
  });
});

describe('the preview', () => {
  test('shows the card exactly as it will look, to its asker alone', async () => {
    const bot = await scene();
    const card = await preview(bot);
    expect(bot.platform.messages).toEqual([]);
    await bot.press('alice', card, 'Post');
    const [message] = bot.platform.messages;
    if (!message) throw new Error('nothing was posted');
    expect(textOf(card).startsWith(textOf(message.card))).toBe(true);
    expect(textOf(card)).toContain('Only you see this preview.');
  });

  test('has buttons that answer nothing yet', async () => {
    const bot = await scene();
    const card = await preview(bot);
    expect(toldIn(await bot.press('alice', card, '1. Yes'))).toContain('This is a preview');
    expect(toldIn(await bot.press('bob', card, '1. Yes'))).toContain('nothing under that ID');
    expect(toldIn(await bot.press('bob', card, 'Post'))).toContain('nothing under that ID');
  });

  test('is posted once, however often it is pressed', async () => {
    const bot = await scene();
    const card = await preview(bot);
    const told = await Promise.all([bot.press('alice', card, 'Post'), bot.press('alice', card, 'Post')]);
    expect(bot.platform.messages).toHaveLength(1);
    expect(told.map(toldIn).sort()).toEqual([
      expect.stringMatching(/^Posted\. Its ID is/),
      'This pulse is posted already.',
    ]);
  });

  test('posts the closing that it shows, or none once that is over', async () => {
    const bot = await scene();
    const card = await preview(bot, { closes: '18:00' });
    expect(textOf(card)).toContain('Closes: 2026-03-01T15:00:00.000Z');
    await bot.sleepUntil('2026-03-01T15:00:30Z');
    expect(toldIn(await bot.press('alice', card, 'Post'))).toContain('That is over, or nearly so');
    expect(bot.platform.messages).toEqual([]);
    const { target } = formOf(await bot.press('alice', card, 'Edit'));
    const again = await bot.call('alice', target.to, { ...target.args, ...filled, closes: '18:00' }, { on: 'private' });
    expect(textOf(cardOf(again))).toContain('Closes: 2026-03-02T15:00:00.000Z');
  });

  test('comes back changed from the form that it opens', async () => {
    const bot = await scene();
    const card = await preview(bot);
    const form = await bot.press('alice', card, 'Edit');
    expect(valuesOf(form)).toEqual(filled);
    const { target } = formOf(form);
    const args = { ...target.args, ...filled, question: 'Shall we really?', kind: 'anonymous-many' };
    const again = await bot.call('alice', target.to, args, { on: 'private' });
    expect(again.kind).toBe('redraw');
    expect(textOf(cardOf(again))).toContain('Shall we really?\n');
    expect(await bot.bot.store.collection(pulseKind).find()).toHaveLength(1);
  });

  test('without options takes a template, and offers another', async () => {
    const bot = await scene();
    const card = await preview(bot, { options: '' });
    expect(textOf(card)).toContain('[1. Yes] [2. No] [3. No position]');
    const settings = cardOf(await bot.press('alice', card, 'Settings'));
    expect(textOf(settings)).toContain('Support / Can live with / Oppose / No position');
    const id = /ID (\w+)/.exec(card.title ?? '')?.[1] ?? '';
    await bot.call('alice', 'pulse.set', { id, template: 'support' }, { on: 'private' });
    const back = await bot.press('alice', settings, 'Back to the preview');
    expect(textOf(cardOf(back))).toContain('[1. Support] [2. Can live with] [3. Oppose] [4. No position]');
  });

  test('takes settings for which the form has no room', async () => {
    const bot = await scene();
    const card = await preview(bot, { kind: 'anonymous-many', options: 'A\nB\nC' });
    const id = /ID (\w+)/.exec(card.title ?? '')?.[1] ?? '';
    let settings = cardOf(await bot.press('alice', card, 'Settings'));
    for (const label of [
      'Guests: change',
      'Half-time note: change',
      'Closing note: change',
      'Fewer than five: change',
    ]) {
      settings = cardOf(await bot.press('alice', settings, label));
    }
    await bot.call('alice', 'pulse.set', { id, most: '2' });
    await bot.call('alice', 'pulse.set', { id, most: '9' });
    await bot.press('alice', card, 'Post');
    expect(await onCard(bot, 'm1').kept()).toMatchObject({
      ...{ allowsGuests: true, hasNote: true, hasAnnouncement: true, showsFew: true, most: 2 },
    });
    expect(textOf(bot.platform.messages[0]?.card ?? card)).toContain('Guests may answer, too.');
  });

  test('fits one message on Discord with its five rows of buttons', async () => {
    const bot = await scene();
    const options = Array.from({ length: 10 }, (_, n) => `Option ${n}`).join('\n');
    const card = await preview(bot, { options, kind: 'anonymous-many' });
    const rows = (list: typeof card) =>
      list.blocks.reduce((sum, block) => {
        if (block.kind === 'buttons') return sum + Math.ceil(block.buttons.length / 5);
        return sum + Number(block.kind === 'select');
      }, 0);
    expect(rows(card)).toBeLessThanOrEqual(5);
    expect(rows(cardOf(await bot.press('alice', card, 'Settings')))).toBeLessThanOrEqual(5);
  });

  test('goes to a channel that is added, and to all of them at once', async () => {
    const bot = await scene();
    const card = await preview(bot);
    const id = /ID (\w+)/.exec(card.title ?? '')?.[1] ?? '';
    const form = formOf(await bot.call('alice', 'pulse.channel', { id }));
    expect(form.fields[0]).toMatchObject({ name: 'channel', kind: 'channel' });
    await bot.call('alice', form.target.to, { ...form.target.args, channel: 'board' });
    const foreign = await bot.call('alice', form.target.to, { ...form.target.args, channel: 'staff' });
    expect(wrongOf(foreign)?.channel).toContain('You cannot write in that channel');
    await bot.press('alice', card, 'Post');
    expect(bot.platform.messages.map(({ posted }) => posted.channel).sort()).toEqual(['board', 'general']);
  });

  test('of a form that is wrong comes as the form once more', async () => {
    const bot = await scene();
    const answer = await bot.call('alice', 'pulse.draft', { ...filled, options: 'Yes\nyes', closes: '1w' });
    expect(wrongOf(answer)?.options).toContain('“yes” is there twice');
    expect(valuesOf(answer)).toMatchObject({ options: 'Yes\nyes', closes: '1w' });
  });

  test('is forgotten after a day, and at once when it is discarded', async () => {
    const bot = await scene();
    const pulses = bot.bot.store.collection(pulseKind);
    await bot.press('alice', await preview(bot, { kind: 'anonymous-one' }), 'Discard');
    expect(await pulses.find()).toEqual([]);
    await preview(bot);
    await bot.sleepUntil('2026-03-02T11:59:00Z');
    expect(await pulses.find()).toHaveLength(1);
    await bot.sleepUntil('2026-03-02T12:00:30Z');
    expect(await pulses.find()).toEqual([]);
    expect(await bot.bot.store.collection(saltKind).find()).toEqual([]);
  });

  test('in a language with a longer card still has a title and every button', async () => {
    const bot = await scene();
    for (const locale of locales) {
      const card = cardOf(await bot.call('alice', 'pulse.draft', filled, { locale }));
      for (const { label } of buttonsOf(card)) expect([label, label.length <= 75]).toEqual([label, true]);
    }
  });
});
