// Messages of ours drawn anew: kept first, drawn by one process at a time, the newest revision last.
import { Alone } from './alone.js';
import type { Posted } from './call.js';
import type { Card } from './card.js';
import { claimedRender, drawnTo, firstRender, postedId, type Render, renders, wanted } from './delivery.js';
import { faultFacts } from './fault.js';
import { isHere, type LaneParts, type Lanes, platformOf, sharedNow } from './lanes.js';
import { Undeliverable } from './platform.js';
import { type Collection, updateIfThere, upsert } from './store.js';

/** Every edit is as urgent as the next: the newest state of each message is all that counts. */
const urgency = 9;

export interface DrawingParts extends LaneParts {
  readonly owner: string;
  readonly onUndeliverable: (what: Posted, error: Undeliverable) => Promise<void>;
}

export class Drawing {
  readonly #renders: Collection<Render>;
  readonly #alone: Alone;
  #isStopped = false;

  constructor(
    readonly parts: DrawingParts,
    readonly lanes: Lanes,
  ) {
    this.#renders = parts.store.collection(renders);
    this.#alone = new Alone(parts.log);
  }

  /** Resolves once it is kept; the platform has it as soon as its turn comes. */
  async edit(what: Posted, card: Card, rev: number): Promise<void> {
    const now = await sharedNow(this.parts);
    const id = postedId(what);
    await upsert(this.#renders, id, firstRender(what, card, rev, now), (old) => wanted(old, card, rev, now));
    if (isHere(this.parts, what)) void this.#draw(id, what);
  }

  /** Draws what is not yet drawn: what failed, and what a crash left behind. */
  async work(): Promise<void> {
    const dirty = (await this.#renders.find({ state: 'dirty' })).filter(({ value }) => isHere(this.parts, value.what));
    await Promise.all(dirty.map(({ id, value }) => this.#draw(id, value.what)));
  }

  /** Resolves when nothing is being drawn. */
  idle(): Promise<void> {
    return this.#alone.idle();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.idle();
  }

  #draw(id: string, what: Posted): Promise<unknown> {
    return this.#alone.do(id, async () => {
      const turn = (): Promise<boolean> => this.lanes.of(what, 'edit').add(urgency, () => this.#once(id));
      while (!this.#isStopped && (await turn()));
    });
  }

  /**
   * What is drawn is read when its turn comes, so that edits which pile up become one.
   * @returns whether something newer has come meanwhile
   */
  async #once(id: string): Promise<boolean> {
    const { owner, log, onUndeliverable } = this.parts;
    if (this.#isStopped) return false;
    const doc = await this.#renders.get(id);
    if (!doc || claimedRender(doc.value, owner, await sharedNow(this.parts)) === doc.value) return false;
    await this.lanes.of(doc.value.what, 'edit').turn();
    // Its turn was not waited for to the end.
    if (this.#isStopped) return false;
    const now = await sharedNow(this.parts);
    const claimed = await updateIfThere(this.#renders, id, (old) => claimedRender(old, owner, now));
    // It was erased meanwhile, by the one whom it was for.
    if (!claimed) return false;
    const { what, card, rev, lease } = claimed.value;
    // Another process draws it now, and will see that there is something newer.
    if (lease?.owner !== owner || card === undefined) return false;
    const settle = async (drawn?: number): Promise<Render | undefined> =>
      (await updateIfThere(this.#renders, id, (old) => drawnTo(old, owner, drawn)))?.value;
    try {
      await platformOf(this.parts, what).edit(what, card);
    } catch (error) {
      if (!(error instanceof Undeliverable)) {
        log.warn({ platform: what.platform, ...faultFacts(error) }, 'a message could not be redrawn now');
        await settle();
        return false;
      }
      await onUndeliverable(what, error);
    }
    const after = await settle(rev);
    return after !== undefined && after.drawn < after.rev;
  }
}
