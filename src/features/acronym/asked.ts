// What was asked for, and in which language: `PDP in fr`, `PDP French`. Pure.
import { asLocale, type Locale, locales } from '../../core/locale.js';
import { refuse } from '../../core/refusal.js';
import { fold } from './fold.js';
import type { Glossary } from './search.js';

export interface Asked {
  readonly term: string;
  readonly language: Locale | undefined;
}

let names: ReadonlyMap<string, Locale> | undefined;

/** What each of the languages is called in each of them, folded. */
const languageNames = (): ReadonlyMap<string, Locale> =>
  new Map(
    locales.flatMap((speaker) => {
      const display = new Intl.DisplayNames(speaker, { type: 'language' });
      return locales.map((one) => [fold(display.of(one) ?? one), one] as const);
    }),
  );

/** The language that a tag or a name stands for: `fr`, `pt-BR`, `French`, `français`, `法语`. */
export function languageNamed(typed: string): Locale | undefined {
  names ??= languageNames();
  return asLocale(typed) ?? names.get(fold(typed));
}

/**
 * `PDP in fr` or `PDP fr`, or the language as an option of its own.
 * @throws Refusal `unknownLanguage`
 */
export function readAsked(glossary: Glossary, typed: string, option: string | undefined): Asked {
  const { before, word } = cutLast(typed);
  const { before: term, word: joint } = cutLast(before);
  const isIn = joint.toLowerCase() === 'in' && term !== '';
  const named = languageNamed(word);
  if (named && isIn) return { term, language: named };
  // What is a term itself, or ends one ("Task Force on Arabic"), is meant as that.
  if (named && before !== '' && [word, typed].every((known) => glossary.exact(known).length === 0))
    return { term: before, language: named };
  // "in" may be a word of what is looked for; a two-letter word behind it is meant as a language.
  if (isIn && /^\p{L}{2}$/u.test(word) && glossary.exact(word).length === 0) throw refuseLanguage(word);
  const language = option ? languageNamed(option) : undefined;
  if (option && !language) throw refuseLanguage(option, 'language');
  return { term: typed, language };
}

/** The last word, and what stands before it. By hand: a regular expression would try every space of a long row. */
function cutLast(text: string): { readonly before: string; readonly word: string } {
  const own = text.trimEnd();
  let from = own.length;
  while (from > 0 && /\S/u.test(own.charAt(from - 1))) from -= 1;
  return { before: own.slice(0, from).trim(), word: own.slice(from) };
}

const refuseLanguage = (typed: string, field = 'term') =>
  refuse('unknownLanguage', { typed, languages: locales }, field);
