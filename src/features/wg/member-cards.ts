// A request -> what its member sees of it: in /wg requests, in answers to their presses, and in private messages.
import {
  type Block,
  type Button,
  button,
  buttons,
  type Card,
  type Form,
  facts,
  link,
  para,
  quiet,
  type Text,
  time,
  to,
} from '../../core/card.js';
import type { Locale } from '../../core/locale.js';
import { isolatedIn, listed, type Words } from '../../core/wording.js';
import { allows } from './machine.js';
import { type Answers, type Group, inLanguage, isUndecided, isUnfinished, type Request, shortId } from './model.js';
import { isKnownTask, taskLabel } from './staff-cards.js';
import { type WgKey, wgWords } from './words/index.js';

/** Where a Statement of Interest is made and kept, as the GNSO's procedures have it. */
const statementsUrl = 'https://community.icann.org/display/gnsosoi';

/** A request with what its member may know. */
export interface Own {
  readonly id: string;
  readonly request: Request;
  readonly group: Group | undefined;
  readonly answers: Answers | undefined;
  /** Its number in the queue, from 1; 0 once it is decided. */
  readonly place: number;
  /** Until when the member cannot ask again. */
  readonly pausedUntil: Date | undefined;
}

/** One request, with what can be done with it. */
export function ownBlocks(own: Own, locale: Locale): readonly Block[] {
  const w = wgWords(locale);
  const { id, request, group, answers } = own;
  const name = group && inLanguage(group.name, locale);
  const question = request.question && answers?.questions[request.question]?.text;
  const reason = request.reason && answers?.reasons[request.reason];
  return [
    facts(
      [w.label('groupIs'), [`${request.group}${name ? ' — ' : ''}`, name ? isolatedIn(locale, name) : '']],
      ['ID', [shortId(id)]],
      [w.label('askedAt'), [time(new Date(request.madeAt))]],
      [w.label('stateIs'), ownState(own, w)],
      ...leftToDo(request, w),
      ...(question ? [[w.label('questionWas'), [isolatedIn(locale, question)]] as const] : []),
      ...(reason ? [[w.label('reasonWas'), [isolatedIn(locale, reason)]] as const] : []),
    ),
    ...ownButtons(id, request, w),
  ];
}

/** What staff have yet to do outside. What they wrote themselves was written for staff. */
function leftToDo(request: Request, w: Words<WgKey>): readonly (readonly [string, Text])[] {
  if (!isUnfinished(request)) return [];
  const left = request.tasks.filter(({ isDone }) => !isDone).map(({ text }) => text);
  const names = left.map((task) => (isKnownTask(task) ? taskLabel(task, w) : w.label('taskOther')));
  return [[w.label('stillToDo'), [listed(w.locale, [...new Set(names)])]]];
}

function ownState({ request, place, pausedUntil }: Own, w: Words<WgKey>): Text {
  const { state } = request;
  if (state === 'open') return w.text('ownOpen', { place });
  if (state === 'claimed') return w.text('ownClaimed', { place });
  if (state === 'asked') return w.text('ownAsked');
  const when = time(new Date(request.since));
  if (state === 'approved') return w.text(isUnfinished(request) ? 'ownApproved' : 'ownDone', { when });
  if (state === 'withdrawn') return w.text('ownWithdrawn', { when });
  if (state === 'closed')
    return w.text(request.history.at(-1)?.deed === 'expired' ? 'ownExpired' : 'ownClosed', { when });
  const again = pausedUntil ? [' ', ...w.text('askAgainAt', { when: time(pausedUntil) })] : [];
  return [...w.text('ownDeclined', { when }), ...again];
}

function ownButtons(id: string, request: Request, w: Words<WgKey>): readonly Block[] {
  if (!isUndecided(request)) return [];
  const list: Button[] = [
    ...(allows(request, 'answered') ? [button(w.label('answer'), to('wg.answer', { id }), 'main')] : []),
    button(w.label('change'), to('wg.change', { id })),
    button(w.label('withdraw'), to('wg.withdraw', { id }), 'danger'),
  ];
  return [buttons(...list)];
}

/** @param news what has just happened, in words */
export function ownCard(own: Own, locale: Locale, ...news: readonly Text[]): Card {
  return { locale, isFleeting: true, blocks: [...news.map((text) => para(...text)), ...ownBlocks(own, locale)] };
}

/** For whoever asks to join a group that they were let into before. */
export function inCard(group: string, locale: Locale): Card {
  const w = wgWords(locale);
  const again = button(w.label('askAgain'), to('wg.join', { id: group, again: '1' }));
  return { locale, blocks: [para(...w.text('inAlready', { group })), buttons(again)] };
}

/** What a member reads after sending the form. */
export function receivedCard(own: Own, hasStaff: boolean, locale: Locale): Card {
  const w = wgWords(locale);
  const lacksStatement = own.group?.asksStatement === true && !own.answers?.fields.statement;
  const card = ownCard(
    own,
    locale,
    w.text('received', { group: own.request.group }),
    w.text(hasStaff ? 'receivedNext' : 'receivedNoStaff', { command: '/wg requests' }),
  );
  const help = quiet(...w.text('statementHelp'), ' ', link(w.label('statementLink'), statementsUrl));
  return lacksStatement ? { ...card, blocks: [...card.blocks, help] } : card;
}

