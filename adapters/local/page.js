// @ts-check
// The page of the local workspace: enters as a member, draws, listens, and passes on what is typed and pressed.
import { drawBar, showOnline } from './page/bar.js';
import { composer } from './page/composer.js';
import { byId, fill, icon } from './page/dom.js';
import { openForm } from './page/form.js';
import { listen } from './page/live.js';
import { memory } from './page/memory.js';
import { drawMessages, forget, markMessage } from './page/message.js';
import { drawRail } from './page/rail.js';
import { get, post } from './page/server.js';
import { channelName, channelNow, enter, newest, state, take, word } from './page/state.js';
import { unsent } from './page/unsent.js';
import { answeredNow, asking, isAtEnd, seeNews, toEnd, toNewest } from './page/view.js';
import { isWelcome, setWelcome, welcome } from './page/welcome.js';

/** @typedef {import('./page/state.js').Message} Message */

const log = byId('log');
const latest = byId('latest');
// It scrolls, so the keyboard must be able to reach it.
log.tabIndex = 0;
/** The number of the newest message when one came, or asked for the welcome: it stands behind that. */
let welcomedAt = 0;

const box = composer(sendLine);

const where = () => ({ member: state.outlook.member, channel: state.channel });

/** Asks for something, and has what comes of it in view. @param {string} path @param {object} body */
async function asked(path, body) {
  asking();
  const reply = await post(path, body);
  if (!reply.ok) answeredNow();
  return reply;
}

/** @param {string} line */
async function sendLine(line) {
  const isCommand = line.startsWith('/');
  const reply = isCommand
    ? await asked('/local/call', { ...where(), line })
    : await asked('/local/message', { ...where(), text: line });
  if (reply.ok) answered(reply.data, where());
  return reply;
}

/** @type {import('./page/message.js').Hands} */
const hands = {
  press: (message, target, fields) => void pressed(message, { target, on: message.id, ...(fields ? { fields } : {}) }),
  menu: (message, to) => void pressed(message, { menu: to, about: message.id }),
  dismiss: (message) => void dismissed(message),
};

/** @param {Message} message @param {object} call */
async function pressed(message, call) {
  const from = { member: state.outlook.member, channel: message.channel };
  const row = document.querySelector(`[data-id="${CSS.escape(message.id)}"]`);
  if (row?.getAttribute('aria-busy') === 'true') return;
  markMessage(message.id, { busy: true });
  const reply = await asked('/local/call', { ...from, ...call });
  markMessage(message.id, reply.ok ? {} : { trouble: reply.text });
  if (reply.ok) answered(reply.data, { ...from, on: message.id });
}

/** @param {Message} message */
async function dismissed(message) {
  const reply = await post('/local/dismiss', { member: state.outlook.member, message: message.id });
  if (!reply.ok) return markMessage(message.id, { trouble: reply.text });
  drop(message.id);
  box.focus();
}

/**
 * @param {{ messages: Message[], locale?: string, form?: import('./page/state.js').Form, wrong?: Record<string, string> }} reply
 * @param {From} from
 */
function answered(reply, from) {
  // Someone else by now: what was for the one is not shown to the other.
  if (from.member !== state.outlook.member) return;
  heard(reply.messages);
  answeredNow();
  const { form, wrong = {} } = reply;
  if (form) fillIn(form, wrong, from);
  if (reply.locale !== undefined && reply.locale !== state.outlook.locale) void load(from.member);
}

/** @typedef {{ member: string, channel: string, on?: string }} From */

/** @param {import('./page/state.js').Form} form @param {Record<string, string>} wrong @param {From} from */
function fillIn(form, wrong, from) {
  openForm({
    form,
    wrong,
    from,
    send: (fields) => asked('/local/call', { ...from, target: form.target, fields }),
    done: (data) => answered(data, from),
  });
}

