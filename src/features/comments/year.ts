// A year in numbers: how many proceedings, how many were answered, how long the first draft took. Pure.
import type { Space } from '../../core/call.js';
import type { Doc } from '../../core/store.js';
import { closingOf, factsOf, openingOf, type Proceeding } from './model.js';
import { caseIn, daysToDraft } from './proceedings.js';

export interface Year {
  readonly year: number;
  /** In the order in which they closed. */
  readonly docs: readonly Doc<Proceeding>[];
  readonly answered: number;
  readonly declined: number;
  /** Days from the opening to the first draft, of those where both are known; the shortest first. */
  readonly draftDays: readonly number[];
}

/** A proceeding belongs to the year in which it closed, by UTC; one that was withdrawn, to none. */
export function yearOf(all: readonly Doc<Proceeding>[], year: number, space: Space): Year {
  const docs = all
    .filter(({ value }) => closingOf(value)?.at.getUTCFullYear() === year && !factsOf(value).isWithdrawn)
    .sort((a, b) => endOf(a) - endOf(b));
  const decided = (as: string): number => docs.filter(({ value }) => caseIn(value, space).decision === as).length;
  const draftDays = docs.flatMap(({ value }) => daysToDraft(value, space) ?? []).sort((a, b) => a - b);
  return { year, docs, answered: decided('submitted'), declined: decided('none'), draftDays };
}

const endOf = ({ value }: Doc<Proceeding>): number =>
  closingOf(value)?.at.getTime() ?? openingOf(value)?.getTime() ?? 0;

/** The middle one; of an even number the mean of the middle two. */
export function median(sorted: readonly number[]): number | undefined {
  const at = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? at - 1 : at], sorted[at]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
