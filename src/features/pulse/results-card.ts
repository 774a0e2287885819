// How a pulse stands, or what it came to: for who asks, in their language; names and reasons where they may be seen.
import { type Person, personId } from '../../core/call.js';
import {
  type Block,
  bold,
  button,
  buttons,
  type Card,
  type Inline,
  mention,
  para,
  quiet,
  time,
  to,
} from '../../core/card.js';
import type { Locale } from '../../core/locale.js';
import { isolatedIn } from '../../core/wording.js';
import { openness, timing, unseen } from './cards.js';
import { type Answer, isIn, type Pulse, personOf, showsNames, sightOf } from './model.js';
import {
  bySemicolons,
  joined,
  mostText,
  type Numbered,
  optionName,
  optionNames,
  type PulseWords,
  peopleText,
  pulseWords,
  resultLines,
  shortQuestion,
  tieText,
} from './phrases.js';
import { placeName } from './preview-cards.js';

/** Names told for one option, and reasons told, before it says how many more there are. */
const [mostNames, mostReasons] = [20, 15];

/** Who asks to see the results, and what they may do. */
export interface Viewer {
  readonly by: Person;
  readonly locale: Locale;
  readonly mayRun: boolean;
  readonly isAuthor: boolean;
  /** What people of other workspaces are called, by their id; those of one's own are mentioned. */
  readonly names: ReadonlyMap<string, string>;
}

export function resultsCard({ id, value }: Numbered, viewer: Viewer): Card {
  const { locale } = viewer;
  const w = pulseWords(locale);
  const { tally, people } = sightOf(value);
  const standing = [
    ...(people === undefined ? [] : [peopleText(people, w)]),
    ...tieText(tally, w),
    ...mostText(value, w),
    ...unseen(value, w),
  ];
  return {
    locale,
    title: w.label(value.state === 'closed' ? 'resultsTitle' : 'resultsTitleSoFar', { id }),
    blocks: [
      para(bold(value.question)),
      quiet(...joined(w.text('nonBinding'), openness(value, w))),
      para(...resultLines(value, tally, locale)),
      ...(standing.length > 0 ? [para(standing.join(' '))] : []),
      ...timing(value, w),
      ...placeBlocks(value, viewer, w),
      ...nameBlocks({ id, value }, viewer, w),
      ...reasonBlocks(value, viewer, w),
      ...runButtons({ id, value }, viewer, w),
    ],
  };
}

function placeBlocks(pulse: Pulse, { by, locale }: Viewer, w: PulseWords): readonly Block[] {
  return (pulse.byPlace ?? []).flatMap(({ counts }, at) => {
    const place = pulse.places[at];
    if (!place) return [];
    const results = bySemicolons(
      counts.map((count, option) => `${optionName(pulse, option, locale)}: ${count}`),
      locale,
    );
    return [quiet(...w.text('inChannel', { where: placeName(place, by, w), results }))];
  });
}

/** The answers whose people are named on the card, so that the names of few have to be looked up. */
export const namedOn = (pulse: Pulse): readonly Answer[] =>
  showsNames(pulse)
    ? [
        ...pulse.options.flatMap((_, option) =>
          pulse.answers.filter(({ options }) => options.includes(option)).slice(0, mostNames),
        ),
        ...pulse.answers.filter(({ reason }) => reason !== undefined).slice(0, mostReasons),
      ]
    : [];

function nameOf({ key }: Answer, { by, names }: Viewer): Inline {
  const person = personOf(key);
  return isIn(person, by) ? mention(person) : (names.get(personId(person)) ?? person.person);
}

function nameBlocks({ id, value }: Numbered, viewer: Viewer, w: PulseWords): readonly Block[] {
  if (!showsNames(value)) return [];
  let isCut = false;
  const lines = value.options.flatMap((_, option): readonly Block[] => {
    const chosen = value.answers.filter(({ options }) => options.includes(option));
    if (chosen.length === 0) return [];
    const told = chosen.slice(0, mostNames).map((answer) => nameOf(answer, viewer));
    const more = chosen.length - told.length;
    isCut ||= more > 0;
    const names = told.flatMap((name, at): readonly Inline[] => (at === 0 ? [name] : [', ', name]));
    const rest = more > 0 ? [' ', w.label('andMore', { count: more })] : [];
    return [para(`${optionName(value, option, w.locale)}: `, ...names, ...rest)];
  });
  const command = `/pulse export ${id}`;
  return [...lines, ...(isCut && viewer.mayRun ? [quiet(...w.text('noNames', { command }))] : [])];
}

function reasonBlocks(pulse: Pulse, viewer: Viewer, w: PulseWords): readonly Block[] {
  const lines = pulse.isAnonymous
    ? pulse.reasons.map((reason): readonly Inline[] => ['• ', isolatedIn(w.locale, reason)])
    : showsNames(pulse)
      ? pulse.answers.flatMap((answer): readonly (readonly Inline[])[] => {
          if (answer.reason === undefined) return [];
          const option = optionNames(pulse, answer.options, w.locale);
          return [w.text('reasonBy', { name: nameOf(answer, viewer), option, reason: answer.reason })];
        })
      : [];
  if (lines.length === 0) return [];
  const more = lines.length - mostReasons;
  return [
    para(bold(w.label(pulse.isAnonymous ? 'reasonsAnonymous' : 'reasonsNamed'))),
    ...lines.slice(0, mostReasons).map((line) => para(...line)),
    ...(more > 0 ? [quiet(w.label('andMore', { count: more }))] : []),
  ];
}

function runButtons({ id, value }: Numbered, { mayRun, isAuthor }: Viewer, w: PulseWords): readonly Block[] {
  const isHidden = value.isHidden && value.state !== 'closed';
  const list = [
    ...(mayRun && !isHidden ? [button(w.label('export'), to('pulse.export', { id }))] : []),
    ...(isAuthor && value.state === 'open' ? [button(w.label('extend'), to('pulse.extend', { id }))] : []),
    ...(mayRun && value.state === 'open' ? [button(w.label('close'), to('pulse.close', { id }))] : []),
  ];
  return list.length > 0 ? [buttons(...list)] : [];
}

/** Pulses that are open here, each with what one may do. */
export function listCard(pulses: readonly (Numbered & { readonly mayClose: boolean })[], locale: Locale): Card {
  const w = pulseWords(locale);
  const none = pulses.length === 0 ? [para(...w.text('listNone'))] : [];
  return {
    locale,
    title: w.label('listTitle'),
    blocks: [
      ...none,
      ...pulses.flatMap(({ id, value, mayClose }) => [
        para(...w.text('listLine', { question: shortQuestion(value), id, at: time(new Date(value.closesAt ?? '')) })),
        buttons(
          button(w.label('resultsButton', { id }), to('pulse.results', { id })),
          ...(mayClose ? [button(w.label('closeButton', { id }), to('pulse.close', { id }))] : []),
        ),
      ]),
    ],
  };
}
