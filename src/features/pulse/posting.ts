// From a draft to a pulse that is open in its channels; and into further channels.
import type { Call, Place } from '../../core/call.js';
import type { Bot, Delivered } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import type { Doc } from '../../core/store.js';
import { newSalt, type Random } from './chance.js';
import { opened, placed, unopened } from './course.js';
import { drawSoon, postIn } from './drawing.js';
import { changePulse } from './lookup.js';
import { type AskedIn, isSameChannel, type Pulse, saltKind } from './model.js';

/**
 * Opens a draft and posts its cards; a second press is refused, since the state is what it hangs on.
 * @throws Refusal `alreadyPosted`, `noChannel`, a closing that is over; `inviteMe` or `channelGone` where no channel takes it
 */
export async function post(id: string, bot: Bot, random: Random): Promise<Doc<Pulse>> {
  const doc = await changePulse(id, bot, (pulse) => opened(pulse, bot.clock.now()));
  await saltFor(doc, bot, random);
  const came = await Promise.all(doc.value.places.map((place) => postIn(doc, place, bot, true)));
  if (came.every(({ state }) => state === 'failed')) {
    await changePulse(id, bot, unopened);
    throw failure(came[0]);
  }
  return changePulse(id, bot, (pulse) => pulse);
}

/** Posts what has not been posted yet: a platform was down, its pace made it wait, or we stopped in between. */
export async function postRest(doc: Doc<Pulse>, bot: Bot, random: Random): Promise<void> {
  const rest = doc.value.places.filter(({ message, isLost }) => message === undefined && !isLost);
  if (rest.length === 0) return;
  await saltFor(doc, bot, random);
  await Promise.all(rest.map((place) => postIn(doc, place, bot, false)));
}

/** There before the card is, hence before the first answer; one that is there already stays. */
async function saltFor({ id, value }: Doc<Pulse>, bot: Bot, random: Random): Promise<void> {
  if (value.isAnonymous) await bot.store.collection(saltKind).insert(id, { salt: newSalt(random) });
}

const failure = (delivered: Delivered | undefined) =>
  refuse(delivered?.state === 'failed' && delivered.obstacle === 'gone' ? 'channelGone' : 'inviteMe');

/** How a channel comes to a pulse. */
interface Joining {
  /** Adds the channel, or refuses. */
  readonly join: (pulse: Pulse) => Pulse;
  /** What is undone where it cannot be posted there. */
  readonly undo?: (pulse: Pulse) => Pulse;
}

/**
 * Asks an open pulse in one more channel; a draft keeps it for later.
 * @throws Refusal `cannotWriteThere`, those of `join`; `inviteMe` or `channelGone` where it cannot be posted
 */
export async function joinChannel(
  doc: Doc<Pulse>,
  place: AskedIn,
  call: Call,
  bot: Bot,
  { join, undo }: Joining,
): Promise<Doc<Pulse>> {
  await refuseUnlessThere(place, call, bot);
  const joined = await changePulse(doc.id, bot, join);
  if (joined.value.state !== 'open') return joined;
  const own = joined.value.places.find((one) => isSameChannel(one, place)) ?? place;
  const came = await postIn(joined, own, bot, true);
  if (came.state === 'failed') {
    if (undo) await changePulse(doc.id, bot, undo);
    throw failure(came);
  }
  const posted = await changePulse(doc.id, bot, (pulse) => placed(pulse, place, { isLost: false }));
  drawSoon(posted, bot);
  return posted;
}

/** Both the one who asks and the bot have to be in the channel. */
async function refuseUnlessThere(place: Place, { by }: Call, bot: Bot): Promise<void> {
  if ((await bot.presence(place, by)) === 'absent') throw refuse('cannotWriteThere', {}, 'channel');
  if ((await bot.channelState(place)) === 'unreachable') throw refuse('cannotWriteThere', {}, 'channel');
}
