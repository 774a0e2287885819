// Texts that are not there in the language asked for, where many senses are told: a mark beside each, one line for all.
import { type Block, quiet } from '../../core/card.js';
import { type Locale, localeNames } from '../../core/locale.js';
import { inLanguage, type Said, type Sense } from './model.js';
import { acronymWords } from './words/index.js';

/** What marks a text that is shown in another language. */
const otherMark = '†';

/** The mark behind a text, or nothing where it is in the language asked for. */
export const markOf = (said: Said | undefined, asked: Locale): string =>
  said && said.locale !== asked ? otherMark : '';

/** What is told of a sense in short, in the language asked for as far as it is there. */
export const saidOf = ({ expansion, definition }: Sense, asked: Locale): readonly Said[] => [
  inLanguage(expansion, asked),
  ...(definition ? [inLanguage(definition, asked)] : []),
];

/**
 * The line that says what the mark means, where one of the texts bears it.
 * @param asked the language of the texts
 * @param locale the language of the line
 */
export function markedLine(said: readonly Said[], asked: Locale, locale: Locale): readonly Block[] {
  const shown = [...new Set(said.map((one) => one.locale))].filter((one) => one !== asked);
  if (shown.length === 0) return [];
  const w = acronymWords(locale);
  const language = localeNames[asked];
  const text = shown.every((one) => one === 'en')
    ? w.text('onlyEnglish', { language })
    : w.text('onlyOther', { language, shown: shown.map((one) => localeNames[one]).join(' / ') });
  return [quiet(`${otherMark} `, ...text)];
}
