// What every format of a list comes to.
import type { Raw } from './item.js';

/** Items that are read of one list. */
export const most = 5_000;

export interface Listed {
  readonly items: readonly Raw[];
  /** Items that could not even be taken apart. */
  readonly skipped: number;
  /** There were more than {@link most}. */
  readonly isCut: boolean;
}
