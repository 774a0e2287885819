// A platform's pace where several processes share a store: each takes its turn from one list.
import { z } from 'zod';
import { hasPassed } from './passed.js';
import { type Kind, type Store, upsert } from './store.js';

const schema = z.object({ next: z.iso.datetime() });

const paces: Kind<z.infer<typeof schema>> = { name: 'paces', parse: (raw) => schema.parse(raw) };

/** More processes than this do not stand in one lane; each of them takes one turn at a time. */
const mostProcesses = 100;

/**
 * Takes the next free turn of a lane.
 * @param lane printable ASCII, without spaces
 * @param pause milliseconds between two turns, whoever takes them
 * @returns milliseconds from `now` until that turn
 */
export async function turnIn(store: Store, lane: string, pause: number, now: Date): Promise<number> {
  const following = (from: number): { next: string } => ({ next: new Date(from + pause).toISOString() });
  const { value } = await upsert(store.collection(paces), lane, { next: now.toISOString() }, ({ next }) =>
    following(hasPassed(next, now, mostProcesses * pause) ? now.getTime() : Date.parse(next)),
  );
  return Date.parse(value.next) - pause - now.getTime();
}
