// What staff are told, once, of a place that cannot be reached.
import { type Card, channel, type Inline, mention, para } from './card.js';
import type { Blocked } from './delivery.js';
import type { Locale } from './locale.js';
import { coreWords } from './words/index.js';

const reasons = {
  notInvited: 'blockedNotInvited',
  gone: 'blockedGone',
  forbidden: 'blockedForbidden',
  closed: 'blockedClosed',
} as const;

/** Who or what is meant, as data. */
export const blockedWhere = ({ to }: Blocked): Inline => ('channel' in to ? channel(to.channel) : mention(to));

export function blockedCard(blocked: Blocked, locale: Locale): Card {
  const w = coreWords(locale);
  const reason = reasons[blocked.obstacle as keyof typeof reasons] ?? 'blockedForbidden';
  return { locale, blocks: [para(...w.text('blocked', { where: blockedWhere(blocked) }), ' ', ...w.text(reason))] };
}
