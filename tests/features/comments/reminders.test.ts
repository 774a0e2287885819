import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  emptyWatcher,
  type Follow,
  followed,
  refollowed,
  stilled,
  usualDays,
  type Watcher,
  watched,
} from '../../../src/features/comments/listener.js';
import { defaultSteps } from '../../../src/features/comments/milestones.js';
import { idOf, type Proceeding } from '../../../src/features/comments/model.js';
import { readMoment } from '../../../src/features/comments/moment.js';
import { added, rescheduled, withdrawn } from '../../../src/features/comments/proceedings.js';
import { claimed, marksOf, type Scene, sceneOf, unclaimed } from '../../../src/features/comments/reminders.js';
import { addDays } from '../../../src/features/comments/zone.js';

const space = { platform: 'slack', space: 'T1' };
const place = { ...space, channel: 'C1' };
const at = (text: string): Date => new Date(text);
const moment = (text: string) => readMoment(text) ?? { on: text, zone: 'UTC', exact: 'date' as const };

const proceeding = (opening = '2026-03-01', closing = '2026-04-12', since = '2026-02-01T00:00:00Z'): Proceeding =>
  added(
    'a',
    { source: { title: 'On names', opening: moment(opening), closing: moment(closing), category: 'policy' } },
    at(since),
  );
const id = idOf('all', 'a');

const scene = (
  of: Proceeding,
  { zone, hour }: { zone: string; hour: number },
  isDecided = false,
  withSteps = false,
): Scene => sceneOf(id, of, marksOf(of, withSteps ? defaultSteps : [], { space: 'slack/T1', zone, hour }), isDecided);

const follow = (since = '2026-02-01T00:00:00Z', more: Partial<Follow> = {}): Follow => ({
  ...followed(place, { days: usualDays, zone: 'Europe/Brussels', hour: 9 }, 't', at(since)),
  ...more,
});

/** Looks once; what is to be posted, and the listener after it. */
function look<L extends Follow | Watcher>(
  listener: L,
  of: Proceeding,
  when: string,
  isDecided = false,
): { said: string[]; next: L } {
  const next = claimed(listener, [scene(of, listener, isDecided)], 'slack/T1/C1', at(when));
  const [batch] = next.pending;
  const said =
    batch?.items.map(({ kind, keys, before }) => (kind === 'move' ? `moved from ${before}` : keys.join('+'))) ?? [];
  return { said, next: batch ? unclaimed(next, batch) : next };
}

describe('when something is due', () => {
  const due = (zone: string, hour: number): Record<string, string> =>
    Object.fromEntries(
      marksOf(proceeding(), [], { space: 'slack/T1', zone, hour }).map(({ key, at: when }) => [
        key,
        new Date(when).toISOString().slice(0, 16),
      ]),
    );

  test('is the chosen hour of the channel’s own days, summer time included', () => {
    expect(due('Europe/Brussels', 9)).toMatchObject({
      opens: '2026-03-01T08:00',
      // In Brussels it closes on 13 April, at 1:59; summer time has begun on 29 March.
      '21': '2026-03-23T08:00',
      '14': '2026-03-30T07:00',
      '7': '2026-04-06T07:00',
      '3': '2026-04-10T07:00',
    });
  });

  test('is the same instant everywhere on the last day', () => {
    for (const zone of ['Pacific/Auckland', 'America/Los_Angeles', 'Asia/Kolkata']) {
      expect(due(zone, 17)).toMatchObject({ '1': '2026-04-11T23:59', closes: '2026-04-12T23:59' });
    }
  });

  test('is never before the opening', () => {
    const short = marksOf(proceeding('2026-04-01', '2026-04-12'), defaultSteps, {
      space: 'slack/T1',
      zone: 'Pacific/Auckland',
      hour: 9,
    });
    expect(short.every(({ at: when }) => when >= Date.parse('2026-04-01T00:00:00Z'))).toBe(true);
    expect(short.map(({ key }) => key)).toContain('own.call.20260401');
    expect(short.map(({ key }) => key)).not.toContain('14');
  });
});

