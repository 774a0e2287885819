// Words for all leave here: post, once (claimed, sent, recorded), edit (never an older revision over a newer).
import type { Person, Place, Posted } from './call.js';
import type { Card } from './card.js';
import type { Clock } from './clock.js';
import {
  addressId,
  type Blocked,
  claimed,
  type Delivery,
  deliveries,
  drawnTo,
  failed,
  isClaimable,
  obstacles,
  postedId,
  putOff,
  renders,
  revivedDelivery,
  sent,
  waiting,
  wanted,
} from './delivery.js';
import { faultFacts } from './fault.js';
import type { Delivered, Logger, Outbox } from './feature.js';
import { type Lane, laneOf } from './lane.js';
import { type Platform, Undeliverable } from './platform.js';
import { type Collection, type Store, update, upsert } from './store.js';

/** Urgency of an edit and of an ordinary post; a caller may ask for something more urgent. */
const [editUrgency, postUrgency] = [9, 5];

/** A lane longer than this is not waited for: the message is kept, and sent in its turn. */
const waitedFor = 3;

export interface OutboxParts {
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** This process, told apart from every other one, earlier ones included. */
  readonly owner: string;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Called once for each place that turns out not to be reachable. */
  readonly onBlocked: (blocked: Blocked) => Promise<void>;
}

/** The outbox, with the part that the ticker drives. */
export interface WorkingOutbox extends Outbox {
  /** Takes on what is due: what waits, what a crash left behind, what is not yet drawn. */
  work(): Promise<void>;
  /** Takes nothing more on, and resolves when what runs has ended. */
  stop(): Promise<void>;
}

export const outboxTo = (parts: OutboxParts): WorkingOutbox => new Deliverer(parts);

class Deliverer implements WorkingOutbox {
  readonly #ledger: Collection<Delivery>;
  readonly #blocked: Collection<Blocked>;
  readonly #lanes = new Map<string, Lane>();
  readonly #running = new Map<string, Promise<unknown>>();
  /** Accepted by the platform, not yet recorded: the store was down just then. */
  readonly #accepted = new Map<string, Posted>();
  #isStopped = false;

  constructor(readonly parts: OutboxParts) {
    this.#ledger = parts.store.collection(deliveries);
    this.#blocked = parts.store.collection(obstacles);
  }

  post(to: Place | Person, card: Card): Promise<Posted> {
    return this.#lane(to, 'post').add(postUrgency, () => this.#platform(to).post(to, card));
  }

