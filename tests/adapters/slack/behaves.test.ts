import { choiceTarget, targetOf } from '../../../adapters/slack/action-id.js';
import { chosenValue } from '../../../adapters/slack/option.js';
import { messagesOf } from '../../../adapters/slack/render.js';
import { blockFaults, messageError, optionsOf } from '../../support/slack-stand-in-blocks.js';
import { elementsIn } from '../../support/slack-stand-in-payloads.js';
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
