// What a card says, and that it stays one message that nobody can break out of, in every language on every platform.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderCard } from '../../../adapters/discord/render.js';
import { messagesOf } from '../../../adapters/slack/render.js';
import type { Chart } from '../../../src/core/chart.js';
import { isRightToLeft, type Locale, locales } from '../../../src/core/locale.js';
import { noteFor, pulseCard } from '../../../src/features/pulse/cards.js';
import { chartAlt, chartOf } from '../../../src/features/pulse/chart.js';
import { longestOption, longestQuestion } from '../../../src/features/pulse/content.js';
import { askedIn, drafted, type Pulse } from '../../../src/features/pulse/model.js';
import { ownCard } from '../../../src/features/pulse/own-cards.js';
import { pulseWords, resultLines } from '../../../src/features/pulse/phrases.js';
import { buttonsOf, textOf } from '../../support/harness.js';

const by = { platform: 'discord', space: '200000000000000001', person: '500000000000000001' };
const at = '2026-03-01T12:00:00.000Z';

const placeIn = (locale: Locale, platform = 'discord') =>
  askedIn({ platform, space: by.space, channel: '300000000000000001' }, locale);

function pulse(change: Partial<Pulse> = {}, locale: Locale = 'en'): Pulse {
  const content = { question: 'Shall we?', options: ['Yes', 'No'], isAnonymous: false, most: 1, isHidden: false };
  const draft = drafted({ ...content, closes: '7d' }, { by, place: placeIn(locale), zone: undefined }, new Date(at));
  return { ...draft, state: 'open', openedAt: at, closesAt: '2026-03-08T12:00:00.000Z', ...change };
}

const answers = (...list: number[]) =>
  list.map((option, n) => ({ key: `discord/g/${n}`, options: [option], place: 0 }));

const textIn = (value: Pulse, locale: Locale = 'en'): string =>
  textOf(pulseCard({ id: '7K3F', value }, placeIn(locale)));

describe('a card says', () => {
  test('that it binds nobody, and who will know what, before anyone answers', () => {
    const text = textIn(pulse());
    expect(text).toContain('Informal pulse · ID 7K3F');
    expect(text).toContain('Not a vote, not a consensus call; it binds nobody.');
    expect(text).toContain('in an individual capacity');
    expect(text).toContain('Named: whoever can see this pulse can see who answered what.');
    expect(textIn(pulse({ isAnonymous: true }))).toContain('no member, not the asker and no staff learn');
  });

  test('counts and per cent that add up, with a bar', () => {
    const text = textIn(pulse({ options: ['A', 'B', 'C'], answers: answers(0, 1, 2, 0) }));
    expect(text).toContain('1. A — 2 (50%) █████░░░░░\n2. B — 1 (25%)');
    expect(text).toContain('4 people have answered.');
    expect(text).not.toContain('Tie');
  });

  test('a tie as a tie', () => {
    const text = textIn(pulse({ options: ['A', 'B', 'C'], answers: answers(0, 2, 0, 2, 1) }));
    expect(text).toContain('Tie between 1 and 3.');
  });

  test('nothing of hidden results but how many people there are', () => {
    const text = textIn(pulse({ isHidden: true, answers: answers(0, 0, 1) }));
    expect(text).toContain('1. Yes\n2. No\n3 people have answered. Results are hidden until it closes.');
  });

  test('nothing of an anonymous pulse but what is shown of it', () => {
    const few = textIn(pulse({ isAnonymous: true, answers: answers(0, 0, 1) }));
    expect(few).toContain('1. Yes\n2. No\nCounts appear from five answers on');
    const more = textIn(pulse({ isAnonymous: true, answers: answers(0, 0, 1), shown: { people: 5, counts: [4, 1] } }));
    expect(more).toContain('1. Yes — 4 (80%)');
    expect(more).toContain('5 people have answered.');
  });

  test('that whoever answers on two platforms is counted twice', () => {
    const places = [placeIn('en'), askedIn({ platform: 'slack', space: 'T1', channel: 'C1' }, 'en')];
    expect(textIn(pulse({ places }))).toContain('counted twice');
    expect(textIn(pulse())).not.toContain('counted twice');
  });

  test('when it was closed and by whom, without buttons', () => {
    const value = pulse({ state: 'closed', closedAt: at, closedBy: 'staff', tally: { people: 1, counts: [1, 0] } });
    expect(textIn(value)).toContain(`Closed by staff: ${at}`);
    expect(buttonsOf(pulseCard({ id: '7K3F', value }, placeIn('en')))).toEqual([]);
  });

  test('its asker by mention in their own workspace only', () => {
    const elsewhere = askedIn({ platform: 'slack', space: 'T1', channel: 'C1' }, 'en');
    expect(textIn(pulse())).toContain(`Asked by @${by.person}.`);
    expect(textOf(pulseCard({ id: '7K3F', value: pulse() }, elsewhere))).toContain('Asked from another workspace');
  });
});

