// Documents as an engine keeps them: whoever moves or checks a whole store needs to know no kind.
import { checkId, toJson } from '../core/store.js';

/** One document; its value is the JSON text that is stored, to the byte. */
export interface Raw {
  readonly kind: string;
  readonly id: string;
  readonly rev: number;
  readonly json: string;
  /** What it is found by, as JSON text; left out by an engine that works it out when it searches. */
  readonly facetsJson?: string;
}

/** What becomes of one document; undefined stands for no document. */
export interface Change {
  readonly before: Raw | undefined;
  readonly after: Raw | undefined;
}

export interface Report {
  readonly counts: ReadonlyMap<string, number>;
  /** One line for each document that the program could not read, or that is lost. */
  readonly faults: readonly string[];
  /** One line for each thing that does no harm, and that its operator may want to know of. */
  readonly notes: readonly string[];
}

export interface RawStore {
  /** Where it is, for messages; without user and password. */
  readonly place: string;
  count(): Promise<number>;
  /**
   * All documents, in bytewise order of kind and id; few of them are in memory at a time.
   * @param kind those of this kind alone
   * @throws Trouble naming the first document that cannot be read
   */
  documents(kind?: string): AsyncGenerator<Raw>;
  /** Reads everything, changes nothing. @param tick called for each document */
  check(tick: () => void): Promise<Report>;
  close(): Promise<void>;
}

export interface WritableRawStore extends RawStore {
  /**
   * Each document is written whole or not at all, and is on the disk when this resolves.
   * @throws Trouble when another process changed one of them meanwhile, or the store takes no changes
   */
  write(changes: readonly Change[]): Promise<void>;
}

/** What an operator reads in one line; it names no password and no member's text. */
export class Trouble extends Error {
  override readonly name = 'Trouble';

  /** @param isUsage whether the command or the configuration is wrong, rather than a store */
  constructor(
    message: string,
    readonly isUsage = false,
  ) {
    super(message);
  }
}

export const nameOf = ({ kind, id }: Pick<Raw, 'kind' | 'id'>): string => `${kind}/${id}`;

/** Negative when `a` comes first. Ids are ASCII, so this is the bytewise order. */
export function order(a: Raw, b: Raw): number {
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** Whether both are the same revision of the same value; white space apart, since engines may be filled by hand. */
export const sameContent = (a: Raw, b: Raw): boolean =>
  a.rev === b.rev && (a.json === b.json || respaced(a.json) === respaced(b.json));

const respaced = (json: string): string => JSON.stringify(JSON.parse(json));

/** @throws Error saying why no engine would have written it */
export function assertStorable({ kind, id, rev, json, facetsJson = '{}' }: Raw): void {
  checkId(kind);
  checkId(id);
  if (!Number.isSafeInteger(rev) || rev < 1) throw new RangeError('its revision is not a whole number from 1');
  toJson(parsed(json, 'value'));
  const facets = parsed(facetsJson, 'facets');
  const isObject = typeof facets === 'object' && facets !== null && !Array.isArray(facets);
  if (!isObject || Object.values(facets).some((facet) => typeof facet !== 'string')) {
    throw new TypeError('its facets are not texts by name');
  }
}

/** The parser's own message quotes what it read. */
function parsed(json: string, what: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw new SyntaxError(`its ${what} is not JSON`);
  }
}

/**
 * The text of the value that stands between `head` and `tail`, to the byte; undefined when it does not stand there.
 * @param text JSON whose last member is the value
 * @param plain the value as `JSON.stringify` writes it: nearly always that is what stands there
 */
export function valueText(text: string, head: string, plain: string, tail: string): string | undefined {
  if (!text.startsWith(head) || !text.endsWith(tail)) return undefined;
  if (text.length === head.length + plain.length + tail.length && text.startsWith(plain, head.length)) return plain;
  const json = text.slice(head.length, text.length - tail.length);
  try {
    JSON.parse(json);
    return json;
  } catch {
    return undefined; // more members follow the value
  }
}
