// Form -> modal, and what was filled into it.
import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { Args } from '../../src/core/call.js';
import { type Field, type Form, type Text, ticksOf } from '../../src/core/card.js';
import { encodeTarget } from '../../src/core/target.js';
import { coreWords } from '../../src/core/words/index.js';
import { cleaned, clip, divide } from './clip.js';
import { limits } from './limits.js';
import { metadataOf, type Opened } from './opened.js';
import { chosenValue, label, optionOf } from './option.js';
import { richText } from './rich-text.js';

/** The action_id of every input; its block_id is the field's name. */
const inputId = 'value';

/**
 * Draws a form.
 * @param wrong what is wrong, by field; shown on top, since Slack shows complaints at fields only after a submission
 * @throws RangeError when the target or a choice carries more than Slack lets it carry
 */
export function modalOf(form: Form, opened: Opened, wrong: Args = {}): ModalView {
  const words = coreWords(form.locale);
  const top: readonly Text[] = [...complaints(form, wrong), ...(form.intro ? [form.intro] : [])];
  const blocks: KnownBlock[] = top.flatMap((text) => richText([text], form.locale).map(({ block }) => block));
  const inputs = form.fields.map(inputOf);
  return {
    type: 'modal',
    callback_id: encodeTarget(form.target),
    title: label(form.title, limits.modalTitle),
    submit: label(form.submit ?? words.label('send'), limits.modalButton),
    close: label(words.label('cancel'), limits.modalButton),
    blocks: [...blocks.slice(0, limits.viewBlocks - inputs.length), ...inputs],
    private_metadata: metadataOf(opened),
  };
}

/** One line for each thing that is wrong, with the field's label. */
export function complaints(form: Form, wrong: Args): readonly Text[] {
  return Object.entries(wrong).map(([name, text]) => {
    const field = form.fields.find((one) => one.name === name);
    return field ? [{ kind: 'bold', text: `${field.label}:` }, ' ', text] : [text];
  });
}

/** The state of a submitted view, as far as it is read (docs.slack.dev/reference/interaction-payloads/view-payload). */
export interface Filled {
  readonly [block: string]: {
    readonly [action: string]: {
      readonly value?: string | null;
      readonly selected_option?: { readonly value: string } | null;
      readonly selected_options?: readonly { readonly value: string }[] | null;
      readonly selected_conversation?: string | null;
    };
  };
}

/** One argument for each field, by name; what was left empty is empty text. */
export const filledIn = (state: Filled): Args =>
  Object.fromEntries(
    Object.entries(state).map(([name, actions]) => {
      const input = actions[inputId];
      const chosen = input?.selected_option ? chosenValue(input.selected_option.value) : undefined;
      const ticked = input?.selected_options?.map(({ value }) => chosenValue(value)).join(',');
      return [name, ticked ?? chosen ?? input?.selected_conversation ?? input?.value ?? ''];
    }),
  );

/**
 * Complaints at the fields of an open modal: Slack takes them only under block_ids of its inputs.
 * @param inputs names of the fields that the modal shows
 * @returns undefined when it shows no field at all
 */
export function errorsAt(inputs: readonly string[], wrong: Args): Record<string, string> | undefined {
  const [first] = inputs;
  if (first === undefined) return undefined;
  const errors: Record<string, string> = {};
  for (const [name, text] of Object.entries(wrong)) {
    const at = inputs.includes(name) ? name : first;
    errors[at] = errors[at] === undefined ? text : `${errors[at]} ${text}`;
  }
  return Object.fromEntries(Object.entries(errors).map(([at, text]) => [at, clip(text, limits.fieldError) || '…']));
}

function inputOf(field: Field): InputBlock {
  return {
    type: 'input',
    block_id: field.name,
    label: label(field.label, limits.label),
    optional: field.required !== true,
    ...(field.hint?.trim() ? { hint: label(field.hint, limits.hint) } : {}),
    element: elementOf(field),
  };
}

function elementOf(field: Field): InputBlock['element'] {
  if (field.kind === 'choice' && field.choices?.length) return menuOf(field.choices.map(optionOf), field.value);
  if (field.kind === 'checks' && field.choices?.length) return boxesOf(field.choices.map(optionOf), field.value);
  if (field.kind === 'channel') return channelMenu(field.value);
  const most = Math.max(1, Math.min(field.max ?? limits.input, limits.input));
  const [value] = divide(cleaned(field.value ?? ''), most);
  return {
    type: 'plain_text_input',
    action_id: inputId,
    multiline: field.kind === 'lines',
    max_length: most,
    ...(value === '' ? {} : { initial_value: value }),
  };
}

function channelMenu(value: string | undefined): InputBlock['element'] {
  return {
    type: 'conversations_select',
    action_id: inputId,
    filter: { include: ['public', 'private'], exclude_bot_users: true },
    ...(value && /^[CG][A-Z0-9]+$/.test(value) ? { initial_conversation: value } : {}),
  };
}

function boxesOf(options: readonly PlainTextOption[], value: string | undefined): InputBlock['element'] {
  const own = options.slice(0, limits.checks);
  const ticks = ticksOf(value);
  const ticked = own.filter((option) => ticks.includes(chosenValue(option.value ?? '')));
  // An empty list of them is refused.
  const initial = ticked.length > 0 ? { initial_options: ticked } : {};
  return { type: 'checkboxes', action_id: inputId, options: own, ...initial };
}

/** Up to a hundred choices in one list, more of them in groups of a hundred. */
function menuOf(options: readonly PlainTextOption[], value: string | undefined): InputBlock['element'] {
  const chosen = options.find((option) => chosenValue(option.value ?? '') === value);
  const initial = chosen ? { initial_option: chosen } : {};
  if (options.length <= limits.options) {
    return { type: 'static_select', action_id: inputId, options: [...options], ...initial };
  }
  const count = Math.min(Math.ceil(options.length / limits.options), limits.optionGroups);
  const groups = Array.from({ length: count }, (_, at) => {
    const own = options.slice(at * limits.options, (at + 1) * limits.options);
    return {
      label: label(`${at * limits.options + 1}–${at * limits.options + own.length}`, limits.optionText),
      options: own,
    };
  });
  return { type: 'static_select', action_id: inputId, option_groups: groups, ...initial };
}
