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
import { bold, type Field, type Form, type Text, ticksOf } from '../../src/core/card.js';
import { encodeCustomId } from './custom-id.js';
import { limits } from './limits.js';
import { clip, isId, pieces } from './markup.js';
import { chosen, offered } from './option.js';

/**
 * @param wrong what is wrong, by field; `''` is the whole form. A text on top says it in full, and what the form is about,
 * where there is room beside the fields, for it counts as one; below each label there is only room for so much
 * @param guild the server it is about, when it is opened in private
 * @throws RangeError when the form's target is too long for a custom_id
 */
export function modalOf(form: Form, wrong: Args = {}, guild?: string): APIModalInteractionResponseCallbackData {
  const hasRoom = form.fields.length < limits.modalComponents;
  const [first] = form.fields;
  const ownNote = (field: Field): string | undefined =>
    wrong[field.name] || (field === first && !hasRoom ? wrong[''] : undefined) || field.hint;
  // Without room on top the introduction stands below the first label that has nothing else to say.
  const host = hasRoom ? undefined : form.fields.find((field) => !ownNote(field));
  const noteOn = (field: Field): string | undefined => (field === host ? plainOf(form.intro) : ownNote(field));
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

/** A description is plain text. */
const plainOf = (text: Text = []): string =>
  text.map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : '')).join('');

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
    const options = optionsOf(field, limits.options, (value) => value === field.value);
    return { ...common, type: ComponentType.StringSelect, options };
  }
  if (field.kind === 'checks') {
    const ticks = ticksOf(field.value);
    const options = optionsOf(field, limits.checks, (value) => ticks.includes(value));
    // Said in full: Discord takes it for granted that one has to be ticked.
    const bounds = { min_values: common.required ? 1 : 0, max_values: options.length };
    return { ...common, type: ComponentType.CheckboxGroup, ...bounds, options };
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

/** The first choices, as many as there is room for. */
const optionsOf = ({ choices = [] }: Field, most: number, isChosen: (value: string) => boolean) =>
  choices.slice(0, most).map(({ value, label }) => ({
    value: offered(value),
    label: clip(label.trim() || offered(value).trim() || '·', limits.optionLabel),
    ...(isChosen(value) ? { default: true } : {}),
  }));

/** What was filled in, by field; one that was left empty is left out, but for boxes of which none is ticked any more. */
export function filledIn({ fields }: Pick<ModalSubmitInteraction, 'fields'>): Args {
  const filled = fields.fields.map((field): readonly [string, string] | undefined => {
    if (field.type === ComponentType.CheckboxGroup) return [field.customId, field.values.map(chosen).join(',')];
    const given = 'values' in field ? field.values[0] : 'value' in field ? field.value : undefined;
    return typeof given === 'string' && chosen(given) !== '' ? [field.customId, chosen(given)] : undefined;
  });
  return Object.fromEntries(filled.filter((one) => one !== undefined));
}
