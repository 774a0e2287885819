// /acronym: explains acronyms and terms, privately, with a button to share.
import { type Answer, type Call, redraw, say } from '../../core/call.js';
import { type Choice, to } from '../../core/card.js';
import { type Bot, type Feature, need, type Route } from '../../core/feature.js';
import { asLocale, type Locale, localeNames, locales } from '../../core/locale.js';
import { refuse } from '../../core/refusal.js';
import { readAsked } from './asked.js';
import {
  answerCard,
  askForm,
  messageCard,
  messageParts,
  type SuggestTarget,
  sentence,
  sharedCard,
  sharedNote,
  translatedCard,
} from './cards.js';
import { otherNameLike } from './complete.js';
import { fold } from './fold.js';
import { idsIn } from './id-groups.js';
import { cutLastTerm, mostTerms, readable } from './look-up.js';
import type { Sense } from './model.js';
import { gapKey } from './own/gap.js';
import { noteGaps } from './own/gap-store.js';
import { ownOf } from './own/ledger.js';
import { acronymsIn } from './scan.js';
import type { Glossary } from './search.js';
import { type Manner, senseLabel } from './sense-blocks.js';
import { acronymWords } from './words/index.js';

/** What is found in the caller's space: its own entries, and what ships. */
const glossaryFor = async ({ by }: Call, bot: Bot): Promise<Glossary> => (await ownOf(bot, by)).glossary;

const explain: Route = {
  typed: {
    about: 'aboutExplain',
    options: [
      { name: 'term', about: 'optionTerm', required: true, rest: true, suggests: true },
      {
        name: 'language',
        about: 'optionLanguage',
        preposition: 'in',
        choices: locales.map((value) => ({ value, label: localeNames[value] })),
      },
    ],
  },
  form: async (call) => askForm(call),
  async run(call, bot) {
    const glossary = await glossaryFor(call, bot);
    const typed = need(call.args, 'term').trim();
    const read = readable(typed);
    const { term, language } = readAsked(glossary, read, call.args.language);
    if (fold(term) === '') throw refuse('noLetters', {}, 'term');
    const found = glossary.lookUp(term);
    await noteGaps(bot, call.by, found.slice(0, mostTerms));
    return say(answerCard(found, mannerOf(call, language), suggestion, read.length < typed.length));
  },
  async suggest(call, option, bot) {
    return option === 'term' ? completions(await glossaryFor(call, bot), call.args.term ?? '', call.locale) : [];
  },
};

/** The form in which a term that is missing is suggested: the button bears what the term is known by. */
const suggestion: SuggestTarget = (term) => {
  const gap = gapKey(term);
  return gap === undefined ? undefined : to('glossary.propose', { gap });
};

/** A near miss or one of several hits was chosen. It is told beside what was found before, which stays to be shared. */
const show: Route = {
  async run(call, bot) {
    const glossary = await glossaryFor(call, bot);
    const sense = glossary.byId(need(call.args, 'id'));
    if (!sense) throw refuse('oldButton');
    const found = { term: sense.acronym, senses: glossary.exact(sense.acronym), near: [] };
    return say(answerCard([found], mannerOf(call, asLocale(call.args.in)), suggestion));
  },
};

const share: Route = {
  async run(call, bot) {
    const senses = sensesNamed(await glossaryFor(call, bot), call);
    const chosen = asLocale(call.args.in);
    const locale = (await bot.settings.channelLocale(call.place)) ?? 'en';
    const isThere = await postShared(call, bot, senses, { locale, textLocale: chosen ?? locale });
    return redraw(sharedNote(senses, mannerOf(call, chosen), isThere));
  },
};

/** On what is shared in a multilingual channel. */
const translate: Route = {
  async run(call, bot) {
    const senses = sensesNamed(await glossaryFor(call, bot), call);
    return say(translatedCard(senses, mannerOf(call)));
  },
};

/** The senses that a button bears; those that are no longer there are left out. @throws Refusal `oldButton` for none */
function sensesNamed(glossary: Glossary, { args }: Call): readonly Sense[] {
  const senses = idsIn(args).flatMap((id) => glossary.byId(id) ?? []);
  if (senses.length === 0) throw refuse('oldButton');
  return senses;
}

/** The item in a message's menu. */
const inMessage: Route = {
  menu: 'explainAcronyms',
  async run(call, bot): Promise<Answer> {
    const met = acronymsIn(await glossaryFor(call, bot), call.args.text ?? '');
    if (met.length === 0) return say(sentence(call.locale, 'noneInMessage'));
    const parts = messageParts(met, call.locale);
    return say(messageCard(parts.first, mannerOf(call), parts));
  },
};

/** A further part of a long message; the first part stays where it is, with the buttons to the others. */
const more: Route = {
  async run(call, bot) {
    const glossary = await glossaryFor(call, bot);
    const terms = sensesNamed(glossary, call).map((sense) => {
      const senses = glossary.written(sense.acronym);
      return { senses: senses.includes(sense) ? senses : [sense] };
    });
    return say(messageCard(terms, mannerOf(call)));
  },
};

export const acronym: Feature = {
  name: 'acronym',
  about: 'about',
  main: 'acronym.explain',
  routes: {
    'acronym.explain': explain,
    'acronym.show': show,
    'acronym.share': share,
    'acronym.translate': translate,
    'acronym.message': inMessage,
    'acronym.more': more,
  },
  words: acronymWords,
  // A look-up leaves nothing of the member behind; what was not found is counted without a name.
  privacy: { exports: async () => undefined, erases: async () => undefined },
};

const mannerOf = (call: Call, chosen?: Locale): Manner => ({
  locale: call.locale,
  textLocale: chosen ?? call.locale,
  isChosen: chosen !== undefined && chosen !== call.locale,
});

/** @returns false when it is kept, and posted as soon as the platform takes it */
async function postShared(call: Call, bot: Bot, senses: readonly Sense[], manner: Manner): Promise<boolean> {
  const on = call.on?.message ?? bot.newId();
  const { platform, space, channel } = call.place;
  const key = ['share', platform, space, channel, on, call.args.ids].join('/');
  const isMultilingual = await bot.settings.isMultilingual(call.place);
  const card = sharedCard(senses, call.by, manner, isMultilingual);
  const delivered = await bot.outbox.once(key, call.place, card);
  if (delivered.state === 'failed') throw refuse(delivered.obstacle === 'gone' ? 'channelGone' : 'inviteMe');
  return delivered.state === 'sent';
}

/** So much of what stands before the last term is repeated in front of what that may become. */
const longestBefore = 40;

/** What the last of several terms may become, with the others before it: a choice replaces all that was typed. */
function completions(glossary: Glossary, typed: string, locale: Locale): readonly Choice[] {
  const { before, last } = cutLastTerm(typed);
  const shown = before.length > longestBefore ? '… ' : before;
  return glossary.complete(last, 25).map((sense) => ({
    value: `${before}${sense.acronym}`,
    label: `${shown}${senseLabel(sense, locale, otherNameLike(sense, last))}`,
  }));
}
