// An import -> its form, what it would do row by row, what it did.
import type { Call } from '../../../core/call.js';
import {
  type Block,
  bold,
  button,
  buttons,
  type Card,
  type Form,
  para,
  quiet,
  type Text,
  to,
} from '../../../core/card.js';
import type { Locale } from '../../../core/locale.js';
import { isolatedIn } from '../../../core/wording.js';
import type { Plan, Verdict } from './import-plan.js';
import { type GlossaryKey, glossaryWords } from './words/index.js';

/** Longest piece that is pasted at once, in UTF-16 units: what Discord takes; Slack takes 3,000. */
const longestPaste = 4000;

/** So many rows are told on one page. */
const onPage = 15;

/** @param id of an import that more is pasted for */
export function pasteForm(call: Call, id: string | undefined): Form {
  const w = glossaryWords(call.locale);
  return {
    locale: call.locale,
    title: w.label('importTitle'),
    target: to('glossary.paste', id === undefined ? {} : { id }),
    intro: w.text('importIntro'),
    fields: [
      {
        name: 'csv',
        label: w.label('fieldCsv'),
        kind: 'lines',
        required: true,
        max: longestPaste,
        hint: w.label('hintCsv'),
        ...(call.args.csv ? { value: call.args.csv } : {}),
      },
    ],
  };
}

const numberOf = ({ verdicts }: Plan, does: Verdict['does']): number =>
  verdicts.filter((verdict) => verdict.does === does).length;

/**
 * What an import would do.
 * @param isNew whether the glossary has changed since it was last shown, so that it has to be looked at again
 */
export function planCard(locale: Locale, id: string, plan: Plan, page: number, isNew: boolean): Card {
  const w = glossaryWords(locale);
  const last = Math.max(0, Math.ceil(plan.verdicts.length / onPage) - 1);
  const at = Math.min(Math.max(0, page || 0), last);
  const rows = plan.verdicts.slice(at * onPage, (at + 1) * onPage);
  const [added, changed, same, refused] = (['add', 'change', 'nothing', 'refuse'] as const).map((does) =>
    numberOf(plan, does),
  );
  const turn = (label: GlossaryKey, nth: number) =>
    button(w.label(label), to('glossary.plan', { id, page: String(nth) }));
  const isWorth = plan.added.length + plan.changed.length > 0;
  return {
    locale,
    title: w.label('planTitle'),
    blocks: [
      ...(isNew ? [para(...w.text('planIsNew'))] : []),
      para(...w.text('planSum', { added: added ?? 0, changed: changed ?? 0, same: same ?? 0, refused: refused ?? 0 })),
      ...rows.map((verdict) => rowBlock(verdict, locale)),
      ...(last > 0 ? [quiet(...w.text('planPage', { page: at + 1, pages: last + 1 }))] : []),
      quiet(...w.text(isWorth ? 'planOnPress' : 'planNothing')),
      buttons(
        ...(isWorth ? [button(w.label('importNow'), to('glossary.apply', { id, d: plan.digest }), 'main')] : []),
        button(w.label('pasteMore'), to('glossary.paste', { id })),
        button(w.label('discard'), to('glossary.discard', { id }), 'danger'),
        ...(at > 0 ? [turn('previous', at - 1)] : []),
        ...(at < last ? [turn('next', at + 1)] : []),
      ),
    ],
  };
}

const verdictKeys: Readonly<Record<Verdict['does'], GlossaryKey>> = {
  add: 'rowAdds',
  change: 'rowChanges',
  nothing: 'rowIsThere',
  refuse: 'rowRefused',
};

function rowBlock({ line, name, does, reason, from, to: became }: Verdict, locale: Locale): Block {
  const w = glossaryWords(locale);
  const said = (text: string | undefined): Text => (text ? [isolatedIn(locale, text)] : []);
  const detail: Text =
    does === 'refuse' && reason
      ? w.text(reason.key as GlossaryKey, reason.args)
      : does === 'change' && from
        ? [...said(from), ' → ', ...said(became)]
        : said(became);
  const lead = w.text(verdictKeys[does], { line, name: bold(name.slice(0, 60) || '—') });
  return para(...lead, ...(detail.length > 0 ? [' ', ...detail] : []));
}

export function importedCard(locale: Locale, added: number, changed: number): Card {
  return { locale, blocks: [para(...glossaryWords(locale).text('imported', { added, changed }))] };
}

export function plainCard(locale: Locale, key: 'discarded' | 'exported' | 'exportEmpty', count = 0): Card {
  return { locale, blocks: [para(...glossaryWords(locale).text(key, { count }))] };
}
