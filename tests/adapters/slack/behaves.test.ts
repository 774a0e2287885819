import type { ViewSubmitAction } from '@slack/bolt';
import { choiceTarget, targetOf } from '../../../adapters/slack/action-id.js';
import { fromSubmission } from '../../../adapters/slack/inbound.js';
import { modalOf } from '../../../adapters/slack/modal.js';
import { chosenValue } from '../../../adapters/slack/option.js';
import { messagesOf } from '../../../adapters/slack/render.js';
import { blockFaults, type Json, messageError, optionsOf, viewFaults } from '../../support/slack-stand-in-blocks.js';
import { elementsIn, submission } from '../../support/slack-stand-in-payloads.js';
import { World } from '../../support/slack-stand-in-world.js';
import { platformBehaves } from '../behaves.js';
import { stageFor } from './stage.js';

/** Texts that Slack parses: the fallback, and whatever is mrkdwn. */
function parsed(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, text } = value as { type?: unknown; text?: unknown };
  const own = type === 'mrkdwn' && typeof text === 'string' ? [text] : [];
  return [...own, ...Object.values(value).flatMap(parsed)];
}

const markup = /<(?:!|@|#)/g;

platformBehaves('Slack', {
  faults: (card) =>
    messagesOf(card).flatMap(({ text, blocks }) => [
      ...[messageError(text, blocks) ?? []].flat(),
      ...blockFaults(blocks, 'message'),
    ]),
  targets: (card) =>
    messagesOf(card).flatMap(({ blocks }) =>
      elementsIn(blocks).flatMap((element) => {
        const id = String(element.action_id);
        if (element.type === 'button') return [targetOf(id)];
        return optionsOf(element).map(({ value }) => choiceTarget(id, chosenValue(String(value))));
      }),
    ),
  live: (card) =>
    messagesOf(card).flatMap(({ text, blocks }) => [text, ...parsed(blocks)].flatMap((one) => one.match(markup) ?? [])),
  formFaults: (form, wrong) => viewFaults(modalOf(form, { channel: 'CGENERAL', message: '1.1' }, wrong)),
  sent(form) {
    const app = { id: 'A1', bot: 'UBOT1', scopes: [], hasMessagesTab: true };
    const view = { ...modalOf(form, { channel: 'CGENERAL' }) } as unknown as Json;
    const shown = { id: 'V1', app: app.id, user: 'UANN', hash: 'h1', view };
    const sent = submission({ app, user: 'UANN', world: new World(), responseAt: (id) => id }, shown, {});
    return fromSubmission(sent as unknown as ViewSubmitAction, 'T1');
  },
  channel: 'CGENERAL',
  async postNowhere(card) {
    const stage = await stageFor('http');
    try {
      await stage.start();
      return await stage.platform.post({ platform: 'slack', space: 'T1', channel: 'CNOWHERE' }, card);
    } finally {
      await stage.stop();
    }
  },
});
