// The queues in which messages leave: a channel's posts, and the edits of whatever a platform counts them by.
import type { Person, Place } from './call.js';
import type { Clock } from './clock.js';
import { addressId } from './delivery.js';
import { faultFacts } from './fault.js';
import type { Logger } from './feature.js';
import { type Lane, laneOf } from './lane.js';
import { turnIn } from './pace.js';
import type { Platform } from './platform.js';
import type { Store } from './store.js';

/** More lanes than this are not kept while nobody stands in them. */
const keptLanes = 5_000;

export interface LaneParts {
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** By the clock that all who share the store go by. */
export const sharedNow = async ({ store, clock }: Pick<LaneParts, 'store' | 'clock'>): Promise<Date> =>
  (await store.now?.()) ?? clock.now();

/** Whether this process speaks to the platform. What is meant for another one is left to whoever does, or will again. */
export const isHere = ({ platforms }: Pick<LaneParts, 'platforms'>, of: { readonly platform: string }): boolean =>
  platforms.has(of.platform);

/** @throws Error for a platform that is not connected to this program */
export function platformOf(parts: LaneParts, of: { readonly platform: string }): Platform {
  const platform = parts.platforms.get(of.platform);
  if (!platform) throw new Error(`no platform ${of.platform}`);
  return platform;
}

export class Lanes {
  readonly #lanes = new Map<string, Lane>();
  #isStopped = false;
  #stop = (): void => undefined;
  readonly #stopped: Promise<void>;

  constructor(readonly parts: LaneParts) {
    this.#stopped = new Promise((resolve) => {
      this.#stop = resolve;
    });
  }

  /** From now on nobody waits for a pause: what still stands in a lane has nothing to send any more. */
  stop(): void {
    this.#isStopped = true;
    this.#stop();
  }

  readonly #sleep = async (milliseconds: number): Promise<void> => {
    if (!this.#isStopped) await Promise.race([this.parts.sleep(milliseconds), this.#stopped]);
  };

  /** Posts keep a channel's pace, edits keep that of what the platform counts them by. */
  of(to: Place | Person, kind: 'post' | 'edit'): Lane {
    const { pace } = platformOf(this.parts, to);
    const scope = kind === 'edit' && pace.editsBy === 'space' ? `${to.platform}/${to.space}` : addressId(to);
    const name = `${kind}/${scope}`;
    const lane = this.#lanes.get(name) ?? this.#made(name, pace[kind]);
    // A lane that nobody stands in holds nothing worth keeping.
    if (this.#lanes.size > keptLanes)
      for (const [other, { length }] of this.#lanes) if (length === 0) this.#lanes.delete(other);
    this.#lanes.set(name, lane);
    return lane;
  }

  #made(name: string, pause: number): Lane {
    const { store, log } = this.parts;
    const sleep = this.#sleep;
    if (!store.now || pause === 0) return laneOf(pause, sleep);
    // Other processes speak to the same platform: who is next is told by the store, which keeps the pause as well.
    return laneOf(0, sleep, async () => {
      try {
        await sleep(await turnIn(store, name, pause, await sharedNow(this.parts)));
      } catch (error) {
        log.warn(faultFacts(error), 'a turn could not be taken');
        await sleep(pause);
      }
    });
  }
}