describe('a channel', () => {
  test('hears of each of its days once', () => {
    const first = look(follow(), proceeding(), '2026-03-01T08:00:00Z');
    expect(first.said).toEqual(['opens']);
    expect(look(first.next, proceeding(), '2026-03-01T08:00:30Z').said).toEqual([]);
    expect(look(first.next, proceeding(), '2026-03-30T07:00:00Z').said).toEqual(['14']);
  });

  test('hears after an outage of the most urgent thing alone that is still true', () => {
    expect(look(follow(), proceeding(), '2026-04-10T12:00:00Z').said).toEqual(['3']);
    const late = look(follow(), proceeding(), '2026-04-10T12:00:00Z').next;
    expect(look(late, proceeding(), '2026-04-11T23:59:00Z').said).toEqual(['1']);
  });

  test('hears of the closing for a day after it, and then not any more', () => {
    expect(look(follow(), proceeding(), '2026-04-13T20:00:00Z').said).toEqual(['closes']);
    expect(look(follow(), proceeding(), '2026-04-14T00:00:00Z').said).toEqual([]);
  });

  test('that follows late hears no history', () => {
    const late = follow('2026-03-30T08:00:00Z');
    expect(look(late, proceeding(), '2026-04-05T12:00:00Z').said).toEqual([]);
    expect(look(late, proceeding(), '2026-04-06T07:00:00Z').said).toEqual(['7']);
  });

  test.each([
    ['2026-02-28T23:59:00Z', ['opens']],
    ['2026-03-01T00:00:00Z', ['opens']],
    ['2026-03-01T00:01:00Z', []],
    ['2026-03-01T07:59:00Z', []],
  ])('that follows at %s, when it opened at midnight, hears at nine of %j', (since, said) => {
    expect(look(follow(since), proceeding(), '2026-03-01T08:00:00Z').said).toEqual(said);
  });

  test('that follows before one that is open comes to be known hears of it', () => {
    const late = proceeding('2026-03-01', '2026-04-12', '2026-03-10T12:00:00Z');
    expect(look(follow('2026-03-10T11:00:00Z'), late, '2026-03-11T08:00:00Z').said).toEqual(['opens']);
    expect(look(follow('2026-03-10T13:00:00Z'), late, '2026-03-11T08:00:00Z').said).toEqual([]);
  });

  test('hears of an opening without a closing, and of the closing once there is one', () => {
    const facts = { title: 'On names', opening: moment('2026-03-01') };
    const undated = added('a', { staff: facts, space }, at('2026-02-01T00:00:00Z'));
    expect(look(follow(), undated, '2026-02-28T12:00:00Z').said).toEqual([]);
    const first = look(follow(), undated, '2026-03-01T08:00:00Z');
    expect(first.said).toEqual(['opens']);
    const dated = rescheduled(undated, moment('2026-04-12'), space, at('2026-03-05T12:00:00Z'));
    const next = look(first.next, dated, '2026-03-05T12:00:30Z');
    expect(next.said).toEqual(['moved from undated']);
    expect(look(next.next, dated, '2026-03-30T07:00:00Z').said).toEqual(['14']);
  });

  test('that asks for more days gets those to come, and goes on with those that it had', () => {
    const wishes = { days: ['14', '10', '7'] as const, zone: 'Europe/Brussels', hour: 9 };
    const more = refollowed(follow(), wishes, at('2026-04-04T00:00:00Z'));
    expect(look(more, proceeding(), '2026-04-04T12:00:00Z').said).toEqual(['14']);
    expect(
      look(look(more, proceeding(), '2026-04-04T12:00:00Z').next, proceeding(), '2026-04-06T07:00:00Z').said,
    ).toEqual(['7']);
  });

  test('with an earlier hour from now on gets today’s reminder at once', () => {
    const early = refollowed(
      follow('2026-02-01T00:00:00Z', { hour: 18 }),
      { days: ['7'], zone: 'Europe/Brussels', hour: 9 },
      at('2026-04-06T10:00:00Z'),
    );
    expect(look(early, proceeding(), '2026-04-06T10:00:30Z').said).toEqual(['7']);
  });

  test('that now follows other things hears nothing of what was due before', () => {
    const other = refollowed(
      follow(),
      { days: ['14', '7'], zone: 'Europe/Brussels', hour: 9, category: 'policy' },
      at('2026-04-04T00:00:00Z'),
    );
    expect(look(other, proceeding(), '2026-04-04T12:00:00Z').said).toEqual([]);
  });

  test.each([
    [{ category: 'policy' as const }, true],
    [{ category: 'technical' as const }, false],
    [{ words: ['budget', 'NAMES'] }, true],
    [{ words: ['budget'] }, false],
  ])('that follows %j: %s', (filter, hears) => {
    expect(look(follow('2026-02-01T00:00:00Z', filter), proceeding(), '2026-03-01T08:00:00Z').said).toHaveLength(
      hears ? 1 : 0,
    );
  });

  test('of a community that has decided hears nothing more, also not later', () => {
    const silent = look(follow(), proceeding(), '2026-04-06T07:00:00Z', true);
    expect(silent.said).toEqual([]);
    expect(look(silent.next, proceeding(), '2026-04-06T08:00:00Z').said).toEqual([]);
    expect(look(silent.next, proceeding(), '2026-04-10T07:00:00Z').said).toEqual(['3']);
  });

  test('gets its community’s dates in the same post as the days before', () => {
    const marks = marksOf(proceeding('2026-03-01', '2026-04-13'), defaultSteps, {
      space: 'slack/T1',
      zone: 'UTC',
      hour: 9,
    });
    const one = follow('2026-02-01T00:00:00Z', { zone: 'UTC' });
    const next = claimed(
      one,
      [sceneOf(id, proceeding('2026-03-01', '2026-04-13'), marks, false)],
      'slack/T1/C1',
      at('2026-04-10T09:00:00Z'),
    );
    expect(next.pending[0]?.items.map(({ keys }) => keys)).toEqual([['3', 'own.vote.end.20260410']]);
  });
});

