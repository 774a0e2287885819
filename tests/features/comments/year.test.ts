// A year in seconds: 60 proceedings, 40 channels on two platforms in 12 zones, 12 people, with everything that happens.
import { expect, test } from 'vitest';
import { textOf } from '../../support/harness.js';
import { type Seen, type Served, type Stage, served, stage } from './stage.js';
import { begin, chanceFrom, channels, day, end, minute, outages, people, plans, zones } from './year-events.js';
import { type Ear, type Expected, expectedOf, type Plan, type Version } from './year-plan.js';

const iso = (at: number): string => new Date(at).toISOString();

/** The list that the operator keeps; `wrong` is what it says by mistake for a few minutes. */
const listOf = (all: readonly Plan[], wrong?: { readonly title: string; readonly closing: number }): string =>
  JSON.stringify(
    all.map(({ title, category, opening, versions }) => {
      const first = versions[0]?.closing;
      return {
        id: title,
        title,
        category,
        opening,
        closing: iso(title === wrong?.title ? wrong.closing : Number(first)),
      };
    }),
  );

interface Happening {
  readonly at: number;
  readonly do: () => Promise<unknown>;
}

function changesOf(on: Stage, idOf: (title: string) => string, all: readonly Plan[]): readonly Happening[] {
  const change = (title: string, { from, closing }: Version): Happening => ({
    at: from,
    do: () =>
      closing === 'withdrawn'
        ? on.call('sam', 'comments.withdraw', { id: idOf(title) })
        : on.call('sam', 'comments.extended', { id: idOf(title), closing: iso(closing) }),
  });
  return all.flatMap(({ title, versions }) => versions.slice(1).map((version) => change(title, version)));
}

/** What a post says, one line for each proceeding in it. */
function saidIn({ at, to, card }: Seen): readonly Expected[] {
  const ear = `${to.platform}/${'channel' in to ? to.channel : `dm-${to.person}`}`;
  const text = textOf(card);
  const [heading = ''] = text.split('\n');
  const several = [...text.matchAll(/^(.+): (Proceeding \d\d) · ID \w{4}/gm)].map(([, own = '', title = '']) => ({
    at,
    ear,
    heading: own,
    title,
  }));
  if (several.length > 0) return several;
  const title = /^(Proceeding \d\d) · ID/m.exec(text)?.[1] ?? '';
  return [{ at, ear, heading, title }];
}

const lineOf = ({ at, ear, heading, title }: Expected): string =>
  `${iso(at - (at % minute))} ${ear} ${heading}: ${title}`;

