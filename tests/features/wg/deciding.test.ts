import { describe, expect, test } from 'vitest';
import { buttonsOf, cardOf, textOf } from '../../support/harness.js';
import { asks, cardIn, formOf, inStaff, noteOf, saidBy, stage } from './stage.js';

const withRequest = async (group = 'PSWG') => {
  const on = stage();
  await asks(on, 'alice', group);
  return on;
};

describe('Open', () => {
  test('shows the answers to staff alone, and writes down who looked and when', async () => {
    const on = await withRequest();
    const first = saidBy(await cardIn(on).press('sam', 'Open'));
    expect(first).toMatch(/I would like to join as: member[\s\S]*Country or territory: Kenya[\s\S]*English, Français/);
    expect(first).toContain('Show my details to the group: no');
    const second = saidBy(await cardIn(on).press('sue', 'Open'));
    expect(second).toContain('Looked at by: @sam 2026-03-02T09:00:00.000Z; @sue 2026-03-02');
    expect(cardIn(on).text).not.toContain('Kenya');
  });

  test('is refused from the moment on at which somebody is no longer of the staff', async () => {
    const on = await withRequest();
    await cardIn(on).press('sam', 'Open');
    on.fake.channels.get('staff')?.members.delete('sam');
    await on.at('2026-03-02T09:02:00Z');
    for (const label of ['Open', 'Claim', 'Approve', 'Ask for more', 'Decline']) {
      expect(saidBy(await cardIn(on).press('sam', label))).toContain('This is for staff');
    }
  });

  test('finds a request by the end of its ID', async () => {
    const on = await withRequest();
    const [, id = ''] = /ID: (\w{4})/.exec(cardIn(on).text) ?? [];
    expect(saidBy(await on.type('sam', `/wg requests ${id.toLowerCase()}`))).toContain('Country or territory: Kenya');
    expect(saidBy(await on.type('bob', `/wg requests ${id}`))).toContain('nothing under that ID');
    expect(saidBy(await on.type('alice', `/wg requests ${id}`))).toContain('number 1 in the queue');
  });
});

describe('Claim', () => {
  test('of two at once the first wins, the second is told who and when', async () => {
    const on = await withRequest();
    const { press } = cardIn(on);
    const answers = await Promise.all([press('sam', 'Claim'), press('sue', 'Claim')]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['nothing', 'say']);
    const late = answers.find(({ kind }) => kind === 'say');
    expect(late && saidBy(late)).toMatch(
      /It is for @(sam|sue) to decide, who has claimed it. .* As it stands now: with @\1 since 2026-03-02T09:00:00.000Z/,
    );
    expect(cardIn(on).text).toMatch(/with @(sam|sue) since/);
  });

  test('keeps the decision to whoever holds it, until it is released or handed over', async () => {
    const on = await withRequest();
    const fresh = cardIn(on);
    await fresh.press('sam', 'Claim');
    for (const label of ['Approve', 'Ask for more', 'Decline', 'Release']) {
      expect(saidBy(await cardIn(on).press('sue', label))).toContain('with @sam since');
    }
    const refused = cardOf(await cardIn(on).press('sue', 'Approve'));
    expect(textOf(refused)).toContain(
      'It is for @sam to decide, who has claimed it. It can be handed over, to you as well.',
    );
    await on.send('sue', formOf(await on.press('sue', refused, 'Hand over', inStaff)), { to: 'sue' }, inStaff);
    expect(cardIn(on).text).toContain('with @sue');
    await on.send('sue', formOf(await cardIn(on).press('sue', 'Hand over')), { to: 'sam' }, inStaff);
    expect(saidBy(await fresh.press('sam', 'Claim'))).toContain('not possible any more');
    await cardIn(on).press('sam', 'Release');
    expect(cardIn(on).text).toContain('nobody has taken it');
    await cardIn(on).press('sue', 'Claim');
    expect(cardIn(on).text).toContain('with @sue');
  });

  test('is handed over to one who has worked here, who is told', async () => {
    const on = await withRequest();
    await cardIn(on).press('sam', 'Claim');
    expect(saidBy(await cardIn(on).press('sam', 'Hand over'))).toContain(
      'Nobody else of the staff has worked here yet',
    );
    await cardIn(on).press('sue', 'Open');
    const form = formOf(await cardIn(on).press('sam', 'Hand over'));
    expect(form.fields[0]?.choices).toEqual([{ value: 'sue', label: 'Sue' }]);
    await on.send('sam', form, { to: 'sue' }, cardIn(on).where);
    expect(cardIn(on).text).toContain('with @sue');
    expect(textOf(on.messages('dm-sue')[0]?.card ?? { locale: 'en', blocks: [] })).toContain('was handed over to you');
    expect(await on.send('sam', form, { to: 'alice' }, inStaff)).toMatchObject({
      kind: 'again',
      wrong: { to: expect.stringContaining('no longer of the staff') },
    });
  });

  test('in a private list draws that card anew, without answers', async () => {
    const on = await withRequest();
    const open = cardOf(await cardIn(on).press('sam', 'Open'));
    const answer = await on.press('sam', open, 'Claim');
    expect(answer.kind).toBe('redraw');
    expect(saidBy(answer)).toContain('with @sam');
    expect(saidBy(answer)).not.toContain('Kenya');
    expect(cardIn(on).text).toContain('with @sam');
  });
});

