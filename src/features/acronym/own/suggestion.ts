// A member's suggestion: one for each thing suggested, however many suggest it; the first decision stands. Pure.
import { z } from 'zod';
import { type Person, type Space, spaceId } from '../../../core/call.js';
import { type Locale, locales } from '../../../core/locale.js';
import { refuse } from '../../../core/refusal.js';
import type { Doc, Kind } from '../../../core/store.js';
import { fold } from '../fold.js';
import { shortHash } from './gap.js';
import { entrySchema } from './model.js';

/** So many a day, for each member. */
export const mostADay = 5;

/** What has been decided is forgotten after so long, in milliseconds. */
const keptFor = 90 * 86_400_000;

const locale = z.enum(locales);
const instant = z.iso.datetime();

const decisionSchema = z.object({
  /** Tells whose decision it became. */
  id: z.string(),
  /** The member's id; empty once they have had it erased. */
  by: z.string(),
  at: instant,
  reason: z.string().optional(),
  /** What became of it; absent when it was rejected. */
  entry: entrySchema.optional(),
  isEdited: z.boolean(),
});

const schema = z.object({
  space: z.string(),
  term: z.string(),
  expansion: z.string(),
  definition: z.string(),
  /** Where it was met, in the words of whoever suggests it. */
  met: z.string(),
  locale,
  at: instant,
  /** Counted up when the same is suggested again after a decision. */
  round: z.number(),
  /** Counted up when somebody who joins it fills in what was left empty. */
  version: z.number().default(0),
  by: z.array(z.object({ person: z.string(), locale })),
  /** `deciding`: decided, and not everything that follows from it is done yet. */
  state: z.enum(['open', 'deciding', 'done']),
  decision: decisionSchema.optional(),
  /** Where staff were shown it, and in which language. */
  staff: z.object({ channel: z.string(), locale }),
});

export type Suggestion = z.infer<typeof schema>;
export type Decision = z.infer<typeof decisionSchema>;

export const suggestions: Kind<Suggestion> = {
  name: 'glossary-suggestions',
  parse: (raw) => schema.parse(raw),
  facets: ({ space, state }) => ({ space, state }),
};

const daySchema = z.object({
  day: z.iso.date(),
  count: z.number(),
});

/** How much a member has suggested today. */
export type SuggestedBy = z.infer<typeof daySchema>;

export const suggesters: Kind<SuggestedBy> = { name: 'glossary-suggesters', parse: (raw) => daySchema.parse(raw) };

/** What was typed into the form. */
export type Wording = Pick<Suggestion, 'term' | 'expansion' | 'definition' | 'met' | 'locale'>;

/** The same for everybody who suggests the same: a name standing for the same thing. */
export const suggestionKey = ({ term, expansion }: Pick<Wording, 'term' | 'expansion'>): string =>
  shortHash(`${fold(term)} ${fold(expansion)}`);

export const suggestionId = (of: Space, key: string): string => `${spaceId(of)}/${key}`;

const isBare = ({ expansion, definition }: Pick<Wording, 'expansion' | 'definition'>): boolean =>
  expansion === '' && definition === '';

/** Whether one of two wordings can complete the other: only one says what it stands for, and no languages are mixed. */
const completes = (a: Wording, b: Wording): boolean =>
  (a.expansion === '' || b.expansion === '') && (a.locale === b.locale || isBare(a) || isBare(b));

/** The open suggestion that somebody means who suggests this: of the same thing, or of the term without saying more. */
export function meant(open: readonly Doc<Suggestion>[], wording: Wording): Doc<Suggestion> | undefined {
  const ofTerm = open.filter(({ value }) => fold(value.term) === fold(wording.term));
  const same = ofTerm.find(({ value }) => fold(value.expansion) === fold(wording.expansion));
  return same ?? ofTerm.find(({ value }) => completes(value, wording));
}

export function suggested(
  wording: Wording,
  by: Person,
  speaks: Locale,
  staff: Suggestion['staff'],
  now: Date,
  round: number,
): Suggestion {
  const one = { person: by.person, locale: speaks };
  return { space: spaceId(by), ...wording, at: now.toISOString(), round, version: 0, by: [one], state: 'open', staff };
}

/** What was left empty takes the newcomer's words; texts of another language are not put beside those that are there. */
function completed(old: Suggestion, fresh: Suggestion): Suggestion {
  const { expansion, definition, locale } = isBare(old) || old.locale === fresh.locale ? fresh : old;
  const whole = {
    expansion: old.expansion || expansion,
    definition: old.definition || definition,
    met: old.met || fresh.met,
    locale: isBare(old) && !isBare(fresh) ? locale : old.locale,
  };
  const isAsBefore = Object.entries(whole).every(([field, text]) => old[field as keyof typeof whole] === text);
  return isAsBefore ? old : { ...old, ...whole, version: old.version + 1 };
}

/**
 * The suggestion with this member among those who make it; begun anew where it was decided before.
 * @returns the same one where this member adds nothing to what they suggested before
 */
export function joined(old: Suggestion, fresh: Suggestion): Suggestion {
  if (old.state === 'deciding') throw refuse('beingDecided');
  if (old.state === 'done') return { ...fresh, round: old.round + 1 };
  const [newcomer] = fresh.by;
  const whole = completed(old, fresh);
  if (!newcomer || old.by.some(({ person }) => person === newcomer.person)) return whole;
  return { ...whole, by: [...old.by, newcomer] };
}

/** @throws Refusal `fiveADay` */
export function countedToday(old: SuggestedBy, now: Date): SuggestedBy {
  const day = dayOf(now);
  const count = old.day === day ? old.count : 0;
  if (count >= mostADay) throw refuse('fiveADay', { most: String(mostADay) });
  return { day, count: count + 1 };
}

export const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

/** Says nothing about anybody any more: it was another day. */
export const isPast = ({ day }: SuggestedBy, now: Date): boolean => day < dayOf(now);

/**
 * The suggestion, decided; as it was where somebody has decided before, or where it is another round's.
 * @throws Refusal `unknownId` for an older round, of which nothing is known any more
 */
export function decided(old: Suggestion, round: number, decision: Decision): Suggestion {
  if (old.round !== round) throw refuse('unknownId');
  if (old.state !== 'open') return old;
  return { ...old, state: 'deciding', decision };
}

export const finished = (old: Suggestion): Suggestion => (old.state === 'deciding' ? { ...old, state: 'done' } : old);

export const isForgotten = ({ state, decision }: Suggestion, now: Date): boolean =>
  state === 'done' && now.getTime() - Date.parse(decision?.at ?? '') > keptFor;

/** The suggestion without a member who wants to be forgotten: neither among those who made it nor as who decided it. */
export function withoutMember(old: Suggestion, { person }: Person): Suggestion {
  const by = old.by.filter((one) => one.person !== person);
  const decision = old.decision?.by === person ? { ...old.decision, by: '' } : old.decision;
  if (by.length === old.by.length && decision === old.decision) return old;
  return { ...old, by, ...(decision ? { decision } : {}) };
}
