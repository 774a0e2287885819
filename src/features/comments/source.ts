// COMMENTS_SOURCE, read at start and then hourly by one replica at a time; what it last gave well is kept.
import { createHash } from 'node:crypto';
import { breathe } from '../../core/breather.js';
import type { Card } from '../../core/card.js';
import { faultFacts } from '../../core/fault.js';
import type { Bot } from '../../core/feature.js';
import type { Locale } from '../../core/locale.js';
import { type Collection, type Doc, type Kind, update, upsert } from '../../core/store.js';
import { within } from '../../core/within.js';
import { proceedings, rosterOf, spaceOf } from './documents.js';
import { type Get, NotRead, readSource } from './fetch.js';
import { type Item, readItem } from './item.js';
import { matched } from './matching.js';
import { everywhere, type Fact, type Facts, idOf, type Proceeding } from './model.js';
import {
  added,
  believed,
  differences,
  isLongMissing,
  isWaitedOut,
  missingTold,
  sourced,
  vanished,
} from './proceedings.js';
import { readCsv } from './source-csv.js';
import { readIcs } from './source-ics.js';
import { readJson } from './source-json.js';
import type { Listed } from './source-list.js';
import {
  claimedBy,
  type Fault,
  flawOf,
  newsOf,
  newsTold,
  parseSourceState,
  readBadly,
  readSame,
  readWell,
  type SourceState,
} from './source-state.js';
import { differenceCard, foundCard, newsCard, undatedCard, vanishedCard } from './staff-cards.js';

const kind: Kind<SourceState> = { name: 'comments-source', parse: parseSourceState };

const states = (bot: Bot): Collection<SourceState> => bot.store.collection(kind);

const stateId = 'source';

export const sourceState = async (bot: Bot): Promise<SourceState | undefined> =>
  (await states(bot).get(stateId))?.value;

/** Which bots have read it since they started. */
const started = new WeakSet<Bot>();

/** Which have waited for that. */
const waited = new WeakSet<Bot>();

/** How long the reminders of a start wait for it, in milliseconds: a little longer than it may take to be read. */
const startPatience = 15_000;

/** The reading of the start, waited for by whoever is about to say what was due meanwhile; it may have moved. */
export async function readAtStart(now: Date, bot: Bot, get: Get): Promise<void> {
  if (waited.has(bot)) return;
  waited.add(bot);
  await within(tendSource(now, bot, get), startPatience);
}

/** Reads it when that is due. Never throws for what is wrong with it: that is recorded, and told. */
export async function tendSource(now: Date, bot: Bot, get: Get): Promise<void> {
  const { commentsSource } = bot.operator;
  if (commentsSource === undefined) return;
  const owner = bot.newId();
  const of = hashOf(commentsSource);
  const isStart = !started.has(bot);
  const claim = (old: SourceState): SourceState => claimedBy(old, owner, of, isStart, now);
  const { value } = await upsert(states(bot), stateId, parseSourceState({}), claim);
  started.add(bot);
  if (value.claim?.owner === owner) await read(commentsSource, value, now, bot, get);
  await tellNews(now, bot);
}

async function read(source: string, state: SourceState, now: Date, bot: Bot, get: Get): Promise<void> {
  const change = (next: (old: SourceState) => SourceState) => update(states(bot), stateId, next);
  try {
    const reading = await readSource(source, state, get);
    if (reading.kind === 'same') {
      const isUnsure = await applySame(now, bot);
      await change((old) => readSame(old, isUnsure, now));
      return;
    }
    const { items, skipped } = await itemsIn(reading.text, bot);
    const fault = flawOf(state, { count: items.length, skipped });
    if (fault) throw new Flawed(fault);
    const isUnsure = await apply(items, now, bot);
    const { etag, lastModified } = reading;
    await change((old) => readWell(old, { count: items.length, skipped, etag, lastModified, isUnsure }, now));
  } catch (error) {
    if (!(error instanceof NotRead) && !(error instanceof Flawed)) throw error;
    bot.log.warn(error instanceof NotRead ? { why: error.code } : { why: error.kind }, 'the source could not be used');
    await change((old) => readBadly(old, error instanceof NotRead ? error.why : error.kind, now));
  }
}

class Flawed extends Error {
  override readonly name = 'Flawed';
  constructor(readonly kind: Fault) {
    super(kind);
  }
}

/**
 * What a list holds, whatever its format. An item that cannot be used costs itself alone, with a line in the log that
 * says which and why, and nothing of what it holds.
 * @throws NotRead when it is no list at all
 */
export async function itemsIn(
  text: string,
  bot: Bot,
): Promise<{ readonly items: readonly Item[]; readonly skipped: number }> {
  const listed = await listIn(text).catch((error: unknown) => {
    bot.log.warn(faultFacts(error), 'a list could not be taken apart');
    throw new NotRead('unreadable', 'no-list');
  });
  const items = new Map<string, Item>();
  let skipped = listed.skipped;
  for (const [at, raw] of listed.items.entries()) {
    const read = readItem(raw);
    if ('item' in read && !items.has(read.item.slug)) items.set(read.item.slug, read.item);
    else {
      skipped += 1;
      bot.log.warn({ item: at + 1, wrong: 'wrong' in read ? read.wrong : 'twice' }, 'an item of the list was left out');
    }
    await breathe();
  }
  if (listed.isCut) bot.log.warn({ items: listed.items.length }, 'the list is longer than what is read of it');
  return { items: [...items.values()], skipped };
}

