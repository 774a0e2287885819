// Card -> messages, App Home, or a modal that shows it.
import type { ActionsBlock, HomeView, KnownBlock, ModalView, Button as SlackButton, StaticSelect } from '@slack/types';
import type { Block, Button, Card } from '../../src/core/card.js';
import type { Locale } from '../../src/core/locale.js';
import { coreWords } from '../../src/core/words/index.js';
import { type ActionIds, actionIds } from './action-id.js';
import { clip } from './clip.js';
import { limits } from './limits.js';
import { metadataOf, type Opened } from './opened.js';
import { label, optionOf } from './option.js';
import { escaped } from './pieces.js';
import { type Drawn, quietText, richText } from './rich-text.js';

/** What is shown in a channel or to one person. */
export interface Message {
  /** For notifications and screen readers; the blocks say the same. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/**
 * Draws a card as one message, or as several where one cannot hold it.
 * @throws RangeError when a button or a choice carries more than Slack lets it carry
 */
export function messagesOf(card: Card): readonly [Message, ...Message[]] {
  const drawn = drawnOf(card);
  return fitsIntoOne(drawn) ? [messageOf(drawn)] : pagesOf(drawn, card);
}

function fitsIntoOne(all: readonly Drawn[]): boolean {
  if (all.length > limits.messageBlocks) return false;
  const most = all.reduce((sum, drawn) => sum + drawn.most, 0);
  return most <= limits.messageCharacters || jsonSize(all) <= limits.messageCharacters;
}

const jsonSize = (all: readonly Drawn[]): number => JSON.stringify(all.map(({ block }) => block)).length;

/** A button with its label and its target, as JSON: a character is six at most, and what is encoded is ASCII. */
const mostOfButton = 6 * limits.buttonText + limits.actionId + 150;

/** Its choices were measured; the chosen one comes twice. */
const mostOfMenu =
  limits.menuCharacters + 6 * (2 * limits.placeholder + limits.optionText + limits.optionValue) + limits.actionId + 400;

function pagesOf(all: readonly Drawn[], card: Card): readonly [Message, ...Message[]] {
  const pages: Drawn[][] = [[]];
  const more = quietText([coreWords(card.locale).label('more')], card.locale);
  let size = 0;
  for (const drawn of all) {
    const length = JSON.stringify(drawn.block).length;
    let page = pages.at(-1) ?? [];
    if (page.length === limits.messageBlocks || size + length > limits.messageCharacters) {
      page = [...more];
      pages.push(page);
      size = JSON.stringify(more).length;
    }
    page.push(drawn);
    size += length + 1;
  }
  const [first = [], ...others] = pages;
  return [messageOf(first), ...others.map(messageOf)];
}

/** The card as it fits into one message: for what is drawn anew in place. */
export const messageFor = (card: Card): Message => messagesOf(card)[0];

/** The card as App Home shows it; what a view cannot hold is left out. */
export const homeOf = (card: Card): HomeView => ({ type: 'home', blocks: viewBlocks(card) });

/** The card in a modal, for answers where there is no channel to say them in. */
export function cardModal(card: Card, opened: Opened): ModalView {
  return {
    type: 'modal',
    title: label(card.title?.trim() || 'Rapporteur', limits.modalTitle),
    blocks: viewBlocks(card),
    private_metadata: metadataOf(opened),
  };
}

const viewBlocks = (card: Card): KnownBlock[] =>
  drawnOf(card)
    .slice(0, limits.viewBlocks)
    .map(({ block }) => block);

function messageOf(drawn: readonly Drawn[]): Message {
  const said = drawn.flatMap(({ plain }) => (plain === '' ? [] : [plain])).join('\n');
  // Clipped text must not end inside an entity or a mention.
  const text = clip(said, limits.fallback).replace(/[&<][^;>\s]*…$/, '…');
  return { text: text === '' ? '…' : text, blocks: drawn.map(({ block }) => block) };
}

function drawnOf(card: Card): readonly Drawn[] {
  const ids = actionIds();
  const title = clip(card.title ?? '', limits.header);
  const header: readonly Drawn[] = title.trim()
    ? [
        {
          block: { type: 'header', text: { type: 'plain_text', text: title, emoji: false } },
          plain: escaped(title),
          most: 6 * limits.header + 100,
        },
      ]
    : [];
  return [...header, ...card.blocks.flatMap((block) => blockOf(block, card.locale, ids))];
}

function blockOf(block: Block, locale: Locale, ids: ActionIds): readonly Drawn[] {
  switch (block.kind) {
    case 'text':
      return block.quiet ? quietText(block.text, locale) : richText([block.text], locale);
    case 'facts':
      return richText(
        block.facts.map(({ label, value }) => [{ kind: 'bold' as const, text: `${label}:` }, ' ', ...value]),
        locale,
      );
    case 'buttons':
      return rowsOf(block.buttons, ids);
    case 'select':
      return menusOf(block, ids);
  }
}

const styles = { main: 'primary', danger: 'danger' } as const;

function rowsOf(buttons: readonly Button[], ids: ActionIds): readonly Drawn[] {
  const elements = buttons.map(
    ({ label: text, target, tone }): SlackButton => ({
      type: 'button',
      text: label(text, limits.buttonText),
      action_id: ids.button(target),
      ...(tone ? { style: styles[tone] } : {}),
    }),
  );
  return Array.from({ length: Math.ceil(elements.length / limits.buttonsInRow) }, (_, row) => {
    const own = elements.slice(row * limits.buttonsInRow, (row + 1) * limits.buttonsInRow);
    const block: ActionsBlock = { type: 'actions', elements: own };
    return { block, plain: '', most: own.length * mostOfButton + 50 };
  });
}

/** One menu, or several where one cannot hold all choices. */
function menusOf(block: Extract<Block, { kind: 'select' }>, ids: ActionIds): readonly Drawn[] {
  const menus: ReturnType<typeof optionOf>[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const choice of block.choices) {
    const option = optionOf(choice);
    const length = JSON.stringify(option).length + 1;
    if (size + length > limits.menuCharacters || menus.at(-1)?.length === limits.options) {
      menus.push([]);
      size = 0;
    }
    menus.at(-1)?.push(option);
    size += length;
  }
  return menus.map((options, at) => {
    const name = menus.length === 1 ? block.label : `${block.label} (${at + 1}/${menus.length})`;
    const chosen = options.find(({ value }) => value === block.value);
    const accessory: StaticSelect = {
      type: 'static_select',
      action_id: ids.menu(block.target, block.name),
      placeholder: label(name, limits.placeholder),
      options,
      ...(chosen ? { initial_option: chosen } : {}),
    };
    const text = label(name, limits.label);
    return { block: { type: 'section', text, accessory }, plain: escaped(text.text), most: mostOfMenu };
  });
}
