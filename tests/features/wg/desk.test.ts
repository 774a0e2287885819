import { describe, expect, test } from 'vitest';
import { buttonsOf, cardOf, textOf } from '../../support/harness.js';
import { asks, cardIn, formOf, inStaff, type Stage, saidBy, stage } from './stage.js';

const elsewhere = { platform: 'other', channel: 'staff' } as const;

const codeOf = async (on: Stage): Promise<string> => {
  const [, code = ''] = /\/wg staff (\w{4}-\w{4}-\w{4})/.exec(saidBy(await on.type('root', '/wg staff'))) ?? [];
  return code;
};

/** Requests of `fake` are handled by the staff of `other`. */
const linked = async () => {
  const on = stage({ staff: { other: 'staff' } });
  const code = await codeOf(on);
  const answer = await on.type('tom', `/wg staff ${code}`, elsewhere);
  return { on, code, answer };
};

describe('staff of another workspace', () => {
  test('see nothing of this one: its ids are not found', async () => {
    const on = stage({ staff: { fake: 'staff', other: 'staff' } });
    await asks(on, 'alice', 'PSWG');
    for (const label of ['Open', 'Claim', 'Approve', 'Ask for more', 'Decline']) {
      const answer = await on.press('tom', cardIn(on).message.card, label, elsewhere);
      expect(saidBy(answer)).toContain('There is nothing under that ID here');
    }
    const [, id = ''] = /ID: (\w{4})/.exec(cardIn(on).text) ?? [];
    expect(saidBy(await on.type('tom', `/wg requests ${id}`, elsewhere))).toContain('nothing under that ID');
    expect(saidBy(await on.type('tom', '/wg requests', elsewhere))).toContain('The queue is empty');
  });

  test('handle its requests once they have typed its code in their staff channel', async () => {
    const { on, answer } = await linked();
    expect(saidBy(answer)).toContain('Requests from Fake (S1) are handled here as well.');
    expect(textOf(on.messages('dm-root')[0]?.card ?? { locale: 'en', blocks: [] })).toContain('Your code was used');
    const form = formOf(await on.type('alice', '/wg join PSWG'));
    expect((form.intro ?? []).join('')).toContain('They work on Other');
    await asks(on, 'alice', 'PSWG');
    const { text, press } = cardIn(on, on.other);
    expect(text).toContain('Applicant: Alice (Fake) (asks from Fake)');
    expect(saidBy(await press('tom', 'Open'))).toContain('Country or territory: Kenya');
    await press('tom', 'Approve');
    for (const label of ['Done: Send the group’s form', 'Done: Add to the mailing list']) {
      await cardIn(on, on.other).press('tom', label);
    }
    expect(on.messages('dm-alice')[0]?.card.title).toBe('Welcome to PSWG');
  });

  test('of the workspace that handed them away no longer handle them', async () => {
    const on = stage({ staff: { fake: 'staff', other: 'staff' } });
    await asks(on, 'alice', 'PSWG');
    await on.type('tom', `/wg staff ${await codeOf(on)}`, elsewhere);
    await on.beat();
    for (const line of ['/wg edit PSWG', '/wg add', '/wg record', '/wg settings']) {
      expect(saidBy(await on.type('sam', line))).toContain('in the hands of other staff');
    }
    expect(cardIn(on).text).toContain('has moved to another channel');
    expect(cardIn(on, on.other).text).toContain('nobody has taken it');
    expect(saidBy(await on.type('root', '/wg staff here'))).toContain('handled by the staff of this workspace');
    expect(saidBy(await cardIn(on, on.other).press('tom', 'Open'))).toContain('nothing under that ID');
  });

  test('give them back', async () => {
    const { on, answer } = await linked();
    await asks(on, 'alice', 'PSWG');
    await on.press('tom', cardOf(answer), 'Give these back', elsewhere);
    expect(saidBy(await cardIn(on, on.other).press('tom', 'Open'))).toContain('nothing under that ID');
  });
});

describe('a code', () => {
  test('works once', async () => {
    const { on, code } = await linked();
    expect(saidBy(await on.type('tia', `/wg staff ${code}`, elsewhere))).toContain('does not work here');
  });

  test('works for an hour', async () => {
    const on = stage({ staff: { other: 'staff' } });
    const code = await codeOf(on);
    await on.at('2026-03-02T10:00:00Z');
    expect(saidBy(await on.type('tom', `/wg staff ${code}`, elsewhere))).toContain('does not work here');
  });

  test('is made for administrators alone, and used by staff alone, in their channel', async () => {
    const on = stage({ staff: { fake: 'staff', other: 'staff' } });
    expect(saidBy(await on.type('alice', '/wg staff'))).toContain('This is for staff');
    expect(saidBy(await on.type('sam', '/wg staff'))).not.toContain('/wg staff');
    const code = await codeOf(on);
    expect(saidBy(await on.type('olga', `/wg staff ${code}`, { platform: 'other' }))).toContain('This is for staff');
    expect(saidBy(await on.type('tom', `/wg staff ${code}`, { platform: 'other' }))).toContain('in the staff channel');
    expect(saidBy(await on.type('tom', '/wg staff AAAA-BBBB-CCCC', elsewhere))).toContain('does not work here');
    expect(saidBy(await on.type('sam', `/wg staff ${code}`, inStaff))).toContain('does not work here');
    expect(saidBy(await on.type('sam', '/wg staff here'))).toContain('administrators');
    expect(saidBy(await on.type('tom', `/wg staff ${code}`, elsewhere))).toContain('are handled here as well');
  });
});

