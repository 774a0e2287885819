// What a member writes is in the answers and in private answers to staff and to themselves, and nowhere else.
import { expect, test } from 'vitest';
import type { Answer } from '../../../src/core/call.js';
import { cardOf } from '../../support/harness.js';
import { asks, cardIn, first, formOf, inStaff, type Stage, second, stage } from './stage.js';

const canary = 'canary-3b91';

/** Every kind of document that the store holds, but that of the answers. */
const elsewhere = (on: Stage): string => {
  const kinds = JSON.parse(on.store.dump()) as [string, unknown][];
  return JSON.stringify(kinds.filter(([name]) => name !== 'wg-answers'));
};

const answered = (answer: Answer): string => JSON.stringify(answer);

test('a string that is sent through every path is seen by nobody but staff and its author', async () => {
  const on = stage();
  const typed = {
    ...first,
    ...second,
    country: `${canary}-country`,
    why: `${canary}-why`,
    email: `${canary}@x.example`,
  };
  const public_: Answer[] = [];
  const watch = async (answer: Promise<Answer> | Answer): Promise<Answer> => {
    const given = await answer;
    public_.push(given);
    return given;
  };

  // The form, wrong ones included.
  const one = formOf(await on.type('alice', '/wg join CPWG'));
  await on.send('alice', one, { ...typed, process: '' });
  await on.send('alice', one, typed);
  await watch(asks(on, 'bob', 'CPWG', { ...typed, email: canary }));
  await watch(asks(on, 'alice', 'CPWG', typed));
  await watch(on.type('sam', '/wg requests', inStaff));
  await watch(on.type('sam', '/wg record', inStaff));

  // A change, a question, an answer.
  const own = cardOf(await on.type('alice', '/wg requests'));
  await asksAgain(on, cardOf(await on.type('alice', '/wg requests')), typed);
  await watch(cardIn(on).press('sam', 'Claim'));
  await watch(
    on.send('sam', formOf(await cardIn(on).press('sam', 'Ask for more')), { question: 'Who?' }, cardIn(on).where),
  );
  const answering = formOf(await on.press('alice', cardOf(await on.type('alice', '/wg requests')), 'Answer'));
  await watch(on.send('alice', answering, { reply: `${canary}-reply` }));
  expect(answered(await cardIn(on).press('sam', 'Open'))).toContain(`${canary}-reply`);
  await watch(on.press('bob', own, 'Change'));

  // Reminders, the daily line, retention, and a store that is down.
  for (const at of ['2026-03-05T09:00:00Z', '2026-03-09T09:00:00Z', '2026-03-12T09:00:00Z']) await on.at(at);
  on.store.break(true);
  await on.send('alice', one, typed);
  await on.at('2026-03-12T09:01:00Z');
  on.store.break(false);
  await watch(cardIn(on).press('sue', 'Claim'));
  await watch(cardIn(on).press('sue', 'Approve'));

  expect(on.logged().length).toBeGreaterThan(0);
  expect(on.logged()).not.toContain(canary);
  expect(await on.metrics()).toContain('wg.fill');
  expect(await on.metrics()).not.toContain(canary);
  expect(JSON.stringify(on.fake.messages)).not.toContain(canary);
  expect(elsewhere(on)).not.toContain(canary);
  for (const answer of public_.filter(({ kind }) => kind !== 'ask' && kind !== 'again')) {
    expect(answered(answer)).not.toContain(canary);
  }
  expect(on.store.dump()).toContain(canary);
  await on.at('2026-06-30T09:00:00Z');
  expect(on.store.dump()).not.toContain(canary);
});

const asksAgain = async (on: Stage, card: Parameters<Stage['press']>[1], typed: Record<string, string>) => {
  const one = formOf(await on.press('alice', card, 'Change'));
  const two = formOf(await on.send('alice', one, typed));
  await on.send('alice', two, { ...typed, why: `${canary}-changed` });
};

test('an answer that cannot be kept is not in the error that is logged', async () => {
  const on = stage();
  const one = formOf(await on.type('alice', '/wg join PSWG'));
  on.store.break(true);
  const answer = await on.send('alice', one, { ...first, capacity: canary });
  expect(['say', 'again']).toContain(answer.kind);
  expect(on.logged()).not.toContain(canary);
});
