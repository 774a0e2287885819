// What is found -> Card or Form.

import type { Args, Call, Person } from '../../core/call.js';
import {
  type Block,
  type Button,
  button,
  buttons,
  type Card,
  type Form,
  mention,
  para,
  quiet,
  to,
} from '../../core/card.js';
import { graphemes } from '../../core/grapheme.js';
import { type Locale, localeNames, locales } from '../../core/locale.js';
import { translateButton } from '../../core/translate.js';
import { commaed, type Words } from '../../core/wording.js';
import { markedLine, saidOf } from './fallback.js';
import { idGroups } from './id-groups.js';
import { longestAsked, mostTerms } from './look-up.js';
import type { Sense } from './model.js';
import type { Found } from './search.js';
import { briefBlock, hasOurs, type Manner, oursMark, senseBlocks, senseLabel } from './sense-blocks.js';
import { type AcronymKey, acronymWords } from './words/index.js';

/** How many senses of one search are told in full. */
const mostSenses = 3;
const mostButtons = 5;

/** Buttons to further parts of a message: four rows on Discord, whose fifth holds the buttons that share. */
const mostParts = 20;

/** Where what was not found may be suggested: the button's target, for a term that is one. */
export type SuggestTarget = (term: string) => Button['target'] | undefined;

/**
 * The private answer: every sense of every term, near misses as buttons, and a way to share it.
 * @param isCut whether what was asked was too long to be read to its end
 */
export function answerCard(found: readonly Found[], manner: Manner, suggestion: SuggestTarget, isCut = false): Card {
  const w = acronymWords(manner.locale);
  const told = found.slice(0, mostTerms);
  const ids = told.flatMap(({ senses }) => senses.slice(0, senses.length > mostSenses ? mostSenses : undefined));
  return {
    locale: manner.locale,
    blocks: [
      ...told.flatMap((one) => foundBlocks(one, manner, suggestion, w)),
      ...(found.length > told.length ? [quiet(...w.text('onlyFirst', { count: told.length }))] : []),
      ...(isCut ? [quiet(...w.text('onlyRead', { count: longestAsked }))] : []),
      ...shareButtons(ids, manner, w),
    ],
  };
}

function foundBlocks(
  { term, senses, near }: Found,
  manner: Manner,
  suggestion: SuggestTarget,
  w: Words<AcronymKey>,
): readonly Block[] {
  if (senses.length === 0) {
    const target = suggestion(term);
    return [
      para(...w.text('notFound', { term: shortened(term) })),
      ...(near.length === 0 ? [] : [quiet(...w.text('didYouMean')), offers(near, manner)]),
      ...(target ? [buttons(button(w.label('suggestTerm', { term: shortened(term, onButton) }), target))] : []),
    ];
  }
  // Senses of one acronym are all told; the many hits of a word search are told in part, the rest offered.
  const isAmbiguous = senses.length > 1 && senses.every(({ acronym }) => acronym === senses[0]?.acronym);
  const told = isAmbiguous ? senses : senses.slice(0, mostSenses);
  const guesses = near.filter((sense) => !senses.includes(sense));
  const others = senses.slice(told.length, told.length + mostButtons);
  return [
    ...(isAmbiguous ? [quiet(...w.text('senses', { term: shortened(term), count: senses.length }))] : []),
    ...told.flatMap((sense) => senseBlocks(sense, manner)),
    ...(others.length > 0 ? [quiet(...w.text('alsoFound')), offers(others, manner)] : []),
    ...(guesses.length > 0 ? [quiet(...w.text('didYouMean')), offers(guesses, manner)] : []),
  ];
}

/** Longest part of a member's own text that is repeated to them, and that stands on a button, in graphemes. */
const [repeated, onButton] = [60, 40];

function shortened(term: string, most = repeated): string {
  let shown = '';
  let count = 0;
  // Not all of it is taken apart: that takes long where somebody asks for thousands of characters.
  for (const { segment } of graphemes.segment(term)) {
    if (count === most) return `${shown}…`;
    shown += segment;
    count += 1;
  }
  return term;
}

const languageArgs = ({ textLocale, isChosen }: Manner): Args => (isChosen ? { in: textLocale } : {});

/** A button for each, bearing its id. */
function offers(senses: readonly Sense[], manner: Manner): Block {
  return buttons(
    ...senses.map((sense) =>
      button(senseLabel(sense, manner.textLocale), to('acronym.show', { id: sense.id, ...languageArgs(manner) })),
    ),
  );
}

/** One button, or several where the ids of what was explained do not fit on one. */
function shareButtons(senses: readonly Sense[], manner: Manner, w: Words<AcronymKey>): readonly Block[] {
  const args = languageArgs(manner);
  const groups = idGroups(
    senses.map(({ id }) => id),
    'acronym.share',
    args,
  );
  if (groups.length === 0) return [];
  const list: Button[] = groups.map((ids, at) => {
    const label = at === 0 ? w.label('share') : w.label('sharePart', { part: at + 1 });
    return button(label, to('acronym.share', { ids, ...args }));
  });
  return [buttons(...list)];
}

/** A term of a message with its senses. */
export interface Explained {
  readonly senses: readonly Sense[];
}

