// One interaction and how far its answer has got: Discord takes other calls before a first answer than after it.
import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  InteractionResponseType,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  Routes,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { Args, Attachment } from '../../src/core/call.js';
import type { Card, Form } from '../../src/core/card.js';
import { callBack } from './callback.js';
import { refusalOfFiles } from './failure.js';
import { accompanied, payloadOf, refusedWith } from './files.js';
import { limits } from './limits.js';
import { bodyOf } from './messages.js';
import { modalOf } from './modal.js';
import { type Page, renderCard } from './render.js';

/** What can be answered with words. */
export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction;

/** `thinking`: a private message was promised and is still empty. `held`: the message stays as it is for now. */
type Stage = 'open' | 'thinking' | 'held' | 'answered';

export class Reply {
  #stage: Stage = 'open';
  /** Buttons on private messages have to name the server; in a server Discord does. */
  readonly #guild: string | undefined;

  constructor(
    readonly interaction: Answerable,
    space: string | undefined,
  ) {
    this.#guild = interaction.guildId === null ? space : undefined;
  }

  /** Within three seconds Discord wants some answer; this one says that another follows. */
  async defer(): Promise<void> {
    const one = this.interaction;
    if (isComponent(one)) {
      await one.deferUpdate();
      this.#stage = 'held';
    } else {
      await one.deferReply({ flags: MessageFlags.Ephemeral });
      this.#stage = 'thinking';
    }
  }

  /** A private answer, in as many messages as it needs; files come with the first. */
  async say(card: Card, files: readonly Attachment[] = []): Promise<void> {
    const most = this.interaction.attachmentSizeLimit || limits.file;
    const { card: said, files: fitting, weight } = accompanied(card, files, most);
    // A heavy first answer might be too late.
    if (this.#stage === 'open' && weight > limits.quickFiles) await this.defer();
    const [first, ...others] = atMost(limits.pages, renderCard(said, this.#guild));
    if (!first) return;
    try {
      await this.#sayPage(first, fitting);
    } catch (error) {
      const refusal = fitting.length > 0 ? refusalOfFiles(error) : undefined;
      if (!refusal) throw error;
      return this.say(refusedWith(card, refusal, files, most));
    }
    for (const page of others) await this.#sayPage(page);
  }

  /** Whether a form can still be shown: as a first answer only, and not to a form. */
  get takesForm(): boolean {
    return this.#stage === 'open' && !this.interaction.isModalSubmit();
  }

  async showForm(form: Form, wrong: Args): Promise<void> {
    const one = this.interaction;
    if (one.isModalSubmit()) throw new Error('a form cannot answer a form');
    await one.showModal(modalOf(form, wrong, this.#guild));
    this.#stage = 'answered';
  }

  /** Draws the message anew that the interaction came from; without one the card is said. */
  async redraw(card: Card): Promise<void> {
    const one = this.interaction;
    const [first, ...rest] = renderCard(card, this.#guild);
    if (!first || !(isComponent(one) || (one.isModalSubmit() && one.isFromMessage()))) return this.say(card);
    const isPrivate = one.message.flags.has(MessageFlags.Ephemeral);
    if (this.#stage === 'held') await one.editReply(contentOf(first));
    else if (this.#stage === 'open') await one.update(contentOf(first));
    else if (isPrivate) return this.say(card);
    else {
      // What was promised is a message of its own; the one in the channel is changed as any of ours is.
      const route = Routes.channelMessage(one.message.channelId, one.message.id);
      await one.client.rest.patch(route, { body: bodyOf(first) });
      return this.end();
    }
    this.#stage = 'answered';
    if (isPrivate) for (const page of atMost(limits.pages - 1, rest)) await this.#sayPage(page);
  }

  /** Nothing is to be seen. */
  async end(): Promise<void> {
    const one = this.interaction;
    if (this.#stage === 'open') {
      if (isComponent(one) || (one.isModalSubmit() && one.isFromMessage())) await one.deferUpdate();
      else await this.defer();
    }
    if (this.#stage === 'thinking') await one.deleteReply();
    this.#stage = 'answered';
  }

  async #sayPage(page: Page, files: readonly Attachment[] = []): Promise<void> {
    const one = this.interaction;
    const attached = files.length > 0 ? { files: files.map(payloadOf) } : {};
    if (this.#stage === 'open' && files.length === 0) await answerWith(one, page);
    else if (this.#stage === 'open') await one.reply({ ...privately(page), ...attached });
    else if (this.#stage === 'thinking') await one.editReply({ ...contentOf(page), ...attached });
    else await one.followUp({ ...privately(page), ...attached });
    this.#stage = 'answered';
  }
}

const isComponent = (one: Answerable): one is ButtonInteraction | StringSelectMenuInteraction =>
  one.isButton() || one.isStringSelectMenu();

/** No pings, whatever the words are. */
const contentOf = ({ content, components }: Page) => ({
  content,
  components: [...components],
  allowedMentions: { parse: [] },
});

/**
 * The first answer as the REST API takes it: `reply` of discord.js builds the same out of what can be sent in many more
 * ways, which takes as long as everything else here together.
 */
async function answerWith(one: Answerable, { content, components }: Page): Promise<void> {
  const flags = MessageFlags.Ephemeral | MessageFlags.SuppressEmbeds;
  const data = { content, components, flags, allowed_mentions: { parse: [] } };
  const body = { type: InteractionResponseType.ChannelMessageWithSource, data };
  await callBack(one.client.rest, one.id, one.token, body);
  // Follow-ups are only sent by one that knows that it has answered.
  one.replied = true;
}

/** No embeds of links either. */
const privately = (page: Page) => ({
  ...contentOf(page),
  flags: [MessageFlags.Ephemeral, MessageFlags.SuppressEmbeds] as const,
});

/** What is left out is marked. */
function atMost(most: number, pages: readonly Page[]): readonly Page[] {
  const kept = pages.slice(0, most);
  const last = kept.at(-1);
  if (!last || pages.length <= most || last.content.length + 2 > limits.content) return kept;
  return [...kept.slice(0, -1), { ...last, content: `${last.content}\n…` }];
}
