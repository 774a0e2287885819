// /glossary suggest, and what staff do with a suggestion.
import { type Answer, ask, type Call, personId, redraw, say } from '../../../core/call.js';
import { faultFacts } from '../../../core/fault.js';
import { type Bot, need, type Route } from '../../../core/feature.js';
import { asLocale } from '../../../core/locale.js';
import { refuse } from '../../../core/refusal.js';
import { type Doc, update, upsert } from '../../../core/store.js';
import { fold } from '../fold.js';
import { gapTerm } from './gap-store.js';
import { ownOf } from './ledger.js';
import { type Entry, written } from './model.js';
import { conclude, showStaff } from './outcome.js';
import {
  countedToday,
  type Decision,
  dayOf,
  decided,
  joined,
  meant,
  type Suggestion,
  suggested,
  suggesters,
  suggestionId,
  suggestionKey,
  suggestions,
  type Wording,
} from './suggestion.js';
import {
  amendForm,
  type Handle,
  longestMet,
  longestReason,
  rejectForm,
  staffCard,
  suggestForm,
  thanksCard,
  tooLateCard,
} from './suggestion-cards.js';

const openForm = async (call: Call, bot: Bot) => suggestForm(call, await gapTerm(bot, call.by, call.args.gap));

const suggest: Route = {
  typed: { about: 'aboutSuggest', options: [{ name: 'term', about: 'optionNewTerm', rest: true }] },
  run: async (call, bot) => ask(await openForm(call, bot)),
};

const propose: Route = {
  form: openForm,
  async run(call, bot) {
    if (call.args.term === undefined) return ask(await openForm(call, bot));
    const wording = readWording(call);
    const place = await bot.settings.staffPlace(call.by);
    if (!place) throw refuse('noStaff', { command: '/rapporteur settings' });
    await refuseKnown(call, bot, wording);
    const collection = bot.store.collection(suggestions);
    const now = bot.clock.now();
    const staff = { channel: place.channel, locale: (await bot.settings.channelLocale(place)) ?? 'en' };
    const fresh = suggested(wording, call.by, call.locale, staff, now, 1);
    const before = meant(await collection.find({ space: fresh.space, state: 'open' }), wording);
    if (before && joined(before.value, fresh) === before.value)
      return say(thanksCard(call.locale, wording.term, 'thanksAgain'));
    const key = before ? before.id.slice(fresh.space.length + 1) : suggestionKey(wording);
    await upsert(bot.store.collection(suggesters), personId(call.by), { day: dayOf(now), count: 0 }, (old) =>
      countedToday(old, now),
    );
    const doc = await upsert(collection, suggestionId(call.by, key), fresh, (old) => joined(old, fresh));
    await showStaff(bot, call.by, key, doc);
    return say(thanksCard(call.locale, wording.term, doc.value.by.length > 1 ? 'thanksJoined' : 'thanks'));
  },
};

/** @throws Refusal `noName`, `tooLong` */
function readWording({ args, locale }: Call): Wording {
  const typed = (name: string): string => (args[name] ?? '').trim();
  const wording = {
    term: typed('term')
      .replace(/[,;،，、；].*$/su, '')
      .trim(),
    expansion: typed('expansion'),
    definition: typed('definition'),
    met: typed('met').slice(0, longestMet),
    locale: asLocale(args.language) ?? locale,
  };
  // Checked as an entry is, so that what is accepted can be entered; what it stands for may be left to staff.
  written({ ...wording, expansion: wording.expansion || wording.term });
  return wording;
}

async function refuseKnown({ by }: Call, bot: Bot, { term, expansion }: Wording): Promise<void> {
  const known = (await ownOf(bot, by)).glossary.exact(term);
  const isKnown = known.some(
    (sense) => expansion === '' || Object.values(sense.expansion).some((text) => fold(text) === fold(expansion)),
  );
  if (isKnown) throw refuse('alreadyThere', { term, command: `/acronym ${term}` }, 'term');
}

const handleOf = ({ args }: Call): Handle => ({ key: need(args, 'key'), round: Number(need(args, 'n')) });

