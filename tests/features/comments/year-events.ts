// What happens in the simulated year: proceedings with dates like the real ones, channels, people, outages. The same each time.
import type { Ear, Outage, Plan, Version } from './year-plan.js';

export const [minute, day] = [60_000, 86_400_000];
export const begin = Date.parse('2026-01-01T00:00:00Z');
export const end = begin + 365 * day;

/** Mulberry32: the same numbers on every machine. */
export function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const zones = [
  'Pacific/Auckland',
  'Australia/Sydney',
  'Asia/Tokyo',
  'Asia/Kolkata',
  'Africa/Nairobi',
  'Africa/Casablanca',
  'Europe/Brussels',
  'Europe/London',
  'America/Sao_Paulo',
  'America/New_York',
  'America/Denver',
  'America/Los_Angeles',
];

/** How long proceedings were open in the records since 2015, in days. */
const lengths = [23, 30, 30, 39, 40, 40, 40, 40, 41, 41, 42, 42, 46, 53, 60, 78, 105];
const categories = ['policy', 'new-gtld', 'contracts', 'technical', 'governance', 'operations'];

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
/** 23:59 UTC of the day so many days later. */
const endOf = (opening: number, days: number): number => opening + days * day + day - minute;

/** Sixty, one of eight extended, some two days before the end; a few shortened, reopened or withdrawn. */
export function plans(chance: () => number): readonly Plan[] {
  return Array.from({ length: 60 }, (_, n) => {
    const opening = begin + Math.floor(2 + (n * 300) / 60 + chance() * 4) * day;
    const first = endOf(opening, lengths[Math.floor(chance() * lengths.length)] ?? 42);
    return {
      title: `Proceeding ${String(n + 1).padStart(2, '0')}`,
      category: categories[n % categories.length] ?? 'policy',
      opening: dateOf(opening),
      versions: versionsOf(n, first, chance),
    };
  });
}

function versionsOf(n: number, first: number, chance: () => number): readonly Version[] {
  // Changes are made at odd seconds, so that none coincides with a reminder.
  const before = (days: number): number => first - days * day - Math.floor(chance() * 600) * minute - 17_000;
  const longer = first + (14 + Math.floor(chance() * 28)) * day;
  const whole: Version = { from: begin, closing: first };
  if (n % 8 === 3) return [whole, { from: before(n % 16 === 3 ? 2 : 8), closing: longer }];
  if (n === 10 || n === 40) return [whole, { from: before(12), closing: first - 5 * day }];
  if (n === 20) return [whole, { from: first + 3 * day + 17_000, closing: longer }];
  if (n === 30) return [whole, { from: before(9), closing: 'withdrawn' }];
  if (n === 50) return [whole, { from: before(10), closing: 'withdrawn' }, { from: before(4), closing: longer }];
  if (n === 36)
    return [
      whole,
      { from: before(3), closing: longer },
      { from: longer - 2 * day - 17_000, closing: longer + 10 * day },
    ];
  return [whole];
}

/** Twenty channels on each platform; most follow from the start, some later, some only a category. */
export function channels(chance: () => number): readonly (Ear & { platform: string; channel: string })[] {
  return Array.from({ length: 40 }, (_, n) => {
    const platform = n % 2 === 0 ? 'slack' : 'discord';
    const channel = `c${n}`;
    const choice = chance();
    const days =
      choice < 0.5
        ? ['opens', '14', '7', '3', '1', 'closes', 'own']
        : choice < 0.8
          ? ['opens', '14', '7', '3', '1', 'closes']
          : ['28', '21', '10', '7', '1'];
    return {
      name: `${platform}/${channel}`,
      platform,
      channel,
      zone: zones[n % zones.length] ?? 'UTC',
      hour: 7 + Math.floor(chance() * 11),
      days,
      since: n % 5 === 4 ? begin + Math.floor(20 + chance() * 200) * day + 13 * 3_600_000 + 41_000 : begin + 41_000,
      ...(n % 4 === 3 ? { category: categories[n % categories.length] ?? 'policy' } : {}),
    };
  });
}

/** Twelve people, each of whom asks for three proceedings while they are open. */
export function people(
  chance: () => number,
  all: readonly Plan[],
): readonly (Ear & { platform: string; person: string; only: Map<string, number> })[] {
  const calm = all.filter(({ versions }) => versions.length === 1);
  return Array.from({ length: 12 }, (_, n) => {
    const platform = n % 2 === 0 ? 'slack' : 'discord';
    const asks = Array.from({ length: 3 }, () => calm[Math.floor(chance() * calm.length)]).flatMap((plan) =>
      plan ? [[plan.title, Date.parse(plan.opening) + Math.floor(1 + chance() * 20) * day + 23_000] as const] : [],
    );
    return {
      name: `${platform}/dm-p${n}`,
      platform,
      person: `p${n}`,
      // What fake-platform tells of everyone.
      zone: 'Africa/Nairobi',
      hour: 9,
      days: ['14', '7', '3', '1', 'closes'],
      since: begin,
      only: new Map(asks),
    };
  });
}

/** Three restarts a week that nobody notices, and an outage of hours or days now and then. */
export function outages(chance: () => number, busy: readonly number[]): readonly Outage[] {
  const list: Outage[] = [];
  for (let week = 0; week < 52; week += 1) {
    for (let nth = 0; nth < 3; nth += 1) {
      const from = begin + (week * 7 + nth * 2.3 + chance() * 2) * day;
      const long = nth === 0 && week % 5 === 2 ? (2 + chance() * 40) * 3_600_000 : chance() * 3 * minute;
      const outage = { from: Math.floor(from), until: Math.floor(from + long) };
      // Staff and members do what they do while the bot runs.
      const isQuiet = busy.every((at) => at + 2 * minute < outage.from || at > outage.until + 2 * minute);
      list.push(isQuiet ? outage : { from: outage.from, until: outage.from });
    }
  }
  return list.filter(({ from }) => from > begin + day);
}
