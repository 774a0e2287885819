import { describe, expect, test } from 'vitest';
import { pulseKind, saltKind } from '../../../src/features/pulse/model.js';
import { buttonsOf, cardOf, textOf } from '../../support/harness.js';
import { asked, crowd, scene, settle, toldIn } from './scene.js';

const yesNo = '"Shall we?" "Yes" "No"';

describe('an answer', () => {
  test('is one press, with a private receipt, and shows on the card', async () => {
    const bot = await scene();
    const pulse = await asked(bot, yesNo);
    const answer = await pulse.press('bob', '1. Yes');
    expect(answer.kind).toBe('say');
    expect(toldIn(answer)).toContain('Your answer: 1. Yes\nYou can change it until 2026-03-08T12:00:00.000Z.');
    await pulse.says('1. Yes — 1 (100%)');
  });

  test('can be changed, and the same again changes nothing', async () => {
    const bot = await scene();
    const pulse = await asked(bot, yesNo);
    await pulse.press('bob', '1. Yes');
    expect(await pulse.told('bob', '2. No')).toContain('Your answer: 2. No (changed from 1. Yes)');
    const before = await pulse.kept();
    expect(await pulse.told('bob', '2. No')).toContain('Your answer stays: 2. No');
    expect(await pulse.kept()).toEqual(before);
  });

  test('is told by “My answer” and taken back by “Withdraw”', async () => {
    const bot = await scene();
    const pulse = await asked(bot, yesNo);
    expect(await pulse.told('bob', 'My answer')).toContain('You have not answered “Shall we?”.');
    await pulse.press('bob', '1. Yes');
    expect(await pulse.told('bob', 'My answer')).toContain('Your answer: 1. Yes');
    expect(await pulse.told('bob', 'Withdraw')).toContain('Your answer is withdrawn.');
    await pulse.says('Nobody has answered.');
  });

  test('on a private answer changes that one, not the card that all see', async () => {
    const bot = await scene();
    const pulse = await asked(bot, yesNo);
    const mine = cardOf(await pulse.press('bob', 'My answer'));
    const given = await bot.press('bob', mine, '2. No', { on: 'private' });
    expect([given.kind, toldIn(given)]).toEqual(['redraw', expect.stringContaining('Your answer: 2. No')]);
    const back = await bot.press('bob', cardOf(given), 'Withdraw', { on: 'private' });
    expect([back.kind, toldIn(back)]).toEqual(['redraw', expect.stringContaining('is withdrawn')]);
  });

  test('speaks the language of who answers, the card that of its channel', async () => {
    const bot = await scene();
    await bot.bot.settings.setChannelLocale({ platform: 'fake', space: 'S1', channel: 'general' }, 'es');
    const pulse = await asked(bot, yesNo);
    expect(await pulse.told('bob', '1. Yes', { locale: 'fr' })).toContain('Votre réponse : 1. Yes');
    await pulse.says('1 persona ha respondido.');
  });

  test('may hold several options up to the limit; each can be taken out', async () => {
    const bot = await scene();
    const pulse = await asked(bot, 'multiple 2 "Which?" "A" "B" "C"');
    await pulse.press('bob', '1. A');
    const two = cardOf(await pulse.press('bob', '3. C'));
    expect(textOf(two)).toContain('Your answer: 1. A; 3. C (changed from 1. A)');
    expect(await pulse.told('bob', '2. B')).toContain('At most 2 answers each.');
    await pulse.press('p1', '1. A');
    await pulse.says('1. A — 2 (100%) ██████████\n2. B — 0 (0%) ░░░░░░░░░░\n3. C — 1 (50%) █████░░░░░');
    expect(pulse.text()).toContain('2 people have answered. Up to 2 answers each; per cent are of people.');
    const one = await bot.press('bob', two, 'Remove 1. A', { on: 'private' });
    expect(toldIn(one)).toContain('Your answer: 3. C');
  });
});

