// Browsing: every entry is on exactly one page of its letter, and on one of its body.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { locales } from '../../../../src/core/locale.js';
import { shippedGlossary } from '../../../../src/features/acronym/glossary.js';
import { bodiesOf, lettersOf, pageOf, partNamed } from '../../../../src/features/acronym/own/browse.js';
import { buttonsOf, cardOf, textOf } from '../../../support/harness.js';
import { addEntry, stage } from './stage.js';

const { senses } = shippedGlossary;

describe('the parts of the glossary', () => {
  test.each([
    ['letter', lettersOf(senses)],
    ['body', bodiesOf(senses)],
  ] as const)('by %s hold every entry once, in order', (by, parts) => {
    const told = parts.flatMap(({ key, count }) => {
      const { pages } = pageOf(senses, { by, at: key }, 0);
      const all = Array.from({ length: pages }, (_, page) => pageOf(senses, { by, at: key }, page).senses).flat();
      expect(all).toHaveLength(count);
      return all;
    });
    expect(new Set(told).size).toBe(senses.length);
    expect(told).toHaveLength(senses.length);
  });

  test('a page that is not there is the nearest one', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.constant(Number.NaN), fc.double()), (page) => {
        const found = pageOf(senses, { by: 'letter', at: 'A' }, page);
        expect(found.senses.length).toBeGreaterThan(0);
        expect(found.page).toBeLessThan(found.pages);
      }),
    );
  });

  test('are named as people type them', () => {
    expect(partNamed('gnso')).toEqual({ by: 'body', at: 'GNSO' });
    expect(partNamed('p')).toEqual({ by: 'letter', at: 'P' });
    expect(partNamed('é')).toEqual({ by: 'letter', at: 'E' });
    expect(partNamed('7')).toEqual({ by: 'letter', at: '0-9' });
    expect(partNamed('Ж')).toEqual({ by: 'letter', at: 'Ж' });
    expect(partNamed('serach')).toBeUndefined();
  });
});

describe('/glossary', () => {
  test('says which names are not there in the reader’s language, and in which they are shown', async () => {
    const bot = await stage();
    await addEntry(bot, 'XFR', 'Exemple français', { language: 'fr' });
    const body = (locale: string) => bot.call('alice', 'glossary.page', { by: 'body', at: 'own' }, { locale });
    const text = textOf(cardOf(await body('es')));
    expect(text).toMatch(/^XFR — .*Exemple français\P{L}*† · /mu);
    expect(text).toContain('† Todavía no hay texto en este idioma (Español); se muestra en otro (Français).');
    expect(textOf(cardOf(await body('fr')))).not.toContain('†');
  });

  test('opens with letters and bodies, and leads to a page and an entry', async () => {
    const bot = await stage();
    const card = cardOf(await bot.type('alice', '/glossary'));
    expect(textOf(card)).toMatch(/By letter: [\s\S]*P \(\d+\)[\s\S]*By body: ICANN \(\d+\)/);
    const page = cardOf(await bot.call('alice', 'glossary.page', { by: 'letter', at: 'P' }));
    expect(textOf(page)).toMatch(/^P\nPage 1 of \d+ · \d+ entries\n/);
    const next = cardOf(await bot.press('alice', page, 'Next page'));
    expect(textOf(next)).toContain('Page 2 of');
    expect(buttonsOf(next).map(({ label }) => label)).toContain('Previous page');
    expect(textOf(cardOf(await bot.call('alice', 'glossary.open', { id: 'pdp' })))).toContain(
      'PDP — Policy Development',
    );
    expect(textOf(cardOf(await bot.press('alice', next, 'Letters and bodies')))).toContain('By letter');
  });

  test('takes a letter or a body, and refuses what is neither with the bodies that there are', async () => {
    const bot = await stage();
    expect(textOf(cardOf(await bot.type('alice', '/glossary gnso')))).toMatch(/^GNSO\nPage 1/);
    expect(textOf(cardOf(await bot.type('alice', '/glossary browse P')))).toMatch(/^P\nPage 1/);
    expect(textOf(cardOf(await bot.type('alice', '/glossary serach')))).toContain('The bodies are: ICANN, ALAC');
  });

  test('shows the space’s own entries among the others, and as a part of their own', async () => {
    const bot = await stage();
    await addEntry(bot, 'ЖКХ', 'Example');
    expect(textOf(cardOf(await bot.type('alice', '/glossary')))).toContain('This community (1)');
    expect(textOf(cardOf(await bot.type('alice', '/glossary Ж')))).toContain('ЖКХ — Example · This community');
    expect(textOf(cardOf(await bot.type('alice', '/glossary own')))).toContain('ЖКХ — Example');
  });

  test.each(locales)('fits its buttons and menus in %s', async (locale) => {
    const bot = await stage();
    for (const { key } of lettersOf(senses)) {
      const card = cardOf(await bot.call('alice', 'glossary.page', { by: 'letter', at: key }, { locale }));
      for (const { label } of buttonsOf(card)) expect(label.length).toBeLessThanOrEqual(75);
      expect(card.locale).toBe(locale);
    }
  });
});
