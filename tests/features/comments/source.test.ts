// COMMENTS_SOURCE as an operator lives with it: read, changed, flapping, broken, emptied, and well again.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Card } from '../../../src/core/card.js';
import type { Operator } from '../../../src/core/feature.js';
import { buttonsOf, cardOf, textOf } from '../../support/harness.js';
import { type Served, type Stage, served, stage } from './stage.js';

const begin = Date.parse('2026-03-02T12:00:00Z');
const minute = 60_000;
const hour = 60 * minute;

interface Row {
  id: string;
  title: string;
  opening: string;
  closing: string;
  state?: string;
}

const rows = (count: number): Row[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `p-${n}`,
    title: `Report ${n}`,
    opening: '2026-03-01',
    closing: `2026-05-${String(n + 1).padStart(2, '0')}`,
  }));

async function watching(
  list: Row[] | string = rows(12),
  operator: Operator = { commentsSource: 'https://lists.example.org/all?key=s3cret' },
) {
  const written = (next: Row[] | string): string => (typeof next === 'string' ? next : JSON.stringify(next));
  const web: Served = { text: written(list), status: 200, asked: 0 };
  const on = stage({ now: new Date(begin).toISOString(), platforms: ['slack', 'discord'], get: served(web), operator });
  await on.call('sam', 'comments.list');
  await on.beat(begin);
  const say = (next: Row[] | string): void => {
    web.text = written(next);
  };
  return { on, web, list: typeof list === 'string' ? [] : list, say };
}

/** Lets the bot look every half minute, as it does. */
async function pass(on: Stage, milliseconds: number): Promise<void> {
  const until = on.now.getTime() + milliseconds;
  for (let at = on.now.getTime() + 30_000; at <= until; at += 30_000) await on.beat(at);
}

const toStaff = (on: Stage): string[] =>
  on.seen.flatMap(({ to, card }) => ('channel' in to && to.channel === 'staff' ? [textOf(card)] : []));

const shows = async (on: Stage, id: string): Promise<string> =>
  textOf(cardOf(await on.call('sam', 'comments.show', { id })));

describe('the source', () => {
  test('is read at the first look already, and then hourly', async () => {
    const { on, web } = await watching();
    expect(web.asked).toBe(1);
    expect(await shows(on, 'p-3')).toContain('Report 3');
    await pass(on, 59 * minute);
    expect(web.asked).toBe(1);
    await pass(on, 2 * minute);
    expect(web.asked).toBe(2);
  });

  test('is read at every start, and asked whether it has changed', async () => {
    const { on, web } = await watching();
    on.restart();
    await on.beat(begin + 30_000);
    expect(web.asked).toBe(2);
    expect(await shows(on, 'p-3')).toContain('Report 3');
  });

  test('is read by one of two replicas at a time', async () => {
    const { on, web } = await watching();
    const first = on.bot;
    on.restart();
    await on.beat(begin + 30_000);
    const asked = web.asked;
    on.now = new Date(begin + 2 * hour);
    await Promise.all([first.ticker.beat(), on.bot.ticker.beat()]);
    expect(web.asked).toBe(asked + 1);
  });

  test('is visible in every space, and what a space’s staff add is not', async () => {
    const { on } = await watching();
    const address = 'https://www.icann.org/en/public-comment/proceeding/ours-alone-01-03-2026';
    await on.call('sam', 'comments.added', { address, title: 'Ours alone', closing: '2026-04-12' });
    const elsewhere = { platform: 'discord' };
    const list = textOf(cardOf(await on.call('sam', 'comments.list', {}, elsewhere)));
    expect(list).toContain('Report 3');
    expect(list).not.toContain('Ours alone');
    const answer = await on.call('sam', 'comments.show', { id: 'ours-alone-01-03-2026' }, elsewhere);
    expect(answer).toMatchObject({
      kind: 'again',
      wrong: { '': expect.stringContaining('There is nothing under that ID') },
    });
    expect(JSON.stringify(answer)).not.toContain('Ours alone');
  });
});

