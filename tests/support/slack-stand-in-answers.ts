// What the methods of the stand-in for Slack have in common: who calls, what is answered, what is refused.
import type { Json } from './slack-stand-in-blocks.js';
import type { SlackChannel, World } from './slack-stand-in-world.js';

/** An app as it is installed in the workspace. */
export interface Installed {
  readonly id: string;
  /** The user id of its bot. */
  readonly bot: string;
  scopes: readonly string[];
  hasMessagesTab: boolean;
}

export type Answer = Json & { readonly ok: boolean };
export type Method = (args: Json, app: Installed, world: World) => Answer;

export const refused = (error: string, extra: Json = {}): Answer => ({ ok: false, error, ...extra });

/** A refusal that no app should ever meet. */
export function fault(world: World, what: string, error: string): Answer {
  world.faults.push(what);
  return refused(error, { response_metadata: { messages: [`[ERROR] ${what}`] } });
}

/** A channel as far as the app may see it. */
export function seen(world: World, app: Installed, id: unknown): SlackChannel | undefined {
  const channel = world.channels.get(String(id));
  return channel?.isPrivate && !channel.members.has(app.bot) ? undefined : channel;
}
