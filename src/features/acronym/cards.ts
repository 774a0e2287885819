// What is found -> Card or Form.

import type { Args, Call, Person } from '../../core/call.js';
import {
  type Block,
  type Button,
  bold,
  button,
  buttons,
  type Card,
  type Form,
  type Inline,
  link,
  mention,
  para,
  quiet,
  to,
} from '../../core/card.js';
import { graphemes } from '../../core/grapheme.js';
import { type Locale, localeNames, locales } from '../../core/locale.js';
import { encodeTarget } from '../../core/target.js';
import { isolatedIn, type Words } from '../../core/wording.js';
import { inLanguage, type Sense, sourceAddress } from './model.js';
import type { Found } from './search.js';
import { type AcronymKey, acronymWords } from './words/index.js';

/** How many terms one answer explains, and how many senses of one search are told in full. */
export const mostTerms = 10;
const mostSenses = 3;
const mostButtons = 5;

/** How an answer is to be told. */
export interface Manner {
  /** The language of labels and remarks. */
  readonly locale: Locale;
  /** The language of expansions and definitions. */
  readonly textLocale: Locale;
  /** Set when that language was asked for by name, so that a shared answer keeps it. */
  readonly isChosen?: boolean;
}

/** The private answer: every sense of every term, near misses as buttons, and a way to share it. */
export function answerCard(found: readonly Found[], manner: Manner): Card {
  const w = acronymWords(manner.locale);
  const told = found.slice(0, mostTerms);
  const ids = told.flatMap(({ senses }) => senses.slice(0, senses.length > mostSenses ? mostSenses : undefined));
  return {
    locale: manner.locale,
    blocks: [
      ...told.flatMap((one) => foundBlocks(one, manner, w)),
      ...(found.length > told.length ? [quiet(...w.text('onlyFirst', { count: told.length }))] : []),
      ...shareButtons(ids, manner, w),
    ],
  };
}

function foundBlocks({ term, senses, near }: Found, manner: Manner, w: Words<AcronymKey>): readonly Block[] {
  if (senses.length === 0) {
    const said = para(...w.text('notFound', { term: shortened(term) }));
    return near.length === 0 ? [said] : [said, quiet(...w.text('didYouMean')), offers(near, manner)];
  }
  // Senses of one acronym are all told; the many hits of a word search are told in part, the rest offered.
  const isAmbiguous = senses.length > 1 && senses.every(({ acronym }) => acronym === senses[0]?.acronym);
  const told = isAmbiguous ? senses : senses.slice(0, mostSenses);
  const guesses = near.filter((sense) => !senses.includes(sense));
  const others = senses.slice(told.length, told.length + mostButtons);
  return [
    ...(isAmbiguous ? [quiet(...w.text('senses', { term: shortened(term), count: senses.length }))] : []),
    ...told.flatMap((sense) => senseBlocks(sense, manner, w)),
    ...(others.length > 0 ? [quiet(...w.text('alsoFound')), offers(others, manner)] : []),
    ...(guesses.length > 0 ? [quiet(...w.text('didYouMean')), offers(guesses, manner)] : []),
  ];
}

/** Longest part of a member's own text that is repeated to them, in graphemes. */
const repeated = 60;

function shortened(term: string): string {
  const seen = Array.from(graphemes.segment(term), ({ segment }) => segment);
  return seen.length <= repeated ? term : `${seen.slice(0, repeated).join('')}…`;
}

function senseBlocks(sense: Sense, { textLocale, locale }: Manner, w: Words<AcronymKey>): readonly Block[] {
  const expansion = inLanguage(sense.expansion, textLocale);
  const definition = sense.definition && inLanguage(sense.definition, textLocale);
  const isName = expansion.text === sense.acronym;
  const lead: readonly Inline[] = isName
    ? [bold(sense.acronym)]
    : [bold(sense.acronym), ' — ', isolatedIn(locale, expansion.text)];
  const isEnglishInstead = textLocale !== 'en' && [expansion, definition].some((said) => said?.locale === 'en');
  return [
    para(...lead),
    ...(definition ? [para(isolatedIn(locale, definition.text))] : []),
    quiet(...origin(sense, locale, w)),
    ...(isEnglishInstead ? [quiet(...w.text('onlyEnglish', { language: localeNames[textLocale] }))] : []),
  ];
}

/** Who uses it, where it was read, and when. */
function origin(sense: Sense, locale: Locale, w: Words<AcronymKey>): readonly Inline[] {
  const names: Partial<Record<Sense['body'], string>> = { general: w.label('bodyGeneral'), RIR: w.label('bodyRir') };
  const address = sourceAddress(sense);
  const source = address ? link(new URL(address).hostname.replace(/^www\./, ''), address) : (sense.sources[0] ?? '');
  const month = new Intl.DateTimeFormat(`${locale}-u-nu-latn`, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return [
    ...w.text('usedBy', { body: names[sense.body] ?? sense.body }),
    ' · ',
    ...w.text('source'),
    source,
    ' · ',
    ...w.text('seen', { month: month.format(new Date(sense.seen)) }),
  ];
}

const languageArgs = ({ textLocale, isChosen }: Manner): Args => (isChosen ? { in: textLocale } : {});

/** A button for each, bearing its id. */
function offers(senses: readonly Sense[], manner: Manner): Block {
  const label = ({ acronym, expansion }: Sense): string => {
    const { text } = inLanguage(expansion, manner.textLocale);
    return text === acronym ? acronym : `${acronym}: ${text}`;
  };
  return buttons(
    ...senses.map((sense) => button(label(sense), to('acronym.show', { id: sense.id, ...languageArgs(manner) }))),
  );
}

/** One button, or several where the ids of what was explained do not fit on one. */
function shareButtons(senses: readonly Sense[], manner: Manner, w: Words<AcronymKey>): readonly Block[] {
  const groups: string[] = [];
  for (const id of new Set(senses.map((sense) => sense.id))) {
    const last = groups.at(-1);
    const joined = last === undefined ? id : `${last}_${id}`;
    if (last !== undefined && fits(joined, manner)) groups[groups.length - 1] = joined;
    else groups.push(id);
  }
  if (groups.length === 0) return [];
  const list: Button[] = groups.map((ids, at) => {
    const label = at === 0 ? w.label('share') : w.label('sharePart', { part: at + 1 });
    return button(label, to('acronym.share', { ids, ...languageArgs(manner) }));
  });
  return [buttons(...list)];
}

function fits(ids: string, manner: Manner): boolean {
  try {
    return encodeTarget(to('acronym.share', { ids, ...languageArgs(manner) })).length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What a share button carries, read back; ids that are no longer in the glossary are left out. */
export const sharedIds = (args: Args): readonly string[] => (args.ids ?? '').split('_').filter((id) => id !== '');

/** The same words for all, with who brought them. */
export function sharedCard(senses: readonly Sense[], by: Person, manner: Manner): Card {
  const w = acronymWords(manner.locale);
  return {
    locale: manner.locale,
    blocks: [...senses.flatMap((sense) => senseBlocks(sense, manner, w)), quiet(...w.text('sharedBy'), mention(by))],
  };
}

/** What the sharer sees from then on. */
export function sharedNote(senses: readonly Sense[], manner: Manner): Card {
  const w = acronymWords(manner.locale);
  return {
    locale: manner.locale,
    blocks: [...senses.flatMap((sense) => senseBlocks(sense, manner, w)), quiet(...w.text('shared'))],
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
        max: 300,
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
