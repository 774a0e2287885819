// The acknowledgement of an interaction: given once, in time, and able to carry an answer.
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';

/** Bolt's `ack`, whatever it takes. */
export type Ack = (body?: never) => Promise<void>;

export interface Receipt {
  /**
   * Acknowledges, with something to say if there is.
   * @returns false when it was given before, or could not be delivered: the body has not arrived
   */
  give(body?: object): Promise<boolean>;
}

interface Terms {
  /** Milliseconds after which it is given empty: Slack waits for 3 s only. */
  readonly within: number;
  /** Whether Slack reads what it carries: a press and a shortcut are only acknowledged. */
  readonly carries: boolean;
  /** Whether the connection on which the interaction came is still the one that is open. */
  isSameLine(): boolean;
  readonly log: Logger;
}

export function receiptBy(ack: Ack, { within, carries: isRead, isSameLine, log }: Terms): Receipt {
  let isGiven = false;
  const give = async (body?: object): Promise<boolean> => {
    if (isGiven) return false;
    isGiven = true;
    clearTimeout(timer);
    // Over another connection it may go unheard: nothing is entrusted to it, lest it be said twice or not at all.
    const carries = isRead && isSameLine();
    try {
      await (ack as (body?: object) => Promise<void>)(carries ? body : undefined);
      return carries;
    } catch (error) {
      // A socket that is being refreshed rejects what is pending; the work goes on all the same.
      log.warn(faultFacts(error), 'an acknowledgement could not be delivered');
      return false;
    }
  };
  const timer = setTimeout(() => void give(), within);
  return { give };
}