/** As long as words and names may be, in the states that say most. */
const fullest = (text: string, locale: Locale): readonly Pulse[] => {
  const options = Array.from({ length: 10 }, (_, n) => `${n}${text}`.slice(0, longestOption));
  const question = text.repeat(8).slice(0, longestQuestion);
  const places = [placeIn(locale), askedIn({ platform: 'slack', space: 'T1', channel: 'C1' }, locale)];
  const changes = (['extended', 'reopened', 'edited'] as const).map((kind) => ({ kind, at }));
  const tally = { people: 99_999, counts: options.map(() => 88_888) };
  const all = { question, options, places, changes, most: 9, allowsGuests: true };
  return [
    pulse({ ...all, isAnonymous: true, shown: tally }, locale),
    pulse({ ...all, isAnonymous: true, isHidden: true, showsFew: true, shown: tally }, locale),
    pulse({ ...all, isHidden: true }, locale),
    pulse({ ...all, state: 'closed', closedAt: at, closedBy: 'author', tally, isAnonymous: true }, locale),
  ];
};

/** What is left of a text when everything that is isolated is taken out of it. */
const outside = (text: string): string => {
  const left = text.replace(/\u2068[^\u2068\u2069]*\u2069/g, '');
  return left === text ? text : outside(left);
};

test.each(locales)('in %s chosen options are told apart', (locale) => {
  const value = pulse({ options: ['Да', '否', 'Yes, if …'], most: 3 }, locale);
  const answer = { key: 'k', options: [0, 1, 2], place: 0 };
  const told = [
    textOf(ownCard({ id: '7', value }, { answer }, locale)),
    chartAlt(chartOf({ id: '7', value: { ...value, answers: [answer] } }, locale) as Chart),
  ];
  for (const text of told) expect(text.match(/[;；؛] ?\u200f?[23]\. /g)).toHaveLength(2);
});

describe.each(locales)('in %s an option that may run the other way', (locale) => {
  const other = isRightToLeft(locale) ? /[a-z]/i : /\p{sc=Arabic}/u;
  const option = fc.array(fc.constantFrom('نعم', 'Yes', '12', '(', '%', '是', 'Да', ' '), { maxLength: 6 });
  const options = fc.array(
    option.map((list) => `${list.join('')}x`),
    { minLength: 2, maxLength: 5 },
  );

  test('leaves the numbers beside it where they are', () => {
    fc.assert(
      fc.property(options, (texts) => {
        const answer = { key: 'k', options: texts.map((_, at) => at), place: 0, reason: texts[0] ?? '' };
        const value = pulse({ options: texts, most: texts.length, answers: [answer] }, locale);
        const lines = resultLines(value, { people: 1, counts: texts.map(() => 1) }, locale).join('');
        const labels = chartOf({ id: '7', value }, locale)?.bars.map(({ label }) => label) ?? [];
        expect(outside([lines, ...labels].join('\n'))).not.toMatch(other);
        const receipt = ownCard({ id: '7', value }, { answer, before: [1], isChanged: true }, locale);
        if (!isRightToLeft(locale)) expect(outside(textOf(receipt))).not.toMatch(other);
      }),
    );
  });

  test('leaves buttons within what platforms take', () => {
    const value = pulse({ options: ['نعم '.repeat(20), 'x'.repeat(80)], most: 2 }, locale);
    const own = ownCard({ id: '7', value }, { answer: { key: 'k', options: [0, 1], place: 0 } }, locale);
    for (const card of [pulseCard({ id: '7', value }, placeIn(locale)), own]) {
      const labels = (sent: unknown, label: RegExp) =>
        [...JSON.stringify(sent).matchAll(label)].map(([, text]) => text);
      const onDiscord = labels(renderCard(card), /"label":"([^"]*)"/g);
      const onSlack = labels(messagesOf(card), /"type":"button","text":{"type":"plain_text","text":"([^"]*)"/g);
      expect(onDiscord.length).toBeGreaterThanOrEqual(buttonsOf(card).length);
      expect(onSlack.length).toBeGreaterThanOrEqual(buttonsOf(card).length);
      for (const label of onDiscord) expect(label?.length).toBeLessThanOrEqual(80);
      for (const label of onSlack) expect(label?.length).toBeLessThanOrEqual(75);
    }
  });
});

