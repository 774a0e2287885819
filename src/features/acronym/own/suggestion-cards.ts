// Suggestions -> the member's form, the staff card, what becomes of them.
import type { Args, Call, Person } from '../../../core/call.js';
import {
  type Block,
  button,
  buttons,
  type Card,
  type Field,
  type Form,
  facts,
  mention,
  para,
  quiet,
  type Text,
  time,
  to,
} from '../../../core/card.js';
import { type Locale, localeNames } from '../../../core/locale.js';
import { isolatedIn, type Words } from '../../../core/wording.js';
import { longest } from '../model.js';
import { senseBlocks } from '../sense-blocks.js';
import { languageField, textFields } from './entry-forms.js';
import { type Entry, senseOf } from './model.js';
import type { Decision, Suggestion } from './suggestion.js';
import { type GlossaryKey, glossaryWords } from './words/index.js';

/** Longest account of where a term was met, and longest reason, in UTF-16 units. */
export const [longestMet, longestReason] = [300, 500];

/** What a suggestion is known by on a button. */
export interface Handle {
  readonly key: string;
  readonly round: number;
}

export const handleArgs = ({ key, round }: Handle): Args => ({ key, n: String(round) });

export function suggestForm(call: Call, term: string | undefined): Form {
  const { locale, args } = call;
  const w = glossaryWords(locale);
  const field = (name: string, label: GlossaryKey, kind: 'line' | 'lines', max: number, hint?: GlossaryKey): Field => ({
    name,
    label: w.label(label),
    kind,
    max,
    ...(hint ? { hint: w.label(hint) } : { required: true }),
    ...(args[name] ? { value: args[name] } : {}),
  });
  const named = field('term', 'fieldTerm', 'line', longest.acronym);
  const typed = (args.term ?? term)?.slice(0, longest.acronym);
  return {
    locale,
    title: w.label('suggestTitle'),
    target: to('glossary.propose'),
    intro: w.text('suggestIntro'),
    fields: [
      typed ? { ...named, value: typed } : named,
      field('expansion', 'fieldExpansion', 'line', longest.expansion, 'hintIfKnown'),
      field('definition', 'fieldDefinition', 'lines', longest.definition, 'hintIfKnown'),
      field('met', 'fieldMet', 'lines', longestMet, 'hintMet'),
      languageField(call, args.language ?? locale),
    ],
  };
}

export function staffCard(suggestion: Suggestion, handle: Handle, space: Pick<Person, 'platform' | 'space'>): Card {
  const { locale } = suggestion.staff;
  const w = glossaryWords(locale);
  const open: readonly Block[] = [
    buttons(
      button(
        w.label('accept'),
        to('glossary.accept', { ...handleArgs(handle), v: String(suggestion.version) }),
        'main',
      ),
      button(w.label('editButton'), to('glossary.amend', handleArgs(handle))),
      button(w.label('reject'), to('glossary.reject', handleArgs(handle)), 'danger'),
    ),
  ];
  const { decision } = suggestion;
  return {
    locale,
    title: w.label('suggestionTitle'),
    blocks: [
      suggestionFacts(suggestion, space, w),
      ...(decision ? [quiet(...decisionText(decision, space, locale))] : open),
      ...(decision?.reason ? [quiet(...w.text('reasonWas', { reason: decision.reason }))] : []),
    ],
  };
}

function suggestionFacts(
  { term, expansion, definition, met, locale: language, by, staff: { locale } }: Suggestion,
  space: Pick<Person, 'platform' | 'space'>,
  w: Words<GlossaryKey>,
): Block {
  const said = (text: string): Text => [text === '' ? w.label('notSaid') : isolatedIn(locale, text)];
  const people = by.flatMap(({ person }, at) => [...(at === 0 ? [] : [', ']), mention({ ...space, person })]);
  return facts(
    [w.label('fieldTerm'), said(term)],
    [w.label('fieldExpansion'), said(expansion)],
    [w.label('fieldDefinition'), said(definition)],
    [w.label('fieldMet'), said(met)],
    [w.label('fieldLanguage'), [localeNames[language]]],
    [w.label('suggestedBy'), people.length > 0 ? people : [w.label('nobody')]],
  );
}

/** Who decided, and when. */
export function decisionText(
  { by, at, entry, isEdited }: Decision,
  space: Pick<Person, 'platform' | 'space'>,
  locale: Locale,
): Text {
  const w = glossaryWords(locale);
  const who = by === '' ? w.label('nobody') : mention({ ...space, person: by });
  const key = entry ? (isEdited ? 'acceptedEdited' : 'accepted') : 'rejected';
  return w.text(key, { who, when: time(new Date(at)) });
}

/** What the one who came second is told. */
export function tooLateCard(decision: Decision, space: Pick<Person, 'platform' | 'space'>, locale: Locale): Card {
  const w = glossaryWords(locale);
  return { locale, blocks: [para(...w.text('wasQuicker')), para(...decisionText(decision, space, locale))] };
}

/** The suggestion as staff would have it. */
export function amendForm(call: Call, suggestion: Suggestion, handle: Handle): Form {
  const w = glossaryWords(call.locale);
  return {
    locale: call.locale,
    title: w.label('amendTitle'),
    target: to('glossary.amended', handleArgs(handle)),
    intro: w.text('amendIntro'),
    fields: [...textFields(call, suggestion), languageField(call, call.args.language ?? suggestion.locale)],
  };
}

export function rejectForm(call: Call, term: string, handle: Handle): Form {
  const w = glossaryWords(call.locale);
  return {
    locale: call.locale,
    title: w.label('rejectTitle'),
    target: to('glossary.rejected', handleArgs(handle)),
    intro: w.text('rejectIntro', { term }),
    fields: [
      {
        name: 'reason',
        label: w.label('fieldReason'),
        kind: 'lines',
        required: true,
        max: longestReason,
        ...(call.args.reason ? { value: call.args.reason } : {}),
      },
    ],
  };
}

/** What the member hears in private. */
export function outcomeCard({ term, decision }: Suggestion, locale: Locale): Card {
  const w = glossaryWords(locale);
  if (!decision?.entry) {
    const reason = decision?.reason ? [para(...w.text('reasonWas', { reason: decision.reason }))] : [];
    return { locale, blocks: [para(...w.text('outcomeRejected', { term })), ...reason] };
  }
  const key = decision.isEdited ? 'outcomeEdited' : 'outcomeAccepted';
  return {
    locale,
    blocks: [para(...w.text(key, { term })), ...entryBlocks(decision.entry, decision.at, locale)],
  };
}

const entryBlocks = (entry: Entry, at: string, locale: Locale): readonly Block[] =>
  senseBlocks(senseOf({ id: '', entry, rev: 0, at }), { locale, textLocale: locale });

/** What the member is told at once. */
export function thanksCard(locale: Locale, term: string, key: 'thanks' | 'thanksJoined' | 'thanksAgain'): Card {
  return { locale, blocks: [para(...glossaryWords(locale).text(key, { term }))] };
}
