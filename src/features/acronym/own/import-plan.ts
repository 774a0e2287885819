// What an import would do, row by row, as the glossary stands. Pure.
import { type Locale, locales } from '../../../core/locale.js';
import { type Mentions, Refusal, refuse } from '../../../core/refusal.js';
import { languageNamed } from '../asked.js';
import { fold } from '../fold.js';
import type { Row } from './csv.js';
import { shortHash } from './gap.js';
import { type Change, type Entry, isEqual, isSame, type Kept, termOf, written } from './model.js';
import type { Own } from './state.js';

/** So many rows are taken in at once. */
export const mostRows = 2000;

export interface Verdict {
  readonly line: number;
  readonly name: string;
  readonly does: 'add' | 'change' | 'nothing' | 'refuse';
  /** Why it is refused: a word key with its arguments. */
  readonly reason?: { readonly key: string; readonly args: Mentions };
  /** What is changed, as it reads before and afterwards. */
  readonly from?: string;
  readonly to?: string;
}

export interface Plan {
  readonly verdicts: readonly Verdict[];
  /** Changes to entries that are there, and entries that are to be made. */
  readonly changed: readonly { readonly id: string; readonly entry: Entry }[];
  readonly added: readonly Entry[];
  /** Stands for all that is planned: while it is the same, so is what was shown. */
  readonly digest: string;
}

/** Rows that become one entry: the same term in several languages. */
interface Group {
  readonly kept: Kept | undefined;
  /** The id that the rows bring, which tells two new entries of one acronym apart. */
  readonly id: string;
  entry: Entry | undefined;
  readonly locales: Set<Locale>;
  /** The shipped sense in whose place one of the rows puts it. */
  place: string | undefined;
  readonly verdicts: Verdict[];
}

/** What the rows have come to so far. */
interface Table {
  readonly own: Own;
  readonly fallback: Locale;
  readonly isShipped: (id: string) => boolean;
  readonly groups: Group[];
  /** Those of one acronym, folded. */
  readonly byAcronym: Map<string, Group[]>;
  /** Those that stand in the place of a shipped sense. */
  readonly inPlaceOf: Map<string, Group>;
}

/** @param isShipped whether a sense with this id ships with the program */
export function planOf(own: Own, rows: readonly Row[], fallback: Locale, isShipped: (id: string) => boolean): Plan {
  const table: Table = { own, fallback, isShipped, groups: [], byAcronym: new Map(), inPlaceOf: new Map() };
  const refused: Verdict[] = [];
  for (const row of rows) {
    try {
      enterRow(table, row);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const reason = { key: error.key, args: error.args };
      refused.push({ line: row.line, name: row.cells.term ?? '', does: 'refuse', reason });
    }
  }
  const isDone = ({ kept, entry }: Group): boolean => kept !== undefined && isEqual(kept.entry, entry ?? null);
  const changed = table.groups.flatMap((group) =>
    group.kept && group.entry && !isDone(group) ? [{ id: group.kept.id, entry: group.entry }] : [],
  );
  const added = table.groups.flatMap(({ kept, entry }) => (kept === undefined && entry ? [entry] : []));
  const told = table.groups.flatMap((group) => (isDone(group) ? group.verdicts.map(asThere) : group.verdicts));
  const verdicts = [...told, ...refused].sort((a, b) => a.line - b.line);
  return { verdicts, changed, added, digest: shortHash(JSON.stringify([changed, added])) };
}

const asThere = ({ line, name }: Verdict): Verdict => ({ line, name, does: 'nothing' });

function enterRow(table: Table, row: Row): void {
  const { line, cells } = row;
  if (row.isTooLong) throw refuse('rowTooLong');
  const locale = languageOf(cells.language, table.fallback);
  const typed = {
    term: [cells.term ?? '', cells.other_names ?? ''].filter((name) => name !== '').join(', '),
    expansion: cells.expansion ?? '',
    definition: cells.definition,
    locale,
  };
  const group = groupFor(table, row, locale, written(typed));
  const before = group.entry ?? group.kept?.entry;
  // A column that is not there says nothing; an empty cell says that there is none.
  const others = cells.other_names === undefined ? (before?.aliases?.[locale] ?? []) : [];
  const whole = {
    ...typed,
    term: [typed.term, ...others].join(', '),
    definition: cells.definition ?? before?.definition?.[locale],
  };
  const place = placeFor(table, group, cells.replaces) ?? group.place;
  const entry = placed(written(whole, before), place ?? (cells.replaces === '' ? null : undefined));
  if (!isEqual(before ?? null, entry)) refuseDouble(table, group, entry);
  if (group.verdicts.length === 0) keep(table, group, entry);
  if (place !== undefined) table.inPlaceOf.set(place, group);
  group.place = place;
  group.entry = entry;
  group.locales.add(locale);
  group.verdicts.push(verdictOf(line, locale, group.kept?.entry, entry));
}