/** Buttons to the rest of a message's acronyms; each brings its own part as an answer of its own. */
export interface Parts {
  /** Acronyms in the message, and those that this answer and its buttons explain. */
  readonly count: number;
  readonly told: number;
  readonly buttons: readonly Button[];
}

/** The acronyms of a message, each sense short. */
export function messageCard(terms: readonly Explained[], manner: Manner, parts?: Parts): Card {
  const w = acronymWords(manner.locale);
  const senses = terms.flatMap((one) => one.senses);
  const said = senses.flatMap((sense) => saidOf(sense, manner.textLocale));
  return {
    locale: manner.locale,
    blocks: [
      ...(parts ? [quiet(...w.text('inThisMessage', { count: parts.count }))] : []),
      ...senses.map((sense) => briefBlock(sense, manner)),
      ...(hasOurs(senses, manner) ? [quiet(...w.text('oursMarked', { mark: oursMark }))] : []),
      ...markedLine(said, manner.textLocale, manner.locale),
      quiet(...w.text('inFull', { command: '/acronym' })),
      ...shareButtons(senses, manner, w),
      ...(parts && parts.buttons.length > 0 ? [quiet(...w.text('alsoIn')), buttons(...parts.buttons)] : []),
      ...(parts && parts.told < parts.count
        ? [quiet(...w.text('toldOf', { told: parts.told, count: parts.count, command: '/acronym' }))]
        : []),
    ],
  };
}

/**
 * The terms of a message by the answers that tell them.
 * @returns the first answer's terms, and a button for each further one, as far as there is room for buttons
 */
export function messageParts<T extends Explained>(
  terms: readonly T[],
  locale: Locale,
): Parts & { readonly first: readonly T[] } {
  const route = 'acronym.more';
  const byId = new Map(terms.map((term) => [term.senses[0]?.id ?? '', term]));
  const groups = idGroups([...byId.keys()], route, {}, mostTerms)
    .slice(0, 1 + mostParts)
    .map((ids) => ({ target: to(route, { ids }), terms: ids.split('_').flatMap((id) => byId.get(id) ?? []) }));
  const [first, ...rest] = groups;
  const label = (part: readonly T[]): string => {
    const names = part.map(({ senses }) => senses[0]?.acronym ?? '');
    const [most, last] = names.length > 3 ? [2, ` … ${names.at(-1)}`] : [3, ''];
    return `${commaed(locale, names.slice(0, most))}${last}`.slice(0, 75);
  };
  return {
    first: first?.terms ?? [],
    count: terms.length,
    told: groups.reduce((sum, group) => sum + group.terms.length, 0),
    buttons: rest.map((group) => button(label(group.terms), group.target)),
  };
}

/**
 * The same words for all, with who brought them.
 * @param isMultilingual whether those who do not read the channel's language get a button for theirs
 */
export function sharedCard(senses: readonly Sense[], by: Person, manner: Manner, isMultilingual: boolean): Card {
  const w = acronymWords(manner.locale);
  const ids = senses.map(({ id }) => id);
  const groups = isMultilingual ? idGroups(ids, 'acronym.translate', {}) : [];
  const translations = groups.map((some, at) =>
    translateButton(manner.locale, to('acronym.translate', { ids: some }), at === 0 ? '' : ` (${at + 1})`),
  );
  return {
    locale: manner.locale,
    blocks: [
      ...senses.flatMap((sense) => senseBlocks(sense, manner)),
      quiet(...w.text('sharedBy'), mention(by)),
      ...(translations.length > 0 ? [buttons(...translations)] : []),
    ],
  };
}

/** What was shared, for one member alone in their own language. */
export function translatedCard(senses: readonly Sense[], manner: Manner): Card {
  return { locale: manner.locale, blocks: senses.flatMap((sense) => senseBlocks(sense, manner)) };
}

/** What the sharer sees from then on. */
export function sharedNote(senses: readonly Sense[], manner: Manner, isThere: boolean): Card {
  const w = acronymWords(manner.locale);
  return {
    locale: manner.locale,
    blocks: [
      ...senses.flatMap((sense) => senseBlocks(sense, manner)),
      quiet(...w.text(isThere ? 'shared' : 'sharedLater')),
    ],
  };
}

/** A card of one sentence. */
export function sentence(locale: Locale, key: AcronymKey): Card {
  return { locale, blocks: [para(...acronymWords(locale).text(key))] };
}

/** What opens when the command comes without a term. */
export function askForm(call: Call): Form {
  const w = acronymWords(call.locale);
  return {
    locale: call.locale,
    title: w.label('formTitle'),
    target: to('acronym.explain'),
    fields: [
      {
        name: 'term',
        label: w.label('fieldTerm'),
        kind: 'line',
        required: true,
        max: longestAsked,
        hint: w.label('hintTerm'),
        ...(call.args.term ? { value: call.args.term } : {}),
      },
      {
        name: 'language',
        label: w.label('fieldLanguage'),
        kind: 'choice',
        value: call.args.language || call.locale,
        choices: locales.map((value) => ({ value, label: localeNames[value] })),
      },
    ],
  };
}
