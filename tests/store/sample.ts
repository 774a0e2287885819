// What the store suites write: a kind of poll, and the store that a test is at.
import { z } from 'zod';
import type { Collection, Doc, Kind, Store } from '../../src/core/store.js';

const pollShape = z.object({
  title: z.string(),
  state: z.enum(['open', 'closed']).default('open'),
  votes: z.record(z.string(), z.number()).default({}),
});
export type Poll = z.infer<typeof pollShape>;
export const polls: Kind<Poll> = {
  name: 'poll',
  parse: (raw) => pollShape.parse(raw),
  facets: (poll) => ({ state: poll.state, title: poll.title }),
};
/** Takes whatever is stored, as it is. */
export const anything: Kind<unknown> = { name: 'anything', parse: (raw) => raw };
export const poll = (title: string, state: Poll['state'] = 'open'): Poll => ({ title, state, votes: {} });
export const vote = (voter: string) => (p: Poll) => ({ ...p, votes: { ...p.votes, [voter]: 1 } });

const ballotShape = z.object({ key: z.string(), option: z.number() });
export type Ballot = z.infer<typeof ballotShape>;
const ballotsShape = z.object({ title: z.string(), list: z.array(ballotShape).readonly() });

/** A kind with a list that grows long. */
export const ballots: Kind<z.infer<typeof ballotsShape>> = {
  name: 'ballots',
  parse: (raw) => ballotsShape.parse(raw),
  facets: ({ title }) => ({ title }),
  long: { field: 'list', parse: (raw) => ballotShape.parse(raw) },
};
export const fullBallots = (count: number) => ({
  title: 'full',
  list: Array.from({ length: count }, (_, nth): Ballot => ({ key: `k${nth}`, option: 0 })),
});

export const closed = (p: Poll): Poll => ({ ...p, state: 'closed' });

export interface Here {
  store: Store;
  /** Closes the store and opens it again. */
  reopened: () => Promise<Store>;
}

export const got = async <T>(collection: Collection<T>, id: string): Promise<Doc<T>> => {
  const doc = await collection.get(id);
  if (!doc) throw new Error(`${id} is not there`);
  return doc;
};
