// The form of somebody who would like to join: its fields in steps, and what was filled in. Pure.
import type { Args } from '../../core/call.js';
import { type Choice, type Field, type Form, type Text, to, webAddress } from '../../core/card.js';
import { type Locale, localeNames, locales } from '../../core/locale.js';
import { listed, type Words } from '../../core/wording.js';
import { capacities, type Group, regions, representing } from './model.js';
import { editionOf, isOwnField, questionOf } from './own-questions.js';
import { type WgKey, wgWords } from './words/index.js';

/** Fields of one step: a platform's form holds five. */
const mostFields = 5;

/** The first step has room for the text that says who reads it: Discord shows that in the place of a field. */
const first = ['capacity', 'represents', 'process', 'share'] as const;

/** The value of a ticked consent. */
const yes = 'yes';

/** Other languages than the seven of the community. */
const otherLanguage = 'other';

/** The names of the fields, step by step. */
export function stepsOf(group: Group): readonly (readonly string[])[] {
  const rest = [
    'region',
    'country',
    'languages',
    ...(group.asksEmail ? ['email'] : []),
    ...(group.asksStatement ? ['statement'] : []),
    'why',
    ...group.questions.map((_, at) => `q${at + 1}`),
  ];
  const count = Math.ceil(rest.length / mostFields);
  return [first, ...Array.from({ length: count }, (_, at) => rest.slice(at * mostFields, (at + 1) * mostFields))];
}

/** Who reads it, why, and for how long. */
export interface Terms {
  readonly keepUndecided: number;
  readonly keepDecided: number;
  /** The platform on which the staff work, where it is another one. */
  readonly elsewhere?: string | undefined;
}

/**
 * One step of the form.
 * @param step from 1
 * @param values what was filled in so far, by field
 * @param terms absent where they cannot be read now; nothing is accepted then either
 * @param changes the request whose answers are changed by it
 */
export function stepForm(
  group: Group,
  step: number,
  values: Args,
  locale: Locale,
  terms?: Terms,
  changes?: string,
): Form {
  const w = wgWords(locale);
  const steps = stepsOf(group);
  const names = steps[step - 1] ?? [];
  return {
    locale,
    title: `${group.id} · ${step}/${steps.length}`,
    target: to('wg.fill', {
      id: group.id,
      s: String(step),
      ...(names.some(isOwnField) ? { v: editionOf(group) } : {}),
      ...(changes ? { r: changes } : {}),
    }),
    ...(step < steps.length ? { submit: w.label('nextStep') } : {}),
    ...(step === 1 && terms ? { intro: introOf(group, terms, w) } : {}),
    fields: names.map((name) => {
      const value = values[name];
      return { ...fieldOf(name, group, w), ...(value ? { value } : {}) };
    }),
  };
}

function introOf(group: Group, { keepUndecided, keepDecided, elsewhere }: Terms, w: Words<WgKey>): Text {
  return [
    ...w.text('formReaders', { group: group.id }),
    ' ',
    ...(elsewhere ? [...w.text('formElsewhere', { platform: elsewhere }), ' '] : []),
    ...w.text('formKept', { decided: keepDecided, undecided: keepUndecided, command: '/rapporteur privacy' }),
  ];
}

const choicesOf = <K extends string>(values: readonly K[], label: (value: K) => string): readonly Choice[] =>
  values.map((value) => ({ value, label: label(value) }));

const capacityKeys = {
  member: 'capacityMember',
  participant: 'capacityParticipant',
  observer: 'capacityObserver',
} as const;

const representsKeys = {
  government: 'representsGovernment',
  igo: 'representsIgo',
  als: 'representsAls',
  oneself: 'representsOneself',
  cctld: 'representsCctld',
  gnso: 'representsGnso',
  other: 'representsOther',
} as const;

/** The choices of a field that has some, as they read. */
export function choicesIn(name: string, w: Words<WgKey>): readonly Choice[] {
  if (name === 'capacity') return choicesOf(capacities, (value) => w.label(capacityKeys[value]));
  if (name === 'represents') return choicesOf(representing, (value) => w.label(representsKeys[value]));
  if (name === 'region') return choicesOf(regions, (value) => (value === 'none' ? w.label('regionNone') : value));
  if (name === 'process') return [{ value: yes, label: w.label('processYes') }];
  if (name === 'share') return [{ value: yes, label: w.label('shareYes') }];
  if (name !== 'languages') return [];
  const named = choicesOf(locales, (value) => localeNames[value]);
  return [...named, { value: otherLanguage, label: w.label('languageOther') }];
}

