// The forms by which staff keep the list of groups, and what was filled into them. Pure.
import type { Args } from '../../core/call.js';
import { type Choice, type Field, type Form, to, webAddress } from '../../core/card.js';
import { asLocale, type Locale, localeNames } from '../../core/locale.js';
import { refuse } from '../../core/refusal.js';
import type { Words } from '../../core/wording.js';
import { bodyLabel, doorLabel, groupStateLabel } from './list-cards.js';
import {
  type Body,
  bodies,
  doors,
  type Group,
  groupId,
  groupSchema,
  groupStates,
  knownTasks,
  mostParents,
  mostQuestions,
  mostTasks,
} from './model.js';
import { isKnownTask, taskLabel } from './staff-cards.js';
import { type WgKey, wgWords } from './words/index.js';
import { isZone } from './workdays.js';

/** Each is a form of its own, since a form holds five fields. */
export const parts = ['texts', 'about', 'joining', 'questions'] as const;
export type Part = (typeof parts)[number];

const titleKeys = {
  texts: 'formTitleTexts',
  about: 'formTitleAbout',
  joining: 'formTitleJoining',
  questions: 'formTitleQuestions',
} as const;

/** Fields with what was typed, else with what the group has. */
const withValues = (fields: readonly Field[], typed: Args, had: Args): readonly Field[] =>
  fields.map((field) => {
    const value = typed[field.name] ?? had[field.name];
    return value ? { ...field, value } : field;
  });

const choices = <K extends string>(values: readonly K[], label: (value: K) => string): readonly Choice[] =>
  values.map((value) => ({ value, label: label(value) }));

const parentField = (w: Words<WgKey>): Field => ({
  name: 'parents',
  label: w.label('fieldParents'),
  kind: 'checks',
  required: true,
  choices: choices(bodies, (body) => bodyLabel(body, w)),
});

const doorField = (w: Words<WgKey>): Field => ({
  name: 'door',
  label: w.label('fieldDoor'),
  kind: 'choice',
  required: true,
  choices: choices(doors, (door) => doorLabel(door, w)),
});

const textFields = (w: Words<WgKey>, isNeeded: boolean): readonly Field[] => [
  { name: 'name', label: w.label('fieldName'), kind: 'line', required: isNeeded, max: 200 },
  { name: 'scope', label: w.label('fieldScope'), kind: 'lines', max: 300 },
];

export function addForm(locale: Locale, typed: Args): Form {
  const w = wgWords(locale);
  const id: Field = {
    name: 'gid',
    label: w.label('fieldId'),
    kind: 'line',
    required: true,
    max: 16,
    hint: w.label('hintId'),
  };
  const fields = [id, ...textFields(w, true), parentField(w), doorField(w)];
  return {
    locale,
    title: w.label('formTitleAdd'),
    target: to('wg.added'),
    fields: withValues(fields, typed, {}),
  };
}

/** @param language of the texts, for the part that holds them */
export function partForm(group: Group, part: Part, language: Locale, locale: Locale, typed: Args): Form {
  const w = wgWords(locale);
  return {
    locale,
    title: w.label(titleKeys[part]),
    target: to('wg.save', { id: group.id, p: part, ...(part === 'texts' ? { in: language } : {}) }),
    ...(part === 'texts' ? { intro: w.text('textsIntro', { group: group.id, language: localeNames[language] }) } : {}),
    fields: withValues(partFields(part, w), typed, valuesOf(group, part, language)),
  };
}

function partFields(part: Part, w: Words<WgKey>): readonly Field[] {
  if (part === 'texts') return textFields(w, false);
  if (part === 'about') {
    const states = choices(groupStates, (state) => groupStateLabel(state, w));
    return [
      parentField(w),
      { name: 'state', label: w.label('fieldState'), kind: 'choice', required: true, choices: states },
      { name: 'url', label: w.label('fieldUrl'), kind: 'line', max: 300 },
      { name: 'basis', label: w.label('fieldBasis'), kind: 'line', max: 200 },
    ];
  }
  if (part === 'joining') {
    const asks = [
      { value: 'email', label: w.label('fieldEmail') },
      { value: 'statement', label: w.label('fieldStatement') },
    ];
    return [
      doorField(w),
      { name: 'asks', label: w.label('fieldAsks'), kind: 'checks', choices: asks },
      { name: 'closes', label: w.label('fieldCloses'), kind: 'line', max: 20, hint: w.label('hintCloses') },
      { name: 'zone', label: w.label('fieldZone'), kind: 'line', max: 60, hint: w.label('hintZone') },
    ];
  }
  return [
    { name: 'questions', label: w.label('fieldQuestions'), kind: 'lines', max: 600, hint: w.label('hintQuestions') },
    {
      name: 'known',
      label: w.label('fieldTasks'),
      kind: 'checks',
      choices: choices(knownTasks, (task) => taskLabel(task, w)),
    },
    { name: 'own', label: w.label('fieldOwnTasks'), kind: 'lines', max: 400, hint: w.label('hintOwnTasks') },
  ];
}

