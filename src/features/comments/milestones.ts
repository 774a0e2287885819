// The community's own dates, counted back from the closing: call for comments, draft, comments, vote, submission. Pure.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { addDays, type Day, isDay } from './zone.js';

/** Days before the closing, or a date that does not follow when the closing moves. */
const when = z.union([z.number().int().min(0).max(365), z.iso.date()]);

export const stepSchema = z.object({
  /** One of {@link usual}, or made from the name: what reminders remember it by. */
  key: z.string().regex(/^[a-z0-9]{1,12}$/),
  /** Absent for a usual one, which every language has its own name for. */
  name: z.string().trim().min(1).max(60).optional(),
  from: when,
  /** When it takes more than a day. */
  until: when.optional(),
  /** When it was set: what lay in the past by then is not reminded of. */
  since: z.iso.datetime().optional(),
});

export type Step = z.infer<typeof stepSchema>;

export const usual = ['call', 'draft', 'comments', 'vote', 'submission'] as const;

export type Usual = (typeof usual)[number];

export const isUsual = (key: string): key is Usual => (usual as readonly string[]).includes(key);

/**
 * At-Large's: ALAC-RES.0709-2 wants a week of community comment, and the ALAC needs five days to vote; what is voted on
 * is then sent before the last day.
 */
export const defaultSteps: readonly Step[] = [
  { key: 'call', from: 30 },
  { key: 'draft', from: 18 },
  { key: 'comments', from: 18, until: 11 },
  { key: 'vote', from: 8, until: 3 },
  { key: 'submission', from: 2 },
];

/** A step with its dates. */
export interface Planned {
  readonly step: Step;
  readonly on: Day;
  readonly until?: Day;
}

/**
 * Puts steps on the calendar; one that would lie before the opening comes on its day.
 * @param closing the civil day of the closing
 * @param opening that of the opening, if it is known
 * @returns them in the order of their dates
 */
export function planned(steps: readonly Step[], closing: Day, opening?: Day): readonly Planned[] {
  const dated = (value: number | string): Day => {
    const day = typeof value === 'number' ? addDays(closing, -value) : value;
    return opening !== undefined && day < opening ? opening : day;
  };
  return steps
    .map((step) => ({
      step,
      on: dated(step.from),
      ...(step.until === undefined ? {} : { until: dated(step.until) }),
    }))
    .sort((a, b) => a.on.localeCompare(b.on) || (a.until ?? a.on).localeCompare(b.until ?? b.on));
}

/** How many steps a community may have. */
export const mostSteps = 12;

/** What is wrong with what was typed, by the number of its line. */
export interface BadLine {
  readonly line: number;
}

/**
 * Reads steps as they are edited: a line each, `18 Draft out`, `18-11 Comments`, `2026-04-01 Vote`.
 * @param keyOf the usual step that a name stands for, in whatever language
 */
export function readSteps(
  typed: string,
  keyOf: (name: string) => Usual | undefined,
  now: Date,
): readonly Step[] | BadLine {
  const steps: Step[] = [];
  for (const [at, raw] of typed.split('\n').entries()) {
    const line = raw.trim();
    if (line === '') continue;
    const step = readStep(line, keyOf, now);
    if (!step || steps.length === mostSteps || steps.some(({ key }) => key === step.key)) return { line: at + 1 };
    steps.push(step);
  }
  return steps;
}

const date = '\\d{4}-\\d{2}-\\d{2}';
const lineShape = new RegExp(
  `^(${date}|\\d{1,3})(?:\\s*(?:-|–|—|\\.\\.)\\s*(${date}|\\d{1,3}))?\\s*[:.]?\\s+(.+)$`,
  'u',
);

function readStep(line: string, keyOf: (name: string) => Usual | undefined, now: Date): Step | undefined {
  const [, first, last, name = ''] = lineShape.exec(line) ?? [];
  if (first === undefined) return undefined;
  const [from, until] = [readWhen(first), last === undefined ? undefined : readWhen(last)];
  if (from === undefined || (last !== undefined && until === undefined)) return undefined;
  if (typeof from === 'number' && typeof until === 'number' && until > from) return undefined;
  if (typeof from === 'string' && typeof until === 'string' && until < from) return undefined;
  const key = keyOf(name);
  const read = stepSchema.safeParse({
    key: key ?? `s${createHash('sha256').update(name.trim().toLowerCase()).digest('hex').slice(0, 6)}`,
    ...(key === undefined ? { name } : {}),
    from,
    ...(until === undefined ? {} : { until }),
    since: now.toISOString(),
  });
  return read.data;
}

function readWhen(text: string): number | string | undefined {
  if (/^\d{1,3}$/.test(text)) return Number(text) <= 365 ? Number(text) : undefined;
  return isDay(text) ? text : undefined;
}

/** Steps as they are edited, to be read back by {@link readSteps}. */
export const writtenSteps = (steps: readonly Step[], nameOf: (step: Step) => string): string =>
  steps
    .map(
      (step) =>
        `${step.from}${step.until === undefined ? '' : `${typeof step.from === 'number' ? '-' : ' – '}${step.until}`} ${nameOf(step)}`,
    )
    .join('\n');