describe('a changed date', () => {
  test('is believed after five minutes, told once where it had been heard of, old and new', async () => {
    const { on, list, say } = await watching();
    await on.call('sam', 'comments.followed', {
      days: 'opens,14,closes',
      hour: '13',
      zone: 'UTC',
      category: '',
      words: '',
    });
    await pass(on, 2 * hour);
    await on.call('sam', 'comments.added', {
      address: 'https://www.icann.org/en/public-comment/proceeding/late-01-03-2026',
      title: 'Late',
      closing: '2026-04-12',
    });
    on.now = new Date('2026-04-17T12:59:00Z');
    await pass(on, 2 * minute);
    const before = on.seen.length;
    say(list.map((row) => (row.id === 'p-0' ? { ...row, closing: '2026-05-20' } : row)));
    await pass(on, 65 * minute);
    const posts = on.seen.slice(before).map(({ card }) => textOf(card));
    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatch(/Public comment extended[\s\S]*before: 2026-05-01T23:59[\s\S]*now: 2026-05-20T23:59/);
    await pass(on, 2 * hour);
    expect(on.seen).toHaveLength(before + 1);
  });

  test('that is taken back within five minutes was never there', async () => {
    const { on, list, say, web } = await watching();
    say(list.map((row) => ({ ...row, closing: '2026-06-30' })));
    await pass(on, hour);
    expect(web.asked).toBe(2);
    say(list);
    await pass(on, 6 * minute);
    expect(web.asked).toBe(3);
    expect(await shows(on, 'p-0')).toContain('2026-05-01T23:59:00.000Z');
    await pass(on, 3 * hour);
    expect(await shows(on, 'p-0')).toContain('2026-05-01T23:59:00.000Z');
  });

  test('where staff had entered their own is shown to them, with both ways out', async () => {
    const { on, list, say } = await watching();
    await on.call('sam', 'comments.extended', { id: 'p-0', closing: '2026-05-10' });
    say(list.map((row) => (row.id === 'p-0' ? { ...row, closing: '2026-05-20' } : row)));
    await pass(on, 3 * hour);
    expect(await shows(on, 'p-0')).toContain('Closes: 2026-05-10T23:59');
    const cards = on.seen.filter(({ card }) => card.title === 'The source says something else');
    expect(cards).toHaveLength(1);
    const card = cards[0]?.card as Card;
    expect(textOf(card)).toContain('ours: May 10, 2026 at 23:59 UTC · the source’s: May 20, 2026 at 23:59 UTC');
    const [take, keep] = ['Take the source’s', 'Keep ours'].map(
      (label) => buttonsOf(card).find((one) => one.label === label)?.target,
    );
    await on.call('sam', keep?.to ?? '', keep?.args);
    await pass(on, 3 * hour);
    expect(on.seen.filter(({ card: seen }) => seen.title === 'The source says something else')).toHaveLength(1);
    say(list.map((row) => (row.id === 'p-0' ? { ...row, closing: '2026-05-25' } : row)));
    await pass(on, 2 * hour);
    expect(on.seen.filter(({ card: seen }) => seen.title === 'The source says something else')).toHaveLength(2);
    expect(textOf(cardOf(await on.call('sam', take?.to ?? '', take?.args)))).toContain('no difference any more');
    expect(await shows(on, 'p-0')).toContain('Closes: 2026-05-25T23:59');
  });

  test('and its two ways out are for staff', async () => {
    const { on } = await watching();
    const { id } = (await on.bot.bot.store.collection({ name: 'proceedings', parse: (raw) => raw }).find())[0] ?? {
      id: '',
    };
    const refused = await on.call('alice', 'comments.take', { id });
    expect(textOf(cardOf(refused))).toContain('This is for staff');
  });
});