  async once(key: string, to: Place | Person, card: Card, urgency = postUrgency): Promise<Delivered> {
    const fresh = waiting(to, card, urgency, this.parts.clock.now());
    const isNew = await this.#ledger.insert(key, fresh);
    // Nothing but a failure is tried again by asking again.
    const doc = isNew ? undefined : await update(this.#ledger, key, (old) => revivedDelivery(old, fresh));
    if (doc && doc.value !== fresh && doc.value.state !== 'waiting') return delivered(doc.value);
    const attempt = this.#attempt(key, fresh);
    if (this.#lane(to, 'post').length <= waitedFor) await attempt;
    return delivered((await this.#ledger.get(key))?.value ?? fresh);
  }

  async edit(what: Posted, card: Card, rev: number): Promise<void> {
    const first = { what, card, rev, drawn: 0 };
    await upsert(this.parts.store.collection(renders), postedId(what), first, (old) => wanted(old, card, rev));
    await this.#draw(postedId(what), what);
  }

  async blocked(space: string): Promise<readonly Blocked[]> {
    return (await this.#blocked.find({ space })).map(({ value }) => value);
  }

  async work(): Promise<void> {
    const found = await Promise.all((['waiting', 'sending'] as const).map((state) => this.#ledger.find({ state })));
    const now = this.parts.clock.now();
    const due = found.flat().filter(({ value }) => isClaimable(value, now));
    const drawing = (await this.parts.store.collection(renders).find({ state: 'dirty' })).map(({ id, value }) =>
      this.#draw(id, value.what),
    );
    await Promise.all([...due.map(({ id, value }) => this.#attempt(id, value)), ...drawing]);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.allSettled(this.#running.values());
  }

  #platform(of: { readonly platform: string }): Platform {
    const platform = this.parts.platforms.get(of.platform);
    if (!platform) throw new Error(`no platform ${of.platform}`);
    return platform;
  }

  /** Posts keep a channel's pace, edits keep that of what the platform counts them by. */
  #lane(to: Place | Person, kind: 'post' | 'edit'): Lane {
    const { pace } = this.#platform(to);
    const scope = kind === 'edit' && pace.editsBy === 'space' ? `${to.platform}/${to.space}` : addressId(to);
    const name = `${kind} ${scope}`;
    const lane = this.#lanes.get(name) ?? laneOf(kind === 'edit' ? pace.edit : pace.post, this.parts.sleep);
    // A lane that nobody stands in holds nothing worth keeping.
    if (this.#lanes.size > 5_000)
      for (const [other, { length }] of this.#lanes) if (length === 0) this.#lanes.delete(other);
    this.#lanes.set(name, lane);
    return lane;
  }

  /** One at a time for each key; who comes second joins the first. Never rejects. */
  #alone(key: string, start: () => Promise<unknown>): Promise<unknown> {
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const run = start().catch((error: unknown) => this.parts.log.error(faultFacts(error), 'a message was not handled'));
    const ended = run.finally(() => this.#running.delete(key));
    this.#running.set(key, ended);
    return ended;
  }

  #attempt(key: string, { to, urgency }: Delivery): Promise<unknown> {
    return this.#alone(key, () =>
      this.#lane(to, 'post').add(urgency, async () => {
        if (!this.#isStopped) await this.#deliver(key);
      }),
    );
  }

  async #deliver(key: string): Promise<void> {
    const { owner, clock, log } = this.parts;
    const accepted = this.#accepted.get(key);
    if (accepted) return this.#record(key, accepted);
    const { value } = await update(this.#ledger, key, (old) => claimed(old, owner, clock.now()));
    if (value.state !== 'sending' || value.lease?.owner !== owner || value.card === undefined) return;
    if (value.isResent)
      log.warn({ key, platform: value.to.platform }, 'sent once more: a crash left open whether it arrived');
    const to = value.to;
    try {
      const posted = await this.#platform(to).post(to, value.card, key);
      this.#accepted.set(key, posted);
    } catch (error) {
      return this.#failed(key, to, error);
    }
    await this.#record(key, this.#accepted.get(key));
    await this.#unblock(to);
  }

  /** A record that fails is made at the next beat, by this process before its lease ends, without a second post. */
  async #record(key: string, posted: Posted | undefined): Promise<void> {
    if (!posted) return;
    await update(this.#ledger, key, (old) => sent(old, this.parts.owner, posted));
    this.#accepted.delete(key);
  }

  async #failed(key: string, to: Place | Person, error: unknown): Promise<void> {
    const { owner, clock, log } = this.parts;
    if (error instanceof Undeliverable) {
      await update(this.#ledger, key, (old) => failed(old, owner, error.obstacle));
      await this.#block(to, error);
      return;
    }
    const seconds = (error as { retryAfter?: unknown }).retryAfter;
    log.warn({ key, platform: to.platform, ...faultFacts(error) }, 'a message could not be sent now');
    await update(this.#ledger, key, (old) =>
      putOff(old, owner, clock.now(), typeof seconds === 'number' ? seconds : undefined),
    );
  }

  async #block(to: Place | Person, { obstacle }: Undeliverable): Promise<void> {
    const blocked = { to, obstacle, since: this.parts.clock.now().toISOString() };
    if (await this.#blocked.insert(addressId(to), blocked)) await this.parts.onBlocked(blocked);
  }

  async #unblock(to: Place | Person): Promise<void> {
    const doc = await this.#blocked.get(addressId(to));
    if (doc) await this.#blocked.remove(doc);
  }

  #draw(id: string, what: Posted): Promise<unknown> {
    return this.#alone(`draw ${id}`, async () => {
      const turn = (): Promise<boolean> => this.#lane(what, 'edit').add(editUrgency, () => this.#drawOnce(id));
      while (!this.#isStopped && (await turn()));
    });
  }

  /**
   * What is drawn is read when its turn comes, so that edits which pile up become one.
   * @returns whether something newer has come meanwhile
   */
  async #drawOnce(id: string): Promise<boolean> {
    const collection = this.parts.store.collection(renders);
    const doc = await collection.get(id);
    if (!doc || doc.value.drawn >= doc.value.rev) return false;
    const { what, card, rev } = doc.value;
    try {
      await this.#platform(what).edit(what, card);
    } catch (error) {
      if (!(error instanceof Undeliverable)) {
        this.parts.log.warn({ platform: what.platform, ...faultFacts(error) }, 'a message could not be redrawn now');
        return false;
      }
      await this.#block(what, error);
    }
    const { value } = await update(collection, id, (old) => drawnTo(old, rev));
    return value.drawn < value.rev;
  }
}

function delivered({ state, obstacle, posted }: Delivery): Delivered {
  if (state === 'sent') return { state, ...(posted ? { posted: posted } : {}) };
  if (state === 'failed') return { state, obstacle: obstacle ?? 'forbidden' };
  return { state: 'waiting' };
}
