import { describe, expect, test } from 'vitest';
import type { Answer, Attachment } from '../../../src/core/call.js';
import { cardOf, textOf } from '../../support/harness.js';
import { asked, crowd, onCard, preview, scene, toldIn } from './scene.js';

const filesOf = (answer: Answer): readonly Attachment[] => (answer.kind === 'say' ? (answer.files ?? []) : []);

const textIn = (file: Attachment | undefined): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(file?.body);

const chartIn = (file: Attachment | undefined) => JSON.parse(new TextDecoder().decode(file?.body));

const yesNo = '"Shall we?" "Yes" "No"';

describe('results', () => {
  test('are for anyone who may see the pulse, in their language', async () => {
    const bot = await scene();
    const pulse = await asked(bot, yesNo);
    for (const person of crowd(3)) await pulse.press(person, '1. Yes');
    const text = toldIn(await bot.type('bob', `/pulse results ID ${pulse.id}`, { locale: 'fr' }));
    expect(text).toContain(`Résultats provisoires · ID ${pulse.id}`);
    expect(text).toMatch(/1\. Yes — 3 \(100\s%\)/);
    expect(text).toContain('1. Yes: @p1, @p2, @p3');
  });

  test('name the first of many, and say how many more there are', async () => {
    const bot = await scene(60);
    const pulse = await asked(bot, yesNo);
    for (const person of crowd(60)) await pulse.press(person, '2. No');
    const text = toldIn(await bot.type('alice', `/pulse results ${pulse.id}`));
    expect(text).toContain('and 40 more');
    expect(text).toContain(`The table with all names: /pulse export ${pulse.id}`);
  });

  test('that are hidden are so for its author and staff too', async () => {
    const bot = await scene();
    const pulse = await asked(bot, `hidden ${yesNo}`);
    await pulse.press('bob', '1. Yes');
    for (const person of ['alice', 'sam', 'bob']) {
      const text = toldIn(await bot.type(person, `/pulse results ${pulse.id}`));
      expect(text).toContain('1 person has answered. Results are hidden until it closes.');
      expect(text).not.toContain('@bob');
    }
    expect(toldIn(await bot.type('alice', `/pulse export ${pulse.id}`))).toContain('hidden until it closes');
    await bot.call('alice', 'pulse.close', { id: pulse.id, sure: 'yes' });
    expect(toldIn(await bot.type('p1', `/pulse results ${pulse.id}`))).toContain('1. Yes: @bob');
  });

  test('by channel are told after the closing, where every cell has five', async () => {
    const bot = await scene(24);
    const board = bot.platform.channels.get('board');
    for (const person of crowd(12, 13)) board?.members.add(person);
    const pulse = await asked(bot, `anonymous ${yesNo}`);
    await bot.type('alice', `/pulse add ${pulse.id}`, { channel: 'board' });
    for (const [n, person] of crowd(24).entries()) {
      await pulse.press(person, n % 2 === 0 ? '1. Yes' : '2. No', { channel: n < 12 ? 'general' : 'board' });
    }
    expect(toldIn(await bot.type('bob', `/pulse results ${pulse.id}`))).not.toContain('In #general');
    await bot.call('alice', 'pulse.close', { id: pulse.id, sure: 'yes' });
    expect(toldIn(await bot.type('bob', `/pulse results ${pulse.id}`))).toContain('In #general: 1. Yes: 6; 2. No: 6');
    const kept = await pulse.kept();
    expect(kept.byPlace).toEqual([
      { people: 12, counts: [6, 6] },
      { people: 12, counts: [6, 6] },
    ]);
  });
});

