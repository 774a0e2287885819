// The methods of the Web API that the stand-in for Slack knows, refusing what Slack refuses.
import { type Answer, fault, type Installed, type Method, refused, seen } from './slack-stand-in-answers.js';
import { blockFaults, type Json, messageError, viewFaults } from './slack-stand-in-blocks.js';
import { fileMethods } from './slack-stand-in-files.js';
import type { SlackChannel, SlackUser, SlackView, World } from './slack-stand-in-world.js';

/** What each method takes; anything else is refused. */
const takes: Readonly<Record<string, string>> = {
  'auth.test': '',
  'users.info': 'user include_locale',
  'users.list': 'cursor limit include_locale',
  'conversations.info': 'channel include_locale include_num_members',
  'conversations.members': 'channel cursor limit',
  'conversations.open': 'users channel return_im prevent_creation',
  'chat.postMessage': 'channel text blocks thread_ts unfurl_links unfurl_media mrkdwn reply_broadcast',
  'chat.postEphemeral': 'channel user text blocks thread_ts unfurl_links unfurl_media',
  'chat.update': 'channel ts text blocks',
  'files.getUploadURLExternal': 'filename length alt_txt snippet_type',
  'files.completeUploadExternal': 'files channel_id channels thread_ts initial_comment blocks',
  'views.open': 'trigger_id view',
  'views.push': 'trigger_id view',
  'views.update': 'view_id view hash external_id',
  'views.publish': 'user_id view hash',
};

/** What each method takes besides; Bolt names the token there once more. */
const everywhere = ['team_id', 'token'];

/** The scopes of which Slack wants one for a method. */
const needs: Readonly<Record<string, string>> = {
  'users.info': 'users:read',
  'users.list': 'users:read',
  'conversations.info': 'channels:read',
  'conversations.members': 'channels:read',
  'conversations.open': 'channels:manage,groups:write,im:write,mpim:write',
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'files.getUploadURLExternal': 'files:write',
  'files.completeUploadExternal': 'files:write',
};

/** Runs a method as Slack would. */
export function callMethod(name: string, args: Json, app: Installed, world: World): Answer {
  const method = methods[name];
  const known = takes[name]?.split(' ');
  if (!method || !known) return refused('unknown_method');
  const strange = Object.keys(args).filter((key) => ![...known, ...everywhere].includes(key));
  if (strange.length > 0) return fault(world, `${name}: unknown arguments ${strange.join(', ')}`, 'invalid_arguments');
  const scope = needs[name];
  if (scope && !scope.split(',').some((one) => app.scopes.includes(one)))
    return refused('missing_scope', { needed: scope });
  return method(args, app, world);
}

/** What is wrong with a message, if anything. */
function messageRefusal(name: string, { text, blocks }: Json, world: World): Answer | undefined {
  const error = messageError(text, blocks);
  if (error) return fault(world, `${name}: ${error}`, error);
  if (typeof text !== 'string' || text === '') world.faults.push(`${name}: no top-level text beside the blocks`);
  const faults = blocks === undefined ? [] : blockFaults(blocks, 'message');
  return faults.length > 0 ? fault(world, `${name}: ${faults.join('; ')}`, 'invalid_blocks') : undefined;
}

const shownMessage = ({ text, blocks }: Json): { text: string; blocks: readonly Json[] } => ({
  text: String(text ?? ''),
  blocks: (blocks ?? []) as readonly Json[],
});

/** The channel that a message is for: a channel, or a user's direct messages. */
function target(args: Json, app: Installed, world: World): SlackChannel | string {
  const id = String(args.channel);
  if (/^[UW]/.test(id)) {
    if (!world.users.has(id)) return 'channel_not_found';
    return app.hasMessagesTab ? world.direct(app.bot, id) : 'messages_tab_disabled';
  }
  const channel = seen(world, app, id);
  if (!channel) return 'channel_not_found';
  if (channel.isArchived) return 'is_archived';
  if (channel.directWith) return app.hasMessagesTab ? channel : 'messages_tab_disabled';
  const isOpen = channel.members.has(app.bot) || app.scopes.includes('chat:write.public');
  return isOpen ? channel : 'not_in_channel';
}

