// One row in memory for each live proceeding: when anything of it is next due, for whichever clock. As long as nothing
// is, no channel is read: a beat costs what the proceedings weigh, however many channels follow them.
import { breathe } from '../../core/breather.js';
import type { Doc } from '../../core/store.js';
import { stepsOf } from './documents.js';
import { readRhythm } from './listener.js';
import { visibleIn } from './matching.js';
import type { Step } from './milestones.js';
import { everywhere, openingOf, type Proceeding } from './model.js';
import { caseIn, heldUntil, overAt } from './proceedings.js';
import { type Mark, marksOf, type Scene, sceneOf } from './reminders.js';

interface Row {
  readonly doc: Doc<Proceeding>;
  /** What the marks were worked out from. */
  readonly stamp: string;
  readonly changes: number;
  /** By rhythm, in the order in which they are due. */
  readonly marks: ReadonlyMap<string, readonly Mark[]>;
  readonly overAt: number;
  /** Up to when everyone was told; undefined: nobody was looked at since the start, a move, or a change of wishes. */
  handled?: number | undefined;
  nextAt: number;
  /** One that opens later has nothing due before: its marks are worked out then, in milliseconds. */
  wakesAt?: number | undefined;
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
    const marks = await marksFor(doc.value, known, wakesAt !== undefined);
    const isNews = old?.doc.value.sequence !== doc.value.sequence || old.changes !== known.changes;
    const handled = isNews ? undefined : old.handled;
    const { changes } = known;
    const row = { doc, stamp, changes, marks, overAt: overAt(doc.value), nextAt: 0, handled, wakesAt };
    agenda.rows.set(doc.id, planned(row));
  }
}

async function marksFor(
  proceeding: Proceeding,
  { rhythms, steps }: Known,
  isAsleep: boolean,
): Promise<ReadonlyMap<string, readonly Mark[]>> {
  const marks = new Map<string, readonly Mark[]>();
  for (const rhythm of rhythms) {
    const read = readRhythm(rhythm);
    if (proceeding.scope !== everywhere && proceeding.scope !== read.space) continue;
    const own = stepsOf(proceeding, read.space, steps.get(read.space)?.value.steps);
    marks.set(rhythm, isAsleep ? [] : marksOf(proceeding, own, read));
    await breathe();
  }
  return marks;
}

function planned(row: Row): Row {
  const { handled, marks } = row;
  if (handled === undefined) return { ...row, nextAt: 0 };
  const next = [...marks.values()].map((list) => list.find(({ at }) => at > handled)?.at ?? Number.POSITIVE_INFINITY);
  return { ...row, nextAt: Math.min(...next) };
}

/** Whether anything at all is due. */
export const hasDue = ({ rows }: Agenda, now: Date): boolean =>
  [...rows.values()].some(({ nextAt }) => nextAt <= now.getTime());

/** The scenes that have something for those who live by a rhythm. */
export function dueScenes({ rows, settled }: Agenda, rhythm: string, now: Date): readonly Scene[] {
  const due = [...rows.values()].filter(
    ({ nextAt, marks, handled }) => nextAt <= now.getTime() && isDue(marks.get(rhythm), handled, now),
  );
  if (due.length === 0) return [];
  const { space } = readRhythm(rhythm);
  // One that staff had added before the source gave it stands for both.
  const docs = [...[...rows.values()].map(({ doc }) => doc), ...settled.values()];
  const shown = new Set(visibleIn(docs, space));
  // Moves are told at once; what a date that is waited out could make untrue is not.
  const marksIn = ({ doc, marks }: Row): readonly Mark[] =>
    heldUntil(doc.value) > now.getTime() ? [] : (marks.get(rhythm) ?? []);
  return due.filter(({ doc }) => shown.has(doc)).map((row) => sceneIn(row.doc, space, marksIn(row)));
}

const isDue = (marks: readonly Mark[] | undefined, handled: number | undefined, now: Date): boolean =>
  marks !== undefined && (handled === undefined || marks.some(({ at }) => at > handled && at <= now.getTime()));

const sceneIn = ({ id, value }: Doc<Proceeding>, space: string, marks: readonly Mark[]): Scene =>
  sceneOf(id, value, marks, caseIn(value, space).decision !== undefined);

/** Everyone has been told what was due until then; what is held back is looked at again when it no longer is. */
export function handled(agenda: Agenda, now: Date): void {
  for (const [id, row] of agenda.rows) {
    if (row.nextAt > now.getTime()) continue;
    const until = heldUntil(row.doc.value);
    const isHeld = until > now.getTime();
    agenda.rows.set(id, isHeld ? { ...row, nextAt: until } : planned({ ...row, handled: now.getTime() }));
  }
}

/** Live ones of which nothing is due any more. */
export const overIn = ({ rows }: Agenda, now: Date): readonly Doc<Proceeding>[] =>
  [...rows.values()].filter((row) => row.overAt <= now.getTime()).map(({ doc }) => doc);
