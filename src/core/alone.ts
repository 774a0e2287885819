// One at a time for each key: who comes second joins the first.
import { faultFacts } from './fault.js';
import type { Logger } from './feature.js';

export class Alone {
  readonly #running = new Map<string, Promise<unknown>>();

  constructor(readonly log: Logger) {}

  /** Never rejects, never throws: a failure is logged, and the work is found again by its state. */
  do(key: string, start: () => Promise<unknown>): Promise<unknown> {
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    // Async around it: what `start` throws at once must not stop whoever asks for several.
    const run = (async () => start())().catch((error: unknown) =>
      this.log.error(faultFacts(error), 'a message was not handled'),
    );
    const ended = run.finally(() => this.#running.delete(key));
    this.#running.set(key, ended);
    return ended;
  }

  /** Resolves when nothing runs any more. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }
}
