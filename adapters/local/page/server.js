// @ts-check
// What the page asks of the program that it came from.
import { word } from './state.js';

/**
 * @typedef {{ ok: true, data: any } | { ok: false, reason: string, text: string }} Reply
 */

/** Sentences for what goes wrong, by what the server calls it. @type {Record<string, string>} */
const sentences = {
  offline: 'notSent',
  starting: 'notSent',
  tooLarge: 'tooLarge',
  unreadable: 'tooLarge',
  unknownMessage: 'messageGone',
  notRecorded: 'notRecorded',
  fault: 'fault',
};

/** @param {string} reason @param {string} [text] @returns {Reply} */
const failed = (reason, text) => ({ ok: false, reason, text: text ?? word(sentences[reason] ?? 'notAllowed') });

/** @param {string} path @param {RequestInit} init @returns {Promise<Reply>} */
async function ask(path, init) {
  try {
    const response = await fetch(path, init);
    const data = await response.json();
    return response.ok && data.error === undefined ? { ok: true, data } : failed(String(data.error), data.text);
  } catch {
    // No answer, or none of ours: whichever it is, what was typed is still here.
    return failed('offline');
  }
}

/** @param {string} path @param {Record<string, string>} query */
export const get = (path, query) => ask(`${path}?${new URLSearchParams(query)}`, {});

/** @param {string} path @param {object} body */
export const post = (path, body) =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
