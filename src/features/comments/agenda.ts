// One row in memory for each live proceeding: when anything of it is next due, by each clock. As long as nothing is, no
// channel is read: a beat costs what the proceedings weigh, however many channels follow them. All that will ever be due
// is worked out when something is, and not kept: with many clocks it would weigh more than all the rest.
import { breathe } from '../../core/breather.js';
import type { Doc } from '../../core/store.js';
import { stepsOf } from './documents.js';
import { readRhythm } from './listener.js';
import { visibleIn } from './matching.js';
import type { Step } from './milestones.js';
import { everywhere, openingOf, type Proceeding } from './model.js';
import { caseIn, heldUntil, overAt } from './proceedings.js';
import { type Mark, marksOf, type Scene, sceneOf } from './reminders.js';

export interface Row {
  readonly doc: Doc<Proceeding>;
  /** What `nextBy` was worked out from. */
  readonly stamp: string;
  readonly changes: number;
  readonly overAt: number;
  /** When something is next due, by rhythm; those for whom nothing ever is are not in it. In milliseconds. */
  readonly nextBy: ReadonlyMap<string, number>;
  /** The first of these. */
  readonly nextAt: number;
  /** Up to when everyone was told; undefined: nobody was looked at since the start, a move, or a change of wishes. */
  readonly handled?: number | undefined;
  /** One that opens later has nothing due before: that is worked out then, in milliseconds. */
  readonly wakesAt?: number | undefined;
}

export interface Agenda {
  readonly rows: Map<string, Row>;
  /** What staff had added and nothing is due of any more: it goes on to stand for what the source gives. */
  readonly settled: Map<string, Doc<Proceeding>>;
  /** When leftovers of other processes were last looked for, in milliseconds. */
  sweptAt: number;
}

/** @param settled all of which nothing is due any more */
export const newAgenda = (settled: readonly Doc<Proceeding>[]): Agenda => ({
  rows: new Map(),
  settled: new Map(settled.filter(isOwn).map((doc) => [doc.id, doc])),
  sweptAt: 0,
});

const isOwn = ({ value }: Doc<Proceeding>): boolean => value.scope !== everywhere;

/** What the rows follow from; all of it is small. */
export interface Known {
  readonly live: readonly Doc<Proceeding>[];
  readonly rhythms: readonly string[];
  /** How often listeners' wishes have changed. */
  readonly changes: number;
  /** The usual steps of those communities that have changed them, by space. */
  readonly steps: ReadonlyMap<string, Doc<{ readonly steps?: readonly Step[] | undefined }>>;
}

/** A row is worked out this long before its proceeding opens, in milliseconds. */
const awakeBefore = 86_400_000;

/** Works out anew the rows whose proceeding, clocks or steps have changed. */
export async function refresh(agenda: Agenda, known: Known, now: Date): Promise<void> {
  const stamp = `${known.rhythms.length} ${[...known.steps].map(([space, { rev }]) => `${space}@${rev}`).join(' ')}`;
  const seen = new Set(known.live.map(({ id }) => id));
  for (const [id, { doc }] of agenda.rows) {
    if (seen.has(id)) continue;
    agenda.rows.delete(id);
    if (isOwn(doc)) agenda.settled.set(id, doc);
  }
  for (const doc of known.live) {
    agenda.settled.delete(doc.id);
    const old = agenda.rows.get(doc.id);
    const isAwake = (old?.wakesAt ?? Number.POSITIVE_INFINITY) > now.getTime();
    const isSame = old?.doc.rev === doc.rev && old.stamp === stamp && old.changes === known.changes;
    if (isSame && isAwake) continue;
    const opening = openingOf(doc.value)?.getTime() ?? 0;
    const wakesAt = opening - awakeBefore > now.getTime() ? opening - awakeBefore : undefined;
    const isNews = old?.doc.value.sequence !== doc.value.sequence || old.changes !== known.changes;
    const handled = isNews ? undefined : old.handled;
    const row = { doc, stamp, changes: known.changes, overAt: overAt(doc.value), handled, wakesAt };
    agenda.rows.set(doc.id, await planned(row, known, known.rhythms));
  }
}

type Unplanned = Omit<Row, 'nextBy' | 'nextAt'>;

/**
 * The row with the turns of these rhythms worked out: at once where nobody was looked at yet.
 * @param others the turns of the others
 */
