// A sense of an acronym: its zod schema, and what it says in a language.
import { z } from 'zod';
import { type Locale, locales } from '../../core/locale.js';

/** Who uses the acronym; the order is that in which the senses of an ambiguous one are told. */
export const bodies = [
  'ICANN',
  'ALAC',
  'GAC',
  'GNSO',
  'ccNSO',
  'ASO',
  'SSAC',
  'RSSAC',
  'RIR',
  'IETF',
  'general',
] as const;

export const kinds = ['organisation', 'technology', 'process', 'document', 'policy', 'meeting', 'role'] as const;

/** The bodies whose terms are defined, not only spelled out. */
export const definedBodies: readonly string[] = bodies.slice(0, 9);

/** The longest texts that a card, a button and a choice hold, in UTF-16 units. */
export const longest = { acronym: 40, alias: 60, expansion: 200, definition: 500 } as const;

const text = z.string().trim().min(1);

/** A text in some of the languages, in at least one. */
export const inLanguages = (max: number) =>
  z
    .partialRecord(z.enum(locales), text.max(max))
    .refine((texts) => Object.keys(texts).length > 0, 'a text needs a language');

const fromEnglish = (max: number) =>
  inLanguages(max).refine((texts) => texts.en !== undefined, 'English is the source');

/** Other names that people type for the same thing, by language; plurals and punctuation need none. */
export const aliasesSchema = z.partialRecord(z.enum(locales), z.array(text.max(longest.alias)).min(1));

export const senseSchema = z.strictObject({
  /** Stays for ever: it is what buttons carry. */
  id: z.string().regex(/^[a-z0-9-]{1,24}$/),
  acronym: text.max(longest.acronym),
  aliases: aliasesSchema.optional(),
  body: z.enum(bodies),
  kind: z.enum(kinds),
  expansion: fromEnglish(longest.expansion),
  /** The languages besides English in which the name was read in a source; in any other one it is our translation. */
  official: z.array(z.enum(locales)).optional(),
  definition: fromEnglish(longest.definition).optional(),
  sources: z.array(text.max(400)).min(1),
  /** When it was read in those sources. */
  seen: z.iso.date(),
});

type Shipped = z.infer<typeof senseSchema>;

/** Whose a term is: a body of the community at large, or the space's own glossary. */
export type Body = Shipped['body'] | 'own';

/** What is found and shown: a sense that ships with the program, or an entry of the space's own. */
export type Sense = Omit<Shipped, 'body' | 'kind'> & {
  readonly body: Body;
  /** Names that are noticed in a text though they do not look like acronyms: `i18n`, as the space itself entered it. */
  readonly plainNames?: readonly string[];
};

export type Texts = Sense['expansion'];

/** A text with the language that it is really in. */
export interface Said {
  readonly text: string;
  readonly locale: Locale;
}

/** The text in the language asked for, or in English, or in whichever there is. */
export function inLanguage(texts: Texts, locale: Locale): Said {
  const found = [locale, ...locales].find((one) => texts[one] !== undefined) ?? 'en';
  return { text: texts[found] ?? '', locale: found };
}

/** All other names, whatever their language. */
export const aliasesOf = ({ aliases = {} }: Pick<Sense, 'aliases'>): readonly string[] => [
  ...new Set(Object.values(aliases).flat()),
];

/** All names that are looked up, but for what it stands for. */
export const namesOf = (sense: Pick<Sense, 'acronym' | 'aliases'>): readonly string[] => [
  sense.acronym,
  ...aliasesOf(sense),
];

/** Whether the name in this language is a translation of ours rather than one that was read somewhere. */
export const isOurTranslation = ({ body, official = [] }: Sense, locale: Locale): boolean =>
  body !== 'own' && locale !== 'en' && !official.includes(locale);

/** The address of the first source that has one; the others are names of papers and transcripts. */
export const sourceAddress = (sense: Sense): string | undefined =>
  sense.sources.find((source) => /^https?:\/\/\S+$/.test(source));