function openView(args: Json, app: Installed, world: World, isPushed: boolean): Answer {
  const faults = viewFaults(args.view);
  if (faults.length > 0) return fault(world, `views: ${faults.join('; ')}`, 'invalid_arguments');
  const used = world.useTrigger(args.trigger_id);
  if ('error' in used) return refused(used.error);
  const mine = world.modals.filter(({ user, app: owner }) => user === used.user && owner === app.id);
  if (isPushed && mine.length >= 3) return refused('push_limit_reached');
  // A modal that is opened takes the place of all that were open.
  if (!isPushed) for (const old of mine) world.closeModal(old);
  const view = {
    id: `V${world.next()}`,
    app: app.id,
    user: used.user,
    hash: `h${world.next()}`,
    view: args.view as Json,
  };
  world.modals.push(view);
  return { ok: true, view: viewPayload(view, world) };
}

/** A view as payloads and answers carry it. */
export function viewPayload({ id, hash, view, app }: SlackView, world: World, values: Json = {}): Json {
  const { private_metadata = '', callback_id = '', ...rest } = view;
  return { ...rest, id, hash, team_id: world.team, app_id: app, private_metadata, callback_id, state: { values } };
}

function userPayload(user: SlackUser, world: World, withLocale: boolean): Json {
  return {
    id: user.id,
    team_id: user.team ?? world.team,
    name: user.id.toLowerCase(),
    deleted: user.isDeleted ?? false,
    is_admin: user.isAdmin ?? false,
    is_owner: user.isOwner ?? false,
    is_primary_owner: false,
    is_restricted: user.isRestricted ?? false,
    is_ultra_restricted: user.isUltraRestricted ?? false,
    is_stranger: user.isStranger ?? false,
    is_bot: false,
    profile: { display_name: user.displayName ?? '', real_name: user.realName ?? '' },
    ...(user.zone ? { tz: user.zone } : {}),
    ...(withLocale && user.locale ? { locale: user.locale } : {}),
  };
}

