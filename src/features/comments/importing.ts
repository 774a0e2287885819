// The same lists as the source's, brought by staff: pasted, or from an address that anybody can reach.
import { breathe } from '../../core/breather.js';
import { type Answer, ask, type Call, say, spaceId } from '../../core/call.js';
import { type Card, facts, para, quiet } from '../../core/card.js';
import type { Bot, Route } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import { update } from '../../core/store.js';
import { finderFor, proceedings, seenIn, soonest } from './documents.js';
import { type Get, NotRead, readWeb } from './fetch.js';
import { importForm } from './forms.js';
import type { Item } from './item.js';
import { type Fact, type Facts, factsOf, idOf, originalClosing, type Proceeding, type SomeFacts } from './model.js';
import { momentAt } from './moment.js';
import { added, edited, listedAgain, sameFact } from './proceedings.js';
import { itemsIn, sourceState } from './source.js';
import { sourceCard } from './staff-cards.js';
import { commentsWords } from './words/index.js';

interface Imported {
  readonly fresh: number;
  readonly changed: number;
  readonly same: number;
  readonly skipped: number;
}

/** @param get for addresses that staff type: it refuses what leads to networks of the bot's own */
export function importRoutes(get: Get): { readonly brings: Route; readonly imported: Route } {
  const run = async (call: Call, bot: Bot): Promise<Answer> => {
    const text = await textIn(call.args.list ?? '', get);
    const { items, skipped } = await itemsIn(text, bot).catch((error: unknown) => {
      throw error instanceof NotRead ? refuse('noList', {}, 'list') : error;
    });
    if (items.length === 0) throw refuse('noList', {}, 'list');
    const counts = await put(call, items, bot);
    return say(importedCard(call, { ...counts, skipped }));
  };
  return {
    brings: {
      who: 'staff',
      typed: { about: 'aboutImport', options: [{ name: 'list', about: 'optionList', rest: true }] },
      form: async (call) => importForm(call),
      run: async (call, bot) => (call.args.list?.trim() ? run(call, bot) : ask(importForm(call))),
    },
    imported: { who: 'staff', form: async (call) => importForm(call), run },
  };
}

/** @throws Refusal when there is nothing at the address */
async function textIn(list: string, get: Get): Promise<string> {
  const typed = list.trim();
  if (!/^https?:\/\/\S+$/i.test(typed)) return list;
  if (!/^https:/i.test(typed)) throw refuse('onlyHttps', {}, 'list');
  try {
    const reading = await readWeb(typed, {}, get);
    return reading.kind === 'text' ? reading.text : '';
  } catch (error) {
    if (!(error instanceof NotRead)) throw error;
    throw refuse('listUnreachable', {}, 'list');
  }
}

/** Items become staff's own; what the space sees already is edited as staff would edit it. */
async function put(call: Call, items: readonly Item[], bot: Bot): Promise<Omit<Imported, 'skipped'>> {
  const counts = { fresh: 0, changed: 0, same: 0 };
  const now = bot.clock.now();
  const find = await finderFor(call.by, bot);
  for (const { slug, facts: given } of items) {
    const known = find({ slug, facts: given });
    if (!known) {
      const made = added(slug, { staff: given, space: call.by }, now);
      counts[(await proceedings(bot).insert(idOf(spaceId(call.by), slug), made)) ? 'fresh' : 'same'] += 1;
    } else {
      const after = await update(proceedings(bot), known.id, (old) => {
        const listed = listedAgain(old, now);
        const news = newsIn(given, listed);
        return Object.keys(news).length > 0 ? edited(listed, news, call.by, now) : listed;
      });
      counts[after.rev === known.rev ? 'same' : 'changed'] += 1;
    }
    await breathe();
  }
  return counts;
}

/** What is not so already: a row that was exported and comes back as it was must not keep the source's dates for good. */
function newsIn(given: Facts, old: Proceeding): SomeFacts {
  const first = originalClosing(old);
  const facts = { ...factsOf(old), ...(first ? { originalClosing: momentAt(first) } : {}) };
  return Object.fromEntries(Object.entries(given).filter(([name]) => !sameFact(given, facts, name as Fact)));
}

function importedCard({ locale }: Call, { fresh, changed, same, skipped }: Imported): Card {
  const w = commentsWords(locale);
  return {
    locale,
    blocks: [
      para(...w.text('imported')),
      facts(
        [w.label('importedNew'), [String(fresh)]],
        [w.label('importedChanged'), [String(changed)]],
        [w.label('importedSame'), [String(same)]],
        [w.label('importedSkipped'), [String(skipped)]],
      ),
      ...(skipped > 0 ? [quiet(...w.text('importedNote'))] : []),
    ],
  };
}

/** How the source is doing. */
export const status: Route = {
  who: 'staff',
  typed: { about: 'aboutStatus', options: [] },
  async run(call, bot) {
    const [next] = soonest(await seenIn(call.by, bot), bot.clock.now());
    return say(sourceCard(await sourceState(bot), hintOf(bot.operator.commentsSource), next, call.locale));
  },
};

/** The host, or the last part of the path: an address may hold a secret. */
function hintOf(source: string | undefined): string | undefined {
  if (source === undefined) return undefined;
  return URL.canParse(source) && /^https?:/i.test(source) ? new URL(source).host : source.split(/[/\\]/).at(-1);
}