describe('the list', () => {
  test('is kept by staff: a group added, changed, asked for and removed', async () => {
    const on = stage();
    expect(saidBy(await on.type('alice', '/wg add'))).toContain('This is for staff');
    const form = formOf(await on.type('sam', '/wg add'));
    const typed = { gid: 'new-wg', name: 'A New Group', scope: 'Something new.', parents: 'ALAC,cross', door: 'open' };
    const card = cardOf(await on.send('sam', form, typed));
    expect(textOf(card)).toContain('NEW-WG — A New Group');
    expect(textOf(card)).toContain('Belongs to: ALAC and Cross-community');
    const questions = formOf(await on.press('sam', card, 'Questions and tasks'));
    await on.send('sam', questions, { questions: 'Since when?\nWhy now?', known: 'list', own: 'Ring the bell' });
    const asked = saidBy(await asks(on, 'alice', 'NEW-WG', { q1: 'Long ago', q2: 'Why not' }));
    expect(asked).toContain('has been received');
    const open = saidBy(await cardIn(on).press('sam', 'Open'));
    expect(open).toContain('Since when?: Long ago');
    await cardIn(on).press('sam', 'Approve');
    expect(cardIn(on).text).toContain('Ring the bell: to do');
    const sure = cardOf(await on.type('sam', '/wg remove NEW-WG'));
    await on.press('sam', sure, 'Yes, remove');
    expect(saidBy(await on.type('alice', '/wg show NEW-WG'))).toContain('no group “NEW-WG”');
    expect(cardIn(on).text).toContain('A New Group');
  });

  test('takes a group’s name in another language, and a call that closes itself', async () => {
    const on = stage();
    const texts = await on.call('sam', 'wg.part', { id: 'PSWG', p: 'texts', in: 'fr' });
    await on.send('sam', formOf(texts), { name: 'Groupe de travail sur la sécurité publique' });
    expect(saidBy(await on.type('alice', '/wg show PSWG', { locale: 'fr' }))).toContain('Groupe de travail sur la');
    const edit = cardOf(await on.type('sam', '/wg edit PSWG'));
    const joining = formOf(await on.press('sam', edit, 'Who may join'));
    expect(await on.send('sam', joining, { closes: 'soon' })).toMatchObject({ kind: 'again' });
    await on.send('sam', joining, { closes: '2026-03-05' });
    expect(saidBy(await on.type('alice', '/wg show PSWG'))).toContain('Call closes: 2026-03-05T23:59:00.000Z');
    await on.at('2026-03-05T23:58:59Z');
    expect((await on.type('alice', '/wg join PSWG')).kind).toBe('ask');
    await on.at('2026-03-05T23:59:00Z');
    expect(saidBy(await on.type('alice', '/wg join PSWG'))).toContain('call for volunteers for PSWG is over');
  });

  test('that one workspace changes stays as it was in another', async () => {
    const on = stage();
    const sure = cardOf(await on.type('sam', '/wg remove PSWG'));
    await on.press('sam', sure, 'Yes, remove');
    expect(saidBy(await on.type('olga', '/wg show PSWG', { platform: 'other' }))).toContain('Public Safety');
  });

  test('refuses an id that is taken or no id, with what was typed still there', async () => {
    const on = stage();
    const form = formOf(await on.type('sam', '/wg add'));
    const typed = { name: 'X', scope: '', parents: 'GAC', door: 'open' };
    expect(await on.send('sam', form, { ...typed, gid: 'PSWG' })).toMatchObject({
      kind: 'again',
      wrong: { gid: 'There is already a group PSWG.' },
    });
    const answer = await on.send('sam', form, { ...typed, gid: 'a b' });
    expect(answer).toMatchObject({ kind: 'again', wrong: { gid: expect.stringContaining('capital letters') } });
    expect(JSON.stringify(answer)).toContain('"value":"a b"');
  });
});

describe('the settings', () => {
  test('are for staff and administrators, and say what is out of range', async () => {
    const on = stage();
    expect(saidBy(await on.type('alice', '/wg settings'))).toContain('This is for staff');
    expect((await on.type('root', '/wg settings')).kind).toBe('say');
    const card = cardOf(await on.type('sam', '/wg settings'));
    expect(textOf(card)).toContain('Remind the applicant after: 5 working days, 10 working days');
    const form = formOf(await on.press('sam', card, 'Change reminders'));
    const wrong = await on.send('sam', form, { unclaimed: '0', waiting: '10, 5', zone: 'Mars', lapse: '2' });
    expect(Object.keys(wrong.kind === 'again' ? wrong.wrong : {}).sort()).toEqual([
      'lapse',
      'unclaimed',
      'waiting',
      'zone',
    ]);
    const saved = cardOf(await on.send('sam', form, { unclaimed: '2', waiting: '3, 6, 9', zone: 'Africa/Nairobi' }));
    expect(textOf(saved)).toContain('3 working days, 6 working days, 9 working days');
    const keeping = formOf(await on.press('sam', saved, 'Change retention'));
    expect(textOf(cardOf(await on.send('sam', keeping, { keepUndecided: '60', keepDecided: '14' })))).toContain(
      '14 days',
    );
    expect((formOf(await on.type('alice', '/wg join PSWG')).intro ?? []).join('')).toContain(
      '14 days after the decision',
    );
    expect(buttonsOf(saved)).toHaveLength(2);
  });
});

test('a group of more bodies than it can belong to is refused in words, with what was typed', async () => {
  const on = stage();
  const typed = { gid: 'NEWG', name: 'New', parents: 'GAC,ALAC,GNSO,ccNSO', door: 'open' };
  expect(await on.call('sam', 'wg.added', typed, inStaff)).toMatchObject({
    kind: 'again',
    wrong: { parents: 'A group belongs to at most 3 bodies.' },
  });
});
