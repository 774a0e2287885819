// The card in the staff channel: posted once, drawn anew as the request changes, taken back while it has not left.
import type { Place, Posted } from '../../core/call.js';
import { addressId } from '../../core/delivery.js';
import { faultFacts } from '../../core/fault.js';
import type { Bot } from '../../core/feature.js';
import type { Locale } from '../../core/locale.js';
import { type Doc, update } from '../../core/store.js';
import { requestsOf } from './collections.js';
import type { Desk } from './desk.js';
import { isSame, isWaiting, type Request } from './model.js';
import { hiddenCard, movedCard, staffCard } from './staff-cards.js';
import { viewOf } from './view.js';

/** Where a card goes, in which language. */
interface Spot {
  readonly place: Place;
  readonly locale: Locale;
}

const keyOf = (id: string, place: Place): string => `wg/${id}/card/${addressId(place)}`;

/**
 * Lets the card in the staff channel show the request as it now is. One that has not left is taken back: the next beat
 * posts it as the request is by then, and for a request that is over nothing is posted at all.
 */
export async function redrawCard(bot: Bot, doc: Doc<Request>): Promise<void> {
  const { card, placing } = doc.value;
  if (card?.posted) await draw(bot, doc, card, card.posted);
  if (placing) await takeBack(bot, doc, placing);
}

async function draw(bot: Bot, doc: Doc<Request>, { place, locale }: Spot, posted: Posted): Promise<void> {
  const view = await viewOf(bot, doc, place, locale);
  const card = (await isShownToAll(bot, doc.value, place)) ? hiddenCard(view, locale) : staffCard(view, locale);
  await bot.outbox.edit(posted, card, doc.rev);
}

/** Whether the channel was made public since; where that cannot be asked, the card stays what it is. */
async function isShownToAll(bot: Bot, { by, history }: Request, place: Place): Promise<boolean> {
  const last = history.at(-1)?.by;
  // Of whoever pressed as staff it was just found that they are, in a channel that is private.
  if (last && !isSame(last, by)) return false;
  try {
    return (await bot.channelState(place)) === 'public';
  } catch (error) {
    bot.log.warn(faultFacts(error), 'a staff channel could not be looked at');
    return false;
  }
}

/**
 * Puts the card where it belongs: posted once in the staff channel, and anew when that is another one now.
 * @param desk of the space in which it was asked
 * @returns the request, with its card if that could be posted
 */
export async function placeCard(bot: Bot, found: Doc<Request>, { place, locale }: Desk): Promise<Doc<Request>> {
  const { card: old, placing } = found.value;
  if (!place || (old?.posted && addressId(old.place) === addressId(place))) return found;
  if (placing && addressId(placing.place) !== addressId(place)) await takeBack(bot, found, placing);
  const spot = { place, locale };
  // Written down before it is sent: whatever happens to the request meanwhile finds the card.
  const doc = await update(requestsOf(bot), found.id, (now) =>
    isWaiting(now) && !now.placing ? { ...now, placing: spot } : now,
  );
  if (!isWaiting(doc.value)) return doc;
  const told = await bot.outbox.once(
    keyOf(doc.id, place),
    place,
    staffCard(await viewOf(bot, doc, place, locale), locale),
  );
  if (told.state === 'sent' && told.posted) return settle(bot, doc, spot, told.posted);
  const now = (await requestsOf(bot).get(doc.id)) ?? doc;
  // Changed while it was handed over: what was handed over is not true any more.
  if (now.rev !== doc.rev) await takeBack(bot, now, spot);
  return now;
}

/** A card that has not left does not leave; one that is there by now is drawn as the request is. */
async function takeBack(bot: Bot, doc: Doc<Request>, spot: Spot): Promise<void> {
  const told = await bot.outbox.recall(keyOf(doc.id, spot.place));
  // It is being sent just now, and looked after at the next beat.
  if (told?.state === 'waiting') return;
  await settle(bot, doc, spot, told?.state === 'sent' ? told.posted : undefined);
}

/** What has become of a card on its way is known: where it was posted, or that it never is. */
async function settle(bot: Bot, doc: Doc<Request>, spot: Spot, posted: Posted | undefined): Promise<Doc<Request>> {
  const old = doc.value.card;
  const after = await update(requestsOf(bot), doc.id, (now) => {
    const { placing, ...rest } = now;
    const isThis = placing && addressId(placing.place) === addressId(spot.place);
    if (!isThis && !posted) return now;
    return { ...(isThis ? rest : now), ...(posted ? { card: { ...spot, posted } } : {}) };
  });
  if (!posted) return after;
  if (old?.posted) {
    const view = await viewOf(bot, after, old.place, old.locale);
    await bot.outbox.edit(old.posted, movedCard(view, old.locale), after.rev);
  }
  // What was posted shows the request as it was when it was first to be sent.
  if (after.rev > 3) await draw(bot, after, spot, posted);
  return after;
}
