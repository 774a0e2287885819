// A flood of requests: ten cards an hour, one word to staff of those that wait, and nothing that is lost.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Card } from '../../../src/core/card.js';
import { locales } from '../../../src/core/locale.js';
import { type Collection, type Kind, type Store, Unrecorded } from '../../../src/core/store.js';
import { crowdCard } from '../../../src/features/wg/queue-card.js';
import { eased, holds, mostAnHour, type Room, taken } from '../../../src/features/wg/room.js';
import { openEmbedded } from '../../../src/store/embedded.js';
import { buttonsOf, cardOf, textOf } from '../../support/harness.js';
import { memoryStore } from '../../support/memory-store.js';
import { asks, cardIn, formOf, inStaff, type Stage, saidBy, stage } from './stage.js';

const isCard = ({ title }: Card): boolean => title?.startsWith('Request to join') ?? false;

const posted = (on: Stage, channel = 'staff'): Card[] => on.messages(channel).map(({ card }) => card);

/** The cards of requests in the staff channel, as they now read. */
const cards = (on: Stage): string[] => posted(on).filter(isCard).map(textOf);

/** What staff were told of requests that wait. */
const told = (on: Stage): string[] =>
  posted(on)
    .map(textOf)
    .filter((text) => text.includes('More requests wait'));

/** Members who ask one after the other, by the number of each. */
async function flood(on: Stage, from: number, to: number): Promise<void> {
  for (let nth = from; nth <= to; nth += 1) await asks(on, `m${nth}`, 'PSWG');
}

const flooded = async (count: number): Promise<Stage> => {
  const on = stage();
  await flood(on, 1, count);
  return on;
};

/** Opens a request from the queue, as staff find it there by its applicant. */
async function openFromQueue(on: Stage, applicant: string): Promise<Card> {
  let queue = cardOf(await on.type('sam', '/wg requests', inStaff));
  const lineOf = (card: Card): string | undefined =>
    textOf(card)
      .split('\n')
      .find((line) => line.includes(`@${applicant} `));
  while (!lineOf(queue)) queue = cardOf(await on.press('sam', queue, 'Next', inStaff));
  const [, id = ''] = /^\d+\. (\w{4}) /.exec(lineOf(queue) ?? '') ?? [];
  return cardOf(await on.press('sam', queue, `Open ${id}`, inStaff));
}

describe('the eleventh request within an hour', () => {
  test('is acknowledged as any other, makes no card, and is in the queue with all that a card has', async () => {
    const on = await flooded(10);
    await on.at('2026-03-02T09:00:01Z');
    const said = saidBy(await asks(on, 'alice', 'PSWG'));
    expect(said).toContain('Your request to join PSWG has been received.\nSupport staff have it now.');
    expect(said).toContain('still waiting; number 11 in the queue');
    expect(cards(on)).toHaveLength(10);
    const open = await openFromQueue(on, 'alice');
    expect(textOf(open)).toContain('Country or territory: Kenya');
    const onCard = buttonsOf(cardIn(on).message.card).map(({ label }) => label);
    expect(['Open', ...buttonsOf(open).map(({ label }) => label)]).toEqual(onCard);
  });

  test('is approved and done from the queue, and its member is told', async () => {
    const on = await flooded(11);
    let card = await openFromQueue(on, 'm11');
    for (const label of ['Claim', 'Approve', 'Done: Send the group’s form', 'Done: Add to the mailing list']) {
      card = cardOf(await on.press('sam', card, label, inStaff));
    }
    expect(on.messages('dm-m11').map((one) => one.card.title)).toEqual(['Welcome to PSWG']);
    await on.at('2026-03-02T10:00:00Z');
    expect(cards(on)).toHaveLength(10);
  });

  test('is told to staff in one quiet message with a way to the queue, however many follow', async () => {
    const on = await flooded(14);
    await on.beat();
    expect(told(on)).toEqual([
      'More requests wait in the queue: at most 10 cards an hour are posted here. The rest follow as soon as there is room, the oldest first; /wg requests shows all of them now.\n[Open the queue]',
    ]);
    const [notice] = posted(on).filter((card) => !isCard(card));
    expect(notice?.blocks[0]).toMatchObject({ kind: 'text', quiet: true });
    const queue = await on.press('sam', notice ?? crowdCard('en'), 'Open the queue', inStaff);
    expect(saidBy(queue)).toContain('14 requests in the queue');
    expect(posted(on)).toHaveLength(11);
  });

  test('of another space takes nothing from this one', async () => {
    const on = stage({ staff: { fake: 'staff', other: 'staff' } });
    await flood(on, 1, 11);
    await asks(on, 'olga', 'PSWG', {}, { platform: 'other' });
    expect(on.messages('staff', on.other).filter(({ card }) => isCard(card))).toHaveLength(1);
  });
});

