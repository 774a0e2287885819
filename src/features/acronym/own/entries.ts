// /glossary add, edit, remove: staff keep the space's own entries.
import { ask, type Call, say } from '../../../core/call.js';
import { type Form, to } from '../../../core/card.js';
import { type Bot, need, type Route } from '../../../core/feature.js';
import { asLocale, type Locale, localeNames, locales } from '../../../core/locale.js';
import { refuse } from '../../../core/refusal.js';
import { readAsked } from '../asked.js';
import { shippedGlossary, shippedIndex } from '../glossary.js';
import { inLanguage, type Sense } from '../model.js';
import { addition, edition, removal } from './changes.js';
import { doneCard, removeCard, whichCard } from './entry-cards.js';
import { addForm, beside, changeForm, whichForm } from './entry-forms.js';
import { closeGaps, gapTerm } from './gap-store.js';
import { freshOwnOf, ownOf, record } from './ledger.js';
import { entryFrom, isOwnId, type Kept, type Typed, termOf, written } from './model.js';
import { after, answerTo, ownTerm, suggestOwn } from './own-term.js';
import type { Own } from './state.js';

const add: Route = {
  who: 'staff',
  typed: { about: 'aboutAdd', options: [{ name: 'term', about: 'optionNewTerm', rest: true }] },
  run: async (call, bot) => ask(await newForm(call, bot)),
};

/** With what was typed, or with the gap that it is to fill. */
async function newForm(call: Call, bot: Bot): Promise<Form> {
  const term = call.args.term ?? (await gapTerm(bot, call.by, call.args.gap));
  return addForm(call, term, shippedAs(term));
}

const shippedAs = (term: string | undefined): readonly Sense[] =>
  term === undefined ? [] : shippedGlossary.exact(term.split(/[,;،，、；]/u)[0] ?? '');

const typedOf = ({ args, locale }: Call, language: Locale | undefined): Typed => ({
  term: need(args, 'term'),
  expansion: args.expansion ?? '',
  definition: args.definition,
  locale: language ?? asLocale(args.language) ?? locale,
});

const save: Route = {
  who: 'staff',
  form: newForm,
  async run(call, bot) {
    const { term, expansion, stands } = call.args;
    if (term === undefined || expansion === undefined) return ask(await newForm(call, bot));
    const entry = written(typedOf(call, undefined));
    // What ships under this name was not known when the form was opened: now it is asked where the entry is to stand.
    if (stands === undefined && shippedAs(term).length > 0) return ask(await newForm(call, bot));
    const replaces = stands === undefined || stands === beside ? undefined : stands;
    if (replaces !== undefined && !shippedIndex().ids.has(replaces)) throw refuse('unknownId');
    const whole = replaces === undefined ? entry : { ...entry, replaces };
    let id = '';
    const own = await record(bot, call.by, (now, idAt) => {
      id = idAt(0);
      return { how: 'add', changes: [addition(now, id, whole)] };
    });
    await closeGaps(bot, call.by, [whole]);
    return say(doneCard(call.locale, 'added', after(own, id)));
  },
};

const edit: Route = {
  who: 'staff',
  typed: {
    about: 'aboutEdit',
    options: [
      { name: 'term', about: 'optionTerm', required: true, rest: true, suggests: true },
      {
        name: 'language',
        about: 'optionLanguage',
        choices: locales.map((value) => ({ value, label: localeNames[value] })),
      },
    ],
  },
  form: async (call) => whichForm(call, 'glossary.edit'),
  async run(call, bot) {
    const { glossary } = await ownOf(bot, call.by);
    const { term, language } = readAsked(glossary, need(call.args, 'term'), call.args.language);
    const [first, ...others] = glossary.exact(term);
    if (!first) throw refuse('notThere', { term, command: '/glossary add' }, 'term');
    const argsFor = (sense: Sense) => ({ id: sense.id, ...(language ? { in: language } : {}) });
    if (others.length === 0) return ask(await openForm({ ...call, args: argsFor(first) }, bot));
    const choices = [first, ...others].map((sense) => ({ sense, target: to('glossary.change', argsFor(sense)) }));
    return say(whichCard(call.locale, 'whichEdit', choices));
  },
  async suggest(call, option, bot) {
    if (option !== 'term') return [];
    const { glossary } = await ownOf(bot, call.by);
    return glossary.complete(call.args.term ?? '', 25).map((sense) => ({
      value: sense.acronym,
      label: `${sense.acronym}: ${inLanguage(sense.expansion, call.locale).text}`,
    }));
  },
};

