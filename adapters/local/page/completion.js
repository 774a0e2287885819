// @ts-check
// The list under a line that is being typed (APG "Combobox", list autocomplete): the focus stays in the box.
import { el, fill } from './dom.js';
import { get } from './server.js';
import { state, word } from './state.js';

/** Longer lines are no commands that want completing. */
const longest = 500;

/**
 * @typedef {{ line: string, label: string, about: string, who?: 'staff' | 'admin' }} Item
 * @typedef {{ items: Item[], hint?: { usage: string, about: string }, isUnfinished: boolean }} Found
 */

/**
 * @param {HTMLTextAreaElement} box
 * @param {(line: string) => void} take
 */
export function completion(box, take) {
  const list = el('ul', { class: 'completions', id: 'completions', role: 'listbox', hidden: true });
  const hint = el('p', { class: 'usage', id: 'usage', hidden: true });
  /** @type {Item[]} */
  let items = [];
  let active = -1;
  let asked = 0;

  /** @param {number} at */
  const point = (at) => {
    active = at;
    [...list.children].forEach((row, index) => {
      row.setAttribute('aria-selected', String(index === at));
      if (index === at) row.scrollIntoView({ block: 'nearest' });
    });
    if (at < 0) box.removeAttribute('aria-activedescendant');
    else box.setAttribute('aria-activedescendant', `completion-${at}`);
  };
  /** @param {Found} found */
  const show = (found) => {
    items = found.items;
    list.setAttribute('aria-label', word('suggestions'));
    fill(list, ...items.map((item, at) => rowOf(item, at, () => choose(at))));
    list.hidden = items.length === 0;
    list.scrollTop = 0;
    box.setAttribute('aria-expanded', String(items.length > 0));
    fill(hint, ...(found.hint ? [el('code', { dir: 'ltr' }, found.hint.usage), ` ${found.hint.about}`] : []));
    hint.hidden = !found.hint;
    point(found.isUnfinished ? 0 : -1);
  };
  const hide = () => {
    asked += 1;
    show({ items: [], isUnfinished: false });
  };
  /** @param {number} at */
  const choose = (at) => {
    const item = items[at];
    if (!item) return;
    take(item.line);
    void look();
  };
  const look = async () => {
    asked += 1;
    const mine = asked;
    const line = box.value;
    if (!line.startsWith('/') || line.length > longest || box.selectionStart !== line.length) return hide();
    const reply = await get('/local/suggest', { member: state.outlook.member, channel: state.channel, line });
    // An answer to an older line says nothing of this one.
    if (mine === asked && reply.ok) show(reply.data);
  };
  return {
    list,
    hint,
    look,
    hide,
    key: (/** @type {KeyboardEvent} */ event) => pressed(event, { items, active, point, choose, hide }),
  };
}

/**
 * @param {KeyboardEvent} event
 * @param {{ items: Item[], active: number, point(at: number): void, choose(at: number): void, hide(): void }} list
 * @returns {boolean} whether the key was for the list
 */
function pressed(event, { items, active, point, choose, hide }) {
  if (items.length === 0 || event.isComposing) return false;
  const last = items.length - 1;
  switch (event.key) {
    case 'ArrowDown':
      point(active >= last ? 0 : active + 1);
      break;
    case 'ArrowUp':
      point(active <= 0 ? last : active - 1);
      break;
    case 'Escape':
      hide();
      break;
    case 'Tab':
      if (event.shiftKey) return false;
      choose(Math.max(active, 0));
      break;
    case 'Enter':
      if (active < 0 || event.shiftKey) return false;
      choose(active);
      break;
    default:
      return false;
  }
  event.preventDefault();
  return true;
}

/** @param {Item} item @param {number} at @param {() => void} choose */
function rowOf({ label, about, who }, at, choose) {
  return el(
    'li',
    {
      id: `completion-${at}`,
      role: 'option',
      'aria-selected': 'false',
      // The box keeps the focus, also under a finger.
      onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
      onclick: choose,
    },
    el('span', { class: 'label', dir: 'auto' }, label),
    about && el('span', { class: 'about' }, about),
    who && el('span', { class: 'badge' }, word(who === 'staff' ? 'staffBadge' : 'adminBadge')),
  );
}
