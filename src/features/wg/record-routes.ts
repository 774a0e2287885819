// /wg record: what came in and how long it took, as a table, a file and a chart.
import { say, spaceId } from '../../core/call.js';
import type { Route } from '../../core/feature.js';
import { answersOf, requestsOf } from './collections.js';
import { handledFor, seatOf } from './desk.js';
import { accountOf, counted } from './record.js';
import { chartFile, recordCard, recordChart, recordCsv } from './record-card.js';
import { regionOf } from './retention.js';

export const record: Route = {
  who: 'staff',
  typed: { about: 'aboutRecord', options: [] },
  async run(call, bot) {
    const seat = await seatOf(call, bot);
    const homes = [seat, ...(await handledFor(bot, seat))];
    const all = (await Promise.all(homes.map((home) => requestsOf(bot).find({ home: spaceId(home) })))).flat();
    const list = await Promise.all(
      all.map(async ({ id, value }) => {
        const region = value.region ?? regionOf((await answersOf(bot).get(id))?.value);
        return counted(value, region);
      }),
    );
    const account = accountOf(list);
    const card = recordCard(account, call.locale);
    if (list.length === 0) return say(card);
    const chart = recordChart(account, call.locale);
    return say(card, [recordCsv(account, call.locale), chartFile(chart, await bot.draw(chart))]);
  },
};
