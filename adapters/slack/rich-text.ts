// Paragraphs and remarks -> blocks.
import type { ContextBlock, KnownBlock, RichTextBlock } from '@slack/types';
import type { Text } from '../../src/core/card.js';
import { isRightToLeft, type Locale } from '../../src/core/locale.js';
import { limits } from './limits.js';
import { escaped, type Piece, paragraphs } from './pieces.js';

/** A block with the words it says, for notifications and screen readers. */
export interface Drawn {
  readonly block: KnownBlock;
  /** In Slack's markup, escaped. */
  readonly plain: string;
  /** Its JSON is never longer than this, in characters. */
  readonly most: number;
}

/** What frames the pieces in a block. */
const frame = 150;

const plainOf = (pieces: readonly Piece[]): string => pieces.map(({ plain }) => plain).join('');

/** Lines as rich text: one block, or several where one would be too long. */
export function richText(lines: readonly Text[], locale: Locale): readonly Drawn[] {
  return paragraphs(lines, locale).map(({ pieces, most }) => {
    const elements = pieces.map(({ element }) => element);
    const block: RichTextBlock = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
    return { block, plain: plainOf(pieces), most: most + frame };
  });
}

/**
 * A remark that stands back. Slack lays its pieces out from left to right whatever the language, so that in a
 * right-to-left card one with links or times in it is drawn as a paragraph.
 */
export function quietText(text: Text, locale: Locale): readonly Drawn[] {
  const isMixed = text.some((part) => typeof part !== 'string' && part.kind !== 'bold');
  if (isMixed && isRightToLeft(locale)) return richText([text], locale);
  const unstyled = text.map((part) => (typeof part !== 'string' && part.kind === 'bold' ? part.text : part));
  return paragraphs([unstyled], locale)
    .flatMap(({ pieces, most }) =>
      rowsOf(pieces.filter(({ plain }) => plain.trim() !== '')).map((row) => ({
        row,
        most: most + row.length * frame,
      })),
    )
    .map(({ row, most }) => ({
      block: { type: 'context', elements: row.map(contextElement) },
      plain: plainOf(row),
      most: most + frame,
    }));
}

const rowsOf = (pieces: readonly Piece[]): readonly (readonly Piece[])[] =>
  Array.from({ length: Math.ceil(pieces.length / limits.contextElements) }, (_, row) =>
    pieces.slice(row * limits.contextElements, (row + 1) * limits.contextElements),
  );

/** Members' words stay plain text; markup is used for what is data: links, people, channels, times. */
function contextElement({ element, plain }: Piece): ContextBlock['elements'][number] {
  if (element.type === 'text') return { type: 'plain_text', text: element.text, emoji: false };
  return { type: 'mrkdwn', text: markup(element, plain), verbatim: true };
}

function markup(element: Piece['element'], plain: string): string {
  if (element.type === 'link') return `<${escaped(element.url.replaceAll('|', '%7C'))}|${plain}>`;
  if (element.type === 'date') return `<!date^${element.timestamp}^${element.format}|${plain}>`;
  return plain;
}
