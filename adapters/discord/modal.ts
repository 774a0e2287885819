// Form -> modal, and what was filled in -> arguments.
import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APITextDisplayComponent,
  ChannelType,
  ComponentType,
  type ModalSubmitInteraction,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js';
import type { Args } from '../../src/core/call.js';
import { bold, type Field, type Form, type Text } from '../../src/core/card.js';
import { encodeCustomId } from './custom-id.js';
import { limits } from './limits.js';
import { clip, isId, pieces } from './markup.js';
import { chosen, offered } from './option.js';

/**
 * @param wrong what is wrong, by field; `''` is the whole form. A text on top says it in full where there is room beside
 * the fields; below each label there is only room for so much
 * @param guild the server it is about, when it is opened in private
 * @throws RangeError when the form's target is too long for a custom_id
 */
export function modalOf(form: Form, wrong: Args = {}, guild?: string): APIModalInteractionResponseCallbackData {
  const hasRoom = form.fields.length < limits.modalComponents;
  const [first] = form.fields;
  const noteOn = (field: Field): string | undefined =>
    wrong[field.name] || (field === first && !hasRoom ? wrong[''] : undefined) || field.hint;
  const top = hasRoom ? display(form, topOf(form, wrong)) : [];
  return {
    custom_id: encodeCustomId({ target: form.target, guild }),
    title: clip(form.title.trim() || '·', limits.modalTitle),
    components: [...top, ...form.fields.map((field) => labelled(field, noteOn(field)))],
  };
}

/** What is wrong with the form, what does not fit below its field, and what the form is about. */
function topOf({ fields, intro = [] }: Form, wrong: Args): readonly Text[] {
  const whole = wrong[''] ? [[bold(wrong[''])]] : [];
  const long = fields.flatMap(({ name, label }) => {
    const problem = wrong[name] ?? '';
    return problem.length > limits.description ? [[bold(label), ': ', problem]] : [];
  });
  return [...whole, ...long, ...(intro.length > 0 ? [intro] : [])];
}

function display({ locale }: Form, paragraphs: readonly Text[]): readonly APITextDisplayComponent[] {
  let content = '';
  for (const [at, paragraph] of paragraphs.entries()) {
    for (const [nth, piece] of pieces(paragraph, locale).entries()) {
      const more = at > 0 && nth === 0 ? `\n${piece}` : piece;
      if (content.length + more.length <= limits.display) content += more;
    }
  }
  return content.trim() === '' ? [] : [{ type: ComponentType.TextDisplay, content }];
}

const labelled = (field: Field, note: string | undefined): APILabelComponent => ({
  type: ComponentType.Label,
  label: clip(field.label.trim() || '·', limits.label),
  ...(note ? { description: clip(note, limits.description) } : {}),
  component: inputOf(field),
});

function inputOf(field: Field): APILabelComponent['component'] {
  const common = { custom_id: field.name, required: field.required ?? false };
  if (field.kind === 'choice') {
    const options = (field.choices ?? []).slice(0, limits.options).map(({ value, label }) => ({
      value: offered(value),
      label: clip(label.trim() || offered(value).trim() || '·', limits.optionLabel),
      ...(value === field.value ? { default: true } : {}),
    }));
    return { ...common, type: ComponentType.StringSelect, options };
  }
  if (field.kind === 'channel') {
    const picked = field.value && isId(field.value) ? field.value : undefined;
    return {
      ...common,
      type: ComponentType.ChannelSelect,
      channel_types: [ChannelType.GuildText],
      ...(picked ? { default_values: [{ id: picked, type: SelectMenuDefaultValueType.Channel }] } : {}),
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