describe('a reason', () => {
  test('of a named pulse is shown with its name in the results', async () => {
    const bot = await scene();
    const pulse = await asked(bot, yesNo);
    const receipt = cardOf(await pulse.press('bob', '1. Yes'));
    const form = await bot.press('bob', receipt, 'Give a reason');
    expect(form).toMatchObject({ kind: 'ask', form: { target: { to: 'pulse.reasoned', args: { id: pulse.id } } } });
    const told = await bot.call('bob', 'pulse.reasoned', { id: pulse.id, reason: 'It is time.' });
    expect(toldIn(told)).toContain('Your reason: It is time.');
    const results = toldIn(await bot.type('p1', `/pulse results ${pulse.id}`));
    expect(results).toContain('1. Yes: @bob');
    expect(results).toContain('@bob, 1. Yes: It is time.');
  });

  test('of an anonymous one is told after the closing only, to nobody’s name and no option', async () => {
    const bot = await scene();
    const pulse = await asked(bot, `anonymous ${yesNo}`);
    for (const person of crowd(6)) {
      await pulse.press(person, '1. Yes');
      await bot.call(person, 'pulse.reasoned', { id: pulse.id, reason: `Because ${person}!` });
    }
    const form = await bot.call('p1', 'pulse.reason', { id: pulse.id });
    expect(JSON.stringify(form)).not.toContain('Because');
    expect(toldIn(await bot.type('bob', `/pulse results ${pulse.id}`))).not.toContain('Because');
    await bot.call('alice', 'pulse.close', { id: pulse.id, sure: 'yes' });
    const results = toldIn(await bot.type('bob', `/pulse results ${pulse.id}`));
    for (const person of crowd(6)) expect(results).toContain(`• Because ${person}!`);
    expect(results).not.toMatch(/@p\d/);
  });

  test('needs an answer first', async () => {
    const bot = await scene();
    const pulse = await asked(bot, yesNo);
    expect(toldIn(await bot.call('bob', 'pulse.reason', { id: pulse.id }))).toContain('Please answer first');
  });
});

describe('who may answer', () => {
  test('people outside of the channel may not, nor learn anything', async () => {
    const bot = await scene();
    const pulse = await asked(bot, yesNo, 'alice', { channel: 'board' });
    expect(await pulse.told('p2', '1. Yes', { channel: 'board' })).toContain('Only members of the channels');
    expect(toldIn(await bot.type('p2', `/pulse results ${pulse.id}`))).toContain('There is nothing under that ID');
  });

  test('guests may only if the asker has said so', async () => {
    const bot = await scene();
    bot.platform.guests.add('p1');
    const pulse = await asked(bot, yesNo);
    expect(await pulse.told('p1', '1. Yes')).toContain('to members only, not to guests');
    const doc = await bot.bot.store.collection(pulseKind).get(pulse.id);
    if (!doc) throw new Error('no pulse');
    await bot.bot.store.collection(pulseKind).replace(doc, { ...doc.value, allowsGuests: true });
    expect(await pulse.told('p1', '1. Yes')).toContain('Your answer: 1. Yes');
  });

  test('an id of another workspace is not there', async () => {
    const bot = await scene();
    const pulse = await asked(bot, yesNo);
    const place = { platform: 'fake', space: 'S2', channel: 'general' };
    for (const to of ['pulse.answer', 'pulse.results', 'pulse.close', 'pulse.export', 'pulse.extend', 'pulse.edit']) {
      const args = { id: pulse.id, option: '0', closes: '1d' };
      const answer = await bot.core.answer({ to, args, by: { platform: 'fake', space: 'S2', person: 'alice' }, place });
      const told = answer.kind === 'again' ? JSON.stringify(answer.wrong) : toldIn(answer);
      expect([to, told]).toEqual([to, expect.stringContaining('There is nothing under that ID')]);
    }
  });
});

