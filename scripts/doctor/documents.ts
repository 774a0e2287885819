// All documents of a store, read once: how many, which cannot be, and what they say of channels.
import { Unrecorded } from '../../src/core/store.js';
import { type RawStore, Trouble } from '../../src/store/raw.js';
import { type Finding, fault, ok, wordFor } from './finding.js';
import { invitationsIn } from './invitations.js';
import { chosenIn } from './staff.js';

export interface Store {
  readonly findings: readonly Finding[];
  /** Staff channels that were chosen in chat, by space. */
  readonly chosen: ReadonlyMap<string, string>;
}

/** @param variable the one that names the store */
export async function readAll(variable: string, store: RawStore): Promise<Store> {
  try {
    const { counts, faults } = await store.check(() => undefined);
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const text = `${faults.length} of ${total} documents cannot be read: npm run store -- check names them and what to do`;
    if (faults.length > 0) return { findings: [fault(variable, text)], chosen: new Map() };
    const all = ok(variable, `holds ${total} documents, all can be read`);
    return { findings: [all, ...(await invitationsIn(store))], chosen: await chosenIn(store) };
  } catch (error) {
    return { findings: [fault(variable, `cannot be read (${toldBy(error)})`)], chosen: new Map() };
  } finally {
    await store.close();
  }
}

/** What our own errors say is made for operators; of all others only a word is told. */
export const toldBy = (error: unknown): string =>
  error instanceof Trouble || error instanceof Unrecorded ? error.message : wordFor(error);
