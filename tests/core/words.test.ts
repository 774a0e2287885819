// Every sentence in every language: the same placeholders, every plural form, short enough where it counts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { locales } from '../../src/core/locale.js';

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

describe.each(folders)('%s', (folder) => {
  test.each(locales)('in %s has every sentence with its placeholders and plural forms', async (locale) => {
    const [en, own] = [await load(folder, 'en'), await load(folder, locale)];
    if (!en) throw new Error('no English');
    if (!own) throw new Error('not written');
    expect(Object.keys(own).sort()).toEqual(Object.keys(en).sort());
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    for (const [key, message] of Object.entries(own)) {
      expect([key, placeholders(message)]).toEqual([key, placeholders(en[key] ?? '')]);
      if (message.includes(', plural,')) {
        const missing = forms.filter((form) => !message.includes(`${form} {`) && !['zero', 'many'].includes(form));
        expect([key, missing]).toEqual([key, []]);
      }
    }
  });

  test.each(locales)('in %s keeps titles, buttons and descriptions within what the platforms take', async (locale) => {
    for (const [key, message] of Object.entries((await load(folder, locale)) ?? {})) {
      const most = /^(about|option)/.test(key)
        ? 100
        : key === 'explainAcronyms' || /^(formTitle|settingsTitle|send|cancel)$/.test(key)
          ? 24
          : 1000;
      expect([key, message.length <= most]).toEqual([key, true]);
    }
  });
});

test('the sources of all words are read', () => {
  expect(folders.length).toBeGreaterThanOrEqual(4);
  for (const folder of folders) expect(readFileSync(join(root, folder, 'en.ts'), 'utf8')).toContain('as const');
});
