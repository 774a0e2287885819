// What menus and buttons are labelled with.
import type { PlainTextElement, PlainTextOption } from '@slack/types';
import type { Choice } from '../../src/core/card.js';
import { clip } from './clip.js';
import { limits } from './limits.js';

/** Stands for the empty value, which Slack refuses. */
const nothing = '\u2400';

/** Text that Slack draws as it stands; it refuses an empty one. */
export const label = (text: string, max: number): PlainTextElement => ({
  type: 'plain_text',
  text: clip(text, max).trim() || '…',
  emoji: false,
});

/** @throws RangeError when the value is longer than a menu carries: choices carry ids, never text */
export function optionOf({ value, label: text }: Choice): PlainTextOption {
  if (value.length > limits.optionValue) throw new RangeError(`a choice has ${value.length} characters`);
  return { text: label(text, limits.optionText), value: value === '' ? nothing : value };
}

/** The value of a choice as it was before it went to Slack. */
export const chosenValue = (value: string): string => (value === nothing ? '' : value);