function valuesOf(group: Group, part: Part, language: Locale): Args {
  if (part === 'texts') return { name: group.name[language] ?? '', scope: group.scope[language] ?? '' };
  if (part === 'about') {
    return { parents: group.parents.join(','), state: group.state, url: group.url ?? '', basis: group.basis ?? '' };
  }
  if (part === 'joining') {
    const asks = [...(group.asksEmail ? ['email'] : []), ...(group.asksStatement ? ['statement'] : [])];
    const closes = group.closesAt?.replace(/^(.{10})T(.{5}).*$/, '$1 $2') ?? '';
    return { door: group.door, asks: asks.join(','), closes, zone: group.zone };
  }
  return {
    questions: group.questions.join('\n'),
    known: group.tasks.filter(isKnownTask).join(','),
    own: group.tasks.filter((task) => !isKnownTask(task)).join('\n'),
  };
}

const text = (args: Args, name: string): string => (args[name] ?? '').trim();

const among = <K extends string>(values: readonly K[], typed: string): readonly K[] =>
  values.filter((value) => typed.split(',').includes(value));

const lines = (typed: string): readonly string[] =>
  typed
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** @throws Refusal `needed`, `tooManyParents` */
function parentsIn(args: Args): readonly Body[] {
  const parents = among(bodies, args.parents ?? '');
  if (parents.length === 0) throw refuse('needed', {}, 'parents');
  if (parents.length > mostParents) throw refuse('tooManyParents', { most: String(mostParents) }, 'parents');
  return parents;
}

/**
 * A new group, active from the start.
 * @throws Refusal `wrongId`, `needed` at their fields
 */
export function addedGroup(args: Args, locale: Locale): Group {
  const id = groupId.safeParse(text(args, 'gid').toUpperCase());
  if (!id.success) throw refuse('wrongId', {}, 'gid');
  const parents = parentsIn(args);
  if (text(args, 'name') === '') throw refuse('needed', {}, 'name');
  const [door = 'open'] = among(doors, args.door ?? '');
  return withTexts(
    groupSchema.parse({ id: id.data, name: { [locale]: '·' }, parents, state: 'active', door }),
    args,
    locale,
  );
}

/**
 * A group with one part of it changed.
 * @throws Refusal at the field that is wrong
 */
export function changedGroup(group: Group, part: Part, args: Args): Group {
  if (part === 'texts') return withTexts(group, args, asLocale(args.in) ?? 'en');
  if (part === 'about') return withAbout(group, args);
  return part === 'joining' ? withJoining(group, args) : withQuestions(group, args);
}

function withTexts(group: Group, args: Args, language: Locale): Group {
  const { [language]: _, ...names } = group.name;
  const { [language]: __, ...scopes } = group.scope;
  const [name, scope] = [text(args, 'name').slice(0, 200), text(args, 'scope').slice(0, 300)];
  if (name === '' && Object.keys(names).length === 0) throw refuse('needed', {}, 'name');
  return {
    ...group,
    name: name === '' ? names : { ...names, [language]: name },
    scope: scope === '' ? scopes : { ...scopes, [language]: scope },
  };
}

function withAbout(group: Group, args: Args): Group {
  const parents = parentsIn(args);
  const [state = group.state] = among(groupStates, args.state ?? '');
  const { url: _, basis: __, ...rest } = group;
  const [url, basis] = [text(args, 'url'), text(args, 'basis').slice(0, 200)];
  if (url !== '' && webAddress(url, 300) === undefined) throw refuse('notALink', {}, 'url');
  return { ...rest, parents: [...parents], state, ...(url ? { url } : {}), ...(basis ? { basis } : {}) };
}

function withJoining(group: Group, args: Args): Group {
  const { closesAt: _, ...rest } = group;
  const [door = group.door] = among(doors, args.door ?? '');
  const asks = (args.asks ?? '').split(',');
  const zone = text(args, 'zone') || 'UTC';
  if (!isZone(zone)) throw refuse('wrongZone', {}, 'zone');
  const closes = text(args, 'closes');
  const closesAt = closes === '' ? undefined : closingTime(closes);
  if (closes !== '' && !closesAt) throw refuse('wrongCloses', {}, 'closes');
  return {
    ...rest,
    door,
    asksEmail: asks.includes('email'),
    asksStatement: asks.includes('statement'),
    zone,
    ...(closesAt ? { closesAt: closesAt.toISOString() } : {}),
  };
}

/** `2026-03-31 12:00`, in UTC; a date alone means its last minute, as ICANN's own deadlines do. */
export function closingTime(typed: string): Date | undefined {
  const [, date, hour = '23', minute = '59'] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{2}):(\d{2}))?(?:Z| ?UTC)?$/.exec(typed) ?? [];
  if (date === undefined) return undefined;
  const at = new Date(`${date}T${hour}:${minute}:00Z`);
  // A day that there is not, such as the 31st of February, would be taken for one of the next month.
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date ? undefined : at;
}

function withQuestions(group: Group, args: Args): Group {
  const questions = lines(args.questions ?? '');
  if (questions.length > mostQuestions) throw refuse('tooManyQuestions', { most: String(mostQuestions) }, 'questions');
  if (questions.some(({ length }) => length > 100)) throw refuse('questionTooLong', {}, 'questions');
  const own = lines(args.own ?? '');
  if (own.some(({ length }) => length > 60)) throw refuse('taskTooLong', {}, 'own');
  const tasks = [...among(knownTasks, args.known ?? ''), ...own];
  if (tasks.length > mostTasks) throw refuse('tooManyTasks', { most: String(mostTasks) }, 'own');
  return { ...group, questions: [...questions], tasks };
}
