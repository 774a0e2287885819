// A request -> the cards that staff see. The one in the channel never holds an answer.
import {
  type Block,
  type Button,
  button,
  buttons,
  type Card,
  type Choice,
  type Form,
  facts,
  type Inline,
  para,
  quiet,
  type Text,
  time,
  to,
} from '../../core/card.js';
import type { Locale } from '../../core/locale.js';
import { isolatedIn, type Words } from '../../core/wording.js';
import { allows } from './machine.js';
import { inLanguage, isUndecided, isUnfinished, knownTasks, type Request, shortId } from './model.js';
import type { View } from './view.js';
import { type WgKey, wgWords } from './words/index.js';

/** How a request stands: who did what, and when. */
export function stateText({ request, holder }: Pick<View, 'request' | 'holder'>, w: Words<WgKey>): Text {
  return w.text(stateKey(request), { who: holder, when: time(new Date(request.since)) });
}

function stateKey(request: Request): WgKey {
  const { state, history } = request;
  if (state === 'open') return 'stateOpen';
  if (state === 'claimed') return 'stateClaimed';
  if (state === 'asked') return 'stateAsked';
  if (state === 'approved') return isUnfinished(request) ? 'stateApproved' : 'stateDone';
  if (state === 'declined') return 'stateDeclined';
  if (state === 'withdrawn') return 'stateWithdrawn';
  const last = history.at(-1)?.deed;
  return last === 'left' ? 'stateLeft' : last === 'expired' ? 'stateExpired' : 'stateErased';
}

/** Whether it is one that there are words for. */
export const isKnownTask = (task: string): boolean => knownTasks.some((one) => one === task);

/** `list` -> `Add to the mailing list`; what staff wrote themselves stays as it is. */
export function taskLabel(task: string, w: Words<WgKey>): string {
  const keys = { list: 'taskList', form: 'taskForm', soi: 'taskSoi' } as const;
  const known = knownTasks.find((one) => one === task);
  return known ? w.label(keys[known]) : task;
}

/** The card in the staff channel: group, applicant, age and state. */
export function staffCard(view: View, locale: Locale): Card {
  const w = wgWords(locale);
  return {
    locale,
    title: w.label('cardTitle', { group: view.request.group }),
    blocks: [...summary(view, locale, w), ...taskBlocks(view, w), ...pressBlocks(view, true, w)],
  };
}

/** What the card says once the request was posted anew in another channel. */
export const movedCard = (view: View, locale: Locale): Card => {
  const w = wgWords(locale);
  const title = w.label('cardTitle', { group: view.request.group });
  return { locale, title, blocks: [para(...w.text('cardMoved', { id: shortId(view.id) }))] };
};

/** What the card says in a channel that is private no more. It names nobody. */
export const hiddenCard = (view: View, locale: Locale): Card => {
  const w = wgWords(locale);
  const title = w.label('cardTitle', { group: view.request.group });
  const text = w.text('cardHidden', { id: shortId(view.id) });
  return { locale, title, blocks: [para(...text)] };
};

/** What stands on every card of a request. */
export function summary(view: View, locale: Locale, w: Words<WgKey>): readonly Block[] {
  const { id, request, group, by, elsewhere } = view;
  const name = group && inLanguage(group.name, locale);
  const applicant: Text = request.by ? [by] : w.text('erasedPerson');
  const origin: Text = elsewhere ? [' ', ...w.text('asksFrom', { platform: elsewhere })] : [];
  return [
    facts(
      ['ID', [shortId(id)]],
      [w.label('groupIs'), [name ? isolatedIn(locale, name) : request.group]],
      [w.label('applicantIs'), [...applicant, ...origin]],
      [w.label('askedAt'), [time(new Date(request.madeAt))]],
      [w.label('stateIs'), stateText(view, w)],
    ),
    ...remarks(request, w).map((text) => quiet(...text)),
  ];
}

/** What staff should know beside the state. */
function remarks(request: Request, w: Words<WgKey>): readonly Text[] {
  const since = (deed: 'changed' | 'answered'): Inline | undefined => {
    const step = request.history.findLast((one) => one.deed === deed);
    return step && time(new Date(step.at));
  };
  const [changed, answered] = [since('changed'), since('answered')];
  const isUnheard = request.news.some(({ state }) => state === 'failed');
  return [
    ...(changed && isUndecided(request) ? [w.text('remarkChanged', { when: changed })] : []),
    ...(answered && isUndecided(request) && request.state !== 'asked'
      ? [w.text('remarkAnswered', { when: answered })]
      : []),
    ...(isUnheard ? [w.text('remarkUnheard', { command: '/wg requests' })] : []),
    ...(request.absences.length > 0 && isUndecided(request) ? [w.text('remarkAbsent')] : []),
    ...(request.state === 'declined' && request.isLifted ? [w.text('remarkLifted')] : []),
  ];
}

/** What there is to do outside, each with its tick. */
function taskBlocks({ id, request }: View, w: Words<WgKey>): readonly Block[] {
  if (request.state !== 'approved' || request.tasks.length === 0) return [];
  const rows = request.tasks.map(
    ({ text, isDone }) => [taskLabel(text, w), [w.label(isDone ? 'taskIsDone' : 'taskIsOpen')]] as const,
  );
  if (!isUnfinished(request)) return [facts(...rows)];
  const presses = request.tasks.map(({ text, isDone }, at) =>
    button(
      w.label(isDone ? 'taskUndo' : 'taskDo', { task: taskLabel(text, w) }),
      to('wg.tick', { id, n: String(at), d: isDone ? '0' : '1' }),
      isDone ? undefined : 'main',
    ),
  );
  return [quiet(...w.text('tasksIntro')), facts(...rows), buttons(...presses)];
}

