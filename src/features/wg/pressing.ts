// A press of staff on a request: the first one counts, and whoever comes second is told who and when.
import { type Answer, type Call, type Person, redraw, say } from '../../core/call.js';
import type { Card } from '../../core/card.js';
import { postedId } from '../../core/delivery.js';
import type { Bot } from '../../core/feature.js';
import { type Doc, update } from '../../core/store.js';
import { requestsOf } from './collections.js';
import { noteStaff, spaceOf } from './desk.js';
import { settled } from './ending.js';
import { type Move, moved } from './machine.js';
import { isSame, type Request } from './model.js';
import { redrawCard } from './placing.js';
import { staffCard, tooLateCard } from './staff-cards.js';
import { viewOf } from './view.js';

/** The caller, and nothing else that their object may hold. */
export const actorOf = (call: Call): Person => ({ ...spaceOf(call.by), person: call.by.person });

export interface Outcome {
  readonly doc: Doc<Request>;
  /** Somebody else was quicker. */
  readonly isLate: boolean;
}

/** Makes a move by compare-and-set: of two presses at once one counts. */
export async function make(call: Call, bot: Bot, id: string, move: Move): Promise<Outcome> {
  let isLate = false;
  const doc = await update(requestsOf(bot), id, (old) => {
    const next = moved(old, move, actorOf(call), bot.clock.now());
    isLate = next === undefined;
    return next ?? old;
  });
  await noteStaff(bot, spaceOf(call.by), call.by);
  if (!isLate) await redrawCard(bot, await settled(bot, doc));
  return { doc, isLate };
}

/**
 * The answer to a press. The card in the channel is drawn by the outbox alone, so that no older state comes over a newer
 * one; a private card that was pressed on is drawn anew here.
 */
export async function shown(call: Call, bot: Bot, { doc, isLate }: Outcome, note?: Card): Promise<Answer> {
  const view = await viewOf(bot, doc, call.by, call.locale);
  const told = note ?? (isLate ? tooLateCard(view, isSame(doc.value.holder, call.by), call.locale) : undefined);
  const posted = doc.value.card?.posted;
  const isOnCard = call.on !== undefined && posted !== undefined && postedId(call.on) === postedId(posted);
  if (isOnCard) {
    // Whoever was too late looks at a card that has not been drawn anew yet.
    if (isLate) await redrawCard(bot, doc);
    return told ? say(told) : { kind: 'nothing' };
  }
  // It names the applicant, who may be erased: of a private answer no copy would be found then.
  const card: Card = { ...staffCard(view, call.locale), isFleeting: true };
  return call.on
    ? redraw(card, told ? { note: told } : {})
    : say(told ? { ...card, blocks: [...told.blocks, ...card.blocks] } : card);
}

/**
 * Whether it is too late for a move before its form is even shown.
 * @throws Refusal `ownRequest`
 */
export const isPast = (call: Call, bot: Bot, doc: Doc<Request>, move: Move): boolean =>
  moved(doc.value, move, actorOf(call), bot.clock.now()) === undefined;
