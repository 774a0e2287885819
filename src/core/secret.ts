// SECRET_KEY and keyed hashes: what stands for a person where nobody may learn who it is.
import { createHmac } from 'node:crypto';
import { type Person, personId } from './call.js';

/** Who holds neither the key nor the salt cannot try out every member (TRAPS of plain hashes: 200,000 ids in 0.4 s). */
export type Hash = (of: Person, salt: string) => string;

/**
 * @param key SECRET_KEY, 32 characters or more
 * @returns HMAC-SHA256 of salt and person, in base64url; the same person gets another one under another salt
 */
export const hashWith =
  (key: string): Hash =>
  (of, salt) =>
    createHmac('sha256', key)
      .update(JSON.stringify([salt, personId(of)]))
      .digest('base64url');
