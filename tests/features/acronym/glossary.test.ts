// The glossary as it ships: complete, unambiguous, fit for a card.
import { describe, expect, test } from 'vitest';
import { renderCard } from '../../../adapters/discord/render.js';
import { messagesOf } from '../../../adapters/slack/render.js';
import type { Card } from '../../../src/core/card.js';
import { type Locale, locales } from '../../../src/core/locale.js';
import { isolatedIn } from '../../../src/core/wording.js';
import { fold } from '../../../src/features/acronym/fold.js';
import { shippedGlossary as glossary, glossarySchema, readShipped } from '../../../src/features/acronym/glossary.js';
import { definedBodies, longest } from '../../../src/features/acronym/model.js';
import { senseBlocks, senseLabel } from '../../../src/features/acronym/sense-blocks.js';

const { senses } = glossary;

describe('the shipped glossary', () => {
  test('has the 534 senses that were collected, and those that newcomers miss', () => {
    expect(senses.length).toBeGreaterThan(534);
    const wanted =
      'PDP EPDP RALO AFRALO APRALO EURALO LACRALO NARALO ALS ALM EMM SubPro PSWG BGIG IGF CCWG SOI RDS phishing malware pharming';
    for (const acronym of wanted.split(' '))
      expect([acronym, glossary.exact(acronym).length > 0]).toEqual([acronym, true]);
  });

  test('has ids that are told apart', () => expect(new Set(senses.map(({ id }) => id)).size).toBe(senses.length));

  test('tells no sense twice', () => {
    const told = senses.map(({ acronym, expansion }) => `${acronym}: ${expansion.en}`);
    expect(told.filter((one, at) => told.indexOf(one) !== at)).toEqual([]);
  });

  test('defines every sense of the community’s own bodies in one to three sentences', () => {
    const own = senses.filter(({ body }) => definedBodies.includes(body));
    expect(own.length).toBeGreaterThanOrEqual(290);
    for (const { acronym, definition } of own) {
      const text = definition?.en ?? '';
      const sentences = text.split(/[.!?](?:\s|$)/).filter((one) => one.trim() !== '');
      expect([acronym, sentences.length >= 1 && sentences.length <= 4, text.endsWith('.')]).toEqual([
        acronym,
        true,
        true,
      ]);
    }
  });

  test('is in alphabetical order, so that a person finds the place to edit', () => {
    const order = senses.map(({ acronym }) => acronym.toLowerCase());
    expect(order).toEqual([...order].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  });

  test('has no English alias that is somebody else’s name', () => {
    const names = new Map(senses.map(({ acronym }) => [fold(acronym), acronym]));
    const clashes = senses.flatMap(({ acronym, aliases }) =>
      (aliases?.en ?? [])
        .filter((alias) => names.has(fold(alias)) && fold(alias) !== fold(acronym))
        .map((alias) => `${acronym}: ${alias}`),
    );
    expect(clashes).toEqual([]);
  });

  test('says of no language that its name is official where there is no name', () => {
    for (const { id, official = [], expansion } of senses) {
      expect([id, official.filter((locale) => locale === 'en' || expansion[locale] === undefined)]).toEqual([id, []]);
    }
  });

  test('calls registrants and staff what the table of terms calls them', () => {
    const texts = (locale: Locale) =>
      senses.map(({ id, expansion, definition }) => `${id}: ${expansion[locale]} ${definition?.[locale]}`);
    // 员工 is "staff", but 会员工作 is "the work of members".
    expect(texts('zh').filter((text) => /(?<!会)员工/u.test(text))).toEqual([]);
    // "Owner of the domain", in the singular and the plural.
    expect(texts('ar').filter((text) => /مالك[يو]? النطاق/u.test(text))).toEqual([]);
  });

  test.each([
    ['ar', '، '],
    ['zh', '、'],
  ] as const)('tells other names in %s with its own comma', (locale, comma) => {
    const several = senses.filter(({ aliases }) => (aliases?.[locale]?.length ?? 0) > 1);
    expect(several.length).toBeGreaterThan(0);
    for (const sense of several) {
      const told = JSON.stringify(senseBlocks(sense, { locale, textLocale: locale }));
      const names = sense.aliases?.[locale]?.map((name) => isolatedIn(locale, name)) ?? [];
      expect(told).toContain(names.join(comma));
    }
  });

  test('is read as the schema has it', () => {
    expect(glossarySchema.parse(readShipped()).senses).toHaveLength(senses.length);
  });
});

/** Letters of the scripts that a text in a language may hold; Latin ones are names, everywhere. */
const scripts: Readonly<Record<Locale, RegExp>> = {
  en: /^[\p{Script=Latin}]$/u,
  fr: /^[\p{Script=Latin}]$/u,
  es: /^[\p{Script=Latin}]$/u,
  pt: /^[\p{Script=Latin}]$/u,
  ru: /^[\p{Script=Latin}\p{Script=Cyrillic}]$/u,
  zh: /^[\p{Script=Latin}\p{Script=Han}]$/u,
  ar: /^[\p{Script=Latin}\p{Script=Arabic}ـ]$/u,
};

/** Words that only English has, and that no name is made of. */
const english = /\b(?:the|of|and|that|which|with|from|was|were|has|have|this|these|are|is|by|who|into|about)\b/giu;

/** Words that other languages with Latin letters have; one alone may be part of a name. */
const foreign: Partial<Record<Locale, RegExp>> = {
  en: /(?<![.-])\b(?:les|une|des|dans|pour|los|las|una|para|com|uma|não|dos|pelo|pela)\b/giu,
  fr: /(?<![.-])\b(?:los|las|una|para|con|del|uma|não|dos|pelo|pela|em|são)\b/giu,
  es: /(?<![.-])\b(?:les|une|des|dans|pour|avec|uma|não|dos|pelo|pela|em|são)\b/giu,
  pt: /(?<![.-])\b(?:les|une|dans|pour|avec|los|las|una|del|el|con)\b/giu,
};

/** Words with Latin letters in a row, as no name has them. */
const latinRun = /(?:[a-z][a-z’.-]*[ ,]+){5}/iu;

describe.each(locales)('every sense of the community’s own bodies in %s', (locale) => {
  const own = senses.filter(({ body }) => definedBodies.includes(body));
  const texts = own.map(({ id, expansion, definition }) => ({
    id,
    expansion: expansion[locale] ?? '',
    definition: definition?.[locale] ?? '',
  }));

  test('has its name and its definition', () => {
    expect(own.length).toBe(349);
    expect(texts.filter(({ expansion, definition }) => expansion === '' || definition === '')).toEqual([]);
  });

  test('is defined in one to three whole sentences', () => {
    for (const { id, definition } of texts) {
      const sentences = definition.split(/[.。!?](?:\s|$|(?=\p{Script=Han}))/u).filter((one) => one.trim() !== '');
      expect([id, sentences.length <= 4, /[.。]$/.test(definition)]).toEqual([id, true, true]);
    }
  });

  test('is written in its own letters', () => {
    for (const { id, expansion, definition } of texts) {
      const strays = [...`${expansion}${definition}`].filter(
        (sign) => /\p{L}/u.test(sign) && !scripts[locale].test(sign),
      );
      expect([id, strays]).toEqual([id, []]);
      if (['ru', 'zh', 'ar'].includes(locale))
        expect([id, /[^\p{Script=Latin}\P{L}]/u.test(definition)]).toEqual([id, true]);
    }
  });

  test('holds no sentence of another language', () => {
    for (const { id, expansion, definition } of texts) {
      // Names of programs and papers stay English now and then: a sentence has more of these words than a name.
      const words = locale === 'en' ? [] : (definition.match(english) ?? []);
      expect([id, words.length <= 1 ? [] : words]).toEqual([id, []]);
      const strays = (foreign[locale] && definition.match(foreign[locale])) ?? [];
      expect([id, strays.length <= 1 ? [] : strays]).toEqual([id, []]);
      const englishName = own.find((sense) => sense.id === id)?.expansion.en;
      if (locale !== 'en') expect([id, expansion]).not.toEqual([id, englishName]);
      if (['ru', 'zh', 'ar'].includes(locale)) expect([id, latinRun.exec(definition)?.[0]]).toEqual([id, undefined]);
    }
  });

  test('fits the cards of every platform', () => {
    for (const sense of own) {
      const card: Card = { locale, blocks: [...senseBlocks(sense, { locale, textLocale: locale })] };
      expect([sense.id, renderCard(card).length, messagesOf(card).length]).toEqual([sense.id, 1, 1]);
      const label = senseLabel(sense, locale);
      expect(label.length).toBeLessThanOrEqual(longest.acronym + longest.expansion + 2);
    }
  });
});
