// What a channel or a person is told without having asked: reminders and moves -> Card.
import type { Person, Place } from '../../core/call.js';
import {
  type Block,
  type Button,
  bold,
  button,
  buttons,
  type Card,
  facts,
  link,
  para,
  quiet,
  type Text,
  to,
} from '../../core/card.js';
import type { Locale } from '../../core/locale.js';
import { translateButton } from '../../core/translate.js';
import { buttonBlocks, caseRows, dateRows, memberButtons, timelineBlocks } from './cards.js';
import { clipped, exactness, idText, instantText, stepRow, type W } from './display.js';
import { type Item, ownPrefix } from './listener.js';
import { planned, type Step } from './milestones.js';
import { closingOf, factsOf, isInstant, type Move, moveOf, openingOf, type Proceeding, shortId } from './model.js';
import { caseIn } from './proceedings.js';
import { type CommentsKey, commentsWords } from './words/index.js';
import { dayIn } from './zone.js';

/** How a post is to be told. */
export interface Manner {
  readonly locale: Locale;
  readonly now: Date;
  readonly to: Place | Person;
  /** The community's usual dates. */
  readonly steps: readonly Step[];
  readonly hasPulse: boolean;
  /** Whether those who do not read the channel's language get a button for theirs. */
  readonly isMultilingual: boolean;
}

/** Proceedings that one post tells in full; the others get a line. */
const inFull = 5;

/** One post for everything that is due at once. */
export function postCard(items: readonly Item[], of: ReadonlyMap<string, Proceeding>, manner: Manner): Card {
  const w = commentsWords(manner.locale);
  const told = items.flatMap((item) => {
    const proceeding = of.get(item.id);
    return proceeding ? [{ item, proceeding }] : [];
  });
  const [first] = told;
  const isAlone = told.length === 1;
  const title =
    isAlone && first
      ? w.label(headingOf(first.item, first.proceeding))
      : w.label('postSeveral', { count: told.length });
  const urgent = [...told].sort((a, b) => endOf(a.proceeding) - endOf(b.proceeding));
  return {
    locale: manner.locale,
    title,
    blocks: [
      ...urgent.slice(0, inFull).flatMap(({ item, proceeding }) => itemBlocks(w, item, proceeding, manner, isAlone)),
      ...urgent.slice(inFull).map(({ item, proceeding }) => line(w, item, proceeding)),
    ],
  };
}

const endOf = (proceeding: Proceeding): number => closingOf(proceeding)?.at.getTime() ?? 0;

const moveTitles = {
  extended: 'moveExtended',
  shortened: 'moveShortened',
  reopened: 'moveReopened',
  withdrawn: 'moveWithdrawn',
  removed: 'moveRemoved',
  listed: 'moveListed',
  dated: 'moveDated',
} as const satisfies Record<Move, CommentsKey>;

/** What the post says above a proceeding. */
export const headings = [
  ...Object.values(moveTitles),
  'postCloses',
  'postOpens',
  'postSteps',
  'postReminder',
] as const satisfies readonly CommentsKey[];

type Heading = (typeof headings)[number];

function headingOf({ kind, keys, before, standing }: Item, proceeding: Proceeding): Heading {
  if (kind === 'move') return moveTitles[moveOf(before ?? '', standing, new Date(proceeding.standingSince))];
  if (keys.includes('closes')) return 'postCloses';
  if (keys.includes('opens')) return 'postOpens';
  return keys.every((key) => key.startsWith(ownPrefix)) ? 'postSteps' : 'postReminder';
}

