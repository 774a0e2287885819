// "3d", "2 weeks", "2026-03-05 18:00", "18:00" -> the instant at which a pulse closes. Pure.

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Units as they are typed in the seven languages; a word is read as the unit that lists it. */
const units: readonly (readonly [milliseconds: number, words: string])[] = [
  [minute, 'm min mins minute minutes minuto minutos мин минута минуты минут минуту دقيقة دقائق 分 分钟 分鐘'],
  [hour, 'h hr hrs hour hours heure heures hora horas ч час часа часов ساعة ساعات 小时 小時 钟头 时'],
  [day, 'd day days j jour jours día días dia dias д дн день дня дней يوم أيام 天 日'],
  [
    7 * day,
    'w week weeks sem semaine semaines semana semanas нед неделя недели недель неделю أسبوع أسابيع 周 週 星期 礼拜',
  ],
];

/** As it is typed in haste: Arabic without its hamza, Chinese with or without the word that counts. */
const plainUnit = (word: string): string => word.replace(/[أإآ]/g, 'ا').replace(/^[个個]/, '');

const unitOf = new Map(
  units.flatMap(([milliseconds, words]) => words.split(' ').map((word) => [plainUnit(word), milliseconds])),
);

/** A closing as it was typed: so long from some instant on, or an instant. */
export type Closing = { readonly span: number } | { readonly at: Date };

/** Eastern Arabic and Persian digits are digits, too, and so are the wide ones of a Chinese keyboard. */
const withLatinDigits = (text: string): string =>
  text.normalize('NFKC').replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));

/**
 * Reads when a pulse is to close.
 * @param zone the asker's IANA zone, in which an instant without one is meant; UTC when it is not known
 * @returns undefined for what is neither a span nor an instant
 */
export function readClosing(typed: string, now: Date, zone = 'UTC'): Closing | undefined {
  const text = withLatinDigits(typed).trim().toLowerCase();
  const span = readSpan(text);
  if (span !== undefined) return { span };
  const at = readInstant(text, now, zone);
  return at && { at };
}

/** Whether it is one at all, whenever it is read. */
export const isClosing = (typed: string): boolean => readClosing(typed, new Date(0)) !== undefined;

/** `3d`, `1 d. 12 h`: numbers with their units and nothing else; a decimal is none of them. */
const wholeSpan = /^(?:\d{1,5}\s*\p{L}[\p{L}\p{M}]*\.?[\s,،、]*)+$/u;

/** The instant that is typed, to be kept with a draft: read later, `18:00` would be another day's. */
export function instantTyped(typed: string, now: Date, zone: string | undefined): { readonly closesOn?: string } {
  const closing = readClosing(typed, now, zone);
  return closing && 'at' in closing ? { closesOn: closing.at.toISOString() } : {};
}

function readSpan(text: string): number | undefined {
  if (!wholeSpan.test(text)) return undefined;
  let span = 0;
  for (const [, number, word = ''] of text.matchAll(/(\d{1,5})\s*(\p{L}[\p{L}\p{M}]*)/gu)) {
    const unit = unitOf.get(plainUnit(word));
    if (unit === undefined) return undefined;
    span += Number(number) * unit;
  }
  return span > 0 ? span : undefined;
}

const dateAndTime =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t\s]+(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:\.\d+)?)?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/;
const timeOnly = /^(\d{1,2}):(\d{2})\s*(z|utc|gmt)?$/;

function readInstant(text: string, now: Date, zone: string): Date | undefined {
  const dated = dateAndTime.exec(text);
  if (dated) {
    // A day alone is meant to its end.
    const [, y, m, d, h = '23', min = '59', suffix] = dated;
    const wall = wallTime(Number(y), Number(m), Number(d), Number(h), Number(min));
    return wall === undefined ? undefined : instantOf(wall, suffix, zone);
  }
  const timed = timeOnly.exec(text);
  if (!timed) return undefined;
  const [, h, min, suffix] = timed;
  const here = new Date(now.getTime() + offsetAt(now, suffix === undefined ? zone : 'UTC'));
  const wall = (days: number): number | undefined =>
    wallTime(here.getUTCFullYear(), here.getUTCMonth() + 1, here.getUTCDate(), Number(h), Number(min), days);
  const [today, tomorrow] = [wall(0), wall(1)];
  if (today === undefined || tomorrow === undefined) return undefined;
  const next = instantOf(today, suffix, zone);
  return next.getTime() > now.getTime() ? next : instantOf(tomorrow, suffix, zone);
}

/** What a clock on the wall shows, as if it were in UTC; undefined for a day or a time that there is not. */
function wallTime(y: number, m: number, d: number, h: number, min: number, later = 0): number | undefined {
  const midnight = new Date(Date.UTC(y, m - 1, d));
  if (midnight.getUTCMonth() !== m - 1 || midnight.getUTCDate() !== d || h > 23 || min > 59) return undefined;
  return midnight.getTime() + later * day + h * hour + min * minute;
}

/** An hour that the clock skips in spring is read as the one after it; of one that comes twice the first is meant. */
function instantOf(wall: number, suffix: string | undefined, zone: string): Date {
  if (suffix !== undefined) return new Date(wall - offsetOf(suffix));
  const candidates = [-day, day].map((step) => wall - offsetAt(new Date(wall + step), zone));
  const fitting = candidates.filter((at) => at + offsetAt(new Date(at), zone) === wall);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : Math.max(...candidates));
}

function offsetOf(suffix: string): number {
  const [, sign, h, min] = /^([+-])(\d{2}):?(\d{2})$/.exec(suffix) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(h) * hour + Number(min) * minute);
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds; a zone that nobody knows is UTC. */
function offsetAt(at: Date, zone: string): number {
  const parts = partsIn(zone, at);
  if (!parts) return 0;
  const { year = 0, month = 1, day: date = 1, hour: h = 0, minute: min = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, date, h, min, second) - Math.floor(at.getTime() / 1000) * 1000;
}

function partsIn(zone: string, at: Date): Readonly<Record<string, number>> | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-u-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
