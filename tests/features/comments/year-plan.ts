// What should happen in a year, worked out in another way than the program does it: every wall clock by asking Intl
// what it shows, every channel and proceeding by themselves, minute by minute of their own.

/** A closing that holds from an instant on. */
export interface Version {
  readonly from: number;
  readonly closing: number | 'withdrawn';
}

export interface Plan {
  readonly title: string;
  readonly category: string;
  readonly opening: string;
  readonly versions: readonly Version[];
}

export interface Ear {
  readonly name: string;
  readonly zone: string;
  readonly hour: number;
  readonly days: readonly string[];
  readonly since: number;
  readonly category?: string;
  /** Titles that a person asked to be reminded of, with when. */
  readonly only?: ReadonlyMap<string, number>;
}

/** `from` up to `until` the bot was not running. */
export interface Outage {
  readonly from: number;
  readonly until: number;
}

/** One thing that is to be said: when, to whom, under which heading, of which proceeding. */
export interface Expected {
  readonly at: number;
  readonly ear: string;
  readonly heading: string;
  readonly title: string;
}

const [minute, day] = [60_000, 86_400_000];

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What a clock on the wall of that zone shows, written as if it were UTC. */
export function shows(at: number, zone: string): number {
  const format =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  clocks.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute);
}

/** When a clock there shows that date and hour: tried over the quarter hours of two days. */
const known = new Map<string, number>();
export function when(date: number, hour: number, zone: string): number {
  const key = `${date} ${hour} ${zone}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const wanted = date + hour * 3_600_000;
  let at = wanted - 15 * 3_600_000;
  while (shows(at, zone) !== wanted) {
    at += 15 * minute;
    if (at > wanted + 15 * 3_600_000) throw new Error(`no such hour in ${zone}`);
  }
  known.set(key, at);
  return at;
}

const midnight = (at: number): number => at - (at % day);

interface Mark {
  readonly key: string;
  readonly at: number;
  /** When it opened and was known: whoever follows later hears of no opening. */
  readonly from?: number;
}

/** At-Large's dates as the issue has them: days before the closing at which each begins and ends. */
const ownDates: readonly (readonly [string, number])[] = [
  ['own call', 30],
  ['own draft', 18],
  ['own comments', 18],
  ['own comments end', 11],
  ['own vote', 8],
  ['own vote end', 3],
  ['own submission', 2],
];

function marksOf(plan: Plan, closing: number, { zone, hour, days }: Ear, addedAt: number): readonly Mark[] {
  const opening = Date.parse(`${plan.opening}T00:00:00Z`);
  const marks: Mark[] = [];
  const known = Math.max(opening, addedAt);
  const after = (instant: number): number => {
    const date = midnight(shows(instant, zone));
    const today = when(date, hour, zone);
    return today >= instant ? today : when(date + day, hour, zone);
  };
  marks.push({ key: 'opens', at: after(known), from: known });
  for (const ahead of [28, 21, 14, 10, 7, 3]) {
    marks.push({ key: String(ahead), at: when(midnight(shows(closing, zone)) - ahead * day, hour, zone) });
  }
  marks.push({ key: '1', at: closing - day });
  for (const [key, ahead] of ownDates) {
    const date = Math.max(midnight(closing) - ahead * day, opening);
    marks.push({ key, at: Math.max(when(date, hour, zone), date === opening ? after(opening) : 0) });
  }
  const wanted = ({ key }: Mark): boolean => days.includes(key.startsWith('own') ? 'own' : key);
  const isInTime = ({ at }: Mark): boolean => at >= opening && at < closing;
  const list = [...marks.filter(isInTime), { key: 'closes', at: closing }].filter(wanted);
  return list.sort((a, b) => a.at - b.at);
}

const headingOf = (keys: readonly string[]): string => {
  if (keys.includes('closes')) return 'Public comment closed';
  if (keys.includes('opens')) return 'Open for public comment';
  return keys.every((key) => key.startsWith('own'))
    ? 'Public comment: our own dates'
    : 'Public comment: the closing comes nearer';
};

function moveHeading(before: Version['closing'], after: Version['closing'], at: number): string {
  if (after === 'withdrawn') return 'Public comment withdrawn';
  if (before === 'withdrawn') return 'Public comment reopened';
  if (after < before) return 'Public comment closes earlier';
  return before <= at ? 'Public comment reopened' : 'Public comment extended';
}

/** @param moved when the bot first looks after a change that was made at an instant */
export function expectedOf(
  plan: Plan,
  ear: Ear,
  addedAt: number,
  outages: readonly Outage[],
  moved: (at: number) => number,
): readonly Expected[] {
  const since = ear.only ? ear.only.get(plan.title) : ear.since;
  if (since === undefined || (ear.category !== undefined && ear.category !== plan.category)) return [];
  const posts: Expected[] = [];
  const say = (at: number, heading: string): void => void posts.push({ at, ear: ear.name, heading, title: plan.title });
  const up = (at: number): number => outages.find(({ from, until }) => from <= at && at < until)?.until ?? at;
  const done = new Set<string>();
  let isHeard = false;
  for (const [n, { from, closing }] of plan.versions.entries()) {
    const until = plan.versions[n + 1]?.from ?? Number.POSITIVE_INFINITY;
    const before = plan.versions[n - 1];
    let begins = Math.max(from, since);
    if (before) {
      const told = moved(from);
      const hasBegun = isHeard || done.size > 0;
      if (isHeard) say(told, moveHeading(before.closing, closing, from));
      if (hasBegun) begins = Math.max(begins, told);
      for (const key of [...done]) if (key !== 'opens') done.delete(key);
    }
    if (closing === 'withdrawn') continue;
    // Marks by the moment at which the bot is there to see them.
    const rounds = new Map<number, Mark[]>();
    for (const mark of marksOf(plan, closing, ear, addedAt)) {
      const isHistory = mark.key === 'opens' ? (mark.from ?? 0) < since : mark.at < begins;
      const at = up(mark.at);
      if (isHistory || at >= until || done.has(mark.key)) continue;
      rounds.set(at, [...(rounds.get(at) ?? []), mark]);
    }
    for (const [at, marks] of [...rounds].sort(([a], [b]) => a - b)) {
      const isTrue = ({ key }: Mark): boolean => (key === 'closes' ? at - closing <= day : at < closing);
      const usual = marks.filter(({ key }) => !key.startsWith('own')).slice(-1);
      const own = marks.filter(({ key }) => key.startsWith('own'));
      const said = [...usual, ...own.filter((mark) => mark.at === own.at(-1)?.at)].filter(isTrue);
      for (const { key } of marks) done.add(key);
      if (said.length === 0) continue;
      isHeard = true;
      say(at, headingOf(said.map(({ key }) => key)));
    }
  }
  return posts;
}
