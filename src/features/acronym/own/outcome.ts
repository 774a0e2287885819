// What follows from a decision: the entry, the news for those who suggested it, the staff card as it now reads. Each part
// may be done again after a crash and is done once all the same.
import type { Person, Space } from '../../../core/call.js';
import type { Bot } from '../../../core/feature.js';
import { type Doc, update } from '../../../core/store.js';
import { addition } from './changes.js';
import { closeGaps } from './gap-store.js';
import { record } from './ledger.js';
import type { Draft, Entry } from './model.js';
import type { Own } from './state.js';
import { finished, type Suggestion, suggestionId, suggestions } from './suggestion.js';
import { type Handle, outcomeCard, staffCard } from './suggestion-cards.js';

/** How urgent a card for staff is: more than news for everybody, less than an answer that somebody waits for. */
const staffUrgency = 4;

const nameOf = ({ platform, space }: Space, { key, round }: Handle): string =>
  ['glossary', platform, space, key, String(round)].join('/');

/** The card before staff, posted once, and drawn as the suggestion now stands. */
export async function showStaff(bot: Bot, of: Space, key: string, { value, rev }: Doc<Suggestion>): Promise<void> {
  const handle = { key, round: value.round };
  const place = { platform: of.platform, space: of.space, channel: value.staff.channel };
  const card = staffCard(value, handle, of);
  const sent = await bot.outbox.once(`${nameOf(of, handle)}/staff`, place, card, staffUrgency);
  // As it was first shown it needs no drawing anew.
  const isFirst = value.by.length === 1 && value.version === 0 && !value.decision;
  if (sent.state === 'sent' && sent.posted && !isFirst) await bot.outbox.edit(sent.posted, card, rev);
}

/**
 * @param key what the suggestion is known by within its space
 * @returns the suggestion afterwards
 */
export async function conclude(bot: Bot, of: Space, key: string, doc: Doc<Suggestion>): Promise<Doc<Suggestion>> {
  const { round, decision, by } = doc.value;
  if (!decision) return doc;
  const handle = { key, round };
  if (decision.entry) await enter(bot, { ...of, person: decision.by }, nameOf(of, handle), decision.entry);
  for (const { person, locale } of by) {
    const member = { platform: of.platform, space: of.space, person };
    await bot.outbox.once(`${nameOf(of, handle)}/to/${person}`, member, outcomeCard(doc.value, locale));
  }
  const after = await update(bot.store.collection(suggestions), suggestionId(of, key), (old) =>
    old.round === round ? finished(old) : old,
  );
  await showStaff(bot, of, key, after);
  return after;
}

async function enter(bot: Bot, by: Person, cause: string, entry: Entry): Promise<void> {
  await record(bot, by, (own, idAt) => entering(own, idAt(0), cause, entry));
  await closeGaps(bot, by, [entry]);
}

/** Nothing where the entry is there already: by this suggestion, or because somebody has added the same meanwhile. */
function entering(own: Own, id: string, cause: string, entry: Entry): Draft | undefined {
  if (own.hasDone(cause) || own.like(entry)) return undefined;
  return { how: 'suggestion', cause, changes: [addition(own, id, entry)] };
}

/** Finishes what a crash left unfinished. */
export async function concludeAll(bot: Bot): Promise<void> {
  for (const doc of await bot.store.collection(suggestions).find({ state: 'deciding' })) {
    const [platform = '', ...space] = doc.value.space.split('/');
    await conclude(bot, { platform, space: space.join('/') }, doc.id.slice(doc.value.space.length + 1), doc);
  }
}
