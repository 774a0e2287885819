// @ts-check
// What is typed and not sent yet outlives a reload, in this tab alone and only while one is the member who typed it.
import { state } from './state.js';

const key = 'unsent';

/**
 * @typedef {{ form: import('./state.js').Form, from: object, typed: Record<string, string> }} OpenForm
 * @typedef {{ member: string, lines: Record<string, string>, form?: OpenForm | undefined }} Unsent
 */

/** @returns {Unsent} of the member one is; what another has typed here is not read */
function read() {
  const { member } = state.outlook;
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    if (kept?.member === member) return kept;
  } catch {
    // Storage is switched off, or holds what is not ours: nothing was typed.
  }
  return { member, lines: {} };
}

/** @param {Unsent} unsent */
function write(unsent) {
  try {
    if (unsent.form || Object.keys(unsent.lines).length > 0) sessionStorage.setItem(key, JSON.stringify(unsent));
    else sessionStorage.removeItem(key);
  } catch {
    // Storage is switched off or full: what is typed lives as long as the page.
  }
}

export const unsent = {
  /** The line in the message box of a channel. @param {string} channel */
  line: (channel) => read().lines[channel] ?? '',
  /** @param {string} channel @param {string} line */
  keepLine(channel, line) {
    const { [channel]: _old, ...others } = read().lines;
    write({ ...read(), lines: line === '' ? others : { ...others, [channel]: line } });
  },
  /** The form that was open. */
  form: () => read().form,
  /** @param {OpenForm | undefined} form undefined: it was sent or closed */
  keepForm: (form) => write({ ...read(), form }),
};
