// Card -> messages: classic content and rows of components, since those can be edited for ever.
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Block, Button, Card } from '../../src/core/card.js';
import type { Locale } from '../../src/core/locale.js';
import { encodeCustomId } from './custom-id.js';
import { limits } from './limits.js';
import { clip, escaped, pieces } from './markup.js';
import { offered } from './option.js';

type Row = APIActionRowComponent<APIButtonComponentWithCustomId | APIStringSelectComponent>;

/** One message, as the REST API takes it. */
export interface Page {
  readonly content: string;
  readonly components: readonly Row[];
}

/** Lines of text that belong together, or rows; never divided between two messages unless too long for one. */
type Part = { readonly lines: readonly string[] } | { readonly row: Row };

/** Makes custom_ids that differ within one card. */
type Name = (carried: Parameters<typeof encodeCustomId>[0]) => string;

/**
 * @param guild the server that the card is about, when it goes to somebody in private
 * @returns one message or more: what does not fit into one goes into the next
 */
export function renderCard(card: Card, guild?: string): readonly Page[] {
  const seen = new Map<string, number>();
  const name: Name = (carried) => {
    const plain = encodeCustomId({ ...carried, guild });
    const nth = seen.get(plain) ?? 0;
    seen.set(plain, nth + 1);
    return encodeCustomId({ ...carried, guild }, nth);
  };
  const title: Part[] =
    card.title === undefined ? [] : [{ lines: [`### ${escaped(clip(card.title, 200)).replaceAll('\n', ' ')}`] }];
  return paged([...title, ...card.blocks.flatMap((block) => partsOf(block, card.locale, name))]);
}

function partsOf(block: Block, locale: Locale, name: Name): readonly Part[] {
  switch (block.kind) {
    case 'text': {
      const lines = filled(pieces(block.text, locale));
      return [{ lines: block.quiet ? lines.map((line) => `-# ${line.replaceAll('\n', ' ')}`) : lines }];
    }
    case 'facts':
      return block.facts.map(({ label, value }) => ({
        lines: filled([`**${escaped(clip(label, 200))}:** `, ...pieces(value, locale)]),
      }));
    case 'buttons':
      return chunks(block.buttons, limits.buttonsInRow).map((row) => ({ row: buttonRow(row, name) }));
    case 'select':
      return chunks(block.choices, limits.options).map((choices) => ({ row: selectRow({ ...block, choices }, name) }));
  }
}

/** Pieces joined into as few texts as fit into a message each. */
function filled(parts: readonly string[]): readonly string[] {
  const texts: string[] = [];
  for (const part of parts) {
    const last = texts.at(-1);
    if (last === undefined || last.length + part.length > limits.piece) texts.push(part);
    else texts[texts.length - 1] = last + part;
  }
  return texts;
}

function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
}

const styles = { main: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const;

const buttonRow = (row: readonly Button[], name: Name): Row => ({
  type: ComponentType.ActionRow,
  components: row.map(({ label, target, tone }) => ({
    type: ComponentType.Button,
    style: tone ? styles[tone] : ButtonStyle.Secondary,
    label: clip(label.trim() || '·', limits.buttonLabel),
    custom_id: name({ target }),
  })),
});

const selectRow = (block: Extract<Block, { kind: 'select' }>, name: Name): Row => ({
  type: ComponentType.ActionRow,
  components: [
    {
      type: ComponentType.StringSelect,
      custom_id: name({ target: block.target, name: block.name }),
      placeholder: clip(block.label, limits.placeholder),
      options: block.choices.map(({ value, label }) => ({
        value: offered(value),
        label: clip(label.trim() || offered(value).trim() || '·', limits.optionLabel),
        ...(value === block.value ? { default: true } : {}),
      })),
    },
  ],
});

function paged(parts: readonly Part[]): readonly Page[] {
  const pages: { content: string; components: Row[] }[] = [{ content: '', components: [] }];
  const last = (): { content: string; components: Row[] } => pages.at(-1) ?? { content: '', components: [] };
  for (const part of parts) {
    if ('row' in part) {
      if (last().components.length === limits.rows) pages.push({ content: '…', components: [] });
      last().components.push(part.row);
      continue;
    }
    for (const line of part.lines) {
      // Buttons stay below the words that they follow: text that comes after them goes on in the same message.
      if (last().content.length + 1 + line.length > limits.content) pages.push({ content: '', components: [] });
      const page = last();
      page.content = page.content === '' ? line : `${page.content}\n${line}`;
    }
  }
  return pages.map(({ content, components }) => ({
    content: content === '' && components.length > 0 ? '…' : content || '…',
    components,
  }));
}
