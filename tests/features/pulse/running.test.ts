import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/core/call.js';
import { Undeliverable } from '../../../src/core/platform.js';
import { buttonsOf, cardOf, harness, textOf } from '../../support/harness.js';
import { asked, crowd, onCard, scene, settle, toldIn } from './scene.js';

const yesNo = '"Shall we?" "Yes" "No"';

describe('closing', () => {
  test('by time needs no press, and leaves a card without buttons', async () => {
    const bot = await scene();
    const pulse = await asked(bot, `closes 1h ${yesNo}`);
    for (const person of crowd(3)) await pulse.press(person, '2. No');
    await bot.sleepUntil('2026-03-01T12:59:30Z');
    expect((await pulse.kept()).state).toBe('open');
    await bot.sleepUntil('2026-03-01T13:00:00Z');
    await pulse.says('Closed as planned: 2026-03-01T13:00:00.000Z');
    expect(pulse.text()).toContain('2. No — 3 (100%)');
    expect(buttonsOf(pulse.card())).toEqual([]);
  });

  test('happens as soon as the bot is back, and counts what was given in time', async () => {
    const bot = await scene();
    const pulse = await asked(bot, `closes 1h ${yesNo}`);
    await pulse.press('bob', '1. Yes');
    await settle();
    const later = await harness({ now: '2026-03-04T09:00:00Z', store: bot.store, staff: 'staff' });
    later.platform.messages.push(...bot.platform.messages);
    await later.sleepUntil('2026-03-04T09:00:30Z');
    await onCard(later, 'm1').says('Closed as planned: 2026-03-01T13:00:00.000Z');
    expect((await pulse.kept()).tally).toEqual({ people: 1, counts: [1, 0] });
  });

  test('lands on the card once the platform is back', async () => {
    const bot = await scene();
    const pulse = await asked(bot, `closes 1h ${yesNo}`);
    const { edit } = bot.platform;
    bot.platform.edit = async () => {
      throw new Error('503');
    };
    await bot.sleepUntil('2026-03-01T13:10:00Z');
    expect((await pulse.kept()).state).toBe('closed');
    expect(pulse.text()).not.toContain('Closed');
    bot.platform.edit = edit;
    await bot.sleepUntil('2026-03-01T13:11:00Z');
    await pulse.says('Closed as planned');
  });

  test('is done with when the message is gone', async () => {
    const bot = await scene();
    const pulse = await asked(bot, `closes 1h ${yesNo}`);
    bot.platform.edit = async () => {
      throw new Undeliverable('gone', 'message_not_found');
    };
    await bot.sleepUntil('2026-03-01T13:01:00Z');
    expect(await pulse.kept()).toMatchObject({ state: 'closed', isSettled: true });
  });

  test('by hand asks first; its author and staff may, others hear that they may not', async () => {
    const bot = await scene();
    const first = await asked(bot, yesNo);
    expect(toldIn(await bot.type('bob', `/pulse close ${first.id}`))).toBe(
      'Only the author of a pulse and staff can do this.',
    );
    const ask = cardOf(await bot.type('alice', `/pulse close ${first.id}`));
    expect(textOf(ask)).toContain('Really close “Shall we?” now?');
    expect((await first.kept()).state).toBe('open');
    expect(toldIn(await bot.press('alice', ask, 'Yes, close it'))).toContain(`Results · ID ${first.id}`);
    await first.says('Closed by its author');

    const second = await asked(bot, yesNo);
    await bot.press('sam', cardOf(await bot.type('sam', `/pulse close ID ${second.id}`)), 'Yes, close it');
    await second.says('Closed by staff');
    expect(toldIn(await bot.press('alice', ask, 'Yes, close it'))).toBe('This pulse is closed.');
  });

  test('of an anonymous pulse says before that it cannot be reopened', async () => {
    const bot = await scene();
    const pulse = await asked(bot, `anonymous ${yesNo}`);
    expect(toldIn(await bot.type('alice', `/pulse close ${pulse.id}`))).toContain(
      'an anonymous pulse cannot be reopened',
    );
  });

  test('is told in its channels once, if the asker wishes', async () => {
    const bot = await scene();
    const card = cardOf(
      await bot.call('alice', 'pulse.draft', {
        ...{ question: 'Shall we?', options: 'Yes\nNo', kind: 'named-one', results: 'live', closes: '1h' },
      }),
    );
    const settings = cardOf(await bot.press('alice', card, 'Settings'));
    await bot.press('alice', settings, 'Closing note: change');
    await bot.press('alice', card, 'Post');
    await bot.sleepUntil('2026-03-01T13:10:00Z');
    expect(bot.platform.messages).toHaveLength(2);
    const note = bot.platform.messages[1]?.card ?? card;
    expect(textOf(note)).toMatch(/^The pulse “Shall we\?” \(ID \w+\) is closed\./);
    expect(toldIn(await bot.press('bob', note, buttonsOf(note)[0]?.label ?? ''))).toContain('Results · ID');
  });
});

