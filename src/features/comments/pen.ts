// What a community does about a proceeding: who drafts, what is decided.
import { type Answer, type Call, type Person, personId } from '../../core/call.js';
import { button, mention, to } from '../../core/card.js';
import { type Bot, need, type Route } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import { type Doc, update } from '../../core/store.js';
import { proceedings, watcherId, watchers } from './documents.js';
import { unpenned } from './listener.js';
import type { Case, Proceeding } from './model.js';
import { noticeCard } from './notice.js';
import { watching } from './personal.js';
import { caseIn, withCase } from './proceedings.js';
import { idOption, meant, needPen, overFor, picking, shown, suggestId, told } from './view.js';
import { commentsWords } from './words/index.js';

const isSame = (a: Person, b: Person): boolean => personId(a) === personId(b);

/** `I'll draft`: the first one has the pen; another one may ask for it. */
export const draft: Route = {
  typed: { about: 'aboutDraft', options: [idOption] },
  form: picking('comments.draft'),
  suggest: suggestId,
  async run(call, bot) {
    const doc = await meant(call, bot);
    const now = bot.clock.now();
    const over = overFor(doc.value, now);
    if (over) return told(call.locale, over);
    if (caseIn(doc.value, call.by).decision) return told(call.locale, 'decidedAlready');
    const since = now.toISOString();
    const taken = await update(proceedings(bot), doc.id, (old) =>
      withCase(old, call.by, (one) => (one.pen ? one : { ...one, pen: { person: call.by, since } })),
    );
    const pen = caseIn(taken.value, call.by).pen;
    if (!pen) throw refuse('unknownId');
    if (!isSame(pen.person, call.by)) return askFor(call, taken, pen, bot);
    if (pen.since !== since) return shown(call, taken, bot, commentsWords(call.locale).text('penIsYours'));
    return welcome(call, taken, call, bot);
  },
};

/** Tells whoever has the pen from now on; where that cannot be done, the caller hears of it. */
async function welcome(
  call: Call,
  doc: Doc<Proceeding>,
  holder: Pick<Call, 'by' | 'locale'>,
  bot: Bot,
): Promise<Answer> {
  await watching(holder, doc, 'pen', bot);
  const pen = caseIn(doc.value, call.by).pen;
  const key = `comments/pen/${doc.id}/${pen?.since}/${watcherId(holder.by)}`;
  const delivered = await bot.outbox.once(key, holder.by, noticeCard('penTaken', doc, holder, bot.clock.now()), 2);
  const isMine = isSame(holder.by, call.by);
  const note = delivered.state === 'failed' ? 'penUntold' : isMine ? 'penIsYours' : 'penGiven';
  return shown(call, doc, bot, commentsWords(call.locale).text(note));
}

/** Whoever holds it is asked in private; nobody takes it out of their hand. */
async function askFor(call: Call, doc: Doc<Proceeding>, pen: NonNullable<Case['pen']>, bot: Bot): Promise<Answer> {
  const w = commentsWords(call.locale);
  const locale = (await bot.settings.memberLocale(pen.person)) ?? 'en';
  const own = commentsWords(locale);
  const give = button(own.label('handOver'), to('comments.hand', { id: doc.id, to: call.by.person }), 'main');
  const card = noticeCard(
    'penWanted',
    doc,
    { by: pen.person, locale },
    bot.clock.now(),
    [' ', mention(call.by)],
    [give],
  );
  const key = `comments/pen-asked/${doc.id}/${pen.since}/${watcherId(call.by)}`;
  const delivered = await bot.outbox.once(key, pen.person, card, 3);
  const note = w.text(delivered.state === 'failed' ? 'penHeldUntold' : 'penHeld', { who: mention(pen.person) });
  return shown(call, doc, bot, note);
}

/** `Hand over`, by whoever holds the pen, or staff. */
export const hand: Route = {
  async run(call, bot) {
    const doc = await meant(call, bot);
    await needPen(call, doc.value, bot);
    const { platform, space } = call.by;
    const next: Person = { platform, space, person: need(call.args, 'to') };
    const before = caseIn(doc.value, call.by).pen;
    if (before && isSame(before.person, next)) return told(call.locale, 'penGiven');
    const pen = { person: next, since: bot.clock.now().toISOString() };
    const given = await update(proceedings(bot), doc.id, (old) => withCase(old, call.by, (one) => ({ ...one, pen })));
    if (before) await dropPen(before.person, doc.id, bot);
    const locale = (await bot.settings.memberLocale(next)) ?? 'en';
    return welcome(call, given, { by: next, locale }, bot);
  },
};

export const putdown: Route = {
  async run(call, bot) {
    const doc = await meant(call, bot);
    await needPen(call, doc.value, bot);
    const before = caseIn(doc.value, call.by).pen;
    const free = await update(proceedings(bot), doc.id, (old) => withCase(old, call.by, ({ pen: _, ...rest }) => rest));
    if (before) await dropPen(before.person, doc.id, bot);
    return shown(call, free, bot, commentsWords(call.locale).text('penFree'));
  },
};

async function dropPen(person: Person, id: string, bot: Bot): Promise<void> {
  if (await watchers(bot).get(watcherId(person)))
    await update(watchers(bot), watcherId(person), (old) => unpenned(old, id));
}

/** `Draft is out`, `Statement submitted`, `No statement`, and back. */
export const decide: Route = {
  async run(call, bot) {
    const doc = await meant(call, bot);
    await needPen(call, doc.value, bot);
    const now = bot.clock.now().toISOString();
    const as = need(call.args, 'as');
    const change = (old: Case): Case => {
      const { decision: _, decidedAt: __, ...rest } = old;
      if (as === 'open') return rest;
      if (as === 'draft') return { ...old, draftAt: old.draftAt ?? now };
      if (old.decision) throw refuse('decidedAlready');
      return { ...rest, decision: as === 'submitted' ? 'submitted' : 'none', decidedAt: now };
    };
    const decided = await update(proceedings(bot), doc.id, (old) => withCase(old, call.by, change));
    const key =
      as === 'none' ? 'nowSilent' : as === 'submitted' ? 'nowSubmitted' : as === 'draft' ? 'nowDraft' : 'nowOpen';
    return shown(call, decided, bot, commentsWords(call.locale).text(key));
  },
};
