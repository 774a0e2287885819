import { describe, expect, test } from 'vitest';
import type { Collection, Kind, Store } from '../../../src/core/store.js';
import { buttonsOf, cardOf, textOf } from '../../support/harness.js';
import { memoryStore } from '../../support/memory-store.js';
import { asks, cardIn, first, formOf, inStaff, saidBy, second, stage } from './stage.js';

describe('the form', () => {
  test('begins with who reads it, why and for how long, and with two consents apart and unticked', async () => {
    const on = stage();
    const form = formOf(await on.type('alice', '/wg join PSWG'));
    const intro = (form.intro ?? []).join('');
    expect(intro).toContain('nobody else does, unless you allow the group below to see your details');
    expect(intro).toContain('your request to join PSWG');
    expect(intro).toContain('30 days after the decision, or after 90 days without one');
    // Slack and the local page say themselves what is optional.
    expect(form.fields.filter(({ label }) => label.includes('optional'))).toEqual([]);
    const consents = form.fields.filter(({ name }) => name === 'process' || name === 'share');
    expect(consents.map(({ kind, required }) => [kind, required])).toEqual([
      ['checks', true],
      ['checks', false],
    ]);
    expect(consents.every(({ value }) => value === undefined)).toBe(true);
  });

  test('is refused without the consent that is needed', async () => {
    const on = stage();
    const form = formOf(await on.type('alice', '/wg join PSWG'));
    const answer = await on.send('alice', form, { ...first, process: '' });
    expect(answer).toMatchObject({ kind: 'again', wrong: { process: expect.stringContaining('consent') } });
  });

  test('goes on in steps, and for whoever stops half-way begins again with what was typed', async () => {
    const on = stage();
    const one = formOf(await on.type('alice', '/wg join PSWG'));
    const two = formOf(await on.send('alice', one, first));
    expect(two.title).toBe('PSWG · 2/2');
    expect([one.submit, two.submit]).toEqual(['Next', undefined]);
    const again = formOf(await on.type('alice', '/wg join PSWG'));
    expect(again.title).toBe('PSWG · 1/2');
    const values = Object.fromEntries(again.fields.map(({ name, value }) => [name, value]));
    expect(values).toEqual({ capacity: 'member', represents: 'government' });
    // Opened from a button that kept the first step, it still has what was typed.
    const back = await on.call('alice', 'wg.fill', { id: 'PSWG', s: '1', capacity: '' });
    expect(formOf(back).fields.find(({ name }) => name === 'represents')?.value).toBe('government');
    expect(await on.send('alice', again, {})).toMatchObject({ kind: 'again', wrong: { process: expect.any(String) } });
    const next = formOf(await on.send('alice', again, { process: 'yes' }));
    await on.send('alice', next, second);
    expect(cardIn(on).text).toContain('PSWG');
  });

  test('asks e-mail and Statement of Interest only where the group does, and helps where there is none', async () => {
    const on = stage();
    const names = async (group: string): Promise<string[]> => {
      const one = formOf(await on.type('alice', `/wg join ${group}`));
      const two = formOf(await on.send('alice', one, first));
      return two.fields.map(({ name }) => name);
    };
    expect(await names('PSWG')).not.toContain('email');
    expect(await names('LSD-PDP')).toEqual(['region', 'country', 'languages', 'email', 'statement']);
    const done = await asks(on, 'alice', 'LSD-PDP', { email: 'a@b.example' });
    expect(saidBy(done)).toContain('needs a Statement of Interest, and you have not given one');
  });

  test.each([
    [{ email: 'nonsense' }, 'email'],
    [{ email: 'a@b.example', statement: 'javascript:alert(1)' }, 'statement'],
  ])('comes back with what is wrong: %j', async (typed, field) => {
    const on = stage();
    const answer = await asks(on, 'alice', 'LSD-PDP', typed);
    expect(answer).toMatchObject({ kind: 'again', wrong: { [field]: expect.any(String) } });
  });

  test('comes back with what was typed while the store is down', async () => {
    const on = stage();
    const form = formOf(await on.type('alice', '/wg join PSWG'));
    on.store.break(true);
    const answer = await on.send('alice', form, { ...first, capacity: 'observer' });
    expect(answer).toMatchObject({ kind: 'again', wrong: { '': expect.stringContaining('not recorded') } });
    expect(formOf(answer).fields.find(({ name }) => name === 'capacity')?.value).toBe('observer');
    on.store.break(false);
    expect(formOf(await on.send('alice', formOf(answer), {})).title).toBe('PSWG · 2/2');
  });

  test('for a group that is closed, proposed, appointed or past its call is not given', async () => {
    const on = stage();
    for (const [group, said] of [
      ['JWG', 'is closed'],
      ['AL-AUCTION', 'only been proposed'],
      ['SCBO', 'are appointed'],
      ['SPIRT', 'call for volunteers for SPIRT is over'],
    ] as const)
      expect(saidBy(await on.type('alice', `/wg join ${group}`))).toContain(said);
  });
});

