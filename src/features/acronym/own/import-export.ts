// /glossary export and import: the space's own entries as a table.

import { z } from 'zod';
import { ask, type Call, redraw, type Space, say, spaceId } from '../../../core/call.js';
import { type Bot, need, type Route } from '../../../core/feature.js';
import { locales } from '../../../core/locale.js';
import { refuse } from '../../../core/refusal.js';
import { type Doc, type Kind, update } from '../../../core/store.js';
import { fold } from '../fold.js';
import { shippedIndex } from '../glossary.js';
import { columns, type Header, type Row, readCsv, writeCsv } from './csv.js';
import { closeGaps } from './gap-store.js';
import { importedCard, pasteForm, plainCard, planCard } from './import-cards.js';
import { changesOf, mostRows, type Plan, planOf } from './import-plan.js';
import { freshOwnOf, record } from './ledger.js';
import type { Kept } from './model.js';
import type { Own } from './state.js';

/** What was pasted is kept for this long, in milliseconds. */
const keptFor = 3_600_000;

const cells = z.partialRecord(z.enum(columns), z.string());

const stagedSchema = z.object({
  space: z.string(),
  /** The member's id: nobody else sees it or presses its buttons. */
  by: z.string(),
  until: z.iso.datetime(),
  header: z.object({ delimiter: z.string(), columns: z.array(z.string()) }),
  rows: z.array(z.object({ line: z.number(), cells, isTooLong: z.boolean() })),
});

type Staged = z.infer<typeof stagedSchema>;

/** Rows that were pasted and not taken in yet. */
export const imports: Kind<Staged> = { name: 'glossary-imports', parse: (raw) => stagedSchema.parse(raw) };

