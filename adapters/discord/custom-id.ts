// Target <-> custom_id: what a button, a select menu and a modal carry on Discord.
import type { Target } from '../../src/core/call.js';
import { decodeTarget, encodeTarget } from '../../src/core/target.js';
import { limits } from './limits.js';

/** What a custom_id says besides its target. */
export interface Carried {
  readonly target: Target;
  /** The server it is about, on messages that were sent in private: there Discord does not say. */
  readonly guild?: string | undefined;
  /** The argument under which a select menu's choice goes. */
  readonly name?: string | undefined;
}

/**
 * The three marks are signs that an encoded target never holds.
 * @param nth which of several with the same target in one message: custom_ids have to differ
 * @throws RangeError when it is longer than Discord takes
 */
export function encodeCustomId({ target, guild, name }: Carried, nth = 0): string {
  const customId = [
    encodeTarget(target),
    name === undefined ? '' : `!${name}`,
    guild === undefined ? '' : `~${guild}`,
    nth === 0 ? '' : `#${nth.toString(36)}`,
  ].join('');
  if (customId.length > limits.customId)
    throw new RangeError(`custom_id of ${target.to} has ${customId.length} characters`);
  return customId;
}

export function decodeCustomId(customId: string): Carried {
  const [, encoded = '', name, guild] = /^(.*?)(?:!([\w-]+))?(?:~(\d+))?(?:#\w+)?$/s.exec(customId) ?? [];
  return { target: decodeTarget(encoded), guild, name };
}
