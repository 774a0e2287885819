// Decline: a reason is written, the message previewed, then sent; and the pause after it lifted.
import { again, ask, type Call, say } from '../../core/call.js';
import type { Form } from '../../core/card.js';
import { need, type Route } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import { update } from '../../core/store.js';
import { pauseAfter } from './admission.js';
import { answersOf } from './collections.js';
import { requestAt } from './desk.js';
import { declinedCard } from './member-cards.js';
import { isPast, make, shown } from './pressing.js';
import { previewCard, reasonForm } from './staff-cards.js';
import { localeFor, tellOwed, toldCard } from './telling.js';
import { wgWords } from './words/index.js';

/** The button: the form for a reason, with one in it that was written before. */
export const reason: Route = {
  who: 'staff',
  async run(call, bot) {
    const doc = await requestAt(call, bot, need(call.args, 'id'));
    if (isPast(call, bot, doc, { deed: 'declined', reason: '' })) return shown(call, bot, { doc, isLate: true });
    const written = (await answersOf(bot).get(doc.id))?.value.reasons[call.args.r ?? ''];
    return ask(reasonForm(doc.id, call.locale, written ?? ''));
  },
};

/** Drawn from the call alone: a store that is down must not cost anybody what they have typed. */
const filledForm = (call: Call): Form => reasonForm(need(call.args, 'id'), call.locale, call.args.reason ?? '');

/** The reason, written: what the member will read, before anything is decided. */
export const preview: Route = {
  who: 'staff',
  form: async (call) => filledForm(call),
  async run(call, bot) {
    const { id, value } = await requestAt(call, bot, need(call.args, 'id'));
    const text = (call.args.reason ?? '').trim();
    if (text === '') return again(filledForm(call), { reason: wgWords(call.locale).label('needed') });
    const key = bot.newId().slice(-8);
    await update(answersOf(bot), id, (old) => ({ ...old, reasons: { ...old.reasons, [key]: text } }));
    const locale = value.by ? await localeFor(bot, value.by, value.locale) : value.locale;
    return say(previewCard(id, key, declinedCard(value.group, text, pauseAfter(bot.clock.now()), locale), call.locale));
  },
};

/** The message was looked at, and goes out. */
export const decline: Route = {
  who: 'staff',
  async run(call, bot) {
    const { id } = await requestAt(call, bot, need(call.args, 'id'));
    const key = need(call.args, 'r');
    const text = (await answersOf(bot).get(id))?.value.reasons[key];
    if (text === undefined) throw refuse('oldButton');
    const outcome = await make(call, bot, id, { deed: 'declined', reason: key });
    if (outcome.isLate) return shown(call, bot, outcome);
    const doc = await tellOwed(bot, outcome.doc);
    return shown(call, bot, { doc, isLate: false }, toldCard(doc, call.locale));
  },
};

/** The member may ask again before the pause is over. */
export const lift: Route = {
  who: 'staff',
  async run(call, bot) {
    const { id } = await requestAt(call, bot, need(call.args, 'id'));
    return shown(call, bot, await make(call, bot, id, { deed: 'lifted' }));
  },
};
