// The table of routes -> slash commands and message commands, in every language that Discord has and we have.
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  Locale as DiscordLocale,
  InteractionContextType,
  type LocalizationMap,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { Feature, Option } from '../../src/core/feature.js';
import type { Locale } from '../../src/core/locale.js';
import { type Typed, typedRoutes } from '../../src/core/typed.js';
import { limits } from './limits.js';
import { clip } from './markup.js';

/** Discord knows no Arabic; English is given under its own names, else those readers get another language's text. */
const discordLocales: readonly (readonly [DiscordLocale, Locale])[] = [
  [DiscordLocale.EnglishUS, 'en'],
  [DiscordLocale.EnglishGB, 'en'],
  [DiscordLocale.French, 'fr'],
  [DiscordLocale.SpanishES, 'es'],
  [DiscordLocale.SpanishLATAM, 'es'],
  [DiscordLocale.ChineseCN, 'zh'],
  [DiscordLocale.ChineseTW, 'zh'],
  [DiscordLocale.Russian, 'ru'],
  [DiscordLocale.PortugueseBR, 'pt'],
];

const installed = {
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};

/**
 * Everything that is registered; never a command with both options and subcommands, which Discord refuses.
 * @throws RangeError when a command is longer than Discord takes: with one of them no command would be registered
 */
export function discordCommands(features: readonly Feature[]): readonly RESTPostAPIApplicationCommandsJSONBody[] {
  const commands = features.flatMap((feature) => [...slashCommand(feature), ...menuCommands(feature)]);
  const long = commands.find((command) => lengthOf(command) > limits.command);
  if (long) throw new RangeError(`/${long.name} has ${lengthOf(long)} characters`);
  return commands;
}

type Localized = Readonly<Record<string, string | null | undefined>> | null | undefined;

interface Measured {
  readonly name: string;
  readonly name_localizations?: Localized;
  readonly description?: string | undefined;
  readonly description_localizations?: Localized;
  readonly value?: unknown;
  readonly options?: readonly object[] | undefined;
  readonly choices?: readonly object[] | undefined;
}

/** Characters as Discord counts them: names, descriptions in their longest language, and values, of all that it holds. */
function lengthOf(one: Measured): number {
  const longest = (text: string | undefined, localizations: Localized): number =>
    Math.max(...[text, ...Object.values(localizations ?? {})].map((each) => each?.length ?? 0));
  const own =
    longest(one.name, one.name_localizations) +
    longest(one.description, one.description_localizations) +
    String(one.value ?? '').length;
  return [...(one.options ?? []), ...(one.choices ?? [])].reduce((sum, part) => sum + lengthOf(part as Measured), own);
}

function slashCommand(feature: Feature): readonly RESTPostAPIApplicationCommandsJSONBody[] {
  const routes = typedRoutes(feature);
  const [main] = routes;
  if (!main) return [];
  const options = main.isOnly ? optionsOf(main) : routes.map((typed) => subcommand(typed));
  return [
    {
      type: ApplicationCommandType.ChatInput,
      name: feature.name,
      ...described(feature, main.isOnly ? main.about : feature.about),
      options,
      ...installed,
    },
  ];
}

const subcommand = (typed: Typed): APIApplicationCommandSubcommandOption => ({
  type: ApplicationCommandOptionType.Subcommand,
  name: typed.verb,
  ...described(typed.feature, typed.about),
  options: [...optionsOf(typed)],
});

/** Required ones first, as Discord wants them. */
const optionsOf = ({ feature, options }: Typed): APIApplicationCommandBasicOption[] =>
  [...options]
    .sort((a, b) => Number(b.required ?? false) - Number(a.required ?? false))
    .map((option) => ({
      type: ApplicationCommandOptionType.String,
      name: option.name,
      ...described(feature, option.about),
      required: option.required ?? false,
      ...choicesOf(option),
    }));

const choicesOf = ({ suggests, choices }: Option) =>
  suggests
    ? { autocomplete: true as const }
    : {
        ...(choices
          ? {
              choices: choices
                .slice(0, limits.choices)
                .map(({ value, label }) => ({ value, name: clip(label, limits.choice) })),
            }
          : {}),
      };

function described(feature: Feature, key: string): { description: string; description_localizations: LocalizationMap } {
  const { text, localizations } = localized(feature, key, limits.commandDescription);
  return { description: text, description_localizations: localizations };
}

/** A text in English and, where it was translated, in Discord's locales. */
function localized(feature: Feature, key: string, most: number): { text: string; localizations: LocalizationMap } {
  const text = clip(feature.words('en').label(key), most);
  const entries = discordLocales.flatMap(([name, locale]) => {
    const own = clip(feature.words(locale).label(key), most);
    return locale === 'en' || own !== text ? [[name, own] as const] : [];
  });
  return { text, localizations: Object.fromEntries(entries) };
}

const menuCommands = (feature: Feature): readonly RESTPostAPIApplicationCommandsJSONBody[] =>
  Object.values(feature.routes).flatMap(({ menu }) => {
    if (menu === undefined) return [];
    const { text, localizations } = localized(feature, menu, limits.menuName);
    return [
      { type: ApplicationCommandType.Message, name: text, name_localizations: localizations, ...installed } as const,
    ];
  });