test.each(locales)('what staff are told is told in %s', (locale) => {
  const said = textOf(crowdCard(locale));
  expect(said).toContain(`${mostAnHour}`);
  expect(said).toContain('/wg requests');
});

describe('after the hour', () => {
  test('those that wait get their cards, the oldest first and ten at most, and new ones after them', async () => {
    const on = await flooded(15);
    await on.at('2026-03-02T09:59:59Z');
    await flood(on, 16, 22);
    expect(cards(on)).toHaveLength(10);
    await on.at('2026-03-02T10:00:00Z');
    expect(cards(on)).toHaveLength(20);
    for (const nth of [11, 12, 13, 14, 15]) expect(cards(on).join()).toContain(`Applicant: @m${nth}\n`);
    await asks(on, 'alice', 'PSWG');
    expect(cards(on)).toHaveLength(20);
    await on.at('2026-03-02T11:00:00Z');
    expect(cards(on)).toHaveLength(23);
    expect(cards(on).at(-1)).toContain('Applicant: @alice');
    expect(told(on)).toHaveLength(1);
    await asks(on, 'bob', 'PSWG');
    expect(cards(on)).toHaveLength(24);
  });

  test('staff are told anew of a flood that comes once nobody waits any more', async () => {
    const on = await flooded(11);
    await on.at('2026-03-02T10:00:00Z');
    expect(cards(on)).toHaveLength(11);
    await flood(on, 12, 20);
    expect([cards(on).length, told(on).length]).toEqual([20, 1]);
    await flood(on, 21, 22);
    expect([cards(on).length, told(on).length]).toEqual([20, 2]);
  });

  test('staff are not told again when the one that waited is withdrawn and another comes', async () => {
    const on = await flooded(10);
    for (const member of ['alice', 'bob']) {
      await asks(on, member, 'PSWG');
      const own = cardOf(await on.type(member, '/wg requests'));
      await on.press(member, cardOf(await on.press(member, own, 'Withdraw')), 'Yes, withdraw');
      await on.beat();
    }
    expect([cards(on).length, told(on).length]).toEqual([10, 1]);
    await on.at('2026-03-02T10:00:00Z');
    await asks(on, 'm11', 'PSWG');
    expect([cards(on).length, told(on).length]).toEqual([11, 1]);
  });
});

describe('a request that waits for its card', () => {
  test('is asked about, answered and changed as any other, and its card shows all of it', async () => {
    const on = await flooded(10);
    await asks(on, 'alice', 'PSWG', { why: 'old reason' });
    const open = await openFromQueue(on, 'alice');
    await on.send('sam', formOf(await on.press('sam', open, 'Ask for more', inStaff)), { question: 'Who?' }, inStaff);
    const [question] = posted(on, 'dm-alice');
    const answering = formOf(await on.press('alice', question ?? open, 'Answer'));
    await on.send('alice', answering, { reply: 'A ministry' });
    const own = cardOf(await on.type('alice', '/wg requests'));
    const one = formOf(await on.press('alice', own, 'Change'));
    await on.send('alice', formOf(await on.send('alice', one, {})), { why: 'new reason' });
    expect(cards(on)).toHaveLength(10);
    const opened = textOf(await openFromQueue(on, 'alice'));
    for (const text of ['A ministry', 'new reason', 'with @sam']) expect(opened).toContain(text);
    await on.at('2026-03-02T10:00:00Z');
    expect(cards(on).at(-1)).toMatch(/@alice[\s\S]*with @sam[\s\S]*changed their answers[\s\S]*answered a question/);
  });

  test('is told to staff after a working day as any other', async () => {
    const on = await flooded(20);
    await on.at('2026-03-02T09:00:01Z');
    await asks(on, 'alice', 'USRWG');
    await on.at('2026-03-03T09:00:01Z');
    expect(cards(on)).toHaveLength(20);
    expect(cards(on).join()).not.toContain('@alice');
    const notices = posted(on).filter((card) => textOf(card).includes('to join USRWG has waited 1 working day'));
    expect(notices).toHaveLength(1);
    const open = await on.press('sam', notices[0] ?? crowdCard('en'), 'Open', inStaff);
    expect(saidBy(open)).toContain('Country or territory: Kenya');
  });

  test('is gone with an erasure, and its card never comes', async () => {
    const on = await flooded(10);
    await asks(on, 'alice', 'PSWG');
    const privacy = cardOf(await on.type('alice', '/rapporteur privacy'));
    await on.press('alice', cardOf(await on.press('alice', privacy, 'Erase everything')), 'Yes, erase');
    await on.at('2026-03-02T10:00:00Z');
    expect(cards(on)).toHaveLength(10);
    expect(on.store.dump().replaceAll('dm-alice', '')).not.toContain('alice');
  });
});

