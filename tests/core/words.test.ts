// Every sentence in every language: really translated, with the same placeholders and every plural form, short enough
// where a platform cuts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { type Locale, localeNames, locales } from '../../src/core/locale.js';
import { type Drawn, labelsIn, most } from '../support/labels.js';
import { lackingForms, pluralsIn, takenForOne } from '../support/plurals.js';

const root = join(import.meta.dirname, '..', '..');

const folders = ['src', 'adapters']
  .flatMap((top) => readdirSync(join(root, top), { recursive: true, encoding: 'utf8' }).map((name) => join(top, name)))
  .filter((name) => name.endsWith('/words'));

type Messages = Record<string, string>;

const load = async (folder: string, locale: string): Promise<Messages | undefined> => {
  if (!readdirSync(join(root, folder)).includes(`${locale}.ts`)) return undefined;
  return ((await import(join(root, folder, `${locale}.ts`))) as { default: Messages }).default;
};

const placeholders = (message: string): string[] =>
  [...new Set([...message.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name ?? ''))].sort();

/** The keys of a catalog whose lines are marked as rightly the same in English. */
const markedIn = (folder: string, locale: string): string[] =>
  [...readFileSync(join(root, folder, `${locale}.ts`), 'utf8').matchAll(/^ {2}(\w+):.*\/\/ as in English$/gm)].map(
    ([, key]) => key ?? '',
  );

