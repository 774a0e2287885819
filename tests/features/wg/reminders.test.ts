import { describe, expect, test } from 'vitest';
import { chores } from '../../../src/features/wg/chores.js';
import { cardOf, textOf } from '../../support/harness.js';
import { asks, cardIn, formOf, type Stage, saidBy, stage } from './stage.js';

const texts = (on: Stage, channel: string): string[] => on.messages(channel).map(({ card }) => textOf(card));

/** What staff were told beside the card. */
const notices = (on: Stage): string[] => texts(on, 'staff').filter((text) => !text.startsWith('Request to join'));

const friday = '2026-03-06T16:00:00Z';

describe('a request that nobody takes', () => {
  test('is told to staff after one working day, once, and not over a weekend', async () => {
    const on = stage({ now: friday });
    await asks(on, 'alice', 'PSWG');
    for (const at of ['2026-03-07T16:00:00Z', '2026-03-08T16:00:00Z']) await on.at(at);
    expect(notices(on)).toEqual([]);
    await on.at('2026-03-09T15:59:30Z');
    expect(notices(on).filter((text) => text.includes('nobody has taken it'))).toEqual([]);
    await on.at('2026-03-09T16:00:00Z');
    await on.beat();
    const told = notices(on).filter((text) => text.includes('nobody has taken it'));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/Request \w{4} to join PSWG has waited 1 working day, and nobody has taken it\.\n\[Open\]/);
    expect(told[0]).not.toContain('alice');
  });

  test('counts by the group’s zone', async () => {
    const on = stage({ now: '2026-03-06T12:00:00Z' });
    const joining = formOf(await on.call('sam', 'wg.part', { id: 'PSWG', p: 'joining' }));
    // There it is Saturday already: the working day begins on Monday at midnight, and is over on Tuesday.
    await on.send('sam', joining, { zone: 'Pacific/Kiritimati' });
    await asks(on, 'alice', 'PSWG');
    await on.at('2026-03-09T09:59:00Z');
    expect(notices(on).join()).not.toContain('nobody has taken it');
    await on.at('2026-03-09T10:00:00Z');
    expect(notices(on).join()).toContain('nobody has taken it');
  });

  test('is told anew when it comes back to the queue', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    await on.at('2026-03-03T09:00:00Z');
    await cardIn(on).press('sam', 'Claim');
    await cardIn(on).press('sam', 'Release');
    await on.at('2026-03-04T09:00:00Z');
    expect(notices(on).filter((text) => text.includes('nobody has taken it'))).toHaveLength(2);
  });

  test('waits for a staff channel, and is told then', async () => {
    const on = stage({ staff: {} });
    await asks(on, 'alice', 'PSWG');
    await on.at('2026-03-04T09:00:00Z');
    await on.call('root', 'rapporteur.set', { staff: 'staff', language: 'en' });
    await on.at('2026-03-04T09:01:00Z');
    await on.at('2026-03-04T09:02:00Z');
    expect(notices(on).filter((text) => text.includes('nobody has taken it'))).toHaveLength(1);
  });
});

describe('a claim', () => {
  test('is remembered to its holder after three working days, and lapses to the queue after five', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    await cardIn(on).press('sam', 'Claim');
    await on.at('2026-03-05T08:59:00Z');
    expect(texts(on, 'dm-sam')).toEqual([]);
    await on.at('2026-03-05T09:00:00Z');
    await on.beat();
    expect(texts(on, 'dm-sam')).toEqual([expect.stringContaining('3 working days ago; it is not decided yet')]);
    // Five working days from Monday: the next Monday.
    await on.at('2026-03-08T20:00:00Z');
    expect(cardIn(on).text).toContain('with @sam');
    await on.at('2026-03-09T09:00:00Z');
    expect(cardIn(on).text).toContain('nobody has taken it');
    expect(texts(on, 'dm-sam')[1]).toContain('has gone back to the queue');
    expect((await cardIn(on).press('sue', 'Claim')).kind).toBe('nothing');
    expect(cardIn(on).text).toContain('with @sue');
  });

  test('goes by the days that staff have set', async () => {
    const on = stage();
    const form = formOf(await on.call('sam', 'wg.rules', { p: 'reminders' }));
    await on.send('sam', form, { undecided: '1', lapse: '2' });
    await asks(on, 'alice', 'PSWG');
    await cardIn(on).press('sam', 'Claim');
    await on.at('2026-03-03T09:00:00Z');
    expect(texts(on, 'dm-sam')).toHaveLength(1);
    await on.at('2026-03-04T09:00:00Z');
    expect(cardIn(on).text).toContain('nobody has taken it');
  });

  test('of somebody with closed direct messages is remembered in the staff channel', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    await cardIn(on).press('sam', 'Claim');
    on.close('sam');
    await on.at('2026-03-05T09:00:00Z');
    expect(notices(on).join()).toContain('it is not decided yet');
  });
});

