// Ask for more: the question of staff on its way to the member.
import { again, ask, type Call, type Place } from '../../core/call.js';
import type { Form } from '../../core/card.js';
import { type Bot, need, type Route } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import { update } from '../../core/store.js';
import { answersOf } from './collections.js';
import { isSameSpace, queueOf, requestAt, seatOf } from './desk.js';
import { sentences } from './member-cards.js';
import { isSame, isUndecided, type Request } from './model.js';
import { isPast, make, type Outcome, shown } from './pressing.js';
import { askForm } from './staff-cards.js';
import { tellOwed } from './telling.js';
import { wgWords } from './words/index.js';

/** The button: too late is told before anybody writes a question. */
export const askMore: Route = {
  who: 'staff',
  async run(call, bot) {
    const doc = await requestAt(call, bot, need(call.args, 'id'));
    if (isPast(call, bot, doc, { deed: 'asked', question: '' })) return shown(call, bot, { doc, isLate: true });
    return ask(askForm(doc.id, doc.value.group, newKey(bot), call.locale, ''));
  },
};

/** Drawn from the call alone: a store that is down must not cost anybody what they have typed. */
const filledForm = (call: Call, key: string): Form =>
  askForm(need(call.args, 'id'), need(call.args, 'g'), key, call.locale, call.args.question ?? '');

/** Short enough for a button. */
const newKey = (bot: Bot): string => bot.newId().slice(-8);

/** The key that the form carries; those from before they did get a new one. */
const keyOf = (call: Call, bot: Bot): string =>
  /^[0-9A-Z]{8}$/.test(call.args.q ?? '') ? need(call.args, 'q') : newKey(bot);

/** The question, sent. */
export const asked: Route = {
  who: 'staff',
  form: async (call, bot) => filledForm(call, keyOf(call, bot)),
  async run(call, bot) {
    const { id, value } = await requestAt(call, bot, need(call.args, 'id'));
    const [question, key] = [(call.args.question ?? '').trim(), keyOf(call, bot)];
    if (question === '') return again(filledForm(call, key), { question: wgWords(call.locale).label('needed') });
    const outcome = wasAsked(value, key)
      ? { doc: await requestAt(call, bot, id), isLate: false }
      : await askNow(call, bot, id, key, question);
    if (outcome.isLate) return shown(call, bot, outcome);
    const doc = await tellOwed(bot, outcome.doc);
    const isUnheard = doc.value.news.some((one) => one.key.endsWith(`/${key}`) && one.state === 'failed');
    const text = wgWords(call.locale).text(isUnheard ? 'questionKept' : 'questionSent', { command: '/wg requests' });
    return shown(call, bot, { doc, isLate: false }, sentences(call.locale, text));
  },
};

/** Whether the member has had this question: the same form was sent a second time. */
const wasAsked = ({ question, news }: Request, key: string): boolean =>
  question === key || news.some((one) => one.kind === 'question' && one.key.endsWith(`/${key}`));

async function askNow(call: Call, bot: Bot, id: string, key: string, text: string): Promise<Outcome> {
  await update(answersOf(bot), id, (old) => ({ ...old, questions: { ...old.questions, [key]: { text } } }));
  const outcome = await make(call, bot, id, { deed: 'asked', question: key });
  // Sent twice at the same moment: the other one has asked it.
  if (outcome.isLate && outcome.doc.value.question === key) return { ...outcome, isLate: false };
  if (outcome.isLate) await withoutQuestion(bot, id, key);
  return outcome;
}

/** A question that came too late was never asked. */
async function withoutQuestion(bot: Bot, id: string, key: string): Promise<void> {
  await update(answersOf(bot), id, (old) => {
    const { [key]: _, ...questions } = old.questions;
    return { ...old, questions };
  });
}

/** In the menu of a message in a card's thread: that message as the question. */
export const quote: Route = {
  who: 'staff',
  menu: 'askThis',
  async run(call, bot) {
    const seat = await seatOf(call, bot);
    const doc = (await queueOf(bot, seat)).find(({ value }) => hangsOn(call.place, value));
    if (!doc || !isUndecided(doc.value)) throw refuse('noCardHere');
    if (isSame(doc.value.by, call.by)) throw refuse('ownRequest', { command: '/wg requests' });
    return ask(
      askForm(doc.id, doc.value.group, newKey(bot), call.locale, (call.args.text ?? '').trim().slice(0, 1000)),
    );
  },
};

/** Whether a place is the thread of a request's card. */
function hangsOn({ thread, channel, ...space }: Place, { card }: Request): boolean {
  const posted = card?.posted;
  if (!posted || !isSameSpace(posted, space)) return false;
  // On Discord a thread is a channel of its own, with the id of the message that it hangs on.
  return thread === undefined ? posted.message === channel : posted.channel === channel && posted.message === thread;
}
