// A space's own glossary as it stands after so many steps, with its index; a step changes what it touches and no more.
import { fold, isShaped } from '../fold.js';
import { shippedIndex } from '../glossary.js';
import { namesOf, type Sense } from '../model.js';
import { type Glossary, glossaryOver } from '../search.js';
import { type TermIndex, termIndex } from '../term-index.js';
import { type Entry, isSame, type Kept, type Step, senseOf } from './model.js';

export interface Own {
  /** The number of the last step; 0 before the first. */
  readonly steps: number;
  readonly entries: ReadonlyMap<string, Kept>;
  /** Everything that is found in this space: its own entries and what ships. */
  readonly glossary: Glossary;
  /** The numbers of the steps that touched an entry, also one that is gone, oldest first. */
  trail(id: string): readonly number[];
  /** Ids of entries that have, or last had, this acronym. */
  called(acronym: string): readonly string[];
  /** The own entry that says the same as this one. */
  like(entry: Entry): Kept | undefined;
  /** The own entry that stands in the place of a shipped sense. */
  inPlaceOf(shippedId: string): Kept | undefined;
  hasDone(cause: string): boolean;
}

interface Tables {
  steps: number;
  readonly entries: Map<string, Kept>;
  readonly trails: Map<string, number[]>;
  readonly byAcronym: Map<string, Set<string>>;
  readonly causes: Set<string>;
  readonly replaced: Map<string, Sense>;
  readonly index: TermIndex;
}

/** @returns what is asked, and what takes in the next step */
export function ownGlossary(): { readonly own: Own; take(number: number, step: Step): void } {
  const tables: Tables = {
    steps: 0,
    entries: new Map(),
    trails: new Map(),
    byAcronym: new Map(),
    causes: new Set(),
    replaced: new Map(),
    index: termIndex(),
  };
  return { own: askedOf(tables), take: (number, step) => take(tables, number, step) };
}

function askedOf(tables: Tables): Own {
  const { entries, trails, byAcronym, causes, replaced, index } = tables;
  const called = (acronym: string): readonly string[] => [...(byAcronym.get(fold(acronym)) ?? [])];
  return {
    get steps() {
      return tables.steps;
    },
    entries,
    glossary: glossaryOver(() => [index, shippedIndex()], replaced),
    trail: (id) => trails.get(id) ?? [],
    called,
    like(entry) {
      const there = called(entry.acronym).flatMap((id) => entries.get(id) ?? []);
      return there.find((kept) => isSame(kept.entry, entry));
    },
    inPlaceOf(shippedId) {
      const sense = replaced.get(shippedId);
      return sense && entries.get(sense.id);
    },
    hasDone: (cause) => causes.has(cause),
  };
}

function take(tables: Tables, number: number, { at, cause, changes }: Step): void {
  tables.steps = number;
  if (cause !== undefined) tables.causes.add(cause);
  for (const { id, entry } of changes) {
    const trail = tables.trails.get(id);
    if (trail) trail.push(number);
    else tables.trails.set(id, [number]);
    leave(tables, id);
    if (entry) enter(tables, { id, entry, rev: number, at });
  }
}

function leave({ entries, index, replaced }: Tables, id: string): void {
  const place = entries.get(id)?.entry.replaces;
  if (place !== undefined && replaced.get(place)?.id === id) replaced.delete(place);
  entries.delete(id);
  index.remove(id);
}

/** With the names that count in a message as they are written: all but those that ship, which count as they ship. */
function noticed(kept: Kept): Sense {
  const { replaces } = kept.entry;
  const shipped = replaces === undefined ? undefined : shippedIndex().ids.get(replaces);
  const names = shipped ? namesOf(shipped) : [];
  const plain = namesOf(kept.entry).filter((name) => !isShaped(name) && !names.includes(name));
  return plain.length > 0 ? { ...senseOf(kept), plainNames: plain } : senseOf(kept);
}

function enter({ entries, index, replaced, byAcronym }: Tables, kept: Kept): void {
  const sense = noticed(kept);
  entries.set(kept.id, kept);
  index.add(sense);
  if (kept.entry.replaces !== undefined) replaced.set(kept.entry.replaces, sense);
  const key = fold(kept.entry.acronym);
  byAcronym.set(key, (byAcronym.get(key) ?? new Set()).add(kept.id));
}
