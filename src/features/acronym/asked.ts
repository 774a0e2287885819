// What was asked for, and in which language: `PDP in fr`, `PDP in French`. Pure.
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
 * `PDP in fr`, or the language as an option of its own.
 * @throws Refusal `unknownLanguage`
 */
export function readAsked(glossary: Glossary, typed: string, option: string | undefined): Asked {
  const [, term, name] = /^(.+)\s+in\s+([\p{L}\p{M}\p{N}_-]+)\s*$/isu.exec(typed) ?? [];
  if (term !== undefined && name !== undefined) {
    const language = languageNamed(name);
    if (language) return { term, language };
    // "in" may be a word of what is looked for; a two-letter word behind it is meant as a language.
    if (name.length === 2 && glossary.exact(name).length === 0) throw refuseLanguage(name);
  }
  const language = option ? languageNamed(option) : undefined;
  if (option && !language) throw refuseLanguage(option, 'language');
  return { term: typed, language };
}

const refuseLanguage = (typed: string, field = 'term') =>
  refuse('unknownLanguage', { typed, languages: locales.join(', ') }, field);

/** As {@link readAsked}; a last word that names a language needs no "in" where what stands before it is a term. */
export function readEdited(glossary: Glossary, typed: string, option: string | undefined): Asked {
  const asked = readAsked(glossary, typed, option);
  if (asked.language || glossary.exact(asked.term).length > 0) return asked;
  const at = typed.trimEnd().lastIndexOf(' ');
  const term = typed.slice(0, Math.max(0, at)).trim();
  const language = languageNamed(typed.slice(at + 1).trim());
  return language && glossary.exact(term).length > 0 ? { term, language } : asked;
}
