// A stage with one proceeding on it, open from 20 February to 12 April, and today the first of March.
import type { Answer } from '../../../src/core/call.js';
import type { Card } from '../../../src/core/card.js';
import { cardOf, textOf } from '../../support/harness.js';
import { type Stage, type StageOptions, stage } from './stage.js';

export const now = '2026-03-01T12:00:00Z';

export const address =
  'https://www.icann.org/en/public-comment/proceeding/proposed-renewal-of-the-aero-registry-agreement-20-02-2026';
/** What staff fill in. */
export const typed = {
  address,
  title: 'Renewal of .AERO',
  closing: '2026-04-12',
  category: 'contracts',
  requester: 'GDS',
};
/** What a channel follows. */
export const everything = { days: 'opens,14,7,3,1,closes,own', hour: '9', zone: 'UTC', category: '', words: '' };

export const text = (answer: Answer): string => textOf(cardOf(answer));
export const idIn = (answer: Answer): string => /ID (\w{4})/.exec(text(answer))?.[1] ?? '';

export async function withOne(more: Partial<StageOptions> = {}): Promise<{ bot: Stage; id: string; card: Card }> {
  const bot = stage({ now, ...more });
  const added = await bot.call('sam', 'comments.added', typed);
  return { bot, id: idIn(added), card: cardOf(added) };
}

export const inChannel = (bot: Stage, channel: string): string[] =>
  bot.seen
    .filter(({ to }) => ('channel' in to ? to.channel : `dm-${to.person}`) === channel)
    .map(({ card }) => textOf(card));
