// Words: key + locale + arguments -> text. Messages are ICU; what is put into them stays data, so that neither a
// translator nor a member can bring in markup.
import { IntlMessageFormat } from 'intl-messageformat';
import type { Inline, Text } from './card.js';
import { byLocale, isRightToLeft, type Locale, rightToLeftLetter } from './locale.js';

/** The sentences of one language, by key, in ICU message syntax. */
export type Messages<K extends string = string> = Readonly<Record<K, string>>;

/** Every language that has been written; English is the source and always there. */
export type Catalog<K extends string> = { readonly en: Messages<K> } & Readonly<Partial<Record<Locale, Messages<K>>>>;

export interface Words<K extends string = string> {
  readonly locale: Locale;
  /** Whether there is a sentence under this key, in this language or in English. */
  has(key: string): boolean;
  /** A sentence for a card, its arguments dropped in as data, lists of names as `listed` writes them. */
  text(key: K, args?: Readonly<Record<string, Inline | number | Date | readonly string[]>>): Text;
  /** A plain string for buttons, titles and labels. */
  label(key: K, args?: Readonly<Record<string, string | number | Date | readonly string[]>>): string;
}

/** Latin digits in every language, as the community writes them. */
const formatLocale = (locale: Locale): string => `${locale}-u-nu-latn`;

/** Around a text that may run the other way than the sentence: first strong isolate … pop directional isolate (Unicode, UAX 9). */
export const isolate = (text: string): string => `\u2068${text}\u2069`;

/**
 * A text that may run the other way than the card it stands in: a command in an Arabic one, an Arabic name in an English
 * one. Unless it is isolated, the numbers beside it change places with it.
 */
export const isolatedIn = (locale: Locale, text: string): string =>
  isRightToLeft(locale) || rightToLeftLetter.test(text) ? isolate(text) : text;

/** What is to be typed as it stands: a date with or without hour and zone, a command. */
const examples =
  /\b\d{4}-\d\d(?:-\d\d)?(?: \d\d:\d\d)?(?: (?:UTC\b|[A-Z]\w+\/[A-Z]\w+))?|(?<![\w/])\/[a-z]+(?: @?[\w-]+)*/g;

/** A right-to-left sentence would turn what stands between the digits of a date, and the slash of a command, around. */
const withExamplesIsolated = (source: string): string => source.replace(examples, isolate);

/** What stands between the parts of a list, for languages whose comma is their own. */
const commas: Readonly<Partial<Record<Locale, string>>> = { zh: '、', ar: '، ' };

/** Names in a row as they are typed into a field, or where each brings its marks of direction along. */
export const commaed = (locale: Locale, names: readonly string[]): string => names.join(commas[locale] ?? ', ');

/**
 * `PDP, GNSO`: names in a row, with the comma of the language, each running its own way.
 *
 * `Intl.ListFormat` is for sentences: it writes the Arabic "and" as one word with the name behind it, and its lists
 * without an "and" have no sign at all between their parts in Chinese, and no comma in Russian.
 */
export const listed = (locale: Locale, names: readonly string[]): string =>
  commaed(
    locale,
    names.map((name) => isolatedIn(locale, name)),
  );

/**
 * The words of a catalog, by language; a key that a translation lacks is answered in English.
 * @returns a function that is cheap to call: languages and messages are compiled once
 */
export function wording<K extends string>(catalog: Catalog<K>): (locale: Locale) => Words<K> {
  return byLocale((locale) => wordsOf(catalog, locale));
}

/** A sentence without braces and quotes stands for itself (ICU MessageFormat): to parse it takes time and memory. */
const isPlain = (source: string): boolean => /^[^{}']+$/.test(source);

function wordsOf<K extends string>(catalog: Catalog<K>, locale: Locale): Words<K> {
  const compiled = new Map<K, string | IntlMessageFormat>();
  const messageOf = (key: K): string | IntlMessageFormat => {
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const own = catalog[locale]?.[key];
    const written = own ?? catalog.en[key];
    if (written === undefined) throw new Error(`no words under ${key}`);
    const source = own !== undefined && isRightToLeft(locale) ? withExamplesIsolated(written) : written;
    const language = formatLocale(own === undefined ? 'en' : locale);
    const message = isPlain(source) ? source : new IntlMessageFormat(source, language, undefined, { ignoreTag: true });
    compiled.set(key, message);
    return message;
  };
  const argument = (value: unknown): unknown => {
    if (Array.isArray(value)) return listed(locale, value);
    return typeof value === 'string' ? isolatedIn(locale, value) : value;
  };
  const prepared = (args: object): Record<string, never> =>
    Object.fromEntries(Object.entries(args).map(([name, value]) => [name, argument(value)])) as Record<string, never>;

  return {
    locale,
    has: (key) => Object.hasOwn(catalog.en, key),
    text(key, args = {}) {
      const message = messageOf(key);
      if (typeof message === 'string') return [message];
      return message.formatToParts<Inline>(prepared(args)).map((part) => part.value as Inline);
    },
    label(key, args = {}) {
      const message = messageOf(key);
      return typeof message === 'string' ? message : String(message.format(prepared(args)));
    },
  };
}

const instants = byLocale(
  (locale) =>
    new Intl.DateTimeFormat(formatLocale(locale), {
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: 'UTC',
      timeZoneName: 'short',
    }),
);

/** An instant with date, time and the zone's name, in UTC; for where a platform cannot show the reader's own time. */
export const instantIn = (locale: Locale, at: Date): string => instants(locale).format(at);
