// /glossary gaps: what is looked for and not found, for staff; a press turns one into an entry.
import { type Call, say } from '../../../core/call.js';
import { button, buttons, type Card, para, quiet, to } from '../../../core/card.js';
import { type Bot, need, type Route } from '../../../core/feature.js';
import { isolatedIn } from '../../../core/wording.js';
import { byDemand, type Gap, gapKey } from './gap.js';
import { forgetGap, gapsOf } from './gap-store.js';
import { ownOf } from './ledger.js';
import { answerTo } from './own-term.js';
import { glossaryWords } from './words/index.js';

/** So many gaps are told on one page. */
const onPage = 10;

/** Those that are still missing, the most wanted first; what is there by now is taken off the list. */
async function missing(call: Call, bot: Bot): Promise<readonly Gap[]> {
  const { glossary } = await ownOf(bot, call.by);
  const all = (await gapsOf(bot, call.by)).map(({ value }) => value);
  const isFilled = ({ term }: Gap): boolean => glossary.exact(term).length > 0;
  for (const { term } of all.filter(isFilled)) await forgetGap(bot, call.by, gapKey(term) ?? '');
  return all.filter((gap) => !isFilled(gap)).sort(byDemand);
}

const list: Route = {
  who: 'staff',
  typed: { about: 'aboutGaps', options: [] },
  run: async (call, bot) => say(gapsCard(call, await missing(call, bot), 0)),
};

const page: Route = {
  who: 'staff',
  run: async (call, bot) => answerTo(call, gapsCard(call, await missing(call, bot), Number(call.args.page ?? '0'))),
};

/** A gap that is none: a slip of the keyboard, a joke. */
const forget: Route = {
  who: 'staff',
  async run(call, bot) {
    await forgetGap(bot, call.by, need(call.args, 'gap'));
    return answerTo(call, gapsCard(call, await missing(call, bot), 0));
  },
};

function gapsCard({ locale }: Call, all: readonly Gap[], page: number): Card {
  const w = glossaryWords(locale);
  if (all.length === 0) return { locale, title: w.label('gapsTitle'), blocks: [para(...w.text('noGaps'))] };
  const last = Math.ceil(all.length / onPage) - 1;
  const at = Math.min(Math.max(0, page || 0), last);
  const told = all.slice(at * onPage, (at + 1) * onPage);
  const keyed = told.flatMap(({ term }) => {
    const gap = gapKey(term);
    return gap === undefined ? [] : [{ term, gap }];
  });
  const steps = [
    ...(at > 0 ? [button(w.label('previous'), to('glossary.lacks', { page: String(at - 1) }))] : []),
    ...(at < last ? [button(w.label('next'), to('glossary.lacks', { page: String(at + 1) }))] : []),
  ];
  return {
    locale,
    title: w.label('gapsTitle'),
    blocks: [
      quiet(...w.text('gapsIntro')),
      ...told.map(({ term, count }) => para(isolatedIn(locale, term), ' — ', ...w.text('askedFor', { count }))),
      buttons(
        ...keyed.map(({ term, gap }) =>
          button(w.label('addTerm', { term: short(term) }), to('glossary.save', { gap })),
        ),
      ),
      {
        kind: 'select',
        label: w.label('forgetGap'),
        name: 'gap',
        target: to('glossary.forget'),
        choices: keyed.map(({ term, gap }) => ({ value: gap, label: term })),
      },
      ...(steps.length > 0 ? [buttons(...steps)] : []),
    ],
  };
}

/** Room for a term on a button, in characters. */
const onButton = 40;

function short(term: string): string {
  const signs = [...term];
  return signs.length <= onButton ? term : `${signs.slice(0, onButton - 1).join('')}…`;
}

export const gapRoutes: Readonly<Record<string, Route>> = {
  'glossary.gaps': list,
  'glossary.lacks': page,
  'glossary.forget': forget,
};
