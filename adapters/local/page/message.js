// @ts-check
// The messages of a channel: days, authors, cards, and what can be done with each.
import { drawCard } from './card.js';
import { byId, el, fill, icon } from './dom.js';
import { drawFiles } from './files.js';
import { menuButton } from './menu.js';
import { memberOf, messagesHere, state, word } from './state.js';
import { dayName, dayOf, hour } from './times.js';

/** Messages of one author within this time stand under one name, in milliseconds. */
const together = 5 * 60_000;

/**
 * @typedef {import('./state.js').Message} Message
 * @typedef {{ press(message: Message, target: string, fields?: Record<string, string>): void,
 *   menu(message: Message, to: string): void, dismiss(message: Message): void }} Hands
 */

/** What is drawn now, by message. @type {Map<string, { key: string, node: HTMLLIElement }>} */
const drawn = new Map();

/** Where a message stands, if it is drawn. @param {string} id */
export const rowFor = (id) => drawn.get(id)?.node;

/** Forgets what is drawn: the language, the member or the channel has changed. */
export const forget = () => drawn.clear();

/**
 * Draws the channel; a message that has not changed keeps its elements, and so what is typed, chosen and focused there.
 * @param {Hands} hands
 * @param {{ node: Node, after: number }} [notice] stands behind the messages up to this number
 */
export function drawMessages(hands, notice) {
  const focus = focusedControl();
  const here = messagesHere();
  /** @type {Node[]} */
  const rows = [];
  const noticeAt = notice && here.filter(({ born }) => born <= notice.after).length;
  here.forEach((message, at) => {
    const before = here[at - 1];
    const isNewDay = !before || dayOf(before.at) !== dayOf(message.at);
    if (notice && at === noticeAt) rows.push(notice.node);
    if (isNewDay) rows.push(el('li', { class: 'day' }, el('span', {}, dayName(message.at))));
    rows.push(rowOf(message, !isNewDay && at !== noticeAt && isContinued(before, message), hands));
  });
  if (notice && noticeAt === here.length) rows.push(notice.node);
  if (here.length === 0) rows.push(el('li', { class: 'empty' }, word('emptyChannel')));
  replaceRows(byId('messages'), rows);
  focus();
}

/** Moves as little as possible: an element that is taken out, even for an instant, loses focus. @param {Element} list @param {Node[]} rows */
function replaceRows(list, rows) {
  const wanted = new Set(rows);
  for (const child of [...list.childNodes]) if (!wanted.has(child)) child.remove();
  rows.forEach((row, at) => {
    if (list.childNodes[at] !== row) list.insertBefore(row, list.childNodes[at] ?? null);
  });
}

/** @param {Message | undefined} before @param {Message} message */
const isContinued = (before, message) =>
  before !== undefined &&
  before.by === message.by &&
  !before.isPrivate &&
  !message.isPrivate &&
  Date.parse(message.at) - Date.parse(before.at) < together;

/** @param {Message} message @param {boolean} continued @param {Hands} hands */
function rowOf(message, continued, hands) {
  const key = `${message.seq} ${continued}`;
  const known = drawn.get(message.id);
  if (known?.key === key) return known.node;
  const node = drawMessage(message, continued, hands);
  // The log is read out as it grows; a card that others press is not read out again at every press.
  if (known && !message.isPrivate) node.setAttribute('aria-live', 'off');
  drawn.set(message.id, { key, node });
  return node;
}

/** @param {Message} message @param {boolean} continued @param {Hands} hands */
function drawMessage(message, continued, hands) {
  const isBot = message.by === 'bot';
  const name = isBot ? 'Rapporteur' : (memberOf(message.by)?.name ?? message.by);
  const row = el('li', {
    class: `message ${message.isPrivate ? 'private' : ''} ${continued ? 'continued' : ''}`,
    'data-id': message.id,
    tabindex: -1,
  });
  const body = message.card
    ? drawCard(message.card, (target, fields) => hands.press(message, target, fields))
    : el('p', { class: 'said', dir: 'auto' }, message.text ?? '');
  fill(
    row,
    avatar(message.by, name),
    el(
      'div',
      { class: 'content' },
      el(
        'div',
        { class: 'head' },
        el('span', { class: 'name' }, name),
        isBot && el('span', { class: 'badge' }, word('botBadge')),
        message.by === state.outlook.member && el('span', { class: 'badge' }, word('youBadge')),
        hour(message.at),
      ),
      message.isPrivate && privateMark(message, hands),
      el(
        'div',
        { class: message.card && 'spread' },
        body,
        message.files && drawFiles(message.files, message.card ?? state.outlook),
      ),
      el('p', { class: 'trouble', role: 'alert', hidden: true }),
    ),
    menuButton(state.outlook.menus, (to) => hands.menu(message, to)),
  );
  return row;
}

/** @param {Message} message @param {Hands} hands */
function privateMark(message, hands) {
  return el(
    'div',
    { class: 'mark' },
    icon('eye'),
    el('span', {}, word('onlyYou')),
    message.asked && el('code', { class: 'asked', dir: 'auto' }, message.asked),
    el('button', { type: 'button', class: 'plain dismiss', onclick: () => hands.dismiss(message) }, word('dismiss')),
  );
}

/** @param {string} by @param {string} name */
export function avatar(by, name) {
  if (by === 'bot') return el('span', { class: 'avatar bot', 'aria-hidden': 'true' }, icon('bot'));
  const tone = state.outlook.members.findIndex(({ id }) => id === by) + 1;
  const letters = name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part.replace(/\W/g, '').charAt(0));
  return el('span', { class: `avatar tone-${tone}`, 'aria-hidden': 'true' }, letters.join('').toUpperCase());
}

/** Shows in the message that what was pressed there is under way, or why it failed. @param {string} id @param {{ busy?: boolean, trouble?: string }} how */
export function markMessage(id, { busy = false, trouble = '' }) {
  const row = drawn.get(id)?.node;
  if (!row) return;
  row.setAttribute('aria-busy', String(busy));
  const note = row.querySelector('.trouble');
  if (!(note instanceof HTMLElement)) return;
  note.hidden = !busy && !trouble;
  note.classList.toggle('busy', busy);
  note.textContent = busy ? word('sending') : trouble;
}

/** Remembers the control of a message that has focus; the function given back finds its like in the message drawn anew. */
function focusedControl() {
  const active = document.activeElement;
  const row = active?.closest('.message');
  if (!(active instanceof HTMLElement) || !(row instanceof HTMLElement)) return () => {};
  const { id } = row.dataset;
  const { target } = active.dataset;
  return () => {
    if (active.isConnected) return;
    const again = drawn.get(id ?? '')?.node;
    const controls = again?.isConnected ? [...again.querySelectorAll('[data-target]')] : [];
    const same = controls.find((one) => one instanceof HTMLElement && one.dataset.target === target);
    const next = same ?? (again?.isConnected ? again : byId('box'));
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  };
}
