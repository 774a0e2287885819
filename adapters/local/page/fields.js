// @ts-check
// The fields of a form: each with its label, its hint and what is wrong with it, tied together for screen readers.
import { el, freshId } from './dom.js';
import { state, word } from './state.js';

/**
 * @typedef {import('./state.js').Field} Field
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control
 */

/**
 * @param {Field} field
 * @param {string} value what stands in it
 * @param {string | undefined} wrong
 */
export function drawField(field, value, wrong) {
  if (field.kind === 'checks') return drawChecks(field, value, wrong);
  const id = freshId('field');
  const hint = field.hint ? el('p', { class: 'hint', id: `${id}-hint` }, field.hint) : undefined;
  const error = el('p', { class: 'wrong', id: `${id}-wrong`, hidden: wrong === undefined }, wrong ?? '');
  const left = field.max && field.kind === 'lines' ? el('p', { class: 'left' }) : undefined;
  const control = controlOf(field, value);
  control.id = id;
  control.setAttribute('aria-describedby', [hint?.id, error.id].filter(Boolean).join(' '));
  if (wrong !== undefined) control.setAttribute('aria-invalid', 'true');
  const count = () => {
    if (left) left.textContent = `${word('charactersLeft')}: ${(field.max ?? 0) - control.value.length}`;
  };
  control.addEventListener('input', count);
  count();
  return el('div', { class: 'field' }, el('label', { for: id }, ...named(field)), hint, control, left, error);
}

/** @param {Field} field */
const named = ({ label, required }) => [
  label,
  required ? undefined : el('span', { class: 'optional' }, ` (${word('optional')})`),
];

/**
 * Boxes that are ticked each by itself: a group under one name (APG "Checkbox", WCAG 2.2 technique H71).
 * @param {Field} field
 * @param {string} value the values of what is ticked, joined by commas
 * @param {string | undefined} wrong
 */
function drawChecks(field, value, wrong) {
  const id = freshId('field');
  const hint = field.hint ? el('p', { class: 'hint', id: `${id}-hint` }, field.hint) : undefined;
  const error = el('p', { class: 'wrong', id: `${id}-wrong`, hidden: wrong === undefined }, wrong ?? '');
  const ticks = value.split(',');
  const boxes = (field.choices ?? []).map((choice) =>
    el(
      'label',
      { class: 'check' },
      el('input', {
        type: 'checkbox',
        class: 'input',
        name: field.name,
        value: choice.value,
        checked: ticks.includes(choice.value),
        'aria-invalid': wrong === undefined ? undefined : 'true',
      }),
      el('span', { dir: 'auto' }, choice.label),
    ),
  );
  const described = [hint?.id, error.id].filter(Boolean).join(' ');
  const legend = el('legend', {}, ...named(field));
  return el('fieldset', { class: 'field checks', 'aria-describedby': described }, legend, hint, ...boxes, error);
}

/** @param {Field} field @param {string} value @returns {Control} */
function controlOf(field, value) {
  const common = { name: field.name, class: 'input', 'aria-required': field.required ? 'true' : undefined };
  if (field.kind === 'choice' || field.kind === 'channel') {
    const choices = field.kind === 'choice' ? (field.choices ?? []) : channelChoices();
    // Without an empty entry a browser would choose the first one unasked.
    const isOpen = !field.required || !choices.some((one) => one.value === value);
    return el(
      'select',
      common,
      isOpen && el('option', { value: '' }, field.required ? word('pleaseChoose') : '—'),
      ...choices.map((one) => el('option', { value: one.value, selected: one.value === value }, one.label)),
    );
  }
  const text = { ...common, maxlength: field.max ?? state.outlook.maxText, dir: 'auto' };
  if (field.kind === 'line') return el('input', { ...text, type: 'text', autocomplete: 'off', value });
  return el('textarea', { ...text, rows: 4 }, value);
}

const channelChoices = () =>
  state.outlook.channels
    .filter(({ kind }) => kind !== 'direct')
    .map(({ id, kind }) => ({
      value: id,
      label: kind === 'private' ? `#${id} (${word('privateChannel')})` : `#${id}`,
    }));

/** Everything that is filled in; of a group, each box. @param {HTMLFormElement} form @returns {Control[]} */
export const controlsOf = (form) =>
  /** @type {Control[]} */ ([...form.elements].filter((one) => one.classList.contains('input')));

/** @param {Control} control */
const isBox = (control) => control instanceof HTMLInputElement && control.type === 'checkbox';

/** What is filled in, by field; of boxes, the values of those that are ticked. @param {HTMLFormElement} form */
export function typedIn(form) {
  /** @type {Record<string, string>} */
  const typed = {};
  for (const control of controlsOf(form)) {
    const { name, value } = control;
    if (!isBox(control)) typed[name] = value;
    else typed[name] = [typed[name], control.matches(':checked') && value].filter(Boolean).join(',');
  }
  return typed;
}

/** Says what is wrong, and goes to the first field that is. @param {HTMLFormElement} form @param {Record<string, string>} wrong */
export function showWrong(form, wrong) {
  for (const control of controlsOf(form)) {
    const said = control.closest('.field')?.querySelector('.wrong');
    const sentence = wrong[control.name];
    if (sentence === undefined) control.removeAttribute('aria-invalid');
    else control.setAttribute('aria-invalid', 'true');
    if (!(said instanceof HTMLElement)) continue;
    said.hidden = sentence === undefined;
    said.textContent = sentence ?? '';
  }
  controlsOf(form)
    .find((control) => wrong[control.name] !== undefined)
    ?.focus();
}