describe('a note at half-time', () => {
  const posted = async (wishes: boolean) => {
    const bot = await scene();
    const card = cardOf(
      await bot.call('alice', 'pulse.draft', {
        ...{ question: 'Shall we?', options: 'Yes\nNo', kind: 'named-one', results: 'live', closes: '2h' },
      }),
    );
    if (wishes) await bot.press('alice', cardOf(await bot.press('alice', card, 'Settings')), 'Half-time note: change');
    await bot.press('alice', card, 'Post');
    return bot;
  };

  test('comes once, and lets one answer in private', async () => {
    const bot = await posted(true);
    await bot.sleepUntil('2026-03-01T12:59:30Z');
    expect(bot.platform.messages).toHaveLength(1);
    await bot.sleepUntil('2026-03-01T13:30:00Z');
    expect(bot.platform.messages).toHaveLength(2);
    const note = bot.platform.messages[1];
    if (!note) throw new Error('no note');
    expect(textOf(note.card)).toContain('Half-time: the pulse “Shall we?”');
    const own = cardOf(await bot.press('bob', note.card, 'Answer', { on: note.posted.message }));
    expect(textOf(own)).toContain('Not a vote');
    expect(textOf(own)).toContain('Named: whoever can see this pulse');
    expect(toldIn(await bot.press('bob', own, '1. Yes', { on: 'private' }))).toContain('Your answer: 1. Yes');
    expect(textOf(note.card)).not.toContain('@here');
  });

  test('does not come unasked, and goes to nobody in private', async () => {
    const bot = await posted(false);
    await bot.sleepUntil('2026-03-01T13:30:00Z');
    expect(bot.platform.messages.map(({ posted: at }) => at.channel)).toEqual(['general']);
  });
});

test('a key that opened nothing works once more', async () => {
  const bot = await scene();
  const { post } = bot.platform;
  let isInvited = false;
  Object.assign(bot.platform, {
    post: async (...[to, ...rest]: Parameters<typeof post>) => {
      if ('channel' in to && to.channel === 'board' && !isInvited)
        throw new Undeliverable('notInvited', 'not_in_channel');
      return post(to, ...rest);
    },
  });
  const { id } = await asked(bot, yesNo);
  const [, command = ''] = /(\/pulse add \S+)/.exec(textOf(cardOf(await bot.call('alice', 'pulse.key', { id })))) ?? [];
  const typed = async () => toldIn(await bot.type('bob', command, { channel: 'board' }));
  expect(await typed()).toContain('invite me');
  isInvited = true;
  expect(await typed()).toContain('is now asked in this channel');
  expect(await typed()).toContain('This key is not valid');
});

describe('its author', () => {
  test('keeps it open longer, which the card tells', async () => {
    const bot = await scene();
    const pulse = await asked(bot, `closes 1h ${yesNo}`);
    expect(await bot.type('alice', `/pulse extend ${pulse.id}`)).toMatchObject({ kind: 'ask' });
    const told = toldIn(await bot.type('alice', `/pulse extend ${pulse.id} 2 hours`));
    expect(told).toContain('Closes: 2026-03-01T15:00:00.000Z');
    await pulse.says('Extended by its author; it was to close: 2026-03-01T13:00:00.000Z');
    const wrong = await bot.type('alice', `/pulse extend ${pulse.id} never`);
    expect(wrong).toMatchObject({ kind: 'again', wrong: { closes: expect.stringContaining('“never”') } });
    for (const person of ['bob', 'sam']) {
      const refused = await bot.type(person, `/pulse extend ${pulse.id} 1d`);
      expect(JSON.stringify(refused)).toContain('Only the author of a pulse can do this.');
    }
  });

  test('may type the word that the card writes before its ID', async () => {
    const bot = await scene();
    const { id } = await asked(bot, `closes 1h ${yesNo}`);
    const closes = (answer: Answer) => expect(toldIn(answer)).toContain('Closes: 2026-03-');
    closes(await bot.type('alice', `/pulse extend ID ${id} 2 hours`));
    expect(await bot.type('alice', `/pulse extend ID ${id}`)).toMatchObject({ kind: 'ask' });
    expect(toldIn(await bot.type('alice', `/pulse results ID ${id}`))).toContain(`ID ${id}`);
    await bot.call('alice', 'pulse.close', { id, sure: 'yes' });
    closes(await bot.type('alice', `/pulse reopen id ${id} 1d`));
  });

  test('opens a named one again, with its answers; an anonymous one never', async () => {
    const bot = await scene();
    const pulse = await asked(bot, yesNo);
    await pulse.press('bob', '1. Yes');
    await bot.call('alice', 'pulse.close', { id: pulse.id, sure: 'yes' });
    await pulse.says('Closed by its author');
    await bot.type('alice', `/pulse reopen ${pulse.id} 1d`);
    await pulse.says('Reopened by its author: 2026-03-01T12:00:00.000Z');
    expect(pulse.text()).toContain('1. Yes — 1 (100%)');
    expect(await pulse.told('bob', '2. No')).toContain('changed from 1. Yes');

    const secret = await asked(bot, `anonymous ${yesNo}`);
    await bot.call('alice', 'pulse.close', { id: secret.id, sure: 'yes' });
    const refused = await bot.type('alice', `/pulse reopen ${secret.id}`);
    expect(JSON.stringify(refused)).toContain('An anonymous pulse cannot be reopened');
  });

  test('mends a typo within ten minutes, which the card tells', async () => {
    const bot = await scene();
    const pulse = await asked(bot, '"Shal we?" "Yes" "No"');
    await pulse.press('bob', '1. Yes');
    const form = await bot.type('alice', `/pulse edit ${pulse.id}`);
    expect(form).toMatchObject({ kind: 'ask', form: { target: { to: 'pulse.edit', args: { id: pulse.id } } } });
    const args = { id: pulse.id, question: 'Shal we?', options: 'Yes\nNope' };
    expect(toldIn(await bot.call('alice', 'pulse.edit', args))).toContain('Mended.');
    await pulse.says('2. Nope');
    expect(pulse.text()).toContain('Edited: 2026-03-01T12:00:00.000Z');
    const question = await bot.call('alice', 'pulse.edit', { ...args, question: 'Shall we?' });
    expect(JSON.stringify(question)).toContain('Somebody else has answered');
    await bot.sleepUntil('2026-03-01T12:10:30Z');
    expect(JSON.stringify(await bot.type('alice', `/pulse edit ${pulse.id}`))).toContain(
      'in the first ten minutes only',
    );
  });

  test('asks in one more channel of the same workspace, with one tally', async () => {
    const bot = await scene();
    const pulse = await asked(bot, yesNo);
    await pulse.press('p1', '1. Yes');
    await bot.type('alice', `/pulse add ${pulse.id}`, { channel: 'board' });
    const other = bot.platform.messages[1];
    if (!other) throw new Error('nothing was posted');
    expect([other.posted.channel, textOf(other.card)]).toEqual(['board', expect.stringContaining('1 person has')]);
    const second = onCard(bot, other.posted.message);
    await second.press('bob', '2. No', { channel: 'board' });
    await second.press('p1', '2. No', { channel: 'board' });
    await pulse.says('2 people have answered.');
    await second.says('2. No — 2 (100%)');
    const twice = await bot.type('alice', `/pulse add ${pulse.id}`, { channel: 'board' });
    expect(toldIn(twice)).toContain('It is asked in that channel already.');
    expect(toldIn(await bot.type('bob', `/pulse add ${pulse.id}`, { channel: 'staff' }))).toContain('Only the author');
  });
});

