// What may be done to a space's glossary as it stands, and what comes of it. Pure.
import { refuse } from '../../../core/refusal.js';
import { type Change, type Draft, type Entry, isEqual, type Kept } from './model.js';
import type { Own } from './state.js';

/** @throws Refusal `alreadyOwn`, `alreadyReplaced` */
export function addition(own: Own, id: string, entry: Entry): Change {
  refuseDouble(own, entry, undefined);
  return { id, entry };
}

function refuseDouble(own: Own, entry: Entry, self: string | undefined): void {
  const like = own.like(entry);
  if (like && like.id !== self) throw refuse('alreadyOwn', { term: entry.acronym }, 'term');
  const holder = entry.replaces === undefined ? undefined : own.inPlaceOf(entry.replaces);
  if (holder && holder.id !== self) throw refuse('alreadyReplaced', { term: holder.entry.acronym }, 'term');
}

/** The entry as somebody saw it. @throws Refusal `unknownId` when it is gone, `changedMeanwhile` when it has changed */
export function seen(own: Own, id: string, rev: number): Kept {
  const kept = own.entries.get(id);
  if (!kept) throw refuse('unknownId');
  if (kept.rev !== rev) throw refuse('changedMeanwhile');
  return kept;
}

/** @returns undefined where nothing is changed */
export function edition(own: Own, id: string, rev: number, change: (old: Entry) => Entry): Draft | undefined {
  const { entry: old } = seen(own, id, rev);
  const entry = change(old);
  if (isEqual(old, entry)) return undefined;
  refuseDouble(own, entry, id);
  return { how: 'edit', changes: [{ id, entry }] };
}

export function removal(own: Own, id: string, rev: number): Draft {
  seen(own, id, rev);
  return { how: 'remove', changes: [{ id, entry: null }] };
}

/**
 * One step back: the entry as it was before the step that changed it last.
 * @param rev the step that is to be taken back
 * @param before the entry before that step; null: there was none
 */
export function reversal(own: Own, id: string, rev: number, before: Entry | null): Draft {
  if (own.trail(id).at(-1) !== rev) throw refuse('changedMeanwhile');
  if (before) refuseDouble(own, before, id);
  return { how: 'revert', changes: [{ id, entry: before }] };
}
