// Slack's payloads -> what someone did and where, in our words.
import type { BlockAction, MessageShortcut, SlashCommand, ViewSubmitAction } from '@slack/bolt';
import type { Args, Person, Place, Posted, Target } from '../../src/core/call.js';
import type { Feature } from '../../src/core/feature.js';
import { decodeTarget } from '../../src/core/target.js';
import { readTyped } from '../../src/core/typed.js';
import { choiceTarget, targetOf } from './action-id.js';
import { type Filled, filledIn } from './modal.js';
import { type Opened, openedIn } from './opened.js';
import { chosenValue } from './option.js';
import { unescaped } from './unescape.js';

/**
 * Where something was done, which decides how it is answered: a typed command; an item in a message's menu; a button on
 * a message that one person sees (`private`) or all (`public`), in App Home, or in a modal that shows a card; a
 * submitted form.
 */
export type Surface = 'command' | 'menu' | 'private' | 'public' | 'home' | 'card' | 'form';

/** A modal as it is open at its owner's. */
export interface ShownView {
  readonly id: string;
  readonly hash: string;
  readonly callbackId: string;
  /** Names of its fields, in order. */
  readonly inputs: readonly string[];
}

/** Something that a member did. */
export interface Arrival extends Target {
  readonly surface: Surface;
  /** Tells a second delivery of the same from another one; undefined: cannot be told. */
  readonly key: string | undefined;
  readonly by: Person;
  readonly place: Place;
  readonly on: Posted | undefined;
  readonly opened: Opened;
  readonly triggerId: string | undefined;
  readonly responseUrl: string | undefined;
  readonly view: ShownView | undefined;
}

/** What is the same for all: who did it, in which workspace. */
interface Doer {
  /**
   * The workspace that installed us. Payloads name other ones for people of connected workspaces, who are guests in
   * ours (docs.slack.dev/apis/slack-connect).
   */
  readonly space: string;
  readonly user: string;
}

const personOf = ({ space, user }: Doer): Person => ({ platform: 'slack', space, person: user });

/** App Home is no channel; there a member's own id stands for the direct messages with us. */
function placeOf({ space, user }: Doer, { channel, thread }: Opened): Place {
  return { platform: 'slack', space, channel: channel ?? user, ...(thread === undefined ? {} : { thread }) };
}

/** What differs from one kind of arrival to the next. */
type Details = Pick<Arrival, 'surface' | 'opened'> & {
  readonly [name in 'key' | 'triggerId' | 'responseUrl' | 'view']?: Arrival[name];
};

/** Written out member by member: this is made for every call, and to spread objects costs several times as much. */
function arrival(doer: Doer, { to, args }: Target, details: Details): Arrival {
  const { surface, opened, key, triggerId, responseUrl, view } = details;
  const place = placeOf(doer, opened);
  // A modal or App Home is no message that could be drawn anew.
  const message = surface === 'card' || surface === 'home' ? undefined : opened.message;
  const on = message === undefined ? undefined : { ...place, message };
  return { to, args, surface, key, by: personOf(doer), place, on, opened, triggerId, responseUrl, view };
}

/** A typed command. One that is not ours goes on under its name: dispatch has the words for that. */
export function fromCommand(body: SlashCommand, space: string, features: readonly Feature[]): Arrival {
  const target = readTyped(features, body.command, unescaped(body.text ?? '')) ?? { to: body.command, args: {} };
  return arrival({ space, user: body.user_id }, target, {
    surface: 'command',
    opened: { channel: body.channel_id },
    key: body.trigger_id && `command ${body.trigger_id}`,
    triggerId: body.trigger_id,
    responseUrl: body.response_url,
  });
}

/** A pressed button, or a choice in a menu. */
export function fromAction(body: BlockAction, space: string): Arrival {
  const [action] = body.actions;
  const target = action?.type === 'static_select' ? chosenTarget(action) : targetOf(action?.action_id ?? '');
  const { view, container } = body;
  const opened = view ? openedIn(view.private_metadata) : openedOn(body);
  const surface = view ? (view.type === 'home' ? 'home' : 'card') : container.is_ephemeral ? 'private' : 'public';
  return arrival({ space, user: body.user.id }, target, {
    surface,
    opened,
    key: `action ${body.trigger_id ?? action?.action_ts}`,
    triggerId: body.trigger_id,
    responseUrl: body.response_url,
    view: view && shown(view),
  });
}

const chosenTarget = (action: { action_id: string; selected_option?: { value: string } }): Target =>
  choiceTarget(action.action_id, chosenValue(action.selected_option?.value ?? ''));

function openedOn({ container, channel, message }: BlockAction): Opened {
  const thread: unknown = container.thread_ts ?? message?.thread_ts;
  return {
    channel: channel?.id ?? container.channel_id,
    message: container.message_ts ?? message?.ts,
    ...(typeof thread === 'string' ? { thread } : {}),
    ...(container.is_ephemeral ? { isEphemeral: true } : {}),
  };
}

/** A submitted form: the arguments of its target and, by name, what was filled in. */
export function fromSubmission(body: ViewSubmitAction, space: string): Arrival {
  const { view } = body;
  const { to, args } = decodeTarget(view.callback_id);
  const typed: Args = filledIn(view.state.values as Filled);
  const opened = openedIn(view.private_metadata);
  const filled = { to, args: { ...args, ...typed } };
  return arrival({ space, user: body.user.id }, filled, {
    surface: 'form',
    opened,
    key: `form ${view.id} ${view.hash}`,
    triggerId: body.trigger_id,
    view: shown(view),
  });
}

function shown(view: ViewSubmitAction['view']): ShownView {
  const inputs = view.blocks.flatMap(({ type, block_id: name }) => (type === 'input' && name ? [name] : []));
  return { id: view.id, hash: view.hash, callbackId: view.callback_id, inputs };
}

/** `explainAcronyms` -> `explain_acronyms`: how a menu's word key is written in the app's manifest. */
export const callbackIdOf = (menu: string): string => menu.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** An item in a message's menu, called with the message's text. */
export function fromMenu(body: MessageShortcut, space: string, features: readonly Feature[]): Arrival {
  const routes = features.flatMap((feature) => Object.entries(feature.routes));
  const [to] = routes.find(([, { menu }]) => menu !== undefined && callbackIdOf(menu) === body.callback_id) ?? [];
  const thread: unknown = body.message.thread_ts;
  const opened = { channel: body.channel.id, ...(typeof thread === 'string' ? { thread } : {}) };
  const target = { to: to ?? body.callback_id, args: { text: unescaped(body.message.text ?? '') } };
  return arrival({ space, user: body.user.id }, target, {
    surface: 'menu',
    opened,
    key: `menu ${body.trigger_id}`,
    triggerId: body.trigger_id,
    responseUrl: body.response_url,
  });
}

/** The route whose card App Home shows, if there is one. */
export function homeRoute(features: readonly Feature[]): string | undefined {
  const routes = features.flatMap((feature) => Object.entries(feature.routes));
  return routes.find(([, { home }]) => home)?.[0];
}

/** Someone who opened App Home, or did something there. */
export const atHome = (user: string, space: string, to: string): Arrival =>
  arrival({ space, user }, { to, args: {} }, { surface: 'home', opened: {} });
