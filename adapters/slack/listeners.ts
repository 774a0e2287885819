// What comes in. Members' own doings are taken from Bolt's hands before it makes a client, a `say` and a chain of
// middleware for each; what Slack tells of itself goes through Bolt, by one global middleware.
import {
  type AnyMiddlewareArgs,
  App,
  type AppOptions,
  type BlockAction,
  type MessageShortcut,
  type ReceiverEvent,
  type SlackEventMiddlewareArgs,
  type SlashCommand,
  type ViewSubmitAction,
} from '@slack/bolt';
import type { Clock } from '../../src/core/clock.js';
import { faultFacts } from '../../src/core/fault.js';
import { Recent } from '../../src/core/recent.js';
import { UnderWay } from '../../src/core/under-way.js';
import { type Answering, answerTo, drawHome } from './answering.js';
import { type Arrival, fromAction, fromCommand, fromMenu, fromSubmission } from './inbound.js';
import { times } from './limits.js';
import { type Ack, type Receipt, receiptBy } from './receipt.js';

export interface Listeners {
  readonly app: App;
  /** Resolves when all that has begun is done. */
  settled(): Promise<void>;
}

/** What each kind of interaction hands on. */
interface Taken {
  /**
   * Milliseconds that the acknowledgement may wait for the answer. It does wait, even where it cannot carry one: a press
   * that was acknowledged is recorded, and one that a crash cut off is shown to the member as failed.
   */
  readonly waits: number;
  readonly carries: boolean;
  read(own: Answering): Arrival;
}

/** Bolt's App, asked only for what `take` leaves to it. */
class OwnApp extends App {
  constructor(
    options: AppOptions,
    private readonly take: (event: ReceiverEvent) => Promise<void> | undefined,
  ) {
    super(options);
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    await (this.take(event) ?? super.processEvent(event));
  }
}

/**
 * @param options Bolt's own
 * @param inside asked at every event: undefined while we are not signed in, or take no more calls
 * @param line which connection is open; see Door
 */
export function listen(
  options: AppOptions,
  inside: () => Answering | undefined,
  line: () => number,
  clock: Clock,
): Listeners {
  const running = new UnderWay();
  const seen = new Recent<true>(clock, times.duplicates, 20_000);

  const take = ({ body, ack }: ReceiverEvent): Promise<void> | undefined => {
    const taken = takenFrom(body);
    if (!taken) return undefined;
    const own = inside();
    // Not acknowledged: Slack tells the member that we do not answer, which is so.
    if (!own) return Promise.resolve();
    const arrivedOn = line();
    const isSameLine = (): boolean => line() === arrivedOn;
    const { waits, carries } = taken;
    const receipt = receiptBy(ack as Ack, { within: waits, carries, isSameLine, log: own.log });
    return running.run(answered(own, taken, receipt, seen));
  };

  const app = new OwnApp(options, take);
  app.use(async (args: AnyMiddlewareArgs) => {
    // Acknowledged by Bolt beforehand: what is lost here is lost, so it is only what can be drawn again.
    if ('event' in args) await happened(inside(), args, seen);
    // Nothing of ours; Slack is not kept waiting.
    else await (args.ack as Ack)();
  });
  return { app, settled: () => running.idle() };
}

/** @returns undefined for what no member did */
function takenFrom(body: ReceiverEvent['body']): Taken | undefined {
  if (body.command !== undefined) {
    const read = ({ space, core }: Answering): Arrival => fromCommand(body as SlashCommand, space, core.features);
    return { waits: times.answer, carries: true, read };
  }
  switch (body.type) {
    case 'block_actions':
      return { waits: times.answer, carries: false, read: ({ space }) => fromAction(body as BlockAction, space) };
    case 'view_submission': {
      const read = ({ space }: Answering): Arrival => fromSubmission(body as ViewSubmitAction, space);
      return { waits: times.submission, carries: true, read };
    }
    case 'message_action': {
      const read = ({ space, core }: Answering): Arrival => fromMenu(body as MessageShortcut, space, core.features);
      return { waits: times.answer, carries: false, read };
    }
    default:
      return undefined;
  }
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
