// /wg requests of a member: what waits for them comes first, and nothing is taken for seen that was not shown.
import { expect, test } from 'vitest';
import { cardOf, textOf } from '../../support/harness.js';
import { asks, cardIn, first, formOf, inStaff, saidBy, second, stage } from './stage.js';

test('an old request with a question is shown before newer ones, and the rest page by page', async () => {
  const on = stage();
  await asks(on, 'alice', 'PSWG');
  await on.at('2026-03-03T10:00:00Z');
  const newer = ['USRWG', 'HRILWG', 'UA-IDN-WG', 'CPWG', 'OFB-WG'];
  for (const group of newer) await asks(on, 'alice', group, { email: 'a@b.example' });
  on.close('alice');
  await on.send(
    'sam',
    formOf(await cardIn(on).press('sam', 'Ask for more')),
    { question: 'Which ministry?' },
    cardIn(on).where,
  );
  const own = cardOf(await on.type('alice', '/wg requests'));
  expect(textOf(own)).toContain('Which ministry?');
  const later = newer.filter((group) => !textOf(own).includes(group));
  expect(later).toHaveLength(1);
  const next = await on.press('alice', own, 'Next');
  expect([...newer, 'PSWG'].filter((group) => saidBy(next).includes(group))).toEqual(later);
  expect(saidBy(await on.press('alice', cardOf(next), 'Previous'))).toContain('PSWG');
});

test('news on another page stays news', async () => {
  const on = stage();
  on.close('alice');
  const groups = ['PSWG', 'USRWG', 'HRILWG', 'UA-IDN-WG', 'CPWG', 'OFB-WG'];
  for (const [nth, group] of groups.entries()) {
    if (nth === 3) await on.at('2026-03-03T10:00:00Z');
    await asks(on, 'alice', group, { email: 'a@b.example' });
    const card = cardIn(on, on.fake, nth);
    await on.send('sam', formOf(await card.press('sam', 'Ask for more')), { question: 'Which?' }, card.where);
  }
  expect(saidBy(await on.type('alice', '/wg'))).toContain('There is news on 6 of your requests');
  const own = cardOf(await on.type('alice', '/wg requests'));
  expect(saidBy(await on.type('alice', '/wg'))).toContain('There is news on one of your requests');
  await on.press('alice', own, 'Next');
  expect(saidBy(await on.type('alice', '/wg'))).not.toContain('There is news');
});

test('a member who is approved reads what is still being done, and makes no second request', async () => {
  const on = stage();
  const two = formOf(await on.send('alice', formOf(await on.type('alice', '/wg join PSWG')), first));
  await asks(on, 'alice', 'PSWG');
  await cardIn(on).press('sam', 'Approve');
  await cardIn(on).press('sam', 'Done: Send the group’s form');
  for (const answer of [await on.type('alice', '/wg join PSWG'), await on.send('alice', two, second)]) {
    expect(saidBy(answer)).toMatch(/already approved for PSWG[\s\S]*Still being done: Add to the mailing list$/);
  }
  expect(on.messages('staff')).toHaveLength(1);
  await cardIn(on).press('sam', 'Done: Add to the mailing list');
  const there = cardOf(await on.type('alice', '/wg join PSWG'));
  expect(textOf(there)).toContain('You are in PSWG');
  expect((await on.press('alice', there, 'Ask again')).kind).toBe('ask');
});

test('a member who is approved does not read what staff have written for staff', async () => {
  const on = stage();
  const tasks = { id: 'PSWG', p: 'questions', questions: '', known: 'list', own: 'Ask the chair' };
  await on.call('sam', 'wg.save', tasks, inStaff);
  await asks(on, 'alice', 'PSWG');
  await cardIn(on).press('sam', 'Approve');
  expect(cardIn(on).text).toContain('Ask the chair: to do');
  const said = saidBy(await on.type('alice', '/wg join PSWG'));
  expect(said).toContain('Add to the mailing list, a step of the group’s own');
  expect(said).not.toContain('chair');
});
