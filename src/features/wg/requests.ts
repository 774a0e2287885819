// /wg requests: the queue for staff, their own for members; and what members do with theirs.
import { type Answer, again, ask, type Call, say } from '../../core/call.js';
import type { Block, Form } from '../../core/card.js';
import { type Bot, need, type Route } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import { type Doc, Unrecorded, update } from '../../core/store.js';
import { answerTo } from './browse.js';
import { answersOf, requestsOf } from './collections.js';
import { deskSpace, isSameSpace, onlyOne, ownRequest, queueOf, spaceOf, typedRequest } from './desk.js';
import { settled } from './ending.js';
import { type Move, moved } from './machine.js';
import { answerForm, ownCard, requestsCard, sentences, withdrawCard } from './member-cards.js';
import { isUndecided, isWaiting, type Request, shortId } from './model.js';
import { opened } from './opening.js';
import { markSeen, ownOf, ownRequests } from './own.js';
import { redrawCard } from './placing.js';
import { queueBlocks } from './queue-card.js';
import { tellStaff } from './telling.js';
import { viewOf } from './view.js';
import { wgWords } from './words/index.js';

/** A member's requests that are shown at once, the newest first. */
const mostShown = 5;

export const requests: Route = {
  typed: { about: 'aboutRequests', options: [{ name: 'id', about: 'optionRequest' }] },
  async run(call, bot) {
    const isStaff = await bot.is(call, 'staff');
    const all = await ownRequests(bot, call.by);
    if (call.args.id) return one(call, bot, all, isStaff);
    const own = await Promise.all(all.slice(0, mostShown).map((doc) => ownOf(bot, doc)));
    const ofStaff = isStaff ? await staffBlocks(call, bot) : [];
    await markSeen(bot, all);
    const card = requestsCard(own, call.locale, ofStaff);
    return call.args.page === undefined ? say(card) : answerTo(call, card);
  },
};

async function staffBlocks(call: Call, bot: Bot): Promise<readonly Block[]> {
  const seat = spaceOf(call.by);
  // Staff whose requests are handled elsewhere have no queue.
  if (!isSameSpace(await deskSpace(bot, seat), seat)) return [];
  const queue = (await queueOf(bot, seat)).filter(({ value }) => isWaiting(value));
  const views = await Promise.all(queue.map((doc) => viewOf(bot, doc, seat, call.locale)));
  return queueBlocks(views, Number(call.args.page) || 0, bot.clock.now(), call.locale);
}

/** `/wg requests 7K3F`: mine, or for staff anybody's. */
async function one(call: Call, bot: Bot, all: readonly Doc<Request>[], isStaff: boolean): Promise<Answer> {
  const typed = need(call.args, 'id')
    .trim()
    .toUpperCase()
    .replace(/^ID\s+/, '');
  const mine = all.filter(({ id }) => id === typed || shortId(id) === typed);
  if (mine.length === 0 && isStaff) return opened(call, bot, await typedRequest(call, bot, typed));
  const doc = onlyOne(mine);
  const answer = say(ownCard(await ownOf(bot, doc), call.locale));
  await markSeen(bot, [doc]);
  return answer;
}

/**
 * Makes a member's move on their own request.
 * @throws Refusal `tooLateToChange` when the request is past it
 */
async function moveOwn(call: Call, bot: Bot, doc: Doc<Request>, move: Move): Promise<Doc<Request>> {
  let isLate = false;
  const after = await update(requestsOf(bot), doc.id, (old) => {
    const next = moved(old, move, { ...spaceOf(call.by), person: call.by.person }, bot.clock.now());
    isLate = next === undefined;
    return next ?? old;
  });
  if (isLate) throw refuse('tooLateToChange');
  return after;
}

export const withdraw: Route = {
  async run(call, bot) {
    const doc = await ownRequest(call, bot, need(call.args, 'id'));
    if (!isUndecided(doc.value)) throw refuse('tooLateToChange');
    if (call.args.sure !== '1') return say(withdrawCard(doc.id, doc.value.group, call.locale));
    const after = await settled(bot, await moveOwn(call, bot, doc, { deed: 'withdrawn' }));
    await redrawCard(bot, after);
    const text = wgWords(call.locale).text('withdrawnNow', { group: after.value.group });
    return answerTo(call, sentences(call.locale, text));
  },
};

/** The button under a question of staff. */
export const answer: Route = {
  run: async (call, bot) => ask(await replyForm(call, bot)),
};

/** The answer to it, sent. */
export const reply: Route = {
  async form(call, bot) {
    try {
      return await replyForm(call, bot);
    } catch (error) {
      // A store that is down must not cost anybody what they have typed: the form comes back without the question.
      if (!(error instanceof Unrecorded)) throw error;
      return answerForm(need(call.args, 'id'), need(call.args, 'g'), undefined, call.args.reply ?? '', call.locale);
    }
  },
  async run(call, bot) {
    const form = await replyForm(call, bot);
    const doc = await ownRequest(call, bot, need(call.args, 'id'));
    const w = wgWords(call.locale);
    const text = (call.args.reply ?? '').trim();
    if (text === '') return again(form, { reply: w.label('needed') });
    const { question = '' } = doc.value;
    await update(answersOf(bot), doc.id, (old) => {
      const asked = old.questions[question];
      return asked ? { ...old, questions: { ...old.questions, [question]: { ...asked, reply: text } } } : old;
    });
    const after = await moveOwn(call, bot, doc, { deed: 'answered' });
    await redrawCard(bot, after);
    const { holder } = after.value;
    if (holder) await tellStaff(bot, after, holder, `answered/${question}`, 'noticeAnswered');
    return answerTo(call, sentences(call.locale, w.text('answeredNow', { group: after.value.group })));
  },
};

/** @throws Refusal `nothingAsked` when no question waits */
async function replyForm(call: Call, bot: Bot): Promise<Form> {
  const { id, value } = await ownRequest(call, bot, need(call.args, 'id'));
  const text = value.question && (await answersOf(bot).get(id))?.value.questions[value.question]?.text;
  if (value.state !== 'asked' || !text) throw refuse('nothingAsked');
  return answerForm(id, value.group, text, call.args.reply ?? '', call.locale);
}

/** "I am still here": what was seen before counts no more; should they leave after all, they are asked anew. */
export const stay: Route = {
  async run(call, bot) {
    const doc = await ownRequest(call, bot, need(call.args, 'id'));
    if (!isUndecided(doc.value)) throw refuse('tooLateToChange');
    const after = await update(requestsOf(bot), doc.id, (old) => ({ ...old, absences: [] }));
    await redrawCard(bot, after);
    return answerTo(call, sentences(call.locale, wgWords(call.locale).text('stayingNow')));
  },
};
