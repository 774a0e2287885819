// The life of a request, as one state machine: open, claimed, asked, approved, declined, withdrawn, closed. Pure.
import type { Person } from '../../core/call.js';
import { refuse } from '../../core/refusal.js';
import { type Deed, isSame, isUnfinished, type Request, type RequestState, type Step } from './model.js';

/** Something that is done with a request; `made` is how one begins (see {@link opened}). */
export type Move =
  | { readonly deed: 'claimed' | 'released' | 'answered' | 'changed' | 'lifted' | 'withdrawn' }
  | { readonly deed: 'lapsed' | 'left' | 'expired' | 'erased' }
  | { readonly deed: 'handedOver'; readonly to: Person }
  | { readonly deed: 'asked'; readonly question: string }
  | { readonly deed: 'approved'; readonly tasks: readonly string[] }
  | { readonly deed: 'ticked'; readonly task: number; readonly isDone: boolean }
  | { readonly deed: 'declined'; readonly reason: string };

interface Rule {
  readonly from: readonly RequestState[];
  /** Absent: it stays as it is. */
  readonly into?: RequestState;
  /** Whether staff do it, who then must not have asked themselves. */
  readonly isStaffs?: true;
  /** Whether, once somebody holds it, nobody else may. */
  readonly isHolders?: true;
}

const undecided: readonly RequestState[] = ['open', 'claimed', 'asked'];

const rules: Readonly<Record<Move['deed'], Rule>> = {
  changed: { from: undecided },
  claimed: { from: ['open'], into: 'claimed', isStaffs: true },
  released: { from: ['claimed'], into: 'open', isStaffs: true, isHolders: true },
  handedOver: { from: ['claimed', 'asked'], isStaffs: true },
  lapsed: { from: ['claimed', 'asked'] },
  asked: { from: undecided, into: 'asked', isStaffs: true, isHolders: true },
  answered: { from: ['asked'], into: 'claimed' },
  approved: { from: undecided, into: 'approved', isStaffs: true, isHolders: true },
  ticked: { from: ['approved'], isStaffs: true },
  declined: { from: undecided, into: 'declined', isStaffs: true, isHolders: true },
  lifted: { from: ['declined'], isStaffs: true },
  withdrawn: { from: undecided, into: 'withdrawn' },
  left: { from: undecided, into: 'closed' },
  expired: { from: undecided, into: 'closed' },
  erased: { from: undecided, into: 'closed' },
};

/** What makes the time run anew by which reminders go. */
const restarts: ReadonlySet<Deed> = new Set([
  'claimed',
  'released',
  'handedOver',
  'lapsed',
  'asked',
  'answered',
  'approved',
]);

/** What may be pressed now by somebody who does not hold it; for the buttons of a card. */
export const allows = (request: Request, deed: Move['deed']): boolean => rules[deed].from.includes(request.state);

/** A new request. */
export function opened(made: Pick<Request, 'group' | 'home' | 'locale'> & { readonly by: Person }, now: Date): Request {
  const at = now.toISOString();
  return {
    ...made,
    madeAt: at,
    state: 'open',
    since: at,
    history: [{ deed: 'made', at, by: made.by }],
    looks: [],
    tasks: [],
    isLifted: false,
    news: [],
    absences: [],
  };
}

/**
 * The request after a move.
 * @param by who does it; absent for what the program does itself
 * @returns undefined when it is too late for that: somebody else was quicker
 * @throws Refusal `ownRequest` when staff would decide on what they have asked for themselves
 */
export function moved(request: Request, move: Move, by: Person | undefined, now: Date): Request | undefined {
  const rule = rules[move.deed];
  if (rule.isStaffs && isSame(request.by, by)) throw refuse('ownRequest', { command: '/wg requests' });
  if (move.deed === 'handedOver' && isSame(request.by, move.to)) throw refuse('handToApplicant', {}, 'to');
  if (!rule.from.includes(request.state)) return undefined;
  if (rule.isHolders && request.holder !== undefined && !isSame(request.holder, by)) return undefined;
  // Whose pause it is, nobody knows any more once the member is erased.
  if (move.deed === 'lifted' && (request.isLifted || !request.by)) return undefined;
  const after = carriedOut(request, move, by);
  if (!after) return undefined;
  const at = now.toISOString();
  const state = stateAfter(request, move, after) ?? request.state;
  const what = move.deed === 'ticked' ? { task: move.task } : {};
  const step: Step = { deed: move.deed, at, ...what, ...(by ? { by } : {}) };
  const history = [...request.history, step];
  const isFinished = state === 'approved' && !isUnfinished({ state, tasks: after.tasks });
  const isDone = isFinished && !request.history.some(({ deed }) => deed === 'done');
  return {
    ...after,
    state,
    // A question waits on as long as it has, whoever holds the request.
    since:
      (restarts.has(move.deed) && !(move.deed === 'lapsed' && state === 'asked')) || state !== request.state || isDone
        ? at
        : request.since,
    history: isDone ? [...history, { deed: 'done', at, ...(by ? { by } : {}) }] : history,
  };
}

function stateAfter({ state }: Request, { deed }: Move, after: Request): RequestState | undefined {
  // Whoever asked the question may be gone from the records since: then nobody holds it.
  if (deed === 'answered' && !after.holder) return 'open';
  if (deed === 'lapsed') return state === 'claimed' ? 'open' : state;
  return rules[deed].into;
}

/** What a move changes beside the state. */
function carriedOut(request: Request, move: Move, by: Person | undefined): Request | undefined {
  const { holder, question, ...bare } = request;
  switch (move.deed) {
    case 'claimed':
      return { ...request, ...(by ? { holder: by } : {}) };
    case 'released':
      return bare;
    case 'lapsed':
      return question === undefined ? bare : { ...bare, question };
    case 'handedOver':
      return isSame(request.holder, move.to) ? undefined : { ...request, holder: move.to };
    case 'asked':
      if (request.question === move.question) return undefined;
      return { ...request, question: move.question, ...(by ? { holder: by } : {}) };
    case 'answered':
      return { ...bare, ...(holder ? { holder } : {}) };
    case 'approved':
      return { ...held(bare, by), tasks: move.tasks.map((text) => ({ text, isDone: false })) };
    case 'ticked':
      return ticked(request, move.task, move.isDone);
    case 'declined':
      return { ...held(bare, by), reason: move.reason };
    case 'lifted':
      return { ...request, isLifted: true };
    case 'changed':
      return request;
    default:
      return bare;
  }
}

const held = (bare: Request, by: Person | undefined): Request => (by ? { ...bare, holder: by } : bare);

/** A tick is set or taken back, until all of them are set: then the member has been told. */
function ticked(request: Request, at: number, isDone: boolean): Request | undefined {
  const task = request.tasks[at];
  // Pressed a second time, or by a second one who saw the same card: it is so already.
  if (!isUnfinished(request) || task === undefined || task.isDone === isDone) return undefined;
  return { ...request, tasks: request.tasks.map((one, nth) => (nth === at ? { ...one, isDone } : one)) };
}
