// What the routes about one own entry share: its term as an option, and how they answer.
import { type Answer, type Call, redraw, say } from '../../../core/call.js';
import type { Card, Choice } from '../../../core/card.js';
import type { Bot, Option } from '../../../core/feature.js';
import { senseLabel } from '../sense-blocks.js';
import { ownOf } from './ledger.js';
import type { Kept } from './model.js';
import type { Own } from './state.js';

export const ownTerm: Option = { name: 'term', about: 'optionOwnTerm', required: true, rest: true, suggests: true };

/** Own entries, completed as their term is typed. */
export async function suggestOwn(call: Call, option: string, bot: Bot): Promise<readonly Choice[]> {
  if (option !== 'term') return [];
  const { glossary } = await ownOf(bot, call.by);
  const found = glossary.complete(call.args.term ?? '', 200).filter(({ body }) => body === 'own');
  return found.map((sense) => ({ value: sense.acronym, label: senseLabel(sense, call.locale) }));
}

/** The answer replaces the card that was pressed on; a command gets a new one. */
export const answerTo = (call: Call, card: Card): Answer => (call.on ? redraw(card) : say(card));

/** An entry after a step: the number of that step, and the entry if there still is one. */
export const after = (
  own: Own,
  id: string,
): { readonly id: string; readonly rev: number; readonly kept: Kept | undefined } => ({
  id,
  rev: own.trail(id).at(-1) ?? 0,
  kept: own.entries.get(id),
});
