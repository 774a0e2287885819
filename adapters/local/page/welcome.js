// @ts-check
// What who comes for the first time is told, with examples that can be tried at once.
import { el } from './dom.js';
import { memory } from './memory.js';
import { state, word } from './state.js';

const key = 'welcomed';

export const isWelcome = () => memory.get(key) === undefined;

/** @param {boolean} wanted */
export function setWelcome(wanted) {
  if (wanted) memory.set(key, undefined);
  else memory.set(key, 'yes');
}

/** @param {{ run(line: string): void, done(): void }} hands */
export function welcome({ run, done }) {
  return el(
    'li',
    { class: 'welcome' },
    el('h2', {}, word('welcomeTitle')),
    el('p', {}, word('welcomeText')),
    state.outlook.examples.length > 0 && el('p', {}, word('welcomeTry')),
    el(
      'ul',
      { class: 'examples', role: 'list' },
      ...state.outlook.examples.map(({ line, about }) =>
        el(
          'li',
          {},
          el(
            'button',
            { type: 'button', onclick: () => run(line) },
            el('code', { dir: 'ltr' }, line),
            el('span', { class: 'about' }, about),
          ),
        ),
      ),
    ),
    el('button', { type: 'button', class: 'button main', onclick: done }, word('welcomeDone')),
  );
}