/** @param place null: it is to stand in no place any more; undefined: nothing is said of it */
function placed(entry: Entry, place: string | null | undefined): Entry {
  if (place === undefined) return entry;
  const { replaces: _, ...beside } = entry;
  return place === null ? beside : { ...beside, replaces: place };
}

/** As when an entry is typed into the form: no two say the same, as the entries would be after the rows above. */
function refuseDouble({ own, byAcronym }: Table, group: Group, entry: Entry): void {
  const planned = byAcronym.get(fold(entry.acronym)) ?? [];
  const touched = new Set([group, ...planned].flatMap(({ kept }) => kept?.id ?? []));
  const others = [
    ...planned.flatMap((other) => (other === group ? [] : (other.entry ?? []))),
    ...own.called(entry.acronym).flatMap((id) => (touched.has(id) ? [] : (own.entries.get(id)?.entry ?? []))),
  ];
  if (others.some((other) => isSame(other, entry))) throw refuse('alreadyOwn', { term: entry.acronym });
}

function keep({ groups, byAcronym }: Table, group: Group, { acronym }: Entry): void {
  groups.push(group);
  const key = fold(acronym);
  byAcronym.set(key, [...(byAcronym.get(key) ?? []), group]);
}

/** The shipped sense in whose place the entry is to stand, if any. @throws Refusal when that cannot be */
function placeFor({ own, isShipped, inPlaceOf }: Table, group: Group, id: string | undefined): string | undefined {
  if (!id) return undefined;
  if (!isShipped(id)) throw refuse('rowReplaces', { id: id.slice(0, 40) });
  const [holder, other] = [own.inPlaceOf(id), inPlaceOf.get(id)];
  const term =
    holder && holder.id !== group.kept?.id
      ? holder.entry.acronym
      : other && other !== group
        ? other.entry?.acronym
        : undefined;
  if (term !== undefined) throw refuse('alreadyReplaced', { term });
  return id;
}

function languageOf(typed: string | undefined, fallback: Locale): Locale {
  if (!typed) return fallback;
  const named = languageNamed(typed);
  if (!named) throw refuse('unknownLanguage', { typed: typed.slice(0, 40), languages: locales });
  return named;
}

/** An entry is known by its id where the acronym is still the same, else by what it stands for. */
function groupFor({ own, byAcronym }: Table, { cells }: Row, locale: Locale, alone: Entry): Group {
  const key = fold(alone.acronym);
  const id = cells.id ?? '';
  const byId = own.entries.get(id);
  const kept = byId && fold(byId.entry.acronym) === key ? byId : own.like(alone);
  const likes = byAcronym.get(key) ?? [];
  const isTwin = (group: Group): boolean => group.entry !== undefined && isSame(group.entry, alone);
  const known = kept
    ? likes.find((group) => group.kept?.id === kept.id)
    : likes.find((group) => !group.kept && group.id === id && !group.locales.has(locale));
  if (known?.locales.has(locale) || likes.some((group) => group.locales.has(locale) && isTwin(group)))
    throw refuse('rowTwice');
  return known ?? { kept, id, entry: undefined, locales: new Set(), place: undefined, verdicts: [] };
}

const textOf = (entry: Entry, locale: Locale): string =>
  [termOf(entry, locale), entry.expansion[locale], entry.definition?.[locale]]
    .filter((part) => part !== undefined)
    .join(' — ');

/** Told by the name of its column, as it stands in the table. */
const placeOf = ({ replaces }: Entry): string => (replaces === undefined ? '' : ` [replaces: ${replaces}]`);

function verdictOf(line: number, locale: Locale, old: Entry | undefined, entry: Entry): Verdict {
  const name = entry.acronym;
  if (!old) return { line, name, does: 'add', to: textOf(entry, locale) };
  const from = old.expansion[locale] === undefined ? '' : textOf(old, locale);
  const became = textOf(entry, locale);
  if (old.replaces !== entry.replaces)
    return { line, name, does: 'change', from: from + placeOf(old), to: became + placeOf(entry) };
  return from === became ? { line, name, does: 'nothing' } : { line, name, does: 'change', from, to: became };
}

/** @param idAt the id of the nth entry of the step */
export function changesOf({ changed, added }: Plan, idAt: (nth: number) => string): readonly Change[] {
  return [...changed, ...added.map((entry, nth) => ({ id: idAt(nth), entry }))];
}
