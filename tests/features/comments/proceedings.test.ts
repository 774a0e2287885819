import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { visibleIn } from '../../../src/features/comments/matching.js';
import {
  closingOf,
  type Facts,
  factsOf,
  idOf,
  moveOf,
  originalClosing,
  type Proceeding,
  proceedingSchema,
  standingOf,
  stateAt,
} from '../../../src/features/comments/model.js';
import { readMoment } from '../../../src/features/comments/moment.js';
import {
  added,
  believed,
  differences,
  edited,
  isLongMissing,
  listedAgain,
  oursKept,
  removed,
  rescheduled,
  sourced,
  sourceTaken,
  vanished,
  withdrawn,
} from '../../../src/features/comments/proceedings.js';

const space = { platform: 'slack', space: 'T1' };
const at = (text: string): Date => new Date(text);
const moment = (text: string) => {
  const read = readMoment(text);
  if (!read) throw new Error(text);
  return read;
};

const facts = (closing: string, more: Partial<Facts> = {}): Facts => ({
  title: 'A report',
  opening: moment('2026-03-01'),
  closing: moment(closing),
  ...more,
});
const fromSource = (closing = '2026-04-12'): Proceeding =>
  added('a', { source: facts(closing) }, at('2026-03-01T00:00:00Z'));
const ours = (closing = '2026-04-12'): Proceeding =>
  added('a', { staff: facts(closing), space }, at('2026-03-01T00:00:00Z'));
const now = at('2026-04-10T12:00:00Z');
const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

describe('the state', () => {
  test.each([
    ['2026-02-28T23:59:59Z', 'upcoming'],
    ['2026-03-01T00:00:00Z', 'open'],
    ['2026-04-12T23:58:59Z', 'open'],
    ['2026-04-12T23:59:00Z', 'closed'],
  ])('at %s is %s', (instant, state) => expect(stateAt(ours(), at(instant))).toBe(state));

  test('of one with a month alone is upcoming', () => {
    const one = added('m', { staff: { title: 'M', month: '2026-11' }, space }, now);
    expect(stateAt(one, now)).toBe('upcoming');
    expect(standingOf(one)).toBe('undated');
  });

  test('after the closing tells of the report, once it is out from its day on', () => {
    const over = at('2026-05-01T12:00:00Z');
    const due = edited(ours(), { reportDue: '2026-05-03' }, space, now);
    expect(stateAt(due, over)).toBe('reportDue');
    const out = edited(due, { reportPublished: '2026-05-02' }, space, now);
    expect(stateAt(out, over)).toBe('reportDue');
    expect(stateAt(out, at('2026-05-02T00:00:00Z'))).toBe('reported');
  });

  test('of one that had closed and is open again is reopened', () => {
    const again = rescheduled(ours(), moment('2026-05-20'), space, at('2026-05-01T00:00:00Z'));
    expect(stateAt(again, at('2026-05-02T00:00:00Z'))).toBe('reopened');
    expect(stateAt(again, at('2026-05-21T00:00:00Z'))).toBe('closed');
  });
});

describe('a move', () => {
  test('keeps the first closing as the original, through further moves', () => {
    const twice = rescheduled(rescheduled(ours(), moment('2026-05-01'), space, now), moment('2026-05-20'), space, now);
    expect(originalClosing(twice)?.toISOString()).toBe('2026-04-12T23:59:00.000Z');
    expect(closingOf(twice)?.at.toISOString()).toBe('2026-05-20T23:59:00.000Z');
    expect(twice.sequence).toBe(2);
  });

  test('to the date that it has is none', () => {
    const one = ours();
    expect(rescheduled(one, moment('2026-04-12'), space, now)).toEqual(one);
    expect(rescheduled(one, moment('2026-04-12 23:59'), space, now).sequence).toBe(0);
  });

  test.each([
    ['2026-04-12T23:59:00.000Z', '2026-05-01T23:59:00.000Z', 'extended'],
    ['2026-04-12T23:59:00.000Z', '2026-04-11T23:59:00.000Z', 'shortened'],
    ['2026-04-09T23:59:00.000Z', '2026-05-01T23:59:00.000Z', 'reopened'],
    ['2026-04-12T23:59:00.000Z', 'withdrawn', 'withdrawn'],
    ['withdrawn', '2026-05-01T23:59:00.000Z', 'reopened'],
    ['removed', '2026-05-01T23:59:00.000Z', 'listed'],
    ['undated', '2026-05-01T23:59:00.000Z', 'dated'],
  ])('from %s to %s is %s', (from, to, kind) => expect(moveOf(from, to, now)).toBe(kind));

  test('of what was withdrawn or removed is told as one move each', () => {
    const gone = withdrawn(ours(), space, now);
    expect([standingOf(gone), gone.sequence]).toEqual(['withdrawn', 1]);
    const back = rescheduled(gone, moment('2026-05-01'), space, now);
    expect([standingOf(back), back.sequence]).toEqual(['2026-05-01T23:59:00.000Z', 2]);
    const off = removed(ours(), now);
    expect([standingOf(off), standingOf(listedAgain(off, now))]).toEqual(['removed', '2026-04-12T23:59:00.000Z']);
  });
});

