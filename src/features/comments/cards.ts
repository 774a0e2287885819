// A proceeding, and the list of them -> Card.
import type { Person, Space } from '../../core/call.js';
import {
  type Block,
  type Button,
  bold,
  button,
  buttons,
  type Card,
  facts,
  link,
  mention,
  para,
  quiet,
  type Text,
  to,
} from '../../core/card.js';
import { type Locale, localeNames } from '../../core/locale.js';
import type { Doc } from '../../core/store.js';
import { instantIn, isolatedIn, listed } from '../../core/wording.js';
import {
  categoryKeys,
  clipped,
  dayText,
  exactness,
  idText,
  instantText,
  leftCounted,
  leftText,
  monthText,
  stateKeys,
  timeline,
  type W,
} from './display.js';
import type { Watch } from './listener.js';
import { planned, type Step } from './milestones.js';
import { closingOf, factsOf, openingOf, originalClosing, type Proceeding, shortId, stateAt } from './model.js';
import { caseIn } from './proceedings.js';
import { type CommentsKey, commentsWords } from './words/index.js';
import { dayIn } from './zone.js';

/** Who looks at a proceeding, and with which rights. */
export interface View {
  readonly locale: Locale;
  readonly now: Date;
  readonly space: Space;
  /** The community's dates for this proceeding. */
  readonly steps: readonly Step[];
  readonly hasPulse: boolean;
  readonly isStaff: boolean;
  readonly by?: Person;
  /** Their own reminders of it. */
  readonly watch?: Watch;
  /** It ships with the program: its dates are moved. */
  readonly isSample?: boolean;
  /** What is to be said first. */
  readonly note?: Text;
}

type Row = readonly [label: string, value: Text];

/** Longest heading, in UTF-16 units. */
const heading = 140;

/** Everything about one proceeding, for the one who asked. */
export function proceedingCard({ id, value }: Doc<Proceeding>, view: View): Card {
  const w = commentsWords(view.locale);
  const closing = closingOf(value);
  const isLeft = closing !== undefined && closing.at > view.now;
  const exact = closing && exactness(w, closing);
  return {
    locale: view.locale,
    title: clipped(factsOf(value).title, heading),
    blocks: [
      ...(view.note ? [para(...view.note)] : []),
      quiet(idText(w, id), ' · ', w.label(stateKeys[stateAt(value, view.now)])),
      ...factBlocks([...dateRows(w, value, view.now), ...aboutRows(w, value), ...caseRows(w, value, view.space)]),
      ...timelineBlocks(w, value, view.steps, view.now),
      ...(exact ? [quiet(...exact)] : []),
      ...sampleNote(w, view),
      ...(isLeft ? [quiet(...w.text('publicNames'))] : []),
      ...buttonBlocks(memberButtons(w, id, value, view)),
      ...caseButtons(w, id, value, view),
      ...(view.isStaff ? [buttons(...staffButtons(w, id))] : []),
    ],
  };
}

const sampleNote = (w: W, { isSample }: Pick<View, 'isSample'>): readonly Block[] =>
  isSample ? [quiet(...w.text('sampleNote'))] : [];

/** No platform draws an empty row. */
export const buttonBlocks = (list: readonly Button[]): readonly Block[] => (list.length > 0 ? [buttons(...list)] : []);

const factBlocks = (rows: readonly Row[]): readonly Block[] => (rows.length > 0 ? [facts(...rows)] : []);

/** When it opens and closes, and how long that still is; the same rows in an answer and in a post. */
export function dateRows(w: W, proceeding: Proceeding, now: Date): readonly Row[] {
  const { month } = factsOf(proceeding);
  const [closing, opening, original] = [closingOf(proceeding), openingOf(proceeding), originalClosing(proceeding)];
  return [
    ...(opening ? [[w.label(opening > now ? 'opens' : 'opened'), [dayText(w.locale, opening)]] as const] : []),
    ...(closing ? [[w.label(closing.at > now ? 'closes' : 'closed'), instantText(w.locale, closing.at)] as const] : []),
    ...(closing && closing.at > now ? [[w.label('timeLeft'), leftCounted(w, closing.at, now)] as const] : []),
    ...(original ? [[w.label('original'), [isolatedIn(w.locale, instantIn(w.locale, original))]] as const] : []),
    ...(!closing && opening && opening <= now ? [[w.label('closes'), w.text('noClosing')] as const] : []),
    ...(!closing && month
      ? [[w.label('expected'), w.text('monthOnly', { month: monthText(w.locale, month) })] as const]
      : []),
  ];
}