/** The suggestion that a button is about. @throws Refusal `unknownId` */
async function suggestionOf(call: Call, bot: Bot): Promise<Doc<Suggestion>> {
  const { key, round } = handleOf(call);
  const doc = await bot.store.collection(suggestions).get(suggestionId(call.by, key));
  if (!doc || doc.value.round !== round) throw refuse('unknownId');
  return doc;
}

/** The card as it stands; who comes second is told who was quicker, and when. */
function shown(call: Call, { value, rev }: Doc<Suggestion>, isLate: boolean): Answer {
  const note = isLate && value.decision ? { note: tooLateCard(value.decision, call.by, call.locale) } : {};
  return redraw(staffCard(value, handleOf(call), call.by), { rev, ...note });
}

async function decide(call: Call, bot: Bot, what: Pick<Decision, 'entry' | 'reason' | 'isEdited'>): Promise<Answer> {
  const { key, round } = handleOf(call);
  const [id, at] = [bot.newId(), bot.clock.now().toISOString()];
  const collection = bot.store.collection(suggestions);
  const doc = await update(collection, suggestionId(call.by, key), (old) =>
    decided(old, round, { id, by: call.by.person, at, ...what }),
  );
  if (doc.value.decision?.id !== id) return shown(call, doc, true);
  // The decision stands; what follows from it is finished at the next beat where it cannot be now.
  const after = await conclude(bot, call.by, key, doc).catch((error: unknown) => {
    bot.log.warn(faultFacts(error), 'a decision on a suggestion was not carried through yet');
    return doc;
  });
  return shown(call, after, false);
}

/** The form of a press, unless somebody has decided already. */
async function orLate(call: Call, bot: Bot, answer: (suggestion: Suggestion) => Answer | Promise<Answer>) {
  const doc = await suggestionOf(call, bot);
  return doc.value.state === 'open' ? answer(doc.value) : shown(call, doc, true);
}

/** Whether the card that was pressed on showed less than there is by now: nobody accepts what they have not seen. */
const isNewer = ({ version }: Suggestion, { args }: Call): boolean => (args.v ?? '0') !== String(version);

const accept: Route = {
  who: 'staff',
  run: (call, bot) =>
    orLate(call, bot, (suggestion) =>
      suggestion.expansion === '' || isNewer(suggestion, call)
        ? ask(amendForm(call, suggestion, handleOf(call)))
        : decide(call, bot, { entry: written(suggestion), isEdited: false }),
    ),
};

const amend: Route = {
  who: 'staff',
  run: (call, bot) => orLate(call, bot, (suggestion) => ask(amendForm(call, suggestion, handleOf(call)))),
};

const amended: Route = {
  who: 'staff',
  form: async (call, bot) => amendForm(call, (await suggestionOf(call, bot)).value, handleOf(call)),
  run: (call, bot) => decide(call, bot, { entry: readEntry(call), isEdited: true }),
};

const readEntry = ({ args, locale }: Call): Entry =>
  written({
    term: need(args, 'term'),
    expansion: args.expansion ?? '',
    definition: args.definition,
    locale: asLocale(args.language) ?? locale,
  });

const termOf = async (call: Call, bot: Bot): Promise<string> => (await suggestionOf(call, bot)).value.term;

const reject: Route = {
  who: 'staff',
  run: (call, bot) => orLate(call, bot, ({ term }) => ask(rejectForm(call, term, handleOf(call)))),
};

const rejected: Route = {
  who: 'staff',
  form: async (call, bot) => rejectForm(call, await termOf(call, bot), handleOf(call)),
  async run(call, bot) {
    const reason = (call.args.reason ?? '').trim().slice(0, longestReason);
    if (reason === '') throw refuse('noReason', {}, 'reason');
    return decide(call, bot, { reason, isEdited: false });
  },
};

export const suggestionRoutes: Readonly<Record<string, Route>> = {
  'glossary.suggest': suggest,
  'glossary.propose': propose,
  'glossary.accept': accept,
  'glossary.amend': amend,
  'glossary.amended': amended,
  'glossary.reject': reject,
  'glossary.rejected': rejected,
};
