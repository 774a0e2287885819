// Interaction -> Call.
import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
} from 'discord.js';
import type { Args, Incoming, Target } from '../../src/core/call.js';
import type { Feature } from '../../src/core/feature.js';
import { typedRoutes } from '../../src/core/typed.js';
import { decodeCustomId } from './custom-id.js';
import { filledIn } from './modal.js';
import { chosen } from './option.js';

/** @returns undefined for what is not ours to answer */
export function incomingOf(interaction: Interaction, features: readonly Feature[]): Incoming | undefined {
  const asked = askedBy(interaction, features);
  const space = interaction.guildId ?? asked?.guild;
  if (!asked || space === undefined) return undefined;
  const { channel } = interaction;
  const parent = channel?.isThread() ? channel.parentId : null;
  const place = { platform: 'discord', space, channel: interaction.channelId ?? '', ...(parent ? { parent } : {}) };
  const on =
    'message' in interaction && interaction.message ? { ...place, message: interaction.message.id } : undefined;
  return {
    ...asked.target,
    by: { platform: 'discord', space, person: interaction.user.id },
    place,
    platformLocale: interaction.locale,
    ...(on ? { on } : {}),
  };
}

interface Asked {
  readonly target: Target;
  readonly guild?: string | undefined;
}

function askedBy(interaction: Interaction, features: readonly Feature[]): Asked | undefined {
  if (interaction.isChatInputCommand() || interaction.isAutocomplete())
    return { target: typedTarget(interaction, features) };
  if (interaction.isMessageContextMenuCommand()) {
    const to = menuRoute(interaction.commandName, features);
    return { target: { to: to ?? interaction.commandName, args: { text: interaction.targetMessage.content } } };
  }
  if (interaction.isButton()) return decodeCustomId(interaction.customId);
  if (interaction.isStringSelectMenu()) {
    const { target, guild, name } = decodeCustomId(interaction.customId);
    const choice: Args = name === undefined ? {} : { [name]: chosen(interaction.values[0] ?? '') };
    return { target: { ...target, args: { ...target.args, ...choice } }, guild };
  }
  if (interaction.isModalSubmit()) {
    const { target, guild } = decodeCustomId(interaction.customId);
    return { target: { ...target, args: { ...target.args, ...filledIn(interaction) } }, guild };
  }
  return undefined;
}

function typedTarget(
  interaction: ChatInputCommandInteraction | AutocompleteInteraction,
  features: readonly Feature[],
): Target {
  const verb = interaction.options.getSubcommand(false);
  const feature = features.find(({ name }) => name === interaction.commandName);
  const to = verb === null ? (feature?.main ?? interaction.commandName) : `${interaction.commandName}.${verb}`;
  const [first] = interaction.options.data;
  const given =
    first?.type === ApplicationCommandOptionType.Subcommand ? (first.options ?? []) : interaction.options.data;
  const isTyped = feature && typedRoutes(feature).some((typed) => typed.to === to);
  return {
    to: isTyped ? to : interaction.commandName,
    args: Object.fromEntries(given.map(({ name, value }) => [name, String(value ?? '')])),
  };
}

const menuRoute = (name: string, features: readonly Feature[]): string | undefined =>
  features
    .flatMap((feature) => Object.entries(feature.routes).map(([to, { menu }]) => ({ to, menu, feature })))
    .find(({ menu, feature }) => menu !== undefined && feature.words('en').label(menu) === name)?.to;
