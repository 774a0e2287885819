// Chance, handed in so that a test can set it: salts, keys, lots.

/** @returns so many random bytes */
export type Random = (size: number) => Uint8Array;

/** Crockford's base 32: no letter is taken for a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 32 bytes, as text. */
export const newSalt = (random: Random): string => Buffer.from(random(32)).toString('base64url');

/** Eight characters that nobody guesses within a day. */
export const newKey = (random: Random): string =>
  Array.from(random(8), (byte) => alphabet[byte % alphabet.length]).join('');

/** A number from 0 to below the one given. */
export const lotsFrom =
  (random: Random) =>
  (below: number): number =>
    Math.floor((Buffer.from(random(4)).readUInt32BE() / 2 ** 32) * below);

/** A short id as it is meant: O is read as 0, I and L as 1, and `ID` before it is no part of it. */
export function shortIdIn(typed: string): string | undefined {
  const [, id] = /^(?:ID[\s:]*)?([0-9A-Z]{4,12})$/.exec(latin(typed)) ?? [];
  return id === undefined ? undefined : crockford(id);
}

/** `7K3F-9XQ2M7KD`: a pulse with the key to it. */
export function doorKeyIn(typed: string): { readonly id: string; readonly key: string } | undefined {
  const [, id, key] = /^(?:ID[\s:]*)?([0-9A-Z]{4,12})-([0-9A-Z]{8})$/.exec(latin(typed)) ?? [];
  return id === undefined || key === undefined ? undefined : { id: crockford(id), key: crockford(key) };
}

const latin = (typed: string): string => typed.normalize('NFKC').trim().toUpperCase();

const crockford = (text: string): string => text.replaceAll('O', '0').replace(/[IL]/g, '1');
