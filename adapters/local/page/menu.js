// @ts-check
// The menu of a message (APG "Menu Button"): arrow keys move, Escape closes and gives the focus back.
import { el, freshId, icon } from './dom.js';
import { word } from './state.js';

let close = () => {};

document.addEventListener('pointerdown', (event) => {
  if (event.target instanceof Element && !event.target.closest('.menu-place')) close();
});

/**
 * @param {readonly { to: string, label: string }[]} items
 * @param {(to: string) => void} choose
 */
export function menuButton(items, choose) {
  if (items.length === 0) return undefined;
  const id = freshId('menu');
  const button = el(
    'button',
    {
      type: 'button',
      class: 'icon more',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'aria-label': word('moreActions'),
      title: word('moreActions'),
      onclick: () => (button.getAttribute('aria-expanded') === 'true' ? close() : open()),
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        open();
      },
    },
    icon('more'),
  );
  const place = el('div', { class: 'menu-place' }, button);
  const open = () => {
    close();
    const menu = menuOf(items, (to) => {
      close();
      choose(to);
    });
    menu.id = id;
    button.setAttribute('aria-expanded', 'true');
    button.setAttribute('aria-controls', id);
    place.append(menu);
    const room = innerHeight - button.getBoundingClientRect().bottom;
    menu.classList.toggle('above', room < menu.offsetHeight + 120);
    close = () => {
      const hadFocus = menu.contains(document.activeElement);
      menu.remove();
      button.setAttribute('aria-expanded', 'false');
      button.removeAttribute('aria-controls');
      if (hadFocus) button.focus();
      close = () => {};
    };
    first(menu)?.focus();
  };
  return place;
}

/** @param {Element} menu @returns {HTMLElement | null} */
const first = (menu) => menu.querySelector('[role=menuitem]');

/**
 * @param {readonly { to: string, label: string }[]} items
 * @param {(to: string) => void} choose
 */
function menuOf(items, choose) {
  /** @param {KeyboardEvent} event */
  const move = (event) => {
    const all = [...menu.children].filter((one) => one instanceof HTMLElement);
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 };
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.stopPropagation();
      close();
    } else if (event.key in steps) {
      event.preventDefault();
      all[steps[/** @type {keyof typeof steps} */ (event.key)] % all.length]?.focus();
    }
  };
  const menu = el(
    'div',
    { class: 'menu', role: 'menu', 'aria-label': word('moreActions'), onkeydown: move },
    ...items.map(({ to, label }) =>
      el('button', { type: 'button', role: 'menuitem', tabindex: -1, onclick: () => choose(to) }, label),
    ),
  );
  return menu;
}