async function listIn(text: string): Promise<Listed> {
  const begin = text.replace(/^\uFEFF/, '').trimStart();
  if (/^BEGIN:VCALENDAR/i.test(begin)) return readIcs(text);
  return /^[[{]/.test(begin) ? readJson(text) : readCsv(text);
}

/** What the source had said before has lasted until now. @returns whether something is still being waited out */
async function applySame(now: Date, bot: Bot): Promise<boolean> {
  const all = await proceedings(bot).find({ origin: 'source' });
  return settle(
    all.filter(({ value }) => value.candidate ?? value.missing),
    (old) => believed(old, now),
    now,
    bot,
  );
}

/** @returns whether something is being waited out, so that it is read again soon */
async function apply(items: readonly Item[], now: Date, bot: Bot): Promise<boolean> {
  const all = await proceedings(bot).find();
  const given = await matchedIn(items, all);
  for (const { slug, facts } of given.news) {
    await proceedings(bot).insert(idOf(everywhere, slug), added(slug, { source: facts }, now));
  }
  const known = all.filter(({ id, value }) => value.source !== undefined || given.facts.has(id));
  const change = (old: Proceeding, id: string): Proceeding => {
    const facts = given.facts.get(id);
    return facts ? sourced(old, facts, now) : vanished(old, now);
  };
  const found = known.filter(
    ({ id, value }) => value.missing?.isTold && given.facts.has(id) && !change(value, id).missing?.isTold,
  );
  const isUnsure = await settle(known, change, now, bot);
  for (const doc of found)
    await tellStaff(`comments/found/${doc.id}/${doc.value.missing?.since}`, bot, (locale) => foundCard(doc, locale));
  return isUnsure;
}

/** What the list says of each entry, by its id, in whatever space; what is new is new for all. */
async function matchedIn(items: readonly Item[], all: readonly Doc<Proceeding>[]) {
  const facts = new Map<string, Facts>();
  let news: readonly Item[] = items;
  for (const scope of new Set([everywhere, ...all.map(({ value }) => value.scope)])) {
    const found = matched(
      items,
      all.filter(({ value }) => value.scope === scope),
    );
    for (const [{ id }, said] of found.pairs) facts.set(id, said);
    if (scope === everywhere) news = found.news;
    await breathe();
  }
  return { facts, news };
}

/** Writes what changes, and tells staff what they have to know of it. */
async function settle(
  docs: readonly Doc<Proceeding>[],
  change: (old: Proceeding, id: string) => Proceeding,
  now: Date,
  bot: Bot,
): Promise<boolean> {
  const missing: Doc<Proceeding>[] = [];
  let isUnsure = false;
  for (const doc of docs) {
    await breathe();
    const to = (old: Proceeding): Proceeding => change(old, doc.id);
    const isChanged = JSON.stringify(to(doc.value)) !== JSON.stringify(doc.value);
    const after = isChanged ? await update(proceedings(bot), doc.id, to) : doc;
    isUnsure ||= isWaitedOut(after.value, now);
    if (differences(after.value).length > 0) await tellDifference(after, bot);
    if (isLongMissing(after.value, now)) missing.push(after);
  }
  const flaws = new Map(missing.map(({ value }) => [flawIn(value), value]));
  for (const [flaw, { missing: of }] of flaws) {
    const card = of?.what === 'closing' ? undatedCard : vanishedCard;
    const docs = missing.filter(({ value }) => flawIn(value) === flaw);
    await tellMissing(docs, card, bot);
  }
  return isUnsure;
}

/** What is told on one card: what is missing of the proceedings of one scope. */
const flawIn = ({ scope, missing }: Proceeding): string => `${scope} ${missing?.what ?? 'all'}`;

const hashOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

/** One card for all that are gone: whoever changes the IDs of a list makes everything vanish at once. */
async function tellMissing(docs: readonly Doc<Proceeding>[], card: typeof vanishedCard, bot: Bot): Promise<void> {
  const [first] = docs;
  const which = hashOf(docs.map(({ id, value }) => [id, value.missing?.since]));
  const about = first?.value.scope === everywhere ? undefined : first?.value;
  const isTold = await tellStaff(`comments/vanished/${which}`, bot, (locale) => card(docs, locale), about);
  for (const { id } of isTold ? docs : []) await update(proceedings(bot), id, missingTold);
}

/** Shown where staff had entered what now differs; once for each thing that the source says. */
async function tellDifference(doc: Doc<Proceeding>, bot: Bot): Promise<void> {
  const { source } = doc.value;
  // What staff have withdrawn is asked about anew with each date that the source gives it.
  const saidOf = (name: Fact): unknown => source?.[name === 'isWithdrawn' ? 'closing' : name];
  const said = hashOf(differences(doc.value).map(saidOf));
  await tellStaff(`comments/differs/${doc.id}/${said}`, bot, (locale) => differenceCard(doc, locale), doc.value);
}

async function tellNews(now: Date, bot: Bot): Promise<void> {
  const state = await sourceState(bot);
  const news = state && newsOf(state, now);
  if (!state || !news) return;
  const card = (locale: Locale): Card => newsCard(news, state, locale);
  if (!(await tellStaff(`comments/source/${news.kind}/${news.since}`, bot, card))) return;
  await update(states(bot), stateId, (old) => newsTold(old, news));
}

/**
 * In every space that has a staff channel; where it is about what staff of one space entered, there alone.
 * @returns whether there is anyone to tell
 */
async function tellStaff(key: string, bot: Bot, card: (locale: Locale) => Card, about?: Proceeding): Promise<boolean> {
  const only = about?.scope === everywhere ? about.editedIn : about?.scope;
  const spaces = only === undefined ? (await rosterOf(bot)).spaces : [only];
  let isTold = false;
  for (const space of spaces) {
    const place = await bot.settings.staffPlace(spaceOf(space));
    if (!place) continue;
    const locale = (await bot.settings.channelLocale(place)) ?? 'en';
    await bot.outbox.once(`${key}/${space}`, place, card(locale));
    isTold = true;
  }
  return isTold;
}