describe('Approve', () => {
  test('lists what is to be done outside as ticks, and tells the member when all is done', async () => {
    const on = await withRequest();
    const approved = saidBy(await cardIn(on).press('sam', 'Approve'));
    expect(approved).toContain('The applicant has not been told yet: they get a direct message once all is ticked.');
    expect(cardIn(on).text).toContain('The applicant gets a direct message once all of it is ticked.');
    expect(cardIn(on).text).toContain('Send the group’s form: to do\nAdd to the mailing list: to do');
    expect(on.messages('dm-alice')).toEqual([]);
    expect(saidBy(await on.type('alice', '/wg requests'))).toContain('approved; staff are seeing to the rest');
    await cardIn(on).press('sue', 'Done: Send the group’s form');
    await cardIn(on).press('sue', 'Not done: Send the group’s form');
    expect(cardIn(on).text).toContain('Send the group’s form: to do');
    await cardIn(on).press('sue', 'Done: Send the group’s form');
    expect(noteOf(await cardIn(on).press('sue', 'Done: Add to the mailing list'))).toContain(
      'The applicant has been told by direct message.',
    );
    expect(cardIn(on).text).toContain('approved and done, @sam');
    expect(buttonsOf(cardIn(on).message.card).map(({ label }) => label)).toEqual(['Open']);
    const [told, ...more] = on.messages('dm-alice');
    expect(told?.card.title).toBe('Welcome to PSWG');
    expect(more).toEqual([]);
  });

  test('a task ticked by two, or twice, is ticked; the second is told who was quicker', async () => {
    const on = await withRequest();
    await cardIn(on).press('sam', 'Approve');
    const seen = cardIn(on);
    const label = 'Done: Send the group’s form';
    await seen.press('sam', label);
    expect(noteOf(await seen.press('sue', label))).toContain('That is so already: @sam, 2026-03-02');
    expect(noteOf(await seen.press('sam', label))).toContain('That is so already: @sam');
    expect(cardIn(on).text).toContain('Send the group’s form: done');
    const last = cardIn(on);
    await Promise.all(['sam', 'sue'].map((who) => last.press(who, 'Done: Add to the mailing list')));
    expect(cardIn(on).text).toContain('approved and done');
  });

  test('a tick of a card from before buttons said what they do changes nothing, and draws new ones', async () => {
    const on = await withRequest();
    await cardIn(on).press('sam', 'Approve');
    const { where, message } = cardIn(on);
    const button = buttonsOf(message.card).find(({ label }) => label === 'Done: Send the group’s form');
    const { d: _, ...args } = button?.target.args ?? {};
    await on.call('sam', 'wg.tick', args, where);
    expect(cardIn(on).text).toContain('Send the group’s form: to do');
  });

  test('of somebody who asked in a channel without the bot counts at the first press', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG', {}, { channel: 'unseen' });
    await cardIn(on).press('sam', 'Approve');
    expect(cardIn(on).text).toContain('approved by @sam');
  });

  test('of somebody who seems to have left asks first', async () => {
    const on = await withRequest();
    on.fake.left.add('alice');
    const asked = cardOf(await cardIn(on).press('sam', 'Approve'));
    expect(textOf(asked)).toContain('@alice no longer seems to be where they asked');
    expect(cardIn(on).text).toContain('nobody has taken it');
    await on.press('sam', asked, 'Approve all the same');
    expect(cardIn(on).text).toContain('approved by @sam');
  });

  test('and Decline at once: one counts', async () => {
    const on = await withRequest();
    const form = formOf(await cardIn(on).press('sue', 'Decline'));
    const preview = cardOf(await on.send('sue', form, { reason: 'The group is full.' }, cardIn(on).where));
    await Promise.all([cardIn(on).press('sam', 'Approve'), on.press('sue', preview, 'Decline and send')]);
    const isApproved = cardIn(on).text.includes('approved by @sam');
    const isDeclined = cardIn(on).text.includes('declined by @sue');
    expect([isApproved, isDeclined].filter(Boolean)).toHaveLength(1);
    expect(on.messages('dm-alice')).toHaveLength(isDeclined ? 1 : 0);
  });
});

