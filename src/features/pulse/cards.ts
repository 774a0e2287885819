// A pulse -> the card that everybody in its channels sees, and the notes beside it.

import type { Args } from '../../core/call.js';
import {
  type Block,
  type Button,
  bold,
  button,
  buttons,
  type Card,
  mention,
  para,
  quiet,
  type Text,
  time,
  to,
} from '../../core/card.js';
import type { Locale } from '../../core/locale.js';
import { translateButton } from '../../core/translate.js';
import { blocksWeight, cutLength, cutTo, mostWeight } from './measure.js';
import { type AskedIn, authorOf, isIn, type Pulse, sightOf } from './model.js';
import {
  joined,
  mostText,
  type Numbered,
  optionName,
  type PulseWords,
  peopleText,
  pulseWords,
  resultLines,
  shortQuestion,
  tieText,
} from './phrases.js';

/** Most that the question takes of a card. */
const questionWeight = 420;

/** What stands around an option's text in its line: number, count, per cent, bar. */
const lineWeight = 36;

/** The card as it is posted in a channel, in that channel's language. A draft looks as it will. */
export function pulseCard(pulse: Numbered, place: AskedIn): Card {
  const mine = pulse.value.state === 'closed' ? [] : ownPresses(pulse, pulseWords(place.locale));
  const more = place.isMultilingual ? [translateButton(place.locale, to('pulse.translate', { id: pulse.id }))] : [];
  return cardWith(pulse, place, {}, [...mine, ...more]);
}

/** The same for one member alone, in their language; what others wrote stays as they wrote it. */
export function translatedCard(pulse: Numbered, place: AskedIn, locale: Locale): Card {
  const own = { own: '1' };
  const mine = pulse.value.state === 'closed' ? [] : ownPresses(pulse, pulseWords(locale), own);
  return cardWith(pulse, { ...place, locale }, own, mine);
}

function cardWith({ id, value }: Numbered, place: AskedIn, own: Args, last: readonly Button[]): Card {
  const w = pulseWords(place.locale);
  const { state, options } = value;
  const title = w.label(state === 'closed' ? 'cardTitleClosed' : 'cardTitle', { id });
  const [head, foot] = [headOf(value, place, w), footOf(value, w)];
  const room = mostWeight - title.length - blocksWeight([...head, ...foot]) - options.length * lineWeight;
  const lines = resultLines(value, sightOf(value).tally, place.locale, cutLength(options, room));
  const choices = state === 'closed' ? [] : [optionButtons({ id, value }, w, own)];
  const rows = last.length > 0 ? [...choices, buttons(...last)] : choices;
  return { locale: place.locale, title, blocks: [...head, para(...lines), ...foot, ...rows] };
}

/** What is asked, that it binds nobody, and who will know who answered what: all before anyone answers. */
function headOf(pulse: Pulse, place: AskedIn, w: PulseWords): readonly Block[] {
  const author = isIn(place, pulse.home) ? authorOf(pulse) : undefined;
  const asker = author
    ? w.text('askedBy', { who: mention(author) })
    : isIn(place, pulse.home)
      ? []
      : w.text('askedElsewhere');
  return [
    para(bold(cutTo(pulse.question, questionWeight))),
    quiet(...joined(w.text('nonBinding'), asker)),
    quiet(...joined(openness(pulse, w), pulse.allowsGuests ? w.text('guestsToo') : [])),
  ];
}

/** Named or anonymous, and from whom. */
export function openness({ isAnonymous, isHidden, showsFew, state }: Pulse, w: PulseWords): Text {
  if (!isAnonymous) return w.text(isHidden && state !== 'closed' ? 'namedHiddenCard' : 'namedCard');
  if (state === 'closed') return w.text('anonymousClosedCard');
  const command = '/rapporteur privacy';
  return joined(
    w.text('anonymousCard'),
    w.text(showsFew ? 'fewShown' : 'fewNever'),
    w.text('moreInPrivacy', { command }),
  );
}

/** How it stands, and until when. */
function footOf(pulse: Pulse, w: PulseWords): readonly Block[] {
  const { tally, people } = sightOf(pulse);
  const counted = people === undefined ? [] : [peopleText(people, w)];
  const standing = [...counted, ...tieText(tally, w), ...mostText(pulse, w), ...unseen(pulse, w)].join(' ');
  const spaces = new Set(pulse.places.map(({ platform, space }) => `${platform}/${space}`));
  return [
    ...(standing === '' ? [] : [para(standing)]),
    ...timing(pulse, w),
    ...(spaces.size > 1 && pulse.state !== 'closed' ? [quiet(...w.text('severalSpaces'))] : []),
  ];
}

/** Why there are no counts, where there are none. */
export function unseen(pulse: Pulse, w: PulseWords): readonly string[] {
  if (pulse.state === 'closed') return pulse.tally ? [] : [w.label('tooFewToShow')];
  if (pulse.isHidden) return [w.label('hiddenNow')];
  return pulse.isAnonymous ? [w.label('stepsNow')] : [];
}

/** When it closes or closed, and what its author has changed; an instant reads in the reader's own time. */
export function timing({ state, closesAt, closedAt, closedBy, changes }: Pulse, w: PulseWords): readonly Block[] {
  const closing = { time: 'closedByTime', author: 'closedByAuthor', staff: 'closedByStaff' } as const;
  const change = { extended: 'wasExtended', reopened: 'wasReopened', edited: 'wasEdited' } as const;
  const at = (instant: string) => ({ at: time(new Date(instant)) });
  const until =
    state === 'closed'
      ? closedAt && w.text(closing[closedBy ?? 'time'], at(closedAt))
      : closesAt && w.text('closesCard', at(closesAt));
  const news = changes.map((one) => w.text(change[one.kind], at(one.at)));
  return [...(until ? [para(...until)] : []), ...(news.length > 0 ? [quiet(...joined(...news))] : [])];
}

/**
 * A button for each option, bearing its number and its text.
 * @param own said with every press: that the card is one member's own
 */
export const optionButtons = ({ id, value }: Numbered, w: PulseWords, own: Args = {}): Block =>
  buttons(
    ...value.options.map((_, option) =>
      button(optionName(value, option, w.locale), to('pulse.answer', { id, option: String(option), ...own })),
    ),
  );

/** What concerns the presser's own answer. */
const ownPresses = ({ id }: Numbered, w: PulseWords, own: Args = {}): readonly Button[] => [
  button(w.label('myAnswer'), to('pulse.mine', { id, ...own })),
  button(w.label('withdraw'), to('pulse.withdraw', { id, ...own })),
];

/** A few words in its channels: at half-time, or when it has closed. */
export function noteFor({ id, value }: Numbered, what: 'midway' | 'closed', locale: Locale): Card {
  const w = pulseWords(locale);
  const question = shortQuestion(value);
  if (what === 'closed') {
    const see = button(w.label('resultsButton', { id }), to('pulse.results', { id }));
    return { locale, blocks: [para(...w.text('nowClosed', { question, id })), buttons(see)] };
  }
  const at = time(new Date(value.closesAt ?? ''));
  return {
    locale,
    blocks: [
      para(...w.text('midway', { question, id, at })),
      quiet(...w.text('nonBinding')),
      buttons(button(w.label('answerNow'), to('pulse.mine', { id, own: 'note' }))),
    ],
  };
}
