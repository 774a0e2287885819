// The steps of every space's glossary in the store, and the state that each process keeps of them. A replica asks for the
// next step when somebody looks something up, at most every two seconds, so that a change is everywhere within that.
import { breathe } from '../../../core/breather.js';
import { type Space, spaceId } from '../../../core/call.js';
import { faultFacts } from '../../../core/fault.js';
import type { Bot } from '../../../core/feature.js';
import { type Collection, type Kind, type Store, Unrecorded } from '../../../core/store.js';
import { type Draft, entryId, type Step, stepId, stepNumber, stepSchema } from './model.js';
import { type Own, ownGlossary } from './state.js';

/** What was read is believed for this long, in milliseconds. */
const believed = 2000;

/** So often a step is tried again when others were quicker. */
const attempts = 50;

export const steps: Kind<Step> = {
  name: 'glossary-steps',
  parse: (raw) => stepSchema.parse(raw),
  facets: ({ space, by }) => ({ space, by: by === '' ? '' : `${space}/${by}` }),
};

interface Desk {
  readonly state: ReturnType<typeof ownGlossary>;
  isLoaded: boolean;
  /** When the store was last asked, in milliseconds. */
  askedAt: number;
  running: Promise<void> | undefined;
}

const desks = new WeakMap<Store, Map<string, Desk>>();

function deskOf({ store }: Pick<Bot, 'store'>, space: Space): Desk {
  const all = desks.get(store) ?? new Map<string, Desk>();
  desks.set(store, all);
  const id = spaceId(space);
  const desk = all.get(id) ?? { state: ownGlossary(), isLoaded: false, askedAt: 0, running: undefined };
  all.set(id, desk);
  return desk;
}

/** Takes in the steps that others have made; callers at the same time wait for the same reading. */
function catchUp(bot: Bot, space: Space, desk: Desk): Promise<void> {
  desk.running ??= read(bot, space, desk).finally(() => {
    desk.running = undefined;
  });
  return desk.running;
}

async function read({ store, clock }: Bot, { platform, space }: Space, desk: Desk): Promise<void> {
  const of = { platform, space };
  const collection = store.collection(steps);
  const { own, take } = desk.state;
  if (!desk.isLoaded) {
    const all = await collection.find({ space: spaceId(of) });
    for (const { id, value } of all) {
      // A big glossary takes seconds: others are answered in between.
      await breathe();
      take(stepNumber(id), value);
    }
    desk.isLoaded = true;
  }
  for (;;) {
    const next = await collection.get(stepId(of, own.steps + 1));
    if (!next) break;
    take(stepNumber(next.id), next.value);
  }
  desk.askedAt = clock.now().getTime();
}

/** The glossary of a space; while the store does not answer, as it was last known. */
export async function ownOf(bot: Bot, space: Space): Promise<Own> {
  const desk = deskOf(bot, space);
  const age = Math.abs(bot.clock.now().getTime() - desk.askedAt);
  if (!desk.isLoaded || age >= believed) {
    try {
      await catchUp(bot, space, desk);
    } catch (error) {
      bot.log.warn(faultFacts(error), 'the own glossary of a space could not be read');
    }
  }
  return desk.state.own;
}

/** As {@link ownOf}, read anew. @throws Unrecorded while the store does not answer */
export async function freshOwnOf(bot: Bot, space: Space): Promise<Own> {
  const desk = deskOf(bot, space);
  await desk.running?.catch(() => undefined);
  await catchUp(bot, space, desk);
  return desk.state.own;
}

/**
 * Makes the next step. One document holds all its changes: all of them are there from then on, or none.
 * @param draft pure: what is to be done as the glossary stands, or undefined for nothing; run again when somebody was
 * quicker; what it throws reaches the caller
 * @returns the glossary afterwards
 */
export async function record(
  bot: Bot,
  by: Space & { readonly person: string },
  draft: (own: Own, idAt: (nth: number) => string) => Draft | undefined,
): Promise<Own> {
  const collection = bot.store.collection(steps);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const own = await freshOwnOf(bot, by);
    const number = own.steps + 1;
    const drafted = draft(own, (nth) => entryId(number, nth));
    if (!drafted || drafted.changes.length === 0) return own;
    const step = { space: spaceId(by), at: bot.clock.now().toISOString(), by: by.person, ...drafted };
    if (await collection.insert(stepId(by, number), step)) return freshOwnOf(bot, by);
  }
  throw new Unrecorded('others changed the glossary each time');
}

/** The steps with these numbers. */
export async function stepsOf(
  bot: Bot,
  space: Space,
  numbers: readonly number[],
): Promise<readonly (Step & { readonly number: number })[]> {
  const collection: Collection<Step> = bot.store.collection(steps);
  const found = await Promise.all(numbers.map((number) => collection.get(stepId(space, number))));
  return found.flatMap((doc) => (doc ? [{ ...doc.value, number: stepNumber(doc.id) }] : []));
}
