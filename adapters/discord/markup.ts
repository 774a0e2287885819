// Text -> Discord's markdown, in which nothing of a member's words is markup, a mention or a link.

import { type Inline, type Text, webAddress } from '../../src/core/card.js';
import { boundary, graphemes } from '../../src/core/grapheme.js';
import { isRightToLeft, type Locale } from '../../src/core/locale.js';
import { isolate } from '../../src/core/wording.js';
import { limits } from './limits.js';

/** Whether this is an id of Discord's, so that it may stand in a mention or an address. */
export const isId = (text: string): boolean => /^\d{17,20}$/.test(text);

/** Every sign that is escaped below; most texts have none of them. */
const mayBeMarkup = /[\\*_~`|<>[\]@#+:-]|\d[.)]/;

/**
 * Text that Discord shows as it is. `escapeMarkdown` of discord.js leaves mentions, masked links, headings and quotes alone.
 * Mentions are broken by a zero-width space as well: whoever copies the text pings nobody either. The colon of an address
 * is escaped, so that it is text and no link; a link is a link only where a card says so.
 */
export function escaped(text: string): string {
  if (!mayBeMarkup.test(text)) return text;
  return text
    .replace(/[\\*_~`|<>[\]]/g, '\\$&')
    .replaceAll('@', '@\u200b')
    .replaceAll('://', '\\://')
    .replace(/^(\s*)([#+-])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2');
}

/** Cuts on a grapheme and ends with `…` where the text is longer. */
export const clip = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, boundary(text, most - 1))}…`;

/** Divides a long text on graphemes; each part is at most `most` long once it is escaped. */
export function divide(text: string, most: number): readonly string[] {
  if (escaped(text).length <= most) return [text];
  const parts: string[] = [];
  let part = '';
  let length = 0;
  for (const { segment } of graphemes.segment(text)) {
    const grows = escaped(segment).length + 1;
    if (length + grows > most && part !== '') {
      parts.push(part);
      [part, length] = ['', 0];
    }
    part += segment;
    length += grows;
  }
  return [...parts, part];
}

/** Angle brackets keep Discord from drawing a preview. Signs that could end the address early are written in percent. */
function linkMarkup(text: string, address: string): string {
  // A link ends with its line, and one without words is not drawn.
  const words = text.replace(/\s+/g, ' ').trim() || address;
  return `[${escaped(clip(words, 200))}](<${address.replace(/[\\<>()[\]]/g, inPercent)}>)`;
}

const inPercent = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;

function markupOf(part: Exclude<Inline, string>): string {
  switch (part.kind) {
    case 'bold':
      return part.text.trim() === '' ? '' : `**${escaped(clip(part.text, 500))}**`;
    case 'link':
      return linkMarkup(part.text, webAddress(part.url, limits.linkUrl) ?? '');
    case 'person':
      return isId(part.person.person) ? `<@${part.person.person}>` : escaped(part.person.person);
    case 'channel':
      return isId(part.channel) ? `<#${part.channel}>` : escaped(part.channel);
    case 'time': {
      const seconds = Math.floor(part.at.getTime() / 1000);
      return `<t:${seconds}:F> (<t:${seconds}:R>)`;
    }
  }
}

/** A text as pieces of markup, none longer than a message takes; joined they are the whole. */
export function pieces(text: Text, locale: Locale): readonly string[] {
  const wrap = isRightToLeft(locale) ? isolate : (markup: string) => markup;
  const plain = (words: string): readonly string[] => {
    const markup = escaped(words);
    return markup.length <= limits.piece ? [markup] : divide(words, limits.piece).map(escaped);
  };
  return text.flatMap((part) => {
    if (typeof part === 'string') return plain(part);
    if (part.kind === 'link' && webAddress(part.url, limits.linkUrl) === undefined) return plain(part.text);
    return [wrap(markupOf(part))];
  });
}
