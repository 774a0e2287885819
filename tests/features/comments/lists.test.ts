// Lists in every format that the source and the import take.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvOf, readCell, safeCell } from '../../../src/features/comments/export.js';
import { readItem } from '../../../src/features/comments/item.js';
import { closingOf, factsOf, idOf, openingOf } from '../../../src/features/comments/model.js';
import { added } from '../../../src/features/comments/proceedings.js';
import { recorded } from '../../../src/features/comments/sample.js';
import { itemsIn } from '../../../src/features/comments/source.js';
import { readCsv } from '../../../src/features/comments/source-csv.js';
import { readIcs } from '../../../src/features/comments/source-ics.js';
import { readJson } from '../../../src/features/comments/source-json.js';
import type { Listed } from '../../../src/features/comments/source-list.js';
import { addDays } from '../../../src/features/comments/zone.js';
import { harness } from '../../support/harness.js';

const now = new Date('2026-03-01T12:00:00Z');
const itemsOf = ({ items }: Listed) => items.map((raw) => readItem(raw));
const closing = (read: ReturnType<typeof readItem> | undefined): string | undefined =>
  read && 'item' in read ? closingOf(added('x', { source: read.item.facts }, now))?.at.toISOString() : read?.wrong;

describe('the proceedings on record', () => {
  test('are 78, each with an id of its own, nine extended', () => {
    expect(recorded()).toHaveLength(78);
    expect(new Set(recorded().map(({ id }) => id)).size).toBe(78);
    expect(recorded().filter(({ originalClosing }) => originalClosing)).toHaveLength(9);
  });

  test('have 78 different short IDs', () => {
    expect(new Set(recorded().map(({ id }) => idOf('all', id).slice(-4))).size).toBe(78);
  });

  test('come through CSV as they are, and out of the export again', async () => {
    const rows = recorded().map(
      ({ id, title, category, opening = '', closing: close, precision, originalClosing = '', address = '' }) =>
        [id, title, category, opening, close, originalClosing, precision, address]
          .map((cell) => `"${cell.replaceAll('"', '""')}"`)
          .join(','),
    );
    const text = ['id,title,category,open_utc,close_utc,original_close,close_precision,url', ...rows].join('\r\n');
    const read = itemsOf(await readCsv(text));
    expect(read.filter((one) => 'wrong' in one)).toEqual([]);
    const docs = read.flatMap((one) =>
      'item' in one
        ? [{ id: idOf('all', one.item.slug), rev: 1, value: added(one.item.slug, { source: one.item.facts }, now) }]
        : [],
    );
    const again = itemsOf(await readCsv(csvOf(docs, now)));
    expect(again).toHaveLength(78);
    for (const [at, one] of again.entries()) {
      const before = docs[at]?.value;
      if (!before || !('item' in one)) throw new Error(`row ${at}`);
      const after = added(one.item.slug, { source: one.item.facts }, now);
      expect([after.slug, factsOf(after).title, closingOf(after)?.at, openingOf(after)]).toEqual([
        before.slug,
        factsOf(before).title,
        closingOf(before)?.at,
        openingOf(before),
      ]);
      expect(closingOf(after)?.exact).toBe(closingOf(before)?.exact);
    }
  });
});

