// When something is next due, by each clock: what no run of whole beats shows at once.
import { describe, expect, test } from 'vitest';
import { dueScenes, handled, hasDue, type Known, newAgenda, refresh } from '../../../src/features/comments/agenda.js';
import type { Proceeding } from '../../../src/features/comments/model.js';
import { readMoment } from '../../../src/features/comments/moment.js';
import { added, rescheduled, sourced } from '../../../src/features/comments/proceedings.js';

const space = { platform: 'slack', space: 'S1' };
const [utc, tokyo] = ['slack/S1 UTC 9', 'slack/S1 Asia/Tokyo 9'];
const at = (text: string): Date => new Date(text);
const moment = (text: string) => readMoment(text) ?? { on: text, zone: 'UTC', exact: 'date' as const };
const facts = { title: 'On names', opening: moment('2026-03-01'), closing: moment('2026-03-24') };
const known = (value: Proceeding, rev: number, rhythms = [utc]): Known => ({
  live: [{ id: 'a', rev, value }],
  rhythms,
  changes: 0,
  steps: new Map(),
});

/** One beat: what is told of it by each clock; `meanwhile` happens after the telling. */
async function beat(
  agenda: ReturnType<typeof newAgenda>,
  about: Known,
  now: Date,
  meanwhile = async (): Promise<void> => undefined,
): Promise<readonly number[]> {
  await refresh(agenda, about, now);
  const seen = new Set(agenda.rows.values());
  const told: number[] = [];
  for (const rhythm of about.rhythms) told.push((await dueScenes(agenda, rhythm, about, now)).length);
  await meanwhile();
  await handled(agenda, seen, about, now);
  return told;
}

describe('what is due', () => {
  test('goes by each clock for itself', async () => {
    const [agenda, about] = [
      newAgenda([]),
      known(added('a', { source: facts }, at('2026-02-01T00:00:00Z')), 1, [utc, tokyo]),
    ];
    expect(await beat(agenda, about, at('2026-03-09T12:00:00Z'))).toEqual([1, 1]);
    expect(hasDue(agenda, at('2026-03-10T08:59:59Z'))).toBe(false);
    // Fourteen days before the closing, which in Tokyo is on the 25th.
    expect(await beat(agenda, about, at('2026-03-10T09:00:00Z'))).toEqual([1, 0]);
    expect(await beat(agenda, about, at('2026-03-11T00:00:00Z'))).toEqual([0, 1]);
    expect(await beat(agenda, about, at('2026-03-11T00:00:30Z'))).toEqual([0, 0]);
  });

  test('in a beat that ends without having told anybody, is due at the next', async () => {
    const [agenda, about] = [newAgenda([]), known(added('a', { source: facts }, at('2026-02-01T00:00:00Z')), 1)];
    await beat(agenda, about, at('2026-03-09T12:00:00Z'));
    const broken = beat(agenda, about, at('2026-03-10T09:00:00Z'), async () => Promise.reject(new Error('away')));
    await expect(broken).rejects.toThrow('away');
    expect(await beat(agenda, about, at('2026-03-10T09:00:30Z'))).toEqual([1]);
    expect(await beat(agenda, about, at('2026-03-10T09:01:00Z'))).toEqual([0]);
  });

  test('is looked at once more by everyone when a date that was waited out turns out otherwise', async () => {
    const agenda = newAgenda([]);
    const before = added('a', { source: facts }, at('2026-02-01T00:00:00Z'));
    await beat(agenda, known(before, 1), at('2026-03-09T12:00:00Z'));
    const now = at('2026-03-10T08:58:00Z');
    const doubted = sourced(before, { ...facts, closing: moment('2026-04-20') }, now);
    // Due at nine, and held back until the other date counts, or is gone.
    expect(await beat(agenda, known(doubted, 2), at('2026-03-10T09:00:00Z'))).toEqual([1]);
    expect(hasDue(agenda, at('2026-03-10T09:07:59Z'))).toBe(false);
    expect(hasDue(agenda, at('2026-03-10T09:08:00Z'))).toBe(true);
  });

  test('of a move is told by the beat that sees it, although an earlier one has hung and ends only then', async () => {
    const agenda = newAgenda([]);
    const before = added('a', { staff: facts, space }, at('2026-02-01T00:00:00Z'));
    const moved = rescheduled(before, moment('2026-04-20'), space, at('2026-03-10T09:01:00Z'));
    const later = at('2026-03-10T09:02:30Z');
    await beat(agenda, known(before, 1), at('2026-03-10T09:00:00Z'), () => refresh(agenda, known(moved, 2), later));
    expect(await beat(agenda, known(moved, 2), later)).toEqual([1]);
    expect(await beat(agenda, known(moved, 2), at('2026-03-10T09:03:00Z'))).toEqual([0]);
  });
});
