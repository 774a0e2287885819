// The proceedings that ship with the program, for trying things out: real ones, moved to today.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { type Call, spaceId } from '../../core/call.js';
import type { Bot, Route } from '../../core/feature.js';
import type { Doc } from '../../core/store.js';
import { enrol, proceedings, rosterOf } from './documents.js';
import { categories, type Facts, factsSchema, idOf, type Moment, type Proceeding } from './model.js';
import { readMoment } from './moment.js';
import { added } from './proceedings.js';
import { addDays, dayIn, daysBetween } from './zone.js';

/** The local workspace: the one place that has no proceedings of its own to begin with. */
const home = { platform: 'local', space: 'local' } as const;

const sampleSchema = z.strictObject({
  about: z.string(),
  proceedings: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      category: z.enum(categories),
      requester: z.string().optional(),
      opening: z.string().optional(),
      closing: z.string(),
      precision: z.enum(['stated', 'rule', 'date']),
      originalClosing: z.string().optional(),
      address: z.string().optional(),
      reportPublished: z.string().optional(),
    }),
  ),
});

type Sample = z.infer<typeof sampleSchema>['proceedings'][number];

const file = createRequire(import.meta.url).resolve('#comments/sample.json');

/** As the record has them, the one that closed first coming first. */
export const recorded = (): readonly Sample[] =>
  sampleSchema
    .parse(JSON.parse(readFileSync(file, 'utf8')))
    .proceedings.toSorted((a, b) => a.closing.localeCompare(b.closing) || a.id.localeCompare(b.id));

/** Days between two closings once they are moved, and how many of them are still to come. */
const [apart, ahead] = [5, 14];

/** Days of one whose opening nobody recorded; the median of the record since 2015. */
const usualDays = 42;

/**
 * The record moved so that some are open today, some to come and most over; how long each was open, and what was
 * extended by how much, is as it was. The last two are announced for a month only.
 */
export function movedTo(
  today: string,
  samples: readonly Sample[],
): readonly { readonly slug: string; readonly facts: Facts }[] {
  return samples.map((sample, at) => {
    const closing = moment(sample.closing);
    const shift = daysBetween(closing.on, addDays(today, (at - (samples.length - ahead)) * apart + 2));
    const opening =
      sample.opening === undefined
        ? { ...closing, on: addDays(closing.on, -usualDays), exact: 'date' as const }
        : moment(sample.opening);
    const isFar = at >= samples.length - 2;
    const dates = isFar
      ? { month: addDays(opening.on, shift + usualDays).slice(0, 7) }
      : {
          opening: shifted(opening, shift),
          closing: { ...shifted(closing, shift), exact: sample.precision },
          ...(sample.originalClosing ? { originalClosing: shifted(moment(sample.originalClosing), shift) } : {}),
          ...(sample.reportPublished ? { reportPublished: addDays(sample.reportPublished, shift) } : {}),
        };
    const { id, title, category, requester, address } = sample;
    return { slug: id, facts: factsSchema.parse({ title, category, requester, address, ...dates }) };
  });
}

const shifted = (given: Moment, days: number): Moment => ({ ...given, on: addDays(given.on, days) });

function moment(text: string): Moment {
  const read = readMoment(text);
  if (!read) throw new Error(`the sample has no date in ${text}`);
  return read;
}

/** Puts the sample into the local workspace, once, when nothing else is there. */
export async function withSample(now: Date, bot: Bot): Promise<void> {
  const platforms = await bot.states(home);
  if (platforms.length !== 1 || platforms[0]?.name !== home.platform || bot.operator.commentsSource !== undefined)
    return;
  if ((await rosterOf(bot)).sampledAt !== undefined || (await proceedings(bot).find()).length > 0) return;
  for (const { slug, facts } of movedTo(dayIn(now, 'UTC'), recorded())) {
    const { editedIn: _, ...made } = added(slug, { staff: facts, space: home }, now);
    await proceedings(bot).insert(idOf(made.scope, slug), { ...made, addedAt: addedAt(facts, now) });
  }
  await enrol(bot, (old) => ({ ...old, sampledAt: now.toISOString() }));
}

/** Whether it is one of these, as it ships: nobody has touched it since. */
export const isSampled = ({ value }: Doc<Proceeding>): boolean =>
  value.scope === spaceId(home) && value.editedIn === undefined;

/** Before something is looked for: the first beat may not have come yet. */
export async function sampledFor({ by }: Pick<Call, 'by'>, bot: Bot): Promise<void> {
  if (by.platform === home.platform) await withSample(bot.clock.now(), bot);
}

/** The same routes, each of which finds the sample where there is one, whichever is the first to be asked. */
export const sampled = (routes: Readonly<Record<string, Route>>): Readonly<Record<string, Route>> =>
  Object.fromEntries(Object.entries(routes).map(([name, route]) => [name, sampledRoute(route)]));

function sampledRoute({ run, form, suggest, ...rest }: Route): Route {
  return {
    ...rest,
    async run(call, bot) {
      await sampledFor(call, bot);
      return run(call, bot);
    },
    ...(form && {
      async form(call, bot) {
        await sampledFor(call, bot);
        return form(call, bot);
      },
    }),
    ...(suggest && {
      async suggest(call, option, bot) {
        await sampledFor(call, bot);
        return suggest(call, option, bot);
      },
    }),
  };
}

/** As if it had been known when it opened: else a channel that follows would hear of all that are open at once. */
function addedAt({ opening }: Facts, now: Date): string {
  const opened = opening ? Date.parse(`${opening.on}T00:00:00Z`) : now.getTime();
  return new Date(Math.min(opened, now.getTime())).toISOString();
}
