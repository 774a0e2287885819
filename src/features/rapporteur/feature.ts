// /rapporteur: help, settings, language, privacy, status.
import { type Answer, ask, type Call, type Person, type Place, redraw, say, spaceId } from '../../core/call.js';
import { bold, type Card } from '../../core/card.js';
import type { Bot, Feature, Route } from '../../core/feature.js';
import { languageOf } from '../../core/language.js';
import { asLocale, type Locale, localeNames, locales } from '../../core/locale.js';
import { refuse } from '../../core/refusal.js';
import type { Settings } from '../../core/settings.js';
import { heldOf } from '../../core/typed.js';
import {
  type Chosen,
  eraseCard,
  erasedCard,
  followApp,
  languageCard,
  privacyCard,
  privacyFile,
  savedCard,
  settingsForm,
  staffDroppedCard,
  statusCard,
} from './cards.js';
import { helpCard, homeCard } from './help-cards.js';
import { rapporteurWords } from './words/index.js';

/** The answer replaces the card that was pressed on; a command gets a new one. */
const answerTo = (call: Call, card: Card): Answer => (call.on ? redraw(card) : say(card));

const help: Route = {
  typed: { about: 'aboutHelp', options: [] },
  run: async (call, bot) => say(helpCard(bot.features, call.locale, await heldOf(['staff', 'admin'], call, bot))),
};

const home: Route = { home: true, run: async (call, bot) => say(homeCard(bot.features, call.locale)) };

const language: Route = {
  typed: {
    about: 'aboutLanguage',
    options: [
      {
        name: 'language',
        about: 'optionLanguage',
        choices: [
          ...locales.map((value) => ({ value, label: localeNames[value] })),
          { value: followApp, label: followApp },
        ],
      },
    ],
  },
  async run(call, bot) {
    const typed = call.args.language;
    if (typed === undefined) return say(languageCard(call.locale, call.localeFrom));
    if (typed === followApp) {
      await bot.settings.setMemberLocale(call.by, undefined);
      const { locale, localeFrom } = await languageOf(call, bot);
      const news = localeFrom === 'platform' ? rapporteurWords(locale).text('languageFollowing') : undefined;
      return answerTo(call, languageCard(locale, localeFrom, news));
    }
    const chosen = languageNamed(typed);
    if (!chosen) throw refuse('unknownLanguage', { typed, languages: locales });
    await bot.settings.setMemberLocale(call.by, chosen);
    const news = rapporteurWords(chosen).text('languageNow', { language: bold(localeNames[chosen]) });
    return answerTo(call, languageCard(chosen, 'chosen', news));
  },
};

const languageNamed = (typed: string): Locale | undefined =>
  locales.find((locale) => localeNames[locale].toLowerCase() === typed.toLowerCase()) ?? asLocale(typed);

const settings: Route = {
  who: 'admin',
  typed: { about: 'aboutSettings', options: [] },
  run: async (call, bot) => ask(settingsForm(call, await chosenFor(call, bot))),
};

const set: Route = {
  who: 'admin',
  form: async (call, bot) => settingsForm(call, await chosenFor(call, bot)),
  async run(call, bot) {
    const { staff } = call.args;
    if (staff && !bot.settings.isStaffPlaceFixed(call.by)) {
      const { platform, space } = call.by;
      const state = await bot.channelState({ platform, space, channel: staff });
      if (state !== 'private') throw refuse(state === 'public' ? 'staffPublic' : 'staffUnreachable', {}, 'staff');
      await bot.settings.setStaffChannel(call.by, staff);
    }
    await setForChannel(call, bot);
    for (const { setting } of bot.features) await setting?.save(call, bot);
    const isStaffKept = !staff && !bot.settings.isStaffPlaceFixed(call.by);
    return say(savedCard(call.locale, await chosenFor(call, bot), isStaffKept));
  },
};

