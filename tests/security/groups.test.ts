// SECURITY.md: requests to join working groups. Every path is sent a canary in tests/features/wg/canary.test.ts.
import { expect } from 'vitest';
import { asks, cardIn, formOf, inStaff, saidBy, second, stage } from '../features/wg/stage.js';
import { claim } from '../support/claim.js';
import { cardOf } from '../support/harness.js';

const answers = { ...second, country: 'canary-country', why: 'canary-why' };

claim(
  'S32: what somebody writes in a request is read by staff and its author alone, and each look is written down',
  async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG', answers);
    const { message, text, where } = cardIn(on);
    expect(text).toContain('Applicant: @alice');
    expect(JSON.stringify(on.fake.messages)).not.toContain('canary');
    expect(on.logged() + (await on.metrics())).not.toContain('canary');
    // An administrator who is not of the staff, a member, and staff of another workspace.
    const [id = ''] = /(?<=ID: )\w{4}/.exec(text) ?? [];
    for (const [person, more] of [
      ['root', {}],
      ['bob', {}],
      ['tom', { platform: 'other', channel: 'staff' }],
    ] as const) {
      expect(JSON.stringify(await on.press(person, message.card, 'Open', { ...where, ...more }))).not.toContain(
        'canary',
      );
      expect(JSON.stringify(await on.type(person, `/wg requests ${id}`, more))).not.toContain('canary');
    }
    expect(saidBy(await on.press('sam', message.card, 'Open', where))).toContain('canary-why');
    const own = cardOf(await on.type('alice', '/wg requests'));
    expect(JSON.stringify(formOf(await on.press('alice', own, 'Change')))).toContain('government');
    const sue = saidBy(await on.press('sue', message.card, 'Open', where));
    expect(sue).toMatch(/@sam/);
    expect(JSON.stringify(on.fake.messages)).not.toContain('canary');
  },
);

claim('S33: a request reaches a private staff channel or no channel at all', async () => {
  for (const state of ['public', 'unreachable'] as const) {
    const on = stage();
    on.fake.channels.set('staff', { state, members: new Set(['sam']) });
    await asks(on, 'alice', 'PSWG', answers);
    await on.beat();
    expect(on.fake.messages.filter(({ to }) => 'channel' in to)).toEqual([]);
    expect(saidBy(await on.type('sam', '/wg requests', inStaff))).not.toContain('@alice');
  }
});

claim('S34: the answers are gone 90 days after the request, and 30 after a decision', async () => {
  const [waiting, decided] = [stage(), stage()];
  await asks(waiting, 'alice', 'PSWG', answers);
  await asks(decided, 'alice', 'PSWG', answers);
  await cardIn(decided).press('sam', 'Claim');
  await cardIn(decided).press('sam', 'Approve');
  await decided.at('2026-03-31T09:00:00Z');
  await waiting.at('2026-05-30T09:00:00Z');
  expect([waiting, decided].map((on) => on.store.dump().includes('canary'))).toEqual([true, true]);
  await decided.at('2026-04-02T09:00:00Z');
  await waiting.at('2026-06-01T09:00:00Z');
  expect([waiting, decided].map((on) => on.store.dump().includes('canary'))).toEqual([false, false]);
});

claim('S34: and at once when their author erases them', async () => {
  const on = stage();
  await asks(on, 'alice', 'PSWG', answers);
  const card = cardOf(await on.type('alice', '/rapporteur privacy'));
  const sure = cardOf(await on.press('alice', card, 'Erase everything'));
  expect(on.store.dump()).toContain('canary');
  await on.press('alice', sure, 'Yes, erase');
  expect(on.store.dump()).not.toMatch(/canary|alice/);
  expect(JSON.stringify(on.messages('staff'))).not.toContain('alice');
});

claim('S35: statistics name nobody, and show no number below five', async () => {
  const on = stage();
  for (const person of ['alice', 'bob', 'carol', 'dave', 'erin', 'frank']) await asks(on, person, 'PSWG', answers);
  for (const person of ['alice', 'bob']) await asks(on, person, 'CPWG', { ...answers, region: 'EURALO' });
  expect(saidBy(await on.type('alice', '/wg record'))).toContain('This is for staff');
  const answer = await on.type('sam', '/wg record', inStaff);
  const files = answer.kind === 'say' ? (answer.files ?? []) : [];
  const told = [saidBy(answer), ...files.map(({ body }) => new TextDecoder().decode(body))].join('\n');
  expect(files.length).toBeGreaterThan(0);
  expect(told).not.toMatch(/alice|bob|carol|dave|erin|frank|sam|canary|kenya/i);
  expect(told).not.toMatch(/(CPWG|EURALO)["\s:,]+[0-9]/);
});