test('cards that could not be posted for hours do not come in one heap with later ones', async () => {
  const on = stage();
  const { post } = on.fake;
  on.fake.post = async (to, card, key) => {
    if ('channel' in to) throw new Error('socket hang up');
    return post(to, card, key);
  };
  await flood(on, 1, 12);
  for (const hour of ['10', '11', '12']) await on.at(`2026-03-02T${hour}:00:00Z`);
  on.fake.post = post;
  for (const minute of ['30', '31', '32']) await on.at(`2026-03-02T12:${minute}:00Z`);
  expect(cards(on)).toHaveLength(10);
  await on.at('2026-03-02T13:32:00Z');
  expect(cards(on)).toHaveLength(12);
  expect(told(on)).toHaveLength(1);
});

test('a staff channel that is another one now gets ten cards within an hour as well', async () => {
  const on = stage({ staff: {} });
  await on.call('root', 'rapporteur.set', { staff: 'staff', language: 'en' });
  await flood(on, 1, 10);
  await on.at('2026-03-02T10:00:00Z');
  await flood(on, 11, 15);
  on.fake.channels.set('desk', { state: 'private', members: new Set(['sam']) });
  await on.at('2026-03-02T12:00:00Z');
  await on.call('root', 'rapporteur.set', { staff: 'desk', language: 'en' });
  await on.beat();
  expect(posted(on, 'desk').filter(isCard)).toHaveLength(10);
  expect(cards(on).at(-1)).toContain('Applicant: @m15');
  await on.at('2026-03-02T13:00:00Z');
  expect(posted(on, 'desk').filter(isCard)).toHaveLength(15);
  expect(cards(on).at(-1)).toContain('has moved to another channel');
});

describe('two replicas', () => {
  test('together post ten cards an hour at most, and tell staff once', async () => {
    const shelves = new Map();
    const one = stage({ store: memoryStore(shelves) });
    const two = stage({ store: memoryStore(shelves), beside: one });
    const asking = (on: Stage, nth: number) => asks(on, `m${nth}`, 'PSWG');
    const answers = await Promise.all(Array.from({ length: 24 }, (_, nth) => asking(nth % 2 ? one : two, nth)));
    for (const answer of answers) expect(saidBy(answer)).toContain('has been received');
    await Promise.all([one.beat(), two.beat()]);
    expect([cards(one).length, told(one).length]).toEqual([10, 1]);
    expect(saidBy(await two.type('sam', '/wg requests', inStaff))).toContain('24 requests in the queue');
    await Promise.all([one.at('2026-03-02T10:00:00Z'), two.at('2026-03-02T10:00:00Z')]);
    expect([cards(one).length, told(one).length]).toEqual([20, 1]);
    await Promise.all([one.at('2026-03-02T11:00:00Z'), two.at('2026-03-02T11:00:00Z')]);
    expect(cards(one)).toHaveLength(24);
    expect(new Set(cards(one)).size).toBe(24);
  });
});

test('of members who ask at the same moment ten get a card, and the hour begins when it was sent', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wg-'));
  const store = await openEmbedded(folder);
  const on = stage({ store });
  await Promise.all(Array.from({ length: 24 }, (_, nth) => asks(on, `m${nth}`, 'PSWG')));
  expect([cards(on).length, told(on).length]).toEqual([10, 1]);
  // Most of the ten are only now found to have been posted.
  await on.at('2026-03-02T10:00:00Z');
  expect([cards(on).length, told(on).length]).toEqual([20, 1]);
  await store.close();
  rmSync(folder, { recursive: true });
});

