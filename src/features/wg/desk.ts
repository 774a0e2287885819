// Who answers for whose requests: the staff of the space itself, or those of another that it was handed to.
import { type Call, type Person, type Place, type Space, spaceId } from '../../core/call.js';
import type { Bot } from '../../core/feature.js';
import type { Locale } from '../../core/locale.js';
import { refuse } from '../../core/refusal.js';
import { type Doc, upsert } from '../../core/store.js';
import { type DeskSettings, desksOf, newDesk, requestsOf } from './collections.js';
import { isSame, type Request, shortId } from './model.js';
import type { Rules } from './rules.js';

/** Most staff whose names are offered when a request is handed over. */
const mostSeen = 25;

export const spaceOf = ({ platform, space }: Space): Space => ({ platform, space });

export const isSameSpace = (a: Space, b: Space): boolean => spaceId(a) === spaceId(b);

/** The space whose staff answer for the requests of `home`; one step at most, so nothing is handed on unseen. */
export async function deskSpace(bot: Bot, home: Space): Promise<Space> {
  return (await desksOf(bot).get(spaceId(home)))?.value.handledBy ?? spaceOf(home);
}

export interface Desk {
  readonly space: Space;
  /** The staff channel; absent while none is named, or while it is not private. */
  readonly place?: Place;
  /** The language of that channel. */
  readonly locale: Locale;
  readonly rules: Rules;
}

/** The desk of a space, with its channel as it is now. */
export async function deskOf(bot: Bot, home: Space): Promise<Desk> {
  const space = await deskSpace(bot, home);
  const { rules } = await settingsOf(bot, space);
  const place = await bot.settings.staffPlace(space);
  // Nothing of a request may appear where anyone could read it.
  const isFit = place !== undefined && (await bot.channelState(place)) === 'private';
  const locale = (place && (await bot.settings.channelLocale(place))) ?? 'en';
  return { space, locale, rules, ...(isFit ? { place } : {}) };
}

export const settingsOf = async (bot: Bot, space: Space): Promise<DeskSettings> =>
  (await desksOf(bot).get(spaceId(space)))?.value ?? newDesk;

export const changeDesk = (
  bot: Bot,
  space: Space,
  change: (old: DeskSettings) => DeskSettings,
): Promise<Doc<DeskSettings>> => upsert(desksOf(bot), spaceId(space), newDesk, change);

/** The spaces whose requests the staff of `space` handle beside their own. */
export async function handledFor(bot: Bot, space: Space): Promise<readonly Space[]> {
  const docs = await desksOf(bot).find({ handledBy: spaceId(space) });
  return docs.map(({ id }) => ({ platform: id.slice(0, id.indexOf('/')), space: id.slice(id.indexOf('/') + 1) }));
}

/**
 * The desk at which the caller sits; that they are staff of their space was checked before.
 * @throws Refusal `handledElsewhere` when the requests of their space are handled by other staff
 */
export async function seatOf(call: Call, bot: Bot): Promise<Space> {
  const own = spaceOf(call.by);
  if (!isSameSpace(await deskSpace(bot, own), own)) throw refuse('handledElsewhere');
  return own;
}

/**
 * A request that the caller, who is staff, may handle.
 * @throws Refusal `unknownId` for whatever belongs to another desk, `handledElsewhere`
 */
export async function requestAt(call: Call, bot: Bot, id: string): Promise<Doc<Request>> {
  const seat = await seatOf(call, bot);
  const doc = isId(id) ? await requestsOf(bot).get(id) : undefined;
  if (!doc || !isSameSpace(await deskSpace(bot, doc.value.home), seat)) throw refuse('unknownId');
  return doc;
}

/**
 * A request that the caller has made.
 * @throws Refusal `unknownId` for anybody else's
 */
export async function ownRequest(call: Call, bot: Bot, id: string): Promise<Doc<Request>> {
  const doc = isId(id) ? await requestsOf(bot).get(id) : undefined;
  if (!doc || !isSame(doc.value.by, call.by)) throw refuse('unknownId');
  return doc;
}

const isId = (id: string): boolean => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id);

/** Everything that waits at a desk, oldest first. */
export async function queueOf(bot: Bot, space: Space): Promise<readonly Doc<Request>[]> {
  const homes = [space, ...(await handledFor(bot, space))];
  const found = await Promise.all(homes.map((home) => requestsOf(bot).find({ stage: 'live', home: spaceId(home) })));
  return found.flat().sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * A request by what is typed: the whole id, or the end of it that cards show.
 * @throws Refusal `unknownId`, `ambiguousId`
 */
export async function typedRequest(call: Call, bot: Bot, typed: string): Promise<Doc<Request>> {
  const id = typed.trim().toUpperCase();
  if (isId(id)) return requestAt(call, bot, id);
  const seat = await seatOf(call, bot);
  const homes = [seat, ...(await handledFor(bot, seat))];
  const all = (await Promise.all(homes.map((home) => requestsOf(bot).find({ home: spaceId(home) })))).flat();
  return onlyOne(all.filter((doc) => shortId(doc.id) === id));
}

/** @throws Refusal `unknownId`, `ambiguousId` */
export function onlyOne(docs: readonly Doc<Request>[]): Doc<Request> {
  const [doc, other] = docs;
  if (!doc) throw refuse('unknownId');
  if (other) throw refuse('ambiguousId', { command: '/wg requests' });
  return doc;
}

/** Remembers that somebody of the staff is at work here, so that others can hand a request over to them. */
export async function noteStaff(bot: Bot, space: Space, by: Person): Promise<void> {
  const { seen } = await settingsOf(bot, space);
  if (isSame(seen.at(-1), by)) return;
  const person = { ...spaceOf(by), person: by.person };
  await changeDesk(bot, space, (old) => ({
    ...old,
    seen: [...old.seen.filter((one) => !isSame(one, by)), person].slice(-mostSeen),
  }));
}
