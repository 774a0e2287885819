// A thread in place of the painter's: gives titles back, and dies or hangs when the title says so.
import { parentPort } from 'node:worker_threads';

parentPort.on('message', ({ title }) => {
  if (title === 'die') throw new Error('a thread died');
  if (title !== 'hang') parentPort.postMessage({ png: Buffer.from(title) });
});
