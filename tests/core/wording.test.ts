import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { bold } from '../../src/core/card.js';
import { locales } from '../../src/core/locale.js';
import { commaed, wording } from '../../src/core/wording.js';

const words = wording({
  en: {
    votes: '{count, plural, one {# vote} other {# votes}}',
    by: 'By {who}, “{text}”',
    only: 'English',
    like: '2026-03-05 18:00, {who}',
  },
  ar: {
    votes: '{count, plural, one {صوت واحد} two {صوتان} few {# أصوات} many {# صوتًا} other {# صوت}}',
    by: '{who}: {text}',
    like: 'مثل 2026-03-05 18:00 أو 2026-04 أو 2026-04-12 18:00 Europe/Paris؛ أو /invite @Rapporteur، أو 18:00 ({who})',
  } as never,
});

describe('words', () => {
  test('follow the plural rules of the language, in Latin digits', () => {
    expect(words('en').label('votes', { count: 1 })).toBe('1 vote');
    expect(words('ar').label('votes', { count: 2 })).toBe('صوتان');
    expect(words('ar').label('votes', { count: 3 })).toBe('3 أصوات');
  });

  test('arguments are dropped in as data, whatever they hold', () => {
    const said = words('en').text('by', { who: bold('*me*'), text: '<b>{count}</b> <!channel>' });
    expect(said).toEqual(['By ', bold('*me*'), ', “<b>{count}</b> <!channel>”']);
  });

  test('arguments of a right-to-left sentence are isolated', () => {
    expect(words('ar').label('by', { who: 'PDP', text: 'x' })).toBe('\u2068PDP\u2069: \u2068x\u2069');
  });

  test('so is what runs from right to left in any other sentence, and nothing else', () => {
    expect(words('en').label('by', { who: 'PDP 3.1', text: 'نعم 2' })).toBe('By PDP 3.1, “\u2068نعم 2\u2069”');
  });

  test('so is what is to be typed as it stands: digits with signs between them would be turned around', () => {
    expect(words('ar').label('like', { who: 'UTC' })).toBe(
      'مثل \u20682026-03-05 18:00\u2069 أو \u20682026-04\u2069 أو \u20682026-04-12 18:00 Europe/Paris\u2069؛ أو \u2068/invite @Rapporteur\u2069، أو 18:00 (\u2068UTC\u2069)',
    );
    expect(words('en').label('like', { who: 'UTC' })).toBe('2026-03-05 18:00, UTC');
  });

  test('names in a row have the comma of the language, and each runs its own way', () => {
    expect(words('en').label('by', { who: ['PDP', 'GNSO', 'RALO'], text: 'x' })).toBe('By PDP, GNSO, RALO, “x”');
    const isolated = '\u2068شبكة\u2069، \u2068PDP\u2069: \u2068x\u2069';
    expect(words('ar').label('by', { who: ['شبكة', 'PDP'], text: 'x' })).toBe(isolated);
    expect(
      words('ar')
        .text('by', { who: ['شبكة', 'PDP'], text: 'x' })
        .join(''),
    ).toBe(isolated);
    expect(locales.map((locale) => commaed(locale, ['1', '2']))).toEqual([
      '1, 2',
      '1, 2',
      '1, 2',
      '1、2',
      '1، 2',
      '1, 2',
      '1, 2',
    ]);
  });

  test('what a translation lacks is said in English', () => expect(words('ar').label('only')).toBe('English'));

  test.each(['Straße', "it''s # 1", '<b>bold</b> #', '100 %', '', ' two  spaces ', '\\ and | and "'])(
    'a sentence that takes nothing in is said as ICU says it: %j',
    (source) => {
      const formatted = new IntlMessageFormat(source, 'en', undefined, { ignoreTag: true }).format();
      const said = wording({ en: { only: source } })('en');
      expect(said.label('only')).toBe(formatted);
      expect(said.text('only').join('')).toBe(formatted);
      expect(said.text('only', {}).join('')).toBe(formatted);
    },
  );
});
