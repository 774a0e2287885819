// The painter's thread: a chart comes in, its PNG goes out.
import { parentPort } from 'node:worker_threads';
import type { Chart } from '../core/chart.js';
import { paint } from './paint.js';

export type Drawn = { readonly png: Uint8Array } | { readonly fault: unknown };

function drawn(chart: Chart): Drawn {
  try {
    return { png: paint(chart) };
  } catch (fault) {
    return { fault };
  }
}

parentPort?.on('message', (chart: Chart) => {
  const answer = drawn(chart);
  parentPort?.postMessage(answer, 'png' in answer ? [answer.png.buffer as ArrayBuffer] : []);
});
