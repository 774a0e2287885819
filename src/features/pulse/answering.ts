// What members do with a pulse: answer, change, withdraw, give a reason. Pure.
import { boundary } from '../../core/grapheme.js';
import { refuse } from '../../core/refusal.js';
import { type Answer, faced, isOver, isSingle, type Pulse } from './model.js';
import { shownAfter, tallyAfter, tallyOf } from './tally.js';

/** Longest reason, in UTF-16 units. */
export const longestReason = 300;

/** Somebody's press. */
export interface Press {
  readonly key: string;
  readonly option: number;
  /** Number of the channel in which it was pressed. */
  readonly place: number;
}

export function answerOf({ answers }: Pulse, key: string): Answer | undefined {
  const found = answers[placeOf(answers, key)];
  return found?.key === key ? found : undefined;
}

/** Where the answer under this key is, or would be: they are sorted by it. */
function placeOf(answers: readonly Answer[], key: string): number {
  let [low, high] = [0, answers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((answers[middle]?.key ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The pulse with this answer in it: in place of the former one where one option may be chosen, beside it where several
 * may. The same again changes nothing.
 * @throws Refusal `alreadyClosed`, `oldButton`, `tooManyChosen`
 */
export function cast(pulse: Pulse, { key, option, place }: Press, now: Date): Pulse {
  refuseUnlessOpen(pulse, now);
  if (pulse.options[option] === undefined) throw refuse('oldButton');
  const old = answerOf(pulse, key);
  if (old?.options.includes(option)) return pulse;
  const options = isSingle(pulse) ? [option] : [...(old?.options ?? []), option].sort((a, b) => a - b);
  if (options.length > pulse.most) throw refuse('tooManyChosen', { most: String(pulse.most) });
  return changed(pulse, { ...old, key, options, place }, key);
}

/**
 * Takes one option out of an answer; the last one withdraws it.
 * @throws Refusal `alreadyClosed`
 */
export function dropped(pulse: Pulse, key: string, option: number, now: Date): Pulse {
  refuseUnlessOpen(pulse, now);
  const old = answerOf(pulse, key);
  if (!old?.options.includes(option)) return pulse;
  const options = old.options.filter((one) => one !== option);
  return options.length === 0 ? withdrawn(pulse, key, now) : changed(pulse, { ...old, options }, key);
}

/** @throws Refusal `alreadyClosed` */
export function withdrawn(pulse: Pulse, key: string, now: Date): Pulse {
  refuseUnlessOpen(pulse, now);
  return answerOf(pulse, key) ? changed(pulse, undefined, key) : pulse;
}

/**
 * @param reason empty: none any more
 * @throws Refusal `alreadyClosed`, `answerFirst`
 */
export function reasoned(pulse: Pulse, key: string, reason: string, now: Date): Pulse {
  refuseUnlessOpen(pulse, now);
  const old = answerOf(pulse, key);
  if (!old) throw refuse('answerFirst');
  const { reason: _, ...bare } = old;
  const whole = reason.replace(/[\u202a-\u202e\u2066-\u2069]/g, '').trim();
  const said = whole.slice(0, boundary(whole, longestReason));
  return changed(pulse, said === '' ? bare : { ...bare, reason: said }, key);
}

/** Everything that a member has said is taken out, also after the closing, as far as it can be told to be theirs. */
export const forgotten = (pulse: Pulse, key: string): Pulse => {
  if (!answerOf(pulse, key)) return pulse;
  const after = changed(pulse, undefined, key);
  if (after.state !== 'closed') return after;
  const { byPlace: _, ...rest } = after;
  return { ...rest, tally: tallyOf(after.answers, after.options.length), face: pulse.face + 1 };
};

function refuseUnlessOpen(pulse: Pulse, now: Date): void {
  if (pulse.state === 'draft') throw refuse('stillDraft');
  if (isOver(pulse, now)) throw refuse('alreadyClosed');
}

/** @param answer undefined: taken out */
function changed(pulse: Pulse, answer: Answer | undefined, key: string): Pulse {
  const old = answerOf(pulse, key);
  // `toSpliced` takes fifty times as long with thousands of them, since the list is frozen.
  const answers = [...pulse.answers];
  answers.splice(placeOf(answers, key), Number(old !== undefined), ...(answer ? [answer] : []));
  const tally = tallyAfter(pulse.answers, answers, { from: old, to: answer }, pulse.options.length);
  if (!pulse.isAnonymous || pulse.state !== 'open') return faced(pulse, { ...pulse, answers });
  const { shown: before, ...rest } = pulse;
  const shown = shownAfter(before, tally, isSingle(pulse));
  return faced(pulse, { ...rest, answers, ...(shown ? { shown } : {}) });
}
