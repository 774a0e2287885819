// What staff may set: days after which they are reminded, and how long answers are kept. Pure.
import { z } from 'zod';
import { isZone } from './workdays.js';

const workdays = z.number().int().min(1).max(60);

export const rulesSchema = z.object({
  /** Working days until staff hear of a request that nobody has taken. */
  unclaimed: workdays.default(1),
  /** Working days until whoever holds a request is reminded of it. */
  undecided: workdays.default(3),
  /** Working days until a claim lapses to the queue. */
  lapse: workdays.default(5),
  /** Working days until a member is reminded of a question, once and once more. */
  waiting: z.array(workdays).min(1).max(3).default([5, 10]),
  /** Days until an undecided request is closed and its answers are erased. */
  keepUndecided: z.number().int().min(14).max(365).default(90),
  /** Days until the answers of a decided request are erased. */
  keepDecided: z.number().int().min(7).max(365).default(30),
  /** IANA; when the staff's day begins. */
  zone: z.string().default('UTC'),
});
export type Rules = z.infer<typeof rulesSchema>;

export const usualRules: Rules = rulesSchema.parse({});

/** The rules as they are typed, by field. */
export interface TypedRules {
  readonly rules: Rules;
  /** Word keys of what is wrong, by field. */
  readonly wrong: Readonly<Record<string, 'wrongDays' | 'wrongWaiting' | 'wrongZone' | 'wrongLapse'>>;
}

const numberIn = (typed: string | undefined): number => (/^\s*\d{1,3}\s*$/.test(typed ?? '') ? Number(typed) : NaN);

/**
 * Reads what was typed into a form; fields that it does not have stay as they were.
 * @param typed by the names of {@link Rules}; `waiting` as `5, 10`
 */
export function typedRules(old: Rules, typed: Readonly<Record<string, string>>): TypedRules {
  const wrong: Record<string, TypedRules['wrong'][string]> = {};
  const days = (name: 'unclaimed' | 'undecided' | 'lapse' | 'keepUndecided' | 'keepDecided'): number => {
    if (typed[name] === undefined) return old[name];
    const value = numberIn(typed[name]);
    if (!rulesSchema.shape[name].safeParse(value).success) wrong[name] = 'wrongDays';
    return value;
  };
  const waiting =
    typed.waiting === undefined
      ? old.waiting
      : typed.waiting
          .split(/[,;،、\s]+/)
          .filter(Boolean)
          .map(numberIn);
  const rises = waiting.every((value, at) => at === 0 || value > (waiting[at - 1] ?? 0));
  if (!rises || !rulesSchema.shape.waiting.safeParse(waiting).success) wrong.waiting = 'wrongWaiting';
  const zone = typed.zone?.trim() || old.zone;
  if (!isZone(zone)) wrong.zone = 'wrongZone';
  const rules = {
    unclaimed: days('unclaimed'),
    undecided: days('undecided'),
    lapse: days('lapse'),
    keepUndecided: days('keepUndecided'),
    keepDecided: days('keepDecided'),
    waiting,
    zone,
  };
  // Whoever holds a request hears of it before it is taken from them.
  if (!wrong.lapse && !wrong.undecided && rules.lapse <= rules.undecided) wrong.lapse = 'wrongLapse';
  return { rules, wrong };
}
