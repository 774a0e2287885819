// /glossary history and revert: who changed what and when, and one step back.
import { type Answer, type Call, say } from '../../../core/call.js';
import { to } from '../../../core/card.js';
import { type Bot, need, type Route } from '../../../core/feature.js';
import { refuse } from '../../../core/refusal.js';
import { commaed } from '../../../core/wording.js';
import { aliasesOf } from '../model.js';
import { reversal } from './changes.js';
import { doneCard, historyCard, mostSteps, type Story, whichCard } from './entry-cards.js';
import { whichForm } from './entry-forms.js';
import { freshOwnOf, record, stepsOf } from './ledger.js';
import { type Entry, isOwnId, senseOf } from './model.js';
import { after, answerTo, ownTerm, suggestOwn } from './own-term.js';
import type { Own } from './state.js';

/** So many entries of one name have their history told at once. */
const mostStories = 3;

/** Ids of entries that are or were called so, also by another name. @throws Refusal `noHistory` */
function idsCalled(own: Own, term: string): readonly string[] {
  const ids = new Set([
    ...own.glossary.exact(term).flatMap(({ id }) => (isOwnId(id) ? [id] : [])),
    ...own.called(term),
  ]);
  if (ids.size === 0) throw refuse('noHistory', { term }, 'term');
  return [...ids];
}

const history: Route = {
  who: 'staff',
  typed: { about: 'aboutHistory', options: [ownTerm] },
  form: async (call) => whichForm(call, 'glossary.history'),
  suggest: suggestOwn,
  async run(call, bot) {
    const own = await freshOwnOf(bot, call.by);
    const ids = idsCalled(own, need(call.args, 'term')).slice(0, mostStories);
    const stories = await Promise.all(ids.map((id) => storyOf(call, bot, own, id)));
    return say(historyCard(call.locale, call.by, stories));
  },
};

async function storyOf(call: Call, bot: Bot, own: Own, id: string): Promise<Story> {
  const trail = own.trail(id);
  const told = trail.slice(-mostSteps);
  const steps = (await stepsOf(bot, call.by, told)).map((step) => ({
    step,
    entry: step.changes.find((one) => one.id === id)?.entry ?? null,
  }));
  const last = [...steps].reverse().find(({ entry }) => entry !== null)?.entry;
  const name = commaed(call.locale, [last?.acronym ?? need(call.args, 'term'), ...(last ? aliasesOf(last) : [])]);
  return { id, rev: trail.at(-1) ?? 0, name, steps: steps.reverse(), more: trail.length - told.length };
}

const revert: Route = {
  who: 'staff',
  typed: { about: 'aboutRevert', options: [ownTerm] },
  form: async (call) => whichForm(call, 'glossary.revert'),
  suggest: suggestOwn,
  async run(call, bot) {
    const own = await freshOwnOf(bot, call.by);
    const [first, ...others] = idsCalled(own, need(call.args, 'term'));
    if (first !== undefined && others.length === 0) return takeBack(call, bot, first, own.trail(first).at(-1) ?? 0);
    const stories = await Promise.all([first ?? [], others].flat().map((id) => storyOf(call, bot, own, id)));
    const choices = stories.map(({ id, rev, steps, name }) => {
      const entry = steps.find((seen) => seen.entry)?.entry ?? { acronym: name, expansion: { [call.locale]: name } };
      return {
        sense: senseOf({ id, entry, rev, at: steps[0]?.step.at ?? '' }),
        target: to('glossary.back', { id, rev: String(rev) }),
      };
    });
    return say(whichCard(call.locale, 'whichRevert', choices));
  },
};

const back: Route = {
  who: 'staff',
  run: (call, bot) => takeBack(call, bot, need(call.args, 'id'), Number(need(call.args, 'rev'))),
};

/** @param rev the step that is taken back, so that a second press does not take back the first */
async function takeBack(call: Call, bot: Bot, id: string, rev: number): Promise<Answer> {
  const trail = (await freshOwnOf(bot, call.by)).trail(id);
  if (trail.length === 0) throw refuse('unknownId');
  const earlier = trail[trail.indexOf(rev) - 1];
  const [step] = earlier === undefined ? [] : await stepsOf(bot, call.by, [earlier]);
  const before: Entry | null = step?.changes.find((one) => one.id === id)?.entry ?? null;
  const own = await record(bot, call.by, (now) => reversal(now, id, rev, before));
  return answerTo(call, doneCard(call.locale, 'reverted', after(own, id)));
}

export const historyRoutes: Readonly<Record<string, Route>> = {
  'glossary.history': history,
  'glossary.revert': revert,
  'glossary.back': back,
};
