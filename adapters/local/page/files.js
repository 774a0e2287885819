// @ts-check
// Files that came with an answer: images where they stand, and each as a link that keeps it.
import { el, icon } from './dom.js';
import { state, word } from './state.js';

/** @typedef {import('./state.js').File} File */

/**
 * @param {readonly File[]} files
 * @param {{ locale: string, dir: string }} language what the words for images are written in
 */
export const drawFiles = (files, { locale, dir }) =>
  el('ul', { class: 'files', role: 'list', lang: locale, dir }, ...files.map((file) => el('li', {}, ...parts(file))));

/** @param {File} file */
function parts(file) {
  const { id, name, type, alt, width, height } = file;
  const address = `/local/file?${new URLSearchParams({ member: state.outlook.member, id })}`;
  const image =
    type.startsWith('image/') && el('img', { class: 'image', src: address, alt: alt ?? name, width, height });
  const link = el(
    'a',
    { class: 'button file', href: address, download: name, lang: state.outlook.locale, dir: state.outlook.dir },
    icon('down'),
    el('span', {}, `${word('download')}: `, el('bdi', {}, name), ` (${sizeOf(file)})`),
  );
  return [image, link];
}

/** In kilobytes, the last one counted as a whole. @param {File} file */
const sizeOf = ({ size }) =>
  new Intl.NumberFormat(`${state.outlook.locale}-u-nu-latn`, { style: 'unit', unit: 'kilobyte' }).format(
    Math.ceil(size / 1000),
  );
