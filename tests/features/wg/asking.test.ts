import { describe, expect, test } from 'vitest';
import { cardOf, textOf } from '../../support/harness.js';
import { asks, cardIn, formOf, noteOf, saidBy, stage } from './stage.js';

const withRequest = async () => {
  const on = stage();
  await asks(on, 'alice', 'PSWG');
  return on;
};

describe('Ask for more', () => {
  const asked = async () => {
    const on = await withRequest();
    const form = formOf(await cardIn(on).press('sam', 'Ask for more'));
    const answer = await on.send('sam', form, { question: 'Which ministry?' }, cardIn(on).where);
    return { on, answer };
  };

  test('reaches the member with an Answer button, and the answer comes back to the card', async () => {
    const { on, answer } = await asked();
    expect(noteOf(answer)).toContain('on its way');
    expect(cardIn(on).text).toContain('waiting for the applicant’s answer; asked by @sam');
    const [message] = on.messages('dm-alice');
    const card = message?.card ?? { locale: 'en' as const, blocks: [] };
    expect(textOf(card)).toContain('Which ministry?');
    const form = formOf(await on.press('alice', card, 'Answer'));
    expect((form.intro ?? []).join('')).toContain('Which ministry?');
    const where = { channel: 'dm-alice', on: message?.posted.message ?? '' };
    expect(saidBy(await on.send('alice', form, { reply: 'The interior.' }, where))).toContain('Staff have your answer');
    expect(cardIn(on).text).toContain('with @sam since');
    expect(cardIn(on).text).toContain('answered a question');
    expect(textOf(on.messages('dm-sam')[0]?.card ?? card)).toContain('has answered your question');
    expect(saidBy(await cardIn(on).press('sam', 'Open'))).toContain('Question: Which ministry?\nAnswer: The interior.');
    expect(saidBy(await on.press('alice', card, 'Answer'))).toContain('No question is waiting');
  });

  test('asks once when the same form is sent twice, one after the other or at once', async () => {
    const on = await withRequest();
    const form = formOf(await cardIn(on).press('sam', 'Ask for more'));
    const send = () => on.send('sam', form, { question: 'Which ministry?' }, cardIn(on).where);
    await Promise.all([send(), send()]);
    expect(noteOf(await send())).toContain('on its way');
    expect(on.messages('dm-alice')).toHaveLength(1);
    expect(saidBy(await cardIn(on).press('sam', 'Open')).match(/Question: /g)).toHaveLength(1);
  });

  test('and a second question meanwhile: the answer goes to the one that it was written for', async () => {
    const { on } = await asked();
    const [message] = on.messages('dm-alice');
    const card = message?.card ?? { locale: 'en' as const, blocks: [] };
    const form = formOf(await on.press('alice', card, 'Answer'));
    await on.send(
      'sam',
      formOf(await cardIn(on).press('sam', 'Ask for more')),
      { question: 'May we publish your name?' },
      cardIn(on).where,
    );
    const next = await on.send('alice', form, { reply: 'Yes, the interior.' });
    expect(saidBy(next)).toContain('May we publish your name?');
    expect(saidBy(await on.send('alice', form, { reply: 'Again' }))).toContain('No question is waiting');
    expect(saidBy(await cardIn(on).press('sam', 'Open'))).toContain(
      'Question: Which ministry?\nAnswer: Yes, the interior.\nQuestion: May we publish your name?\nAnswer: none yet',
    );
    expect(cardIn(on).text).toContain('waiting for the applicant’s answer');
    await on.send('alice', formOf(await on.press('alice', cardOf(next), 'Answer')), { reply: 'No.' });
    expect(saidBy(await cardIn(on).press('sam', 'Open'))).toContain('your name?\nAnswer: No.');
  });

  test('by somebody who is no longer of the staff: the answer frees the request, and all staff hear of it', async () => {
    const { on } = await asked();
    on.fake.channels.get('staff')?.members.delete('sam');
    await on.at('2026-03-02T09:02:00Z');
    const own = cardOf(await on.type('alice', '/wg requests'));
    await on.send('alice', formOf(await on.press('alice', own, 'Answer')), { reply: 'The interior.' });
    expect(on.messages('dm-sam')).toEqual([]);
    expect(
      on
        .messages('staff')
        .map(({ card }) => textOf(card))
        .join(),
    ).toContain('has answered your question');
    expect(cardIn(on).text).toContain('nobody has taken it');
  });

  test('and its answer come back with what was typed while the store is down', async () => {
    const on = await withRequest();
    const form = formOf(await cardIn(on).press('sam', 'Ask for more'));
    on.store.break(true);
    const question = await on.send('sam', form, { question: 'Which ministry?' }, cardIn(on).where);
    expect(formOf(question).fields[0]?.value).toBe('Which ministry?');
    on.store.break(false);
    await on.send('sam', formOf(question), {}, cardIn(on).where);
    const reply = formOf(await on.press('alice', cardOf(await on.type('alice', '/wg requests')), 'Answer'));
    on.store.break(true);
    expect(formOf(await on.send('alice', reply, { reply: 'The interior.' })).fields[0]?.value).toBe('The interior.');
  });

  test('with direct messages closed waits in /wg requests, and the member is told at the next command of any kind', async () => {
    const on = await withRequest();
    on.close('alice');
    const form = formOf(await cardIn(on).press('sam', 'Ask for more'));
    const answer = await on.send('sam', form, { question: 'Which ministry?' }, cardIn(on).where);
    expect(noteOf(answer)).toContain('Their direct messages are closed');
    expect(cardIn(on).text).toContain('could not be reached by direct message');
    for (const command of ['/acronym GAC', '/comments', '/rapporteur help', '/wg', '/wg show PSWG']) {
      expect(saidBy(await on.type('alice', command))).toContain('There is news on one of your requests');
    }
    expect(saidBy(await on.type('bob', '/acronym GAC'))).not.toContain('There is news');
    const own = cardOf(await on.type('alice', '/wg requests'));
    expect(textOf(own)).toContain('Which ministry?');
    expect(saidBy(await on.type('alice', '/wg'))).not.toContain('There is news');
    const reply = formOf(await on.press('alice', own, 'Answer'));
    await on.send('alice', reply, { reply: 'The interior.' });
    expect(cardIn(on).text).toContain('answered a question');
  });

  test.each([
    ['a thread of Slack', (message: string) => ({ channel: 'staff', thread: message })],
    ['a thread of Discord', (message: string) => ({ channel: message })],
  ])('offers a message in %s under the card as the question', async (_, place) => {
    const on = await withRequest();
    const where = place(cardIn(on).message.posted.message);
    const form = formOf(await on.call('sam', 'wg.quote', { text: 'Which ministry is it?' }, where));
    expect(form.fields[0]?.value).toBe('Which ministry is it?');
    await on.send('sam', form, {}, where);
    expect(cardIn(on).text).toContain('waiting for the applicant’s answer');
    expect(saidBy(await on.call('sam', 'wg.quote', { text: 'x' }, { channel: 'general' }))).toContain(
      'not in the thread',
    );
    expect(saidBy(await on.call('bob', 'wg.quote', { text: 'x' }, where))).toContain('This is for staff');
  });
});