describe('a question', () => {
  test('is remembered to the member after five and ten working days, then its holder hears of it', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    const form = formOf(await cardIn(on).press('sam', 'Ask for more'));
    await on.send('sam', form, { question: 'Which ministry?' }, cardIn(on).where);
    await on.at('2026-03-09T09:00:00Z');
    await on.beat();
    expect(texts(on, 'dm-alice')[1]).toContain('waits for your answer');
    expect(texts(on, 'dm-sam')).toEqual([]);
    await on.at('2026-03-16T09:00:00Z');
    await on.beat();
    expect(texts(on, 'dm-alice')[2]).toContain('This is the last reminder.');
    expect(texts(on, 'dm-sam')[0]).toContain('has not answered for 10 working days');
    await on.at('2026-03-30T09:00:00Z');
    expect(texts(on, 'dm-alice')).toHaveLength(3);
    // Nothing lapses while somebody else has to move.
    expect(cardIn(on).text).toContain('waiting for the applicant’s answer');
  });

  test('after an outage of two weeks brings one reminder, not two', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    const form = formOf(await cardIn(on).press('sam', 'Ask for more'));
    await on.send('sam', form, { question: 'Which ministry?' }, cardIn(on).where);
    await on.at('2026-03-17T09:00:00Z');
    await on.beat();
    expect(texts(on, 'dm-alice')).toHaveLength(2);
  });
});

test('an approval with something left to do is remembered to its holder', async () => {
  const on = stage();
  await asks(on, 'alice', 'PSWG');
  await cardIn(on).press('sam', 'Approve');
  await on.at('2026-03-05T09:00:00Z');
  expect(texts(on, 'dm-sam')).toEqual([expect.stringContaining('something is left to do')]);
  expect(saidBy(await on.type('sue', '/wg requests'))).toContain('not all is done yet');
});

describe('the daily line', () => {
  const lines = (on: Stage): string[] => notices(on).filter((text) => text.includes('in the queue:'));

  test('comes in the morning of working days while the queue is not empty, once a day', async () => {
    const on = stage({ now: friday });
    await asks(on, 'alice', 'PSWG');
    await asks(on, 'bob', 'PSWG');
    await cardIn(on).press('sam', 'Claim');
    await on.beat();
    expect(lines(on)).toEqual([]);
    for (const at of ['2026-03-07T10:00:00Z', '2026-03-09T08:59:00Z']) await on.at(at);
    expect(lines(on)).toEqual([]);
    for (const at of ['2026-03-09T09:00:00Z', '2026-03-09T09:00:30Z', '2026-03-09T15:00:00Z']) await on.at(at);
    expect(lines(on)).toEqual([
      '2 requests to join in the queue: 1 not taken, 1 taken, 0 waiting for an answer, 0 approved with something left to do. The oldest has waited 2 days.\n[Open the queue]',
    ]);
    await on.at('2026-03-10T09:00:00Z');
    expect(lines(on)).toHaveLength(2);
  });

  test('never comes when the queue is empty', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    const own = cardOf(await on.type('alice', '/wg requests'));
    await on.press('alice', cardOf(await on.press('alice', own, 'Withdraw')), 'Yes, withdraw');
    await on.at('2026-03-03T09:00:00Z');
    await on.at('2026-03-04T09:00:00Z');
    expect(lines(on)).toEqual([]);
  });
});

