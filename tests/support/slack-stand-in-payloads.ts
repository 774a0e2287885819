// What Slack sends to an app when a member does something (docs.slack.dev/reference/interaction-payloads).

import type { Installed } from './slack-stand-in-answers.js';
import { type Json, optionsOf } from './slack-stand-in-blocks.js';
import { viewPayload } from './slack-stand-in-methods.js';
import type { SlackMessage, SlackView, World } from './slack-stand-in-world.js';

/** Where something was done and by whom. */
export interface Doing {
  readonly app: Installed;
  readonly user: string;
  readonly world: World;
  /** Makes the address of a response_url out of its last part. */
  readonly responseAt: (id: string) => string;
}

const common = ({ app, user, world }: Doing): Json => ({
  token: 'verification',
  api_app_id: app.id,
  team: { id: world.team, domain: 'example' },
  user: { id: user, username: user.toLowerCase(), team_id: world.users.get(user)?.team ?? world.team },
  is_enterprise_install: false,
  trigger_id: world.trigger(user),
});

/** `& < >` arrive escaped; a typed link arrives as a token. */
export const escapedText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A slash command; its text is what arrives, tokens and all. */
export function commandPayload(doing: Doing, channel: string, command: string, text: string): Record<string, string> {
  const { app, user, world, responseAt } = doing;
  return {
    token: 'verification',
    team_id: world.team,
    team_domain: 'example',
    channel_id: channel,
    channel_name: world.channels.get(channel)?.name ?? 'directmessage',
    user_id: user,
    user_name: user.toLowerCase(),
    command,
    text,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    response_url: responseAt(world.responseUrl({ app: app.id, user, channel })),
    trigger_id: world.trigger(user),
  };
}

/** Buttons and menus among blocks, in order. */
export function elementsIn(blocks: unknown): readonly Json[] {
  return (blocks as readonly Json[]).flatMap((block) => {
    if (block.type === 'actions') return block.elements as readonly Json[];
    return block.accessory ? [block.accessory as Json] : [];
  });
}

const textOf = (value: unknown): string => String((value as Json | undefined)?.text ?? '');

/** What happens at an element: a button by its label, or the choice of an option by its label. */
export function actionOn(blocks: unknown, label: string, ts: string): Json {
  const elements = elementsIn(blocks);
  const found = elements.find(({ type, text }) => type === 'button' && textOf(text) === label);
  if (found) return { ...found, block_id: 'b1', action_ts: ts };
  for (const element of elements) {
    const option = optionsOf(element).find(({ text }) => textOf(text) === label);
    if (option) {
      const { type, action_id } = element;
      return { type, action_id, block_id: 'b1', selected_option: option, action_ts: ts };
    }
  }
  const there = elements.map(({ text }) => textOf(text)).join(', ');
  throw new Error(`there is no “${label}” to press; there are: ${there}`);
}

export function messageActions(doing: Doing, message: SlackMessage, label: string): Json {
  const { app, user, world, responseAt } = doing;
  const { channel, ts, thread, text, blocks } = message;
  const inThread = thread === undefined ? {} : { thread_ts: thread };
  const isEphemeral = message.onlyFor !== undefined;
  return {
    type: 'block_actions',
    ...common(doing),
    container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: isEphemeral, ...inThread },
    channel: { id: channel, name: world.channels.get(channel)?.name ?? '' },
    // Slack leaves out what only one person sees.
    ...(isEphemeral ? {} : { message: { type: 'message', user: app.bot, ts, text, blocks, ...inThread } }),
    response_url: responseAt(world.responseUrl({ app: app.id, user, channel, message })),
    actions: [actionOn(blocks, label, world.ts())],
    state: { values: {} },
  };
}

export function viewActions(doing: Doing, view: SlackView, label: string): Json {
  return {
    type: 'block_actions',
    ...common(doing),
    container: { type: 'view', view_id: view.id },
    view: viewPayload(view, doing.world),
    actions: [actionOn(view.view.blocks, label, doing.world.ts())],
  };
}

export function messageShortcut(
  doing: Doing,
  callbackId: string,
  channel: string,
  text: string,
  thread?: string,
): Json {
  const { app, user, world, responseAt } = doing;
  const ts = world.ts();
  return {
    type: 'message_action',
    ...common(doing),
    callback_id: callbackId,
    action_ts: world.ts(),
    channel: { id: channel, name: world.channels.get(channel)?.name ?? '' },
    message_ts: ts,
    message: { type: 'message', user: 'UBOB', ts, text, ...(thread === undefined ? {} : { thread_ts: thread }) },
    response_url: responseAt(world.responseUrl({ app: app.id, user, channel })),
  };
}

/**
 * @param filled by field name: text, the label of an option, the labels of all boxes that are ticked with a line each,
 *   or a channel's id; what is left out stays as it is shown
 * @throws Error where Slack's own modal would not let it go: empty where required, too long, no such option
 */
export function submission(doing: Doing, shown: SlackView, filled: Readonly<Record<string, string>>): Json {
  const inputs = (shown.view.blocks as readonly Json[]).filter(({ type }) => type === 'input');
  const strange = Object.keys(filled).filter((name) => !inputs.some(({ block_id }) => block_id === name));
  if (strange.length > 0) throw new Error(`the form has no field ${strange.join(', ')}`);
  const values = Object.fromEntries(
    inputs.map((input) => {
      const element = input.element as Json;
      const name = String(input.block_id);
      return [name, { [String(element.action_id)]: stateOf(name, element, input.optional === true, filled[name]) }];
    }),
  );
  const view = viewPayload(shown, doing.world, values);
  return { type: 'view_submission', ...common(doing), view, response_urls: [] };
}

function stateOf(name: string, element: Json, isOptional: boolean, filled: string | undefined): Json {
  const required = <T>(value: T | null): T | null => {
    if (value === null && !isOptional) throw new Error(`${name} must be filled in`);
    return value;
  };
  if (element.type === 'static_select') {
    const option = optionsOf(element).find(({ text }) => textOf(text) === filled);
    if (filled !== undefined && !option) throw new Error(`${name} has no option “${filled}”`);
    return { type: element.type, selected_option: required(option ?? element.initial_option ?? null) };
  }
  if (element.type === 'checkboxes') {
    const ticked = filled === undefined ? (element.initial_options ?? []) : boxesOf(name, element, filled);
    required((ticked as readonly Json[]).length === 0 ? null : ticked);
    return { type: element.type, selected_options: ticked };
  }
  if (element.type === 'conversations_select') {
    return { type: element.type, selected_conversation: required(filled ?? element.initial_conversation ?? null) };
  }
  const value = filled ?? (element.initial_value as string | undefined);
  if (value && value.length > Number(element.max_length)) throw new Error(`${name} is too long`);
  return { type: element.type, value: required(value || null) };
}

function boxesOf(name: string, element: Json, labels: string): readonly Json[] {
  return labels
    .split('\n')
    .filter((label) => label !== '')
    .map((label) => {
      const box = optionsOf(element).find(({ text }) => textOf(text) === label);
      if (!box) throw new Error(`${name} has no box “${label}”`);
      return box;
    });
}

export function eventPayload({ app, world }: Doing, event: Json): Json {
  return {
    token: 'verification',
    team_id: world.team,
    api_app_id: app.id,
    type: 'event_callback',
    event_id: `Ev${world.next()}`,
    event_time: 1_700_000_000,
    event,
    authorizations: [
      { enterprise_id: null, team_id: world.team, user_id: app.bot, is_bot: true, is_enterprise_install: false },
    ],
  };
}
