// Every interaction, from its arrival to its answer: none is worked on twice, none is left without an answer.

import type { AutocompleteInteraction, Interaction } from 'discord.js';
import type { Incoming } from '../../src/core/call.js';
import { type Card, para } from '../../src/core/card.js';
import type { Clock } from '../../src/core/clock.js';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import { asLocale } from '../../src/core/locale.js';
import type { Core } from '../../src/core/platform.js';
import { UnderWay } from '../../src/core/under-way.js';
import { within } from '../../src/core/within.js';
import { coreWords } from '../../src/core/words/index.js';
import { answerTo } from './answer.js';
import { isTooLate } from './failure.js';
import { incomingOf } from './inbound.js';
import { limits, times } from './limits.js';
import { clip } from './markup.js';
import { type Answerable, Reply } from './reply.js';
import { Seen } from './seen.js';

export interface InteractionParts {
  readonly log: Logger;
  readonly clock: Clock;
  /** An interaction has just told of this member's rights. */
  readonly heardOf: (guild: string, user: string) => void;
}

export class Interactions {
  readonly #seen: Seen;
  readonly #working = new UnderWay();
  #isStopped = false;

  constructor(readonly parts: InteractionParts) {
    this.#seen = new Seen(parts.clock);
  }

  take(interaction: Interaction, core: Core): void {
    if (this.#isStopped || this.#seen.has(interaction.id)) return;
    // What comes from outside must not be able to end the program.
    this.#working
      .run(this.#answer(interaction, core))
      .catch((error: unknown) => void this.#tells(error, interaction.id));
  }

  /** Takes no more, and waits a while for those that run. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await within(this.#working.idle(), times.stopping);
  }

  async #answer(interaction: Interaction, core: Core): Promise<void> {
    const incoming = incomingOf(interaction, core.features);
    if (interaction.inCachedGuild()) this.parts.heardOf(interaction.guildId, interaction.user.id);
    if (interaction.isAutocomplete()) return this.#suggest(interaction, incoming, core);
    if (!isAnswerable(interaction)) return;
    const reply = new Reply(interaction, incoming?.by.space);
    const mayDraw = (message: string, rev: number | undefined): boolean => this.#seen.mayDraw(message, rev);
    try {
      if (incoming) await answerTo(reply, incoming, { core, log: this.parts.log, mayDraw });
      else await reply.say(ownCard(asLocale(interaction.locale) ?? 'en', 'oldButton', ''));
    } catch (error) {
      if (this.#tells(error, interaction.id)) await this.#apologize(reply, incoming, core);
    }
  }

  async #suggest(interaction: AutocompleteInteraction, incoming: Incoming | undefined, core: Core): Promise<void> {
    try {
      const option = interaction.options.getFocused(true).name;
      const choices = incoming ? ((await within(core.suggest(incoming, option), times.suggestions)) ?? []) : [];
      const fitting = choices.filter(({ value }) => value.length <= limits.choice).slice(0, limits.choices);
      await interaction.respond(fitting.map(({ value, label }) => ({ value, name: clip(label, limits.choice) })));
    } catch (error) {
      this.#tells(error, interaction.id);
    }
  }

  /** @returns whether there is still something to be answered */
  #tells(error: unknown, id: string): boolean {
    const { log } = this.parts;
    if (isTooLate(error)) {
      log.debug(faultFacts(error), 'an interaction was answered too late');
      return false;
    }
    log.error({ reference: referenceOf(id), ...faultFacts(error) }, 'an interaction could not be answered');
    return true;
  }

  /** The answer could not be drawn or sent; the member is told so, if anything gets through. */
  async #apologize(reply: Reply, incoming: Incoming | undefined, core: Core): Promise<void> {
    try {
      const locale = incoming ? await core.localeOf(incoming) : 'en';
      await reply.say(ownCard(locale, 'fault', referenceOf(reply.interaction.id)));
    } catch (error) {
      this.parts.log.debug(faultFacts(error), 'nothing got through');
    }
  }
}

const referenceOf = (id: string): string => id.slice(-8);

const ownCard = (locale: Card['locale'], key: 'oldButton' | 'fault', reference: string): Card => ({
  locale,
  blocks: [para(...coreWords(locale).text(key, { reference }))],
});

const isAnswerable = (one: Interaction): one is Answerable =>
  one.isChatInputCommand() ||
  one.isMessageContextMenuCommand() ||
  one.isButton() ||
  one.isStringSelectMenu() ||
  one.isModalSubmit();
