// Ids of senses on buttons: as many on each as it can carry.
import type { Args } from '../../core/call.js';
import { to } from '../../core/card.js';
import { encodeTarget } from '../../core/target.js';

/**
 * @param most ids on one button at most
 * @returns for each button the argument `ids` that it carries
 */
export function idGroups(ids: readonly string[], route: string, args: Args, most = ids.length): readonly string[] {
  const groups: string[][] = [];
  for (const id of new Set(ids)) {
    const last = groups.at(-1);
    if (last && last.length < most && fits([...last, id], route, args)) last.push(id);
    else groups.push([id]);
  }
  return groups.map(joined);
}

const joined = (ids: readonly string[]): string => ids.join('_');

function fits(ids: readonly string[], route: string, args: Args): boolean {
  try {
    return encodeTarget(to(route, { ids: joined(ids), ...args })).length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What such a button carries, read back. */
export const idsIn = ({ ids = '' }: Args): readonly string[] => ids.split('_').filter((id) => id !== '');
