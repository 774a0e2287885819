// A group's own questions change while people answer them: each answer stays with the question that it was given to.
import { expect, test } from 'vitest';
import { answersSchema, requestSchema } from '../../../src/features/wg/model.js';
import { cardOf } from '../../support/harness.js';
import { asks, cardIn, first, formOf, inStaff, type Stage, saidBy, second, stage } from './stage.js';

const [record, charter] = ['Do you have a criminal record?', 'Have you read the charter?'];

const edits = (on: Stage, ...questions: readonly string[]) =>
  on.call('sam', 'wg.save', { id: 'PSWG', p: 'questions', questions: questions.join('\n'), known: 'list' }, inStaff);

test('after they were put in another order', async () => {
  const on = stage();
  await edits(on, record, charter);
  await asks(on, 'alice', 'PSWG', { q1: 'no', q2: 'yes' });
  await edits(on, charter, record);
  const opened = saidBy(await cardIn(on).press('sam', 'Open'));
  expect(opened).toContain(`${record}: no`);
  expect(opened).toContain(`${charter}: yes`);
  const own = cardOf(await on.type('alice', '/wg requests'));
  const two = formOf(await on.send('alice', formOf(await on.press('alice', own, 'Change')), {}));
  expect(
    two.fields.filter(({ hint }) => hint === charter).map((field) => ('value' in field ? field.value : '')),
  ).toEqual(['yes']);
});

test('while the form was open: it comes back with the questions as they are, and what was typed', async () => {
  const on = stage();
  await edits(on, record);
  const two = formOf(await on.send('alice', formOf(await on.type('alice', '/wg join PSWG')), first));
  await edits(on, charter);
  const again = await on.send('alice', two, { ...second, q1: 'no' });
  expect(again).toMatchObject({ kind: 'again', wrong: { q1: expect.stringContaining('have just changed') } });
  await on.send('alice', formOf(again), { q1: 'yes' });
  expect(saidBy(await cardIn(on).press('sam', 'Open'))).toContain(`${charter}: yes`);
});

test('and documents from before are still read', () => {
  const by = { platform: 'fake', space: 'S1', person: 'alice' };
  const at = '2026-03-02T09:00:00.000Z';
  const answers = { by, group: 'PSWG', fields: { q1: 'no' }, at };
  expect(answersSchema.parse(answers)).toMatchObject({ fields: { q1: 'no' }, own: {} });
  const home = { platform: 'fake', space: 'S1' };
  const request = { group: 'PSWG', home, by, place: { ...home, channel: 'general' }, locale: 'en', madeAt: at };
  const old = { ...request, state: 'approved', since: at, history: [{ deed: 'ticked', at, by }], isStaying: true };
  expect(requestSchema.parse(old)).toMatchObject({ group: 'PSWG', history: [{ deed: 'ticked' }] });
});
