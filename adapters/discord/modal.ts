// Form -> modal, and what was filled in -> arguments.
import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ChannelType,
  ComponentType,
  type ModalSubmitInteraction,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js';
import type { Args } from '../../src/core/call.js';
import type { Field, Form } from '../../src/core/card.js';
import { encodeCustomId } from './custom-id.js';
import { limits } from './limits.js';
import { clip } from './markup.js';
import { chosen, offered } from './option.js';

/**
 * @param wrong what is wrong, by field; `''` is the whole form. It stands below the label: a modal has no other place
 * @param guild the server it is about, when it is opened in private
 */
export function modalOf(form: Form, wrong: Args = {}, guild?: string): APIModalInteractionResponseCallbackData {
  const [first] = form.fields;
  const noteOn = (field: Field): string | undefined => wrong[field.name] ?? (field === first ? wrong[''] : undefined);
  return {
    custom_id: encodeCustomId({ target: form.target, guild }),
    title: clip(form.title, limits.modalTitle),
    components: form.fields.map((field) => labelled(field, noteOn(field) ?? field.hint)),
  };
}

const labelled = (field: Field, note: string | undefined): APILabelComponent => ({
  type: ComponentType.Label,
  label: clip(field.label, limits.label),
  ...(note ? { description: clip(note, limits.description) } : {}),
  component: inputOf(field),
});

function inputOf(field: Field): APILabelComponent['component'] {
  const common = { custom_id: field.name, required: field.required ?? false };
  if (field.kind === 'choice') {
    const options = (field.choices ?? []).slice(0, limits.options).map(({ value, label }) => ({
      value: offered(value),
      label: clip(label, limits.optionLabel),
      ...(value === field.value ? { default: true } : {}),
    }));
    return { ...common, type: ComponentType.StringSelect, options };
  }
  if (field.kind === 'channel') {
    const chosen = field.value && /^\d{17,20}$/.test(field.value) ? field.value : undefined;
    return {
      ...common,
      type: ComponentType.ChannelSelect,
      channel_types: [ChannelType.GuildText],
      ...(chosen ? { default_values: [{ id: chosen, type: SelectMenuDefaultValueType.Channel }] } : {}),
    };
  }
  const max = Math.min(field.max ?? limits.input, limits.input);
  return {
    ...common,
    type: ComponentType.TextInput,
    style: field.kind === 'lines' ? TextInputStyle.Paragraph : TextInputStyle.Short,
    max_length: max,
    ...(field.value ? { value: clip(field.value, max) } : {}),
  };
}

/** What was filled in, by field; a field that was left empty is left out. */
export function filledIn(interaction: ModalSubmitInteraction): Args {
  const entries = interaction.fields.fields.map((field) => {
    const given = 'values' in field ? field.values[0] : 'value' in field ? field.value : undefined;
    return [field.customId, typeof given === 'string' ? chosen(given) : ''] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}
