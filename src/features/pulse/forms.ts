// The forms of /pulse; none has more than five fields.
import { type Field, type Form, to } from '../../core/card.js';
import { boundary } from '../../core/grapheme.js';
import type { Locale } from '../../core/locale.js';
import { longestReason } from './answering.js';
import { type AnswerKind, answerKinds, type Filled, longestOption, longestQuestion, mostOptions } from './content.js';
import type { Pulse } from './model.js';
import { type Numbered, pulseWords } from './phrases.js';
import type { PulseKey } from './words/index.js';

const kindKeys = {
  'named-one': 'kindNamedOne',
  'named-many': 'kindNamedMany',
  'anonymous-one': 'kindAnonymousOne',
  'anonymous-many': 'kindAnonymousMany',
} as const satisfies Readonly<Record<AnswerKind, PulseKey>>;

/** Longest texts of fields, in UTF-16 units: all options with the numbers that somebody may put before them. */
const [longestOptions, longestClosing] = [(longestOption + 8) * mostOptions, 60];

/** No platform takes more in a field. */
const longestField = 3000;

const valued = (value: string | undefined): Pick<Field, 'value'> => (value ? { value } : {});

/** A field takes what was typed already, however long: what is too much is said when it is sent. */
const filledField = (text: string, most: number): Pick<Field, 'value' | 'max'> => {
  const value = text.slice(0, boundary(text, longestField));
  return { max: Math.max(most, value.length), ...valued(value) };
};

/**
 * A new pulse, or a draft once more.
 * @param id of the draft, where there is one
 * @param zone the asker's, where the platform tells it
 */
export function pulseForm(filled: Filled, locale: Locale, zone: string | undefined, id?: string): Form {
  const w = pulseWords(locale);
  return {
    locale,
    title: w.label('formTitle'),
    target: to('pulse.draft', {
      ...(id === undefined ? {} : { id }),
      ...(filled.most === undefined ? {} : { most: String(filled.most) }),
    }),
    fields: [
      ...wordingFields(filled, locale, false),
      {
        name: 'kind',
        label: w.label('fieldKind'),
        kind: 'choice',
        required: true,
        ...valued(filled.kind),
        choices: answerKinds.map((value) => ({ value, label: w.label(kindKeys[value]) })),
      },
      {
        name: 'results',
        label: w.label('fieldResults'),
        kind: 'choice',
        required: true,
        value: filled.results,
        choices: [
          { value: 'live', label: w.label('resultsLive') },
          { value: 'hidden', label: w.label('resultsHidden') },
        ],
      },
      closesField(filled.closes, w.label('hintCloses', { zone: zone ?? 'UTC' }), locale),
    ],
  };
}

function wordingFields(filled: Pick<Filled, 'question' | 'options'>, locale: Locale, needsAll: boolean): Field[] {
  const w = pulseWords(locale);
  return [
    {
      name: 'question',
      label: w.label('fieldQuestion'),
      kind: 'line',
      required: true,
      ...filledField(filled.question, longestQuestion),
    },
    {
      name: 'options',
      label: w.label('fieldOptions'),
      kind: 'lines',
      required: needsAll,
      ...(needsAll ? {} : { hint: w.label('hintOptions') }),
      ...filledField(filled.options, longestOptions),
    },
  ];
}

const closesField = (value: string, hint: string, locale: Locale): Field => ({
  name: 'closes',
  label: pulseWords(locale).label('fieldCloses'),
  kind: 'line',
  required: true,
  hint,
  ...filledField(value, longestClosing),
});

/** Question and options as they stand, for a typo. */
export const mendForm = ({ id, value }: Numbered, typed: Partial<Filled>, locale: Locale): Form => ({
  locale,
  title: pulseWords(locale).label('formTitleEdit'),
  target: to('pulse.edit', { id }),
  fields: wordingFields(
    { question: typed.question ?? value.question, options: typed.options ?? value.options.join('\n') },
    locale,
    true,
  ),
});

/** When it is to close instead. */
export function closingForm(id: string, what: 'extend' | 'reopen', typed: string, locale: Locale, pulse: Pulse): Form {
  const w = pulseWords(locale);
  const hint = w.label(what === 'extend' ? 'hintLonger' : 'hintCloses', { zone: pulse.zone ?? 'UTC' });
  return {
    locale,
    title: w.label(what === 'extend' ? 'formTitleExtend' : 'formTitleReopen'),
    target: to(`pulse.${what}`, { id }),
    fields: [closesField(typed, hint, locale)],
  };
}

export function channelForm(id: string, typed: string, locale: Locale): Form {
  const w = pulseWords(locale);
  return {
    locale,
    title: w.label('formTitleChannel'),
    target: to('pulse.channel', { id }),
    fields: [
      {
        name: 'channel',
        label: w.label('fieldChannel'),
        kind: 'channel',
        required: true,
        hint: w.label('hintChannel'),
        ...valued(typed),
      },
    ],
  };
}

/** @param reason what was said before; an anonymous one is not shown again, since a form may be kept for a while */
export function reasonForm({ id, value }: Numbered, reason: string | undefined, locale: Locale): Form {
  const w = pulseWords(locale);
  return {
    locale,
    title: w.label('formTitleReason'),
    target: to('pulse.reasoned', { id }),
    fields: [
      {
        name: 'reason',
        label: w.label('fieldReason'),
        kind: 'lines',
        max: longestReason,
        hint: w.label(value.isAnonymous ? 'hintReasonAnonymous' : 'hintReasonNamed'),
        ...(value.isAnonymous ? {} : valued(reason)),
      },
    ],
  };
}
