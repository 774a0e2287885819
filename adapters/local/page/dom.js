// @ts-check
// Elements from data. Text only ever becomes text: there is no way here to write markup.

/**
 * @typedef {Node | string | null | undefined | false} Child
 * @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Props
 */

/**
 * An element: `el('button', { type: 'button', class: 'icon', onclick: press }, 'Send')`. Properties that begin with
 * `on` are listeners, all others attributes; `true` is an empty one, `false` and nothing leave it out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null && value !== false)
      made.setAttribute(name, value === true ? '' : String(value));
  }
  append(made, children);
  return made;
}

/**
 * @param {Element} parent
 * @param {readonly Child[]} children
 */
function append(parent, children) {
  for (const child of children) {
    if (child !== undefined && child !== null && child !== false) parent.append(child);
  }
}

/**
 * Puts these in place of whatever was there.
 * @param {Element} parent
 * @param {...Child} children
 */
export function fill(parent, ...children) {
  parent.replaceChildren();
  append(parent, children);
}

const svg = 'http://www.w3.org/2000/svg';

/** A picture that says nothing by itself: the words are beside it. @param {string} name */
export function icon(name) {
  const made = document.createElementNS(svg, 'svg');
  made.setAttribute('class', `pic pic-${name}`);
  made.setAttribute('aria-hidden', 'true');
  made.setAttribute('focusable', 'false');
  const use = document.createElementNS(svg, 'use');
  use.setAttribute('href', `#i-${name}`);
  made.append(use);
  return made;
}

/** An element of page.html. @param {string} id */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`page.html has no ${id}`);
  return found;
}

/** Words for a screen reader alone. @param {string} text */
export const unseen = (text) => el('span', { class: 'unseen' }, text);

let count = 0;

/** An id for labels and descriptions. @param {string} stem */
export function freshId(stem) {
  count += 1;
  return `${stem}-${count}`;
}
