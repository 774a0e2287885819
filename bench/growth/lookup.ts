// The same look-up among few terms of a space's own and among many: in the model, and as a member's call.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { steps } from '../../src/features/acronym/own/ledger.js';
import { type Entry, entryId, type Step, stepId } from '../../src/features/acronym/own/model.js';
import { ownGlossary } from '../../src/features/acronym/own/state.js';
import type { Glossary } from '../../src/features/acronym/search.js';
import { openEmbedded } from '../../src/store/embedded.js';
import type { Figure } from '../figure.js';
import { fillFolder } from './fill.js';
import { longestHoldAndPause, quietest, sceneOn, space, type Timing, timed, timedCalls } from './scene.js';
import { entries, numbers, type Pick, words } from './terms.js';

export interface LookupPlan {
  readonly sizes: readonly number[];
  readonly calls: number;
  readonly rounds: number;
}

const stepOf = (entry: Entry, nth: number): Step => ({
  space: `${space.platform}/${space.space}`,
  at: '2026-03-01T00:00:00.000Z',
  by: 'x',
  how: 'add',
  changes: [{ id: entryId(nth + 1, 0), entry }],
});

function glossaryOf(all: readonly Entry[]): Glossary {
  const { own, take } = ownGlossary();
  for (const [nth, entry] of all.entries()) take(nth + 1, stepOf(entry, nth));
  return own.glossary;
}

/** Two letters next to each other swapped. */
const slip = (term: string): string => term.slice(0, 1) + term.slice(2, 3) + term.slice(1, 2) + term.slice(3);

type Kinds = Readonly<Record<string, (glossary: Glossary, all: readonly Entry[], pick: Pick) => unknown>>;
const any = (all: readonly Entry[], pick: Pick): Entry => all[pick(all.length)] ?? { acronym: '', expansion: {} };
const maps = new Map<readonly Entry[], ReadonlyMap<string, Entry>>();

function mapOf(all: readonly Entry[]): ReadonlyMap<string, Entry> {
  const map = maps.get(all) ?? new Map(all.map((entry) => [entry.acronym, entry]));
  maps.set(all, map);
  return map;
}

const word = (pick: Pick): string => words[pick(words.length)] ?? '';

const exact = 'an acronym';
/** What nothing that looks up a string can do better than. */
const bare = 'an acronym in a bare Map';
const near = 'a slip of the keyboard';
const kinds: Kinds = {
  [exact]: (glossary, all, pick) => glossary.lookUp(any(all, pick).acronym),
  [bare]: (_, all, pick) => mapOf(all).get(any(all, pick).acronym),
  [near]: (glossary, all, pick) => glossary.lookUp(slip(any(all, pick).acronym)),
  'a whole expansion': (glossary, all, pick) => glossary.lookUp(any(all, pick).expansion.en ?? ''),
  'two common words': (glossary, _, pick) => glossary.lookUp(`${word(pick)} ${word(pick)}`),
  'completion of three letters': (glossary, all, pick) => glossary.complete(any(all, pick).acronym.slice(0, 3), 25),
};

interface Seen {
  readonly size: number;
  readonly model: Readonly<Record<string, Timing>>;
  readonly call: Timing;
  /** The first look-up of a process, which reads the whole glossary of the space. */
  readonly first: { readonly ms: number; readonly hold: number; readonly pause: number };
}

interface Place {
  readonly size: number;
  readonly all: readonly Entry[];
  readonly glossary: Glossary;
  readonly pick: Pick;
}

/** All sizes have a turn in each round, so that a busy minute meets all of them. */
function ofModels(places: readonly Place[], { calls, rounds }: LookupPlan): readonly Seen['model'][] {
  const seen = places.map(() => new Map<string, Timing[]>());
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of Object.entries(kinds)) {
      for (const [at, { glossary, all, pick }] of places.entries()) {
        const timing = timed(calls, () => work(glossary, all, pick));
        seen[at]?.set(name, [...(seen[at]?.get(name) ?? []), timing]);
      }
    }
  }
  return seen.map((one) => Object.fromEntries([...one].map(([name, timings]) => [name, quietest(timings)])));
}

