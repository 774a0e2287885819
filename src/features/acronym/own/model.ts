// A space's own glossary: its entries, the steps by which they came about, and the rules for both. Pure.
import { z } from 'zod';
import { type Space, spaceId } from '../../../core/call.js';
import type { Locale } from '../../../core/locale.js';
import { refuse } from '../../../core/refusal.js';
import { commaed } from '../../../core/wording.js';
import { fold } from '../fold.js';
import { aliasesOf, aliasesSchema, inLanguages, longest, type Sense } from '../model.js';

export const entrySchema = z.object({
  acronym: z.string().trim().min(1).max(longest.acronym),
  aliases: aliasesSchema.optional(),
  expansion: inLanguages(longest.expansion),
  definition: inLanguages(longest.definition).optional(),
  /** The shipped sense in whose place it stands; without one it stands beside whatever ships. */
  replaces: z.string().optional(),
});

export type Entry = z.infer<typeof entrySchema>;

/** Ids of own entries have capitals only, those of shipped senses none: neither is ever taken for the other. */
const ownId = /^E[A-Z0-9-]{1,23}$/;

export const isOwnId = (id: string): boolean => ownId.test(id);

const changeSchema = z.object({
  id: z.string().regex(ownId),
  /** The entry from then on; null: there is none any more. */
  entry: entrySchema.nullable(),
});

export type Change = z.infer<typeof changeSchema>;

/** What somebody did to the glossary, all of it at once or nothing: a document each, numbered without a gap. */
export const stepSchema = z.object({
  space: z.string(),
  at: z.iso.datetime(),
  /** The member's id; empty once they have had it erased. */
  by: z.string(),
  how: z.enum(['add', 'edit', 'remove', 'revert', 'import', 'suggestion']),
  /** Done once only for the same cause: an import, a suggestion. */
  cause: z.string().optional(),
  changes: z.array(changeSchema).min(1),
});

export type Step = z.infer<typeof stepSchema>;
export type Draft = Pick<Step, 'how' | 'cause' | 'changes'>;

/** Digits of a step's number in its id, so that ids sort as numbers do. */
const digits = 8;

export const stepId = (of: Space, number: number): string => `${spaceId(of)}/${String(number).padStart(digits, '0')}`;

export const stepNumber = (id: string): number => Number(id.slice(-digits));

/** The id of the nth entry that a step makes. */
export function entryId(step: number, nth: number): string {
  const base = `E${step.toString(36).toUpperCase()}`;
  return nth === 0 ? base : `${base}-${nth.toString(36).toUpperCase()}`;
}

/** An entry that is there now. */
export interface Kept {
  readonly id: string;
  readonly entry: Entry;
  /** The number of the step that changed it last. */
  readonly rev: number;
  readonly at: string;
}

/** The entry as it is found and shown. */
export const senseOf = ({ id, entry, at }: Kept): Sense => ({
  id,
  acronym: entry.acronym,
  ...(entry.aliases ? { aliases: entry.aliases } : {}),
  body: 'own',
  expansion: entry.expansion,
  ...(entry.definition ? { definition: entry.definition } : {}),
  sources: [],
  seen: at.slice(0, 10),
});

/** A shipped sense as an own entry that stands in its place; what ships later does not touch it. */
export const entryFrom = (sense: Sense): Entry => ({
  acronym: sense.acronym,
  ...(sense.aliases ? { aliases: sense.aliases } : {}),
  expansion: sense.expansion,
  ...(sense.definition ? { definition: sense.definition } : {}),
  replaces: sense.id,
});

/** What was typed of an entry, in one language. */
export interface Typed {
  /** The acronym, and other names after commas. */
  readonly term: string;
  readonly expansion: string;
  readonly definition?: string | undefined;
  readonly locale: Locale;
}

const names = (term: string): readonly string[] =>
  term
    .split(/[,;،，、；]/u)
    .map((name) => name.trim())
    .filter((name) => name !== '');

/**
 * The entry with what was typed in one language; its texts in other languages stay.
 * @throws Refusal `noName`, `tooLong`
 */
export function written(typed: Typed, old?: Entry): Entry {
  const { locale } = typed;
  const [acronym, ...others] = names(typed.term);
  if (acronym === undefined || fold(acronym) === '') throw refuse('noName', {}, 'term');
  if (typed.expansion.trim() === '') throw refuse('noExpansion', {}, 'expansion');
  check(acronym, longest.acronym, 'term');
  for (const other of others) check(other, longest.alias, 'term');
  check(typed.expansion, longest.expansion, 'expansion');
  check(typed.definition ?? '', longest.definition, 'definition');
  const { aliases, definition, ...rest } = old ?? { expansion: {} };
  const allAliases = without({ ...aliases, [locale]: others.length > 0 ? others : undefined });
  const allDefinitions = without({ ...definition, [locale]: typed.definition?.trim() || undefined });
  return {
    ...rest,
    acronym,
    expansion: { ...rest.expansion, [locale]: typed.expansion.trim() },
    ...(Object.keys(allAliases).length > 0 ? { aliases: allAliases } : {}),
    ...(Object.keys(allDefinitions).length > 0 ? { definition: allDefinitions } : {}),
  };
}

const without = <T>(record: Readonly<Record<string, T | undefined>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter((pair): pair is [string, T] => pair[1] !== undefined));

function check(text: string, most: number, field: string): void {
  if (text.length > most) throw refuse('tooLong', { most: String(most) }, field);
}

/** The names and other names of an entry, as they are typed into one field. */
export const termOf = ({ acronym, aliases }: Pick<Entry, 'acronym' | 'aliases'>, locale: Locale): string =>
  commaed(locale, [acronym, ...(aliases?.[locale] ?? [])]);

/** Whether two entries say the same: the same acronym, standing for the same in some language. */
export function isSame(a: Entry, b: Entry): boolean {
  if (fold(a.acronym) !== fold(b.acronym)) return false;
  const other = new Set(Object.values(b.expansion).map(fold));
  return Object.values(a.expansion).some((text) => other.has(fold(text)));
}

/** Whether an entry is changed by taking another one's place. */
export const isEqual = (a: Entry | null, b: Entry | null): boolean => canonical(a) === canonical(b);

const canonical = (entry: Entry | null): string =>
  JSON.stringify(entry, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/** Every name under which a gap in the glossary is filled by this entry. */
export const namesIn = (entry: Entry): readonly string[] => [
  entry.acronym,
  ...aliasesOf(entry),
  ...Object.values(entry.expansion),
];
