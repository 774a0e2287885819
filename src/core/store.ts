// The storage port: collections of documents, and the one way to change a document.
import { refuse } from './refusal.js';

/** A document as it was read: `rev` grows by one with each change. */
export interface Doc<T> {
  readonly id: string;
  readonly rev: number;
  readonly value: T;
}

/** The few fields that one may search by, equality only. */
export type Facets = Readonly<Record<string, string>>;

/** A kind of document. `parse` runs on every read, so that old documents gain new fields and a broken one is named. */
export interface Kind<T> {
  readonly name: string;
  readonly parse: (raw: unknown) => T;
  readonly facets?: (value: T) => Facets;
  /**
   * A list in the value that may come to hold thousands of entries: objects, each read by `parse` here, as the kind's own
   * `parse` reads it, which takes the value with the list empty, too. An engine freezes what a change returns, and need
   * not look again at entries that are still the same objects.
   */
  readonly long?: { readonly field: string; readonly parse: (entry: unknown) => unknown };
}

export interface Collection<T> {
  get(id: string): Promise<Doc<T> | undefined>;
  /** In bytewise order of their ids; ids are ULIDs, so the oldest comes first. */
  find(where?: Facets): Promise<readonly Doc<T>[]>;
  /** @returns false when the id is taken */
  insert(id: string, value: T): Promise<boolean>;
  /** @returns false when someone was quicker, or the document is gone */
  replace(doc: Doc<T>, value: T): Promise<boolean>;
  /** @returns false when someone was quicker, or the document is gone */
  remove(doc: Doc<T>): Promise<boolean>;
}

export interface Store {
  collection<T>(kind: Kind<T>): Collection<T>;
  /** Resolves when the store answers; rejects with the reason when it does not. */
  check(): Promise<void>;
  /**
   * The time by which claims and leases are told where several processes share the store; absent where one process has
   * it to itself, whose own clock then does.
   */
  now?(): Promise<Date>;
  /** Deletes the former versions that an engine keeps for repair; called after an erasure, which must reach them. */
  forgetPast?(): Promise<void>;
  close(): Promise<void>;
}

/** A store that several processes may share at a time. */
export type SharedStore = Store & Required<Pick<Store, 'now'>>;

export const isShared = (store: Store): store is SharedStore => store.now !== undefined;

/** A store that cannot take a change now: nothing was recorded, and it is worth trying again. */
export class Unrecorded extends Error {
  override readonly name = 'Unrecorded';
}

/** The longest id, in characters. */
const maxId = 200;

/**
 * The one rule for ids, called by every engine.
 * @throws RangeError unless it is 1 to 200 printable ASCII characters
 */
export function checkId(id: string): void {
  if (!/^[\x21-\x7e]+$/.test(id) || id.length > maxId) throw new RangeError(`not an id: ${JSON.stringify(id)}`);
}

/**
 * The one way from a value to what is stored, called by every engine, so that neither keeps what the other refuses.
 * @throws TypeError for what JSON cannot hold, and for NUL and lone surrogates, which PostgreSQL refuses
 */
export function toJson(value: unknown): string {
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined) throw new TypeError('a document must be a JSON value');
  // A lone surrogate and NUL are the only characters that JSON.stringify writes as these escapes.
  if (json.includes('\\u') && /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/.test(json)) {
    throw new TypeError('a document may hold neither NUL nor a lone surrogate');
  }
  return json;
}

/** Changes of one document wait their turn within the process, so that a hot document costs no retries. */
const turns = new WeakMap<object, Map<string, Promise<unknown>>>();

async function inTurn<R>(collection: object, id: string, work: () => Promise<R>): Promise<R> {
  const waiting = turns.get(collection) ?? new Map<string, Promise<unknown>>();
  turns.set(collection, waiting);
  const turn = (waiting.get(id) ?? Promise.resolve()).then(work, work);
  waiting.set(id, turn);
  try {
    return await turn;
  } finally {
    if (waiting.get(id) === turn) waiting.delete(id);
  }
}

/** An engine that can commit several waiting changes of one document at once offers this beside the port. */
export interface GroupCommit<T> {
  /** As {@link updateIfThere}. */
  change(id: string, change: (value: T) => T): Promise<Doc<T> | undefined>;
}

const commitsGroups = <T>(collection: Collection<T>): collection is Collection<T> & GroupCommit<T> =>
  'change' in collection;

/**
 * The only read-change-write in the program.
 * @param change pure; run again when another process was quicker; what it throws reaches the caller and changes nothing
 * @returns the document as it now is; undefined when there is no such document (any more)
 */
export async function updateIfThere<T>(
  collection: Collection<T>,
  id: string,
  change: (value: T) => T,
): Promise<Doc<T> | undefined> {
  if (commitsGroups(collection)) return collection.change(id, change);
  return inTurn(collection, id, async () => {
    for (;;) {
      const doc = await collection.get(id);
      if (!doc) return undefined;
      const value = change(doc.value);
      if (value === doc.value) return doc;
      if (await collection.replace(doc, value)) return { id, rev: doc.rev + 1, value };
    }
  });
}

/**
 * As {@link updateIfThere}, for what has to be there.
 * @throws Refusal `unknownId` when there is no such document
 */
export async function update<T>(collection: Collection<T>, id: string, change: (value: T) => T): Promise<Doc<T>> {
  const doc = await updateIfThere(collection, id, change);
  if (!doc) throw refuse('unknownId');
  return doc;
}

/** Inserts the document, or changes the one that is there. */
export async function upsert<T>(
  collection: Collection<T>,
  id: string,
  initial: T,
  change: (value: T) => T,
): Promise<Doc<T>> {
  if (!(await collection.get(id))) await collection.insert(id, initial);
  return update(collection, id, change);
}
