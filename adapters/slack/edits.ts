// Drawing posted messages anew: one request at a time for each, never an older state over a newer one.
import type { Posted } from '../../src/core/call.js';
import type { Card } from '../../src/core/card.js';
import type { Clock } from '../../src/core/clock.js';
import { Recent } from '../../src/core/recent.js';
import { sleep } from './backoff.js';
import { SlackFailure } from './failure.js';
import { times } from './limits.js';
import { messageFor } from './render.js';
import type { Web } from './web.js';

export interface Edits {
  /**
   * Draws a message anew. Of what comes in quick succession only the newest is drawn, one every 1.2 s.
   * @param rev revision that the card shows; an older one than was drawn before is left out
   * @returns when this or a newer state is drawn
   * @throws Undeliverable, SlackFailure
   */
  draw(what: Posted, card: Card, rev?: number): Promise<void>;
}

/** A message that is waiting to be drawn. */
interface Waiting {
  card: Card;
  readonly drawn: Promise<void>;
}

/** A 429 is waited out this many times; then whoever asked hears of it. */
const patience = 3;

export function editsOver(web: Web, clock: Clock): Edits {
  const revisions = new Recent<number>(clock, 3_600_000, 5000);
  const waiting = new Map<string, Waiting>();
  const running = new Map<string, Promise<void>>();

  const update = async ({ channel, message }: Posted, card: Card): Promise<void> => {
    const { text, blocks } = messageFor(card);
    await web.patient((client) => client.chat.update({ channel, ts: message, text, blocks }));
  };

  /** Waits for its turn, then takes what is the newest by then. */
  const turn = async (key: string, what: Posted, before: Promise<void> | undefined): Promise<void> => {
    await before;
    for (let tries = 1; ; tries += 1) {
      const newest = waiting.get(key);
      waiting.delete(key);
      if (!newest) return;
      try {
        await update(what, newest.card);
        return;
      } catch (error) {
        if (!(error instanceof SlackFailure) || error.code !== 'rate_limited' || tries === patience) throw error;
        if (!waiting.has(key)) waiting.set(key, newest);
        await sleep((error.retryAfter ?? 1) * 1000);
      }
    }
  };

  return {
    draw(what, card, rev) {
      const key = `${what.channel}/${what.message}`;
      if (rev !== undefined) {
        if ((revisions.get(key) ?? rev) > rev) return waiting.get(key)?.drawn ?? Promise.resolve();
        revisions.set(key, rev);
      }
      const queued = waiting.get(key);
      if (queued) {
        queued.card = card;
        return queued.drawn;
      }
      const drawn = turn(key, what, running.get(key));
      waiting.set(key, { card, drawn });
      const rest = drawn.then(
        () => sleep(times.edits),
        () => sleep(times.edits),
      );
      running.set(key, rest);
      void rest.then(() => {
        if (running.get(key) === rest) running.delete(key);
      });
      return drawn;
    },
  };
}
