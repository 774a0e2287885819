// What staff are told, once, of a place that cannot be reached.
import { type Card, channel, type Inline, mention, para, type Text } from './card.js';
import type { Blocked } from './delivery.js';
import type { Locale } from './locale.js';
import { coreWords } from './words/index.js';

const reasons = {
  notInvited: 'blockedNotInvited',
  gone: 'blockedGone',
  forbidden: 'blockedForbidden',
  closed: 'blockedClosed',
  tooLate: 'blockedTooLate',
  unanswered: 'blockedUnanswered',
} as const;

/** Who or what is meant, as data. */
const blockedWhere = ({ to }: Blocked): Inline => ('channel' in to ? channel(to.channel) : mention(to));

/** Who or what could not be reached, why, and the remedy. */
export function blockedText(blocked: Blocked, locale: Locale): Text {
  const w = coreWords(locale);
  const reason = reasons[blocked.obstacle as keyof typeof reasons] ?? 'blockedForbidden';
  return [...w.text('blocked', { where: blockedWhere(blocked) }), ' ', ...w.text(reason)];
}

export const blockedCard = (blocked: Blocked, locale: Locale): Card => ({
  locale,
  blocks: [para(...blockedText(blocked, locale))],
});