/** The form of an entry in one language, filled in with what is there; a shipped sense becomes an own entry by it. */
async function openForm(call: Call, bot: Bot): Promise<Form> {
  const own = await ownOf(bot, call.by);
  const { id, entry, rev } = subject(own, need(call.args, 'id'));
  const locale = asLocale(call.args.in) ?? call.locale;
  const rev0 = call.args.rev ?? String(rev);
  const filled = {
    term: termOf(entry, locale),
    expansion: entry.expansion[locale],
    definition: entry.definition?.[locale],
  };
  return changeForm(call, filled, { id, in: locale, rev: rev0 }, localeNames[locale]);
}

/** What is to be changed: an own entry, or a shipped sense as it would be one; revision 0 has not been changed yet. */
function subject(own: Own, id: string): Pick<Kept, 'id' | 'entry' | 'rev'> {
  const kept = isOwnId(id) ? own.entries.get(id) : own.inPlaceOf(id);
  if (kept) return kept;
  const sense = shippedIndex().ids.get(id);
  if (!sense) throw refuse('unknownId');
  return { id, entry: entryFrom(sense), rev: 0 };
}

const change: Route = {
  who: 'staff',
  form: openForm,
  async run(call, bot) {
    if (call.args.term === undefined) return ask(await openForm(call, bot));
    const [asked, rev] = [need(call.args, 'id'), Number(need(call.args, 'rev'))];
    const typed = typedOf(call, asLocale(call.args.in));
    let id = asked;
    const before = (await freshOwnOf(bot, call.by)).steps;
    const own = await record(bot, call.by, (now, idAt) => {
      if (isOwnId(asked)) return edition(now, asked, rev, (old) => written(typed, old));
      const { entry, rev: present } = subject(now, asked);
      if (present !== rev) throw refuse('changedMeanwhile');
      id = idAt(0);
      return { how: 'add', changes: [addition(now, id, written(typed, entry))] };
    });
    const kept = own.entries.get(id);
    if (kept) await closeGaps(bot, call.by, [kept.entry]);
    return say(doneCard(call.locale, own.steps === before ? 'unchanged' : 'changed', after(own, id)));
  },
};

/** Own entries that are called so, or have it as another name. @throws Refusal `notOwn` */
function ownCalled(own: Own, term: string): readonly Kept[] {
  const found = own.glossary.exact(term).flatMap(({ id }) => own.entries.get(id) ?? []);
  if (found.length === 0) throw refuse('notOwn', { term }, 'term');
  return found;
}

const remove: Route = {
  who: 'staff',
  typed: { about: 'aboutRemove', options: [ownTerm] },
  form: async (call) => whichForm(call, 'glossary.remove'),
  suggest: suggestOwn,
  run: async (call, bot) =>
    say(removeCard(call.locale, ownCalled(await freshOwnOf(bot, call.by), need(call.args, 'term')))),
};

const drop: Route = {
  who: 'staff',
  async run(call, bot) {
    const [id, rev] = [need(call.args, 'id'), Number(need(call.args, 'rev'))];
    const own = await record(bot, call.by, (now) => removal(now, id, rev));
    return answerTo(call, doneCard(call.locale, 'removed', after(own, id)));
  },
};

export const entryRoutes: Readonly<Record<string, Route>> = {
  'glossary.add': add,
  'glossary.save': save,
  'glossary.edit': edit,
  'glossary.change': change,
  'glossary.remove': remove,
  'glossary.drop': drop,
};
