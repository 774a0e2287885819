// The calendars that other programs subscribe to. They have no login: nothing in them names a person.
import { spaceId } from '../../core/call.js';
import type { Bot, Feed } from '../../core/feature.js';
import type { Locale } from '../../core/locale.js';
import type { Doc } from '../../core/store.js';
import { calendarText, type Entry, isInCalendar } from './calendar.js';
import { communities, follows, proceedings, seenOrRemoved, stepsOf } from './documents.js';
import { type Follow, matches } from './listener.js';
import { together } from './matching.js';
import { planned } from './milestones.js';
import { closingOf, factsOf, openingOf, type Proceeding, standingOf, stateAt } from './model.js';
import { caseIn } from './proceedings.js';
import { commentsWords } from './words/index.js';
import { dayIn } from './zone.js';

const page = (entries: readonly Entry[], name: string, locale: Locale, now: Date) => ({
  type: 'text/calendar; charset=utf-8',
  body: calendarText(entries, name, locale, now),
});

/** Every proceeding that is open or to come, whoever entered it. */
export const everyone: Feed = async (bot) => {
  const now = bot.clock.now();
  const docs = (await proceedings(bot).find()).filter(({ value }) => isInCalendar(value, now));
  const entries = once(docs, now).map(({ id, value }) => ({ id, proceeding: value }));
  return page(entries, commentsWords('en').label('calendarName'), 'en', now);
};

/**
 * Where staff and the source, or staff of several spaces, have the same one, it is there once for each closing that they
 * give it, as the one that was there first has it; what some have withdrawn or removed only if nobody has it any more.
 */
function once(docs: readonly Doc<Proceeding>[], now: Date): readonly Doc<Proceeding>[] {
  return together(docs).flatMap((group) => {
    const live = group.filter(({ value }) => stateAt(value, now) !== 'withdrawn');
    const first = new Map<string, Doc<Proceeding>>();
    for (const doc of live.length > 0 ? live : group.slice(0, 1)) {
      const closing = standingOf(doc.value);
      const other = first.get(closing);
      if (!other || doc.value.addedAt < other.value.addedAt) first.set(closing, doc);
    }
    return [...first.values()];
  });
}

/** `/comments/<token>.ics`: what one channel follows, with its community's dates. */
export const ofChannel: Feed = async (bot, path) => {
  const [, token] = /^\/comments\/([A-Za-z0-9_-]{24})\.ics$/.exec(path) ?? [];
  const [doc] = token === undefined ? [] : await follows(bot).find({ token });
  if (!doc) return undefined;
  const now = bot.clock.now();
  const locale = (await bot.settings.channelLocale(doc.value.to)) ?? 'en';
  return page(await entriesOf(doc.value, bot, now), commentsWords(locale).label('calendarName'), locale, now);
};

async function entriesOf(follow: Follow, bot: Bot, now: Date): Promise<readonly Entry[]> {
  const usual = await communities(bot).get(spaceId(follow.to));
  const docs = await seenOrRemoved(follow.to, bot);
  return docs
    .filter(({ value }) => isInCalendar(value, now) && matches(follow, factsOf(value)))
    .map(({ id, rev, value }) => {
      const closing = closingOf(value);
      const opening = openingOf(value);
      const isDecided = caseIn(value, follow.to).decision !== undefined;
      const steps = isDecided ? [] : stepsOf(value, follow.to, usual?.value.steps);
      return {
        id,
        proceeding: value,
        steps: closing ? planned(steps, closing.moment.on, opening && dayIn(opening, 'UTC')) : [],
        stepsRev: rev + (usual?.rev ?? 0),
      };
    });
}
