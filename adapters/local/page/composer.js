// @ts-check
// The message box: Enter sends, Shift+Enter breaks the line, arrow up brings back what was sent.
import { completion } from './completion.js';
import { byId, el, fill, icon } from './dom.js';
import { channelNow, state, word } from './state.js';
import { unsent } from './unsent.js';

/** Lines that are brought back, of each member. */
const remembered = 50;

/** @typedef {(line: string) => Promise<import('./server.js').Reply>} Send */

/** What is being typed, by member and channel. @type {Map<string, string>} */
const drafts = new Map();

/** Keeps what is being typed where one is. @param {string} line */
function keep(line) {
  drafts.set(where(), line);
  unsent.keepLine(state.channel, line);
}
/** @type {Map<string, string[]>} */
const histories = new Map();

const where = () => `${state.outlook.member} ${state.channel}`;
const historyNow = () => histories.get(state.outlook.member) ?? [];

/** @param {Send} send */
export function composer(send) {
  const box = el('textarea', {
    id: 'box',
    rows: 1,
    dir: 'auto',
    role: 'combobox',
    autocomplete: 'off',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': 'completions',
    'aria-describedby': 'usage trouble',
    enterkeyhint: 'send',
  });
  const trouble = el('p', { class: 'trouble', id: 'trouble', role: 'alert', hidden: true });
  const button = el('button', { type: 'submit', class: 'icon send' }, icon('send'));
  const form = /** @type {HTMLFormElement} */ (byId('composer'));
  const parts = { box, trouble, button, form, send, ...historyOf(box) };
  const list = completion(box, (line) => write(box, line));
  fill(form, list.list, list.hint, trouble, el('div', { class: 'line' }, box, button));

  box.addEventListener('input', () => {
    keep(box.value);
    grow(box);
    parts.leaveHistory();
    void list.look();
  });
  box.addEventListener('keydown', (event) => {
    if (list.key(event)) return;
    const isSent = event.key === 'Enter' && !event.shiftKey && !event.isComposing;
    if (isSent) {
      event.preventDefault();
      list.hide();
      void sent(parts);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      if (parts.moveInHistory(event.key === 'ArrowUp' ? -1 : 1)) event.preventDefault();
    }
  });
  box.addEventListener('blur', list.hide);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    list.hide();
    void sent(parts);
  });
  return {
    /** Draws itself for the member and the channel one is in. */
    draw() {
      list.hide();
      box.placeholder = channelNow()?.placeholder ?? '';
      box.setAttribute('aria-label', `${word('messageBox')}: ${box.placeholder}`);
      button.setAttribute('aria-label', word('send'));
      button.title = word('send');
      trouble.hidden = true;
      box.value = drafts.get(where()) ?? unsent.line(state.channel);
      grow(box);
    },
    /** Writes a line and sends it, as an example does. @param {string} line */
    run(line) {
      write(box, line);
      void sent(parts);
    },
    focus: () => box.focus(),
  };
}

/** @param {HTMLTextAreaElement} box @param {string} line */
function write(box, line) {
  box.value = line;
  keep(line);
  grow(box);
  box.focus();
  box.setSelectionRange(line.length, line.length);
}

/** As high as what is typed; page.css sets the highest. @param {HTMLTextAreaElement} box */
function grow(box) {
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight}px`;
}

/**
 * @param {{ box: HTMLTextAreaElement, trouble: HTMLElement, button: HTMLElement, form: HTMLElement, send: Send,
 *   leaveHistory(): void }} parts
 */
async function sent({ box, trouble, button, form, send, leaveHistory }) {
  const line = box.value;
  const from = where();
  const { channel } = state;
  if (!line.trim() || form.getAttribute('aria-busy') === 'true') return;
  form.setAttribute('aria-busy', 'true');
  button.setAttribute('aria-label', word('sending'));
  trouble.hidden = true;
  const reply = await send(line);
  form.setAttribute('aria-busy', 'false');
  button.setAttribute('aria-label', word('send'));
  if (!reply.ok) {
    trouble.hidden = false;
    trouble.textContent = reply.text;
    return;
  }
  const history = historyNow().filter((one) => one !== line);
  histories.set(state.outlook.member, [...history, line].slice(-remembered));
  leaveHistory();
  // What was typed in the meantime, or in another channel, is not what was sent.
  if (drafts.get(from) === line) drafts.delete(from);
  if (unsent.line(channel) === line) unsent.keepLine(channel, '');
  if (where() === from && box.value === line) {
    box.value = '';
    grow(box);
  }
}

/** @param {HTMLTextAreaElement} box */
function historyOf(box) {
  /** How far back one is; undefined: in what one types. @type {number | undefined} */
  let back;
  return {
    leaveHistory() {
      back = undefined;
    },
    /** @param {-1 | 1} step @returns {boolean} whether there was anywhere to go */
    moveInHistory(step) {
      const lines = historyNow();
      if (back === undefined && (step > 0 || box.value !== '' || lines.length === 0)) return false;
      const at = (back ?? lines.length) + step;
      if (at < 0) return true;
      back = at >= lines.length ? undefined : at;
      write(box, lines[at] ?? '');
      return true;
    },
  };
}
