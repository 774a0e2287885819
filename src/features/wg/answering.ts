// The answer of a member to a question of staff: it goes to the question that it was written for.
import { type Answer, again, ask, type Call, say } from '../../core/call.js';
import { type Form, para } from '../../core/card.js';
import { type Bot, need, type Route } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import { type Doc, Unrecorded, update } from '../../core/store.js';
import { answerTo } from './browse.js';
import { answersOf } from './collections.js';
import { deskOf, ownRequest } from './desk.js';
import { tellHolder } from './holding.js';
import { answerForm, questionCard, sentences } from './member-cards.js';
import { isUndecided, type Request } from './model.js';
import { redrawCard } from './placing.js';
import { moveOwn } from './requests.js';
import { wgWords } from './words/index.js';

/** The button under a question. */
export const answer: Route = {
  run: async (call, bot) => ask((await asked(call, bot)).form),
};

/** What was written, sent. */
export const reply: Route = {
  async form(call, bot) {
    try {
      return (await asked(call, bot)).form;
    } catch (error) {
      // A store that is down must not cost anybody what they have typed: the form comes back without the question.
      if (!(error instanceof Unrecorded)) throw error;
      const { id, g, q = '', reply: written = '' } = call.args;
      return answerForm(id ?? '', g ?? '', q, undefined, written, call.locale);
    }
  },
  async run(call, bot) {
    const { doc, key, form } = await asked(call, bot);
    const w = wgWords(call.locale);
    const text = (call.args.reply ?? '').trim();
    if (text === '') return again(form, { reply: w.label('needed') });
    await update(answersOf(bot), doc.id, (old) => {
      const one = old.questions[key];
      return one ? { ...old, questions: { ...old.questions, [key]: { ...one, reply: text } } } : old;
    });
    if (doc.value.question !== key) return andTheNext(call, bot, doc, key);
    const after = await moveOwn(call, bot, doc, { deed: 'answered' });
    await redrawCard(bot, after);
    await tellAnswered(bot, after, key);
    return answerTo(call, sentences(call.locale, w.text('answeredNow', { group: after.value.group })));
  },
};

/** Another question was asked while this one was being answered: that one still waits. */
async function andTheNext(call: Call, bot: Bot, doc: Doc<Request>, key: string): Promise<Answer> {
  const { group, question = '' } = doc.value;
  const text = (await answersOf(bot).get(doc.id))?.value.questions[question]?.text ?? '';
  await tellAnswered(bot, doc, key);
  const card = questionCard(doc.id, group, text, call.locale);
  const thanks = para(...wgWords(call.locale).text('answeredNow', { group }));
  return say({ ...card, isFleeting: true, blocks: [thanks, ...card.blocks] });
}

async function tellAnswered(bot: Bot, doc: Doc<Request>, key: string): Promise<void> {
  if (!doc.value.holder) return;
  await tellHolder(bot, doc, await deskOf(bot, doc.value.home), { nth: `answered/${key}`, key: 'noticeAnswered' });
}

interface Asked {
  readonly doc: Doc<Request>;
  readonly key: string;
  readonly form: Form;
}

/**
 * The question that a form answers; for the button the one that waits.
 * @throws Refusal `nothingAsked` when no question waits, or this one has its answer
 */
async function asked(call: Call, bot: Bot): Promise<Asked> {
  const doc = await ownRequest(call, bot, need(call.args, 'id'));
  const { group, question = '' } = doc.value;
  const key = call.args.q || question;
  const one = (await answersOf(bot).get(doc.id))?.value.questions[key];
  const isWaiting = doc.value.state === 'asked' && isUndecided(doc.value);
  if (!isWaiting || !one || (key !== question && one.reply !== undefined)) throw refuse('nothingAsked');
  return { doc, key, form: answerForm(doc.id, group, key, one.text, call.args.reply ?? '', call.locale) };
}
