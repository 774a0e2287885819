// A document as an engine keeps it, and as a kind reads it.
import type { Logger } from 'pino';
import { type Doc, type Facets, type Kind, toJson } from '../core/store.js';
import { longListIn, type Piece, piecesOf } from './long-list.js';

/** What the engines need of a logger; values are never logged. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error'>;

/** Any kind: engines do not look into values. */
export type AnyKind = Kind<unknown>;

/** How a revision came about from another one that already had the same long list. */
export interface Growth {
  /** The revision that it came about from. */
  readonly from: number;
  readonly field: string;
  readonly pieces: readonly Piece[];
  /** The JSON text of the value with the list empty. */
  readonly rest: string;
}

interface View {
  readonly kind: AnyKind;
  readonly doc: Doc<unknown>;
  readonly facets: Facets;
}

/** One revision of one document: its JSON text, and, once read, the frozen value that every reader is handed. */
export class Stored {
  /** Told apart by this from any other writing, where an engine keeps one with each: revisions may meet again. */
  stamp: string | undefined;
  #view: View | undefined;
  readonly #json: string | undefined;

  constructor(
    readonly id: string,
    readonly rev: number,
    json: string | undefined,
    /** The facets as its writer's kind gave them, as JSON text. */
    readonly facetsJson = '{}',
    /** undefined: it was handled whole. */
    readonly growth?: Growth,
  ) {
    this.#json = json;
  }

  /**
   * A value about to be written; what could not be read again is refused here.
   * @param before what it came about from by a change
   * @throws TypeError for what JSON cannot hold; the error of `kind.parse` for what the kind refuses
   */
  static of(kind: AnyKind, id: string, rev: number, value: unknown, before?: Stored): Stored {
    const grown = before && grownFrom(before, kind, value);
    if (grown) {
      const facets = facetsOf(kind, grown.value);
      const stored = new Stored(id, rev, undefined, toJson(facets), grown.growth);
      stored.#view = { kind, doc: Object.freeze({ id, rev, value: grown.value }), facets };
      return stored;
    }
    const read = new Stored(id, rev, toJson(value));
    const stored = new Stored(id, rev, read.json, toJson(read.facets(kind)));
    stored.#view = read.#view;
    return stored;
  }

  /** The same as another revision. */
  as(rev: number): Stored {
    return rev === this.rev ? this : new Stored(this.id, rev, this.json, this.facetsJson);
  }

  /** That of a revision with a `growth` is made when it is asked for. */
  get json(): string {
    return this.#json ?? toJson(this.#view?.doc.value);
  }

  /** @throws Error naming the document when the kind refuses what is stored */
  doc(kind: AnyKind): Doc<unknown> {
    return this.#read(kind).doc;
  }

  /** @throws as `doc` */
  facets(kind: AnyKind): Facets {
    return this.#read(kind).facets;
  }

  #read(kind: AnyKind): View {
    if (this.#view?.kind === kind) return this.#view;
    const view = viewOf(kind, this);
    // A value that cannot be frozen through (a Date, a Map) is parsed anew for each reader.
    if (freeze(view.doc)) this.#view = view;
    return view;
  }
}

const facetsOf = (kind: AnyKind, value: unknown): Facets => ({ ...kind.facets?.(value) });

/**
 * The value, checked and frozen, where it has a list that was long before: entries that stayed are not looked at.
 * @returns undefined when it has to be handled whole, and where something is wrong with it
 */
function grownFrom(
  before: Stored,
  kind: AnyKind,
  value: unknown,
): { readonly value: unknown; readonly growth: Growth } | undefined {
  if (!kind.long) return undefined;
  const { field, parse } = kind.long;
  try {
    const [old, list] = [longListIn(before.doc(kind).value, field), longListIn(value, field)];
    if (!old || !list) return undefined;
    const pieces = piecesOf(old, list);
    if (!pieces.every((piece) => !('put' in piece) || isSettled(piece.put, parse))) return undefined;
    const rest = toJson({ ...(value as object), [field]: [] });
    const read = kind.parse(JSON.parse(rest));
    if (!freeze(read)) return undefined;
    const whole = Object.freeze({ ...(read as object), [field]: Object.freeze(list) });
    return { value: whole, growth: { from: before.rev, field, pieces, rest } };
  } catch {
    return undefined;
  }
}

/** Whether an entry, frozen now, is what would be read of it. */
function isSettled(entry: unknown, parse: (entry: unknown) => unknown): boolean {
  const json = toJson(entry);
  return json === toJson(parse(JSON.parse(json))) && freeze(entry);
}

function viewOf(kind: AnyKind, { id, rev, json }: Stored): View {
  try {
    const value = kind.parse(JSON.parse(json));
    return { kind, doc: { id, rev, value }, facets: facetsOf(kind, value) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`document ${kind.name}/${id} is not what its kind expects: ${why}`, { cause });
  }
}

/**
 * Loops that make no lists of their own: a document of 5,000 answers is frozen in a tenth of the time that way.
 * @returns whether all of it is frozen now; false when it holds something that freezing does not stop from changing
 */
function freeze(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function';
  if (Array.isArray(value)) {
    for (const part of value) if (!freeze(part)) return false;
  } else {
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return false;
    for (const key in value) if (!freeze(value[key as keyof typeof value])) return false;
  }
  Object.freeze(value);
  return true;
}

/**
 * The documents that the kind can read; each one that it cannot is named in the log, once.
 * @param named remembers which have been named
 */
export function readable(
  all: Iterable<Stored>,
  kind: AnyKind,
  log: Log | undefined,
  named: WeakSet<Stored>,
): Doc<unknown>[] {
  const docs: Doc<unknown>[] = [];
  for (const stored of all) {
    try {
      docs.push(stored.doc(kind));
    } catch (cause) {
      if (!named.has(stored))
        log?.error({ kind: kind.name, id: stored.id, err: cause }, 'document left out: unreadable');
      named.add(stored);
    }
  }
  return docs;
}
