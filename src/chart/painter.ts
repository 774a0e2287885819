// Draws charts beside the program: text engine and fonts work in a thread of their own, so that the event loop never
// waits for them (held for 5 s, Slack's client thinks that Slack is gone: bolt-js#2196; ours is held for milliseconds).
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Chart, Draw } from '../core/chart.js';
import { laneOf } from '../core/lane.js';
import { within } from '../core/within.js';
import type { Drawn } from './thread.js';

interface Parts {
  /** The file of the thread: JavaScript, wherever this file runs. */
  readonly thread: string;
  /** Longest time for one chart, in milliseconds, the start of the thread included. */
  readonly patience: number;
}

const parts = (): Parts => ({
  thread: createRequire(import.meta.url).resolve('#chart/thread.js'),
  // A second and less on an idle machine.
  patience: 30_000,
});

/** The library must not look for fonts on this machine: the same chart has to look the same everywhere. */
const env = { DISABLE_SYSTEM_FONTS_LOAD: '1' };

/**
 * A painter whose thread starts with the first chart, lives on for the next, and does not keep the program alive.
 * @returns draws one picture after the other, however many are asked for at once; rejects with RangeError for a chart
 *   that cannot be drawn, and with Error when the thread died or took too long: the next chart then gets a new one
 */
export function chartPainter({ thread, patience }: Parts = parts()): Draw {
  const lane = laneOf(0, () => Promise.resolve());
  let worker: Worker | undefined;
  const start = (): Worker => {
    const started = new Worker(thread, { env, execArgv: [] });
    const forget = (): void => {
      if (worker === started) worker = undefined;
    };
    // Without a listener, the error of a thread that dies between two charts would end the program.
    return started.on('error', forget).on('exit', forget);
  };
  return (chart) =>
    lane.add(0, () => {
      worker ??= start();
      return drawnBy(worker, chart, patience);
    });
}

async function drawnBy(worker: Worker, chart: Chart, patience: number): Promise<Uint8Array> {
  worker.postMessage(chart);
  worker.ref();
  const answers = await within(once(worker, 'message') as Promise<[Drawn]>, patience);
  worker.unref();
  if (!answers) {
    await worker.terminate();
    throw new Error('a chart took too long');
  }
  const [answer] = answers;
  if ('fault' in answer) throw answer.fault;
  return answer.png;
}
