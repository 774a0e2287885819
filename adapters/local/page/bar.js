// @ts-check
// The bar above the messages: where one is, who one is, the colours, the welcome.
import { byId, el, fill, icon } from './dom.js';
import { memory } from './memory.js';
import { avatar } from './message.js';
import { openDrawer } from './rail.js';
import { channelName, channelNow, memberOf, state, word } from './state.js';

const themes = /** @type {const} */ (['system', 'light', 'dark']);
const themeWords = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' };

/** @param {{ welcome(): void }} hands */
export function drawBar(hands) {
  const channel = channelNow();
  const me = memberOf(state.outlook.member);
  if (!channel || !me) return;
  const picture = channel.kind === 'public' ? 'hash' : channel.kind === 'private' ? 'lock' : 'direct';
  fill(
    byId('bar'),
    iconButton('menu', word('menuOpen'), openDrawer, { id: 'drawer-button', class: 'icon drawer-only' }),
    el(
      'div',
      { class: 'where' },
      el('h1', {}, icon(picture), el('span', {}, channelName(channel))),
      el('p', { class: 'about' }, channel.about),
    ),
    el('p', { class: 'offline', id: 'offline', role: 'status' }),
    el(
      'button',
      {
        type: 'button',
        class: 'me drawer-only',
        'aria-label': `${word('actAs')}: ${me.name}`,
        title: me.name,
        onclick: openDrawer,
      },
      avatar(me.id, me.name),
    ),
    themeButton(),
    iconButton('help', word('welcomeAgain'), hands.welcome),
  );
}

/** @param {string} name @param {string} label @param {() => void} press @param {Record<string, string>} [more] */
const iconButton = (name, label, press, more = {}) =>
  el(
    'button',
    { type: 'button', class: 'icon', 'aria-label': label, title: label, onclick: press, ...more },
    icon(name),
  );

function themeButton() {
  const now = () => {
    const { theme } = document.documentElement.dataset;
    return theme === 'light' || theme === 'dark' ? theme : 'system';
  };
  const turn = () => {
    const next = themes[(themes.indexOf(now()) + 1) % themes.length] ?? 'system';
    if (next === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    memory.set('theme', next === 'system' ? undefined : next);
    draw();
  };
  const draw = () => {
    const label = word(themeWords[now()]);
    button.setAttribute('aria-label', label);
    button.title = label;
    fill(button, icon(now()));
  };
  const button = el('button', { type: 'button', class: 'icon', onclick: turn });
  draw();
  return button;
}

/** @param {boolean} isOnline */
export function showOnline(isOnline) {
  byId('offline').textContent = isOnline ? '' : word('reconnecting');
}