describe.each(locales)('in %s the fullest card', (locale) => {
  test.each([
    ['of letters', 'abcdefghij'.repeat(8)],
    ['of Cyrillic', 'абвгдежзик'.repeat(8)],
    ['of markup', '*_~`|<>[]@'.repeat(8)],
    ['of Arabic', 'نعم 12 '.repeat(12)],
    ['of emoji', '👨‍👩‍👧'.repeat(10)],
    ['of mentions', '@everyone <!channel> '.repeat(4)],
  ])('%s is one message on Discord and on Slack', (_, text) => {
    for (const value of fullest(text, locale)) {
      const card = pulseCard({ id: '7K3FXY', value }, { ...placeIn(locale), isMultilingual: true });
      const pages = renderCard(card);
      expect(pages).toHaveLength(1);
      expect(pages[0]?.content.length).toBeLessThanOrEqual(2000);
      expect(messagesOf(card)).toHaveLength(1);
    }
  });

  test('names every option on a button, by its number', () => {
    const [value] = fullest('x'.repeat(100), locale);
    if (!value) throw new Error('no pulse');
    const labels = buttonsOf(pulseCard({ id: '7K3F', value }, placeIn(locale))).map(({ label }) => label);
    expect(labels).toHaveLength(12);
    for (const [n, label] of labels.slice(0, 10).entries()) expect(label.startsWith(`${n + 1}. `)).toBe(true);
    expect(labels.slice(10)).toEqual([pulseWords(locale).label('myAnswer'), pulseWords(locale).label('withdraw')]);
  });
});

test('short options stay whole however many there are', () => {
  const options = Array.from({ length: 10 }, (_, n) => `Option number ${n}, in some words`);
  for (const locale of locales) {
    const text = textIn(
      pulse({ options, isAnonymous: true, shown: { people: 9, counts: options.map(() => 1) } }),
      locale,
    );
    for (const option of options) expect(text).toContain(option);
  }
});

test('whatever is asked comes out inert and in one message', () => {
  const sign = fc.constantFrom('@everyone', '<!channel>', '<@1>', '](http://x)', '# ', '*', '`', '\n', 'a', '🙂', '،');
  const words = (most: number) =>
    fc.array(sign, { minLength: 1, maxLength: 40 }).map((list) => list.join('').slice(0, most));
  fc.assert(
    fc.property(
      words(longestQuestion),
      fc.array(words(longestOption), { minLength: 2, maxLength: 10 }),
      (question, options) => {
        const card = pulseCard({ id: '7K3F', value: pulse({ question, options }) }, placeIn('en'));
        const pages = renderCard(card);
        expect(pages).toHaveLength(1);
        expect(pages[0]?.content).not.toMatch(/@everyone|(?<!\\)<[@!#]1?>|(?<!\\)\]\(http/);
        expect(JSON.stringify(messagesOf(card)[0].text)).not.toMatch(/<!channel>|<@1>/);
      },
    ),
    { numRuns: 300 },
  );
});

test('a note at half-time names nobody and calls nobody', () => {
  const value = pulse({ question: '<!here> @everyone?' });
  const note = noteFor({ id: '7K3F', value }, 'midway', 'en');
  expect(renderCard(note)[0]?.content).not.toMatch(/@everyone|@here/);
  expect(messagesOf(note)[0].text).not.toContain('<!here>');
});
