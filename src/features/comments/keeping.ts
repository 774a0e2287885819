// What staff keep: adding, editing, moving, withdrawing, removing; the community's dates; the source's word or ours.
import { type Answer, ask, type Call, redraw, say } from '../../core/call.js';
import { bold, button, buttons, type Card, type Form, para, quiet, to } from '../../core/card.js';
import { type Bot, need, type Route } from '../../core/feature.js';
import { locales } from '../../core/locale.js';
import { Refusal, refuse } from '../../core/refusal.js';
import { type Doc, update } from '../../core/store.js';
import { readAddress } from './address.js';
import { sentence } from './cards.js';
import { clipped, idText, stepKeys } from './display.js';
import { finderFor, proceedings, setUsualSteps, usualSteps } from './documents.js';
import { addressIn, categoryIn, closingIn, editedFacts, linkedFacts } from './filled.js';
import { addForm, editForm, extendForm, linksForm, stepsForm } from './forms.js';
import { readSteps, type Usual, usual } from './milestones.js';
import {
  closingInstant,
  type Facts,
  factsOf,
  factsSchema,
  idOf,
  type Moment,
  type Proceeding,
  shortId,
} from './model.js';
import {
  added,
  caseIn,
  edited,
  listedAgain,
  oursKept,
  removed,
  rescheduled,
  sourceTaken,
  withCase,
  withdrawn,
} from './proceedings.js';
import { differenceCard } from './staff-cards.js';
import { idOption, meant, picking, shown, suggestId } from './view.js';
import { type CommentsKey, commentsWords } from './words/index.js';

type Changed = (old: Proceeding) => Proceeding;

/** Changes it, and shows it as it is then. */
async function change(call: Call, bot: Bot, doc: Doc<Proceeding>, how: Changed, key: CommentsKey): Promise<Answer> {
  const after = await update(proceedings(bot), doc.id, how);
  const w = commentsWords(call.locale);
  const hasMoved = after.value.sequence > doc.value.sequence;
  return shown(call, after, bot, [...w.text(key), ...(hasMoved ? [' ', ...w.text('movesTold')] : [])]);
}

export const add: Route = {
  who: 'staff',
  typed: { about: 'aboutAdd', options: [{ name: 'address', about: 'optionAddress' }] },
  async run(call, bot) {
    const { address = '' } = call.args;
    const slug = readAddress(address)?.slug;
    if (slug !== undefined) await needNew(call, { slug, facts: { address } }, bot);
    return ask(addForm(call));
  },
};

/** @returns the one that was removed before, if it was */
async function needNew(
  call: Call,
  item: { readonly slug: string; readonly facts: Pick<Facts, 'address'> },
  bot: Bot,
): Promise<Doc<Proceeding> | undefined> {
  const known = (await finderFor(call.by, bot))(item);
  if (known && !known.value.isRemoved) throw refuse('alreadyThere', { id: `ID ${shortId(known.id)}` }, 'address');
  return known;
}

export const addedRoute: Route = {
  who: 'staff',
  form: async (call) => addForm(call),
  async run(call, bot) {
    const address = addressIn(call.args, 'address');
    const read = address === undefined ? undefined : readAddress(address);
    if (!read) throw refuse('badAddress', {}, 'address');
    const opening: Moment | undefined = read.opening ? { on: read.opening, zone: 'UTC', exact: 'date' } : undefined;
    const facts = factsIn(call, { address, opening, ...closingIn(call.args) });
    const [old, now] = [await needNew(call, { slug: read.slug, facts }, bot), bot.clock.now()];
    const note: CommentsKey = opening ? 'added' : 'addedWithoutOpening';
    const back = (one: Proceeding): Proceeding => restored(one, facts, call, now);
    if (old) return change(call, bot, old, back, note);
    const made = added(read.slug, { staff: facts, space: call.by }, now);
    const id = idOf(made.scope, read.slug);
    // Whoever pressed twice finds what the first press has put there.
    await proceedings(bot).insert(id, made);
    return shown(call, { id, rev: 1, value: made }, bot, commentsWords(call.locale).text(note));
  },
};

