// What one member alone is told: their receipt, their answer, a question back. None of it is kept where that can be helped.
import { type Block, button, buttons, type Card, para, quiet, time, to } from '../../core/card.js';
import type { Locale } from '../../core/locale.js';
import { openness, optionButtons, timing } from './cards.js';
import { type Answer, isSingle, type Pulse } from './model.js';
import { type Numbered, optionName, optionNames, type PulseWords, pulseWords, shortQuestion } from './phrases.js';
import { fewness } from './tally.js';
import type { PulseKey } from './words/index.js';

/** What has just become of somebody's answer. `before`: what they had chosen until now. */
export interface Receipt {
  readonly answer: Answer | undefined;
  readonly before?: readonly number[] | undefined;
  /** Set on a receipt: whether the press changed anything. */
  readonly isChanged?: boolean;
}

/** The private receipt, or what `My answer` shows: what stands, until when, and what can be done with it. */
export function ownCard({ id, value }: Numbered, receipt: Receipt, locale: Locale): Card {
  const w = pulseWords(locale);
  const { answer } = receipt;
  if (!answer) return unansweredCard({ id, value }, receipt, w);
  const until = time(new Date(value.closesAt ?? ''));
  const spaces = new Set(value.places.map(({ platform, space }) => `${platform}/${space}`));
  return {
    locale,
    isFleeting: true,
    blocks: [
      para(...said(value, receipt, answer, w)),
      ...(answer.reason === undefined ? [] : [para(...w.text('yourReason', { reason: answer.reason }))]),
      quiet(...w.text('changeUntil', { at: until })),
      ...(spaces.size > 1 ? [quiet(...w.text('maybeTwice'))] : []),
      ownButtons({ id, value }, answer, w),
    ],
  };
}

function said(pulse: Pulse, { before, isChanged }: Receipt, answer: Answer, w: PulseWords) {
  const names = optionNames(pulse, answer.options, w.locale);
  if (isChanged === false) return w.text('yourAnswerSame', { answer: names });
  if (!before || before.length === 0 || before.join() === answer.options.join())
    return w.text('yourAnswer', { answer: names });
  return w.text('yourAnswerChanged', { answer: names, before: optionNames(pulse, before, w.locale) });
}

function ownButtons({ id, value }: Numbered, { options, reason }: Answer, w: PulseWords): Block {
  const removals = isSingle(value)
    ? []
    : options.map((option) =>
        button(
          w.label('removeOption', { option: optionName(value, option, w.locale) }),
          to('pulse.drop', { id, option: String(option), own: '1' }),
        ),
      );
  return buttons(
    ...removals,
    button(w.label(reason === undefined ? 'giveReason' : 'changeReason'), to('pulse.reason', { id })),
    button(w.label('withdraw'), to('pulse.withdraw', { id, own: '1' })),
  );
}

function unansweredCard({ id, value }: Numbered, { before }: Receipt, w: PulseWords): Card {
  const until = time(new Date(value.closesAt ?? ''));
  const question = shortQuestion(value);
  const news = before?.length ? w.text('answerWithdrawn', { at: until }) : w.text('nothingAnswered', { question });
  return { locale: w.locale, isFleeting: true, blocks: [para(...news), answerButtons({ id, value }, w)] };
}

const answerButtons = (pulse: Numbered, w: PulseWords): Block => optionButtons(pulse, w, { own: '1' });

/** A pulse to be answered in private, where its card is far above: all that its card says before anyone answers. */
export function answeringCard(pulse: Numbered, receipt: Receipt, locale: Locale): Card {
  const w = pulseWords(locale);
  const own = ownCard(pulse, receipt, locale);
  const isAnswered = receipt.answer !== undefined;
  return {
    ...own,
    blocks: [
      quiet(...w.text('nonBinding')),
      quiet(...openness(pulse.value, w)),
      ...own.blocks,
      ...(isAnswered ? [answerButtons(pulse, w)] : []),
    ],
  };
}

/** Told to who presses after the closing; what was closed is not changed. */
export function closedNote({ value }: Numbered, locale: Locale): Card {
  const w = pulseWords(locale);
  const { closedAt, closesAt = '' } = value;
  return { locale, blocks: [para(...w.text('closedNote', { at: time(new Date(closedAt ?? closesAt)) }))] };
}

/** A card of one sentence. */
export function sentence(locale: Locale, key: PulseKey, args: Readonly<Record<string, string>> = {}): Card {
  return { locale, blocks: [para(...pulseWords(locale).text(key, args))] };
}

/** Asked before a pulse is closed. */
export function closeCard({ id, value }: Numbered, locale: Locale): Card {
  const w = pulseWords(locale);
  const question = shortQuestion(value);
  return {
    locale,
    blocks: [
      para(...w.text(value.isAnonymous ? 'closeAskAnonymous' : 'closeAsk', { question })),
      ...fewNote(value, w),
      ...timing(value, w),
      buttons(button(w.label('closeYes'), to('pulse.close', { id, sure: 'yes' }), 'danger')),
    ],
  };
}

/** What closing now would do to the results of an anonymous pulse that few have answered. */
function fewNote({ isAnonymous, showsFew, shown }: Pulse, w: PulseWords): readonly Block[] {
  const few = isAnonymous && !showsFew ? fewness(shown) : 'enough';
  if (few === 'enough') return [];
  return [para(...w.text(few === 'few' ? 'closeAskFew' : 'fewNever'))];
}