describe('what the source says', () => {
  test('of other dates counts once it has lasted five minutes', () => {
    const first = sourced(fromSource(), facts('2026-05-01'), now);
    expect(closingOf(first)?.moment.on).toBe('2026-04-12');
    expect(closingOf(sourced(first, facts('2026-05-01'), later(4)))?.moment.on).toBe('2026-04-12');
    const believedNow = sourced(first, facts('2026-05-01'), later(5));
    expect([closingOf(believedNow)?.moment.on, believedNow.sequence]).toEqual(['2026-05-01', 1]);
  });

  test('and takes back within five minutes is no move', () => {
    const flap = sourced(sourced(fromSource(), facts('2026-05-01'), now), facts('2026-04-12'), later(4));
    expect(flap).toEqual(fromSource());
  });

  test('and changes once more is waited out from then on', () => {
    const third = sourced(sourced(fromSource(), facts('2026-05-01'), now), facts('2026-05-02'), later(4));
    expect(closingOf(sourced(third, facts('2026-05-02'), later(6)))?.moment.on).toBe('2026-04-12');
    expect(closingOf(sourced(third, facts('2026-05-02'), later(9)))?.moment.on).toBe('2026-05-02');
  });

  test('and goes on saying without a new text counts as well', () => {
    const first = sourced(fromSource(), facts('2026-05-01'), now);
    expect(closingOf(believed(first, later(4)))?.moment.on).toBe('2026-04-12');
    expect(closingOf(believed(first, later(5)))?.moment.on).toBe('2026-05-01');
  });

  test('of a title counts at once', () => {
    expect(factsOf(sourced(fromSource(), facts('2026-04-12', { title: 'The report' }), now)).title).toBe('The report');
  });

  test('again and again changes nothing, not even the stamp', () => {
    const one = fromSource();
    expect(JSON.stringify(sourced(one, facts('2026-04-12'), later(60)))).toBe(JSON.stringify(one));
  });
});

describe('staff’s word', () => {
  const edit = (): Proceeding => edited(fromSource(), { title: 'Ours', closing: moment('2026-04-20') }, space, now);

  test('stands before the source’s, and is no difference as long as the source says what it said', () => {
    const mine = sourced(edit(), facts('2026-04-12'), later(60));
    expect([factsOf(mine).title, closingOf(mine)?.moment.on, differences(mine)]).toEqual(['Ours', '2026-04-20', []]);
  });

  test('is not overwritten when the source changes: the difference is known', () => {
    const told = sourced(sourced(edit(), facts('2026-05-01'), later(60)), facts('2026-05-01'), later(66));
    expect(closingOf(told)?.moment.on).toBe('2026-04-20');
    expect(differences(told)).toEqual(['closing']);
    const taken = sourceTaken(told, later(70));
    expect([closingOf(taken)?.moment.on, differences(taken), factsOf(taken).title]).toEqual(['2026-05-01', [], 'Ours']);
    const kept = oursKept(told);
    expect([closingOf(kept)?.moment.on, differences(kept)]).toEqual(['2026-04-20', []]);
    const once = sourced(kept, facts('2026-06-01'), later(80));
    expect(differences(sourced(once, facts('2026-06-01'), later(90)))).toEqual(['closing']);
  });

  test('that the source comes to share follows the source again', () => {
    const shared = sourced(sourced(edit(), facts('2026-04-20'), later(60)), facts('2026-04-20'), later(66));
    expect(shared.staff).toEqual({ title: 'Ours' });
    const next = sourced(sourced(shared, facts('2026-05-09'), later(70)), facts('2026-05-09'), later(76));
    expect(closingOf(next)?.moment.on).toBe('2026-05-09');
  });

  test('that is the source’s is not kept twice', () => {
    expect(edited(fromSource(), { title: 'A report' }, space, now)).toEqual({
      ...fromSource(),
      editedIn: 'slack/T1',
      changedAt: now.toISOString(),
    });
  });
});

