// What anyone may read: the list, one proceeding, calendar files, the year, the export.
import { type Attachment, type Call, say } from '../../core/call.js';
import { bold, type Card, facts, link, para, quiet, type Text } from '../../core/card.js';
import { type Bot, need, type Route } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import type { Doc } from '../../core/store.js';
import { calendarText } from './calendar.js';
import { choiceOf, listCard } from './cards.js';
import { followId, follows, seenIn, soonest } from './documents.js';
import { csvOf, yearCsv } from './export.js';
import type { Get } from './fetch.js';
import { closingOf, factsOf, openingOf, type Proceeding, shortId, stateAt } from './model.js';
import { headings } from './post-card.js';
import { isSampled } from './sample.js';
import { idOption, meant, picking, prepared, shown, suggestId } from './view.js';
import { commentsWords } from './words/index.js';
import { median, type Year, yearOf } from './year.js';

export const list = (get: Get): Route => ({
  typed: { about: 'aboutList', options: [] },
  async run(call, bot) {
    await prepared(call, bot, get);
    const [docs, now] = [await seenIn(call.by, bot), bot.clock.now()];
    const upcoming = docs.filter(({ value }) => stateAt(value, now) === 'upcoming').sort((a, b) => opens(a) - opens(b));
    const open = soonest(docs, now);
    const isSample = [...open, ...upcoming].some(isSampled);
    return say(listCard(open, upcoming, { locale: call.locale, now, isSample }));
  },
});

const opens = ({ value }: Doc<Proceeding>): number =>
  openingOf(value)?.getTime() ?? Date.parse(`${factsOf(value).month ?? '9999-12'}-28`);

export const show: Route = {
  typed: { about: 'aboutShow', options: [idOption] },
  form: picking('comments.show'),
  suggest: suggestId,
  run: async (call, bot) => shown(call, await meant(call, bot), bot),
};

/** On posts in a multilingual channel: what the post was about, and all there is about the proceeding. */
export const translate: Route = {
  async run(call, bot) {
    const doc = await meant({ ...call, args: { id: need(call.args, 'id') } }, bot);
    const heading = headings.find((key) => key === call.args.as);
    return shown(call, doc, bot, heading && [bold(commentsWords(call.locale).label(heading))]);
  },
};

const file = (name: string, type: Attachment['type'], text: string): Attachment => ({
  name,
  type,
  body: new TextEncoder().encode(text),
});

/** `Add to calendar`: the one event as a file, and where whole calendars can be subscribed to. */
export const calendar: Route = {
  async run(call, bot) {
    const { id, value } = await meant({ ...call, args: { id: need(call.args, 'id') } }, bot);
    if (!closingOf(value)) throw refuse('noClosingYet');
    const w = commentsWords(call.locale);
    const text = calendarText([{ id, proceeding: value }], factsOf(value).title, call.locale, bot.clock.now());
    const links = await calendarLinks(call, bot);
    const card: Card = {
      locale: call.locale,
      blocks: [para(...w.text('calendarFile')), ...(links.length > 0 ? [quiet(...links)] : [])],
    };
    return say(card, [file(`comment-${shortId(id)}.ics`, 'text/calendar', text)]);
  },
};

/** The calendar of the channel at hand, where it follows, and that of everyone; none without PUBLIC_URL. */
async function calendarLinks(call: Call, bot: Bot): Promise<Text> {
  const { publicUrl } = bot.operator;
  if (publicUrl === undefined) return [];
  const w = commentsWords(call.locale);
  const token = (await follows(bot).get(followId(call.place)))?.value.token;
  const all = link(w.label('calendarAll'), `${publicUrl}/comments.ics`);
  if (token === undefined) return [...w.text('calendarSubscribe'), ' ', all];
  const own = link(w.label('calendarChannel'), `${publicUrl}/comments/${token}.ics`);
  return [...w.text('calendarSubscribe'), ' ', all, ' · ', own];
}

export const exported: Route = {
  typed: { about: 'aboutExport', options: [] },
  async run(call, bot) {
    const docs = await seenIn(call.by, bot);
    const w = commentsWords(call.locale);
    const csv = csvOf(docs, bot.clock.now());
    return say({ locale: call.locale, blocks: [para(...w.text('exported', { count: docs.length }))] }, [
      file('public-comments.csv', 'text/csv', csv),
    ]);
  },
};

export const year: Route = {
  typed: { about: 'aboutYear', options: [{ name: 'year', about: 'optionYear' }] },
  async run(call, bot) {
    const typed = call.args.year?.trim() || String(bot.clock.now().getUTCFullYear());
    if (!/^(19|20)\d{2}$/.test(typed)) throw refuse('badYear', { typed: typed.slice(0, 20) });
    const told = yearOf(await seenIn(call.by, bot), Number(typed), call.by);
    return say(yearCard(call, told), [file(`public-comments-${typed}.csv`, 'text/csv', yearCsv(told.docs, call.by))]);
  },
};

function yearCard(call: Call, { year: of, docs, answered, declined, draftDays }: Year): Card {
  const w = commentsWords(call.locale);
  const middle = median(draftDays);
  const [least, most] = [draftDays[0], draftDays.at(-1)];
  const draft =
    middle === undefined || least === undefined || most === undefined
      ? w.text('yearNoDraft')
      : w.text('yearDraft', { median: middle, least, most, count: draftDays.length });
  const share = docs.length === 0 ? 0 : answered / docs.length;
  return {
    locale: call.locale,
    title: w.label('yearTitle', { year: String(of) }),
    blocks: [
      facts(
        [w.label('yearProceedings'), [String(docs.length)]],
        [w.label('yearAnswered'), w.text('yearShare', { count: answered, share })],
        [w.label('yearDeclined'), [String(declined)]],
        [w.label('yearOpen'), [String(docs.length - answered - declined)]],
        [w.label('yearDays'), draft],
      ),
      quiet(...w.text('yearNote')),
      ...(docs.length > 0 ? [choiceOf(w, docs.toReversed())] : []),
    ],
  };
}
