// Answer -> the reply to an interaction, within Discord's three seconds.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type InteractionEditReplyOptions,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { Answer, Args, Incoming, Posted } from '../../src/core/call.js';
import { button, buttons, type Card, type Form, para } from '../../src/core/card.js';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import type { Core } from '../../src/core/platform.js';
import { coreWords } from '../../src/core/words/index.js';
import { limits, times } from './limits.js';
import { modalOf } from './modal.js';
import { type Page, renderCard } from './render.js';

/** What can be answered with words. */
export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction;

export interface Answering {
  readonly core: Core;
  readonly log: Logger;
  /** Whether this revision may be drawn: nothing newer has been. */
  readonly mayDraw: (what: Posted, rev: number | undefined) => boolean;
}

const isComponent = (one: Answerable): one is ButtonInteraction | StringSelectMenuInteraction =>
  one.isButton() || one.isStringSelectMenu();

/** Renders for a reply: no embeds of links, no pings. */
const payload = (page: Page) => ({
  content: page.content,
  components: [...page.components],
  allowedMentions: { parse: [] },
});

const privately = (page: Page) => ({
  ...payload(page),
  flags: [MessageFlags.Ephemeral, MessageFlags.SuppressEmbeds] as const,
});

/**
 * Waits two seconds for the answer, then defers; so what is ready in time is one exchange.
 * @throws what discord.js threw, 10062 and 40060 included
 */
export async function answerTo(one: Answerable, incoming: Incoming, work: Answering): Promise<void> {
  const answer = work.core.answer(incoming);
  const ready = await Promise.race([answer, sleep(times.answer, undefined)]);
  if (ready === undefined) {
    if (isComponent(one)) await one.deferUpdate();
    else await one.deferReply({ flags: MessageFlags.Ephemeral });
  }
  await deliver(one, incoming, await answer, work);
}

async function deliver(one: Answerable, incoming: Incoming, answer: Answer, work: Answering): Promise<void> {
  switch (answer.kind) {
    case 'say':
      return sayTo(one, answer.card, guildIn(one, incoming));
    case 'ask':
      return showForm(one, incoming, answer.form, {}, work);
    case 'again':
      return showForm(one, incoming, answer.form, answer.wrong, work);
    case 'redraw':
      return redrawOn(one, incoming, answer, work);
    case 'nothing':
      return acknowledge(one);
  }
}

/** Buttons on private messages have to name the server; in a server Discord does. */
const guildIn = (one: Answerable, { by }: Incoming): string | undefined =>
  one.guildId === null ? by.space : undefined;

async function sayTo(one: Answerable, card: Card, guild: string | undefined): Promise<void> {
  const [first, ...rest] = renderCard(card, guild).slice(0, limits.pages);
  if (!first) return;
  if (!one.deferred && !one.replied) await one.reply(privately(first));
  else if (isComponent(one) || one.replied) await one.followUp(privately(first));
  else await one.editReply(payload(first) satisfies InteractionEditReplyOptions);
  for (const page of rest) await one.followUp(privately(page));
}

async function redrawOn(
  one: Answerable,
  incoming: Incoming,
  { card, rev, note }: Extract<Answer, { kind: 'redraw' }>,
  { mayDraw }: Answering,
): Promise<void> {
  const guild = guildIn(one, incoming);
  const [first, ...rest] = renderCard(card, guild);
  const onMessage = isComponent(one) || (one.isModalSubmit() && one.isFromMessage());
  if (!onMessage || !first) return sayTo(one, card, guild);
  if (incoming.on && !mayDraw(incoming.on, rev)) await acknowledge(one);
  else if (one.deferred) await one.editReply(payload(first));
  else await one.update(payload(first));
  const isPrivate = one.message?.flags.has(MessageFlags.Ephemeral) ?? false;
  if (isPrivate) for (const page of rest.slice(0, limits.pages - 1)) await one.followUp(privately(page));
  if (note) await sayTo(one, note, guild);
}

async function acknowledge(one: Answerable): Promise<void> {
  if (isComponent(one)) {
    if (!one.deferred) await one.deferUpdate();
    return;
  }
  if (!one.deferred) await one.deferReply({ flags: MessageFlags.Ephemeral });
  await one.deleteReply();
}

/** A modal can only be a first reply, and not to a modal; else a button opens it. */
async function showForm(one: Answerable, incoming: Incoming, form: Form, wrong: Args, work: Answering): Promise<void> {
  const guild = guildIn(one, incoming);
  if (!one.isModalSubmit() && !one.deferred) {
    await one.showModal(modalOf(form, wrong, guild));
    return;
  }
  await sayTo(one, await doorCard(form, incoming, wrong, work), guild);
}

/** A private card with a button to the form; should the store be down, with what was typed, so that it is not lost. */
async function doorCard(form: Form, { by }: Incoming, wrong: Args, { core, log }: Answering): Promise<Card> {
  const w = coreWords(form.locale);
  const isAgain = Object.keys(wrong).length > 0;
  const labelOf = (name: string): string => form.fields.find((field) => field.name === name)?.label ?? '';
  const problems = Object.entries(wrong).map(([name, what]) =>
    para([labelOf(name), what].filter((part) => part !== '').join(': ')),
  );
  try {
    const target = await core.shelve(form, by);
    const door = buttons(button(w.label(isAgain ? 'backToForm' : 'openForm'), target, 'main'));
    return { locale: form.locale, blocks: isAgain ? [...problems, door] : [para(...w.text('formReady')), door] };
  } catch (error) {
    log.warn(faultFacts(error), 'a form could not be kept');
    const typed = form.fields.flatMap(({ label, value }) => (value ? [para(`${label}: ${value}`)] : []));
    return {
      locale: form.locale,
      blocks: [...problems, ...(typed.length > 0 ? [para(...w.text('formAgain')), ...typed] : [])],
    };
  }
}