/** The form that was open before the page was loaded anew, with what was typed into it. */
function fillInAgain() {
  const open = unsent.form();
  if (!open) return;
  const fields = open.form.fields.map((field) => ({ ...field, value: open.typed[field.name] ?? '' }));
  fillIn({ ...open.form, fields }, {}, /** @type {From} */ (open.from));
}

/** @param {Message[]} messages */
function heard(messages) {
  const wasAtEnd = isAtEnd();
  const fresh = take(messages);
  drawLog();
  const here = fresh.filter(({ channel }) => channel === state.channel);
  if (fresh.length > here.length) drawRail({ enter: switchTo });
  seeNews(here, wasAtEnd);
}

/** @param {string} id */
function drop(id) {
  state.messages.delete(id);
  drawLog();
}

function drawLog() {
  drawMessages(hands, isWelcome() ? { node: drawWelcome(), after: welcomedAt } : undefined);
}

const drawWelcome = () =>
  welcome({
    run: (line) => box.run(line),
    done: () => {
      setWelcome(false);
      drawLog();
      box.focus();
    },
  });

function drawAll() {
  const { locale, dir, member, isExposed } = state.outlook;
  document.documentElement.lang = locale;
  document.documentElement.dir = dir;
  const channel = channelNow();
  document.title = `${channel ? channelName(channel) : ''} · Rapporteur`;
  history.replaceState(null, '', `?as=${encodeURIComponent(member)}#${state.channel}`);
  byId('skip').textContent = word('skip');
  log.setAttribute('aria-label', `${word('messages')}: ${channel ? channelName(channel) : ''}`);
  fill(latest, icon('down'), word('newMessages'));
  byId('exposed').hidden = !isExposed;
  byId('exposed').textContent = isExposed ? word('exposed') : '';
  state.unread.delete(state.channel);
  drawRail({ enter: switchTo });
  drawBar({ welcome: showWelcome });
  box.draw();
  forget();
  // What comes by going elsewhere is no news.
  log.setAttribute('aria-live', 'off');
  drawLog();
  setTimeout(() => log.setAttribute('aria-live', 'polite'), 500);
  toNewest();
}

function showWelcome() {
  setWelcome(true);
  welcomedAt = newest();
  drawLog();
  toEnd();
}

let loading = 0;

/** Becomes a member, or reads everything anew as the one that one is. @param {string} member */
async function load(member) {
  loading += 1;
  const mine = loading;
  const reply = await get('/local/state', { member });
  if (mine !== loading) return;
  if (!reply.ok) {
    // The page cannot be drawn yet, or the member is none of these: the first one always is.
    const next = reply.reason === 'unknownMember' ? 'newcomer' : member;
    setTimeout(() => void load(next), reply.reason === 'unknownMember' ? 0 : 1500);
    return;
  }
  enter(reply.data);
  memory.set('member', member);
  const isFirst = !document.body.classList.contains('ready');
  if (isFirst) welcomedAt = newest();
  drawAll();
  byId('loading').hidden = true;
  document.body.classList.add('ready');
  // Under a finger the keyboard would cover what there is to read.
  if (isFirst && matchMedia('(pointer: fine)').matches) box.focus();
  if (isFirst) fillInAgain();
  void listen({ take: heard, drop, refresh: () => void load(state.outlook.member), online: showOnline });
}

/** @param {string} member */
const switchTo = (member) => void load(member);

latest.addEventListener('click', () => {
  toNewest();
  box.focus();
});
addEventListener('hashchange', () => {
  const asked = decodeURIComponent(location.hash.slice(1));
  if (asked === state.channel || !state.outlook.channels.some(({ id }) => id === asked)) return;
  state.channel = asked;
  drawAll();
  box.focus();
});
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  box.focus();
});

state.channel = decodeURIComponent(location.hash.slice(1)) || 'general';
void load(new URLSearchParams(location.search).get('as') ?? memory.get('member') ?? 'newcomer');