/** What was left as it stood is no choice: a thread then goes on with its channel. */
async function setForChannel({ args, place }: Call, { settings: of }: Bot): Promise<void> {
  const locale = asLocale(args.language);
  if (locale && locale !== (await channelLocaleOf(place, of))) await of.setChannelLocale(place, locale);
  const isMultilingual = args.multilingual === 'yes';
  if (args.multilingual !== undefined && isMultilingual !== (await of.isMultilingual(place)))
    await of.setMultilingual(place, isMultilingual);
}

const channelLocaleOf = async (place: Place, of: Settings): Promise<Locale> => (await of.channelLocale(place)) ?? 'en';

const unstaff: Route = {
  who: 'admin',
  async run(call, bot) {
    await bot.settings.setStaffChannel(call.by, undefined);
    return answerTo(call, staffDroppedCard(call.locale));
  },
};

async function chosenFor(call: Call, bot: Bot): Promise<Chosen> {
  return {
    staffChannel: (await bot.settings.staffPlace(call.by))?.channel,
    isStaffFixed: bot.settings.isStaffPlaceFixed(call.by),
    channelLocale: await channelLocaleOf(call.place, bot.settings),
    isMultilingual: await bot.settings.isMultilingual(call.place),
    settings: await Promise.all(bot.features.flatMap(({ setting }) => setting?.field(call, bot) ?? [])),
  };
}

const status: Route = {
  typed: { about: 'aboutStatus', options: [] },
  async run(call, bot) {
    const isStoreWell = await bot.store.check().then(
      () => true,
      () => false,
    );
    const place = isStoreWell ? await bot.settings.staffPlace(call.by) : undefined;
    const staff = place && (await bot.channelState(place));
    // People are left out: who has closed their direct messages is nobody else's business.
    const unreached = isStoreWell ? await bot.outbox.blocked(spaceId(call.by)) : [];
    const blocked = unreached.filter(({ to }) => 'channel' in to);
    return say(statusCard(call.locale, { isStoreWell, platforms: await bot.states(call.by), staff, blocked }));
  },
};

const privacy: Route = {
  typed: { about: 'aboutPrivacy', options: [] },
  async run(call, bot) {
    const kept = await exported(call.by, bot);
    const card = privacyCard(bot.features, call.locale, kept);
    if (kept === undefined) return say(card);
    return say(card, [{ name: privacyFile, type: 'application/json', body: new TextEncoder().encode(kept) }]);
  },
};

/** Everything that is kept of the person, as JSON text. */
async function exported(of: Person, bot: Bot): Promise<string | undefined> {
  const parts = await Promise.all(
    bot.features.map(async ({ name, privacy: keeps }) => [name, await keeps.exports(of, bot)] as const),
  );
  const own = ['other', await bot.ownPrivacy.exports(of)] as const;
  const kept = [...parts, own].filter(([, value]) => value !== undefined);
  return kept.length === 0 ? undefined : JSON.stringify(Object.fromEntries(kept), null, 2);
}

const erase: Route = {
  async run(call, bot) {
    if (call.args.sure !== 'yes') return answerTo(call, eraseCard(bot.features, call.locale));
    for (const { privacy: keeps } of bot.features) await keeps.erases(call.by, bot);
    await bot.ownPrivacy.erases(call.by);
    // Copies that the engine keeps of older states would outlive the erasure.
    await bot.store.forgetPast?.();
    return answerTo(call, erasedCard(bot.features, call.locale));
  },
};

export const rapporteur: Feature = {
  name: 'rapporteur',
  about: 'about',
  main: 'rapporteur.help',
  routes: {
    'rapporteur.help': help,
    'rapporteur.home': home,
    'rapporteur.language': language,
    'rapporteur.settings': settings,
    'rapporteur.set': set,
    'rapporteur.unstaff': unstaff,
    'rapporteur.status': status,
    'rapporteur.privacy': privacy,
    'rapporteur.erase': erase,
  },
  words: rapporteurWords,
  privacy: {
    async exports(of, bot) {
      const locale = await bot.settings.memberLocale(of);
      return locale && { language: locale };
    },
    erases: (of, bot) => bot.settings.setMemberLocale(of, undefined),
  },
};
