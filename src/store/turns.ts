// Turns: what comes for one key while its work is under way is gathered, and done together next.
import { UnderWay } from '../core/under-way.js';

/** Gathers jobs by key; of one key, one batch is worked on at a time, and different keys do not wait for each other. */
export class Turns<Job> {
  readonly #waiting = new Map<string, Job[]>();
  readonly #running = new UnderWay();

  /** @param work must not reject: it answers its jobs itself */
  constructor(private readonly work: (key: string, jobs: readonly Job[]) => Promise<void>) {}

  add(key: string, job: Job): void {
    const waiting = this.#waiting.get(key);
    if (waiting) {
      waiting.push(job);
      return;
    }
    this.#waiting.set(key, [job]);
    void this.#running.run(this.#run(key));
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.#running.idle();
  }

  async #run(key: string): Promise<void> {
    // What is asked for in one go (Promise.all over 200 votes) belongs in one batch.
    await Promise.resolve();
    for (;;) {
      const jobs = this.#waiting.get(key);
      if (!jobs || jobs.length === 0) break;
      this.#waiting.set(key, []);
      await this.work(key, jobs);
    }
    this.#waiting.delete(key);
  }
}
