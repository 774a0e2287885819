// Text -> pieces of Slack's rich text, in which nothing is parsed: no mention or link comes out of a member's words.
import type { RichTextElement } from '@slack/types';
import { type Inline, type Text, webAddress } from '../../src/core/card.js';
import { isRightToLeft, type Locale } from '../../src/core/locale.js';
import { instantIn } from '../../src/core/wording.js';
import { cleaned, clip, divide } from './clip.js';
import { limits } from './limits.js';

/** One piece of a paragraph, with the words it says in Slack's markup. */
export interface Piece {
  readonly element: RichTextElement;
  readonly plain: string;
}

/** The three characters that Slack's markup reads (docs.slack.dev/messaging/formatting-message-text). */
export const escaped = (text: string): string =>
  /[&<>]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text;

/** Room for pieces in one paragraph, as JSON; the rest is what frames them in a block. */
const room = limits.text - 100;

/**
 * Lines as paragraphs, each short enough for a block of its own.
 * Lines stay together while they fit; a line is divided only where it alone is too long.
 * @param locale language of the card: its direction, and that of the fallback of instants
 */
export function paragraphs(lines: readonly Text[], locale: Locale): readonly Paragraph[] {
  const all = lines.map((line) => piecesOf(line, locale));
  const most = all.flat().reduce((sum, piece) => sum + atMostSizeOf(piece), all.length * atMostSizeOf(lineBreak));
  // Most are far from any limit: to measure each piece as JSON would cost more than to draw it.
  const done = most <= room ? oneParagraph(all) : measured(all);
  return done.map((pieces) => ({ pieces, most: Math.min(most, limits.text) }));
}

/** Pieces that fit into a block, and so many characters of JSON as they cannot exceed. */
export interface Paragraph {
  readonly pieces: readonly Piece[];
  readonly most: number;
}

/** A character is six as JSON, if it is a rare one; what frames a text is never longer than this. */
const atMostSizeOf = (piece: Piece): number =>
  piece.element.type === 'text' ? 6 * piece.element.text.length + 60 : sizeOf(piece);

function oneParagraph(lines: readonly (readonly Piece[])[]): readonly (readonly Piece[])[] {
  const pieces: Piece[] = [];
  for (const line of lines) pieces.push(...(pieces.length > 0 && line.length > 0 ? [lineBreak] : []), ...line);
  return pieces.some(isSeen) ? [pieces] : [];
}

const isSeen = ({ plain }: Piece): boolean => plain.trim() !== '';

function measured(lines: readonly (readonly Piece[])[]): readonly (readonly Piece[])[] {
  const done: (readonly Piece[])[] = [];
  let pieces: Piece[] = [];
  let used = 0;
  const flush = (): void => {
    if (pieces.some(isSeen)) done.push(pieces);
    pieces = [];
    used = 0;
  };
  const put = (piece: Piece): void => {
    const fits = used + sizeOf(piece) <= room;
    const halves = fits ? undefined : splitPiece(piece, room - used);
    const next = halves?.[0] ?? piece;
    if (!fits && !halves && used > 0) {
      flush();
      put(piece);
      return;
    }
    pieces.push(next);
    used += sizeOf(next);
    if (!halves) return;
    flush();
    put(halves[1]);
  };
  for (const whole of lines) {
    const size = whole.reduce((sum, piece) => sum + sizeOf(piece), sizeOf(lineBreak));
    if (used > 0 && used + size > room && size <= room) flush();
    if (used > 0 && whole.length > 0) put(lineBreak);
    for (const piece of whole) put(piece);
  }
  flush();
  return done;
}

const plainPiece = (text: string, bold = false): Piece => ({
  element: { type: 'text', text, ...(bold ? { style: { bold: true } } : {}) },
  plain: escaped(text),
});

const lineBreak = plainPiece('\n');

/** Length as JSON with the comma after it: never less than the text itself. */
const sizeOf = ({ element }: Piece): number => JSON.stringify(element).length + 1;

/** The beginning of a text that fits into `space`, and the rest; undefined when too little of it would. */
function splitPiece({ element }: Piece, space: number): readonly [Piece, Piece] | undefined {
  if (element.type !== 'text') return undefined;
  const bold = element.style !== undefined;
  const free = space - sizeOf(plainPiece('', bold));
  // Quotes, backslashes and line breaks count twice as JSON.
  for (const most of [free, Math.floor(free / 2)]) {
    if (most < 20) return undefined;
    const [head, rest] = divide(element.text, most);
    const first = plainPiece(head, bold);
    if (rest !== '' && sizeOf(first) <= space) return [first, plainPiece(rest, bold)];
  }
  return undefined;
}

/** In a right-to-left line, what may run the other way stands between first strong isolate and pop (Unicode, UAX 9). */
function piecesOf(text: Text, locale: Locale): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const part of text) {
    const isIsolated = isRightToLeft(locale) && typeof part !== 'string' && part.kind !== 'bold';
    const piece = pieceOf(part, locale);
    for (const one of isIsolated ? [plainPiece('\u2068'), piece, plainPiece('\u2069')] : [piece]) append(pieces, one);
  }
  return pieces;
}

/** Adds a piece; plain text grows the plain text before it. Slack refuses empty text. */
function append(pieces: Piece[], piece: Piece): void {
  const { element } = piece;
  const last = pieces.at(-1)?.element;
  if (element.type === 'text' && element.text === '') return;
  if (last?.type === 'text' && !last.style && element.type === 'text' && !element.style) {
    pieces[pieces.length - 1] = plainPiece(last.text + element.text);
  } else pieces.push(piece);
}

function pieceOf(part: Inline, locale: Locale): Piece {
  if (typeof part === 'string') return plainPiece(cleaned(part));
  switch (part.kind) {
    case 'bold':
      return plainPiece(cleaned(part.text), true);
    case 'link': {
      const url = webAddress(part.url, limits.linkUrl);
      const text = clip((part.text.trim() || part.url).replaceAll(/\s+/g, ' '), limits.linkText);
      return url ? { element: { type: 'link', url, text }, plain: escaped(text) } : plainPiece(text);
    }
    case 'person': {
      const { platform, person } = part.person;
      if (platform !== 'slack' || !/^[UW][A-Z0-9]+$/.test(person)) return plainPiece(`@${clip(person, 100)}`);
      return { element: { type: 'user', user_id: person }, plain: `<@${person}>` };
    }
    case 'channel':
      if (!/^[CDG][A-Z0-9]+$/.test(part.channel)) return plainPiece(`#${clip(part.channel, 100)}`);
      return { element: { type: 'channel', channel_id: part.channel }, plain: `<#${part.channel}>` };
    case 'time': {
      const fallback = instantIn(locale, part.at);
      const timestamp = Math.floor(part.at.getTime() / 1000);
      return {
        element: { type: 'date', timestamp, format: '{date_long} {time}', fallback },
        plain: escaped(fallback),
      };
    }
  }
}