describe('the export', () => {
  test('is for its author and staff', async () => {
    const bot = await scene();
    const pulse = await asked(bot, yesNo);
    expect(toldIn(await bot.type('bob', `/pulse export ${pulse.id}`))).toContain(
      'Only the author of a pulse and staff',
    );
    for (const person of ['alice', 'sam']) {
      expect(filesOf(await bot.type(person, `/pulse export ${pulse.id}`)).map(({ name }) => name)).toEqual([
        `pulse-${pulse.id}-results.csv`,
        `pulse-${pulse.id}-answers.csv`,
        `pulse-${pulse.id}.png`,
      ]);
    }
  });

  test('holds counts and names as a spreadsheet takes them, and no formula', async () => {
    const bot = await scene();
    const pulse = await asked(bot, '"=1+1?" "Yes, \\"we\\" can" "-2" "＝cmd"');
    await pulse.press('bob', '1. Yes, "we" can');
    await pulse.press('p1', '2. -2');
    await bot.call('bob', 'pulse.reasoned', { id: pulse.id, reason: '\u200b =HYPERLINK("x")' });
    await bot.call('p1', 'pulse.reasoned', { id: pulse.id, reason: 'tab\tand, comma' });
    const [results, answers] = filesOf(await bot.type('alice', `/pulse export ${pulse.id}`));
    const rows = textIn(results).split('\r\n');
    expect(rows[0]?.startsWith('\ufeff"pulse","question","number"')).toBe(true);
    expect(rows[1]).toContain(`"${pulse.id}","'=1+1?","1","Yes, ""we"" can","1","50","2","named","1","open","",`);
    expect(rows[2]).toContain('"2","\'-2","1","50"');
    expect(rows[3]).toContain('"3","\'＝cmd","0","0"');
    expect(rows[1]).toContain('Not a vote, not a consensus call');
    expect(textIn(answers)).toContain('"Bob","fake","bob","1","Yes, ""we"" can","\'\u200b =HYPERLINK(""x"")"');
    expect(textIn(answers)).toContain('"P1","fake","p1","2","\'-2","tab\tand, comma"');
  });

  test('of an anonymous pulse has no names, while it is open and after', async () => {
    const bot = await scene();
    const pulse = await asked(bot, `anonymous ${yesNo}`);
    for (const person of crowd(6)) {
      await pulse.press(person, '1. Yes');
      await bot.call(person, 'pulse.reasoned', { id: pulse.id, reason: 'So be it.' });
    }
    const all = async () => filesOf(await bot.type('alice', `/pulse export ${pulse.id}`));
    expect((await all()).map(({ name }) => name)).toEqual([`pulse-${pulse.id}-results.csv`, `pulse-${pulse.id}.png`]);
    await bot.call('alice', 'pulse.close', { id: pulse.id, sure: 'yes' });
    const files = await all();
    expect(files.map(({ name }) => name)).toContain(`pulse-${pulse.id}-reasons.csv`);
    // The id is drawn by lot, and may look like a member's.
    expect(files.map(textIn).join('').replaceAll(pulse.id, '')).not.toMatch(/\bp\d\b|P\d/);
    expect(textIn(files[0])).toContain('"1","Yes","6","100","6","anonymous"');
  });

  test('has a picture with the line that it binds nobody, and says in words what it shows', async () => {
    const bot = await scene();
    const pulse = await asked(bot, '"Shall we?" "Yes" "No" "Later"');
    for (const [n, person] of crowd(4).entries()) await pulse.press(person, n < 2 ? '1. Yes' : '2. No');
    const picture = filesOf(await bot.type('alice', `/pulse export ${pulse.id}`)).find(
      ({ type }) => type === 'image/png',
    );
    expect(chartIn(picture)).toEqual({
      locale: 'en',
      title: 'Shall we?',
      subtitle: '4 people have answered. · Open until March 8, 2026 at 12:00 UTC',
      bars: [
        { label: '1. Yes', value: 2, shown: '2 (50%)' },
        { label: '2. No', value: 2, shown: '2 (50%)' },
        { label: '3. Later', value: 0, shown: '0 (0%)' },
      ],
      notes: [
        'Tie between 1 and 2.',
        'Not a vote, not a consensus call; it binds nobody. Everyone answers in an individual capacity.',
        `Named answers · ID ${pulse.id}`,
      ],
    });
    expect(picture?.alt).toContain(
      'Bar chart. Shall we? 4 people have answered. · Open until March 8, 2026 at 12:00 UTC. 1. Yes: 2 (50%); 2. No: 2 (50%); 3. Later: 0 (0%). Tie between',
    );
  });

  test('of several answers says why its per cent are more than a hundred', async () => {
    const bot = await scene();
    const pulse = await asked(bot, 'multiple "Which?" "A" "B" "C"');
    for (const label of ['1. A', '2. B']) await pulse.press('p1', label);
    const picture = filesOf(await bot.type('alice', `/pulse export ${pulse.id}`)).at(-1);
    const said = 'Several answers each; per cent are of people.';
    expect(chartIn(picture).notes[1]).toBe(said);
    expect(picture?.alt).toContain('1 person has answered.');
    expect(picture?.alt).toContain(said);
  });

  test('without a painter has its tables all the same, and says so', async () => {
    const bot = await scene();
    const pulse = await asked(bot, yesNo);
    Object.assign(bot.bot, { draw: async () => Promise.reject(new Error('no painter')) });
    const answer = await bot.type('alice', `/pulse export ${pulse.id}`);
    expect(filesOf(answer).map(({ type }) => type)).toEqual(['text/csv', 'text/csv']);
    expect(textOf(cardOf(answer))).toContain('The picture could not be drawn just now; the table is complete.');
    expect(bot.logged.at(-1)).toMatchObject({ level: 'warn', message: 'a chart could not be drawn' });
  });
});

