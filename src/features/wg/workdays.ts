// Working days, Monday to Friday, as they are in a zone. Pure.

const day = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

/** Whether it is a time zone that can be reckoned with. */
export function isZone(name: string): boolean {
  try {
    return formatIn(name).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The clock on the wall in a zone, as if it were UTC. */
function onTheWall(at: Date, zone: string): Date {
  const parts = Object.fromEntries(
    formatIn(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = parts;
  return new Date(Date.UTC(year, month - 1, date, hour, minute, second));
}

/** The instant at which the clock on the wall shows this; within the hour that a spring skips, the one after it. */
function instantOf(wall: Date, zone: string): Date {
  const offset = (at: Date): number => onTheWall(at, zone).getTime() - Math.floor(at.getTime() / 1000) * 1000;
  const guess = new Date(wall.getTime() - offset(wall));
  return new Date(wall.getTime() - offset(guess));
}

const isWeekend = (wall: Date): boolean => wall.getUTCDay() === 0 || wall.getUTCDay() === 6;

/** Whether it is Monday to Friday there. */
export const isWorkday = (at: Date, zone: string): boolean => !isWeekend(onTheWall(at, zone));

/** The hour of the day there, 0 to 23. */
export const hourIn = (at: Date, zone: string): number => onTheWall(at, zone).getUTCHours();

/** The date there, as `2026-03-01`. */
export const dateIn = (at: Date, zone: string): string => onTheWall(at, zone).toISOString().slice(0, 10);

/**
 * The instant so many working days later, at the same time of day; what begins on a weekend begins on Monday at 0:00.
 * @param days whole working days, 0 or more
 */
export function workdaysAfter(from: Date, days: number, zone: string): Date {
  let wall = onTheWall(from, zone);
  const isMoved = isWeekend(wall);
  while (isWeekend(wall)) wall = new Date(Math.floor(wall.getTime() / day) * day + day);
  if (!isMoved && days === 0) return from;
  for (let left = days; left > 0; left -= 1) {
    do wall = new Date(wall.getTime() + day);
    while (isWeekend(wall));
  }
  return instantOf(wall, zone);
}
