// The seven languages of the community: the six of the United Nations and Portuguese.

export const locales = ['en', 'fr', 'es', 'zh', 'ar', 'ru', 'pt'] as const;

export type Locale = (typeof locales)[number];

/** How each language calls itself; shown wherever a language is chosen. */
export const localeNames: Readonly<Record<Locale, string>> = {
  en: 'English',
  fr: 'Français',
  es: 'Español',
  zh: '中文',
  ar: 'العربية',
  ru: 'Русский',
  pt: 'Português',
};

/**
 * The community language of a platform's locale tag.
 * @param tag a BCP 47 tag such as `pt-BR`, `es-419` or `zh-TW`; case does not matter
 * @returns the language, or undefined where the community does not work in it
 */
export function asLocale(tag: string | undefined): Locale | undefined {
  const language = tag?.trim().toLowerCase().split(/[-_]/)[0];
  return locales.find((locale) => locale === language);
}

/** A letter, or a mark, that turns the text around it to run from right to left (Unicode, UAX 9: R and AL). */
export const rightToLeftLetter = /[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\u200f\u061c]/u;

export const isRightToLeft = (locale: Locale): boolean => locale === 'ar';

/** Something that is dear to make and cheap to use, such as a format, made once for each language. */
export function byLocale<T>(make: (locale: Locale) => T): (locale: Locale) => T {
  const made = new Map<Locale, T>();
  return (locale) => {
    const one = made.get(locale) ?? make(locale);
    made.set(locale, one);
    return one;
  };
}