describe('/pulse list', () => {
  test('names the open ones of the channel and one’s own, what closes first first', async () => {
    const bot = await scene();
    expect(toldIn(await bot.type('bob', '/pulse list'))).toContain('No pulse is open in this channel');
    const late = await asked(bot, yesNo);
    const soon = await asked(bot, `closes 1h ${yesNo}`);
    const hidden = await asked(bot, yesNo, 'alice', { channel: 'board' });
    const text = toldIn(await bot.type('bob', '/pulse list'));
    expect(text.indexOf(soon.id)).toBeGreaterThan(0);
    expect(text.indexOf(soon.id)).toBeLessThan(text.indexOf(late.id));
    expect(text).not.toContain(hidden.id);
    expect(text).not.toContain('Close');
    expect(toldIn(await bot.type('alice', '/pulse list'))).toContain(`[Close ${hidden.id}]`);
  });

  test('ids are suggested as one types', async () => {
    const bot = await scene();
    const pulse = await asked(bot, yesNo);
    const place = { platform: 'fake', space: 'S1', channel: 'general' };
    const call = {
      to: 'pulse.close',
      args: { id: 'shall' },
      by: { platform: 'fake', space: 'S1', person: 'bob' },
      place,
    };
    expect(await bot.core.suggest(call, 'id')).toEqual([{ value: pulse.id, label: `${pulse.id}: Shall we?` }]);
    expect(await bot.core.suggest({ ...call, args: { id: 'zzz' } }, 'id')).toEqual([]);
  });
});

test('a message that could not be posted at once is posted later, and answers count', async () => {
  const bot = await scene();
  const { post } = bot.platform;
  bot.platform.post = async () => {
    throw new Error('503');
  };
  const told = toldIn(await bot.type('alice', `/pulse anonymous ${yesNo}`));
  expect(told).toContain('It will be posted as soon as the platform takes it.');
  bot.platform.post = post;
  await bot.sleepUntil('2026-03-01T12:01:00Z');
  const pulse = onCard(bot, 'm1');
  expect(await pulse.told('bob', '1. Yes')).toContain('Your answer: 1. Yes');
  expect((await pulse.kept()).places[0]?.message).toBe('m1');
});

test('a platform that takes no edits keeps no pulse from closing', async () => {
  const bot = await scene();
  const pulse = await asked(bot, `closes 1h ${yesNo}`);
  bot.platform.edit = async () => {
    throw new Error('503');
  };
  const second = await asked(bot, `closes 1h ${yesNo}`);
  await bot.sleepUntil('2026-03-01T13:00:30Z');
  expect([(await pulse.kept()).state, (await second.kept()).state]).toEqual(['closed', 'closed']);
});
