// For the record: requests by group, region and month, and how long staff take, with small numbers hidden. Pure.
import { type Deed, type Request, regions } from './model.js';

/** Fewer than these could be told apart by who knows the community. */
const smallest = 5;

/** One row of a table; `count` is undefined where it is hidden. */
export interface Cell {
  readonly key: string;
  readonly count: number | undefined;
  /** Median hours from the request to the first claim, and to the decision; undefined where there are too few. */
  readonly claim: number | undefined;
  readonly decide: number | undefined;
}

export interface Account {
  readonly all: Cell;
  readonly groups: readonly Cell[];
  readonly regions: readonly Cell[];
  /** `2026-03`, the oldest first. */
  readonly months: readonly Cell[];
}

/** What of a request counts. */
export interface Counted {
  readonly group: string;
  readonly region: string;
  readonly month: string;
  readonly claim: number | undefined;
  readonly decide: number | undefined;
}

/** Withdrawn or closed is not decided. */
const decisions: ReadonlySet<Deed> = new Set(['approved', 'declined']);

const hour = 3_600_000;

/** @param region as it was answered; `none` for none, and for what was erased */
export function counted(request: Request, region: Request['region']): Counted {
  const made = Date.parse(request.madeAt);
  const after = (isIt: (deed: Deed) => boolean): number | undefined => {
    const step = request.history.find(({ deed }) => isIt(deed));
    return step && (Date.parse(step.at) - made) / hour;
  };
  return {
    group: request.group,
    region: region ?? 'none',
    month: request.madeAt.slice(0, 7),
    claim: after((deed) => deed === 'claimed' || deed === 'asked' || decisions.has(deed)),
    decide: after((deed) => decisions.has(deed)),
  };
}

export function accountOf(list: readonly Counted[]): Account {
  const by = (key: (one: Counted) => string, keys: readonly string[]): readonly Cell[] => {
    const cells = keys.map((each) => ({ key: each, of: list.filter((one) => key(one) === each) }));
    return hidden(cells.filter(({ of }) => of.length > 0));
  };
  const keysOf = (key: (one: Counted) => string): readonly string[] => [...new Set(list.map(key))].sort();
  return {
    all: cellOf('all', list, list.length < smallest),
    groups: by(
      ({ group }) => group,
      keysOf(({ group }) => group),
    ),
    regions: by(({ region }) => region, regions),
    months: by(
      ({ month }) => month,
      keysOf(({ month }) => month),
    ),
  };
}

interface Counting {
  readonly key: string;
  readonly of: readonly Counted[];
}

/**
 * Hides what is small, and as much more as it takes that nobody can work it out from the total: at least two cells, and
 * at least five requests in them together.
 */
function hidden(cells: readonly Counting[]): readonly Cell[] {
  const bySize = [...cells].sort((a, b) => a.of.length - b.of.length);
  const small = bySize.filter(({ of }) => of.length < smallest);
  const kept = new Set(small);
  const sum = (): number => [...kept].reduce((total, { of }) => total + of.length, 0);
  for (const next of bySize.slice(small.length)) {
    if (kept.size === 0 || (kept.size >= 2 && sum() >= smallest)) break;
    kept.add(next);
  }
  return cells.map((cell) => cellOf(cell.key, cell.of, kept.has(cell)));
}

function cellOf(key: string, of: readonly Counted[], isHidden: boolean): Cell {
  if (isHidden) return { key, count: undefined, claim: undefined, decide: undefined };
  return {
    key,
    count: of.length,
    claim: median(of.flatMap(({ claim }) => claim ?? [])),
    decide: median(of.flatMap(({ decide }) => decide ?? [])),
  };
}

/** @returns undefined of fewer than five */
function median(values: readonly number[]): number | undefined {
  if (values.length < smallest) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}
