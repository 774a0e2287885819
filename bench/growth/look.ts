// A process that opens a store, looks at it as each beat does, and says how long others had to wait meanwhile.
import { openEmbedded } from '../../src/store/embedded.js';
import { type Held, longestHoldAndPause, sceneOn } from './scene.js';

const [place = '', start = '', looks = '1'] = process.argv.slice(2);

let now = Date.parse(start);
const store = await openEmbedded(place);
const { ticker, prepare } = sceneOn(store, () => new Date(now));
// As in the program, where the first beat comes up to half a minute after it serves: node-cron has made the first format of
// the process, and what ships is ready.
await prepare();
ticker.start();
const looked: Held[] = [];
for (let look = 0; look < Number(looks); look += 1) {
  looked.push(await longestHoldAndPause(() => ticker.beat()));
  now += 1000;
}
await store.close();
process.stdout.write(`${JSON.stringify(looked)}\n`, () => process.exit());