describe('an applicant', () => {
  test('who is staff cannot decide on, open or ask about their own request', async () => {
    const on = stage();
    await asks(on, 'sam', 'PSWG');
    for (const label of ['Open', 'Claim', 'Approve', 'Ask for more', 'Decline']) {
      expect(saidBy(await cardIn(on).press('sam', label))).toContain('This is your own request');
    }
    await cardIn(on).press('sue', 'Claim');
    expect(saidBy(await cardIn(on).press('sue', 'Hand over'))).toContain('Nobody else');
    expect(cardIn(on).text).toContain('with @sue');
  });
});

describe('Decline', () => {
  test('asks for a reason, previews the message, and sends it only then', async () => {
    const on = await withRequest();
    const form = formOf(await cardIn(on).press('sam', 'Decline'));
    expect(await on.send('sam', form, { reason: ' ' }, cardIn(on).where)).toMatchObject({ kind: 'again' });
    const preview = cardOf(await on.send('sam', form, { reason: 'Not *now*.' }, cardIn(on).where));
    expect(textOf(preview)).toContain('Not *now*.');
    expect(cardIn(on).text).toContain('nobody has taken it');
    expect(on.messages('dm-alice')).toEqual([]);
    const back = formOf(await on.press('sam', preview, 'Change the reason'));
    expect(back.fields[0]?.value).toBe('Not *now*.');
    const second = cardOf(await on.send('sam', back, { reason: 'Not this year.' }, inStaff));
    await on.press('sam', second, 'Decline and send');
    expect(cardIn(on).text).toContain('declined by @sam');
    expect(textOf(on.messages('dm-alice')[0]?.card ?? preview)).toMatch(
      /Not this year\.\nYou can ask again from 2026-03-09T09:00:00\.000Z/,
    );
    expect(saidBy(await on.type('alice', '/wg requests'))).toContain('Reason: Not this year.');
  });

  test('that cannot reach the member says so to staff, and waits in /wg requests', async () => {
    const on = await withRequest();
    on.close('alice');
    const form = formOf(await cardIn(on).press('sam', 'Decline'));
    const preview = cardOf(await on.send('sam', form, { reason: 'Not this year.' }, cardIn(on).where));
    expect(noteOf(await on.press('sam', preview, 'Decline and send'))).toContain('could not be reached');
    expect(saidBy(await on.type('alice', '/wg requests'))).toContain('Reason: Not this year.');
  });

  test('is followed by a pause of seven days, which staff can lift', async () => {
    const on = await withRequest();
    const decline = async () => {
      const form = formOf(await cardIn(on, on.fake, on.messages('staff').length - 1).press('sam', 'Decline'));
      const preview = cardOf(await on.send('sam', form, { reason: 'No.' }, inStaff));
      await on.press('sam', preview, 'Decline and send');
    };
    await decline();
    expect(saidBy(await on.type('alice', '/wg join PSWG'))).toContain('ask again from March 9, 2026');
    expect((await on.type('alice', '/wg join USRWG')).kind).toBe('ask');
    await cardIn(on).press('sam', 'Lift the pause');
    expect(cardIn(on).text).toContain('The pause was lifted');
    await asks(on, 'alice', 'PSWG');
    expect(on.messages('staff')).toHaveLength(2);
    await decline();
    await on.at('2026-03-09T08:59:00Z');
    expect((await on.type('alice', '/wg join PSWG')).kind).toBe('say');
    await on.at('2026-03-09T09:00:00Z');
    expect((await on.type('alice', '/wg join PSWG')).kind).toBe('ask');
  });
});
