// What Bolt hands on: one global middleware, since Bolt runs the chain of every listener on every event.
import type { AnyMiddlewareArgs, App, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { Clock } from '../../src/core/clock.js';
import { faultFacts } from '../../src/core/fault.js';
import { Recent } from '../../src/core/recent.js';
import { type Answering, answerTo, drawHome } from './answering.js';
import { type Arrival, fromAction, fromCommand, fromMenu, fromSubmission } from './inbound.js';
import { times } from './limits.js';
import { type Ack, type Receipt, receiptBy } from './receipt.js';

export interface Listeners {
  /** Resolves when all that has begun is done. */
  settled(): Promise<void>;
}

/** What each kind of interaction hands on. */
interface Taken {
  readonly ack: unknown;
  /**
   * Milliseconds that the acknowledgement may wait for the answer. It does wait, even where it cannot carry one: a press
   * that was acknowledged is recorded, and one that a crash cut off is shown to the member as failed.
   */
  readonly waits: number;
  readonly carries: boolean;
  read(own: Answering): Arrival;
}

/**
 * @param inside asked at every event: undefined while we are not signed in, or take no more calls
 * @param line which connection is open; see Door
 */
export function listen(app: App, inside: () => Answering | undefined, line: () => number, clock: Clock): Listeners {
  const running = new Set<Promise<void>>();
  const seen = new Recent<true>(clock, times.duplicates, 20_000);

  const take = (taken: Taken): Promise<void> => {
    const own = inside();
    // Not acknowledged: Slack tells the member that we do not answer, which is so.
    if (!own) return Promise.resolve();
    const arrivedOn = line();
    const isSameLine = (): boolean => line() === arrivedOn;
    const { waits, carries } = taken;
    const receipt = receiptBy(taken.ack as Ack, { within: waits, carries, isSameLine, log: own.log });
    const work = answered(own, taken, receipt, seen);
    running.add(work);
    return work.finally(() => running.delete(work));
  };

  const answer = async (args: AnyMiddlewareArgs): Promise<void> => {
    if ('command' in args) {
      const { ack, command } = args;
      const read = ({ space, core }: Answering): Arrival => fromCommand(command, space, core.features);
      return take({ ack, waits: times.answer, carries: true, read });
    }
    // Acknowledged by Bolt beforehand: what is lost here is lost, so it is only what can be drawn again.
    if ('event' in args) return happened(inside(), args, seen);
    const { ack, body } = args;
    switch (body.type) {
      case 'block_actions':
        return take({ ack, waits: times.answer, carries: false, read: ({ space }) => fromAction(body, space) });
      case 'view_submission':
        return take({ ack, waits: times.submission, carries: true, read: ({ space }) => fromSubmission(body, space) });
      case 'message_action': {
        const read = ({ space, core }: Answering): Arrival => fromMenu(body, space, core.features);
        return take({ ack, waits: times.answer, carries: false, read });
      }
      default:
        // Nothing of ours; Slack is not kept waiting.
        return (ack as Ack)();
    }
  };
  app.use(answer);

  return { settled: async () => void (await Promise.allSettled(running)) };
}

async function happened(own: Answering | undefined, { event, body }: SlackEventMiddlewareArgs, seen: Recent<true>) {
  if (!own || !isFirst(seen, `event ${body.event_id}`)) return;
  if (event.type === 'app_home_opened' && event.tab === 'home') {
    await drawHome(own, event.user, event.view === undefined);
  } else if (event.type === 'app_uninstalled' || (event.type === 'tokens_revoked' && event.tokens.bot?.length)) {
    own.onDead(`Slack took our token back (${event.type})`);
  }
}

function isFirst(seen: Recent<true>, key: string): boolean {
  if (seen.get(key)) return false;
  seen.set(key, true);
  return true;
}

/** Never rejects: nobody would hear of it but Bolt. */
async function answered(own: Answering, taken: Taken, receipt: Receipt, seen: Recent<true>): Promise<void> {
  const started = performance.now();
  try {
    const arrival = taken.read(own);
    // A second delivery of the same is acknowledged, and that is all.
    if (arrival.key !== undefined && !isFirst(seen, arrival.key)) return void (await receipt.give());
    const isOver = await answerTo(own, { arrival, receipt, age: () => performance.now() - started });
    // A form that came back may be sent once more, from the same modal.
    if (!isOver && arrival.key !== undefined) seen.delete(arrival.key);
  } catch (error) {
    own.log.error(faultFacts(error), 'an interaction could not be answered');
    await receipt.give();
  }
}
