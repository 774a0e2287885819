// Group commit: what waits on one document is applied together, in order, to a copy that is then written once.
import type { Doc } from '../core/store.js';
import { type AnyKind, Stored } from './document.js';

/** What a caller wants of one document. */
export type Wish =
  | { readonly does: 'insert'; readonly next: Stored }
  | { readonly does: 'replace'; readonly rev: number; readonly next: Stored }
  | { readonly does: 'remove'; readonly rev: number }
  | { readonly does: 'change'; readonly kind: AnyKind; readonly change: (value: unknown) => unknown };

/** What its caller gets: a wish's answer, or its own exception. */
export type Reply = { readonly answer: boolean | Doc<unknown> | undefined } | { readonly error: unknown };

export interface Outcome {
  readonly after: Stored | undefined;
  readonly replies: readonly Reply[];
}

/**
 * Applies the wishes one after the other; writes nothing.
 * A caller of `change` is answered with the document as it is after all changes that were written with its own.
 * @param before the document as it is, undefined when there is none
 * @param last the last revision of a document of this id that was removed; one that is made anew goes on from there, so
 * that nobody takes it for the former one
 */
export function applyAll(id: string, before: Stored | undefined, wishes: readonly Wish[], last = 0): Outcome {
  try {
    return new Batch(id, before, last, false).run(wishes);
  } catch {
    // A value that cannot be stored is among them: do it again, sealing after each change, to find whose it is.
    return new Batch(id, before, last, true).run(wishes);
  }
}

/** The value after changes that have not been turned into JSON yet. */
interface Loose {
  readonly kind: AnyKind;
  readonly rev: number;
  readonly value: unknown;
}

class Batch {
  #loose: Loose | undefined;
  #unanswered: { readonly index: number; readonly kind: AnyKind }[] = [];
  readonly #replies: Reply[] = [];

  constructor(
    readonly id: string,
    private stored: Stored | undefined,
    private last: number,
    readonly sealsEach: boolean,
  ) {}

  run(wishes: readonly Wish[]): Outcome {
    for (const [index, wish] of wishes.entries()) {
      if (wish.does === 'change') this.#change(index, wish.kind, wish.change);
      else this.#replies[index] = { answer: this.#set(wish) };
    }
    this.#seal();
    return { after: this.stored, replies: this.#replies };
  }

  #rev(): number | undefined {
    return this.#loose?.rev ?? this.stored?.rev;
  }

  #set(wish: Exclude<Wish, { does: 'change' }>): boolean {
    if (this.#rev() !== (wish.does === 'insert' ? undefined : wish.rev)) return false;
    this.#seal();
    if (wish.does === 'remove') this.last = wish.rev;
    if (wish.does === 'insert') this.stored = wish.next.as(this.last + 1);
    else this.stored = wish.does === 'remove' ? undefined : wish.next;
    return true;
  }

  #change(index: number, kind: AnyKind, change: (value: unknown) => unknown): void {
    if (this.#loose && this.#loose.kind !== kind) this.#seal();
    const rev = this.#rev();
    if (rev === undefined) {
      this.#replies[index] = { answer: undefined };
      return;
    }
    try {
      const value = this.#loose ? this.#loose.value : this.stored?.doc(kind).value;
      const next = change(value);
      if (next instanceof Promise) throw new TypeError('a change answers at once: it is not async');
      if (next !== value && this.sealsEach) this.stored = Stored.of(kind, this.id, rev + 1, next, this.stored);
      else if (next !== value) this.#loose = { kind, rev: rev + 1, value: next };
      this.#unanswered.push({ index, kind });
      if (this.sealsEach) this.#seal();
    } catch (error) {
      this.#replies[index] = { error };
    }
  }

  #seal(): void {
    if (this.#loose) {
      const { kind, rev, value } = this.#loose;
      this.stored = Stored.of(kind, this.id, rev, value, this.stored);
    }
    this.#loose = undefined;
    for (const { index, kind } of this.#unanswered) this.#replies[index] = { answer: this.stored?.doc(kind) };
    this.#unanswered = [];
  }
}