const labelKeys = {
  capacity: 'fieldCapacity',
  represents: 'fieldRepresents',
  process: 'fieldProcess',
  share: 'fieldShare',
  region: 'fieldRegion',
  country: 'fieldCountry',
  languages: 'fieldLanguages',
  email: 'fieldEmail',
  statement: 'fieldStatement',
  why: 'fieldWhy',
} as const satisfies Readonly<Record<string, WgKey>>;

const isNamed = (name: string): name is keyof typeof labelKeys => Object.hasOwn(labelKeys, name);

/** What a field is called; a group's own question is told in full beside it. */
export function labelIn(name: string, w: Words<WgKey>): string {
  return isNamed(name) ? w.label(labelKeys[name]) : w.label('fieldQuestion', { number: Number(name.slice(1)) });
}

const multiple: ReadonlySet<string> = new Set(['process', 'share', 'languages']);
const longest: Readonly<Record<string, number>> = { country: 80, email: 254, statement: 300, why: 500 };
const needed: ReadonlySet<string> = new Set(['capacity', 'represents', 'process', 'region', 'email']);
const hintKeys: Readonly<Record<string, WgKey>> = {
  email: 'hintEmail',
  statement: 'hintStatement',
  why: 'hintWhy',
  share: 'hintShare',
};

const isNeeded = (name: string): boolean => needed.has(name) || isOwnField(name);

function fieldOf(name: string, group: Group, w: Words<WgKey>): Field {
  const choices = choicesIn(name, w);
  const hintKey = hintKeys[name];
  const hint = questionOf(name, group) ?? (hintKey && w.label(hintKey));
  const shared = {
    name,
    label: labelIn(name, w),
    required: isNeeded(name),
    ...(hint === undefined ? {} : { hint }),
  };
  if (choices.length > 0) return { ...shared, kind: multiple.has(name) ? 'checks' : 'choice', choices };
  const isLong = name === 'why' || isOwnField(name);
  return { ...shared, kind: isLong ? 'lines' : 'line', max: longest[name] ?? 500 };
}

/** What was filled into one step, and word keys of what is wrong with it. */
export interface Filled {
  readonly fields: Args;
  readonly wrong: Readonly<Record<string, WgKey>>;
}

/** Reads a step; what a form cannot have held is dropped. */
export function readStep(group: Group, step: number, args: Args, w: Words<WgKey>): Filled {
  const fields: Record<string, string> = {};
  const wrong: Record<string, WgKey> = {};
  for (const name of stepsOf(group)[step - 1] ?? []) {
    const value = taken(name, args[name] ?? '', w);
    fields[name] = value;
    const problem = problemWith(name, value);
    if (problem) wrong[name] = problem;
  }
  return { fields, wrong };
}

function taken(name: string, typed: string, w: Words<WgKey>): string {
  const offered = choicesIn(name, w).map(({ value }) => value);
  if (offered.length === 0) return typed.trim().slice(0, longest[name] ?? 500);
  return typed
    .split(',')
    .filter((value) => offered.includes(value))
    .join(',');
}

function problemWith(name: string, value: string): WgKey | undefined {
  if (value === '') return isNeeded(name) ? (name === 'process' ? 'consentNeeded' : 'needed') : undefined;
  if (name === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return 'notAnAddress';
  if (name === 'statement' && webAddress(value, 300) === undefined) return 'notALink';
  return undefined;
}

/** The first step that is not filled in as it has to be; undefined when all are. */
export function openStep(group: Group, fields: Args, w: Words<WgKey>): number | undefined {
  const at = stepsOf(group).findIndex((_, nth) => Object.keys(readStep(group, nth + 1, fields, w).wrong).length > 0);
  return at < 0 ? undefined : at + 1;
}

/** The fields of all steps, in order. */
export const fieldNames = (group: Group): readonly string[] => stepsOf(group).flat();

/** A value as it reads. */
export function shownValue(name: string, value: string, w: Words<WgKey>): string {
  const choices = choicesIn(name, w);
  if (choices.length === 0) return value;
  const labels = value.split(',').map((one) => choices.find((choice) => choice.value === one)?.label ?? one);
  return listed(w.locale, labels);
}
