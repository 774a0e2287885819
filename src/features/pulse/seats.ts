// The limits of open pulses where several are opened at once, by several processes too: each takes a seat in the store
// first, and counts those who took theirs before.
import { z } from 'zod';
import { type Person, personId, spaceId } from '../../core/call.js';
import { faultFacts } from '../../core/fault.js';
import type { Bot } from '../../core/feature.js';
import { sharedNow } from '../../core/lanes.js';
import { type Collection, updateIfThere, upsert } from '../../core/store.js';
import { openCounts, refuseOver } from './lookup.js';

/** A seat that a crash left behind is free again after this long, in milliseconds. */
const seatLasts = 60_000;

/** `id`: the pulse that is about to be opened. */
const seatSchema = z.object({ id: z.string(), author: z.string(), at: z.iso.datetime() });
const schema = z.object({ seats: z.array(seatSchema) });

type Seats = z.infer<typeof schema>;

/** One document a workspace, since its limit and those of its members are counted together. */
const seatKind = { name: 'pulse-seats', parse: (raw: unknown): Seats => schema.parse(raw) };

const seatsIn = (bot: Bot): Collection<Seats> => bot.store.collection(seatKind);

/**
 * Opens a pulse unless a limit is reached. What is open is counted once the seat is taken: whoever took one before either
 * still has it or has opened theirs.
 * @throws Refusal `tooManyOfYours`, `tooManyHere`, and those of `open`
 */
export async function seated<T>(id: string, by: Person, bot: Bot, open: () => Promise<T>): Promise<T> {
  const ahead = await sit(id, by, bot);
  try {
    refuseOver(await openCounts(by, bot, { besides: id, ahead }));
    return await open();
  } finally {
    await leave(id, by, bot);
  }
}

/** @returns the seats that were taken when this one was */
async function sit(id: string, by: Person, bot: Bot): Promise<Seats['seats']> {
  const now = (await sharedNow(bot)).getTime();
  const own = { id, author: personId(by), at: new Date(now).toISOString() };
  let ahead: Seats['seats'] = [];
  // Noted here, since what `upsert` returns may hold those who came after.
  await upsert(seatsIn(bot), spaceId(by), { seats: [] }, ({ seats }) => {
    ahead = seats.filter((one) => one.id !== id && Math.abs(now - Date.parse(one.at)) < seatLasts);
    return { seats: [...ahead, own] };
  });
  return ahead;
}

/** Where it cannot be left now it is free after a while; what was opened is open all the same. */
async function leave(id: string, by: Person, bot: Bot): Promise<void> {
  try {
    await updateIfThere(seatsIn(bot), spaceId(by), ({ seats }) => ({ seats: seats.filter((one) => one.id !== id) }));
  } catch (error) {
    bot.log.warn(faultFacts(error), 'a seat of a pulse could not be left now');
  }
}

/** Takes out what a crash left behind of somebody. */
export async function forgetSeats(of: Person, bot: Bot): Promise<void> {
  await updateIfThere(seatsIn(bot), spaceId(of), (old) => {
    const seats = old.seats.filter(({ author }) => author !== personId(of));
    return seats.length === old.seats.length ? old : { seats };
  });
}
