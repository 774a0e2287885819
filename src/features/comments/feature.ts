// /comments: public-comment proceedings, their deadlines, and who is reminded of them.
import { type Call, type Person, personId } from '../../core/call.js';
import type { Bot, Feature } from '../../core/feature.js';
import { Refusal } from '../../core/refusal.js';
import { update } from '../../core/store.js';
import { clipped } from './display.js';
import { named, proceedings, watcherId, watchers } from './documents.js';
import { everyone, ofChannel } from './feeds.js';
import { type Get, httpsGet, publicGet } from './fetch.js';
import { follow, followedRoute, reminderDays, unfollow } from './following.js';
import { importRoutes, status } from './importing.js';
import {
  add,
  addedRoute,
  dated,
  dates,
  edit,
  editedRoute,
  extend,
  extended,
  keep,
  linked,
  links,
  remove,
  removedRoute,
  take,
  withdraw,
} from './keeping.js';
import { factsOf, type Proceeding } from './model.js';
import { decide, draft, hand, putdown } from './pen.js';
import { done, mine, mute, remind } from './personal.js';
import { caseIn, withoutPenOf } from './proceedings.js';
import { calendar, exported, list, show, translate, year } from './reading.js';
import { sampled, sampledFor, withSample } from './sample.js';
import { readAtStart, tendSource } from './source.js';
import { tellDue } from './tell.js';
import { commentsWords } from './words/index.js';

/** How the web is reached. */
export interface Ways {
  /** For the source that the operator has set. */
  readonly source: Get;
  /** For addresses that staff type. */
  readonly typed: Get;
}

/** @param ways handed in by tests that play a server */
export function commentsFeature(ways: Ways): Feature {
  const { brings, imported } = importRoutes(ways.typed);
  return {
    name: 'comments',
    about: 'about',
    main: 'comments.list',
    routes: sampled({
      'comments.list': list(ways.source),
      'comments.show': show,
      'comments.remind': remind,
      'comments.mine': mine,
      'comments.draft': draft,
      'comments.year': year,
      'comments.export': exported,
      'comments.follow': follow,
      'comments.unfollow': unfollow,
      'comments.add': add,
      'comments.edit': edit,
      'comments.extend': extend,
      'comments.remove': remove,
      'comments.dates': dates,
      'comments.import': brings,
      'comments.status': status,
      'comments.calendar': calendar,
      'comments.translate': translate,
      'comments.mute': mute,
      'comments.done': done,
      'comments.hand': hand,
      'comments.putdown': putdown,
      'comments.decide': decide,
      'comments.followed': followedRoute,
      'comments.added': addedRoute,
      'comments.edited': editedRoute,
      'comments.extended': extended,
      'comments.links': links,
      'comments.linked': linked,
      'comments.withdraw': withdraw,
      'comments.removed': removedRoute,
      'comments.dated': dated,
      'comments.imported': imported,
      'comments.take': take,
      'comments.keep': keep,
    }),
    words: commentsWords,
    privacy: { exports, erases },
    questionFor,
    setting: reminderDays,
    feeds: { '/comments.ics': everyone, '/comments/*': ofChannel },
    async tick(now, bot) {
      await withSample(now, bot);
      // The reminders first: they do not wait for a source that is slow to answer, but at the start.
      try {
        await readAtStart(now, bot, ways.source);
      } finally {
        try {
          await tellDue(now, bot);
        } finally {
          await tendSource(now, bot, ways.source);
        }
      }
    },
  };
}

export const comments: Feature = commentsFeature({ source: httpsGet(), typed: publicGet });

/**
 * What a pulse about a proceeding asks, in the asker's language.
 * @returns undefined when the asker's space sees no such proceeding
 */
async function questionFor(id: string, call: Call, bot: Bot): Promise<string | undefined> {
  await sampledFor(call, bot);
  try {
    const { value } = await named(call, id, bot);
    return commentsWords(call.locale).label('pulseQuestion', { title: clipped(factsOf(value).title, 200) });
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

const holds = (value: Proceeding, of: Person): boolean => {
  const { pen } = caseIn(value, of);
  return pen !== undefined && personId(pen.person) === personId(of);
};

async function exports(of: Person, bot: Bot): Promise<unknown> {
  const [watcher, all] = await Promise.all([watchers(bot).get(watcherId(of)), proceedings(bot).find()]);
  const pens = all.filter(({ value }) => holds(value, of)).map(({ value }) => factsOf(value).title);
  if (!watcher && pens.length === 0) return undefined;
  const titles = new Map(all.map(({ id, value }) => [id, factsOf(value).title]));
  const { zone, hour, locale, watching = {} } = watcher?.value ?? {};
  const reminders = Object.entries(watching).map(([id, { since, state }]) => ({
    title: titles.get(id) ?? id,
    since,
    state,
  }));
  return { ...(watcher ? { zone, hour, language: locale, reminders } : {}), ...(pens.length > 0 ? { pens } : {}) };
}

async function erases(of: Person, bot: Bot): Promise<void> {
  for (const { id, value } of await proceedings(bot).find()) {
    if (holds(value, of)) await update(proceedings(bot), id, (old) => withoutPenOf(old, of));
  }
  const watcher = await watchers(bot).get(watcherId(of));
  if (watcher && !(await watchers(bot).remove(watcher))) await erases(of, bot);
}
