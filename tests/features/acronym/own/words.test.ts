// Labels fit where the platforms put them, in every language.
import { describe, expect, test } from 'vitest';
import { type Locale, locales } from '../../../../src/core/locale.js';
import type { GlossaryKey } from '../../../../src/features/acronym/own/words/index.js';

const messages = async (locale: Locale): Promise<Record<GlossaryKey, string>> =>
  (await import(`../../../../src/features/acronym/own/words/${locale}.ts`)).default;

/** Longest titles of forms, labels and hints of fields, buttons, options of menus: Slack's or Discord's, the smaller. */
const most: readonly (readonly [RegExp, number])[] = [
  [/^(?:add|change|amend|which|suggest|reject|import)Title$/, 24],
  [/^field/, 45],
  [/^hint/, 100],
  // Where a form has five fields Discord shows its introduction as a hint.
  [/^(?:suggestIntro|isShipped)$/, 100],
  [
    /^(?:previous|next|contents|suggestButton|undo|remove|revert|accept|editButton|reject|importNow|pasteMore|discard)$/,
    75,
  ],
  [/^(?:besideIt|selectLetter|selectBody|selectEntry|forgetGap)$/, 75],
  // Forty characters of the term come to these.
  [/^addTerm$/, 35 + '{term}'.length],
];

describe.each(locales)('the words of /glossary in %s', (locale) => {
  test('fit', async () => {
    for (const [key, message] of Object.entries(await messages(locale))) {
      const limit = most.find(([keys]) => keys.test(key))?.[1] ?? 1000;
      expect([key, message.length <= limit, message.length]).toEqual([key, true, message.length]);
    }
  });
});
