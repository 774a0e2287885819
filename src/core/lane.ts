// A queue that keeps a platform's pace: one at a time, a pause after each, the most urgent first.

export interface Lane {
  /** How many wait or run. */
  readonly length: number;
  /** Runs `work` in its turn; smaller urgency goes first. What it throws reaches the caller alone. */
  add<R>(urgency: number, work: () => Promise<R>): Promise<R>;
  /**
   * Waited for by `work` once it is sure that it speaks to the platform, where other processes keep the same pace; never
   * rejects.
   */
  readonly turn: () => Promise<void>;
}

/**
 * @param pause milliseconds between the end of one and the start of the next
 * @param sleep handed in, so that a test need not wait
 */
export function laneOf(
  pause: number,
  sleep: (milliseconds: number) => Promise<void>,
  turn: Lane['turn'] = async () => undefined,
): Lane {
  const queue: { readonly urgency: number; readonly run: () => Promise<void> }[] = [];
  let isRunning = false;
  const drain = async (): Promise<void> => {
    isRunning = true;
    for (let next = queue.shift(); next; next = queue.shift()) {
      await next.run();
      await sleep(pause);
    }
    isRunning = false;
  };
  return {
    get length() {
      return queue.length + Number(isRunning);
    },
    turn,
    add: (urgency, work) =>
      new Promise((resolve, reject) => {
        const at = queue.findIndex((waiting) => waiting.urgency > urgency);
        const run = (): Promise<void> => work().then(resolve, reject);
        queue.splice(at < 0 ? queue.length : at, 0, { urgency, run });
        // drain never rejects: run hands every failure to its caller.
        if (!isRunning) void drain();
      }),
  };
}
