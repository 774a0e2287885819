// @ts-check
// One choice out of a list on a card: a native select. A pointer's choice counts at once; on the keyboard, where every
// arrow key changes it, Enter or the button beside it does (WCAG 2.2, 3.2.2 "On Input").
import { el, freshId } from './dom.js';
import { word } from './state.js';

/**
 * @param {import('./state.js').Select} block
 * @param {import('./card.js').Press} press
 */
export function choice({ label, target, name, choices, value }, press) {
  const id = freshId('choice');
  let byKeys = false;
  const send = () => {
    if (select.value !== (value ?? '')) press(target, { [name]: select.value });
  };
  const confirm = el('button', { type: 'button', class: 'button main', hidden: true, onclick: send }, word('choose'));
  const select = el(
    'select',
    {
      id,
      class: 'select',
      'data-target': target,
      onpointerdown: () => {
        byKeys = false;
      },
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === 'Enter' && select.value !== (value ?? '')) {
          event.preventDefault();
          send();
        } else if (event.key !== 'Tab') byKeys = true;
      },
      onchange: () => {
        confirm.hidden = !byKeys || select.value === (value ?? '');
        if (!byKeys) send();
      },
    },
    value === undefined && el('option', { value: '' }, word('pleaseChoose')),
    ...choices.map((one) => el('option', { value: one.value, selected: one.value === value }, one.label)),
  );
  return el('div', { class: 'choice' }, el('label', { for: id }, label), el('span', { class: 'row' }, select, confirm));
}
