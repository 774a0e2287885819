// Languages, settings, status, privacy -> Card or Form.

import { blockedText } from '../../core/blocked-card.js';
import type { Call, LocaleSource } from '../../core/call.js';
import {
  type Block,
  bold,
  button,
  buttons,
  type Card,
  type Choice,
  channel,
  type Field,
  type Form,
  facts,
  para,
  quiet,
  type Text,
  ticksOf,
  to,
} from '../../core/card.js';
import type { Blocked } from '../../core/delivery.js';
import type { Feature, PlatformState } from '../../core/feature.js';
import { type Locale, localeNames, locales } from '../../core/locale.js';
import type { ChannelState } from '../../core/platform.js';
import { coreWords } from '../../core/words/index.js';
import { type RapporteurKey, rapporteurWords } from './words/index.js';

/** The value of a language choice that means: none of my own. */
export const followApp = 'auto';

const foundKeys = {
  chosen: 'languageChosen',
  platform: 'languageOfApp',
  channel: 'languageOfChannel',
  fallback: 'languageFallback',
} as const satisfies Record<LocaleSource, RapporteurKey>;

/**
 * @param from how the language was found
 * @param news said instead of that
 */
export function languageCard(locale: Locale, from: LocaleSource, news?: Text): Card {
  const w = rapporteurWords(locale);
  const choices: Choice[] = locales.map((value) => ({ value, label: localeNames[value] }));
  const language = bold(localeNames[locale]);
  return {
    locale,
    title: w.label('languageTitle'),
    blocks: [
      para(...(news ?? w.text(foundKeys[from], { language }))),
      {
        kind: 'select',
        label: w.label('languageSelect'),
        name: 'language',
        target: to('rapporteur.language'),
        choices: [...choices, { value: followApp, label: w.label('languageFollow') }],
        value: from === 'chosen' ? locale : followApp,
      },
    ],
  };
}

/** What an administrator may choose for the space and for the channel at hand. */
export interface Chosen {
  readonly staffChannel: string | undefined;
  readonly isStaffFixed: boolean;
  readonly channelLocale: Locale;
  readonly isMultilingual: boolean;
  /** What features let them choose for the space, filled in. */
  readonly settings: readonly Field[];
}

export function settingsForm(call: Call, chosen: Chosen): Form {
  const w = rapporteurWords(call.locale);
  const staff = call.args.staff ?? chosen.staffChannel;
  return {
    locale: call.locale,
    title: w.label('settingsTitle'),
    target: to('rapporteur.set'),
    ...(chosen.isStaffFixed ? { intro: w.text('staffChannelFixed') } : {}),
    fields: [
      ...(chosen.isStaffFixed
        ? []
        : [
            {
              name: 'staff',
              label: w.label('fieldStaff'),
              kind: 'channel' as const,
              hint: w.label('hintStaff'),
              ...(staff ? { value: staff } : {}),
            },
          ]),
      {
        name: 'language',
        label: w.label('fieldChannelLanguage'),
        kind: 'choice',
        required: true,
        hint: w.label('hintChannelLanguage'),
        value: call.args.language ?? chosen.channelLocale,
        choices: locales.map((value) => ({ value, label: localeNames[value] })),
      },
      {
        name: 'multilingual',
        label: w.label('fieldMultilingual'),
        kind: 'choice',
        required: true,
        value: call.args.multilingual ?? (chosen.isMultilingual ? 'yes' : 'no'),
        choices: [
          { value: 'no', label: w.label('multilingualNo') },
          { value: 'yes', label: w.label('multilingualYes') },
        ],
      },
      ...chosen.settings,
    ],
  };
}

/**
 * @param isStaffKept whether its field was empty. That alone takes nobody's rights: a platform shows an administrator who
 * is not in a private channel an empty field in its place.
 */
export function savedCard(locale: Locale, chosen: Chosen, isStaffKept: boolean): Card {
  const w = rapporteurWords(locale);
  return {
    locale,
    blocks: [
      para(...w.text('settingsSaved')),
      ...(isStaffKept && chosen.staffChannel ? staffStays(chosen.staffChannel, locale) : []),
      facts(
        [w.label('staffChannelIs'), [chosen.staffChannel ? channel(chosen.staffChannel) : w.label('noStaffChannel')]],
        [w.label('channelLanguageIs'), [localeNames[chosen.channelLocale]]],
        [w.label('fieldMultilingual'), w.text(chosen.isMultilingual ? 'multilingualYes' : 'multilingualNo')],
        ...chosen.settings.map(({ label, choices = [], value }) => {
          const ticked = choices.filter((choice) => ticksOf(value).includes(choice.value));
          return [label, [ticked.map((choice) => choice.label).join(' · ')]] as const;
        }),
      ),
    ],
  };
}

