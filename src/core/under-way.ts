// How much is under way, for who has to wait until nothing is.

/** Counts; to keep each in a set would cost more than some of the work. */
export class UnderWay {
  #count = 0;
  #waiting: (() => void)[] = [];

  /** @returns what the work gives, when it is done */
  async run<T>(work: Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work;
    } finally {
      this.#count -= 1;
      if (this.#count === 0) for (const tell of this.#waiting.splice(0)) tell();
    }
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    if (this.#count > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