const methods: Readonly<Record<string, Method>> = {
  ...fileMethods,
  'auth.test': (_, app, world) => ({
    ok: true,
    url: 'https://example.slack.com/',
    team: 'Example',
    user: 'rapporteur',
    team_id: world.team,
    user_id: app.bot,
    bot_id: `B${app.id}`,
    is_enterprise_install: false,
  }),
  'users.info': ({ user: id, include_locale: locale }, _, world) => {
    const user = world.users.get(String(id));
    return user ? { ok: true, user: userPayload(user, world, locale === 'true') } : refused('user_not_found');
  },
  'users.list': ({ cursor = '0', limit = '0', include_locale: locale }, _, world) => {
    const all = [...world.users.values()];
    const from = Number(cursor);
    const size = Number(limit) || all.length;
    const members = all.slice(from, from + size).map((user) => userPayload(user, world, locale === 'true'));
    const next = from + size < all.length ? String(from + size) : '';
    return { ok: true, members, response_metadata: { next_cursor: next } };
  },
  'conversations.info': ({ channel: id }, app, world) => {
    const channel = seen(world, app, id);
    if (!channel) return refused('channel_not_found');
    const { isPrivate = false, isArchived = false, isShared = false, directWith } = channel;
    const shape = {
      is_private: isPrivate,
      is_archived: isArchived,
      is_ext_shared: isShared,
      is_im: Boolean(directWith),
    };
    const member = { is_member: channel.members.has(app.bot) };
    return { ok: true, channel: { id: channel.id, name: channel.name, is_mpim: false, ...shape, ...member } };
  },
  'conversations.members': ({ channel: id, cursor = '0', limit = '100' }, app, world) => {
    const channel = seen(world, app, id);
    if (!channel) return refused('channel_not_found');
    const size = Number(limit);
    if (!(size >= 1 && size <= 1000)) return refused('invalid_limit');
    const all = [...channel.members];
    const from = Number(cursor);
    const isLast = from + size >= all.length;
    const metadata = { next_cursor: isLast ? '' : String(from + size) };
    return { ok: true, members: all.slice(from, from + size), response_metadata: metadata };
  },
  'conversations.open': ({ users }, app, world) => {
    const user = world.users.get(String(users));
    if (!user) return refused('user_not_found');
    if (user.isDeleted) return refused('user_disabled');
    return { ok: true, channel: { id: world.direct(app.bot, user.id).id } };
  },
  'chat.postMessage': (args, app, world) => {
    const channel = target(args, app, world);
    if (typeof channel === 'string') return refused(channel);
    const refusal = messageRefusal('chat.postMessage', args, world);
    if (refusal) return refusal;
    const thread = args.thread_ts === undefined ? {} : { thread: String(args.thread_ts) };
    const { ts, text } = world.post({ ...shownMessage(args), channel: channel.id, app: app.id, ...thread });
    return { ok: true, ts, channel: channel.id, message: { ts, text } };
  },
  'chat.postEphemeral': (args, app, world) => {
    const channel = seen(world, app, args.channel);
    if (!channel) return refused('channel_not_found');
    if (channel.isArchived) return refused('is_archived');
    if (!channel.members.has(app.bot)) return refused('not_in_channel');
    const user = String(args.user);
    if (!channel.members.has(user)) return refused('user_not_in_channel');
    const refusal = messageRefusal('chat.postEphemeral', args, world);
    if (refusal) return refusal;
    const thread = args.thread_ts === undefined ? {} : { thread: String(args.thread_ts) };
    const message = { ...shownMessage(args), channel: channel.id, app: app.id, onlyFor: user, ...thread };
    return { ok: true, message_ts: world.post(message).ts };
  },
  'chat.update': (args, app, world) => {
    const channel = seen(world, app, args.channel);
    if (!channel) return refused('channel_not_found');
    const message = world.messages.find(({ ts, channel: at }) => ts === args.ts && at === channel.id);
    if (!message || message.onlyFor) return refused('message_not_found');
    if (message.app !== app.id) return refused('cant_update_message');
    const refusal = messageRefusal('chat.update', args, world);
    if (refusal) return refusal;
    Object.assign(message, shownMessage(args), { edits: message.edits + 1 });
    return { ok: true, ts: message.ts, channel: channel.id, text: message.text };
  },
  'views.open': (args, app, world) => openView(args, app, world, false),
  'views.push': (args, app, world) => openView(args, app, world, true),
  'views.update': (args, app, world) => {
    const view = world.modals.find(({ id, app: owner }) => id === args.view_id && owner === app.id);
    if (!view) return refused('not_found');
    if (args.hash !== undefined && args.hash !== view.hash) return refused('hash_conflict');
    const faults = viewFaults(args.view);
    if (faults.length > 0) return fault(world, `views.update: ${faults.join('; ')}`, 'invalid_arguments');
    Object.assign(view, { view: args.view, hash: `h${world.next()}` });
    return { ok: true, view: viewPayload(view, world) };
  },
  'views.publish': (args, app, world) => {
    const faults = viewFaults(args.view);
    if (faults.length > 0) return fault(world, `views.publish: ${faults.join('; ')}`, 'invalid_arguments');
    const user = String(args.user_id);
    if (!world.users.has(user)) return refused('user_not_found');
    const view = { id: `V${world.next()}`, app: app.id, user, hash: `h${world.next()}`, view: args.view as Json };
    world.homes.set(`${app.id} ${user}`, view);
    return { ok: true, view: viewPayload(view, world) };
  },
};