test('a claim of somebody who is no longer of the staff goes back to the queue, and all staff hear of it', async () => {
  const on = stage();
  await asks(on, 'alice', 'PSWG');
  await cardIn(on).press('sam', 'Claim');
  on.fake.channels.get('staff')?.members.delete('sam');
  await on.at('2026-03-05T09:00:00Z');
  expect(texts(on, 'dm-sam')).toEqual([]);
  expect(notices(on).join()).toContain('has gone back to the queue');
  expect(cardIn(on).text).toContain('nobody has taken it');
});

describe('whoever leaves', () => {
  test('is asked first, and their request is closed when they are gone on a second day', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    on.fake.left.add('alice');
    await on.at('2026-03-03T00:00:00Z');
    expect(texts(on, 'dm-alice')[0]).toContain('no longer seem to be where you asked');
    expect(cardIn(on).text).toContain('no longer seems to be where they asked');
    await on.at('2026-03-03T23:00:00Z');
    expect(cardIn(on).text).toContain('nobody has taken it');
    await on.at('2026-03-04T00:00:00Z');
    expect(cardIn(on).text).toContain('the applicant has left');
    expect(saidBy(await on.type('sam', '/wg requests'))).toContain('The queue is empty');
  });

  test('and is back on the second day has not left', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    on.fake.left.add('alice');
    await on.at('2026-03-03T00:00:00Z');
    on.fake.left.delete('alice');
    await on.at('2026-03-04T00:00:00Z');
    on.fake.left.add('alice');
    await on.at('2026-03-05T00:00:00Z');
    expect(cardIn(on).text).toContain('nobody has taken it');
  });

  test('and says that they are still here is asked anew when they go after all', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    on.fake.left.add('alice');
    await on.at('2026-03-03T00:00:00Z');
    const [message] = on.messages('dm-alice');
    await on.press('alice', message?.card ?? { locale: 'en', blocks: [] }, 'I am still here');
    on.fake.left.delete('alice');
    await on.at('2026-03-04T00:00:00Z');
    await on.at('2026-03-05T00:00:00Z');
    expect(cardIn(on).text).toContain('nobody has taken it');
    on.fake.left.add('alice');
    await on.at('2026-03-06T00:00:00Z');
    expect(texts(on, 'dm-alice').filter((text) => text.includes('no longer seem to be'))).toHaveLength(2);
    await on.at('2026-03-07T00:00:00Z');
    expect(cardIn(on).text).toContain('the applicant has left');
  });

  test('only the channel, or asked in one that the bot does not see, has not left', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    await asks(on, 'bob', 'PSWG', {}, { channel: 'unseen' });
    on.fake.channels.get('general')?.members.delete('alice');
    await on.at('2026-03-03T00:00:00Z');
    await on.at('2026-03-04T00:00:00Z');
    expect([cardIn(on).text, cardIn(on, on.fake, 1).text]).toEqual([
      expect.stringContaining('nobody has taken it'),
      expect.stringContaining('nobody has taken it'),
    ]);
    expect([texts(on, 'dm-alice'), texts(on, 'dm-bob')]).toEqual([[], []]);
  });

  test('while the platform cannot tell has not left', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    on.fake.hasLeft = async () => {
      throw new Error('503');
    };
    await on.at('2026-03-03T00:00:00Z');
    await on.at('2026-03-04T00:00:00Z');
    expect(cardIn(on).text).toContain('nobody has taken it');
    expect(texts(on, 'dm-alice')).toEqual([]);
  });
});

test('two replicas at once bring one reminder, one daily line and one card', async () => {
  const on = stage({ staff: {} });
  await asks(on, 'alice', 'PSWG');
  await on.call('root', 'rapporteur.set', { staff: 'staff', language: 'en' });
  const now = new Date('2026-03-03T09:00:00Z');
  await Promise.all([chores(now, on.bot), chores(now, on.bot), chores(now, on.bot)]);
  await Promise.all([chores(now, on.bot), chores(now, on.bot)]);
  expect(notices(on).filter((text) => text.includes('nobody has taken it'))).toHaveLength(1);
  expect(notices(on).filter((text) => text.includes('in the queue:'))).toHaveLength(1);
  expect(texts(on, 'staff')).toHaveLength(3);
});
