// Open: the answers of a request, for checked staff alone; who looked is written down.
import { type Answer, type Call, say } from '../../core/call.js';
import type { Inline } from '../../core/card.js';
import { type Bot, need, type Route } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import { type Doc, update } from '../../core/store.js';
import { historyBlocks, insideBlocks } from './answer-blocks.js';
import { answersOf, requestsOf } from './collections.js';
import { noteStaff, requestAt, spaceOf } from './desk.js';
import { isSame, type Request } from './model.js';
import { noteAbsence } from './presence.js';
import { openedCard } from './staff-cards.js';
import { nameFor, viewOf } from './view.js';
import { wgWords } from './words/index.js';

/** Looks that are kept of one request. */
const mostLooks = 100;

export const open: Route = {
  who: 'staff',
  run: async (call, bot) => opened(call, bot, await requestAt(call, bot, need(call.args, 'id'))),
};

/** @throws Refusal `ownRequest`: what one has asked for oneself is in /wg requests */
export async function opened(call: Call, bot: Bot, found: Doc<Request>): Promise<Answer> {
  if (isSame(found.value.by, call.by)) throw refuse('ownRequest', { command: '/wg requests' });
  const seat = spaceOf(call.by);
  const look = { at: bot.clock.now().toISOString(), by: { ...seat, person: call.by.person } };
  // Written down before anything is shown: nobody looks unseen.
  await update(requestsOf(bot), found.id, (old) => ({ ...old, looks: [...old.looks, look].slice(-mostLooks) }));
  await noteStaff(bot, seat, call.by);
  const doc = await noteAbsence(bot, found.id);
  const view = await viewOf(bot, doc, seat, call.locale);
  const answers = (await answersOf(bot).get(doc.id))?.value;
  const names = await namesIn(call, bot, doc.value);
  const inside = [
    ...insideBlocks(answers, doc.value, view.group, call.locale),
    ...historyBlocks(doc.value, names, wgWords(call.locale)),
  ];
  return say(openedCard(view, inside, call.locale));
}

/** Everyone in the history, by name, asked for once each. */
async function namesIn(call: Call, bot: Bot, request: Request): Promise<(of: { by?: Request['by'] }) => Inline> {
  const people = [...request.history, ...request.looks].flatMap(({ by }) => by ?? []);
  const keys = new Map(people.map((person) => [JSON.stringify(person), person]));
  const named = await Promise.all(
    [...keys].map(async ([key, person]) => [key, await nameFor(bot, spaceOf(call.by), person, call.locale)] as const),
  );
  const names = new Map(named);
  const someone = wgWords(call.locale).label('someone');
  return ({ by }) => (by && names.get(JSON.stringify(by))) ?? someone;
}