describe('an anonymous pulse', () => {
  test('tells no number below five answers, then changes in steps of three', async () => {
    const bot = await scene();
    const pulse = await asked(bot, `anonymous ${yesNo}`);
    const seen: string[] = [];
    for (const person of crowd(12)) {
      await pulse.press(person, '1. Yes');
      await settle();
      seen.push(/(\d+) people have answered/.exec(pulse.text())?.[1] ?? '-');
    }
    expect(seen).toEqual(['-', '-', '-', '-', '5', '5', '5', '8', '8', '8', '11', '11']);
  });

  test('is not drawn anew by a press that shows nothing new', async () => {
    const bot = await scene();
    const pulse = await asked(bot, `anonymous ${yesNo}`);
    for (const person of crowd(4)) await pulse.press(person, '2. No');
    await settle();
    expect(bot.store.dump()).not.toContain('"drawn"');
    await pulse.press('p5', '2. No');
    await pulse.says('2. No — 5 (100%)');
  });

  test('tells its author and staff no more than anybody', async () => {
    const bot = await scene();
    const pulse = await asked(bot, `anonymous ${yesNo}`);
    for (const person of crowd(7)) await pulse.press(person, '1. Yes');
    for (const person of ['alice', 'sam']) {
      expect(toldIn(await bot.type(person, `/pulse results ${pulse.id}`))).toContain('5 people have answered.');
      const exported = await bot.type(person, `/pulse export ${pulse.id}`);
      const files = exported.kind === 'say' ? (exported.files ?? []) : [];
      expect(files.map(({ name }) => name)).toEqual([`pulse-${pulse.id}-results.csv`, `pulse-${pulse.id}.png`]);
      expect(new TextDecoder().decode(files[0]?.body)).toContain('"1","Yes","5","100","5","anonymous"');
    }
  });

  test('keeps its salt apart, until it is closed', async () => {
    const bot = await scene();
    const pulse = await asked(bot, `anonymous ${yesNo}`);
    expect(await bot.bot.store.collection(saltKind).find()).toHaveLength(1);
    await bot.call('alice', 'pulse.close', { id: pulse.id, sure: 'yes' });
    expect(await bot.bot.store.collection(saltKind).find()).toEqual([]);
    expect((await pulse.kept()).answers).toEqual([]);
  });

  test('two of them give one person two keys', async () => {
    const bot = await scene();
    const [first, second] = [await asked(bot, `anonymous ${yesNo}`), await asked(bot, `anonymous ${yesNo}`)];
    await first.press('bob', '1. Yes');
    await second.press('bob', '1. Yes');
    const [one, two] = [(await first.kept()).answers[0]?.key, (await second.kept()).answers[0]?.key];
    expect(one).toMatch(/^[\w-]{43}$/);
    expect(two).not.toBe(one);
  });

  test('private answers about it are marked as not to be kept', async () => {
    const bot = await scene();
    const pulse = await asked(bot, `anonymous ${yesNo}`);
    for (const label of ['1. Yes', 'My answer', 'Withdraw']) {
      expect(cardOf(await pulse.press('bob', label)).isFleeting).toBe(true);
    }
  });
});

describe('too late', () => {
  test('a press hears when it closed, and heals the message', async () => {
    const bot = await scene();
    const pulse = await asked(bot, `closes 1h ${yesNo}`);
    await pulse.press('bob', '1. Yes');
    await bot.sleepUntil('2026-03-01T13:00:30Z');
    for (const label of ['2. No', 'Withdraw', 'My answer']) {
      const answer = await pulse.press('bob', label);
      expect(answer).toMatchObject({ kind: 'redraw', rev: (await pulse.kept()).face });
      expect(buttonsOf(cardOf(answer))).toEqual([]);
      expect(toldIn(answer)).toContain('This pulse closed: 2026-03-01T13:00:00.000Z. Nothing was changed.');
    }
    expect((await pulse.kept()).tally).toEqual({ people: 1, counts: [1, 0] });
  });

  test('a press after its time closes what nobody has closed yet', async () => {
    const bot = await scene();
    const pulse = await asked(bot, `closes 1h ${yesNo}`);
    const place = { platform: 'fake', space: 'S1', channel: 'general' };
    const doc = await bot.bot.store.collection(pulseKind).get(pulse.id);
    if (!doc) throw new Error('no pulse');
    await bot.bot.store.collection(pulseKind).replace(doc, { ...doc.value, closesAt: '2026-03-01T11:59:00.000Z' });
    const answer = await pulse.press('bob', '1. Yes', place);
    expect(toldIn(answer)).toContain('This pulse closed');
    expect(await pulse.kept()).toMatchObject({ state: 'closed', closedBy: 'time', tally: { people: 0 } });
  });
});

test('a card that was pressed tells where it is, should that not have been noted', async () => {
  const bot = await scene();
  const pulse = await asked(bot, yesNo);
  const pulses = bot.bot.store.collection(pulseKind);
  const doc = await pulses.get(pulse.id);
  if (!doc) throw new Error('no pulse');
  const places = doc.value.places.map(({ message: _, ...place }) => place);
  await pulses.replace(doc, { ...doc.value, places });
  await pulse.press('bob', '1. Yes');
  expect((await pulse.kept()).places[0]?.message).toBe('m1');
});