function aboutRows(w: W, proceeding: Proceeding): readonly Row[] {
  const { requester, category, languages, address, reportDue, reportPublished, report, submissions } =
    factsOf(proceeding);
  const published = reportPublished && w.label('publishedOn', { day: dayText(w.locale, reportPublished) });
  const due = reportDue && w.label('dueOn', { day: dayText(w.locale, reportDue) });
  const told = published ?? due;
  return [
    ...(requester ? [[w.label('requester'), [isolatedIn(w.locale, requester)]] as const] : []),
    ...(category ? [[w.label('category'), [w.label(categoryKeys[category])]] as const] : []),
    ...(languages?.length
      ? [
          [
            w.label('languages'),
            [
              listed(
                w.locale,
                languages.map((one) => localeNames[one]),
              ),
            ],
          ] as const,
        ]
      : []),
    ...(told ? [[w.label('report'), [report ? link(told, report) : told]] as const] : []),
    ...(submissions ? [[w.label('submissions'), [link(w.label('read'), submissions)]] as const] : []),
    ...(address ? [[w.label('page'), [link(w.label('open'), address)]] as const] : []),
  ];
}

/** What the community does about it. */
export function caseRows(w: W, proceeding: Proceeding, space: Space): readonly Row[] {
  const { pen, decision, decidedAt, draftAt } = caseIn(proceeding, space);
  const day = (at: string | undefined): string => (at === undefined ? '' : dayText(w.locale, new Date(at)));
  return [
    ...(pen ? [[w.label('pen'), [mention(pen.person)]] as const] : []),
    ...(draftAt ? [[w.label('firstDraft'), [day(draftAt)]] as const] : []),
    ...(decision
      ? [
          [
            w.label('decision'),
            w.text(decision === 'none' ? 'decidedNone' : 'decidedSubmitted', { day: day(decidedAt) }),
          ] as const,
        ]
      : []),
  ];
}

export function timelineBlocks(w: W, proceeding: Proceeding, steps: readonly Step[], now: Date): readonly Block[] {
  const closing = closingOf(proceeding);
  if (!closing || closing.at <= now || steps.length === 0) return [];
  const opening = openingOf(proceeding);
  const line = timeline(w, proceeding, planned(steps, closing.moment.on, opening && dayIn(opening, 'UTC')), now);
  // Not a remark: some platforms take the bold of what comes next out of remarks.
  return [para(...w.text('ourDates'), ' ', ...line)];
}

/** What anyone may press; the same below an answer and below a post. */
export function memberButtons(
  w: W,
  id: string,
  proceeding: Proceeding,
  { now, space, hasPulse, watch }: Pick<View, 'now' | 'space' | 'hasPulse' | 'watch'>,
  suffix = '',
): readonly Button[] {
  const closing = closingOf(proceeding);
  if (!/open|upcoming/.test(stateAt(proceeding, now))) return [];
  const { pen, decision } = caseIn(proceeding, space);
  const label = (key: CommentsKey): string => `${w.label(key)}${suffix}`;
  const own =
    watch?.state === 'on'
      ? [button(label('done'), to('comments.done', { id })), button(label('mute'), to('comments.mute', { id }))]
      : [button(label('remindMe'), to('comments.remind', { id }), 'main')];
  if (!closing) return own;
  return [
    ...own,
    ...(hasPulse ? [button(label('pulse'), to('pulse.about', { from: 'comments', id }))] : []),
    ...(pen || decision ? [] : [button(label('illDraft'), to('comments.draft', { id }))]),
    button(label('addToCalendar'), to('comments.calendar', { id })),
  ];
}