function itemBlocks(w: W, item: Item, proceeding: Proceeding, manner: Manner, isAlone: boolean): readonly Block[] {
  const { title, address } = factsOf(proceeding);
  const space = { platform: manner.to.platform, space: manner.to.space };
  const closing = closingOf(proceeding);
  const exact = closing && exactness(w, closing);
  const steps = caseIn(proceeding, space).steps ?? manner.steps;
  const named = clipped(title, 250);
  const heading: Text = [
    ...(isAlone ? [] : [bold(`${w.label(headingOf(item, proceeding))}: `)]),
    address ? link(named, address) : bold(named),
    ' · ',
    idText(w, item.id),
  ];
  const rows = item.kind === 'move' ? moveRows(w, item, proceeding, manner.now) : dateRows(w, proceeding, manner.now);
  return [
    para(...heading),
    facts(...rows, ...dueSteps(w, item, proceeding, steps), ...caseRows(w, proceeding, space)),
    ...(isAlone && item.standing !== 'withdrawn' ? timelineBlocks(w, proceeding, steps, manner.now) : []),
    ...(isAlone && exact && isInstant(item.standing) ? [quiet(...exact)] : []),
    ...buttonRows(w, item, proceeding, manner, isAlone),
  ];
}

/** Old and new side by side. */
function moveRows(
  w: W,
  { before = '', standing }: Item,
  proceeding: Proceeding,
  now: Date,
): readonly (readonly [string, Text])[] {
  const rows = dateRows(w, proceeding, now).filter(([label]) => label === w.label('timeLeft'));
  return [[w.label('was'), standingText(w, before)], [w.label('isNow'), standingText(w, standing)], ...rows];
}

function standingText(w: W, standing: string): Text {
  if (isInstant(standing)) return instantText(w.locale, new Date(standing));
  if (standing === 'withdrawn') return w.text('stateWithdrawn');
  return w.text(standing === 'removed' ? 'notListed' : 'noClosing');
}

/** The community's own dates that the post is about. */
function dueSteps(
  w: W,
  { keys }: Item,
  proceeding: Proceeding,
  steps: readonly Step[],
): readonly (readonly [string, Text])[] {
  const closing = closingOf(proceeding);
  const due = new Set(keys.filter((key) => key.startsWith(ownPrefix)).map((key) => key.split('.')[1]));
  if (!closing || due.size === 0) return [];
  const opening = openingOf(proceeding);
  return planned(steps, closing.moment.on, opening && dayIn(opening, 'UTC'))
    .filter(({ step }) => due.has(step.key))
    .map((one) => stepRow(w, one));
}

/** Below several proceedings each button names the one that it is for: some platforms draw all buttons at the end. */
function buttonRows(w: W, item: Item, proceeding: Proceeding, manner: Manner, isAlone: boolean): readonly Block[] {
  const { id } = item;
  const suffix = isAlone ? '' : ` (${shortId(id)})`;
  const space = { platform: manner.to.platform, space: manner.to.space };
  if ('person' in manner.to) return [buttons(...privateButtons(w, id, proceeding, manner.to, suffix))];
  const target = to('comments.translate', { id, as: headingOf(item, proceeding) });
  return buttonBlocks([
    ...memberButtons(w, id, proceeding, { now: manner.now, space, hasPulse: manner.hasPulse }, suffix),
    ...(manner.isMultilingual ? [translateButton(w.locale, target, suffix)] : []),
  ]);
}

/** What a person may press below their own reminder. */
export function privateButtons(
  w: W,
  id: string,
  proceeding: Proceeding,
  person: Person,
  suffix = '',
): readonly Button[] {
  const { pen, decision, draftAt } = caseIn(proceeding, person);
  const isMine = pen?.person.person === person.person && decision === undefined;
  const label = (key: CommentsKey): string => `${w.label(key)}${suffix}`;
  return [
    button(label('done'), to('comments.done', { id })),
    button(label('mute'), to('comments.mute', { id })),
    ...(isMine && !draftAt ? [button(label('draftIsOut'), to('comments.decide', { id, as: 'draft' }))] : []),
    ...(isMine ? [button(label('putDown'), to('comments.putdown', { id }))] : []),
    button(label('addToCalendar'), to('comments.calendar', { id })),
  ];
}

function line(w: W, item: Item, proceeding: Proceeding): Block {
  const closing = closingOf(proceeding);
  return para(
    bold(`${w.label(headingOf(item, proceeding))}: `),
    clipped(factsOf(proceeding).title, 120),
    ' · ',
    idText(w, item.id),
    ...(closing ? [' · ', ...instantText(w.locale, closing.at)] : []),
  );
}
