// What leaves in private: messages to members and to staff. The card in the staff channel is in placing.ts.
import type { Person, Posted } from '../../core/call.js';
import type { Card, Text } from '../../core/card.js';
import { deliveries } from '../../core/delivery.js';
import type { Bot, Delivered } from '../../core/feature.js';
import type { Locale } from '../../core/locale.js';
import { type Doc, update } from '../../core/store.js';
import { pauseAfter } from './admission.js';
import { answersOf, requestsOf } from './collections.js';
import { declinedCard, doneCard, questionCard, sentences } from './member-cards.js';
import { type Answers, type NewsKind, owedNews, type Request, shortId } from './model.js';
import { redrawCard } from './placing.js';
import { noticeCard } from './staff-cards.js';
import { type WgKey, wgWords } from './words/index.js';

/** Somebody waits for these; smaller goes first. */
const urgency = 3;

/** The language in which a member is written to. */
export const localeFor = async (bot: Bot, person: Person, fallback: Locale): Promise<Locale> =>
  (await bot.settings.memberLocale(person)) ?? fallback;

/** The one shape of the three. */
const asPosted = (delivered: Delivered): { state: Delivered['state']; posted?: Posted | undefined } =>
  delivered.state === 'sent' ? { state: 'sent', posted: delivered.posted } : { state: delivered.state };

/**
 * Tells the member something in private, once; whether it arrived is kept with the request.
 * @param nth tells apart what may be told several times
 * @param draw the card, in the member's language
 */
export async function tellMember(
  bot: Bot,
  doc: Doc<Request>,
  kind: NewsKind,
  nth: string,
  draw: (locale: Locale) => Card,
): Promise<Doc<Request>> {
  const { by, locale } = doc.value;
  const key = `wg/${doc.id}/${kind}/${nth}`;
  if (!by || doc.value.news.some((one) => one.key === key)) return doc;
  const card = draw(await localeFor(bot, by, locale));
  const { state, posted } = asPosted(await bot.outbox.once(key, by, card, urgency));
  const told = await update(requestsOf(bot), doc.id, (now) => {
    const news = { kind, key, state, ...(posted ? { posted } : {}) };
    return now.by && !now.news.some((one) => one.key === key) ? { ...now, news: [...now.news, news] } : now;
  });
  if (state === 'failed') await redrawCard(bot, told);
  return told;
}

/** Tells the member how their request now stands, where they have not been told. */
export async function tellOwed(bot: Bot, doc: Doc<Request>): Promise<Doc<Request>> {
  const owed = owedNews(doc.value);
  if (!owed) return doc;
  const answers = (await answersOf(bot).get(doc.id))?.value;
  return tellMember(bot, doc, owed.kind, owed.nth, (locale) => newsCard(doc, owed.kind, answers, locale));
}

function newsCard({ id, value }: Doc<Request>, kind: NewsKind, answers: Answers | undefined, locale: Locale): Card {
  const { group, question = '', reason = '', since } = value;
  if (kind === 'question') return questionCard(id, group, answers?.questions[question]?.text ?? '', locale);
  if (kind === 'declined') {
    return declinedCard(group, answers?.reasons[reason] ?? '', pauseAfter(new Date(since)), locale);
  }
  if (kind === 'done') return doneCard(group, locale);
  return sentences(locale, wgWords(locale).text(kind === 'left' ? 'leftText' : 'expiredText', { group }));
}

/** What staff hear of the last thing that the member was told: whether it arrived. */
export function toldCard({ value }: Doc<Request>, locale: Locale): Card {
  const w = wgWords(locale);
  const state = value.news.at(-1)?.state;
  if (state === 'failed') return sentences(locale, w.text('remarkUnheard', { command: '/wg requests' }));
  return sentences(locale, w.text(state === 'waiting' ? 'memberToldSoon' : 'memberTold'));
}

/** Looks at what was still under way when it was last looked at. */
export async function settleNews(bot: Bot, doc: Doc<Request>): Promise<Doc<Request>> {
  const ledger = bot.store.collection(deliveries);
  const waiting = doc.value.news.filter(({ state }) => state === 'waiting');
  const found = await Promise.all(waiting.map(async ({ key }) => [key, (await ledger.get(key))?.value] as const));
  const over = new Map(found.filter(([, one]) => one?.state !== 'waiting' && one?.state !== 'sending'));
  if (over.size === 0) return doc;
  const settled = await update(requestsOf(bot), doc.id, (now) => ({
    ...now,
    news: now.news.map((one) => {
      if (one.state !== 'waiting' || !over.has(one.key)) return one;
      const end = over.get(one.key);
      const state = end?.state === 'sent' ? ('sent' as const) : ('failed' as const);
      return { ...one, state, ...(end?.posted ? { posted: end.posted } : {}) };
    }),
  }));
  await redrawCard(bot, settled);
  return settled;
}

/**
 * Tells one of the staff about a request in private.
 * @param nth what it is about and which time that is
 */
export async function tellStaff(
  bot: Bot,
  doc: Doc<Request>,
  to: Person,
  nth: string,
  key: WgKey,
  args: Readonly<Record<string, number>> = {},
): Promise<Delivered> {
  const locale = await localeFor(bot, to, doc.value.card?.locale ?? 'en');
  const card = noticeCard(doc.id, locale, ...noticeText(doc, locale, key, args));
  return bot.outbox.once(`wg/${doc.id}/staff/${nth}`, to, card);
}

/** A sentence about a request that names nobody. */
export function noticeText(
  doc: Doc<Request>,
  locale: Locale,
  key: WgKey,
  args: Readonly<Record<string, number>> = {},
): Text {
  return wgWords(locale).text(key, { ...args, id: shortId(doc.id), group: doc.value.group });
}
