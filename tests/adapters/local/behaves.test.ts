import { localPlatform } from '../../../adapters/local/connect.js';
import { drawCard, drawnCard } from '../../../adapters/local/render.js';
import { systemClock } from '../../../src/core/clock.js';
import { decodeTarget } from '../../../src/core/target.js';
import { silentLog } from '../../support/log.js';
import { memoryStore } from '../../support/memory-store.js';
import { platformBehaves } from '../behaves.js';

platformBehaves('the local workspace', {
  // The page takes what the schema takes, and puts every text on the page as text: tests/browser shows it inert.
  faults: (card) =>
    drawnCard.safeParse(JSON.parse(JSON.stringify(drawCard(card)))).error?.issues.map(({ message }) => message) ?? [],
  targets: (card) =>
    drawCard(card).blocks.flatMap((one) => {
      if (one.kind === 'buttons') return one.buttons.map(({ target }) => decodeTarget(target));
      if (one.kind !== 'select') return [];
      const { to, args } = decodeTarget(one.target);
      return one.choices.map(({ value }) => ({ to, args: { ...args, [one.name]: value } }));
    }),
  live: (card) => JSON.stringify(drawCard(card)).match(/"url":"(?!https:\/\/example\.org)/g) ?? [],
  async postNowhere(card) {
    const platform = localPlatform({
      store: memoryStore(),
      clock: systemClock,
      newId: () => 'ID1',
      log: silentLog,
      host: '127.0.0.1',
      port: 0,
    });
    return platform.post({ platform: 'local', space: 'local', channel: 'nowhere' }, card);
  },
});
