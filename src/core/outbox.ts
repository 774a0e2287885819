// Words for all leave here: post, once (claimed, sent, recorded), edit (never an older revision over a newer).
import { Alone } from './alone.js';
import type { Person, Place, Posted } from './call.js';
import type { Card } from './card.js';
import {
  addressId,
  type Blocked,
  claimed,
  type Delivery,
  deliveries,
  failed,
  isClaimable,
  obstacles,
  pastMonths,
  putOff,
  renders,
  revivedDelivery,
  sent,
  waiting,
} from './delivery.js';
import { Drawing } from './drawing.js';
import { faultFacts } from './fault.js';
import type { Delivered, Outbox } from './feature.js';
import { isHere, type LaneParts, Lanes, platformOf, sharedNow } from './lanes.js';
import { type PassingFailure, Undeliverable } from './platform.js';
import { type Collection, type Facets, update, updateIfThere } from './store.js';

/** Urgency of an ordinary post; a caller may ask for something more urgent. */
const postUrgency = 5;

/** What is over is cleared away this often, in milliseconds. */
const clearedEvery = 6 * 3_600_000;

/** A lane longer than this is not waited for: the message is kept, and sent in its turn. */
const waitedFor = 3;

export interface OutboxParts extends LaneParts {
  /** This process, told apart from every other one, earlier ones included. */
  readonly owner: string;
  /** Called once for each place that turns out not to be reachable. */
  readonly onBlocked: (blocked: Blocked) => Promise<void>;
}

/** The outbox, with the part that the ticker drives. */
export interface WorkingOutbox extends Outbox {
  /** Takes on what is due: what waits, what a crash left behind, what is not yet drawn. */
  work(): Promise<void>;
  /** Resolves when nothing is being sent or drawn. */
  idle(): Promise<void>;
  /** Takes nothing more on, and resolves when what runs has ended. */
  stop(): Promise<void>;
  figures(): Figures;
}

/**
 * How a try to deliver ended. `resent`: sent once more, since nobody knew whether it had arrived. `unanswered`: nobody
 * knows that of this try. `putOff`: certainly not taken.
 */
export type Fate = 'sent' | 'resent' | 'failed' | 'putOff' | 'unanswered';

export interface Figures {
  /** Tries to deliver, by `platform fate`. */
  readonly fates: ReadonlyMap<`${string} ${Fate}`, number>;
  /** How long the message that is due the longest has waited, in seconds, when last looked; 0 when none is due. */
  readonly oldestDue: number;
}

export const outboxTo = (parts: OutboxParts): WorkingOutbox => new Deliverer(parts);

class Deliverer implements WorkingOutbox {
  readonly #ledger: Collection<Delivery>;
  readonly #blocked: Collection<Blocked>;
  readonly #lanes: Lanes;
  readonly #drawing: Drawing;
  readonly #alone: Alone;
  /** Accepted by the platform, not yet recorded: the store was down just then. */
  readonly #accepted = new Map<string, Posted>();
  readonly #fates = new Map<`${string} ${Fate}`, number>();
  #oldestDue = 0;
  #clearedAt = 0;
  #isStopped = false;

  constructor(readonly parts: OutboxParts) {
    this.#ledger = parts.store.collection(deliveries);
    this.#blocked = parts.store.collection(obstacles);
    this.#alone = new Alone(parts.log);
    this.#lanes = new Lanes(parts);
    const onUndeliverable = (what: Posted, error: Undeliverable): Promise<void> => this.#block(what, error.obstacle);
    this.#drawing = new Drawing({ ...parts, onUndeliverable }, this.#lanes);
  }

  async post(to: Place | Person, card: Card): Promise<Posted> {
    const lane = this.#lanes.of(to, 'post');
    return lane.add(postUrgency, async () => {
      await lane.turn();
      return platformOf(this.parts, to).post(to, card);
    });
  }