/** A sentence as it is read, once for each kind of number; texts that are dropped in are `text`. */
function readings(message: string, locale: string, text: string): string[] {
  const format = new IntlMessageFormat(message, `${locale}-u-nu-latn`, undefined, { ignoreTag: true });
  return [0, 1, 2, 3, 11, 100].map((count) =>
    String(
      format.format(
        Object.fromEntries(
          [...message.matchAll(/\{(\w+)(, (?:plural|number))?/g)].map(([, name, isNumber]) => [
            name ?? '',
            isNumber ? count : text,
          ]),
        ),
      ),
    ),
  );
}

/** What a sentence says by itself, without what is dropped in. */
const ownText = (message: string, locale: string): string => readings(message, locale, '').join(' ');

const scripts: Partial<Record<Locale, RegExp>> = {
  zh: /\p{Script=Han}/u,
  ar: /\p{Script=Arabic}/u,
  ru: /\p{Script=Cyrillic}/u,
};

/** Sentences that a reader of the language would find in English. */
function untranslated(own: Messages, en: Messages, locale: Locale): string[] {
  return Object.entries(own)
    .filter(([key, message]) => {
      const said = ownText(message, locale);
      if (!/\p{L}/u.test(said)) return false;
      return message === en[key] || !(scripts[locale] ?? /./u).test(said);
    })
    .map(([key]) => key);
}

describe.each(folders)('%s', (folder) => {
  test.each(locales)('in %s has every sentence with its placeholders and plural forms', async (locale) => {
    const [en, own] = [await load(folder, 'en'), await load(folder, locale)];
    if (!en) throw new Error('no English');
    if (!own) throw new Error('not written');
    expect(Object.keys(own).sort()).toEqual(Object.keys(en).sort());
    for (const [key, message] of Object.entries(own)) {
      expect([key, placeholders(message)]).toEqual([key, placeholders(en[key] ?? '')]);
      for (const plural of pluralsIn(message, locale)) {
        expect([key, plural.name, lackingForms(plural, locale)]).toEqual([key, plural.name, []]);
        expect([key, plural.name, takenForOne(plural, locale)]).toEqual([key, plural.name, undefined]);
      }
    }
  });

  test.each(locales.filter((one) => one !== 'en'))(
    'in %s leaves nothing in English but what is marked so',
    async (locale) => {
      const [en, own] = [(await load(folder, 'en')) ?? {}, (await load(folder, locale)) ?? {}];
      expect(untranslated(own, en, locale).sort()).toEqual(markedIn(folder, locale).sort());
    },
  );
});

test('a sentence that was left in English is found', () => {
  const en = { saved: 'Saved.', days: '{count, plural, one {# day} other {# days}}', by: '{name}: {reason}' };
  expect(untranslated({ ...en, saved: 'Enregistré.' }, en, 'fr')).toEqual(['days']);
  expect(untranslated({ ...en, saved: 'Saved!', days: '{count} 天' }, en, 'zh')).toEqual(['saved']);
});

test('a form that a plural lacks is found, wherever the plural stands', () => {
  const lacking = (message: string, locale: Locale) =>
    pluralsIn(message, locale).map((plural) => lackingForms(plural, locale));
  expect(lacking('{n, plural, one {# день} few {# дня} other {# дня}}', 'ru')).toEqual([['many']]);
  const whole = '{n, plural, one {# день} few {# дня} many {# дней} other {# дня}}';
  expect(lacking(`${whole} {m, plural, one {# час} many {# часов} other {# часа}}`, 'ru')).toEqual([[], ['few']]);
  expect(lacking(`{m, plural, =0 {} one {${whole}} other {#}}`, 'ru')).toEqual([['few', 'many'], []]);
  expect(lacking('{n, plural, =0 {لا} one {#} two {#} few {#} many {#} other {#}}', 'ar')).toEqual([[]]);
  expect(lacking('{n, plural, one {#} two {#} few {#} many {#} other {#}}', 'ar')).toEqual([['zero']]);
  expect(lacking('{n, plural, one {# jour} other {# jours}}', 'fr')).toEqual([[]]);
});

test('a plural that says of 21 what is so of 1 is found', () => {
  const taken = (message: string, locale: Locale) => pluralsIn(message, locale).map((one) => takenForOne(one, locale));
  const rest = 'few {эти} many {эти} other {эти}';
  expect(taken(`{n, plural, one {это} ${rest}}`, 'ru')).toEqual([21]);
  expect(taken(`{n, plural, one {# это} ${rest}}`, 'ru')).toEqual([undefined]);
  expect(taken(`{n, plural, =1 {это} one {эти} ${rest}}`, 'ru')).toEqual([undefined]);
  expect(taken('{n, plural, one {this one} other {these}}', 'en')).toEqual([undefined]);
});

test('in ar no noun follows a limit, since it would have to agree with the number', async () => {
  const found: string[] = [];
  for (const folder of folders)
    for (const [key, message] of Object.entries((await load(folder, 'ar')) ?? {}))
      if (/\{most\} (?!على |في )\p{L}/u.test(message)) found.push(`${folder} ${key}`);
  expect(found).toEqual([]);
});

test('in ar nobody is addressed in the singular', async () => {
  // "Your" and "you" are ـك at the end of a word, which few words of these catalogs have of themselves.
  const ofThemselves = /^[وفبلك]{0,2}(?:ذلك|ذاك|تلك|هناك|مشارك|يشارك|ترك|يترك|تتحرك)$/;
  const found: string[] = [];
  for (const folder of folders)
    for (const [key, message] of Object.entries((await load(folder, 'ar')) ?? {}))
      for (const [word] of message.replace(/\p{M}/gu, '').matchAll(/\p{Script=Arabic}+ك(?!\p{L})/gu))
        if (!ofThemselves.test(word)) found.push(`${folder} ${key}: ${word}`);
  expect(found).toEqual([]);
});

describe('the table of terms', () => {
  const table = readFileSync(join(root, 'src/core/words/TERMS.md'), 'utf8');
  const rows = table
    .split('\n')
    .filter((line) => /^\| (?!-|en )/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const avoided = new Map(
    [...table.matchAll(/^- `(\w\w)`: (.+)$/gm)].map(([, locale, list]) => [locale, (list ?? '').split(', ')]),
  );

  test('has a word for every term in every language', () => {
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) expect(row.filter((cell) => cell !== '')).toHaveLength(locales.length);
    expect([...avoided.keys()].sort()).toEqual(locales.filter((one) => one !== 'en').sort());
  });

  test('in every language staff are support staff where they are in English, and nowhere else', async () => {
    const terms = rows.find(([term]) => term === 'support staff') ?? [];
    const columns =
      /^\| (en .*)\|$/m
        .exec(table)?.[1]
        ?.split('|')
        .map((cell) => cell.trim()) ?? [];
    const found: string[] = [];
    for (const folder of folders) {
      const en = (await load(folder, 'en')) ?? {};
      for (const locale of locales) {
        // Russian declines the noun: сотрудниками поддержки.
        const term = (terms[columns.indexOf(locale)] ?? '').replace('и ', '\\p{L}* ');
        for (const [key, message] of Object.entries((await load(folder, locale)) ?? {}))
          if (new RegExp(term, 'iu').test(message) !== /support staff/i.test(en[key] ?? ''))
            found.push(`${folder} ${locale} ${key}`);
      }
    }
    expect(columns.toSorted()).toEqual([...locales].sort());
    expect(found).toEqual([]);
  });

  test.each([...avoided])('in %s no catalog uses another word', async (locale = 'en', words) => {
    // Chinese has no blanks between words, and Arabic joins its article to them.
    const isJoined = locale === 'zh' || locale === 'ar';
    const found: string[] = [];
    for (const folder of folders)
      for (const [key, message] of Object.entries((await load(folder, locale)) ?? {}))
        for (const word of words) {
          const pattern = isJoined ? word : `(?<!\\p{L})${word}(?!\\p{L})`;
          if (new RegExp(pattern, 'iu').test(message)) found.push(`${folder} ${key}: ${word}`);
        }
    expect(found).toEqual([]);
  });
});

describe('what the platforms cut off', () => {
  const { drawn, untold } = labelsIn(root);

  /** The parts of a form that core's own words fill (adapters/slack/modal.ts, adapters/discord/answer.ts). */
  const ofCore: readonly Drawn[] = (
    [
      ['form', 'send'],
      ['form', 'cancel'],
      ['button', 'openForm'],
      ['button', 'backToForm'],
      ['button', 'translate'],
    ] as const
  ).map(([part, key]) => ({ part, key, at: 'adapters', words: 'src/core/words' }));

  test('every label of the program is known by its key', () => {
    expect(untold).toEqual([]);
    const features = readdirSync(join(root, 'src/features'), { withFileTypes: true }).filter((one) =>
      one.isDirectory(),
    );
    for (const { name } of features) {
      const parts = drawn.filter(({ words }) => words === `src/features/${name}/words`).map(({ part }) => part);
      expect([name, parts.includes('about'), parts.length > 3]).toEqual([name, true, true]);
    }
    expect(new Set(drawn.map(({ part }) => part))).toEqual(new Set(Object.keys(most)));
  });

  test.each(locales)('fits in %s', async (locale) => {
    const tooLong: string[] = [];
    for (const { part, key, at, words } of [...drawn, ...ofCore]) {
      const message = (await load(words, locale))?.[key] ?? (await load('src/core/words', locale))?.[key];
      if (message === undefined) throw new Error(`${at}: no words under ${key} in ${words}`);
      // An ID, a number, a zone: what is dropped into a label is short, or cut by who drops it in.
      for (const text of readings(message, locale, 'x'.repeat(10)))
        if (text.length > most[part]) tooLong.push(`${at} ${part} ${key} (${text.length}): ${text}`);
    }
    expect([...new Set(tooLong)]).toEqual([]);
  });

  test('names of languages fit a choice', () => {
    for (const name of Object.values(localeNames)) expect(name.length).toBeLessThanOrEqual(most.choice);
  });
});

test('the sources of all words are read', () => {
  expect(folders.length).toBeGreaterThanOrEqual(4);
  for (const folder of folders) expect(readFileSync(join(root, folder, 'en.ts'), 'utf8')).toContain('as const');
});
