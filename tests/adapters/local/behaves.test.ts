import { localPlatform } from '../../../adapters/local/connect.js';
import { drawCard, drawForm, drawnCard } from '../../../adapters/local/render.js';
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
  // A form is not kept; the page draws it from JSON, and sends what stands in its fields: tests/browser fills some in.
  formFaults: (form) => (JSON.stringify(drawForm(form)).length < 1_000_000 ? [] : ['too long']),
  sent(form) {
    const { target, fields } = JSON.parse(JSON.stringify(drawForm(form))) as ReturnType<typeof drawForm>;
    const { to, args } = decodeTarget(target);
    return { to, args: { ...args, ...Object.fromEntries(fields.map(({ name, value = '' }) => [name, value])) } };
  },
  channel: 'general',
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
