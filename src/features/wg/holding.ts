// Whoever holds a request is told of it while they are of the staff; else it is free again, and all staff are told.
import type { Bot } from '../../core/feature.js';
import { type Doc, update } from '../../core/store.js';
import { requestsOf } from './collections.js';
import type { Desk } from './desk.js';
import { moved } from './machine.js';
import type { Request } from './model.js';
import { redrawCard } from './placing.js';
import { noticeCard } from './staff-cards.js';
import { noticeText, tellStaff } from './telling.js';
import type { WgKey } from './words/index.js';

type Args = Readonly<Record<string, number>>;

/** What a notice is about and which time that is, its words, and what they need. */
export interface Notice {
  readonly nth: string;
  readonly key: WgKey;
  readonly args?: Args;
}

/**
 * To whoever holds it; where they cannot be reached, to all staff.
 * @returns false when there is nobody who could be told yet
 */
export async function tellHolder(bot: Bot, doc: Doc<Request>, desk: Desk, notice: Notice): Promise<boolean> {
  const { holder } = doc.value;
  // Rights are asked here as at a press: what staff read is not for those who were staff.
  if (!holder || !(await bot.is({ by: holder }, 'staff'))) {
    const key = notice.key === 'noticeUndecided' ? 'noticeLapsed' : notice.key;
    if (!(await tellAll(bot, doc, desk, { ...notice, key }))) return false;
    await letGo(bot, doc);
    return true;
  }
  const told = await tellStaff(bot, doc, holder, notice.nth, notice.key, notice.args);
  return told.state !== 'failed' || tellAll(bot, doc, desk, notice);
}

/** @returns false when there is no staff channel to tell it in */
export async function tellAll(bot: Bot, doc: Doc<Request>, desk: Desk, { nth, key, args }: Notice): Promise<boolean> {
  const { place, locale } = desk;
  if (!place) return false;
  const card = noticeCard(doc.id, locale, ...noticeText(doc, locale, key, args));
  await bot.outbox.once(`wg/${doc.id}/all/${nth}`, place, card);
  return true;
}

/** Back to the queue, where it can be taken: a question that waits for its answer waits on. */
async function letGo(bot: Bot, doc: Doc<Request>): Promise<void> {
  const { since } = doc.value;
  const after = await update(requestsOf(bot), doc.id, (old) =>
    old.since === since ? (moved(old, { deed: 'lapsed' }, undefined, bot.clock.now()) ?? old) : old,
  );
  if (after.rev !== doc.rev) await redrawCard(bot, after);
}
