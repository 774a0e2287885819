// /glossary: browses the glossary; members suggest, staff keep the space's own entries.
import { type Person, personId, spaceId } from '../../../core/call.js';
import type { Bot, Feature } from '../../../core/feature.js';
import { type Store, update } from '../../../core/store.js';
import { prepareShipped } from '../glossary.js';
import { browseRoutes } from './browse-routes.js';
import { entryRoutes } from './entries.js';
import { tidyGaps } from './gap-store.js';
import { gapRoutes } from './gaps.js';
import { historyRoutes } from './history.js';
import { tableRoutes, tidyImports } from './import-export.js';
import { steps } from './ledger.js';
import { concludeAll, showStaff } from './outcome.js';
import { isForgotten, isPast, suggesters, suggestions, withoutMember } from './suggestion.js';
import { suggestionRoutes } from './suggestions.js';
import { glossaryWords } from './words/index.js';

/** What is too old is cleared away this often, in milliseconds. */
const tidiedEvery = 6 * 3_600_000;

const tidiedAt = new WeakMap<Store, number>();

async function tidy(now: Date, bot: Bot): Promise<void> {
  if (now.getTime() - (tidiedAt.get(bot.store) ?? 0) < tidiedEvery) return;
  tidiedAt.set(bot.store, now.getTime());
  await tidyGaps(bot, now);
  await tidyImports(bot, now);
  const [made, days] = [bot.store.collection(suggestions), bot.store.collection(suggesters)];
  for (const doc of await made.find({ state: 'done' })) if (isForgotten(doc.value, now)) await made.remove(doc);
  for (const doc of await days.find()) if (isPast(doc.value, now)) await days.remove(doc);
}

const suggestedIn = (bot: Bot, of: Person) => bot.store.collection(suggestions).find({ space: spaceId(of) });

async function exported(of: Person, bot: Bot): Promise<unknown> {
  const made = (await suggestedIn(bot, of)).flatMap(({ value }) =>
    value.by.some(({ person }) => person === of.person) ? [value] : [],
  );
  const changes = (await bot.store.collection(steps).find({ by: personId(of) })).map(({ value }) => value);
  if (made.length + changes.length === 0) return undefined;
  return {
    suggestions: made.map(({ term, expansion, definition, met, at, state }) => ({
      term,
      expansion,
      definition,
      met,
      at,
      state,
    })),
    changes: changes.map(({ at, how, changes: list }) => ({
      at,
      how,
      terms: list.map(({ id, entry }) => entry?.acronym ?? id),
    })),
  };
}

/** What they did stays, since others rely on it; that it was they goes. */
async function erased(of: Person, bot: Bot): Promise<void> {
  const [made, days, done] = [
    bot.store.collection(suggestions),
    bot.store.collection(suggesters),
    bot.store.collection(steps),
  ];
  const day = await days.get(personId(of));
  if (day) await days.remove(day);
  await tidyImports(bot, bot.clock.now(), of);
  for (const { id } of await done.find({ by: personId(of) })) await update(done, id, (step) => ({ ...step, by: '' }));
  for (const { id, value } of await suggestedIn(bot, of)) {
    if (withoutMember(value, of) === value) continue;
    const doc = await update(made, id, (old) => withoutMember(old, of));
    // The card before staff names them no longer either.
    await showStaff(bot, of, id.slice(spaceId(of).length + 1), doc);
  }
}

export const glossary: Feature = {
  name: 'glossary',
  about: 'about',
  main: 'glossary.browse',
  routes: {
    ...browseRoutes,
    ...suggestionRoutes,
    ...entryRoutes,
    ...historyRoutes,
    ...gapRoutes,
    ...tableRoutes,
  },
  words: glossaryWords,
  privacy: { exports: exported, erases: erased },
  prepare: prepareShipped,
  async tick(now, bot) {
    await concludeAll(bot);
    await tidy(now, bot);
  },
};