/** Which page of their own requests a member sees, and which of the queue beside it. */
export interface OwnPage {
  readonly at: number;
  readonly last: number;
  readonly page: string | undefined;
}

function turns({ at, last, page }: OwnPage, w: Words<WgKey>): readonly Block[] {
  const target = (own: number) => to('wg.requests', { own: String(own), ...(page === undefined ? {} : { page }) });
  const list = [
    ...(at > 0 ? [button(w.label('previous'), target(at - 1))] : []),
    ...(at < last ? [button(w.label('next'), target(at + 1))] : []),
  ];
  return list.length > 0 ? [buttons(...list)] : [];
}

/** @param ofStaff the queue, for staff who see theirs in the same answer */
export function requestsCard(list: readonly Own[], page: OwnPage, locale: Locale, ofStaff: readonly Block[]): Card {
  const w = wgWords(locale);
  const own = [...list.flatMap((one) => ownBlocks(one, locale)), ...turns(page, w)];
  const isEmpty = own.length === 0 && ofStaff.length === 0;
  return {
    locale,
    title: w.label('requestsTitle'),
    // Names applicants, and has what they were asked: neither may outlive an erasure as a copy.
    isFleeting: true,
    blocks: [
      ...ofStaff,
      ...(own.length > 0 && ofStaff.length > 0 ? [para(...w.text('yourOwn'))] : []),
      ...own,
      ...(isEmpty ? [para(...w.text('noRequests', { command: '/wg' }))] : []),
    ],
  };
}

export function withdrawCard(id: string, group: string, locale: Locale): Card {
  const w = wgWords(locale);
  return {
    locale,
    blocks: [
      para(...w.text('withdrawAsk', { group })),
      buttons(button(w.label('withdrawYes'), to('wg.withdraw', { id, sure: '1' }), 'danger')),
    ],
  };
}

/**
 * @param key of the question: the answer goes to it, whatever is asked meanwhile
 * @param question undefined where it cannot be read just now
 */
export function answerForm(
  id: string,
  group: string,
  key: string,
  question: string | undefined,
  value: string,
  locale: Locale,
): Form {
  const w = wgWords(locale);
  return {
    locale,
    title: w.label('formTitleAnswer'),
    target: to('wg.reply', { id, g: group, q: key }),
    ...(question ? { intro: [...w.text('answerIntro', { group }), ' ', isolatedIn(locale, question)] } : {}),
    fields: [
      {
        name: 'reply',
        label: w.label('fieldReply'),
        kind: 'lines',
        required: true,
        max: 2000,
        ...(value ? { value } : {}),
      },
    ],
  };
}

/** A card of sentences. */
export const sentences = (locale: Locale, ...texts: readonly Text[]): Card => ({
  locale,
  blocks: texts.map((text) => para(...text)),
});

/** The question of staff, as it reaches the member. */
export function questionCard(id: string, group: string, question: string, locale: Locale): Card {
  const w = wgWords(locale);
  return {
    locale,
    title: w.label('questionTitle', { group }),
    blocks: [
      para(...w.text('questionIntro', { group })),
      para(isolatedIn(locale, question)),
      buttons(button(w.label('answer'), to('wg.answer', { id }), 'main')),
    ],
  };
}

/** A reminder of that question. */
export function waitingCard(id: string, group: string, isLast: boolean, locale: Locale): Card {
  const w = wgWords(locale);
  return {
    locale,
    blocks: [
      para(...w.text('waitingReminder', { group })),
      ...(isLast ? [quiet(...w.text('waitingLast'))] : []),
      buttons(
        button(w.label('answer'), to('wg.answer', { id }), 'main'),
        button(w.label('withdraw'), to('wg.withdraw', { id }), 'danger'),
      ),
    ],
  };
}

export function declinedCard(group: string, reason: string, until: Date, locale: Locale): Card {
  const w = wgWords(locale);
  return {
    locale,
    title: w.label('declinedTitle', { group }),
    blocks: [
      para(...w.text('declinedText', { group })),
      para(isolatedIn(locale, reason)),
      quiet(...w.text('askAgainAt', { when: time(until) })),
    ],
  };
}

export function doneCard(group: string, locale: Locale): Card {
  const w = wgWords(locale);
  return { locale, title: w.label('doneTitle', { group }), blocks: [para(...w.text('doneText', { group }))] };
}

/** Asked of whoever seems to have left, before their request is closed. */
export function leavingCard(id: string, group: string, locale: Locale): Card {
  const w = wgWords(locale);
  return {
    locale,
    blocks: [
      para(...w.text('leavingAsk', { group })),
      buttons(
        button(w.label('stay'), to('wg.stay', { id }), 'main'),
        button(w.label('withdraw'), to('wg.withdraw', { id }), 'danger'),
      ),
    ],
  };
}
