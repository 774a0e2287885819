// Brings documents into a store after looking whether anything is in the way, and looks again afterwards.
import { type Raw, Trouble, type WritableRawStore } from '../../src/store/raw.js';
import { bring, compare, type Differences, type Some } from './copy.js';
import type { Desk } from './desk.js';
import { documentsOf, grouped } from './progress.js';

export interface Transfer {
  /** Where the documents come from, for messages. */
  readonly source: string;
  /** How many come. */
  readonly total: number;
  /** Reads them from the beginning; called three times. */
  readonly documents: () => AsyncGenerator<Raw>;
  readonly to: WritableRawStore;
  /** Whether the destination may hold documents that the source does not have. */
  readonly mayHoldOthers: boolean;
}

/**
 * Repeatable at any time: what is there already is left alone.
 * @returns how many documents were written or removed, and how the destination looked before
 * @throws Trouble when something is in the way that may not be touched: nothing is written then
 */
export async function transfer(
  what: Transfer,
  desk: Desk,
): Promise<{ readonly changed: number; readonly before: Differences }> {
  const { source, total, documents, to, mayHoldOthers } = what;
  const before = await compare(documents(), to, desk.progress.begin('comparing', total));
  refuseDifferent(source, to.place, before.different, desk.permits.replace);
  if (!mayHoldOthers) refuseOthers(source, to.place, before.others, desk.permits.remove);
  const changed = await bring(documents(), to, desk.permits, desk.progress.begin('writing', total));
  const after = await compare(documents(), to, desk.progress.begin('verifying', total));
  const isSame = after.missing === 0 && after.different.count === 0 && (mayHoldOthers || after.others.count === 0);
  if (isSame) return { changed, before };
  const lacking = after.missing + after.different.count + (mayHoldOthers ? 0 : after.others.count);
  throw new Trouble(
    `${to.place} is not yet the same as ${source} (${documentsOf(lacking)}): ` +
      'something changed meanwhile; stop the program and repeat the command',
  );
}

function refuseDifferent(source: string, place: string, different: Some, mayReplace: boolean): void {
  if (different.count === 0 || mayReplace) return;
  throw new Trouble(
    `nothing was changed: ${place} holds ${documentsOf(different.count)} that differ from ${source}: ` +
      `${list(different)}; --replace overwrites them`,
  );
}

function refuseOthers(source: string, place: string, others: Some, mayRemove: boolean): void {
  if (others.count === 0 || mayRemove) return;
  throw new Trouble(
    `nothing was changed: ${place} holds ${documentsOf(others.count)} that ${source} does not have: ` +
      `${list(others)}; --remove deletes them, or choose an empty destination`,
  );
}

const list = ({ count, first }: Some): string =>
  first.join(', ') + (count > first.length ? ` and ${grouped(count - first.length)} more` : '');