async function planned(
  row: Unplanned,
  known: Known,
  rhythms: readonly string[],
  others: Row['nextBy'] = new Map(),
): Promise<Row> {
  const { handled } = row;
  const nextBy = new Map(others);
  for (const rhythm of rhythms) {
    if (!concerns(row, rhythm)) continue;
    const next = handled === undefined ? 0 : marksBy(rhythm, row, known).find(({ at }) => at > handled)?.at;
    if (next === undefined) nextBy.delete(rhythm);
    else nextBy.set(rhythm, next);
    await breathe();
  }
  return { ...row, nextBy, nextAt: firstOf(nextBy) };
}

function firstOf(nextBy: ReadonlyMap<string, number>): number {
  let first = Number.POSITIVE_INFINITY;
  for (const at of nextBy.values()) first = Math.min(first, at);
  return first;
}

const concerns = ({ doc: { value } }: Pick<Row, 'doc'>, rhythm: string): boolean =>
  value.scope === everywhere || value.scope === readRhythm(rhythm).space;

/** Everything that is ever due of it for those who live by a rhythm. */
function marksBy(rhythm: string, { doc, wakesAt }: Unplanned, { steps }: Known): readonly Mark[] {
  if (wakesAt !== undefined) return [];
  const read = readRhythm(rhythm);
  return marksOf(doc.value, stepsOf(doc.value, read.space, steps.get(read.space)?.value.steps), read);
}

/** Whether anything at all is due. */
export const hasDue = ({ rows }: Agenda, now: Date): boolean =>
  [...rows.values()].some(({ nextAt }) => nextAt <= now.getTime());

/** The scenes that have something for those who live by a rhythm. */
export async function dueScenes(
  { rows, settled }: Agenda,
  rhythm: string,
  known: Known,
  now: Date,
): Promise<readonly Scene[]> {
  const due = [...rows.values()].filter(
    ({ nextBy }) => (nextBy.get(rhythm) ?? Number.POSITIVE_INFINITY) <= now.getTime(),
  );
  if (due.length === 0) return [];
  const { space } = readRhythm(rhythm);
  // One that staff had added before the source gave it stands for both.
  const docs = [...[...rows.values()].map(({ doc }) => doc), ...settled.values()];
  const shown = new Set(visibleIn(docs, space));
  const scenes: Scene[] = [];
  for (const row of due) {
    if (!shown.has(row.doc)) continue;
    // Moves are told at once; what a date that is waited out could make untrue is not.
    const isHeld = heldUntil(row.doc.value) > now.getTime();
    scenes.push(sceneIn(row.doc, space, isHeld ? [] : marksBy(rhythm, row, known)));
    await breathe();
  }
  return scenes;
}

const sceneIn = ({ id, value }: Doc<Proceeding>, space: string, marks: readonly Mark[]): Scene =>
  sceneOf(id, value, marks, caseIn(value, space).decision !== undefined);

/**
 * Everyone has been told what was due until then; what is held back is looked at again when it no longer is.
 * @param seen the rows as they were when the telling began: of another one, that a later beat has made of a move, nobody
 * has been told by this one
 */
export async function handled(agenda: Agenda, seen: ReadonlySet<Row>, known: Known, now: Date): Promise<void> {
  for (const row of seen) {
    if (row.nextAt > now.getTime()) continue;
    const after = await rowAfter(row, known, now);
    if (agenda.rows.get(row.doc.id) === row) agenda.rows.set(row.doc.id, after);
  }
}

function rowAfter(row: Row, known: Known, now: Date): Promise<Row> | Row {
  const due = [...row.nextBy].flatMap(([rhythm, at]) => (at <= now.getTime() ? [rhythm] : []));
  const until = heldUntil(row.doc.value);
  if (until <= now.getTime()) return planned({ ...row, handled: now.getTime() }, known, due, row.nextBy);
  const nextBy = new Map([...row.nextBy, ...due.map((rhythm) => [rhythm, until] as const)]);
  return { ...row, nextBy, nextAt: firstOf(nextBy) };
}

/** Live ones of which nothing is due any more. */
export const overIn = ({ rows }: Agenda, now: Date): readonly Doc<Proceeding>[] =>
  [...rows.values()].filter((row) => row.overAt <= now.getTime()).map(({ doc }) => doc);