describe('a request', () => {
  test('is received by its member, and reaches staff as group, applicant, age and state, never an answer', async () => {
    const on = stage();
    const card = cardOf(await asks(on, 'alice', 'PSWG', { why: 'because-canary' }));
    expect(textOf(card)).toContain('Your request to join PSWG has been received.');
    expect(textOf(card)).toContain('still waiting; number 1 in the queue');
    const { text, message } = cardIn(on);
    expect(text).toMatch(/ID: \w{4}\nGroup: GAC Public Safety Working Group\nApplicant: @alice\nAsked: 2026-03-02T09/);
    expect(text).toContain('waiting; nobody has taken it');
    expect(buttonsOf(message.card).map(({ label }) => label)).toEqual([
      'Open',
      'Claim',
      'Approve',
      'Ask for more',
      'Decline',
    ]);
    expect(JSON.stringify(on.fake.messages)).not.toContain('canary');
  });

  test('is one for each person and group: a second press joins the first', async () => {
    const on = stage();
    const form = formOf(await on.type('alice', '/wg join PSWG'));
    const two = formOf(await on.send('alice', form, first));
    const answers = await Promise.all([on.send('alice', two, second), on.send('alice', two, second)]);
    expect(answers.map(({ kind }) => kind)).not.toContain('nothing');
    expect(saidBy(await on.send('alice', two, second))).toContain('You have already asked to join PSWG');
    await on.beat();
    expect(on.messages('staff')).toHaveLength(1);
    expect(saidBy(await on.type('alice', '/wg join PSWG'))).toContain('You have already asked to join PSWG');
    await asks(on, 'bob', 'PSWG');
    expect(on.messages('staff')).toHaveLength(2);
  });

  test('sent twice while the first is still being written is one', async () => {
    const inner = memoryStore();
    let open = (): void => undefined;
    let gate: Promise<void> | undefined;
    const store: Store = {
      ...inner,
      collection<T>(kind: Kind<T>): Collection<T> {
        const all = inner.collection(kind);
        if (kind.name !== 'wg-answers') return all;
        const insert: Collection<T>['insert'] = async (id, value) => {
          if (!id.startsWith('draft')) await gate;
          return all.insert(id, value);
        };
        return { ...all, insert };
      },
    };
    const on = stage({ store });
    const two = formOf(await on.send('alice', formOf(await on.type('alice', '/wg join PSWG')), first));
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const one = on.send('alice', two, second);
    await expect.poll(() => inner.dump()).toContain('"open\\":{\\"PSWG');
    const other = on.send('alice', two, second);
    await expect(other).resolves.toMatchObject({ kind: 'again' });
    open();
    expect(saidBy(await one)).toContain('PSWG');
    expect(on.messages('staff')).toHaveLength(1);
  });

  test('is the sixth of a day: not today', async () => {
    const on = stage();
    for (const group of ['PSWG', 'USRWG', 'HRILWG', 'UA-IDN-WG', 'GOPE-WG']) await asks(on, 'alice', group);
    expect(saidBy(await on.type('alice', '/wg join BGIG'))).toContain('more than 5 requests within a day');
    await on.at('2026-03-03T10:00:00Z');
    expect((await on.type('alice', '/wg join BGIG')).kind).toBe('ask');
  });

  test('without a staff channel is kept, the member is told, and it is posted as soon as there is one', async () => {
    const on = stage({ staff: {} });
    expect(saidBy(await asks(on, 'alice', 'PSWG'))).toContain('staff have no channel here yet');
    await on.beat();
    expect(on.fake.messages).toEqual([]);
    await on.call('root', 'rapporteur.set', { staff: 'staff', language: 'en' });
    await on.beat();
    await on.beat();
    expect(on.messages('staff')).toHaveLength(1);
  });

  test('is never posted to a staff channel that was made public', async () => {
    const on = stage();
    on.fake.channels.set('staff', { state: 'public', members: new Set(['sam']) });
    await asks(on, 'alice', 'PSWG');
    await on.beat();
    expect(on.messages('staff')).toEqual([]);
  });

  test('is no longer shown in a staff channel that was made public once its member does something', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    on.fake.channels.set('staff', { state: 'public', members: new Set(['sam']) });
    const own = cardOf(await on.type('alice', '/wg requests'));
    await on.press('alice', cardOf(await on.press('alice', own, 'Withdraw')), 'Yes, withdraw');
    expect(cardIn(on).text).toContain('no longer private');
    expect(cardIn(on).text).not.toContain('alice');
  });

  test('moves with the staff channel, and the old card says so', async () => {
    const on = stage({ staff: {} });
    await on.call('root', 'rapporteur.set', { staff: 'staff', language: 'en' });
    await asks(on, 'alice', 'PSWG');
    await cardIn(on).press('sam', 'Claim');
    on.fake.channels.set('desk', { state: 'private', members: new Set(['sam']) });
    await on.call('root', 'rapporteur.set', { staff: 'desk', language: 'en' });
    await on.beat();
    expect(on.messages('desk')).toHaveLength(1);
    expect(cardIn(on).text).toContain('has moved to another channel');
  });
});