type Called = Omit<Seen, 'size' | 'model'>;

async function asCalls(place: string, all: readonly Entry[], calls: number, pick: Pick): Promise<Called> {
  fillFolder(
    place,
    steps.name,
    all.map((entry, nth) => [stepId(space, nth + 1), stepOf(entry, nth)] as const),
  );
  const store = await openEmbedded(place);
  try {
    const { call } = sceneOn(store, () => new Date());
    const ask = () => call('p1', 'acronym.explain', { term: any(all, pick).acronym });
    const began = performance.now();
    const { hold, pause } = await longestHoldAndPause(ask);
    const ms = performance.now() - began;
    const said = JSON.stringify(await call('p1', 'acronym.explain', { term: all[0]?.acronym ?? '' }));
    if (!said.includes(all[0]?.expansion.en ?? '-')) throw new Error('the first own term is not found');
    await timedCalls(500, ask);
    return { call: await timedCalls(calls, ask), first: { ms, hold, pause } };
  } finally {
    await store.close();
    await rm(place, { recursive: true, force: true });
  }
}

const number = (value: number): string => value.toLocaleString('en');

/** A figure for each kind and size; what is wanted of it, if anything is. */
function ofModel(seen: readonly Seen[]): readonly Figure[] {
  return Object.keys(kinds).flatMap((name) =>
    seen.flatMap(({ size, model }): readonly Figure[] => {
      const { median = 0, p99 = 0 } = model[name] ?? {};
      const of = `${name} among ${number(size)} terms`;
      return [
        { name: `${of}, median`, value: median, unit: 'ms' },
        { name: `${of}, p99`, value: p99, unit: 'ms', ...(name === near ? { wanted: { atMost: 0.3 } } : {}) },
      ];
    }),
  );
}

/** Flat: among the most terms it takes as long as among the fewest, give or take what a measurement gives and takes. */
const flat = { atMost: 1.5 };

export async function lookupFigures(folder: string, plan: LookupPlan): Promise<readonly Figure[]> {
  const seen: Seen[] = [];
  const places = plan.sizes.map((size): Place => {
    const all = entries(size);
    return { size, all, glossary: glossaryOf(all), pick: numbers(11) };
  });
  const models = ofModels(places, plan);
  for (const [at, { size, all, pick }] of places.entries()) {
    const called = await asCalls(join(folder, `terms-${size}`), all, plan.calls, pick);
    seen.push({ size, model: models[at] ?? {}, ...called });
  }
  const [few, most] = [seen[0], seen.at(-1)];
  if (!few || !most) return [];
  const times = `among ${number(most.size)} by the same among ${number(few.size)}`;
  const byModel = (name: string): number => (most.model[name]?.median ?? 0) / (few.model[name]?.median ?? 0);
  return [
    ...ofModel(seen),
    { name: `${exact} ${times}`, value: byModel(exact), unit: 'times', wanted: flat },
    { name: `${bare} ${times}`, value: byModel(bare), unit: 'times' },
    ...seen.flatMap(({ size, call: { median, p99 } }): readonly Figure[] => [
      { name: `a member's call among ${number(size)} terms, median`, value: median, unit: 'ms' },
      { name: `a member's call among ${number(size)} terms, p99`, value: p99, unit: 'ms' },
    ]),
    {
      name: `a member's call ${times}`,
      value: most.call.median / few.call.median,
      unit: 'times',
      wanted: flat,
    },
    { name: `the first call among ${number(most.size)} terms, each a step`, value: most.first.ms, unit: 'ms' },
    { name: 'loop held by the first call', value: most.first.hold, unit: 'ms', wanted: { atMost: 10 } },
    { name: "the garbage collector's longest pause meanwhile", value: most.first.pause, unit: 'ms' },
  ];
}
