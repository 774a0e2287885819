// The queue of a desk -> what staff see of it. Never an answer.
import { type Block, type Button, bold, button, buttons, type Card, para, quiet, to } from '../../core/card.js';
import type { Locale } from '../../core/locale.js';
import { isUnfinished, type Request, shortId } from './model.js';
import { stateText } from './staff-cards.js';
import type { View } from './view.js';
import { wgWords } from './words/index.js';

/** Requests on one page. */
const pageSize = 8;

const [hour, day] = [3_600_000, 86_400_000];

/** How long something has waited, in its two largest sensible units: hours, then days. */
export function ageText(since: Date, now: Date, locale: Locale): string {
  const passed = Math.max(0, now.getTime() - since.getTime());
  const [unit, length] = passed < day ? (['hour', hour] as const) : (['day', day] as const);
  const format = new Intl.NumberFormat(`${locale}-u-nu-latn`, { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(Math.floor(passed / length));
}

/**
 * The queue, oldest first, page by page.
 * @param page from 0
 */
export function queueBlocks(views: readonly View[], page: number, now: Date, locale: Locale): readonly Block[] {
  const w = wgWords(locale);
  if (views.length === 0) return [para(...w.text('queueEmpty'))];
  const last = Math.ceil(views.length / pageSize) - 1;
  const at = Math.min(Math.max(0, page), last);
  const shown = views.slice(at * pageSize, (at + 1) * pageSize);
  const turns: Button[] = [
    ...(at > 0 ? [button(w.label('previous'), to('wg.requests', { page: String(at - 1) }))] : []),
    ...(at < last ? [button(w.label('next'), to('wg.requests', { page: String(at + 1) }))] : []),
  ];
  return [
    quiet(...w.text('queueIntro', { count: views.length })),
    ...shown.map((view, nth) => {
      const age = ageText(new Date(view.request.madeAt), now, locale);
      const number = `${at * pageSize + nth + 1}. `;
      const id = bold(`${shortId(view.id)} ${view.request.group}`);
      return para(number, id, ' — ', view.by, ' · ', age, ' · ', ...stateText(view, w));
    }),
    buttons(...shown.map(({ id }) => button(w.label('openOne', { id: shortId(id) }), to('wg.open', { id })))),
    ...(turns.length > 0 ? [buttons(...turns)] : []),
  ];
}

/** The daily line to staff. It names nobody. */
export function dailyCard(queue: readonly Request[], now: Date, locale: Locale): Card {
  const w = wgWords(locale);
  const count = (state: Request['state']): number => queue.filter((one) => one.state === state).length;
  const oldest = queue.map(({ madeAt }) => madeAt).sort()[0] ?? now.toISOString();
  return {
    locale,
    blocks: [
      para(
        ...w.text('dailyLine', {
          count: queue.length,
          open: count('open'),
          claimed: count('claimed'),
          asked: count('asked'),
          unfinished: queue.filter(isUnfinished).length,
        }),
        ' ',
        ...w.text('dailyOldest', { age: ageText(new Date(oldest), now, locale) }),
      ),
      buttons(button(w.label('openQueue'), to('wg.requests'))),
    ],
  };
}