/** One that was removed, listed again under what was typed now. */
function restored(old: Proceeding, { closing, ...facts }: Facts, call: Call, now: Date): Proceeding {
  const back = edited(listedAgain(old, now), facts, call.by, now);
  return closing ? rescheduled(back, closing, call.by, now) : back;
}

/** @throws Refusal at the field that is wrong */
function factsIn(call: Call, dates: Partial<Record<keyof Facts, unknown>>): Facts {
  const given = {
    title: (call.args.title ?? '').trim().slice(0, 300),
    category: categoryIn(call.args),
    requester: call.args.requester?.trim().slice(0, 120) || undefined,
    ...dates,
  };
  const read = factsSchema.safeParse(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
  if (!read.success) throw refuse('badField', {}, String(read.error.issues[0]?.path[0] ?? ''));
  needOrder(read.data);
  return read.data;
}

/** @throws Refusal where it would close before it opens */
function needOrder({ opening, closing }: Pick<Facts, 'opening' | 'closing'>): void {
  if (!opening || !closing) return;
  if (closingInstant(closing) <= closingInstant({ ...opening, time: opening.time ?? '00:00' })) {
    throw refuse('closesBeforeOpening', {}, 'closing');
  }
}

/** A route that takes what a form about one proceeding says. */
const taking = (form: (call: Call, doc: Doc<Proceeding>) => Form, run: Route['run']): Route => ({
  who: 'staff',
  form: async (call, bot) => form(call, await meant(call, bot)),
  run,
});

/** A route that opens such a form. */
const opening = (
  about: string | undefined,
  route: string,
  form: (call: Call, doc: Doc<Proceeding>) => Form,
): Route => ({
  who: 'staff',
  ...(about ? { typed: { about, options: [idOption] } } : {}),
  form: picking(route),
  suggest: suggestId,
  run: async (call, bot) => ask(form(call, await meant(call, bot))),
});

export const edit = opening('aboutEdit', 'comments.edit', (call, doc) => editForm(call, doc));
export const links = opening(undefined, 'comments.links', (call, doc) => linksForm(call, doc));

export const editedRoute = taking(editForm, async (call, bot) => {
  const [doc, facts] = [await meant(call, bot), editedFacts(call.args)];
  if (!facts.title) throw refuse('badField', {}, 'title');
  needOrder({ opening: facts.opening, closing: factsOf(doc.value).closing });
  return change(call, bot, doc, (old) => edited(old, facts, call.by, bot.clock.now()), 'saved');
});

export const linked = taking(linksForm, async (call, bot) => {
  const [doc, facts] = [await meant(call, bot), linkedFacts(call.args)];
  return change(call, bot, doc, (old) => edited(old, facts, call.by, bot.clock.now()), 'saved');
});

const extendTo: Route['run'] = async (call, bot) => {
  const doc = await meant(call, bot);
  const { closing } = closingIn(call.args);
  if (!closing) throw refuse('badMoment', { typed: call.args.closing ?? '' }, 'closing');
  needOrder({ opening: factsOf(doc.value).opening, closing });
  return change(call, bot, doc, (old) => rescheduled(old, closing, call.by, bot.clock.now()), 'moved');
};

/** With a date that cannot be taken, the form that moves the closing; which one is asked only where that is not known. */
async function dateForm(call: Call, bot: Bot): Promise<Form> {
  try {
    if (call.args.closing) return extendForm(call, await meant(call, bot));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return picking('comments.extend')(call, bot);
}

/** With a date at once, without one by a form. */
export const extend: Route = {
  who: 'staff',
  typed: {
    about: 'aboutExtend',
    options: [
      { name: 'id', about: 'optionId', required: true, suggests: true },
      { name: 'closing', about: 'optionClosing', rest: true },
    ],
  },
  form: dateForm,
  suggest: suggestId,
  async run(call, bot) {
    if (call.args.closing) return extendTo(call, bot);
    return ask(extendForm(call, await meant(call, bot)));
  },
};

export const extended = taking(extendForm, extendTo);

/** Withdrawn by ICANN, or entered by mistake: asked, since both are told to channels. */
export const remove: Route = {
  who: 'staff',
  typed: { about: 'aboutRemove', options: [idOption] },
  form: picking('comments.remove'),
  suggest: suggestId,
  async run(call, bot) {
    const { id, value } = await meant(call, bot);
    const w = commentsWords(call.locale);
    const card: Card = {
      locale: call.locale,
      title: w.label('remove'),
      blocks: [
        para(bold(clipped(factsOf(value).title, 250)), ' · ', idText(w, id)),
        para(...w.text('removeAsk')),
        quiet(...w.text('movesTold')),
        buttons(
          button(w.label('withdraw'), to('comments.withdraw', { id }), 'danger'),
          button(w.label('removeMistake'), to('comments.removed', { id }), 'danger'),
        ),
      ],
    };
    return say(card);
  },
};

export const withdraw: Route = {
  who: 'staff',
  run: async (call, bot) =>
    change(call, bot, await meant(call, bot), (old) => withdrawn(old, call.by, bot.clock.now()), 'nowWithdrawn'),
};

export const removedRoute: Route = {
  who: 'staff',
  async run(call, bot) {
    const { id } = await meant(call, bot);
    await update(proceedings(bot), id, (old) => removed(old, bot.clock.now()));
    const card = sentence(call.locale, commentsWords(call.locale).text('nowRemoved'));
    return call.on ? redraw(card) : say(card);
  },
};

/** Which usual step a name stands for, in whatever language it is written. */
const usualNamed = (name: string): Usual | undefined => {
  const folded = name.trim().toLowerCase();
  return usual.find((key) =>
    [key, ...locales.map((locale) => commentsWords(locale).label(stepKeys[key]).toLowerCase())].includes(folded),
  );
};

async function datesForm(call: Call, bot: Bot): Promise<Form> {
  const usualOnes = await usualSteps(call.by, bot);
  if (!call.args.id) return stepsForm(call, usualOnes);
  const doc = await meant(call, bot);
  return stepsForm(call, caseIn(doc.value, call.by).steps ?? usualOnes, doc.id);
}

export const dates: Route = {
  who: 'staff',
  typed: { about: 'aboutDates', options: [{ ...idOption, required: false }] },
  suggest: suggestId,
  run: async (call, bot) => ask(await datesForm(call, bot)),
};

export const dated: Route = {
  who: 'staff',
  form: datesForm,
  async run(call, bot) {
    const read = readSteps(call.args.steps ?? '', usualNamed, bot.clock.now());
    if ('line' in read) throw refuse('badLine', { line: String(read.line) }, 'steps');
    if (call.args.id) {
      const doc = await meant(call, bot);
      return change(
        call,
        bot,
        doc,
        (old) => withCase(old, call.by, (one) => ({ ...one, steps: [...read] })),
        'datesSaved',
      );
    }
    await setUsualSteps(call.by, read, bot);
    return say(sentence(call.locale, commentsWords(call.locale).text('datesSaved')));
  },
};

/** `Take the source's` and `Keep ours`: the card is drawn anew, as what differed may have changed meanwhile. */
const settling = (how: (old: Proceeding, now: Date) => Proceeding): Route => ({
  who: 'staff',
  async run(call, bot) {
    const { id } = await meant({ ...call, args: { id: need(call.args, 'id') } }, bot);
    const after = await update(proceedings(bot), id, (old) => how(old, bot.clock.now()));
    const staff = await bot.settings.staffPlace(call.by);
    const locale = (staff && (await bot.settings.channelLocale(staff))) ?? 'en';
    return call.on ? redraw(differenceCard(after, locale)) : say(differenceCard(after, call.locale));
  },
});

export const take = settling(sourceTaken);
export const keep = settling(oursKept);
