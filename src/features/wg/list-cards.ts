// The groups -> cards and forms: the list with its Join buttons, one group, and what staff change of it.
import {
  type Block,
  type Button,
  bold,
  button,
  buttons,
  type Card,
  type Choice,
  facts,
  link,
  para,
  quiet,
  type Text,
  time,
  to,
} from '../../core/card.js';
import { type Locale, localeNames, locales } from '../../core/locale.js';
import { isolatedIn, type Words } from '../../core/wording.js';
import { type Body, bodies, type Group, inLanguage, shut } from './model.js';
import { taskLabel } from './staff-cards.js';
import { type WgKey, wgWords } from './words/index.js';

/** Groups on one page: their buttons, two menus and the row to turn pages are five rows, Discord's most. */
const pageSize = 8;

/** What of the list is to be seen. */
export interface Part {
  readonly parent: Body | undefined;
  /** Closed, proposed and doubtful ones as well. */
  readonly isAll: boolean;
  /** From 0. */
  readonly page: number;
}

const bodyKeys = {
  board: 'bodyBoard',
  cross: 'bodyCross',
  review: 'bodyReview',
  RIRs: 'bodyRirs',
  other: 'bodyOther',
} as const;

export function bodyLabel(body: Body, w: Words<WgKey>): string {
  return body in bodyKeys ? w.label(bodyKeys[body as keyof typeof bodyKeys]) : body;
}

/** `GAC and ICANN Board`. */
export const parentsLabel = (group: Group, w: Words<WgKey>): string =>
  new Intl.ListFormat(w.locale, { type: 'conjunction' }).format(group.parents.map((body) => bodyLabel(body, w)));

const listTarget = ({ parent, isAll, page }: Part) =>
  to('wg.list', {
    ...(parent ? { parent } : {}),
    ...(isAll ? { all: '1' } : {}),
    ...(page > 0 ? { page: String(page) } : {}),
  });

/** The list, by parent. */
export function listCard(groups: readonly Group[], part: Part, now: Date, locale: Locale): Card {
  const w = wgWords(locale);
  const ofParent = groups.filter(({ parents }) => part.parent === undefined || parents.includes(part.parent));
  const wanted = ofParent.filter(({ state }) => part.isAll || state === 'active');
  const last = Math.max(0, Math.ceil(wanted.length / pageSize) - 1);
  const page = Math.min(Math.max(0, part.page), last);
  const shown = wanted.slice(page * pageSize, (page + 1) * pageSize);
  return {
    locale,
    title: w.label('listTitle'),
    blocks: [
      quiet(...w.text(part.isAll ? 'listAll' : 'listActive', { count: wanted.length })),
      ...byParent(shown, now, w),
      ...joinButtons(shown, now, w),
      ...menus(shown, groups, part, w),
      ...turning({ ...part, page }, last, wanted.length < ofParent.length, w),
    ],
  };
}

function byParent(shown: readonly Group[], now: Date, w: Words<WgKey>): readonly Block[] {
  let heading = '';
  return shown.flatMap((group) => {
    const parent = parentsLabel(group, w);
    const isNew = parent !== heading;
    heading = parent;
    return [...(isNew ? [para(bold(parent))] : []), para(...lineOf(group, now, w))];
  });
}

/** One group in a line: id, name, and why nobody can join where that is so. */
function lineOf(group: Group, now: Date, w: Words<WgKey>): Text {
  const scope = inLanguage(group.scope, w.locale);
  const why = shut(group, now);
  return [
    bold(group.id),
    ' — ',
    isolatedIn(w.locale, inLanguage(group.name, w.locale) ?? group.id),
    ...(scope ? ['. ', isolatedIn(w.locale, scope)] : []),
    ...(why ? [' (', ...w.text(why), ')'] : group.state === 'unknown' ? [' (', ...w.text('stateUnknown'), ')'] : []),
  ];
}

function joinButtons(shown: readonly Group[], now: Date, w: Words<WgKey>): readonly Block[] {
  const list = shown
    .filter((group) => !shut(group, now))
    .map(({ id }) => button(w.label('join', { group: id }), to('wg.join', { id })));
  return list.length > 0 ? [buttons(...list)] : [];
}

function menus(shown: readonly Group[], groups: readonly Group[], part: Part, w: Words<WgKey>): readonly Block[] {
  const ids: Choice[] = shown.map(({ id }) => ({ value: id, label: id }));
  const present = bodies.filter((body) => groups.some(({ parents }) => parents.includes(body)));
  const parents: Choice[] = present.map((body) => ({ value: body, label: bodyLabel(body, w) }));
  const all = { value: 'all', label: w.label('parentAll') };
  return [
    ...(ids.length > 0
      ? [{ kind: 'select' as const, label: w.label('menuShow'), target: to('wg.show'), name: 'id', choices: ids }]
      : []),
    {
      kind: 'select',
      label: w.label('menuParent'),
      target: listTarget({ ...part, parent: undefined, page: 0 }),
      name: 'parent',
      choices: [all, ...parents],
      value: part.parent ?? 'all',
    },
  ];
}

