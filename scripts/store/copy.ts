// Brings documents into a store: looks first, writes what is missing, and looks again.
import {
  type Change,
  nameOf,
  order,
  type Raw,
  type RawStore,
  sameContent,
  type WritableRawStore,
} from '../../src/store/raw.js';

/** Many, of which the first few are named. */
export interface Some {
  readonly count: number;
  readonly first: readonly string[];
}

/** How a store differs from where its documents should come from. */
export interface Differences {
  readonly missing: number;
  readonly equal: number;
  /** Another value or revision under the same name. */
  readonly different: Some;
  /** Documents that are only here. */
  readonly others: Some;
}

/** What may become of documents that are in the way. */
export interface Permits {
  /** Overwrite those that differ. */
  readonly replace: boolean;
  /** Remove those that the source does not have. */
  readonly remove: boolean;
}

/** How many are named. */
const named = 10;
/** Documents, and characters of their values, that are written in one go. */
const [batchCount, batchLength] = [200, 4_000_000];

/** Reads both sides; writes nothing. */
export async function compare(from: AsyncGenerator<Raw>, to: RawStore, tick: () => void): Promise<Differences> {
  let found: Differences = { missing: 0, equal: 0, different: none, others: none };
  for await (const { theirs, ours } of pairs(from, to.documents())) {
    tick();
    if (theirs && !ours) found = { ...found, missing: found.missing + 1 };
    else if (ours && !theirs) found = { ...found, others: withOne(found.others, nameOf(ours)) };
    else if (ours && theirs && sameContent(ours, theirs)) found = { ...found, equal: found.equal + 1 };
    else if (ours && theirs) found = { ...found, different: withOne(found.different, difference(theirs, ours)) };
  }
  return found;
}

const none: Some = { count: 0, first: [] };

const withOne = ({ count, first }: Some, one: string): Some => ({
  count: count + 1,
  first: count < named ? [...first, one] : first,
});

const difference = (theirs: Raw, ours: Raw): string =>
  theirs.rev === ours.rev
    ? `${nameOf(ours)} (another value of revision ${ours.rev})`
    : `${nameOf(ours)} (revision ${ours.rev}, not ${theirs.rev})`;

/** Writes what differs, as far as it is permitted. @returns how many documents were written or removed */
export async function bring(
  from: AsyncGenerator<Raw>,
  to: WritableRawStore,
  { replace, remove }: Permits,
  tick: () => void,
): Promise<number> {
  let [count, length] = [0, 0];
  let batch: Change[] = [];
  const write = async () => {
    await to.write(batch);
    count += batch.length;
    [batch, length] = [[], 0];
  };
  for await (const { theirs, ours } of pairs(from, to.documents())) {
    tick();
    const isWanted = theirs ? !ours || (replace && !sameContent(theirs, ours)) : remove;
    if (!isWanted) continue;
    batch.push({ before: ours, after: theirs });
    length += theirs?.json.length ?? 0;
    if (batch.length >= batchCount || length >= batchLength) await write();
  }
  await write();
  return count;
}

interface Pair {
  readonly theirs: Raw | undefined;
  readonly ours: Raw | undefined;
}

/** Walks through two sides in the same order; what has the same name comes together. */
async function* pairs(from: AsyncGenerator<Raw>, to: AsyncGenerator<Raw>): AsyncGenerator<Pair> {
  try {
    let theirs = await next(from);
    let ours = await next(to);
    while (theirs ?? ours) {
      const which = !theirs ? 1 : !ours ? -1 : order(theirs, ours);
      yield { theirs: which <= 0 ? theirs : undefined, ours: which >= 0 ? ours : undefined };
      const [isTheirs, isOurs] = [which <= 0, which >= 0];
      if (isTheirs) theirs = await next(from);
      if (isOurs) ours = await next(to);
    }
  } finally {
    await Promise.all([from.return(undefined), to.return(undefined)]);
  }
}

async function next(side: AsyncGenerator<Raw>): Promise<Raw | undefined> {
  const step = await side.next();
  return step.done ? undefined : step.value;
}
