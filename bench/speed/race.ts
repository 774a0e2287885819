// Subjects take turns, round by round, at the same work: what a busy minute of the machine does, it does to all.
import { median } from '../store/measure.js';
import type { Subject } from './subject.js';

/** Who is asked for what: `ask` resolves when the nth question is answered, and rejects when the answer is wrong. */
export interface Runner {
  readonly subject: Subject;
  ask(nth: number): Promise<void>;
}

/** One round, or the medians of several. */
export interface Pace {
  /** Answers a second. */
  readonly rate: number;
  /** Microseconds of the subject's CPU for each answer. */
  readonly cpu: number;
  /** The slowest but one in a hundred, in milliseconds. */
  readonly p99: number;
}

export interface Race {
  readonly rounds: number;
  /** Milliseconds for each turn. */
  readonly turn: number;
  /** Questions that are under way at the same time. */
  readonly inFlight: number;
}

/** @returns medians over the rounds, by the subject's name */
export async function race(runners: readonly Runner[], { rounds, turn, inFlight }: Race): Promise<Map<string, Pace>> {
  const seen = new Map<string, Pace[]>(runners.map(({ subject }) => [subject.name, []]));
  for (let round = 0; round < rounds; round += 1) {
    // Nobody always comes first.
    const order = runners.map((_, at) => runners[(at + round) % runners.length]).filter((one) => one !== undefined);
    for (const one of order) seen.get(one.subject.name)?.push(await oneTurn(one, turn, inFlight));
  }
  return new Map([...seen].map(([name, paces]) => [name, middle(paces)]));
}

const middle = (paces: readonly Pace[]): Pace => ({
  rate: median(paces.map(({ rate }) => rate)),
  cpu: median(paces.map(({ cpu }) => cpu)),
  p99: median(paces.map(({ p99 }) => p99)),
});

async function oneTurn({ subject, ask }: Runner, turn: number, inFlight: number): Promise<Pace> {
  const before = await subject.used();
  const began = performance.now();
  const took: number[] = [];
  const worker = async (): Promise<void> => {
    for (let at = performance.now(); at - began < turn; at = performance.now()) {
      await ask(next());
      took.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const passed = performance.now() - began;
  const { cpu } = await subject.used();
  took.sort((a, b) => a - b);
  return {
    rate: (1000 * took.length) / passed,
    cpu: (cpu - before.cpu) / took.length,
    p99: took[Math.floor(0.99 * took.length)] ?? 0,
  };
}

let asked = 0;

/** Questions are numbered through, so that none is ever asked twice: a second one would be taken for a repetition. */
export function next(): number {
  asked += 1;
  return asked;
}

/** Asks so many questions, so many at a time. */
export async function askMany({ ask }: Runner, count: number, inFlight: number): Promise<void> {
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await ask(next());
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}
