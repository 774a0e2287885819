// Own entries -> cards: what was done, what is to be chosen, how it came about.
import type { Space, Target } from '../../../core/call.js';
import {
  type Block,
  bold,
  button,
  buttons,
  type Card,
  mention,
  para,
  quiet,
  type Text,
  time,
  to,
} from '../../../core/card.js';
import type { Locale } from '../../../core/locale.js';
import { isolatedIn } from '../../../core/wording.js';
import { inLanguage, type Sense } from '../model.js';
import { senseBlocks, senseLabel } from '../sense-blocks.js';
import { type Entry, type Kept, type Step, senseOf } from './model.js';
import { type GlossaryKey, glossaryWords } from './words/index.js';

/** So many steps of an entry are told. */
export const mostSteps = 10;

const backTarget = (id: string, rev: number): Target => to('glossary.back', { id, rev: String(rev) });

/** What was done, with the entry as it now is, and a way back. */
export function doneCard(
  locale: Locale,
  key: 'added' | 'changed' | 'removed' | 'reverted' | 'unchanged',
  { id, rev, kept }: { readonly id: string; readonly rev: number; readonly kept: Kept | undefined },
): Card {
  const w = glossaryWords(locale);
  return {
    locale,
    blocks: [
      para(...w.text(key)),
      ...(kept ? senseBlocks(senseOf(kept), { locale, textLocale: locale }) : []),
      ...(key === 'unchanged' ? [] : [buttons(button(w.label('undo'), backTarget(id, rev)))]),
    ],
  };
}

/** Which of several is meant. */
export function whichCard(
  locale: Locale,
  key: 'whichEdit' | 'whichRevert',
  choices: readonly { readonly sense: Sense; readonly target: Target }[],
): Card {
  const list = choices.slice(0, 20).map(({ sense, target }) => button(senseLabel(sense, locale), target));
  return { locale, blocks: [para(...glossaryWords(locale).text(key)), buttons(...list)] };
}

export function removeCard(locale: Locale, entries: readonly Kept[]): Card {
  const w = glossaryWords(locale);
  return {
    locale,
    blocks: [
      para(...w.text('removeAsk')),
      ...entries
        .slice(0, 5)
        .flatMap((kept): readonly Block[] => [
          ...senseBlocks(senseOf(kept), { locale, textLocale: locale }),
          buttons(button(w.label('remove'), to('glossary.drop', { id: kept.id, rev: String(kept.rev) }), 'danger')),
        ]),
    ],
  };
}

/** A step as one entry saw it. */
export interface Seen {
  readonly step: Step;
  readonly entry: Entry | null;
}

/** How one entry came about, newest first. */
export interface Story {
  readonly id: string;
  /** The number of the newest step. */
  readonly rev: number;
  readonly name: string;
  readonly steps: readonly Seen[];
  /** Older steps that are not told. */
  readonly more: number;
}

const hows: Readonly<Record<Step['how'], GlossaryKey>> = {
  add: 'howAdd',
  edit: 'howEdit',
  remove: 'howRemove',
  revert: 'howRevert',
  import: 'howImport',
  suggestion: 'howSuggestion',
};

export function historyCard(locale: Locale, space: Space, stories: readonly Story[]): Card {
  const w = glossaryWords(locale);
  return {
    locale,
    title: w.label('historyTitle'),
    blocks: stories.flatMap(({ id, rev, name, steps, more }) => [
      para(bold(name)),
      ...steps.map((seen) => stepBlock(seen, locale, space)),
      ...(more > 0 ? [quiet(...w.text('olderSteps', { count: more }))] : []),
      buttons(button(w.label('revert'), backTarget(id, rev))),
    ]),
  };
}

function stepBlock({ step, entry }: Seen, locale: Locale, space: Space): Block {
  const w = glossaryWords(locale);
  const { platform, space: within } = space;
  const who = step.by === '' ? w.label('nobody') : mention({ platform, space: within, person: step.by });
  const became = entry ? [': ', ...entryText(entry, locale)] : [];
  return para(...w.text(hows[step.how], { who, when: time(new Date(step.at)) }), ...became);
}

function entryText(entry: Entry, locale: Locale): Text {
  const expansion = isolatedIn(locale, inLanguage(entry.expansion, locale).text);
  const definition = entry.definition && isolatedIn(locale, inLanguage(entry.definition, locale).text);
  return [isolatedIn(locale, entry.acronym), ' — ', expansion, ...(definition ? ['. ', definition] : [])];
}
