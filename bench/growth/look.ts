// A process that opens a store, looks at it as each beat does, and says how long others had to wait meanwhile.
import { openEmbedded } from '../../src/store/embedded.js';
import { longestHold, sceneOn } from './scene.js';

const [place = '', start = '', looks = '1'] = process.argv.slice(2);

let now = Date.parse(start);
const store = await openEmbedded(place);
const { ticker } = sceneOn(store, () => new Date(now));
const holds: number[] = [];
for (let look = 0; look < Number(looks); look += 1) {
  holds.push(await longestHold(() => ticker.beat()));
  now += 1000;
}
await store.close();
process.stdout.write(`${JSON.stringify(holds)}\n`, () => process.exit());
