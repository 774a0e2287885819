// The forms in which an entry is written.
import type { Args, Call } from '../../../core/call.js';
import { type Choice, type Field, type Form, to } from '../../../core/card.js';
import { localeNames, locales } from '../../../core/locale.js';
import { inLanguage, longest, type Sense } from '../model.js';
import { glossaryWords } from './words/index.js';

/** Longest acronym with its other names, in UTF-16 units. */
const longestTerm = 250;

/** So many senses are offered to stand in the place of, beside the choice to stand beside them. */
const mostSenses = 9;

/** The value of the choice to stand beside what ships. */
export const beside = 'beside';

export const languageField = ({ locale }: Pick<Call, 'locale'>, value: string): Field => ({
  name: 'language',
  label: glossaryWords(locale).label('fieldLanguage'),
  kind: 'choice',
  required: true,
  value,
  choices: locales.map((one) => ({ value: one, label: localeNames[one] })),
});

/** What the three fields of every entry hold already. */
export interface Filled {
  readonly term?: string | undefined;
  readonly expansion?: string | undefined;
  readonly definition?: string | undefined;
}

/** Term, expansion and definition; what was typed comes before what is there. */
export function textFields({ locale, args }: Pick<Call, 'locale' | 'args'>, filled: Filled): readonly Field[] {
  const w = glossaryWords(locale);
  const valued = (name: keyof Filled): { value?: string } => {
    const value = args[name] ?? filled[name];
    return value ? { value } : {};
  };
  return [
    {
      name: 'term',
      label: w.label('fieldTerm'),
      kind: 'line',
      required: true,
      max: longestTerm,
      hint: w.label('hintNames'),
      ...valued('term'),
    },
    {
      name: 'expansion',
      label: w.label('fieldExpansion'),
      kind: 'line',
      required: true,
      max: longest.expansion,
      ...valued('expansion'),
    },
    {
      name: 'definition',
      label: w.label('fieldDefinition'),
      kind: 'lines',
      max: longest.definition,
      hint: w.label('hintDefinition'),
      ...valued('definition'),
    },
  ];
}

/**
 * A new entry.
 * @param shipped the senses that ship under its name, which it may stand beside or in the place of
 */
export function addForm(call: Call, term: string | undefined, shipped: readonly Sense[]): Form {
  const w = glossaryWords(call.locale);
  return {
    locale: call.locale,
    title: w.label('addTitle'),
    target: to('glossary.save'),
    ...(shipped.length > 0 ? { intro: w.text('isShipped') } : {}),
    fields: [
      ...textFields(call, { term }),
      languageField(call, call.args.language ?? call.locale),
      ...(shipped.length > 0 ? [standsField(call, shipped)] : []),
    ],
  };
}

function standsField({ locale, args }: Call, shipped: readonly Sense[]): Field {
  const w = glossaryWords(locale);
  const instead = shipped.slice(0, mostSenses).map(
    (sense): Choice => ({
      value: sense.id,
      label: w.label('insteadOf', { name: `${sense.acronym}: ${inLanguage(sense.expansion, locale).text}` }),
    }),
  );
  return {
    name: 'stands',
    label: w.label('fieldStands'),
    kind: 'choice',
    required: true,
    value: args.stands ?? beside,
    choices: [{ value: beside, label: w.label('besideIt') }, ...instead],
  };
}

/** An entry that is there, in one language. */
export function changeForm(call: Call, filled: Filled, target: Args, language: string): Form {
  const w = glossaryWords(call.locale);
  return {
    locale: call.locale,
    title: w.label('changeTitle'),
    target: to('glossary.change', target),
    intro: w.text('changeIntro', { language }),
    fields: textFields(call, filled),
  };
}

/** Asks which entry is meant, where a command came without it. */
export function whichForm(call: Call, route: string): Form {
  const w = glossaryWords(call.locale);
  return {
    locale: call.locale,
    title: w.label('whichTitle'),
    target: to(route),
    fields: [
      {
        name: 'term',
        label: w.label('fieldWhich'),
        kind: 'line',
        required: true,
        max: longest.expansion,
        ...(call.args.term ? { value: call.args.term } : {}),
      },
    ],
  };
}
