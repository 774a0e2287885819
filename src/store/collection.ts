// The port's Collection on top of what an engine must do: load a document, commit one, search.
import {
  type Collection,
  checkId,
  type Doc,
  type Facets,
  type GroupCommit,
  type Kind,
  Unrecorded,
} from '../core/store.js';
import { applyAll, type Reply, type Wish } from './batch.js';
import { type AnyKind, Stored } from './document.js';
import { Turns } from './turns.js';

/** The documents of one kind, as an engine keeps them. */
export interface Shelf {
  load(id: string): Promise<Stored | undefined>;
  /** What the document probably is, so that most commits need no `load`; undefined when there is nothing to go by. */
  guess?(id: string): Stored | undefined;
  /**
   * Writes `after` in place of `before`; undefined stands for no document.
   * @returns false when the document is no longer `before`
   * @throws Unrecorded when it cannot be written now
   */
  commit(id: string, before: Stored | undefined, after: Stored | undefined): Promise<boolean>;
  find(kind: AnyKind, where: Facets | undefined): Promise<readonly Doc<unknown>[]>;
}

interface Job {
  readonly wish: Wish;
  readonly resolve: (answer: boolean | Doc<unknown> | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** How often a change is made again when other processes were quicker. */
const maxAttempts = 100;

/** So many removed documents' last revisions are remembered. */
const mostRemoved = 10_000;

/** The shelf of one kind's name, its turns, and the typed collections handed out for it. */
export class ShelfDesk {
  readonly #turns = new Turns<Job>((id, jobs) => this.#work(id, jobs));
  readonly #collections = new WeakMap<object, unknown>();
  /** The last revision of what was removed, by id: whoever still has it must not take what comes after for it. */
  readonly #removed = new Map<string, number>();
  #isClosed = false;

  constructor(private readonly shelf: Shelf) {}

  /** The same collection for the same kind. */
  collection<T>(kind: Kind<T>): Collection<T> & GroupCommit<T> {
    const known = this.#collections.get(kind);
    if (known) return known as Collection<T> & GroupCommit<T>;
    const made = this.#make(kind);
    this.#collections.set(kind, made);
    return made;
  }

  /** Takes no more changes; resolves when those it took are written. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#turns.idle();
  }

  #make<T>(typed: Kind<T>): Collection<T> & GroupCommit<T> {
    const kind = typed as AnyKind;
    const ask = async <R>(id: string, wish: Wish): Promise<R> =>
      new Promise<R>((resolve, reject) => {
        if (this.#isClosed) throw new Unrecorded('not recorded: the store is closed');
        this.#turns.add(id, { wish, resolve: resolve as Job['resolve'], reject });
      });
    return {
      get: async (id) => {
        checkId(id);
        return (await this.shelf.load(id))?.doc(kind) as Doc<T> | undefined;
      },
      find: async (where) => (await this.shelf.find(kind, where)) as readonly Doc<T>[],
      // Values are turned into JSON in the call itself: what the caller does to them afterwards changes nothing.
      insert: async (id, value) => {
        checkId(id);
        return ask(id, { does: 'insert', next: Stored.of(kind, id, 1, value) });
      },
      replace: async ({ id, rev }, value) => {
        checkId(id);
        return ask(id, { does: 'replace', rev, next: Stored.of(kind, id, rev + 1, value) });
      },
      remove: async ({ id, rev }) => {
        checkId(id);
        return ask(id, { does: 'remove', rev });
      },
      change: async (id, change) => {
        checkId(id);
        return ask(id, { does: 'change', kind, change: change as (value: unknown) => unknown });
      },
    };
  }

  async #work(id: string, jobs: readonly Job[]): Promise<void> {
    try {
      const replies = await this.#settle(
        id,
        jobs.map((job) => job.wish),
      );
      for (const [index, job] of jobs.entries()) answer(job, replies[index]);
    } catch (error) {
      for (const job of jobs) job.reject(error);
    }
  }

  /** Applies and commits until no other process was quicker. What rests on a guess counts only once committed. */
  async #settle(id: string, wishes: readonly Wish[]): Promise<readonly Reply[]> {
    let before = guessed(id, wishes[0]) ?? this.shelf.guess?.(id);
    let isSure = false;
    if (!before && wishes[0]?.does === 'change') {
      before = await this.shelf.load(id);
      isSure = true;
    }
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const { after, replies } = applyAll(id, before, wishes, this.#removed.get(id));
      if (after === before ? isSure : await this.shelf.commit(id, before, after)) {
        if (before && !after) this.#rememberRemoved(before);
        return replies;
      }
      before = await this.shelf.load(id);
      isSure = true;
    }
    throw new Unrecorded('not recorded: other processes were quicker each time');
  }

  #rememberRemoved({ id, rev }: Stored): void {
    // Anew to the end, as the last that is forgotten.
    this.#removed.delete(id);
    this.#removed.set(id, rev);
    const [oldest] = this.#removed.keys();
    if (this.#removed.size > mostRemoved && oldest !== undefined) this.#removed.delete(oldest);
  }
}

/** One who replaces or removes says which revision they saw. */
function guessed(id: string, first: Wish | undefined): Stored | undefined {
  return first?.does === 'replace' || first?.does === 'remove' ? new Stored(id, first.rev, 'null') : undefined;
}

function answer(job: Job, reply: Reply | undefined): void {
  if (!reply) job.reject(new Error('a change was left without an answer'));
  else if ('error' in reply) job.reject(reply.error);
  else job.resolve(reply.answer);
}
