// Help, and the home page of places where no command can be typed -> Card.
import type { Role } from '../../core/call.js';
import { type Block, bold, button, buttons, type Card, facts, para, quiet, to } from '../../core/card.js';
import type { Feature } from '../../core/feature.js';
import { type Locale, localeNames } from '../../core/locale.js';
import { typedRoutes, usage } from '../../core/typed.js';
import { isolatedIn } from '../../core/wording.js';
import { rapporteurWords } from './words/index.js';

/**
 * Made from the table of routes, so that it never tells of anything else than there is.
 * @param roles those that the reader holds: what is for others would only be in their way
 */
export function helpCard(features: readonly Feature[], locale: Locale, roles: readonly Role[]): Card {
  const w = rapporteurWords(locale);
  const forAll = features.flatMap((feature) => [
    ...usages(feature, locale, 'anyone'),
    ...menus(feature, locale).map((item) => quiet(...w.text('menuHelp', { item: bold(item) }))),
  ]);
  const under = (role: Role, heading: string): readonly Block[] => {
    const lines = roles.includes(role) ? features.flatMap((feature) => usages(feature, locale, role)) : [];
    return lines.length > 0 ? [para(bold(heading)), ...lines] : [];
  };
  const forSome = [...under('staff', w.label('forStaff')), ...under('admin', w.label('forAdmins'))];
  return { locale, title: w.label('helpTitle'), blocks: [quiet(...w.text('helpIntro')), ...forAll, ...forSome] };
}

/** How what is for this role is typed, and what it does. */
function usages(feature: Feature, locale: Locale, role: Role): readonly Block[] {
  const own = feature.words(locale);
  const lines = typedRoutes(feature)
    .filter(({ route }) => (route.who ?? 'anyone') === role)
    .map((typed) => [isolatedIn(locale, usage(typed)), own.text(typed.about)] as const);
  return lines.length > 0 ? [facts(...lines)] : [];
}

const menus = ({ routes, words }: Feature, locale: Locale): readonly string[] =>
  Object.values(routes).flatMap(({ menu }) => (menu === undefined ? [] : [words(locale).label(menu)]));

/** A way to every command, for places where none can be typed. */
export function homeCard(features: readonly Feature[], locale: Locale): Card {
  const w = rapporteurWords(locale);
  const doors = features.filter(({ name }) => name !== 'rapporteur');
  return {
    locale,
    title: w.label('homeTitle'),
    blocks: [
      para(...w.text('homeIntro')),
      ...doors.flatMap((feature) => [
        para(bold(`/${feature.name}`), ' ', feature.words(locale).label(feature.about)),
        buttons(button(`/${feature.name}`, to(feature.main))),
      ]),
      para(...w.text('homeLanguage', { language: bold(localeNames[locale]) })),
      buttons(
        button(w.label('changeLanguage'), to('rapporteur.language')),
        button(w.label('allCommands'), to('rapporteur.help')),
        button(w.label('privacyButton'), to('rapporteur.privacy')),
        button(w.label('statusButton'), to('rapporteur.status')),
      ),
    ],
  };
}