function staffStays(staffChannel: string, locale: Locale): readonly Block[] {
  const w = rapporteurWords(locale);
  return [
    para(...w.text('staffStays', { channel: channel(staffChannel) })),
    buttons(button(w.label('dropStaff'), to('rapporteur.unstaff'), 'danger')),
  ];
}

export function staffDroppedCard(locale: Locale): Card {
  const command = '/rapporteur settings';
  return { locale, blocks: [para(...rapporteurWords(locale).text('staffDropped', { command }))] };
}

/** What `/rapporteur status` knows. */
export interface Standing {
  readonly isStoreWell: boolean;
  readonly platforms: readonly PlatformState[];
  readonly staff: ChannelState | undefined;
  /** Channels of the space where something could not be delivered when last tried. */
  readonly blocked: readonly Blocked[];
}

export function statusCard(locale: Locale, { isStoreWell, platforms, staff, blocked }: Standing): Card {
  const w = rapporteurWords(locale);
  const core = coreWords(locale);
  const command = '/rapporteur settings';
  const ofStaff: Readonly<Record<ChannelState, RapporteurKey>> = {
    private: 'staffGood',
    public: 'staffIsPublic',
    unreachable: 'staffIsGone',
  };
  const platformRows = platforms.map(({ name, connected, lacks }) => {
    const ills = lacks.map(({ key, args }) => core.label(key, args));
    const told = connected ? (ills.length > 0 ? ills : [w.label('connected')]) : [core.label('notConnected')];
    return [name[0]?.toUpperCase() + name.slice(1), [told.join('; ')]] as const;
  });
  return {
    locale,
    title: w.label('statusTitle'),
    blocks: [
      facts([w.label('statusStore'), w.text(isStoreWell ? 'works' : 'storeSilent')], ...platformRows, [
        w.label('statusStaff'),
        w.text(staff ? ofStaff[staff] : 'staffMissing', { command }),
      ]),
      ...blocked.map((one) => quiet(...blockedText(one, locale))),
    ],
  };
}

/** The file in which a member takes along what is kept of them. */
export const privacyFile = 'my-data.json';

/** What is longer is in the file alone: a card that nobody can read says nothing, in UTF-16 units. */
const shownAtMost = 600;

/** @param kept what is kept of the member, as JSON text; undefined: nothing */
export function privacyCard(features: readonly Feature[], locale: Locale, kept: string | undefined): Card {
  const w = rapporteurWords(locale);
  const tells = features.flatMap(({ privacy: { tells: keys = [] }, words }) =>
    keys.map((key) => words(locale).text(key)),
  );
  const told: readonly Block[] =
    kept === undefined
      ? [para(...w.text('privacyNothing'))]
      : [
          ...(kept.length > shownAtMost
            ? [para(...w.text('privacyInFile', { file: bold(privacyFile) }))]
            : [para(...w.text('privacyKept')), para(kept)]),
          buttons(button(w.label('erase'), to('rapporteur.erase'), 'danger')),
        ];
  const blocks = [quiet(...w.text('privacyWhat')), ...tells.map((text) => quiet(...text)), ...told];
  return { locale, title: w.label('privacyTitle'), isFleeting: true, blocks };
}

/** What stays, as each feature tells it. */
const whatStays = (features: readonly Feature[], locale: Locale): readonly Block[] =>
  features.flatMap(({ privacy, words }) => (privacy.stays ? [quiet(...words(locale).text(privacy.stays))] : []));

export function eraseCard(features: readonly Feature[], locale: Locale): Card {
  const w = rapporteurWords(locale);
  return {
    locale,
    blocks: [
      para(...w.text('eraseAsk')),
      ...whatStays(features, locale),
      buttons(button(w.label('eraseYes'), to('rapporteur.erase', { sure: 'yes' }), 'danger')),
    ],
  };
}

export const erasedCard = (features: readonly Feature[], locale: Locale): Card => ({
  locale,
  blocks: [para(...rapporteurWords(locale).text('erased')), ...whatStays(features, locale)],
});
