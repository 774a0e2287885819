// @ts-check
// A form in a dialog. What was typed stays until it has arrived or is cancelled: over errors, a lost
// connection, and closing the dialog.
import { drawText } from './card.js';
import { byId, el, fill, icon } from './dom.js';
import { controlsOf, drawField, showWrong, typedIn } from './fields.js';
import { state, word } from './state.js';
import { unsent as outliving } from './unsent.js';

/**
 * @typedef {import('./state.js').Form} Form
 * @typedef {(fields: Record<string, string>) => Promise<import('./server.js').Reply>} Send
 * @typedef {{ form: Form, wrong: Record<string, string>, from: object, send: Send, done(data: any): void }} Opening
 */

/** What was typed into forms that were closed unsent, by member and form. @type {Map<string, Record<string, string>>} */
const unsent = new Map();

const dialog = /** @type {HTMLDialogElement} */ (byId('dialog'));
/** Where the focus was before. @type {Element | null} */
let opener = null;

dialog.addEventListener('close', () => {
  outliving.keepForm(undefined);
  const next = opener instanceof HTMLElement && opener.isConnected ? opener : byId('box');
  next.focus({ preventScroll: true });
});

/**
 * Opens a form, or draws it again over itself.
 * @param {Opening} opening
 */
export function openForm({ form, wrong, from, send, done }) {
  const key = `${state.outlook.member} ${form.target}`;
  const kept = unsent.get(key) ?? {};
  const discard = () => {
    unsent.delete(key);
    dialog.close();
  };
  const names = form.fields.map(({ name }) => name);
  // What belongs to no field is said above them all.
  const above = Object.entries(wrong).flatMap(([name, text]) => (names.includes(name) ? [] : [text]));
  if (above.length === 0 && Object.keys(wrong).length > 0) above.push(word('lookAtMarked'));
  const box = el('form', { class: 'form', novalidate: true, lang: form.locale, dir: form.dir });
  const trouble = el('p', { class: 'trouble', role: 'alert', hidden: above.length === 0 }, above.join(' '));
  const submit = el('button', { type: 'submit', class: 'button main' }, form.submit ?? word('send'));
  fill(
    box,
    el(
      'header',
      { class: 'dialog-head' },
      el('h2', { id: 'dialog-title' }, form.title),
      el(
        'button',
        {
          type: 'button',
          class: 'icon',
          'aria-label': word('close'),
          title: word('close'),
          onclick: () => dialog.close(),
        },
        icon('close'),
      ),
    ),
    el(
      'div',
      { class: 'dialog-body' },
      trouble,
      form.intro.length > 0 && el('p', { class: 'intro' }, ...drawText(form.intro)),
      ...form.fields.map((field) => drawField(field, field.value || kept[field.name] || '', wrong[field.name])),
    ),
    el(
      'footer',
      { class: 'dialog-foot' },
      el('button', { type: 'button', class: 'button', onclick: discard }, word('cancel')),
      submit,
    ),
  );
  const keep = () => outliving.keepForm({ form, from, typed: typedIn(box) });
  box.addEventListener('input', () => {
    unsent.set(key, typedIn(box));
    keep();
  });
  box.addEventListener('submit', (event) => {
    event.preventDefault();
    void submitted({ form, box, trouble, submit, send, key, done });
  });
  show(box);
  keep();
  if (Object.keys(wrong).some((name) => names.includes(name))) showWrong(box, wrong);
}

/** @param {HTMLFormElement} box */
function show(box) {
  fill(dialog, box);
  dialog.dir = box.dir;
  if (!dialog.open) {
    opener = document.activeElement;
    dialog.showModal();
  }
  const [first] = controlsOf(box);
  (first ?? box.querySelector('button[type=submit]'))?.focus();
}

/**
 * @param {{ form: Form, box: HTMLFormElement, trouble: HTMLElement, submit: HTMLButtonElement, send: Send,
 *   key: string, done(data: any): void }} parts
 */
async function submitted({ form, box, trouble, submit, send, key, done }) {
  if (box.getAttribute('aria-busy') === 'true') return;
  const typed = typedIn(box);
  const gaps = form.fields.filter(({ name, required }) => required && !typed[name]?.trim());
  if (gaps.length > 0) {
    showWrong(box, Object.fromEntries(gaps.map((field) => [field.name, gapIn(field)])));
    return;
  }
  box.setAttribute('aria-busy', 'true');
  submit.textContent = word('sending');
  const reply = await send(typed);
  box.setAttribute('aria-busy', 'false');
  submit.textContent = form.submit ?? word('send');
  if (!reply.ok) {
    trouble.hidden = false;
    trouble.textContent = reply.text;
    trouble.scrollIntoView({ block: 'nearest' });
    return;
  }
  // A form that comes back was not taken.
  if (reply.data.form?.target !== form.target) unsent.delete(key);
  if (!reply.data.form && box.isConnected) dialog.close();
  done(reply.data);
}

/** What is said of a field that was left empty; of a single box, which one it is. @param {import('./state.js').Field} field */
function gapIn({ kind, choices = [] }) {
  if (kind !== 'checks') return word('fieldRequired');
  const [first, ...more] = choices;
  return first && more.length === 0 ? `${word('tickThis')} ${first.label}` : word('tickOne');
}