describe('CSV', () => {
  test('is read with semicolons and a mark of its encoding, as spreadsheets write it', async () => {
    const [read] = itemsOf(
      await readCsv(
        '\uFEFFTitle;Deadline;URL\r\nOn names;2026-04-12;https://icann.org/public-comment/proceeding/x-01-03-2026\r\n',
      ),
    );
    expect(closing(read)).toBe('2026-04-12T23:59:00.000Z');
    expect(read && 'item' in read && read.item.facts.opening?.on).toBe('2026-03-01');
  });

  test('with a broken row loses that row alone', async () => {
    const list = await readCsv('id,title,closing\na,One,2026-04-12\nb,Two\nc,Three,2026-05-01\n');
    expect([list.items.map(({ id }) => id), list.skipped]).toEqual([['a', 'c'], 1]);
  });

  test.each([
    ['a quote within a cell', 'x,Foo 5" baz,2026-05-01'],
    ['a quoted word', 'x,"Report" 2,2026-05-01'],
    ['a quote that nobody closes', 'x,"Report 2,2026-05-01'],
    ['a blank before a quote', 'x, "Report",2026-05-01'],
    ['more cells than columns', 'x,Report,2026-05-01,more'],
    ['more than 20,000 characters', `x,${'y'.repeat(21_000)},2026-05-01`],
    ['more than 20,000 characters in quotes', `x,"${`${'y'.repeat(999)}\n`.repeat(21)}",2026-05-01`],
  ])('with %s in a row loses that row alone', async (_, broken) => {
    const good = (from: number): string => [from, from + 1].map((n) => `g${n},"Good, ${n}",2026-05-01\n`).join('');
    const list = await readCsv(`id,title,closing\n${good(1)}${broken}\n${good(3)}`);
    expect(list.items.map(({ id }) => id).filter((id) => id?.startsWith('g'))).toEqual(['g1', 'g2', 'g3', 'g4']);
    expect(list.items).toHaveLength(4);
    expect(list.skipped).toBeGreaterThan(0);
  });

  test('with cells of several lines is read whole', async () => {
    const list = await readCsv('id;title;closing\r\na;"One\r\n; two ""x"" ";2026-04-12\r\n\r\nb;Two;2026-04-13');
    expect(list.items.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(itemsOf(list)[0]).toMatchObject({ item: { facts: { title: 'One ; two "x"' } } });
  });

  test('in which two quotes that belong to different rows hold rows together is a fault', async () => {
    const rows = ['a,"One,2026-05-01', 'b,Two,2026-05-01', 'c,Three",2026-05-01', 'd,Four,2026-05-01'];
    await expect(readCsv(['id,title,closing', ...rows].join('\n'))).rejects.toThrow('rows run into each other');
    const [first, , third] = rows;
    await expect(readCsv(['id,title,closing', first, third].join('\n'))).rejects.toThrow('rows run into each other');
  });

  test('never loses a row to what is wrong with another one without a word', async () => {
    const title = fc.stringMatching(/^[A-Za-z][A-Za-z ,";\n]{0,20}[a-z]$/);
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const damage = fc.record({ row: fc.nat(), at: fc.nat(), sign: fc.constantFrom('"', '"x', '""', ',"', '') });
    await fc.assert(
      fc.asyncProperty(fc.array(title, { minLength: 2, maxLength: 8 }), damage, async (titles, { row, at, sign }) => {
        const rows = titles.map((text, n) => `g${n},${quoted(text)},2026-05-${10 + n}`);
        const hurt = row % rows.length;
        const [line = ''] = rows.slice(hurt);
        const spot = at % line.length;
        // A sign put in, or one taken away.
        rows[hurt] = `${line.slice(0, spot)}${sign}${line.slice(sign === '' ? spot + 1 : spot)}`;
        const list = await readCsv(['id,title,closing', ...rows, ''].join('\n')).catch(() => undefined);
        const read = (list?.items ?? []).map(({ id, title: said, closing: close }) => `${id}|${said}|${close}`);
        const others = titles.flatMap((text, n) => (n === hurt ? [] : [`g${n}|${text}|2026-05-${10 + n}`]));
        if (list) expect(read).toEqual(expect.arrayContaining(others));
      }),
      { numRuns: 1000 },
    );
  });

  test('cells that a spreadsheet would calculate are made safe, and read as they were', () => {
    for (const cell of ['=1+1', '+1', '-1', '@x', '\t=1', ' =1', '\n=1', '＝1', '＋1', '－1', '＠1', '\r@']) {
      expect(safeCell(cell)).toMatch(/^'/);
      expect(readCell(safeCell(cell))).toBe(cell.trimStart());
    }
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(safeCell(text)).not.toMatch(/^[\s\p{Cc}]*[=+\-@＝＋－＠]/u);
      }),
    );
  });
});

describe('JSON', () => {
  test.each([
    '[{"id":"a","title":"One","closing":"2026-04-12"}]',
    '{"proceedings":[{"slug":"a","name":"One","deadline":"2026-04-12"}]}',
  ])('%s is a list', async (text) =>
    expect(closing(itemsOf(await readJson(text))[0])).toBe('2026-04-12T23:59:00.000Z'),
  );

  test('lists of languages and odd values do not stop it', async () => {
    const [read] = itemsOf(
      await readJson('[{"id":1,"title":"One","languages":["fr","xx","en"],"closing":"2026-04-12","more":{"a":1}}, 7]'),
    );
    expect(read).toMatchObject({ item: { slug: '1', facts: { languages: ['en', 'fr'] } } });
  });

  test.each(['{}', '7', '"x"', '[', 'null'])('%s is none', async (text) => {
    await expect(readJson(text)).rejects.toThrow();
  });
});

const ics = (...lines: string[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:x',
    'BEGIN:VEVENT',
    'UID:1@x',
    'SUMMARY:On names',
    ...lines,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');

describe('iCalendar', () => {
  test.each([
    [['DTSTART:20260412T235900Z'], '2026-04-12T23:59:00.000Z'],
    [['DTSTART;VALUE=DATE:20260412'], '2026-04-12T23:59:00.000Z'],
    [['DTSTART;VALUE=DATE:20260412', 'DTEND;VALUE=DATE:20260413'], '2026-04-12T23:59:00.000Z'],
    [['DTSTART;VALUE=DATE:20260301', 'DTEND;VALUE=DATE:20260413'], '2026-04-12T23:59:00.000Z'],
    [['DTSTART;TZID=America/New_York:20260412T180000'], '2026-04-12T22:00:00.000Z'],
    [['DTSTART:20260412T180000'], '2026-04-12T18:00:00.000Z'],
    [['DTSTART:20260412T180000Z', 'RRULE:FREQ=SECONDLY'], '2026-04-12T18:00:00.000Z'],
  ])('%j closes at %s', async (lines, instant) => {
    expect(closing(itemsOf(await readIcs(ics(...lines)))[0])).toBe(instant);
  });

  test.each([
    [['DTSTART:20260301T000000Z', 'DURATION:P42D'], '2026-04-12T00:00:00.000Z', '2026-03-01'],
    [['DTSTART;VALUE=DATE:20260301', 'DURATION:P6W'], '2026-04-11T23:59:00.000Z', '2026-03-01'],
    [['DTSTART;TZID=Europe/Paris:20260301T120000', 'DURATION:P42DT30M'], '2026-04-12T10:30:00.000Z', '2026-03-01'],
    [['DTSTART:20260412T235900Z', 'DURATION:PT1H'], '2026-04-12T23:59:00.000Z', undefined],
    [['DTSTART;VALUE=DATE:20260411', 'DTEND;VALUE=DATE:20260413'], '2026-04-12T23:59:00.000Z', undefined],
    [['DTSTART;VALUE=DATE:20260301', 'DTEND;VALUE=DATE:20260413'], '2026-04-12T23:59:00.000Z', '2026-03-01'],
    [['DTSTART:20260412T000000Z', 'DTEND:20260413T000000Z'], '2026-04-13T00:00:00.000Z', undefined],
    [['DTSTART:20260412T235900Z', 'DTEND:20260413T005900Z'], '2026-04-12T23:59:00.000Z', undefined],
  ])('%j closes at its end: %s', async (lines, instant, opening) => {
    const [read] = itemsOf(await readIcs(ics(...lines)));
    expect([closing(read), read && 'item' in read ? read.item.facts.opening?.on : '']).toEqual([instant, opening]);
  });

  test.each(['20260231T120000Z', '20260412T240000Z', '20261301T120000Z'])('at %s has no such time', async (time) => {
    expect(itemsOf(await readIcs(ics(`DTSTART:${time}`))).filter((one) => 'item' in one)).toEqual([]);
  });

  test('that does not end loses that event alone', async () => {
    const event = (uid: string, end: string): string =>
      `BEGIN:VEVENT\r\nUID:${uid}\r\nSUMMARY:${uid}\r\nDTSTART:20260412T180000Z\r\n${end}`;
    const [whole, broken] = ['END:VEV\r\n ENT\r\n', ''].map((end) => (uid: string) => event(uid, end));
    const text = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${whole?.('a')}${broken?.('x')}${whole?.('b')}END:VCALENDAR\r\n`;
    expect((await readIcs(text)).items.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test('of any length closes on its last day', async () => {
    const compact = (day: string): string => day.replaceAll('-', '');
    const days = fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 120 }));
    await fc.assert(
      fc.asyncProperty(days, async ([from, length]) => {
        const [start, end] = [addDays('2000-01-01', from), addDays('2000-01-01', from + length)];
        const last = `${addDays(end, -1)}T23:59:00.000Z`;
        const begins = `DTSTART;VALUE=DATE:${compact(start)}`;
        for (const lasts of [`DTEND;VALUE=DATE:${compact(end)}`, `DURATION:P${length}D`]) {
          expect(closing(itemsOf(await readIcs(ics(begins, lasts)))[0])).toBe(last);
        }
      }),
    );
  });

  test('with a zone that nobody knows, or no beginning, loses that event alone', async () => {
    const text = ics('DTSTART;TZID=Custom/Zone:20260412T180000').replace(
      'END:VCALENDAR',
      `${ics('DTSTART:20260412T180000Z').split('\r\n').slice(3, 8).join('\r\n')}\r\nEND:VCALENDAR`,
    );
    const list = await readIcs(text);
    expect([list.items.length, list.skipped]).toEqual([1, 1]);
  });

  test('cancelled is withdrawn', async () => {
    const [read] = itemsOf(await readIcs(ics('DTSTART:20260412T180000Z', 'STATUS:CANCELLED')));
    expect(read).toMatchObject({ item: { facts: { isWithdrawn: true } } });
  });

  test('is named by the address of its proceeding, else by its UID', async () => {
    const address = 'URL:https://www.icann.org/en/public-comment/proceeding/on-names-01-03-2026';
    const [named, other] = [
      await readIcs(ics('DTSTART:20260412T180000Z', address)),
      await readIcs(ics('DTSTART:20260412T180000Z')),
    ];
    expect([itemsOf(named)[0], itemsOf(other)[0]]).toMatchObject([
      { item: { slug: 'on-names-01-03-2026' } },
      { item: { slug: '1-x' } },
    ]);
  });

  test.each(['BEGIN:VCALENDAR\r\nVERSION:2.0\r\n', 'hello', 'BEGIN:VCARD\r\nEND:VCARD\r\n'])(
    'that does not end is none: %j',
    async (text) => {
      await expect(readIcs(text)).rejects.toThrow();
    },
  );
});

describe('an item', () => {
  test.each([
    [{ id: 'a', closing: '2026-04-12' }, 'title'],
    [{ id: 'a', title: 'x'.repeat(301) }, 'title'],
    [{ title: 'x' }, 'id'],
    [{ id: 'a', title: 'x', closing: '12/04/2026' }, 'closing'],
    [{ id: 'a', title: 'x', opening: 'soon' }, 'opening'],
    [{ id: 'a', title: 'x', url: 'javascript:alert(1)' }, 'address'],
    [{ id: 'a', title: 'x', report_due: '2026-02-30' }, 'report_due'],
    [{ id: 'a', title: 'x', month: '2026-13' }, 'month'],
  ])('%j is left out for its %s', (raw, wrong) =>
    expect(readItem(raw as unknown as Record<string, string>)).toEqual({ wrong }),
  );

  test('loses the control characters and line breaks of its title', () => {
    const read = readItem({ id: 'a', title: ' On\r\nnames\u0000\u2028 and\tnumbers ' });
    expect(read).toMatchObject({ item: { facts: { title: 'On names and numbers' } } });
  });

  test('that comes twice counts once, and the log names lines, never what they hold', async () => {
    const bot = await harness();
    const text = 'id,title,closing\na,Secret one,2026-04-12\na,Secret two,2026-04-12\nb,Secret three,never\n';
    const { items, skipped } = await itemsIn(text, bot.bot);
    expect([items.length, skipped]).toEqual([1, 2]);
    expect(bot.logged.map(({ data }) => data)).toEqual([
      { item: 2, wrong: 'twice' },
      { item: 3, wrong: 'closing' },
    ]);
    expect(JSON.stringify(bot.logged)).not.toContain('Secret');
  });
});