/** A store that takes no more changes from the moment on at which a document of this kind is to be written. */
function dying(inner: Store, kind: string): { readonly store: Store; dies(): void } {
  let [isArmed, isDead] = [false, false];
  const guarded = <T>(name: string, all: Collection<T>): Collection<T> => {
    const alive = <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) => {
      return async (...args: A): Promise<R> => {
        isDead ||= isArmed && name === kind;
        if (isDead) throw new Unrecorded('the process is gone');
        return work(...args);
      };
    };
    return { ...all, insert: alive(all.insert), replace: alive(all.replace), remove: alive(all.remove) };
  };
  return {
    store: { ...inner, collection: <T>(of: Kind<T>) => guarded(of.name, inner.collection(of)) },
    dies: () => {
      isArmed = true;
    },
  };
}

describe('a crash', () => {
  test.each([
    ['before there is room for it', 'wg-desks'],
    ['before its card is kept', 'deliveries'],
  ])('after a request was recorded and %s loses nothing', async (_, kind) => {
    const shelves = new Map();
    const { store, dies } = dying(memoryStore(shelves), kind);
    const before = stage({ store });
    await flood(before, 1, 9);
    dies();
    await flood(before, 10, 10);
    expect(cards(before)).toHaveLength(9);
    const after = stage({ store: memoryStore(shelves), beside: before, now: '2026-03-02T09:02:00Z' });
    await after.beat();
    await after.beat();
    expect(cards(after)).toHaveLength(10);
    expect(cards(after).at(-1)).toContain('Applicant: @m10');
    await flood(after, 11, 11);
    expect([cards(after).length, told(after).length]).toEqual([10, 1]);
    await after.at('2026-03-02T10:02:00Z');
    expect(cards(after).at(-1)).toContain('Applicant: @m11');
  });

  test('before staff are told leaves them to be told after it', async () => {
    const shelves = new Map();
    const { store, dies } = dying(memoryStore(shelves), 'deliveries');
    const before = stage({ store });
    await flood(before, 1, 10);
    dies();
    await flood(before, 11, 11);
    expect(told(before)).toEqual([]);
    const after = stage({ store: memoryStore(shelves), beside: before, now: '2026-03-02T09:02:00Z' });
    await after.beat();
    await after.beat();
    expect([cards(after).length, told(after).length]).toEqual([10, 1]);
    expect(textOf(await openFromQueue(after, 'm11'))).toContain('Country or territory: Kenya');
  });
});

describe('room', () => {
  const now = new Date('2026-03-02T09:00:00Z');
  const minutesOn = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
  const full = (at: Date): Room => {
    const ids = Array.from({ length: mostAnHour }, (_, nth) => `${nth}`);
    return ids.reduce((room, id) => taken(room, id, 'fresh', at), { cards: {} } as Room);
  };

  test('that was asked for twice is taken once', () => {
    const again = taken(full(now), '0', 'fresh', minutesOn(1));
    expect(Object.keys(again.cards)).toHaveLength(mostAnHour);
    expect(again.fullSince).toBeUndefined();
  });

  test('is kept by a card under way for as long as it is', () => {
    const held = taken(full(now), '0', 'underWay', minutesOn(50));
    expect(Object.keys(taken(held, 'next', 'inTurn', minutesOn(61)).cards)).toEqual(['0', 'next']);
  });

  test('is counted alike by replicas whose clocks differ', () => {
    expect(holds(taken(full(now), 'next', 'fresh', minutesOn(-1)), 'next', minutesOn(-1))).toBe(false);
  });

  test('does not wait for a clock that was set back by a day', () => {
    expect(holds(taken(full(minutesOn(1440)), 'next', 'fresh', now), 'next', now)).toBe(true);
  });

  test('is for those that wait before whoever comes', () => {
    const crowd = taken(full(now), 'old', 'fresh', now);
    expect(holds(taken(crowd, 'new', 'fresh', minutesOn(60)), 'new', minutesOn(60))).toBe(false);
    expect(holds(taken(crowd, 'old', 'inTurn', minutesOn(60)), 'old', minutesOn(60))).toBe(true);
  });

  test('is not said to be there while it is not, nor when others began to wait meanwhile', () => {
    const crowd = taken(full(now), 'next', 'fresh', now);
    expect(eased(crowd, crowd.fullSince, minutesOn(1))).toBe(crowd);
    expect(eased(crowd, minutesOn(-60).toISOString(), minutesOn(60))).toBe(crowd);
    expect(eased(crowd, crowd.fullSince, minutesOn(60)).fullSince).toBeUndefined();
  });
});