test('what was remembered of own dates without their day is not told a second time', () => {
  const utc = { zone: 'UTC', hour: 9 };
  const standing = '2026-04-12T23:59:00.000Z';
  const done = ['opens', '14', 'own.call', 'own.draft', 'own.comments'];
  const old = follow('2026-02-01T00:00:00Z', { ...utc, told: { [id]: { standing, done, isHeard: true } } });
  const scenes = [scene(proceeding(), utc, false, true)];
  expect(claimed(old, scenes, 'slack/T1/C1', at('2026-03-25T12:00:00Z'))).toBe(old);
  const next = claimed(old, scenes, 'slack/T1/C1', at('2026-04-01T09:00:00Z'));
  expect(next.pending[0]?.items[0]?.keys).toEqual(['own.comments.end.20260401']);
});

describe('a move', () => {
  const told = look(follow(), proceeding(), '2026-04-06T07:00:00Z').next;
  const longer = rescheduled(proceeding(), moment('2026-05-03'), space, at('2026-04-09T12:00:00Z'));

  test('is told once to a channel that had heard, and later reminders follow the new date', () => {
    const first = look(told, longer, '2026-04-09T12:00:30Z');
    expect(first.said).toEqual(['moved from 2026-04-12T23:59:00.000Z']);
    expect(look(first.next, longer, '2026-04-12T23:59:00Z').said).toEqual([]);
    expect(look(first.next, longer, '2026-04-20T07:00:00Z').said).toEqual(['14']);
  });

  test('is nothing to a channel that had not heard', () => {
    expect(look(follow('2026-04-08T00:00:00Z'), longer, '2026-04-09T12:00:30Z').said).toEqual([]);
  });

  test('there and back is told as nothing when nobody had heard of the way there', () => {
    const back = rescheduled(longer, moment('2026-04-12'), space, at('2026-04-09T12:00:10Z'));
    expect(look(told, back, '2026-04-09T12:00:30Z').said).toEqual([]);
  });

  test('there, told, and back again is told twice', () => {
    const there = look(told, longer, '2026-04-09T12:00:30Z').next;
    const back = rescheduled(longer, moment('2026-04-12'), space, at('2026-04-09T13:00:00Z'));
    const again = claimed(there, [scene(back, there)], 'slack/T1/C1', at('2026-04-09T13:00:30Z'));
    expect(again.pending[0]?.key).toContain('moved-2');
    const third = rescheduled(back, moment('2026-05-03'), space, at('2026-04-09T14:00:00Z'));
    const once = claimed(
      unclaimed(again, { key: again.pending[0]?.key ?? '' }),
      [scene(third, there)],
      'slack/T1/C1',
      at('2026-04-09T14:00:30Z'),
    );
    expect(once.pending[0]?.key).toContain('moved-3');
  });

  test('to an earlier date passes over what would have been due by then', () => {
    const earlier = rescheduled(proceeding(), moment('2026-04-11'), space, at('2026-04-09T12:00:00Z'));
    const first = look(told, earlier, '2026-04-09T12:00:30Z');
    expect(first.said).toEqual(['moved from 2026-04-12T23:59:00.000Z']);
    expect(look(first.next, earlier, '2026-04-10T23:58:00Z').said).toEqual([]);
    expect(look(first.next, earlier, '2026-04-10T23:59:00Z').said).toEqual(['1']);
  });

  test('of a withdrawal ends the reminders', () => {
    const gone = withdrawn(proceeding(), space, at('2026-04-09T12:00:00Z'));
    const first = look(told, gone, '2026-04-09T12:00:30Z');
    expect(first.said).toHaveLength(1);
    expect(look(first.next, gone, '2026-04-12T23:59:00Z').said).toEqual([]);
  });
});