function turning(part: Part, last: number, hasOthers: boolean, w: Words<WgKey>): readonly Block[] {
  const { page, isAll } = part;
  const list: Button[] = [
    ...(page > 0 ? [button(w.label('previous'), listTarget({ ...part, page: page - 1 }))] : []),
    ...(page < last ? [button(w.label('next'), listTarget({ ...part, page: page + 1 }))] : []),
    ...(hasOthers ? [button(w.label('showOthers'), listTarget({ ...part, isAll: true, page: 0 }))] : []),
    ...(isAll ? [button(w.label('showActive'), listTarget({ ...part, isAll: false, page: 0 }))] : []),
  ];
  return list.length > 0 ? [buttons(...list)] : [];
}

const doorKeys = {
  gac: 'doorGac',
  atlarge: 'doorAtLarge',
  gnso: 'doorGnso',
  cctld: 'doorCctld',
  open: 'doorOpen',
  appointed: 'doorAppointed',
} as const;

export const doorLabel = (door: Group['door'], w: Words<WgKey>): string => w.label(doorKeys[door]);

const stateKeys = {
  active: 'stateActive',
  unknown: 'stateUnknown',
  proposed: 'stateProposed',
  closed: 'stateClosed',
} as const;

export const groupStateLabel = (state: Group['state'], w: Words<WgKey>): string => w.label(stateKeys[state]);

/** What a group asks of whoever would like to join. */
function asksText(group: Group, w: Words<WgKey>): string {
  const asked = [
    w.label('asksUsual'),
    ...(group.asksEmail ? [w.label('fieldEmail')] : []),
    ...(group.asksStatement ? [w.label('fieldStatement')] : []),
    ...(group.questions.length > 0 ? [w.label('asksQuestions', { count: group.questions.length })] : []),
  ];
  return asked.join('; ');
}

/** Everything about one group. */
export function groupBlocks(group: Group, now: Date, locale: Locale): readonly Block[] {
  const w = wgWords(locale);
  const scope = inLanguage(group.scope, locale);
  const why = shut(group, now);
  const isEnglishInstead = locale !== 'en' && group.name[locale] === undefined;
  return [
    para(bold(group.id), ' — ', isolatedIn(locale, inLanguage(group.name, locale) ?? group.id)),
    ...(scope ? [para(isolatedIn(locale, scope))] : []),
    facts(
      [w.label('parentIs'), [parentsLabel(group, w)]],
      [w.label('stateIs'), [groupStateLabel(group.state, w)]],
      [w.label('doorIs'), [doorLabel(group.door, w)]],
      [w.label('asksAre'), [asksText(group, w)]],
      ...(group.closesAt ? [[w.label('closesIs'), [time(new Date(group.closesAt))]] as const] : []),
      ...(group.url ? [[w.label('pageIs'), [link(pageName(group.url), group.url)]] as const] : []),
    ),
    ...(why ? [para(...w.text(why))] : []),
    ...(group.basis ? [quiet(...w.text('basisIs'), ' ', isolatedIn(locale, group.basis))] : []),
    ...(isEnglishInstead ? [quiet(...w.text('onlyEnglish', { language: localeNames[locale] }))] : []),
  ];
}

const pageName = (url: string): string => (URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url);

export function groupCard(group: Group, now: Date, locale: Locale, isStaff: boolean): Card {
  const w = wgWords(locale);
  const list: Button[] = [
    ...(shut(group, now)
      ? []
      : [button(w.label('join', { group: group.id }), to('wg.join', { id: group.id }), 'main')]),
    ...(isStaff ? [button(w.label('edit'), to('wg.edit', { id: group.id }))] : []),
  ];
  return {
    locale,
    blocks: [...groupBlocks(group, now, locale), ...(list.length > 0 ? [buttons(...list)] : [])],
  };
}

/** What staff can change of a group, part by part: each is a form of its own, saved at once. */
export function editCard(group: Group, now: Date, locale: Locale, ...news: readonly Text[]): Card {
  const w = wgWords(locale);
  const rows = (texts: readonly string[]): Text => [texts.length > 0 ? texts.join('; ') : w.label('none')];
  const part = (key: WgKey, p: string): Button => button(w.label(key), to('wg.part', { id: group.id, p }));
  return {
    locale,
    title: w.label('editTitle', { group: group.id }),
    blocks: [
      ...news.map((text) => para(...text)),
      ...groupBlocks(group, now, locale),
      facts(
        [w.label('questionsAre'), rows(group.questions)],
        [w.label('tasksAre'), rows(group.tasks.map((task) => taskLabel(task, w)))],
        [w.label('zoneIs'), [group.zone]],
      ),
      buttons(part('partAbout', 'about'), part('partJoining', 'joining'), part('partQuestions', 'questions')),
      {
        kind: 'select',
        label: w.label('partTexts'),
        target: to('wg.part', { id: group.id, p: 'texts' }),
        name: 'in',
        choices: locales.map((value) => ({ value, label: localeNames[value] })),
      },
      buttons(button(w.label('remove'), to('wg.remove', { id: group.id }), 'danger')),
    ],
  };
}

/** @param waiting undecided requests for the group */
export function removeCard(group: Group, waiting: number, locale: Locale): Card {
  const w = wgWords(locale);
  return {
    locale,
    blocks: [
      para(...w.text('removeAsk', { group: group.id, count: waiting })),
      buttons(button(w.label('removeYes'), to('wg.remove', { id: group.id, sure: '1' }), 'danger')),
    ],
  };
}
