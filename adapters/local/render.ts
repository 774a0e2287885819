// Card and Form -> JSON as the page reads it and the journal keeps it: dates as ISO text, targets as buttons carry them.
import { z } from 'zod';
import type { Block, Card, Field, Form, Inline, Text } from '../../src/core/card.js';
import { isRightToLeft, type Locale, locales } from '../../src/core/locale.js';
import { encodeTarget } from '../../src/core/target.js';
import { channelOf, memberOf } from './workspace.js';

const inline = z.union([
  z.string(),
  z.object({ kind: z.literal('bold'), text: z.string() }),
  z.object({ kind: z.literal('link'), text: z.string(), url: z.string() }),
  z.object({ kind: z.literal('person'), id: z.string(), name: z.string() }),
  z.object({ kind: z.literal('channel'), id: z.string(), name: z.string() }),
  z.object({ kind: z.literal('time'), at: z.iso.datetime() }),
]);
const text = z.array(inline);
const choice = z.object({ value: z.string(), label: z.string() });
const button = z.object({ label: z.string(), target: z.string(), tone: z.enum(['main', 'danger']).optional() });

const block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text, quiet: z.boolean() }),
  z.object({ kind: z.literal('facts'), facts: z.array(z.object({ label: z.string(), value: text })) }),
  z.object({ kind: z.literal('buttons'), buttons: z.array(button) }),
  z.object({
    kind: z.literal('select'),
    label: z.string(),
    target: z.string(),
    name: z.string(),
    choices: z.array(choice),
    value: z.string().optional(),
  }),
]);

const direction = z.enum(['ltr', 'rtl']);

/** A card as it is kept and sent. */
export const drawnCard = z.object({
  locale: z.enum(locales),
  dir: direction,
  title: z.string().optional(),
  blocks: z.array(block),
});

type DrawnInline = z.infer<typeof inline>;
type DrawnBlock = z.infer<typeof block>;
export type DrawnCard = z.infer<typeof drawnCard>;

/** A form as the page opens it; `target` is given back with what was filled in. */
export interface DrawnForm {
  readonly locale: Locale;
  readonly dir: z.infer<typeof direction>;
  readonly title: string;
  readonly target: string;
  readonly intro: readonly DrawnInline[];
  readonly fields: readonly Field[];
  readonly submit?: string;
}

export const directionOf = (locale: Locale): 'ltr' | 'rtl' => (isRightToLeft(locale) ? 'rtl' : 'ltr');

/** @throws RangeError when a button's target is longer than buttons may carry on any platform */
export function drawCard(card: Card): DrawnCard {
  return {
    locale: card.locale,
    dir: directionOf(card.locale),
    ...(card.title === undefined ? {} : { title: card.title }),
    blocks: card.blocks.map(drawBlock),
  };
}

/** @throws RangeError as {@link drawCard} */
export function drawForm(form: Form): DrawnForm {
  return {
    locale: form.locale,
    dir: directionOf(form.locale),
    title: form.title,
    target: encodeTarget(form.target),
    intro: drawText(form.intro ?? []),
    fields: form.fields,
    ...(form.submit === undefined ? {} : { submit: form.submit }),
  };
}

function drawBlock(one: Block): DrawnBlock {
  switch (one.kind) {
    case 'text':
      return { kind: 'text', text: drawText(one.text), quiet: one.quiet === true };
    case 'facts':
      return { kind: 'facts', facts: one.facts.map(({ label, value }) => ({ label, value: drawText(value) })) };
    case 'buttons':
      return {
        kind: 'buttons',
        buttons: one.buttons.map((each) => ({ ...each, target: encodeTarget(each.target) })),
      };
    case 'select':
      return { ...one, target: encodeTarget(one.target), choices: [...one.choices] };
  }
}

const drawText = (parts: Text): DrawnInline[] => parts.map(drawInline);

function drawInline(part: Inline): DrawnInline {
  if (typeof part === 'string') return part;
  switch (part.kind) {
    case 'bold':
      return { kind: 'bold', text: part.text };
    case 'link':
      return isWebAddress(part.url) ? { kind: 'link', text: part.text, url: part.url } : part.text;
    case 'person':
      return { kind: 'person', id: part.person.person, name: memberOf(part.person.person)?.name ?? part.person.person };
    case 'channel':
      return { kind: 'channel', id: part.channel, name: channelOf(part.channel)?.id ?? part.channel };
    case 'time':
      return { kind: 'time', at: part.at.toISOString() };
  }
}

/** Anything else, such as `javascript:`, is shown as text and leads nowhere. */
const isWebAddress = (url: string): boolean =>
  URL.canParse(url) && ['https:', 'http:', 'mailto:'].includes(new URL(url).protocol);

const plainInline = (part: DrawnInline): string => {
  if (typeof part === 'string') return part;
  if (part.kind === 'person') return `@${part.name}`;
  if (part.kind === 'channel') return `#${part.name}`;
  return part.kind === 'time' ? part.at : part.text;
};

const plain = (parts: readonly DrawnInline[]): string => parts.map(plainInline).join('');

/** What a card says, without its controls: for the routes in a message's menu. */
export function plainCard(card: DrawnCard): string {
  const lines = card.blocks.flatMap((one) => {
    if (one.kind === 'text') return [plain(one.text)];
    return one.kind === 'facts' ? one.facts.map(({ label, value }) => `${label}: ${plain(value)}`) : [];
  });
  return [...(card.title === undefined ? [] : [card.title]), ...lines].join('\n');
}
