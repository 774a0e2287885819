// What someone asks for themselves: reminders in direct messages, Mute, Done, the list of mine.
import { type Answer, type Call, say } from '../../core/call.js';
import { type Block, bold, button, buttons, type Card, para, quiet, to } from '../../core/card.js';
import type { Bot, Delivered, Route } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import { type Doc, update, upsert } from '../../core/store.js';
import { dateRows } from './cards.js';
import { clipped, idText, instantText } from './display.js';
import { enrolRhythm, lookAnew, proceedings, watcherId, watchers } from './documents.js';
import { emptyWatcher, informed, stilled, unwatched, type Watch, type Watcher, watched } from './listener.js';
import { closingOf, factsOf, type Proceeding, shortId, standingOf } from './model.js';
import { noticeCard } from './notice.js';
import { idOption, meant, overFor, picking, suggestId, told } from './view.js';
import { type CommentsKey, commentsWords } from './words/index.js';

/** `/comments remind ID` and `Remind me`: a direct message comes at once, so that closed ones are noticed at once. */
export const remind: Route = {
  typed: { about: 'aboutRemind', options: [idOption] },
  form: picking('comments.remind'),
  suggest: suggestId,
  async run(call, bot) {
    const doc = await meant(call, bot);
    const over = overFor(doc.value, bot.clock.now());
    if (over) return told(call.locale, over);
    const watch = (await watchers(bot).get(watcherId(call.by)))?.value.watching[doc.id];
    if (watch?.state === 'on' && watch.isAsked) return told(call.locale, 'remindAlready');
    const { value } = await watching(call, doc, 'asked', bot);
    const delivered = await confirm(call, doc, value, bot);
    if (delivered.state !== 'failed') {
      return told(call.locale, delivered.state === 'sent' ? 'remindSet' : 'remindWaits');
    }
    await update(watchers(bot), watcherId(call.by), (old) => unasked(old, doc.id));
    return told(call.locale, 'remindClosed');
  },
};

/** Someone from whom no message could be asked for; the pen stays theirs. */
function unasked(old: Watcher, id: string): Watcher {
  const watch = old.watching[id];
  return watch?.isPen
    ? { ...old, watching: { ...old.watching, [id]: { ...watch, isAsked: false } } }
    : unwatched(old, id);
}

/**
 * Puts the caller among those who are told of it. The message that follows says how it stands: noted with the rest, since
 * a crash in between must not leave someone whom no move reaches.
 */
export async function watching(
  { by, locale }: Pick<Call, 'by' | 'locale'>,
  { id, value }: Doc<Proceeding>,
  as: 'asked' | 'pen',
  bot: Bot,
): Promise<Doc<Watcher>> {
  const known = (await watchers(bot).get(watcherId(by)))?.value;
  const zone = (await bot.profile(by)).zone ?? known?.zone ?? 'UTC';
  const empty = emptyWatcher(by, zone, locale);
  await enrolRhythm(bot, { ...(known ?? empty), zone });
  if (known && known.zone !== zone) await lookAnew(bot);
  return upsert(watchers(bot), watcherId(by), empty, (old) =>
    informed(watched({ ...old, locale, zone }, id, as, bot.clock.now()), id, standingOf(value)),
  );
}

function confirm(call: Call, { id, value }: Doc<Proceeding>, watcher: Watcher, bot: Bot): Promise<Delivered> {
  const since = watcher.watching[id]?.since ?? '';
  const at = { hour: `${String(watcher.hour).padStart(2, '0')}:00`, zone: watcher.zone };
  const more = commentsWords(call.locale).text('remindAt', at);
  const card = noticeCard('remindHere', { id, value }, call, bot.clock.now(), [' ', ...more]);
  return bot.outbox.once(`comments/remind/${id}/${since}/${watcherId(call.by)}`, watcher.to, card, 1);
}

/** `Mute` and `Done`: this person hears no more of it. */
const still = (state: 'muted' | 'done', key: CommentsKey): Route => ({
  async run(call, bot): Promise<Answer> {
    const doc = await meant(call, bot);
    const watcher = await watchers(bot).get(watcherId(call.by));
    if (!watcher?.value.watching[doc.id]) throw refuse('notWatching');
    await update(watchers(bot), watcher.id, (old) => stilled(old, doc.id, state));
    return told(call.locale, key, { title: clipped(factsOf(doc.value).title, 150) });
  },
});

export const mute = still('muted', 'mutedNow');
export const done = still('done', 'doneNow');

export const mine: Route = {
  typed: { about: 'aboutMine', options: [] },
  async run(call, bot) {
    const watcher = (await watchers(bot).get(watcherId(call.by)))?.value;
    const pairs = await Promise.all(
      Object.entries(watcher?.watching ?? {}).map(async ([id, watch]) => ({
        doc: await proceedings(bot).get(id),
        watch,
      })),
    );
    const known = pairs.flatMap(({ doc, watch }) => (doc && !doc.value.isRemoved ? [{ doc, watch }] : []));
    return say(mineCard(call, known, bot.clock.now()));
  },
};

/** Proceedings that one answer tells. */
const most = 10;

interface Mine {
  readonly doc: Doc<Proceeding>;
  readonly watch: Watch;
}

function mineCard({ locale, args }: Call, list: readonly Mine[], now: Date): Card {
  const w = commentsWords(locale);
  const from = Number(/^\d{1,6}$/.exec(args.from ?? '')?.[0] ?? 0);
  const end = ({ doc }: Mine): number => closingOf(doc.value)?.at.getTime() ?? Number.POSITIVE_INFINITY;
  const ahead = list.filter((one) => end(one) > now.getTime()).sort((a, b) => end(a) - end(b));
  const [more, next] = [ahead.length - from - most, String(from + most)];
  return {
    locale,
    title: w.label('mineTitle'),
    blocks: [
      ...(ahead.length === 0 ? [para(...w.text('mineNone', { command: '/comments remind' }))] : []),
      ...ahead.slice(from, from + most).flatMap((one) => mineBlocks(one, w, now)),
      ...(more > 0 ? [buttons(button(w.label('mineMore', { count: more }), to('comments.mine', { from: next })))] : []),
    ],
  };
}

const stateKeys = { on: 'mineOn', muted: 'mineMuted', done: 'mineDone' } as const;

function mineBlocks(
  { doc: { id, value }, watch }: Mine,
  w: ReturnType<typeof commentsWords>,
  now: Date,
): readonly Block[] {
  const closing = closingOf(value);
  const suffix = ` (${shortId(id)})`;
  const state = [w.label(stateKeys[watch.state]), ...(watch.isPen ? [w.label('penIsYours')] : [])].join(' · ');
  const left = dateRows(w, value, now).find(([label]) => label === w.label('timeLeft'))?.[1] ?? [];
  return [
    para(
      bold(clipped(factsOf(value).title, 200)),
      ' · ',
      idText(w, id),
      '\n',
      ...(closing ? instantText(w.locale, closing.at) : []),
    ),
    quiet(state, ...(left.length > 0 ? [' · ', ...left] : [])),
    buttons(
      ...(watch.state === 'on'
        ? [
            button(`${w.label('done')}${suffix}`, to('comments.done', { id })),
            button(`${w.label('mute')}${suffix}`, to('comments.mute', { id })),
          ]
        : [button(`${w.label('remindMe')}${suffix}`, to('comments.remind', { id }))]),
    ),
  ];
}
