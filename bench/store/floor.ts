// The rates that have a bound, beside what they are bound to, in the same rounds: the disk's own, and a bare program's.
import { join } from 'node:path';
import pg from 'pg';
import type { Figure } from '../figure.js';
import { fillFolder } from '../growth/fill.js';
import { type Contender, embeddedIn, postgres } from './contenders.js';
import { idOf, kind, poll } from './documents.js';
import { diskRates, median, newFiles, rateOf } from './measure.js';

export interface FloorPlan {
  /** How many documents the small store has, and the big one. */
  readonly few: number;
  readonly many: number;
  readonly rounds: number;
  readonly ms: number;
}

type Rates = Readonly<Record<string, () => Promise<number>>>;

/** Everybody has a turn in each round, so that a busy minute meets all of them; the rates of each, round by round. */
async function inTurns(rates: Rates, rounds: number): Promise<Readonly<Record<string, readonly number[]>>> {
  const seen: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, rate] of Object.entries(rates)) seen[name] = [...(seen[name] ?? []), await rate()];
  }
  return seen;
}

/** One by the other within each round, the median of all rounds. */
const ratio = (some: readonly number[] = [], others: readonly number[] = []): number =>
  median(some.map((rate, round) => rate / (others[round] ?? Number.NaN)));

const number = (value: number): string => value.toLocaleString('en');

export async function embeddedFigures(folder: string, plan: FloorPlan): Promise<readonly Figure[]> {
  const { few, many, rounds, ms } = plan;
  const open = async (count: number): Promise<Contender> => {
    const place = join(folder, `floor-${count}`);
    fillFolder(
      place,
      kind.name,
      Array.from({ length: count }, (_, n) => [idOf(n), poll(n)] as const),
    );
    return embeddedIn(place);
  };
  const [small, big] = [await open(few), await open(many)];
  const hot = (store: Contender, clients: number) => () => rateOf(store, { over: 1, clients }, ms);
  try {
    const seen = await inTurns(
      {
        floor: () => diskRates[newFiles](folder, ms),
        ...{ one: hot(small, 1), some: hot(small, 32), all: hot(small, 256), big: hot(big, 32) },
        ...{ bigAlone: hot(big, 1) },
      },
      rounds,
    );
    const rate = (name: string, key: string): Figure => ({ name, value: median(seen[key] ?? []), unit: 'a second' });
    const beside = (name: string, some: string, others: string, atLeast: number): Figure => ({
      ...{ name, value: ratio(seen[some], seen[others]), unit: 'times', wanted: { atLeast } },
    });
    const docs = `with ${number(many)} documents by with ${number(few)}`;
    return [
      rate(`the disk itself: ${newFiles}`, 'floor'),
      rate('embedded, one hot document, one waiting', 'one'),
      rate('embedded, one hot document, 32 waiting', 'some'),
      rate('embedded, one hot document, 256 waiting', 'all'),
      beside('one waiting, by the disk itself', 'one', 'floor', 0.6),
      beside('32 waiting, by the disk itself', 'some', 'floor', 4),
      beside('256 waiting, by the disk itself', 'all', 'floor', 15),
      beside(`one waiting, ${docs}`, 'bigAlone', 'one', 0.85),
      beside(`32 waiting, ${docs}`, 'big', 'some', 0.85),
    ];
  } finally {
    await small.close();
    await big.close();
  }
}

/**
 * A program without this one's store: so many connections, each of which upserts the whole hot document, waits for the
 * answer, and upserts again. In the same table, under another id, with the same bytes.
 */
async function bare(url: string, clients: number) {
  const connections = Array.from({ length: clients }, () => new pg.Client({ connectionString: url }));
  await Promise.all(connections.map((client) => client.connect()));
  const sql =
    "insert into documents (kind, id, rev, value, facets, stamp) values ($1, $2, 1, $3, '{}', $4) " +
    'on conflict (kind, id) do update set rev = documents.rev + 1, value = excluded.value, stamp = excluded.stamp';
  const free = [...connections];
  const stamp = '00000000-0000-4000-8000-000000000000';
  return {
    name: 'bare',
    change: async (n: number) => {
      // As many ask at once as there are connections: there is always a free one.
      const client = free.pop();
      if (!client) throw new Error('more clients than connections');
      await client.query(sql, [kind.name, 'bare', JSON.stringify(poll(n)), stamp]);
      free.push(client);
    },
    close: async () => void (await Promise.all(connections.map((client) => client.end()))),
  } satisfies Contender;
}

export async function postgresFigures(url: string, { few, rounds, ms }: FloorPlan): Promise<readonly Figure[]> {
  const maker = postgres(url);
  try {
    await maker.fill(few);
    const [store, upserts] = [await maker.open(), await bare(maker.place, 32)];
    try {
      const load = { over: 1, clients: 32 };
      const seen = await inTurns(
        { ours: () => rateOf(store, load, ms), bare: () => rateOf(upserts, load, ms) },
        rounds,
      );
      const value = ratio(seen.ours, seen.bare);
      return [
        { name: 'PostgreSQL, 32 waiting', value: median(seen.ours ?? []), unit: 'a second' },
        { name: '32 clients that upsert one by one', value: median(seen.bare ?? []), unit: 'a second' },
        {
          name: 'PostgreSQL, 32 waiting, by 32 clients that upsert one by one',
          value,
          unit: 'times',
          wanted: { atLeast: 2 },
        },
      ];
    } finally {
      await store.close();
      await upserts.close();
    }
  } finally {
    await maker.clear();
  }
}