describe('a fault', () => {
  const faults: [string, (web: Served) => void, string][] = [
    ['is emptied', (web) => void (web.text = '[]'), 'suddenly empty'],
    ['has lost nine of ten entries', (web) => void (web.text = JSON.stringify(rows(1))), 'lost most of its entries'],
    ['is no list any more', (web) => void (web.text = '{"error":'), 'cannot be read'],
    ['is a page instead of a list', (web) => void (web.text = `<html>${'x'.repeat(100)}</html>`), 'cannot be read'],
    [
      'has no row that can be used',
      (web) => void (web.text = web.text.replaceAll('2026-05', 'soon')),
      'cannot be read',
    ],
  ];

  test.each(faults)('of a source that %s is told once, costs nothing, and so is its end', async (_, breaks, said) => {
    const { on, web } = await watching();
    const good = web.text;
    breaks(web);
    await pass(on, 5 * hour);
    expect(toStaff(on)).toHaveLength(1);
    expect(toStaff(on)[0]).toContain(said);
    expect(toStaff(on)[0]).not.toContain('s3cret');
    expect(await shows(on, 'p-7')).toContain('· open');
    web.text = good;
    await pass(on, 3 * hour);
    expect(toStaff(on)).toHaveLength(2);
    expect(toStaff(on)[1]).toContain('well again');
  });

  test.each([
    ['a page to log in', '<!DOCTYPE html>\n<html><body>Please log in, friend</body></html>\n'],
    ['an empty file', ''],
    ['a blank file', ' \n\n'],
    ['rows none of which can be used', 'title,closing\nA,TBD\nB,soon\n'],
    ['items none of which can be used', '[{"name":"A"},7]'],
  ])('of a source that is %s from the beginning is told as any other, once', async (_, body) => {
    const { on, say } = await watching(body);
    await pass(on, 5 * hour);
    expect(toStaff(on)).toEqual([expect.stringMatching(/cannot be read[\s\S]*never been read/)]);
    say('id,title,closing\na,One,2026-05-01\n');
    await pass(on, 3 * hour);
    expect(toStaff(on).slice(1)).toEqual([expect.stringContaining('well again')]);
  });

  test.each(['[]', '{"proceedings":[]}', 'id,title,closing\n', 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n'])(
    'is not what a list that is empty from the beginning is: %j',
    async (body) => {
      const { on } = await watching(body);
      await pass(on, 3 * hour);
      expect(toStaff(on)).toEqual([]);
    },
  );

  test('of a source that cannot be reached is told after three hours, not before', async () => {
    const { on, web } = await watching();
    web.status = 503;
    await pass(on, 3.5 * hour);
    expect(toStaff(on)).toEqual([]);
    await pass(on, 2 * hour);
    expect(toStaff(on)).toHaveLength(1);
    expect(toStaff(on)[0]).toContain('cannot be reached');
    web.status = 200;
    on.restart();
    await pass(on, hour);
    expect(toStaff(on)).toHaveLength(2);
  });

  test('that is over within five minutes is nobody’s business', async () => {
    const { on, web } = await watching();
    const good = web.text;
    web.text = '[]';
    await pass(on, hour);
    web.text = good;
    await pass(on, 3 * hour);
    expect(toStaff(on)).toEqual([]);
  });

  test('is told to the staff of a space that comes later as well, once there are any', async () => {
    const web: Served = { text: '{', status: 200, asked: 0 };
    const on = stage({
      now: new Date(begin).toISOString(),
      get: served(web),
      operator: { commentsSource: 'https://lists.example.org/all' },
    });
    await pass(on, hour);
    expect(on.seen).toEqual([]);
    await on.call('sam', 'comments.list');
    await pass(on, minute);
    expect(toStaff(on)).toHaveLength(1);
  });
});

describe('a proceeding that the list calls something else', () => {
  const page = 'https://www.icann.org/en/public-comment/proceeding/renewal-20-02-2026';
  const row = (id: string, more: object = {}): string =>
    JSON.stringify([{ id, title: 'Renewal', address: page, opening: '2026-02-20', closing: '2026-05-01', ...more }]);
  const following = { days: '14,7,closes', hour: '9', zone: 'UTC', category: '', words: '' };
  const posts = (on: Stage): number => on.seen.filter(({ to }) => 'channel' in to && to.channel === 'general').length;

  test('is known by its page and stays the same one', async () => {
    const { on, say } = await watching(row('a1'));
    await on.call('sam', 'comments.followed', following);
    say(row('b1', { closing: '2026-05-02' }));
    await pass(on, 2 * hour);
    expect(toStaff(on)).toEqual([]);
    expect(textOf(cardOf(await on.call('sam', 'comments.list'))).match(/Renewal/g)).toHaveLength(2);
    expect(await shows(on, page)).toContain('Closes: 2026-05-02T23:59');
    await on.sleepUntil('2026-05-03T12:00:00Z');
    expect(posts(on)).toBe(3);
  });

  test('and that staff had added by its address, is theirs in their space', async () => {
    const { on, say } = await watching('[]');
    await on.call('sam', 'comments.added', { address: page, title: 'Renewal', closing: '2026-05-01' });
    await on.call('sam', 'comments.followed', following);
    say(row('1234'));
    await pass(on, 2 * hour);
    expect(textOf(cardOf(await on.call('sam', 'comments.list'))).match(/Renewal/g)).toHaveLength(2);
    const elsewhere = { platform: 'discord' };
    expect(textOf(cardOf(await on.call('sam', 'comments.list', {}, elsewhere)))).toContain('Renewal');
    const list = `id,title,address,closing\n1234,Renewal,${page},2026-05-01\n`;
    expect(textOf(cardOf(await on.call('sam', 'comments.imported', { list })))).toContain('New: 0');
    await on.sleepUntil('2026-05-03T12:00:00Z');
    expect(posts(on)).toBe(3);
  });

  test('on a page that others are on as well is known by its ID alone', async () => {
    const overview = { address: 'https://www.icann.org/en/public-comment' };
    const two = (ids: string[]): string =>
      JSON.stringify(ids.map((id) => ({ id, title: `Report ${id}`, closing: '2026-05-01', ...overview })));
    const { on, say } = await watching(two(['a', 'b']));
    say(two(['a', 'c']));
    await pass(on, 2 * hour);
    expect(toStaff(on)).toEqual([expect.stringMatching(/Report b[\s\S]*no longer in the source/)]);
    expect(await shows(on, 'c')).toContain('Report c');
  });
});

test('addresses that differ by their query alone are of different proceedings', async () => {
  const at = (id: number): string => `Item ${id},https://example.org/pc?id=${id},2026-05-0${id}`;
  const { on } = await watching(['title,url,closing', at(1), at(2)].join('\n'));
  expect(textOf(cardOf(await on.call('sam', 'comments.list')))).toMatch(/Item 1[\s\S]*Item 2/);
});

describe('a broken row of a CSV list', () => {
  const csv = (list: readonly string[]): string => ['id,title,closing', ...list].join('\n');
  const good = rows(12).map(({ id, title, closing }) => `${id},${title},${closing}`);
  const changed = (at: Record<number, string>): string => csv(good.map((row, n) => at[n] ?? row));

  test('hides nothing that the rows after it say', async () => {
    const { on, say } = await watching(csv(good));
    say(changed({ 2: 'p-2,"Report" 2,2026-05-03', 5: 'p-5,Report 5,2026-06-30' }));
    await pass(on, 3 * hour);
    expect(await shows(on, 'p-5')).toContain('Closes: 2026-06-30T23:59');
    expect(toStaff(on).join()).not.toMatch(/Report (?!2\b)\d/);
  });

  test('that may have swallowed others makes the reading a fault, and nothing vanishes', async () => {
    const { on, say } = await watching(csv(good));
    say(changed({ 2: 'p-2,"Report 2,2026-05-03', 5: 'p-5,Report 5",2026-05-06' }));
    await pass(on, 3 * hour);
    expect(toStaff(on)).toEqual([expect.stringContaining('cannot be read')]);
  });
});

describe('a proceeding that vanished', () => {
  test('is told once and kept, and told once more when it is back', async () => {
    const { on, list, say } = await watching();
    say(list.slice(1));
    await pass(on, 3 * hour);
    expect(toStaff(on)).toHaveLength(1);
    expect(toStaff(on)[0]).toMatch(/Report 0[\s\S]*no longer in the source/);
    expect(await shows(on, 'p-0')).toContain('· open');
    say(list);
    await pass(on, 2 * hour);
    expect(toStaff(on)).toHaveLength(2);
    expect(toStaff(on)[1]).toMatch(/Report 0[\s\S]*in the source again/);
  });

  test('along with all others, as when a list gets other IDs, makes one card and not a flood', async () => {
    const { on, list, say } = await watching();
    say(list.map((row) => ({ ...row, id: `new-${row.id}` })));
    await pass(on, 3 * hour);
    expect(toStaff(on)).toHaveLength(1);
    expect(toStaff(on)[0]).toMatch(/Report 0[\s\S]*Report 11[\s\S]*These are no longer in the source/);
  });

  test('can be marked as withdrawn there and then', async () => {
    const { on, list, say } = await watching();
    say(list.slice(1));
    await pass(on, 3 * hour);
    const card = on.seen.at(-1)?.card as Card;
    const withdraw = buttonsOf(card).find(({ label }) => label === 'Withdrawn by ICANN')?.target;
    await on.call('sam', withdraw?.to ?? '', withdraw?.args);
    expect(await shows(on, 'p-0')).toContain('· withdrawn');
  });

  test('and that the source itself calls withdrawn is withdrawn after five minutes', async () => {
    const { on, list, say } = await watching();
    say(list.map((row) => (row.id === 'p-0' ? { ...row, state: 'withdrawn' } : row)));
    await pass(on, 70 * minute);
    expect(await shows(on, 'p-0')).toContain('· withdrawn');
  });
});

describe('after a start', () => {
  const following = { days: '7,3,closes', hour: '9', zone: 'UTC', category: '', words: '' };
  const heard = (on: Stage): string[] =>
    on.seen.flatMap(({ to, card }) => ('channel' in to && to.channel === 'general' ? [String(card.title)] : []));
  const down = async () => {
    const all = await watching(rows(1));
    await all.on.call('sam', 'comments.followed', following);
    await all.on.sleepUntil('2026-04-30T12:00:00Z');
    expect(heard(all.on)).toHaveLength(2);
    all.on.restart();
    return all;
  };

  test('what had closed meanwhile and the source has extended is told as extended, once', async () => {
    const { on, list, say } = await down();
    say(list.map((row) => ({ ...row, closing: '2026-06-20' })));
    await on.beat(Date.parse('2026-05-02T08:00:00Z'));
    await pass(on, 2 * hour);
    expect(heard(on).slice(2)).toEqual(['Public comment reopened']);
  });

  test('what has closed is told at once where the source says nothing else', async () => {
    const { on } = await down();
    await on.beat(Date.parse('2026-05-02T08:00:00Z'));
    expect(heard(on).slice(2)).toEqual(['Public comment closed']);
  });

  test('it is told at once where the source cannot be read', async () => {
    const { on, web } = await down();
    web.status = 503;
    await on.beat(Date.parse('2026-05-02T08:00:00Z'));
    expect(heard(on).slice(2)).toEqual(['Public comment closed']);
  });

  test('and ten minutes after a source has begun to say something else each time', async () => {
    const { on, list, say } = await down();
    for (let minutes = 0; minutes <= 12; minutes += 1) {
      say(list.map((row) => ({ ...row, closing: `2026-06-${10 + minutes}` })));
      await on.beat(Date.parse('2026-05-02T08:00:00Z') + minutes * minute);
    }
    expect(heard(on).slice(2)).toEqual(['Public comment closed']);
  });
});

test('what staff had added, and what is over for them, is not brought back by the source’s other copy', async () => {
  const page = 'https://www.icann.org/en/public-comment/proceeding/renewal-20-02-2026';
  const { on, say } = await watching('[]');
  await on.call('sam', 'comments.added', { address: page, title: 'Renewal', closing: '2026-03-20' });
  await on.call('sam', 'comments.followed', { days: '7,3,closes', hour: '9', zone: 'UTC', category: '', words: '' });
  say(JSON.stringify([{ title: 'Renewal', address: page, closing: '2026-05-01' }]));
  await on.sleepUntil('2026-03-24T12:00:00Z');
  const heard = (): number => on.seen.filter(({ to }) => 'channel' in to && to.channel === 'general').length;
  const before = heard();
  await on.sleepUntil('2026-04-26T12:00:00Z');
  on.restart();
  await on.sleepUntil('2026-05-02T12:00:00Z');
  expect([before, heard()]).toEqual([3, 3]);
});

describe('a closing that the source does not give any more', () => {
  const gone = (list: Row[]): Row[] => list.map((row) => (row.id === 'p-0' ? { ...row, closing: '' } : row));

  test('is told once and kept, and told once more when it is given again', async () => {
    const { on, list, say } = await watching();
    say(gone(list));
    await pass(on, 3 * hour);
    expect(toStaff(on)).toEqual([expect.stringMatching(/Report 0[\s\S]*no longer gives a closing/)]);
    expect(await shows(on, 'p-0')).toMatch(/· open[\s\S]*Closes: 2026-05-01T23:59/);
    say(list.map((row) => (row.id === 'p-0' ? { ...row, closing: '2026-05-09' } : row)));
    await pass(on, 2 * hour);
    expect(toStaff(on).slice(1)).toEqual([expect.stringMatching(/Report 0[\s\S]*gives its closing again/)]);
    expect(await shows(on, 'p-0')).toContain('Closes: 2026-05-09T23:59');
  });

  test('for five minutes is nobody’s business', async () => {
    const { on, list, say } = await watching();
    say(gone(list));
    await pass(on, hour);
    say(list);
    await pass(on, 2 * hour);
    expect(toStaff(on)).toEqual([]);
  });
});

test('one that has opened without a closing is listed as open', async () => {
  const { on } = await watching('id,title,opening,closing\na,Undated,2026-03-01,\nb,Later,2026-03-10,\n');
  expect(textOf(cardOf(await on.call('sam', 'comments.list')))).toMatch(
    /Open for public comment\nUndated[\s\S]*no closing date yet[\s\S]*Expected next\nLater/,
  );
});

describe('one that staff have withdrawn by hand', () => {
  const asked = (on: Stage): Card[] =>
    on.seen.flatMap(({ card }) => (card.title === 'The source says something else' ? [card] : []));

  test('and that the source then extends is shown to them, with both ways out', async () => {
    const { on, list, say } = await watching();
    await on.call('sam', 'comments.withdraw', { id: 'p-0' });
    await pass(on, 2 * hour);
    say([...list.slice(0, -1)]);
    await pass(on, 2 * hour);
    expect(asked(on)).toEqual([]);
    const to = (closing: string): void => say(list.map((row) => (row.id === 'p-0' ? { ...row, closing } : row)));
    to('2026-06-01');
    await pass(on, 3 * hour);
    expect(asked(on)).toHaveLength(1);
    expect(textOf(asked(on)[0] as Card)).toContain('withdrawn: ours: yes · the source’s: no');
    const [take, keep] = ['Take the source’s', 'Keep ours'].map(
      (label) => buttonsOf(asked(on)[0] as Card).find((one) => one.label === label)?.target,
    );
    await on.call('sam', keep?.to ?? '', keep?.args);
    await pass(on, 2 * hour);
    to('2026-07-01');
    await pass(on, 2 * hour);
    expect(asked(on)).toHaveLength(2);
    await on.call('sam', take?.to ?? '', take?.args);
    expect(await shows(on, 'p-0')).toMatch(/open[\s\S]*Closes: 2026-07-01T23:59/);
  });

  test('when it had vanished, and that is listed again, is shown to them', async () => {
    const { on, list, say } = await watching();
    say(list.slice(1));
    await pass(on, 3 * hour);
    await on.call('sam', 'comments.withdraw', { id: 'p-0' });
    await pass(on, 2 * hour);
    expect(asked(on)).toEqual([]);
    say(list);
    await pass(on, 2 * hour);
    expect(asked(on)).toHaveLength(1);
  });
});

test('an export that is imported as it is changes nothing, and pins no date', async () => {
  const { on, list, say } = await watching();
  say(list.map((row) => (row.id === 'p-1' ? { ...row, closing: '2026-05-22' } : row)));
  await pass(on, 3 * hour);
  const exported = await on.call('sam', 'comments.export');
  if (exported.kind !== 'say') throw new Error(exported.kind);
  const csv = new TextDecoder().decode(exported.files?.[0]?.body);
  const answer = textOf(cardOf(await on.call('sam', 'comments.imported', { list: csv })));
  expect(answer).toMatch(/New: 0\nChanged: 0\nUnchanged: 12/);
  say(list.map((row) => ({ ...row, closing: '2026-06-20' })));
  await pass(on, 3 * hour);
  expect(await shows(on, 'p-0')).toContain('Closes: 2026-06-20T23:59');
  expect(toStaff(on)).toEqual([]);
});

test('what the source gives and staff empty stays empty, until the source says something new', async () => {
  const row = (category: string): string => `id,title,category,closing\na,Renewal,${category},2026-05-01\n`;
  const { on, say } = await watching(row('policy'));
  const emptied = { id: 'a', title: 'Renewal', address: '', opening: '', category: '', requester: '' };
  expect(textOf(cardOf(await on.call('sam', 'comments.edited', emptied)))).not.toContain('Category');
  await pass(on, 2 * hour);
  expect(toStaff(on)).toEqual([]);
  say(row('technical'));
  await pass(on, 2 * hour);
  expect(toStaff(on)).toEqual([expect.stringContaining('ours: – · the source’s: Technical')]);
  expect(await shows(on, 'a')).not.toContain('Category');
});

describe('a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'comments-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is read like an address, and again when it has changed', async () => {
    const path = join(folder, 'list.csv');
    writeFileSync(path, 'id,title,closing\nfile-1,From a file,2026-05-01\n');
    const { on } = await watching([], { commentsSource: path });
    expect(await shows(on, 'file-1')).toContain('From a file');
    writeFileSync(path, 'id,title,closing\nfile-1,From a longer file,2026-05-01\n');
    await pass(on, 61 * minute);
    expect(await shows(on, 'file-1')).toContain('From a longer file');
  });

  test('that is not there is told, by its name alone', async () => {
    const { on } = await watching([], { commentsSource: join(folder, 'nowhere.csv') });
    await pass(on, 10 * minute);
    expect(toStaff(on)).toHaveLength(1);
    const status = textOf(cardOf(await on.call('sam', 'comments.status')));
    expect(status).toContain('Source: nowhere.csv');
    expect(status).not.toContain(folder);
  });
});

test('its state shows host, times and counts, to staff alone', async () => {
  const { on } = await watching();
  const status = textOf(cardOf(await on.call('sam', 'comments.status')));
  expect(status).toMatch(
    /Source: lists.example.org[\s\S]*Last read well: March 2, 2026[\s\S]*Entries: 12 read, 0 left out[\s\S]*Closes next: 2026-05-01T23:59:00.000Z/,
  );
  expect(status).not.toContain('s3cret');
  expect(textOf(cardOf(await on.call('alice', 'comments.status')))).toContain('for staff');
});
