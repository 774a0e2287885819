// /acronym: explains acronyms and terms, privately, with a button to share.
import { type Answer, type Call, redraw, say } from '../../core/call.js';
import type { Choice } from '../../core/card.js';
import { type Bot, type Feature, need, type Route } from '../../core/feature.js';
import { asLocale, type Locale, localeNames, locales } from '../../core/locale.js';
import { refuse } from '../../core/refusal.js';
import { answerCard, askForm, type Manner, mostTerms, sentence, sharedCard, sharedIds, sharedNote } from './cards.js';
import { shippedGlossary as glossary } from './glossary.js';
import type { Sense } from './model.js';
import { acronymsIn } from './scan.js';
import { fold } from './search.js';
import { acronymWords } from './words/index.js';

const explain: Route = {
  typed: {
    about: 'aboutExplain',
    options: [
      { name: 'term', about: 'optionTerm', required: true, rest: true, suggests: true },
      {
        name: 'language',
        about: 'optionLanguage',
        choices: locales.map((value) => ({ value, label: localeNames[value] })),
      },
    ],
  },
  form: async (call) => askForm(call),
  async run(call) {
    const { term, language } = readAsked(need(call.args, 'term'), call.args.language);
    if (fold(term) === '') throw refuse('noLetters', {}, 'term');
    return say(answerCard(glossary.lookUp(term), mannerOf(call, language)));
  },
  suggest: async (call, option) => (option === 'term' ? completions(call.args.term ?? '', call.locale) : []),
};

/** A near miss or one of several hits was chosen. */
const show: Route = {
  async run(call) {
    const sense = glossary.byId(need(call.args, 'id'));
    if (!sense) throw refuse('oldButton');
    const senses = glossary.exact(sense.acronym);
    return redraw(answerCard([{ term: sense.acronym, senses, near: [] }], mannerOf(call, asLocale(call.args.in))));
  },
};

const share: Route = {
  async run(call, bot) {
    const senses = sharedIds(call.args).flatMap((id) => glossary.byId(id) ?? []);
    if (senses.length === 0) throw refuse('oldButton');
    const chosen = asLocale(call.args.in);
    const locale = (await bot.settings.channelLocale(call.place)) ?? 'en';
    await postShared(call, bot, senses, { locale, textLocale: chosen ?? locale });
    return redraw(sharedNote(senses, mannerOf(call, chosen)));
  },
};

/** The item in a message's menu. */
const inMessage: Route = {
  menu: 'explainAcronyms',
  async run(call): Promise<Answer> {
    const found = acronymsIn(glossary, call.args.text ?? '');
    if (found.length === 0) return say(sentence(call.locale, 'noneInMessage'));
    return say(answerCard(found, mannerOf(call)));
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
    'acronym.message': inMessage,
  },
  words: acronymWords,
  // A look-up leaves nothing behind.
  privacy: { exports: async () => undefined, erases: async () => undefined },
};

const mannerOf = (call: Call, chosen?: Locale): Manner => ({
  locale: call.locale,
  textLocale: chosen ?? call.locale,
  isChosen: chosen !== undefined && chosen !== call.locale,
});

/** `PDP in fr`, or the language as an option of its own. */
function readAsked(typed: string, option: string | undefined): { term: string; language: Locale | undefined } {
  const [, term, code] = /^(.+)\s+in\s+(\p{L}+)\s*$/isu.exec(typed) ?? [];
  if (term !== undefined && code !== undefined) {
    const language = languageNamed(code);
    if (language) return { term, language };
    // "in" may be a word of what is looked for; a two-letter word behind it is meant as a language.
    if (code.length === 2 && glossary.exact(code).length === 0) throw refuseLanguage(code);
  }
  if (option && !languageNamed(option)) throw refuseLanguage(option, 'language');
  return { term: typed, language: option ? languageNamed(option) : undefined };
}

const languageNamed = (name: string): Locale | undefined => {
  const code = locales.find((locale) => fold(localeNames[locale]) === fold(name));
  return code ?? locales.find((locale) => locale === name.toLowerCase());
};

const refuseLanguage = (typed: string, field = 'term') =>
  refuse('unknownLanguage', { typed, languages: locales.join(', ') }, field);

async function postShared(call: Call, bot: Bot, senses: readonly Sense[], manner: Manner): Promise<void> {
  const on = call.on?.message ?? bot.newId();
  const { platform, space, channel } = call.place;
  const key = ['share', platform, space, channel, on, call.args.ids].join('/');
  const delivered = await bot.outbox.once(key, call.place, sharedCard(senses.slice(0, mostTerms), call.by, manner));
  if (delivered.state === 'failed') throw refuse(delivered.obstacle === 'gone' ? 'channelGone' : 'inviteMe');
}

function completions(typed: string, locale: Locale): readonly Choice[] {
  return glossary.complete(typed, 25).map((sense) => ({
    value: sense.acronym,
    label: `${sense.acronym}: ${sense.expansion[locale] ?? sense.expansion.en ?? ''}`,
  }));
}
