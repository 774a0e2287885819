// A lease: among all processes that share a store one holds it, and another soon after that one has died.
import { z } from 'zod';
import { faultFacts } from './fault.js';
import type { Logger } from './feature.js';
import { hasPassed } from './passed.js';
import { type Kind, type SharedStore, update } from './store.js';

/** How long a lease lives without being renewed, and how often it is looked at, in milliseconds: failover takes both. */
export const [leaseLives, lookedAtEvery] = [15_000, 4_000] as const;

const schema = z.object({ owner: z.string(), until: z.iso.datetime() });

const leases: Kind<z.infer<typeof schema>> = { name: 'leases', parse: (raw) => schema.parse(raw) };

export interface Lease {
  /** Looks, and from then on again and again; resolves when the first look has had its effect. */
  start(holder: Holder): Promise<void>;
  /**
   * Whether this process may act as the holder. Asked before each thing that only the holder does: one that was
   * suspended may have lost the lease without having looked since.
   */
  mayAct(): Promise<boolean>;
  /** Gives the lease back, so that another need not wait until it ends. */
  stop(): Promise<void>;
}

export interface Holder {
  onGain(): Promise<void>;
  onLoss(): Promise<void>;
}

export interface LeaseParts {
  /** One that tells its own time: by it the lease begins and ends. */
  readonly store: SharedStore;
  readonly name: string;
  readonly owner: string;
  readonly log: Logger;
  /** Milliseconds that only ever grow. */
  readonly monotonic?: () => number;
}

export const leaseOn = (parts: LeaseParts): Lease => new StoredLease(parts);

/** `unknown`: the store does not answer. Nothing can be recorded then, by nobody, so a holder goes on telling members so. */
type Look = 'held' | 'lost' | 'unknown';

class StoredLease implements Lease {
  readonly #collection;
  readonly #monotonic: () => number;
  #holder: Holder | undefined;
  #isHeld = false;
  #heldAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(readonly parts: LeaseParts) {
    this.#collection = parts.store.collection(leases);
    this.#monotonic = parts.monotonic ?? (() => performance.now());
  }

  async start(holder: Holder): Promise<void> {
    this.#holder = holder;
    await this.#look();
    this.#timer = setInterval(() => void this.#look().catch(this.#failed), lookedAtEvery);
  }

  async mayAct(): Promise<boolean> {
    if (!this.#isHeld) return false;
    if (this.#monotonic() - this.#heldAt < leaseLives - lookedAtEvery) return true;
    await this.#look();
    return this.#isHeld;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#looking.catch(this.#failed);
    if (!this.#isHeld) return;
    this.#isHeld = false;
    const { name, owner } = this.parts;
    const doc = await this.#collection.get(name);
    if (doc?.value.owner === owner) await this.#collection.remove(doc);
  }

  readonly #failed = (error: unknown): void =>
    this.parts.log.warn({ lease: this.parts.name, ...faultFacts(error) }, 'a lease could not be looked at');

  /** One look at a time; who asks meanwhile waits for the one after. */
  #look(): Promise<void> {
    const look = this.#looking.catch(() => undefined).then(() => this.#lookOnce());
    this.#looking = look;
    return look;
  }

  async #lookOnce(): Promise<void> {
    if (this.#isStopped) return;
    const before = this.#monotonic();
    const found = await this.#take();
    if (found === 'unknown') return;
    const [wasHeld, isHeld] = [this.#isHeld, found === 'held'];
    this.#isHeld = isHeld;
    if (isHeld) this.#heldAt = before;
    if (isHeld === wasHeld) return;
    this.parts.log.info({ lease: this.parts.name }, isHeld ? 'holds the lease' : 'lost the lease');
    await (isHeld ? this.#holder?.onGain() : this.#holder?.onLoss());
  }

  async #take(): Promise<Look> {
    const { store, name, owner } = this.parts;
    try {
      const now = await store.now();
      const mine = { owner, until: new Date(now.getTime() + leaseLives).toISOString() };
      if (await this.#collection.insert(name, mine)) return 'held';
      const { value } = await update(this.#collection, name, (old) =>
        old.owner === owner || hasPassed(old.until, now, 2 * leaseLives) ? mine : old,
      );
      return value.owner === owner ? 'held' : 'lost';
    } catch (error) {
      this.#failed(error);
      return 'unknown';
    }
  }
}
