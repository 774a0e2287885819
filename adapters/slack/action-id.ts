// The id of a button or a menu: the encoded target, then what tells it from others in its message.
import type { Target } from '../../src/core/call.js';
import { decodeTarget, encodeTarget } from '../../src/core/target.js';

/** Makes the ids of one message; Slack wants them to differ. An encoded target holds no `#`. */
export interface ActionIds {
  /** @throws RangeError when the target is too long to be carried */
  button(target: Target): string;
  /** @param name the argument under which the choice is handed on */
  menu(target: Target, name: string): string;
}

export function actionIds(): ActionIds {
  const used = new Set<string>();
  const unique = (id: string): string => {
    let candidate = id;
    for (let n = 2; used.has(candidate); n += 1) candidate = `${id}#${n}`;
    used.add(candidate);
    return candidate;
  };
  return {
    button: (target) => unique(encodeTarget(target)),
    menu: (target, name) => unique(`${encodeTarget(target)}#${encodeURIComponent(name)}`),
  };
}

/** What a pressed button leads to. */
export const targetOf = (actionId: string): Target => decodeTarget(actionId.split('#')[0] ?? '');

/** What a choice in a menu leads to. */
export function choiceTarget(actionId: string, value: string): Target {
  const { to, args } = targetOf(actionId);
  const name = decodeURIComponent(actionId.split('#')[1] ?? '');
  return { to, args: { ...args, [name]: value } };
}
