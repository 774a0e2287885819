// Cards in channels: posted once, drawn anew soon after a change, and never waited for by who pressed.
import type { Posted } from '../../core/call.js';
import { addressId, postedId } from '../../core/delivery.js';
import { faultFacts } from '../../core/fault.js';
import type { Bot, Delivered } from '../../core/feature.js';
import type { Doc } from '../../core/store.js';
import { pulseCard } from './cards.js';
import { placed } from './course.js';
import { changePulse, pulsesIn } from './lookup.js';
import { type AskedIn, isSameChannel, type Pulse, postedIn } from './model.js';

/** A message that is being drawn. */
interface Running {
  /** Something newer has come meanwhile. */
  isStale: boolean;
  /** Whether the outbox has it, which lets it land. */
  readonly isHanded: Promise<boolean>;
}

/** What this process is drawing and has drawn, by message; only so that nothing is drawn in vain. */
interface Drawn {
  readonly running: Map<string, Running>;
  /** The last `face` that the outbox was handed. */
  readonly faces: Map<string, number>;
  /** Pulses whose cards were drawn just now, with what has come since. */
  readonly resting: Map<string, { since: Doc<Pulse> | undefined }>;
}

/**
 * Milliseconds between two drawings after presses. No platform takes edits any faster, and the outbox would keep each of
 * them on the disk for nothing.
 */
const rest = 300;

const memory = new WeakMap<Bot, Drawn>();

/** Cards of pulses that closed long ago are not remembered for ever; handing one over again does no harm. */
const mostFaces = 2000;

function drawnBy(bot: Bot): Drawn {
  const drawn = memory.get(bot) ?? { running: new Map(), faces: new Map(), resting: new Map() };
  memory.set(bot, drawn);
  return drawn;
}

function noteFace(key: string, face: number, bot: Bot): void {
  const { faces } = drawnBy(bot);
  if (faces.size >= mostFaces) faces.clear();
  faces.set(key, face);
}

/**
 * Draws all cards of a pulse anew where they are out of date; presses that come meanwhile are drawn together.
 * Nobody waits for it: a person's receipt must not depend on how fast a platform takes edits.
 */
export function drawSoon(doc: Doc<Pulse>, bot: Bot): void {
  const { resting } = drawnBy(bot);
  const before = resting.get(doc.id);
  if (before) {
    if (doc.rev > (before.since?.rev ?? 0)) before.since = doc;
    return;
  }
  const own: { since: Doc<Pulse> | undefined } = { since: undefined };
  resting.set(doc.id, own);
  void drawAll(doc, bot)
    .then(() => bot.sleep(rest))
    .finally(() => {
      resting.delete(doc.id);
      if (own.since) drawSoon(own.since, bot);
    });
}

/** @returns whether the outbox has all cards as they are to look now. Never rejects. */
export async function drawAll({ id, value }: Doc<Pulse>, bot: Bot): Promise<boolean> {
  const handed = await Promise.all(value.places.map((place) => draw(id, place, value.face, bot)));
  return handed.every(Boolean);
}

function draw(id: string, place: AskedIn, face: number, bot: Bot): Promise<boolean> {
  const what = postedIn(place);
  const { running, faces } = drawnBy(bot);
  if (!what || (faces.get(postedId(what)) ?? 0) >= face) return Promise.resolve(true);
  const key = postedId(what);
  const before = running.get(key);
  if (before) {
    before.isStale = true;
    return before.isHanded;
  }
  const run: Running = { isStale: true, isHanded: Promise.resolve().then(() => handOver(id, place, what, run, bot)) };
  running.set(key, run);
  return run.isHanded.finally(() => running.delete(key));
}

async function handOver(id: string, place: AskedIn, what: Posted, run: Running, bot: Bot): Promise<boolean> {
  try {
    while (run.isStale) {
      run.isStale = false;
      const doc = await pulsesIn(bot).get(id);
      if (!doc) return true;
      await bot.outbox.edit(what, pulseCard(doc, place), doc.value.face);
      noteFace(postedId(what), doc.value.face, bot);
    }
    return true;
  } catch (error) {
    // The next beat tries again.
    bot.log.warn(faultFacts(error), 'the card of a pulse could not be drawn now');
    return false;
  }
}

/**
 * Posts the card in a channel, once however often it is asked for, and notes what became of it.
 * @param isFirst whether it is asked for the first time: then what is posted is the card as it is now
 */
export async function postIn(doc: Doc<Pulse>, place: AskedIn, bot: Bot, isFirst: boolean): Promise<Delivered> {
  const { id, value } = doc;
  const key = `pulse/${id}/${Date.parse(value.createdAt)}/posted/${addressId(place)}`;
  const delivered = await bot.outbox.once(key, place, pulseCard(doc, place));
  const posted = delivered.state === 'sent' ? delivered.posted : undefined;
  if (posted) {
    if (isFirst) noteFace(postedId(posted), value.face, bot);
    await changePulse(id, bot, (pulse) => placed(pulse, place, { message: posted.message }));
  } else if (delivered.state === 'failed') {
    await changePulse(id, bot, (pulse) => placed(pulse, place, { isLost: true }));
  }
  return delivered;
}

/** A card that was pressed tells where it is, should that not have been noted. */
export async function noteCard({ id, value }: Doc<Pulse>, on: Posted, bot: Bot): Promise<void> {
  const place = value.places.find((one) => isSameChannel(one, on));
  if (place && place.message === undefined)
    await changePulse(id, bot, (pulse) => placed(pulse, place, { message: on.message }));
}
