// The beat of the reminders: what is due is claimed on each listener's document, sent under its key, then dropped there.
import { breathe } from '../../core/breather.js';
import type { Bot } from '../../core/feature.js';
import type { Locale } from '../../core/locale.js';
import { Refusal } from '../../core/refusal.js';
import { type Collection, type Doc, update } from '../../core/store.js';
import { type Agenda, dueScenes, handled, hasDue, newAgenda, overIn, refresh } from './agenda.js';
import { communities, follows, listenerId, proceedings, rosterOf, usualSteps, watchers } from './documents.js';
import { type Batch, isWatcher, type Listener } from './listener.js';
import type { Proceeding } from './model.js';
import { postCard } from './post-card.js';
import { settled } from './proceedings.js';
import { claimed, isStillTrue, type Scene, unclaimed, urgencyOf } from './reminders.js';
import { hasPulse } from './view.js';

/** Leftovers of a process that died between claiming and sending are looked for this often, in milliseconds. */
const sweepEvery = 300_000;

/** Listeners that are told at the same time: each waits for its platform. */
const atOnce = 20;

const agendas = new WeakMap<Bot, Agenda>();

/** Everything that is due by now, for every channel and person. Running it again, here or elsewhere, says nothing twice. */
export async function tellDue(now: Date, bot: Bot): Promise<void> {
  const agenda = agendas.get(bot) ?? newAgenda(await proceedings(bot).find({ stage: 'settled' }));
  agendas.set(bot, agenda);
  const [live, { rhythms, changes }, usual] = await Promise.all([
    proceedings(bot).find({ stage: 'live' }),
    rosterOf(bot),
    communities(bot).find(),
  ]);
  const known = { live, rhythms, changes, steps: new Map(usual.map((doc) => [doc.id, doc])) };
  await refresh(agenda, known, now);
  const seen = new Set(agenda.rows.values());
  const ofProcess: Errand = { bot, now, known: new Map(live.map(({ id, value }) => [id, value])) };
  for (const rhythm of hasDue(agenda, now) ? rhythms : []) {
    const scenes = await dueScenes(agenda, rhythm, known, now);
    if (scenes.length > 0) await tellRhythm(rhythm, scenes, ofProcess);
    await breathe();
  }
  await handled(agenda, seen, known, now);
  if (now.getTime() - agenda.sweptAt >= sweepEvery) {
    await sweep(ofProcess);
    agenda.sweptAt = now.getTime();
  }
  for (const { id } of overIn(agenda, now)) await update(proceedings(bot), id, (old) => settled(old, now));
}

interface Errand {
  readonly bot: Bot;
  readonly now: Date;
  readonly known: ReadonlyMap<string, Proceeding>;
}

async function tellRhythm(rhythm: string, scenes: readonly Scene[], errand: Errand): Promise<void> {
  await tellAll(follows(errand.bot), await follows(errand.bot).find({ rhythm }), scenes, errand);
  await tellAll(watchers(errand.bot), await watchers(errand.bot).find({ rhythm }), scenes, errand);
}

async function sweep(errand: Errand): Promise<void> {
  const where = { pending: 'yes' };
  await tellAll(follows(errand.bot), await follows(errand.bot).find(where), [], errand);
  await tellAll(watchers(errand.bot), await watchers(errand.bot).find(where), [], errand);
}

/** @throws the first failure, once everyone has had their turn: the beat that follows tries again */
async function tellAll<L extends Listener>(
  collection: Collection<L>,
  docs: readonly Doc<L>[],
  scenes: readonly Scene[],
  errand: Errand,
): Promise<void> {
  const concerned: Doc<L>[] = [];
  for (const doc of docs) {
    if (doc.value.pending.length > 0 || claimed(doc.value, scenes, doc.id, errand.now) !== doc.value)
      concerned.push(doc);
    await breathe();
  }
  const failures: unknown[] = [];
  const queue = [...concerned];
  const work = async (): Promise<void> => {
    for (let doc = queue.shift(); doc; doc = queue.shift()) {
      await tellOne(collection, doc.id, scenes, errand).catch((error: unknown) => {
        // Who has stopped following meanwhile is nobody to be told.
        if (!(error instanceof Refusal)) failures.push(error);
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (failures.length > 0) throw failures[0];
}

/** Claims, and sends what is claimed: by this process just now, or by one that did not get to it. */
async function tellOne<L extends Listener>(
  collection: Collection<L>,
  id: string,
  scenes: readonly Scene[],
  errand: Errand,
): Promise<void> {
  const { value } = await update(collection, id, (old) => claimed(old, scenes, listenerId(old), errand.now));
  for (const batch of value.pending) {
    await send(value, batch, errand);
    await update(collection, id, (old) => unclaimed(old, batch));
  }
}

/** The text is made here, at the moment of sending, from how things stand; what is no longer true is left out. */
async function send(listener: Listener, batch: Batch, { bot, now, known }: Errand): Promise<void> {
  const found = await Promise.all(
    batch.items.map(async ({ id }) => [id, known.get(id) ?? (await proceedings(bot).get(id))?.value] as const),
  );
  const of = new Map(found.flatMap(([id, value]) => (value ? [[id, value] as const] : [])));
  const items = batch.items.filter((item) => {
    const proceeding = of.get(item.id);
    return proceeding && isStillTrue(item, proceeding, now);
  });
  if (items.length === 0) return;
  const card = postCard(items, of, {
    locale: await localeOf(listener, bot),
    now,
    to: listener.to,
    steps: await usualSteps(listener.to, bot),
    isMultilingual: 'channel' in listener.to && (await bot.settings.isMultilingual(listener.to)),
    hasPulse: hasPulse(bot),
  });
  await bot.outbox.once(batch.key, listener.to, card, urgencyOf(items, of, now));
}

/** A channel's post speaks the channel's language, a person's their own. */
async function localeOf(listener: Listener, bot: Bot): Promise<Locale> {
  if (isWatcher(listener)) return (await bot.settings.memberLocale(listener.to)) ?? listener.locale;
  return (await bot.settings.channelLocale(listener.to)) ?? 'en';
}