/** For whoever holds the pen, and for staff. */
export function caseButtons(
  w: W,
  id: string,
  proceeding: Proceeding,
  view: Pick<View, 'by' | 'isStaff' | 'space'>,
): readonly Block[] {
  const { pen, decision, draftAt } = caseIn(proceeding, view.space);
  const holdsPen = pen !== undefined && pen.person.person === view.by?.person;
  if (!holdsPen && !view.isStaff) return [];
  if (decision) return [buttons(button(w.label('undecide'), to('comments.decide', { id, as: 'open' })))];
  return [
    buttons(
      ...(draftAt ? [] : [button(w.label('draftIsOut'), to('comments.decide', { id, as: 'draft' }))]),
      button(w.label('statementSubmitted'), to('comments.decide', { id, as: 'submitted' })),
      button(w.label('noStatement'), to('comments.decide', { id, as: 'none' })),
      ...(pen ? [button(w.label('putDown'), to('comments.putdown', { id }))] : []),
    ),
  ];
}

const staffButtons = (w: W, id: string): readonly Button[] => [
  button(w.label('edit'), to('comments.edit', { id })),
  button(w.label('moveClosing'), to('comments.extend', { id })),
  button(w.label('links'), to('comments.links', { id })),
  button(w.label('dates'), to('comments.dates', { id })),
  button(w.label('remove'), to('comments.remove', { id }), 'danger'),
];

/** How many of a kind one answer tells. */
const [mostOpen, mostUpcoming] = [15, 8];

/** What is open, the soonest first, then what is expected. */
export function listCard(
  open: readonly Doc<Proceeding>[],
  upcoming: readonly Doc<Proceeding>[],
  { locale, now, ...view }: Pick<View, 'locale' | 'now' | 'isSample'>,
): Card {
  const w = commentsWords(locale);
  const more =
    open.length + upcoming.length - Math.min(open.length, mostOpen) - Math.min(upcoming.length, mostUpcoming);
  const told = [...open.slice(0, mostOpen), ...upcoming.slice(0, mostUpcoming)];
  return {
    locale,
    title: w.label('listTitle'),
    blocks: [
      ...(open.length === 0
        ? [para(...w.text('listNone'))]
        : open.slice(0, mostOpen).map((doc) => openLine(w, doc, now))),
      ...(open.length > 0 ? [quiet(...w.text('countedAt', { at: instantIn(locale, now) }))] : []),
      ...sampleNote(w, view),
      ...(upcoming.length > 0 ? [para(bold(w.label('listUpcoming')))] : []),
      ...upcoming.slice(0, mostUpcoming).map((doc) => upcomingLine(w, doc)),
      ...(more > 0 ? [quiet(...w.text('listMore', { count: more, command: '/comments export' }))] : []),
      ...(told.length > 0 ? [choiceOf(w, told)] : []),
    ],
  };
}

function openLine(w: W, { id, value }: Doc<Proceeding>, now: Date): Block {
  const closing = closingOf(value);
  const title = bold(clipped(factsOf(value).title, 200));
  if (!closing) return para(title, ' · ', idText(w, id), '\n', ...w.text('noClosing'));
  return para(
    title,
    ' · ',
    idText(w, id),
    '\n',
    ...w.text('closesAt', { left: leftText(w, closing.at, now) }),
    ' ',
    ...instantText(w.locale, closing.at),
  );
}

function upcomingLine(w: W, { id, value }: Doc<Proceeding>): Block {
  const { title, month } = factsOf(value);
  const opening = openingOf(value);
  const when = opening ? dayText(w.locale, opening) : month ? monthText(w.locale, month) : '';
  return para(bold(clipped(title, 200)), ' · ', idText(w, id), '\n', ...w.text('opensIn', { when }));
}

/** A way from a list to one of its proceedings. */
export const choiceOf = (w: W, docs: readonly Doc<Proceeding>[]): Block => ({
  kind: 'select',
  label: w.label('choose'),
  name: 'id',
  target: to('comments.show'),
  choices: docs.slice(0, 25).map(({ id, value }) => ({ value: id, label: optionLabel(id, value) })),
});

/** As a choice of a menu, a form or a completion: at most 75 characters. */
export const optionLabel = (id: string, proceeding: Proceeding): string =>
  `${shortId(id)}: ${clipped(factsOf(proceeding).title, 66)}`;

/** A card of one sentence. */
export const sentence = (locale: Locale, text: Text): Card => ({ locale, blocks: [para(...text)] });