describe('personal data', () => {
  test('is shown, with what can be known of anonymous pulses and by whom', async () => {
    const bot = await scene();
    const text = toldIn(await bot.type('alice', '/rapporteur privacy'));
    expect(text).toContain('Anonymous pulses: instead of your ID a keyed hash is kept');
    expect(text).toContain('only whoever runs Rapporteur and can read both its store and its secret key');
    expect(text).toContain('from then on nobody can, except from copies of the store made before');
    expect(text).toContain('Slack or Discord itself sees which button you press');
  });

  test('answers can be taken along, anonymous ones while they can be found', async () => {
    const bot = await scene();
    const [named, secret] = [await asked(bot, yesNo), await asked(bot, 'anonymous "Secretly?" "Yes" "No"')];
    for (const pulse of [named, secret]) await pulse.press('bob', '1. Yes');
    const card = cardOf(await bot.type('bob', '/rapporteur privacy'));
    expect(card.isFleeting).toBe(true);
    expect(textOf(card)).toContain('"question": "Secretly?"');
    expect(textOf(cardOf(await bot.type('alice', '/rapporteur privacy')))).toContain('"state": "open"');
    await bot.call('alice', 'pulse.close', { id: secret.id, sure: 'yes' });
    expect(textOf(cardOf(await bot.type('bob', '/rapporteur privacy')))).not.toContain('Secretly?');
  });

  test('is erased: answers counted no more, named ones also after the closing', async () => {
    const bot = await scene();
    const [open, secret, over] = [
      await asked(bot, yesNo),
      await asked(bot, `anonymous ${yesNo}`),
      await asked(bot, yesNo),
    ];
    for (const pulse of [open, secret, over]) for (const person of ['bob', 'p1']) await pulse.press(person, '1. Yes');
    await bot.call('alice', 'pulse.close', { id: over.id, sure: 'yes' });
    await over.says('Closed by its author');
    await bot.call('bob', 'rapporteur.erase', { sure: 'yes' });
    expect(bot.store.dump()).not.toContain('bob');
    expect((await secret.kept()).answers).toHaveLength(1);
    expect((await over.kept()).tally).toEqual({ people: 1, counts: [1, 0] });
    for (const pulse of [open, over]) await pulse.says('1 person has answered.');
  });

  test('of an author is taken off the cards; the pulse goes on', async () => {
    const bot = await scene();
    const pulse = await asked(bot, yesNo);
    await bot.call('alice', 'pulse.draft', {
      ...{ question: 'A draft?', options: 'A\nB', kind: 'anonymous-one', results: 'live', closes: '1d' },
    });
    await pulse.press('bob', '1. Yes');
    await bot.call('alice', 'rapporteur.erase', { sure: 'yes' });
    expect(bot.store.dump()).not.toContain('alice');
    expect(bot.store.dump()).not.toContain('A draft?');
    expect(pulse.text()).not.toContain('Asked by');
    expect(await pulse.told('p1', '2. No')).toContain('Your answer: 2. No');
    expect(toldIn(await bot.type('sam', `/pulse close ${pulse.id}`))).toContain('Really close');
  });
});

describe('the question before closing', () => {
  test('of an anonymous pulse that few have answered says before that results will never be shown', async () => {
    const bot = await scene();
    const pulse = await asked(bot, `anonymous ${yesNo}`);
    const question = async () => toldIn(await bot.type('alice', `/pulse close ${pulse.id}`));
    const none = await question();
    expect(none).toContain('Fewer than five people have answered: if it is closed now');
    for (const person of crowd(4)) await pulse.press(person, '1. Yes');
    expect(await question()).toBe(none);
    await pulse.press('p5', '1. Yes');
    const five = await question();
    expect(five).toContain('With fewer than five answers the results are never shown.');
    await pulse.press('p5', 'Withdraw');
    expect(await question()).toBe(five);
    for (const person of crowd(10)) await pulse.press(person, '2. No');
    expect(await question()).not.toMatch(/fewer than five/i);
  });

  test('of a named pulse, or of one that shows few answers, says nothing of their number', async () => {
    const bot = await scene();
    const named = await asked(bot, yesNo);
    expect(toldIn(await bot.type('alice', `/pulse close ${named.id}`))).not.toMatch(/fewer than five/i);
    const card = await preview(bot, { kind: 'anonymous-one' });
    await bot.press('alice', cardOf(await bot.press('alice', card, 'Settings')), 'Fewer than five: change');
    await bot.press('alice', card, 'Post');
    const pulse = onCard(bot, 'm2');
    expect(toldIn(await bot.type('alice', `/pulse close ${pulse.id}`))).not.toMatch(/fewer than five/i);
  });
});
