// Target <-> the string on a button ("pulse.vote?id=01J…&option=2").
import type { Target } from './call.js';

/**
 * Longest encoded target, in ASCII characters. Discord gives a custom_id 100 (developer docs, "Component reference");
 * 22 of them are left to the adapter, which has to name the server on buttons that it sends in direct messages.
 */
export const maxTarget = 78;

/**
 * Writes a target as the string that a button carries.
 * @throws RangeError when it is longer than {@link maxTarget}: buttons carry ids, never text
 */
export function encodeTarget(target: Target): string {
  const query = new URLSearchParams(target.args).toString();
  const encoded = query ? `${target.to}?${query}` : target.to;
  if (encoded.length > maxTarget) throw new RangeError(`target of ${target.to} has ${encoded.length} characters`);
  return encoded;
}

/** Reads such a string back; whatever it holds, an unknown route is dispatch's to refuse. */
export function decodeTarget(encoded: string): Target {
  const cut = encoded.indexOf('?');
  if (cut < 0) return { to: encoded, args: {} };
  return { to: encoded.slice(0, cut), args: Object.fromEntries(new URLSearchParams(encoded.slice(cut + 1))) };
}