test('whatever staff say that is so already, however it is written, changes no fact and drops what was their own', () => {
  const written = fc.constantFrom(
    '2026-04-12',
    '2026-04-12 23:59',
    '2026-04-12T23:59:00Z',
    '2026-04-13 01:59 Europe/Paris',
  );
  const opened = fc.constantFrom('2026-03-01', '2026-03-01 00:00', '2026-03-01T00:00:00Z');
  fc.assert(
    fc.property(written, written, opened, (first, second, opening) => {
      const one = edited(fromSource(first), { closing: moment('2026-05-05') }, space, now);
      const back = edited(one, { closing: moment(second), opening: moment(opening), isWithdrawn: false }, space, now);
      expect([back.staff, back.seen, back.cleared, standingOf(back)]).toEqual([{}, {}, [], standingOf(fromSource())]);
    }),
  );
});

test('an older document is read as it was', () => {
  const { cleared: _, ...old } = { ...fromSource(), missing: { since: now.toISOString(), isTold: true } };
  expect(proceedingSchema.parse(old)).toEqual({ ...old, cleared: [] });
});

describe('gone from the source', () => {
  test('is missing, not withdrawn, and known as missing after five minutes', () => {
    const gone = vanished(fromSource(), now);
    expect(standingOf(gone)).toBe(standingOf(fromSource()));
    expect([isLongMissing(gone, later(4)), isLongMissing(gone, later(5))]).toEqual([false, true]);
    expect(sourced(gone, facts('2026-04-12'), later(9)).missing).toBeUndefined();
  });

  test('after its closing is nothing to tell of', () => {
    expect(vanished(fromSource(), at('2026-05-01T00:00:00Z')).missing).toBeUndefined();
  });
});

describe('who sees it', () => {
  const doc = (value: Proceeding) => ({ id: idOf(value.scope, value.slug), value });

  test('a space sees the operator’s and its own, never another space’s', () => {
    const elsewhere = added('b', { staff: facts('2026-04-12'), space: { platform: 'discord', space: 'G1' } }, now);
    const docs = [doc(fromSource()), doc(elsewhere)];
    expect(visibleIn(docs, space).map(({ value }) => value.slug)).toEqual(['a']);
    expect(visibleIn(docs, { platform: 'discord', space: 'G1' }).map(({ value }) => value.slug)).toEqual(['a', 'b']);
  });

  test('its own stands for the operator’s of the same name', () => {
    expect(visibleIn([doc(fromSource()), doc(ours())], space)).toEqual([doc(ours())]);
  });

  const paged = (slug: string, address: string, of?: typeof space): ReturnType<typeof doc> =>
    doc(
      of
        ? added(slug, { staff: facts('2026-04-12', { address }), space: of }, now)
        : added(slug, { source: facts('2026-04-12', { address }) }, now),
    );
  const page = 'https://www.icann.org/en/public-comment/proceeding/on-names-01-03-2026';

  test('its own stands for the operator’s on the same page, in whatever language, and for no other one', () => {
    const mine = paged('on-names-01-03-2026', page, space);
    const theirs = paged('1234', page.replace('/en/', '/fr/'));
    const other = paged('5678', 'https://www.icann.org/en/public-comment/proceeding/on-names-02-03-2026');
    expect(visibleIn([theirs, mine, other], space)).toEqual([mine, other]);
    expect(visibleIn([theirs, mine, other], 'discord/G1')).toEqual([theirs, other]);
  });

  test('a page on which there are several, or the same name at another host, hides nothing', () => {
    const overview = 'https://www.icann.org/en/public-comment';
    const several = [paged('a', overview), paged('b', overview), paged('c', overview, space)];
    expect(visibleIn(several, space)).toEqual(several);
    const hosts = [paged('d', 'https://example.org/report'), paged('e', 'https://example.net/report', space)];
    expect(visibleIn(hosts, space)).toEqual(hosts);
  });
});
