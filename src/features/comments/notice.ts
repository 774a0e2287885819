// A direct message about one proceeding, sent the moment that something is agreed -> Card.
import type { Call } from '../../core/call.js';
import { type Button, bold, buttons, type Card, facts, link, para, quiet, type Text } from '../../core/card.js';
import type { Doc } from '../../core/store.js';
import { dateRows } from './cards.js';
import { clipped, exactness, idText } from './display.js';
import { closingOf, factsOf, type Proceeding } from './model.js';
import { privateButtons } from './post-card.js';
import { type CommentsKey, commentsWords } from './words/index.js';

/**
 * @param more said after the first sentence
 * @param own instead of the buttons of a reminder
 */
export function noticeCard(
  key: CommentsKey,
  { id, value }: Pick<Doc<Proceeding>, 'id' | 'value'>,
  { by, locale }: Pick<Call, 'by' | 'locale'>,
  now: Date,
  more: Text = [],
  own?: readonly Button[],
): Card {
  const w = commentsWords(locale);
  const { title, address } = factsOf(value);
  const closing = closingOf(value);
  const exact = closing && exactness(w, closing);
  const named = clipped(title, 250);
  const rows = dateRows(w, value, now);
  return {
    locale,
    blocks: [
      para(...w.text(key), ...more),
      para(address ? link(named, address) : bold(named), ' · ', idText(w, id)),
      ...(rows.length > 0 ? [facts(...rows)] : []),
      ...(exact ? [quiet(...exact)] : []),
      buttons(...(own ?? privateButtons(w, id, value, by))),
    ],
  };
}
