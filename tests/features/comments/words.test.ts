// What the platforms cut off: titles of forms, labels and hints of fields, buttons, choices.
import { describe, expect, test } from 'vitest';
import { discordCommands } from '../../../adapters/discord/commands.js';
import { locales } from '../../../src/core/locale.js';
import { comments } from '../../../src/features/comments/feature.js';
import { type CommentsKey, commentsWords } from '../../../src/features/comments/words/index.js';

const titles: readonly CommentsKey[] = [
  'titleAdd',
  'titleEdit',
  'titleExtend',
  'titleLinks',
  'titleDates',
  'titleFollow',
  'titleImport',
  'titlePick',
];

const fields: readonly CommentsKey[] = [
  'fieldAddress',
  'fieldTitle',
  'fieldOpening',
  'fieldClosing',
  'fieldCategory',
  'fieldRequester',
  'fieldLanguages',
  'fieldSubmissions',
  'fieldReportDue',
  'fieldReportOut',
  'fieldReport',
  'fieldSteps',
  'fieldDays',
  'fieldHour',
  'fieldZone',
  'fieldOnly',
  'fieldWords',
  'fieldList',
  'fieldWhich',
];

const hints: readonly CommentsKey[] = [
  'hintAddress',
  'hintOpening',
  'hintClosing',
  'hintDay',
  'hintSteps',
  'hintHour',
  'hintZone',
  'hintWords',
  'hintList',
];

/** With ` (7K3F)` behind them where several stand in one post. */
const buttons: readonly CommentsKey[] = [
  'remindMe',
  'pulse',
  'illDraft',
  'addToCalendar',
  'done',
  'mute',
  'draftIsOut',
  'statementSubmitted',
  'noStatement',
  'undecide',
  'putDown',
  'handOver',
  'edit',
  'moveClosing',
  'links',
  'dates',
  'remove',
  'withdraw',
  'removeMistake',
  'takeSource',
  'keepOurs',
];

describe.each(locales)('in %s', (locale) => {
  const w = commentsWords(locale);
  const long = (keys: readonly CommentsKey[], most: number) => keys.filter((key) => w.label(key).length > most);

  test('titles of forms have at most 24 characters', () => expect(long(titles, 24)).toEqual([]));
  test('labels of fields have at most 45', () => expect(long(fields, 45)).toEqual([]));
  test('hints have at most 100', () => expect(long(hints, 100)).toEqual([]));
  test('buttons leave room for the ID', () => expect(long(buttons, 60)).toEqual([]));
  test('the command list fits on Discord', () => expect(() => discordCommands([comments])).not.toThrow());
});

describe.each(locales.filter((locale) => locale !== 'en'))('in %s', (locale) => {
  test('every sentence is its own, not English', async () => {
    const load = async (of: string): Promise<Record<string, string>> =>
      ((await import(`../../../src/features/comments/words/${of}.ts`)) as { default: Record<string, string> }).default;
    const [en, own] = [await load('en'), await load(locale)];
    const words = (text = ''): string => text.replace(/\{[^{}]*\}/g, '');
    const same = Object.keys(en).filter((key) => own[key] === en[key] && /\p{L}/u.test(words(en[key])));
    // Words that are spelled alike.
    expect(same.filter((key) => !['stepVote', 'no', 'leftMinutes'].includes(key))).toEqual([]);
  });
});
