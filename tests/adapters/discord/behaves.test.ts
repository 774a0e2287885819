import { Collection, type ModalSubmitInteraction } from 'discord.js';
import { discordPlatform } from '../../../adapters/discord/connect.js';
import { decodeCustomId } from '../../../adapters/discord/custom-id.js';
import { filledIn, modalOf } from '../../../adapters/discord/modal.js';
import { chosen } from '../../../adapters/discord/option.js';
import { renderCard } from '../../../adapters/discord/render.js';
import type { Card } from '../../../src/core/card.js';
import { systemClock } from '../../../src/core/clock.js';
import { DiscordStandIn, ids } from '../../support/discord-stand-in.js';
import { filled } from '../../support/discord-stand-in-forms.js';
import { faultOfMessage, faultOfModal } from '../../support/discord-stand-in-limits.js';
import { silentLog } from '../../support/log.js';
import { memoryStore } from '../../support/memory-store.js';
import { platformBehaves } from '../behaves.js';

/** What Discord would read as a mention, or as a link of somebody's making. */
const markup = /@everyone|@here|(?<!\\)<(?:@|#|!)|(?<!\\)\]\((?!<https:\/\/example\.org)/g;

const nothing = (): void => undefined;

platformBehaves('Discord', {
  faults: (card) => renderCard(card, ids.guild).flatMap((page) => faultOfMessage(page) ?? []),
  targets: (card) =>
    renderCard(card).flatMap(({ components }) =>
      components.flatMap((row) =>
        row.components.flatMap((one) => {
          const { target, name = '' } = decodeCustomId(one.custom_id);
          if (!('options' in one)) return [target];
          return one.options.map(({ value }) => ({ ...target, args: { ...target.args, [name]: chosen(value) } }));
        }),
      ),
    ),
  live: (card) => renderCard(card).flatMap(({ content }) => content.match(markup) ?? []),
  formFaults: (form, wrong) => [faultOfModal(modalOf(form, wrong, ids.guild)) ?? []].flat(),
  sent(form) {
    const modal = modalOf(form);
    const inputs = filled(modal.components, {}).flatMap(({ component }) => (component ? [component] : []));
    // As discord.js hands them on.
    const fields = new Collection(inputs.map((one) => [one.custom_id, { ...one, customId: one.custom_id }]));
    const given = filledIn({ fields: { fields } } as unknown as ModalSubmitInteraction);
    const { target } = decodeCustomId(modal.custom_id);
    return { ...target, args: { ...target.args, ...given } };
  },
  channel: ids.general,
  async postNowhere(card: Card) {
    const discord = await new DiscordStandIn().listen();
    const platform = discordPlatform({
      token: discord.token,
      apiUrl: discord.apiUrl,
      log: silentLog,
      clock: systemClock,
      store: memoryStore(),
      onDead: nothing,
    });
    try {
      await platform.start({ features: [] } as never);
      return await platform.post({ platform: 'discord', space: ids.guild, channel: ids.hidden }, card);
    } finally {
      await platform.stop();
      await discord.close();
    }
  },
});
