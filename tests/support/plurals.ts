// The plurals of a sentence, each by itself: which numbers it tells apart, and how it reads for one of them.
import { IntlMessageFormat } from 'intl-messageformat';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

export interface Plural {
  /** What is counted. */
  readonly name: string;
  /** Categories such as `few`, and exact numbers such as `=0`. */
  readonly branches: readonly string[];
  read(count: number): string;
}

/** Every `{x, plural, …}` of a sentence in ICU message syntax, those within another one too. */
export function pluralsIn(message: string, locale: string): readonly Plural[] {
  const formatOf = (source: string | Element[]): IntlMessageFormat =>
    new IntlMessageFormat(source, `${locale}-u-nu-latn`, undefined, { ignoreTag: true });
  const inside = (elements: readonly Element[]): readonly Plural[] =>
    elements.flatMap((element) => {
      if (!('options' in element)) return [];
      const within = Object.values(element.options).flatMap(({ value }) => inside(value));
      if (!('pluralType' in element)) return within;
      const format = formatOf([element]);
      const read = (count: number): string => String(format.format({ [element.value]: count }));
      return [{ name: element.value, branches: Object.keys(element.options), read }, ...within];
    });
  return inside(formatOf(message).getAst());
}

/** Numbers that the bot may count. French, Spanish and Portuguese have a form of their own from a million on: `many`. */
const counted = Array.from({ length: 1000 }, (_, count) => count);

/**
 * The forms that a plural lacks: each that some number takes which has no branch of its own. So Arabic `=0` stands for
 * `zero`, and `many` may be left out where only millions take it. (`other`, which fractions take, ICU always demands.)
 */
export function lackingForms({ branches }: Plural, locale: string): readonly string[] {
  const rules = new Intl.PluralRules(locale);
  const needed = counted.filter((count) => !branches.includes(`=${count}`)).map((count) => rules.select(count));
  return [...new Set(needed)].filter((form) => !branches.includes(form));
}

/** The first number that is told as 1 is, since its form is `one` too and the branch does not say which: Russian 21. */
export function takenForOne({ read }: Plural, locale: string): number | undefined {
  const rules = new Intl.PluralRules(locale);
  return counted.find((count) => count > 1 && rules.select(count) === 'one' && read(count) === read(1));
}