test('every reminder of a year comes exactly once, at its minute, whatever happens meanwhile', {
  timeout: 300_000,
}, async () => {
  const started = performance.now();
  const chance = chanceFrom(20_260_101);
  const all = plans(chance);
  const ears = channels(chance);
  const members = people(chance, all);
  const web: Served = { text: listOf(all), status: 200, asked: 0 };
  const on = stage({
    now: iso(begin),
    platforms: ['slack', 'discord'],
    get: served(web),
    operator: { commentsSource: 'https://lists.example.org/all.json' },
  });
  for (const platform of on.platforms) {
    for (const { channel } of ears) platform.channels.set(channel, { state: 'public', members: new Set(['sam']) });
  }
  await on.beat(begin);
  const ids = new Map<string, string>();
  const idOf = (title: string): string => ids.get(title) ?? '';
  for (const { title } of all) {
    const answer = await on.call('sam', 'comments.show', { id: title.toLowerCase().replace(' ', '-') });
    if (answer.kind !== 'say') throw new Error(`${title} is not there`);
    ids.set(title, JSON.stringify(answer.card).match(/"id":"([0-9A-Z]{26})"/)?.[1] ?? '');
  }

  const happenings: Happening[] = [
    ...ears.map(({ since, platform, channel, days, zone, hour, category }) => ({
      at: since,
      do: () =>
        on.call(
          'sam',
          'comments.followed',
          { days: days.join(','), zone, hour: String(hour), category: category ?? '', words: '' },
          { platform, channel },
        ),
    })),
    ...members.flatMap(({ platform, person, only }) =>
      [...only].map(([title, at]) => ({
        at,
        do: () => on.call(person, 'comments.remind', { id: idOf(title) }, { platform }),
      })),
    ),
    ...changesOf(on, idOf, all),
  ];
  // Twenty times the list says something wrong for a few minutes, and is read just then.
  const flaps = Array.from({ length: 20 }, (_, n) => begin + (9 + n * 17) * day + 11 * 3_600_000 + 7_000);
  for (const [n, at] of flaps.entries()) {
    const plan = all[(n * 3) % all.length];
    if (!plan) continue;
    const wrong = { title: plan.title, closing: Number(plan.versions[0]?.closing) + 9 * day };
    happenings.push({ at, do: async () => void (web.text = listOf(all, wrong)) });
    happenings.push({ at: at + 4 * minute, do: async () => void (web.text = listOf(all)) });
  }

  const down = outages(
    chance,
    happenings.map(({ at }) => at),
  );
  // A change is seen at the beat that follows it at once.
  const moved = (at: number): number => at;
  const expected = [...ears, ...members]
    .flatMap((ear: Ear) => all.flatMap((plan) => expectedOf(plan, ear, begin, down, moved)))
    .filter(({ at }) => at < end);

  const beats = new Set<number>([
    ...expected.map(({ at }) => at),
    // A minute before many of them, when it must not be there yet; and whenever something happens.
    ...expected.flatMap(({ at }, n) => (n % 3 === 0 ? [at - minute] : [])),
    ...happenings.flatMap(({ at }) => [at, at + 30_000, at + 4 * minute, at + 5 * minute, at + 6 * minute]),
    ...down.map(({ until }) => until),
    ...Array.from({ length: 365 * 2 }, (_, n) => begin + n * day * 0.5 + 6_000),
  ]);
  const isDown = (at: number): boolean => down.some(({ from, until }) => from <= at && at < until);
  const restarts = new Set(down.map(({ until }) => until));
  const steps = [...beats].filter((at) => at >= begin && at < end && !isDown(at)).sort((a, b) => a - b);
  const waiting = [...happenings].sort((a, b) => a.at - b.at);
  for (const at of steps) {
    while (waiting[0] && waiting[0].at <= at) {
      const next = waiting.shift();
      if (!next) break;
      on.now = new Date(next.at);
      const answer = await next.do();
      expect(JSON.stringify(answer) ?? '').not.toMatch(/"kind":"again"|went wrong/);
    }
    if (restarts.has(at)) on.restart();
    await on.beat(at);
  }

  const isReminder = ({ card }: Seen): boolean =>
    !textOf(card).startsWith('I will remind you') && !textOf(card).startsWith('The source');
  const said = on.seen.filter(isReminder);
  const got = said.flatMap(saidIn).map(lineOf).sort();
  const want = expected.map(lineOf).sort();
  const twice = got.length - new Set(got).size;
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(
    `a year: ${all.length} proceedings, ${ears.length} channels in ${zones.length} zones, ${members.length} people, ` +
      `${restarts.size} restarts, ${down.filter(({ from, until }) => until - from > 3_600_000).length} long outages, ${flaps.length} flaps of the source; ` +
      `expected ${want.length} reminders, came ${got.length} in ${said.length} posts, ${twice} twice; ` +
      `${steps.length} beats, ${web.asked} readings, ${seconds.toFixed(1)} s\n`,
  );
  const [came, due] = [new Set(got), new Set(want)];
  expect(got.filter((line) => !due.has(line)).slice(0, 10)).toEqual([]);
  expect(want.filter((line) => !came.has(line)).slice(0, 10)).toEqual([]);
  expect(got).toEqual(want);
});
