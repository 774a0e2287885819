// @ts-check
// The rail: channels, and the switch between members. On a phone it is a drawer.
import { byId, el, fill, icon, unseen } from './dom.js';
import { avatar } from './message.js';
import { channelName, state, word } from './state.js';
import { clockIn } from './times.js';

/**
 * @param {{ enter(member: string): void }} hands
 */
export function drawRail(hands) {
  const { channels } = state.outlook;
  const hadFocus = Boolean(document.activeElement?.closest('.members'));
  fill(
    byId('rail'),
    el(
      'div',
      { class: 'brand' },
      el('span', { class: 'avatar bot', 'aria-hidden': 'true' }, icon('bot')),
      el('strong', {}, 'Rapporteur'),
      el(
        'button',
        {
          type: 'button',
          class: 'icon drawer-only',
          'aria-label': word('close'),
          title: word('close'),
          onclick: closeDrawer,
        },
        icon('close'),
      ),
    ),
    el(
      'nav',
      { class: 'channels', 'aria-label': word('channels') },
      el('h2', {}, word('channels')),
      el('ul', { role: 'list' }, ...channels.filter(({ kind }) => kind !== 'direct').map(channelLink)),
      el('h2', {}, word('directMessages')),
      el('ul', { role: 'list' }, ...channels.filter(({ kind }) => kind === 'direct').map(channelLink)),
    ),
    memberSwitch(hands),
  );
  if (hadFocus) {
    const chosen = byId('rail').querySelector('.members input:checked');
    if (chosen instanceof HTMLElement) chosen.focus();
  }
}

/** @param {import('./state.js').Channel} channel */
function channelLink(channel) {
  const { id, kind } = channel;
  const unread = state.unread.get(id) ?? 0;
  const picture = kind === 'public' ? 'hash' : kind === 'private' ? 'lock' : 'direct';
  return el(
    'li',
    {},
    el(
      'a',
      {
        href: `#${id}`,
        class: unread > 0 ? 'unread' : undefined,
        'aria-current': id === state.channel ? 'page' : undefined,
        onclick: closeDrawer,
      },
      icon(picture),
      el('span', { class: 'label' }, channelName(channel)),
      kind === 'private' && unseen(` (${word('privateChannel')})`),
      unread > 0 && el('span', { class: 'count' }, unseen(` ${word('unread')}: `), String(unread)),
    ),
  );
}

/** @param {{ enter(member: string): void }} hands */
function memberSwitch(hands) {
  return el(
    'fieldset',
    { class: 'members' },
    el('legend', {}, word('actAs')),
    el('p', { class: 'about' }, word('actAsHint')),
    ...state.outlook.members.map((member) => {
      const { id, name, language, zone, isStaff, isAdmin } = member;
      const place = zone.slice(zone.indexOf('/') + 1).replaceAll('_', ' ');
      return el(
        'label',
        { class: 'member' },
        el('input', {
          type: 'radio',
          name: 'member',
          value: id,
          checked: id === state.outlook.member,
          onchange: () => hands.enter(id),
          // Under a finger the choice is made; with the arrow keys one may be on the way to the next.
          onclick: (/** @type {MouseEvent} */ event) => event.detail > 0 && closeDrawer(),
        }),
        avatar(id, name),
        el(
          'span',
          { class: 'who' },
          el('span', { class: 'name' }, name),
          el(
            'span',
            { class: 'about' },
            isStaff && el('span', { class: 'badge' }, word('staffBadge')),
            isAdmin && el('span', { class: 'badge' }, word('adminBadge')),
            el('span', { dir: 'ltr' }, `${language} · ${place} `, el('time', { 'data-zone': zone }, clockIn(zone))),
          ),
        ),
      );
    }),
  );
}

setInterval(() => {
  for (const shown of document.querySelectorAll('[data-zone]')) {
    shown.textContent = clockIn(shown.getAttribute('data-zone') ?? 'UTC');
  }
}, 20_000);

const rail = byId('rail');
const veil = byId('veil');

export function openDrawer() {
  rail.classList.add('open');
  veil.hidden = false;
  byId('main').inert = true;
  const target = rail.querySelector('.drawer-only');
  if (target instanceof HTMLElement) target.focus();
}

export function closeDrawer() {
  if (!rail.classList.contains('open')) return;
  rail.classList.remove('open');
  veil.hidden = true;
  byId('main').inert = false;
  document.getElementById('drawer-button')?.focus();
}

veil.addEventListener('click', closeDrawer);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closeDrawer();
});