describe('a member', () => {
  test('changes the answers, and staff read the new ones', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG', { why: 'old reason' });
    const own = cardOf(await on.type('alice', '/wg requests'));
    const one = formOf(await on.press('alice', own, 'Change'));
    expect(one.fields.find(({ name }) => name === 'capacity')?.value).toBe('member');
    const two = formOf(await on.send('alice', one, { capacity: 'observer' }));
    expect(saidBy(await on.send('alice', two, { why: 'new reason' }))).toContain('Staff see your new answers');
    expect(cardIn(on).text).toContain('changed their answers');
    const open = saidBy(await cardIn(on).press('sam', 'Open'));
    expect(open).toContain('new reason');
    expect(open).not.toContain('old reason');
    expect(on.messages('staff')).toHaveLength(1);
  });

  test('is not shown a form for changes once the call is over', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    const closes = { id: 'PSWG', p: 'joining', door: 'gac', asks: '', closes: '2026-03-02 10:00', zone: 'UTC' };
    await on.call('sam', 'wg.save', closes, inStaff);
    await on.at('2026-03-02T11:00:00Z');
    const own = cardOf(await on.type('alice', '/wg requests'));
    expect(saidBy(await on.press('alice', own, 'Change'))).toContain('The call for volunteers for PSWG is over');
  });

  test('who is approved in the middle of a change is told so, and has made no new request', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    const own = cardOf(await on.type('alice', '/wg requests'));
    const one = formOf(await on.press('alice', own, 'Change'));
    const two = formOf(await on.send('alice', one, { ...first, share: 'yes' }));
    await cardIn(on).press('sam', 'Approve');
    for (const form of [two, one]) {
      const answer = await on.send('alice', form, { ...first, ...second, why: 'typed' });
      expect(answer).toMatchObject({ kind: 'again', wrong: { '': expect.stringContaining('has been decided') } });
      const [value] = formOf(answer).fields.flatMap(({ name, value: had }) => (name === 'why' ? [had] : []));
      expect([undefined, 'typed']).toContain(value);
    }
    expect(on.messages('staff')).toHaveLength(1);
  });

  test('withdraws after a confirmation, and may ask again', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    const own = cardOf(await on.type('alice', '/wg requests'));
    const sure = cardOf(await on.press('alice', own, 'Withdraw'));
    expect(cardIn(on).text).not.toContain('withdrawn');
    expect(saidBy(await on.press('alice', sure, 'Yes, withdraw'))).toContain('is withdrawn');
    expect(cardIn(on).text).toContain('withdrawn by the applicant');
    expect((await on.type('alice', '/wg join PSWG')).kind).toBe('ask');
  });

  test('sees nobody else’s request, and cannot touch it', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    const own = cardOf(await on.type('alice', '/wg requests'));
    for (const label of ['Change', 'Withdraw']) {
      expect(saidBy(await on.press('bob', own, label))).toContain('There is nothing under that ID here');
    }
    expect(saidBy(await on.type('bob', '/wg requests'))).toContain('You have no requests');
    expect(saidBy(await cardIn(on).press('bob', 'Open'))).toContain('This is for staff');
  });

  test('of the staff sees the queue and their own apart', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    await on.at('2026-03-02T09:00:01Z');
    await asks(on, 'sam', 'USRWG');
    const text = saidBy(await on.type('sam', '/wg requests', inStaff));
    expect(text).toContain('2 requests in the queue, the oldest first.');
    expect(text).toMatch(/1\. \w{4} PSWG — @alice · 0 hours · waiting/);
    expect(text).toContain('Your own requests:');
  });
});
