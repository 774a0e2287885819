// Finding a pulse for a call, and what the caller may do with it. Ids of another workspace are not there.
import type { Call } from '../../core/call.js';
import { type Person, personId } from '../../core/call.js';
import { type Bot, need } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import { type Collection, type Doc, update } from '../../core/store.js';
import { shortIdIn } from './chance.js';
import { type Content, drafted, isIn, isSameChannel, type Origin, type Pulse, pulseKind, saltKind } from './model.js';

export const pulsesIn = (bot: Bot): Collection<Pulse> => bot.store.collection(pulseKind);

/** Open pulses that one person, and one workspace, may have at once. */
export const mostOfOne = 5;
export const mostOfSpace = 50;

/** Short ids begin with this many characters, and grow where one is taken. */
const shortestId = 4;

/** Keeps a draft under a new short id. */
export async function keepDraft(content: Content, origin: Origin, bot: Bot): Promise<Doc<Pulse>> {
  const value = drafted(content, origin, bot.clock.now());
  for (let length = shortestId; ; length += 1) {
    const id = bot.newId().slice(-Math.min(length, 12));
    if (await pulsesIn(bot).insert(id, value)) return { id, rev: 1, value };
  }
}

const isOfSpace = ({ home, places }: Pulse, by: Person): boolean =>
  isIn(home, by) || places.some((place) => isIn(place, by));

/** @throws Refusal `unknownId` for what is not there, not of the caller's workspace, or somebody else's draft */
export async function pulseFor(call: Call, bot: Bot): Promise<Doc<Pulse>> {
  const id = shortIdIn(need(call.args, 'id'));
  const doc = id === undefined ? undefined : await pulsesIn(bot).get(id);
  if (!doc || !isOfSpace(doc.value, call.by)) throw refuse('unknownId');
  if (doc.value.state === 'draft' && !isAuthor(doc.value, call)) throw refuse('unknownId');
  return doc;
}

export const isAuthor = ({ author }: Pulse, { by }: Pick<Call, 'by'>): boolean => author === personId(by);

/** The staff of the workspace where it was asked first. */
export const isStaffOf = async ({ home }: Pulse, call: Call, bot: Bot): Promise<boolean> =>
  isIn(home, call.by) && (await bot.is(call, 'staff'));

export const mayRun = async (pulse: Pulse, call: Call, bot: Bot): Promise<boolean> =>
  isAuthor(pulse, call) || (await isStaffOf(pulse, call, bot));

/** @throws Refusal `unknownId` for who sees none of its channels, `authorOnly` for who does not ask it */
export async function ownPulse(call: Call, bot: Bot): Promise<Doc<Pulse>> {
  const doc = await pulseFor(call, bot);
  if (!isAuthor(doc.value, call)) throw refuse((await maySee(doc.value, call, bot)) ? 'authorOnly' : 'unknownId');
  return doc;
}

/** @throws Refusal `unknownId` for who sees none of its channels, `authorOrStaffOnly` for who is neither */
export async function runPulse(call: Call, bot: Bot): Promise<Doc<Pulse>> {
  const doc = await pulseFor(call, bot);
  if (await mayRun(doc.value, call, bot)) return doc;
  throw refuse((await maySee(doc.value, call, bot)) ? 'authorOrStaffOnly' : 'unknownId');
}

/** Whoever is in one of its channels sees it; its author and the staff do in any case. */
export async function maySee(pulse: Pulse, call: Call, bot: Bot): Promise<boolean> {
  if (await mayRun(pulse, call, bot)) return true;
  if (pulse.state === 'draft') return false;
  for (const place of pulse.places) {
    if (isIn(place, call.by) && (await bot.presence(place, call.by)) !== 'absent') return true;
  }
  return false;
}

/**
 * The number of the channel in which somebody answers: the one they press in, else the first of theirs.
 * @throws Refusal `membersOnly` for guests where the asker has not allowed them, `notInChannel` for all others
 */
export async function seatOf(pulse: Pulse, call: Call, bot: Bot): Promise<number> {
  const here = pulse.places.findIndex((place) => isSameChannel(place, call.place));
  const theirs = pulse.places.flatMap((place, at) => (at !== here && isIn(place, call.by) ? [at] : []));
  let isGuest = false;
  for (const at of here < 0 ? theirs : [here, ...theirs]) {
    const place = pulse.places[at];
    const presence = place ? await bot.presence(place, call.by) : 'absent';
    if (presence === 'member' || (presence === 'guest' && pulse.allowsGuests)) return at;
    isGuest ||= presence === 'guest';
  }
  throw refuse(isGuest ? 'membersOnly' : 'notInChannel');
}

/** What stands for a member beside their answer; undefined once nothing can stand for them any more. */
export async function keyFor(id: string, pulse: Pulse, by: Person, bot: Bot): Promise<string | undefined> {
  if (!pulse.isAnonymous) return personId(by);
  const salt = await bot.store.collection(saltKind).get(id);
  return salt && bot.hash(by, salt.value.salt);
}

/** How many pulses are open, of one person and of a workspace. */
export interface OpenCounts {
  readonly mine: number;
  readonly space: number;
}

/** Pulses that are about to be opened, and the one for which they are counted. */
interface Opening {
  readonly besides: string;
  readonly ahead: readonly { readonly id: string; readonly author: string }[];
}

/** @param opening counts those that are not open yet, too */
export async function openCounts(by: Person, bot: Bot, { besides, ahead }: Partial<Opening> = {}): Promise<OpenCounts> {
  const open = (await pulsesIn(bot).find({ stage: 'open' })).filter(({ id }) => id !== besides);
  const here = open.filter(({ value }) => isOfSpace(value, by)).map(({ id, value: { author } }) => ({ id, author }));
  const all = new Map([...here, ...(ahead ?? [])].map(({ id, author }) => [id, author]));
  return { mine: [...all.values()].filter((author) => author === personId(by)).length, space: all.size };
}

/** @throws Refusal `tooManyOfYours`, `tooManyHere` */
export function refuseOver({ mine, space }: OpenCounts): void {
  if (mine >= mostOfOne) throw refuse('tooManyOfYours', { most: String(mostOfOne), command: '/pulse list' });
  if (space >= mostOfSpace) throw refuse('tooManyHere', { most: String(mostOfSpace) });
}

/** Before anything is done for a pulse that could not be opened. @throws Refusal as {@link refuseOver} */
export async function refuseOverLimit(by: Person, bot: Bot): Promise<void> {
  refuseOver(await openCounts(by, bot));
}

/** @throws Refusal `tooManyHere` */
export async function refuseFullSpace(by: Person, bot: Bot): Promise<void> {
  if ((await openCounts(by, bot)).space >= mostOfSpace) throw refuse('tooManyHere', { most: String(mostOfSpace) });
}

/** The only way in which a pulse changes. */
export const changePulse = (id: string, bot: Bot, change: (pulse: Pulse) => Pulse): Promise<Doc<Pulse>> =>
  update(pulsesIn(bot), id, change);