const exporting: Route = {
  who: 'staff',
  typed: { about: 'aboutExport', options: [] },
  async run(call, bot) {
    const { entries } = await freshOwnOf(bot, call.by);
    const keyOf = ({ entry }: Kept): string => fold(entry.acronym);
    const sorted = [...entries.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
    const body = writeCsv(sorted.flatMap(rowsOf));
    const card = plainCard(call.locale, entries.size > 0 ? 'exported' : 'exportEmpty', entries.size);
    return say(card, [{ name: 'glossary.csv', type: 'text/csv', body }]);
  },
};

/** A row for each language that the entry is written in. */
const rowsOf = ({ id, entry }: Kept) =>
  locales.flatMap((language) => {
    const expansion = entry.expansion[language];
    if (expansion === undefined) return [];
    const names = entry.aliases?.[language] ?? [];
    const definition = entry.definition?.[language] ?? '';
    return [
      {
        id,
        term: entry.acronym,
        other_names: names.join(', '),
        language,
        expansion,
        definition,
        replaces: entry.replaces ?? '',
      },
    ];
  });

const importing: Route = {
  who: 'staff',
  typed: { about: 'aboutImport', options: [] },
  run: async (call) => ask(pasteForm(call, undefined)),
};

const paste: Route = {
  who: 'staff',
  form: async (call) => pasteForm(call, call.args.id),
  async run(call, bot) {
    const { csv, id: known } = call.args;
    if (csv === undefined) return ask(pasteForm(call, known));
    const earlier = known === undefined ? undefined : (await stagedOf(call, bot, known)).value;
    const { header, rows } = readCsv(csv, earlier?.header);
    if (rows.length === 0) throw refuse('csvEmpty', {}, 'csv');
    if (rows.length + (earlier?.rows.length ?? 0) > mostRows)
      throw refuse('tooManyRows', { most: String(mostRows) }, 'csv');
    const id = known ?? bot.newId();
    await stage(call, bot, id, header, rows, earlier !== undefined);
    return showPlan(call, bot, id, Number.MAX_SAFE_INTEGER);
  },
};

async function stage(
  call: Call,
  bot: Bot,
  id: string,
  header: Header,
  rows: readonly Row[],
  isMore: boolean,
): Promise<void> {
  const collection = bot.store.collection(imports);
  const until = new Date(bot.clock.now().getTime() + keptFor).toISOString();
  const written: Staged['header'] = { delimiter: header.delimiter, columns: [...header.columns] };
  const fresh = { space: spaceId(call.by), by: call.by.person, until, header: written, rows: [...rows] };
  if (!isMore) await collection.insert(id, fresh);
  // Lines are counted through over everything that was pasted.
  else await update(collection, id, (old) => ({ ...fresh, rows: [...old.rows, ...behind(old.rows, rows)] }));
}

function behind(old: readonly Row[], rows: readonly Row[]): Row[] {
  const last = Math.max(0, ...old.map(({ line }) => line));
  return rows.map((row) => ({ ...row, line: row.line + last }));
}

/** @throws Refusal `importGone`: done, too old, or somebody else's */
async function stagedOf({ by }: Call, bot: Bot, id: string): Promise<Doc<Staged>> {
  const doc = await bot.store.collection(imports).get(id);
  const isTheirs = doc?.value.space === spaceId(by) && doc.value.by === by.person;
  if (!doc || !isTheirs || Date.parse(doc.value.until) <= bot.clock.now().getTime()) throw refuse('importGone');
  return doc;
}

const planIn = (own: Own, { rows }: Staged, { locale }: Call): Plan =>
  planOf(own, rows, locale, (id) => shippedIndex().ids.has(id));

/** @param page the last one there is when it is beyond it */
async function showPlan(call: Call, bot: Bot, id: string, page: number) {
  const staged = await stagedOf(call, bot, id);
  const plan = planIn(await freshOwnOf(bot, call.by), staged.value, call);
  const first = call.args.id === undefined ? 0 : page;
  return say(planCard(call.locale, id, plan, first, false));
}

const turn: Route = {
  who: 'staff',
  async run(call, bot) {
    const id = need(call.args, 'id');
    const staged = await stagedOf(call, bot, id);
    const plan = planIn(await freshOwnOf(bot, call.by), staged.value, call);
    return redraw(planCard(call.locale, id, plan, Number(call.args.page ?? '0'), false));
  },
};

const apply: Route = {
  who: 'staff',
  async run(call, bot) {
    const [id, digest] = [need(call.args, 'id'), need(call.args, 'd')];
    const staged = await stagedOf(call, bot, id);
    const cause = `import/${id}`;
    let plan: Plan | undefined;
    const own = await record(bot, call.by, (now, idAt) => {
      if (now.hasDone(cause)) return undefined;
      plan = planIn(now, staged.value, call);
      return plan.digest === digest ? { how: 'import', cause, changes: [...changesOf(plan, idAt)] } : undefined;
    });
    if (!own.hasDone(cause) && plan) return redraw(planCard(call.locale, id, plan, 0, true));
    await bot.store.collection(imports).remove(staged);
    if (!plan) throw refuse('importGone');
    await closeGaps(bot, call.by, plan.added);
    return redraw(importedCard(call.locale, plan.added.length, plan.changed.length));
  },
};

const discard: Route = {
  who: 'staff',
  async run(call, bot) {
    await bot.store.collection(imports).remove(await stagedOf(call, bot, need(call.args, 'id')));
    return redraw(plainCard(call.locale, 'discarded'));
  },
};

/** Forgets what was pasted and left, and what a member wants to have forgotten. */
export async function tidyImports(bot: Bot, now: Date, of?: Space & { readonly person: string }): Promise<void> {
  const collection = bot.store.collection(imports);
  for (const doc of await collection.find()) {
    const isTheirs = of && doc.value.space === spaceId(of) && doc.value.by === of.person;
    if (isTheirs || Date.parse(doc.value.until) <= now.getTime()) await collection.remove(doc);
  }
}

export const tableRoutes: Readonly<Record<string, Route>> = {
  'glossary.export': exporting,
  'glossary.import': importing,
  'glossary.paste': paste,
  'glossary.plan': turn,
  'glossary.apply': apply,
  'glossary.discard': discard,
};
