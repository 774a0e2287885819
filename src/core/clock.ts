// Time and ids, both handed in wherever they are needed so that a test can set them.
import { randomBytes } from 'node:crypto';

export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The instant that is written into a ULID. */
export const timeOf = (id: string): Date =>
  new Date([...id.slice(0, 10)].reduce((time, sign) => time * 32 + alphabet.indexOf(sign), 0));

/**
 * A ULID: 26 characters of Crockford's base 32, the first ten of them the time, so that ids sort by age.
 * @param now the instant to write into it
 * @param random 16 bytes; of each, five bits are used
 */
export function newId(now: Date, random: Uint8Array = randomBytes(16)): string {
  let time = '';
  for (let rest = now.getTime(), i = 0; i < 10; i += 1, rest = Math.floor(rest / 32)) time = alphabet[rest % 32] + time;
  return time + Array.from(random.subarray(0, 16), (byte) => alphabet[byte % 32]).join('');
}
