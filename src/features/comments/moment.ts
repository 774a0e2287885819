// Dates and times as people and lists write them -> a moment, with how exact it is. Pure.
import type { Moment } from './model.js';
import { isDay, zoneNamed } from './zone.js';

const shape = /^(\d{4}-\d{2}-\d{2})(?:(?:T|\s+|,\s*)(\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?\s*(.*))?$/;

/**
 * Reads `2026-04-12`, `2026-04-12 18:00`, `2026-04-12T23:59:00Z`, `2026-04-12 18:00 Europe/Brussels`. A time without a
 * zone is in UTC, as all times of ICANN's proceedings are.
 * @returns undefined for anything else: a date that can be read in two ways is not guessed
 */
export function readMoment(typed: string): Moment | undefined {
  const [, on = '', time, rest = ''] = shape.exec(typed.trim()) ?? [];
  if (!isDay(on)) return undefined;
  if (time === undefined) return { on, zone: 'UTC', exact: 'date' };
  const clock = time.padStart(5, '0');
  if (clock > '23:59') return undefined;
  if (/^[+-]\d{2}:?\d{2}$/.test(rest)) return atOffset(on, clock, rest);
  const zone = /^(Z|UTC|GMT)?$/i.test(rest) ? 'UTC' : zoneNamed(rest.replace(/^\((.*)\)$/, '$1'));
  return zone === undefined ? undefined : { on, time: clock, zone, exact: 'stated' };
}

/** An offset is no zone: what it says is said in UTC. */
function atOffset(on: string, time: string, offset: string): Moment | undefined {
  const at = new Date(`${on}T${time}:00${offset.replace(/^([+-]\d{2}):?/, '$1:')}`);
  if (Number.isNaN(at.getTime())) return undefined;
  return momentAt(at);
}

/** An instant as a moment in UTC. */
export function momentAt(at: Date): Moment {
  const iso = at.toISOString();
  return { on: iso.slice(0, 10), time: iso.slice(11, 16), zone: 'UTC', exact: 'stated' };
}

/** `2026-04`: a month is all that is known. */
export const readMonth = (typed: string): string | undefined => /^\s*(\d{4}-(?:0[1-9]|1[0-2]))\s*$/.exec(typed)?.[1];

/** A moment as it is edited, to be read back by {@link readMoment}. */
export const writtenMoment = ({ on, time, zone }: Moment): string =>
  time === undefined ? on : `${on} ${time} ${zone}`;