  async once(key: string, to: Place | Person, card: Card, urgency = postUrgency): Promise<Delivered> {
    const fresh = waiting(to, card, urgency, await sharedNow(this.parts));
    const isNew = await this.#ledger.insert(key, fresh);
    // Nothing but a failure is tried again by asking again.
    const doc = isNew ? undefined : await update(this.#ledger, key, (old) => revivedDelivery(old, fresh));
    if (doc && doc.value !== fresh && doc.value.state !== 'waiting') return delivered(doc.value);
    // Kept all the same: who asks counts on it, and the platform may be back after the next start.
    if (!isHere(this.parts, to)) return { state: 'waiting' };
    const attempt = this.#attempt(key, fresh);
    if (this.#lanes.of(to, 'post').length <= waitedFor) await attempt;
    return delivered((await this.#ledger.get(key))?.value ?? fresh);
  }

  edit(what: Posted, card: Card, rev: number): Promise<void> {
    return this.#drawing.edit(what, card, rev);
  }

  async recall(key: string): Promise<Delivered | undefined> {
    for (;;) {
      const doc = await this.#ledger.get(key);
      if (!doc || doc.value.state === 'sending' || doc.value.state === 'sent') return doc && delivered(doc.value);
      if (await this.#ledger.remove(doc)) return undefined;
    }
  }

  async blocked(space: string): Promise<readonly Blocked[]> {
    return (await this.#blocked.find({ space })).map(({ value }) => value);
  }

  async work(): Promise<void> {
    const found = await Promise.all((['waiting', 'sending'] as const).map((state) => this.#ledger.find({ state })));
    const now = await sharedNow(this.parts);
    const due = found.flat().filter(({ value }) => isHere(this.parts, value.to) && isClaimable(value, now));
    this.#oldestDue = Math.max(0, ...due.map(({ value }) => (now.getTime() - Date.parse(value.notBefore)) / 1000));
    // Those that were accepted while the store was down are recorded as soon as it is back.
    const unrecorded = [...this.#accepted.keys()].map((key) => this.#alone.do(key, () => this.#deliver(key)));
    await Promise.all([...unrecorded, ...due.map(({ id, value }) => this.#attempt(id, value)), this.#drawing.work()]);
    await this.#clear(now);
  }

  figures(): Figures {
    return { fates: this.#fates, oldestDue: this.#oldestDue };
  }

  /** Forgets what was done with long ago. */
  async #clear(now: Date): Promise<void> {
    if (Math.abs(now.getTime() - this.#clearedAt) < clearedEvery) return;
    this.#clearedAt = now.getTime();
    for (const month of pastMonths(now)) {
      for (const state of ['sent', 'failed']) await clear(this.#ledger, { state, month });
      await clear(this.parts.store.collection(renders), { state: 'drawn', month });
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    const drawn = this.#drawing.stop();
    this.#lanes.stop();
    await Promise.all([this.#alone.idle(), drawn]);
  }

  async idle(): Promise<void> {
    await Promise.all([this.#alone.idle(), this.#drawing.idle()]);
  }

  #attempt(key: string, { to, urgency }: Delivery): Promise<unknown> {
    return this.#alone.do(key, () =>
      this.#lanes.of(to, 'post').add(urgency, async () => {
        if (!this.#isStopped) await this.#deliver(key);
      }),
    );
  }

  async #deliver(key: string): Promise<void> {
    const { owner, log } = this.parts;
    const accepted = this.#accepted.get(key);
    if (accepted) return this.#record(key, accepted);
    const doc = await this.#ledger.get(key);
    if (!doc || !isClaimable(doc.value, await sharedNow(this.parts))) return;
    await this.#lanes.of(doc.value.to, 'post').turn();
    // Its turn was not waited for to the end.
    if (this.#isStopped) return;
    const now = await sharedNow(this.parts);
    const { remembersKeys } = platformOf(this.parts, doc.value.to);
    const value = await this.#change(key, (old) => claimed(old, owner, now, remembersKeys));
    if (value?.state !== 'sending' || value.lease?.owner !== owner || value.card === undefined) return;
    if (value.resends > doc.value.resends)
      log.warn({ what: kindOf(key), platform: value.to.platform }, 'sent once more: nobody knows whether it arrived');
    const to = value.to;
    try {
      const posted = await platformOf(this.parts, to).post(to, value.card, key);
      this.#accepted.set(key, posted);
      this.#count(to, value.isResent ? 'resent' : 'sent');
    } catch (error) {
      return this.#failed(key, to, error);
    }
    await this.#record(key, this.#accepted.get(key));
    await this.#unblock(to);
  }

  /** A record that fails is made at the next beat, by this process before its lease ends, without a second post. */
  async #record(key: string, posted: Posted | undefined): Promise<void> {
    if (!posted) return;
    await this.#change(key, (old) => sent(old, this.parts.owner, posted));
    this.#accepted.delete(key);
  }

  async #failed(key: string, to: Place | Person, error: unknown): Promise<void> {
    const { owner, log } = this.parts;
    if (error instanceof Undeliverable) {
      this.#count(to, 'failed');
      const isKept = await this.#change(key, (old) => failed(old, owner, error.obstacle));
      if (isKept) await this.#block(to, error.obstacle);
      return;
    }
    const failure = error as PassingFailure;
    this.#count(to, failure.mayHaveArrived ? 'unanswered' : 'putOff');
    log.warn({ what: kindOf(key), platform: to.platform, ...faultFacts(error) }, 'a message could not be sent now');
    const now = await sharedNow(this.parts);
    const { remembersKeys } = platformOf(this.parts, to);
    const after = await this.#change(key, (old) => putOff(old, owner, now, failure, remembersKeys));
    if (after?.state !== 'failed') return;
    log.error({ what: kindOf(key), platform: to.platform, why: after.obstacle }, 'a message was given up');
    this.#count(to, 'failed');
    await this.#block(to, after.obstacle ?? 'forbidden');
  }

  /** @returns undefined when it was erased meanwhile, by the one whom it was for */
  async #change(key: string, next: (old: Delivery) => Delivery): Promise<Delivery | undefined> {
    return (await updateIfThere(this.#ledger, key, next))?.value;
  }

  async #block(to: Place | Person, obstacle: string): Promise<void> {
    const blocked = { to, obstacle, since: this.parts.clock.now().toISOString() };
    if (await this.#blocked.insert(addressId(to), blocked)) await this.parts.onBlocked(blocked);
  }

  async #unblock(to: Place | Person): Promise<void> {
    const doc = await this.#blocked.get(addressId(to));
    if (doc) await this.#blocked.remove(doc);
  }

  #count({ platform }: Place | Person, fate: Fate): void {
    const name = `${platform} ${fate}` as const;
    this.#fates.set(name, (this.#fates.get(name) ?? 0) + 1);
  }
}

/** What a message is, for the log; behind that its key may name people. */
const kindOf = (key: string): string => key.split('/')[0] ?? '';

async function clear<T>(collection: Collection<T>, where: Facets): Promise<void> {
  for (const doc of await collection.find(where)) await collection.remove(doc);
}

function delivered({ state, obstacle, posted }: Delivery): Delivered {
  if (state === 'sent') return { state, ...(posted ? { posted: posted } : {}) };
  if (state === 'failed') return { state, obstacle: obstacle ?? 'forbidden' };
  return { state: 'waiting' };
}
