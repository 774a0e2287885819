// @ts-check
// What of the log is in view: what one has asked for comes into it, and what others say meanwhile waits to be looked at.
import { byId } from './dom.js';
import { rowFor } from './message.js';
import { messagesHere, newest, state } from './state.js';

const log = byId('log');
const latest = byId('latest');
/** How near to the end of the log one counts as reading the newest, in CSS pixels. */
const near = 80;
/** Left above what has come into view, in CSS pixels. */
const above = 8;
/** What a command posts for all may arrive after its answer, in windows that ask every other second; in milliseconds. */
const belated = 2500;

export const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < near;

export function toEnd() {
  log.scrollTop = log.scrollHeight;
  latest.hidden = true;
}

/**
 * Brings a message into view: all of it, or its beginning where it is longer than the window.
 * @param {string} id @param {boolean} [isFirst] with as much of what follows as there is room for
 */
function reveal(id, isFirst = false) {
  const row = rowFor(id);
  if (!row) return;
  const [window, message] = [log.getBoundingClientRect(), row.getBoundingClientRect()];
  const isInView = message.top >= window.top && message.bottom <= window.bottom;
  if (isFirst || !isInView) log.scrollTop += message.top - window.top - above;
  if (isAtEnd()) latest.hidden = true;
}

/** To the newest message there is; where there is none, to the beginning of the welcome. */
export function toNewest() {
  const last = messagesHere().at(-1);
  if (last) reveal(last.id, true);
  else log.scrollTop = 0;
  latest.hidden = true;
}

/** What has come since one asked, and until when that counts. */
let own = { after: Number.POSITIVE_INFINITY, until: 0 };

/** From here on what comes of the bot, or from oneself, is what one has asked for. */
export function asking() {
  own = { after: newest(), until: Number.POSITIVE_INFINITY };
}

/** The answer is there: its beginning comes into view. A card that was only drawn anew stays where it is. */
export function answeredNow() {
  own.until = Date.now() + belated;
  showOwn();
}

/** @param {import('./state.js').Message} message */
const isOwn = ({ by, born }) => born > own.after && (by === 'bot' || by === state.outlook.member);

function showOwn() {
  const first = messagesHere().find(isOwn);
  if (first) reveal(first.id);
}

/**
 * Messages that have just been drawn in the channel one is in.
 * @param {readonly import('./state.js').Message[]} fresh @param {boolean} wasAtEnd whether one read the newest until now
 */
export function seeNews(fresh, wasAtEnd) {
  const [first] = fresh;
  if (!first) return;
  const isAnswer = Date.now() < own.until && fresh.every(isOwn);
  if (isAnswer) showOwn();
  else if (wasAtEnd) reveal(first.id);
  else latest.hidden = false;
}

log.addEventListener('scroll', () => {
  if (isAtEnd()) latest.hidden = true;
});
