// @ts-check
// A card as elements.
import { choice } from './choice.js';
import { el } from './dom.js';
import { memberOf, state, word } from './state.js';
import { instant } from './times.js';

/**
 * @typedef {(target: string, fields?: Record<string, string>) => void} Press
 */

/**
 * @param {import('./state.js').Card} card
 * @param {Press} press
 */
export function drawCard(card, press) {
  const title = card.title === undefined ? undefined : el('h3', { class: 'card-title' }, card.title);
  return el(
    'div',
    { class: 'card', lang: card.locale, dir: card.dir },
    title,
    ...card.blocks.map((block) => drawBlock(block, press)),
  );
}

/** @param {import('./state.js').Block} block @param {Press} press */
function drawBlock(block, press) {
  switch (block.kind) {
    case 'text':
      return el('p', { class: block.quiet ? 'quiet' : undefined }, ...drawText(block.text));
    case 'facts':
      return el(
        'dl',
        { class: 'facts' },
        ...block.facts.map((fact) => el('div', {}, el('dt', {}, fact.label), el('dd', {}, ...drawText(fact.value)))),
      );
    case 'buttons':
      return el(
        'div',
        { class: 'buttons' },
        ...block.buttons.map(({ label, target, tone }) =>
          el(
            'button',
            { type: 'button', class: `button ${tone ?? ''}`, 'data-target': target, onclick: () => press(target) },
            label,
          ),
        ),
      );
    case 'select':
      return choice(block, press);
  }
}

/** @param {readonly import('./state.js').Inline[]} text */
export const drawText = (text) => text.map(drawInline);

/** @param {import('./state.js').Inline} part */
function drawInline(part) {
  if (typeof part === 'string') return part;
  switch (part.kind) {
    case 'bold':
      return el('strong', { dir: 'auto' }, part.text);
    case 'link':
      return el('a', { dir: 'auto', href: part.url, target: '_blank', rel: 'noopener noreferrer' }, part.text);
    case 'person': {
      const isMe = part.id === state.outlook.member;
      const name = memberOf(part.id)?.name ?? part.name;
      return el(
        'span',
        { dir: 'auto', class: `mention ${isMe ? 'mine' : ''}` },
        `@${name}`,
        isMe && ` (${word('youBadge')})`,
      );
    }
    case 'channel':
      return state.outlook.channels.some(({ id }) => id === part.id)
        ? el('a', { dir: 'auto', class: 'mention', href: `#${part.id}` }, `#${part.name}`)
        : el('span', { dir: 'auto', class: 'mention' }, `#${part.name}`);
    case 'time':
      return instant(part.at);
  }
}
