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

const text = z.string().trim().min(1);
const inLanguages = (max: number) =>
  z.partialRecord(z.enum(locales), text.max(max)).refine((texts) => texts.en !== undefined, 'English is the source');

export const senseSchema = z.strictObject({
  /** Stays for ever: it is what buttons carry. */
  id: z.string().regex(/^[a-z0-9-]{1,24}$/),
  acronym: text.max(40),
  /** Other names people type for the same thing; plurals and punctuation need none. */
  aliases: z.array(text.max(60)).optional(),
  body: z.enum(bodies),
  kind: z.enum(kinds),
  expansion: inLanguages(200),
  definition: inLanguages(500).optional(),
  sources: z.array(text.max(400)).min(1),
  /** When it was read in those sources. */
  seen: z.iso.date(),
});

export type Sense = z.infer<typeof senseSchema>;

/** A text with the language that it is really in. */
export interface Said {
  readonly text: string;
  readonly locale: Locale;
}

/** The text in the language asked for, or in English. */
export function inLanguage(texts: Partial<Record<Locale, string>>, locale: Locale): Said {
  const own = texts[locale];
  return own === undefined ? { text: texts.en ?? '', locale: 'en' } : { text: own, locale };
}

/** The address of the first source that has one; the others are names of papers and transcripts. */
export const sourceAddress = (sense: Sense): string | undefined =>
  sense.sources.find((source) => /^https?:\/\/\S+$/.test(source));