function pressBlocks({ id, request }: View, withOpen: boolean, w: Words<WgKey>): readonly Block[] {
  const press = (key: WgKey, route: string, tone?: 'main' | 'danger'): Button =>
    button(w.label(key), to(route, { id }), tone);
  const list: Button[] = [
    ...(withOpen ? [press('open', 'wg.open')] : []),
    ...(allows(request, 'claimed') ? [press('claim', 'wg.claim', 'main')] : []),
    ...(allows(request, 'released') ? [press('release', 'wg.release')] : []),
    ...(allows(request, 'handedOver') ? [press('handOver', 'wg.hand')] : []),
    ...(allows(request, 'approved') ? [press('approve', 'wg.approve')] : []),
    ...(allows(request, 'asked') ? [press('askMore', 'wg.ask')] : []),
    ...(allows(request, 'declined') ? [press('decline', 'wg.reason', 'danger')] : []),
    ...(allows(request, 'lifted') && !request.isLifted && request.by ? [press('lift', 'wg.lift')] : []),
  ];
  return list.length > 0 ? [buttons(...list)] : [];
}

/** For checked staff alone: a request with everything that was answered. `inside` comes from answer-blocks.ts. */
export function openedCard(view: View, inside: readonly Block[], locale: Locale): Card {
  const w = wgWords(locale);
  return {
    locale,
    title: w.label('cardTitle', { group: view.request.group }),
    // An erasure reaches the answers, and no copy of them: so there is none.
    isFleeting: true,
    blocks: [
      quiet(...w.text('forStaffOnly')),
      ...summary(view, locale, w),
      ...inside,
      ...taskBlocks(view, w),
      ...pressBlocks(view, false, w),
    ],
  };
}

/**
 * Told to whoever pressed what is not possible.
 * @param isTheirs whether they hold the request themselves; whoever does not can have it handed over
 */
export function tooLateCard(view: View, isTheirs: boolean, locale: Locale): Card {
  const w = wgWords(locale);
  const { id, request, holder } = view;
  const isOthers = request.holder !== undefined && !isTheirs && allows(request, 'handedOver');
  const why = isOthers ? w.text('heldBy', { who: holder }) : w.text('tooLate');
  const hand = buttons(button(w.label('handOver'), to('wg.hand', { id })));
  const said = para(...why, ' ', ...stateText(view, w));
  return { locale, isFleeting: true, blocks: isOthers ? [said, hand] : [said] };
}

/** A sentence to staff about one request, with a way to it. */
export function noticeCard(id: string, locale: Locale, ...text: Text): Card {
  return { locale, blocks: [para(...text), buttons(button(wgWords(locale).label('open'), to('wg.open', { id })))] };
}

/**
 * The question for the member.
 * @param key under which it will be kept: the same form sent twice asks once
 */
export function askForm(id: string, group: string, key: string, locale: Locale, value: string): Form {
  const w = wgWords(locale);
  return {
    locale,
    title: w.label('formTitleAsk'),
    target: to('wg.asked', { id, g: group, q: key }),
    intro: w.text('askIntro', { group }),
    fields: [
      {
        name: 'question',
        label: w.label('fieldAsk'),
        kind: 'lines',
        required: true,
        max: 1000,
        ...(value ? { value } : {}),
      },
    ],
  };
}

/** The reason of a decline, before it is previewed. */
export function reasonForm(id: string, locale: Locale, value: string): Form {
  const w = wgWords(locale);
  return {
    locale,
    title: w.label('formTitleDecline'),
    target: to('wg.preview', { id }),
    intro: w.text('declineIntro'),
    fields: [
      {
        name: 'reason',
        label: w.label('fieldReason'),
        kind: 'lines',
        required: true,
        max: 1000,
        ...(value ? { value } : {}),
      },
    ],
  };
}

/** @param message what the member will read */
export function previewCard(id: string, reason: string, message: Card, locale: Locale): Card {
  const w = wgWords(locale);
  return {
    locale,
    title: w.label('previewTitle'),
    isFleeting: true,
    blocks: [
      quiet(...w.text('previewIntro')),
      ...(message.title ? [para(message.title)] : []),
      ...message.blocks,
      buttons(
        button(w.label('declineNow'), to('wg.decline', { id, r: reason }), 'danger'),
        button(w.label('changeReason'), to('wg.reason', { id, r: reason })),
      ),
    ],
  };
}

/** @param staff to whom it can go, by a number that stands for them */
export function handForm(id: string, staff: readonly Choice[], locale: Locale): Form {
  const w = wgWords(locale);
  return {
    locale,
    title: w.label('formTitleHand'),
    target: to('wg.give', { id }),
    intro: w.text('handIntro'),
    fields: [{ name: 'to', label: w.label('fieldHand'), kind: 'choice', required: true, choices: staff }],
  };
}

/** Asked before somebody is approved who seems to have left. */
export function absentCard(view: View, locale: Locale): Card {
  const w = wgWords(locale);
  return {
    locale,
    isFleeting: true,
    blocks: [
      para(...w.text('absentAsk', { who: view.by })),
      buttons(button(w.label('approveAnyway'), to('wg.approve', { id: view.id, sure: '1' }))),
    ],
  };
}