describe('a person', () => {
  const person = { ...space, person: 'U1' };
  const asked = watched(emptyWatcher(person, 'Africa/Nairobi', 'en'), id, 'asked', at('2026-03-02T00:00:00Z'));

  test('who asked is reminded at nine in their own zone', () => {
    expect(look(asked, proceeding(), '2026-03-30T05:59:00Z').said).toEqual([]);
    expect(look(asked, proceeding(), '2026-03-30T06:00:00Z').said).toEqual(['14']);
  });

  test.each(['muted', 'done'] as const)('who is %s hears nothing more, moves included', (state) => {
    const told = look(asked, proceeding(), '2026-03-30T06:00:00Z').next;
    const still = stilled(told, id, state);
    expect(look(still, proceeding(), '2026-04-06T06:00:00Z').said).toEqual([]);
    const longer = rescheduled(proceeding(), moment('2026-05-03'), space, at('2026-04-09T12:00:00Z'));
    expect(look(still, longer, '2026-04-09T12:01:00Z').said).toEqual([]);
  });

  test('who asked before it opens is told that it does; who asked while it is open is not', () => {
    const early = watched(emptyWatcher(person, 'Africa/Nairobi', 'en'), id, 'asked', at('2026-02-20T00:00:00Z'));
    expect(look(early, proceeding(), '2026-03-01T06:00:00Z').said).toEqual(['opens']);
    expect(look(asked, proceeding(), '2026-03-02T06:00:00Z').said).toEqual([]);
  });
});

test('however often and whenever it is looked, each thing is said at most once, none before it is due, none after its truth', () => {
  const instants = fc.array(fc.integer({ min: 0, max: 75 * 24 * 60 }), { minLength: 1, maxLength: 60 });
  const begin = Date.parse('2026-02-15T00:00:00Z');
  fc.assert(
    fc.property(
      instants,
      fc.integer({ min: 7, max: 70 }),
      fc.constantFrom('UTC', 'Asia/Tokyo', 'America/Denver'),
      (list, length, zone) => {
        const of = proceeding('2026-02-20', addDays('2026-02-20', length), '2026-02-15T00:00:00Z');
        const marks = new Map(
          marksOf(of, defaultSteps, { space: 'slack/T1', zone, hour: 9 }).map(({ key, at: due }) => [key, due]),
        );
        const closes = marks.get('closes') ?? 0;
        let one = follow('2026-02-15T00:00:00Z', { zone });
        const said: string[] = [];
        for (const minute of list.sort((a, b) => a - b)) {
          const now = new Date(begin + minute * 60_000);
          one = claimed(
            one,
            [
              sceneOf(
                id,
                of,
                [...marks].map(([key, due]) => ({ key, at: due })),
                false,
              ),
            ],
            'slack/T1/C1',
            now,
          );
          for (const key of one.pending.flatMap(({ items }) => items.flatMap(({ keys }) => keys))) {
            said.push(key);
            expect(marks.get(key)).toBeLessThanOrEqual(now.getTime());
            if (key === 'closes') expect(now.getTime() - closes).toBeLessThanOrEqual(86_400_000);
            else expect(now.getTime()).toBeLessThan(closes);
          }
          one = { ...one, pending: [] };
        }
        expect(said).toHaveLength(new Set(said).size);
      },
    ),
  );
});
