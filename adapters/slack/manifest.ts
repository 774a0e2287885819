// The app's manifest: commands, menu items and scopes, made from the table of routes.
import type { Feature } from '../../src/core/feature.js';
import { typedRoutes, usage } from '../../src/core/typed.js';
import { callbackIdOf } from './inbound.js';

/** All that the bot is allowed, and what for. No history, no addresses. */
export const botScopes = [
  // Slash commands and message shortcuts.
  'commands',
  // Posts, edits and private answers; in public channels also where nobody invited us.
  'chat:write',
  'chat:write.public',
  // Languages, administrators and guests.
  'users:read',
  // Whether a channel is private, and who is in it.
  'channels:read',
  'groups:read',
  // Private messages to members, and the files of private answers, which go that way.
  'im:write',
  'files:write',
] as const;

/** Longest texts in a manifest (docs.slack.dev/reference/app-manifest). */
const longestDescription = 2000;
const longestHint = 1000;
const longestName = 24;

/** @returns YAML, to be pasted where an app is made “from a manifest” */
export function slackManifest(features: readonly Feature[]): string {
  const commands = features.filter((feature) => typedRoutes(feature).length > 0).map(command);
  const shortcuts = features.flatMap(menuItems);
  return [
    '# Made by scripts/slack-manifest.ts from the table of routes; run it after changing commands or menu items.',
    'display_information:',
    '  name: Rapporteur',
    `  description: ${quoted('Acronyms, public comments, pulse polls and working groups for the ICANN community')}`,
    'features:',
    '  app_home:',
    '    home_tab_enabled: true',
    '    messages_tab_enabled: true',
    '    messages_tab_read_only_enabled: true',
    '  bot_user:',
    '    display_name: Rapporteur',
    '    always_online: true',
    ...(shortcuts.length > 0 ? ['  shortcuts:', ...shortcuts.flatMap(listed)] : []),
    ...(commands.length > 0 ? ['  slash_commands:', ...commands.flatMap(listed)] : []),
    'oauth_config:',
    '  scopes:',
    '    bot:',
    ...botScopes.map((scope) => `      - ${scope}`),
    'settings:',
    '  interactivity:',
    '    is_enabled: true',
    '  event_subscriptions:',
    '    bot_events:',
    ...['app_home_opened', 'app_uninstalled', 'tokens_revoked'].map((event) => `      - ${event}`),
    '  org_deploy_enabled: false',
    '  socket_mode_enabled: true',
    '  token_rotation_enabled: false',
    '',
  ].join('\n');
}

type Entry = readonly (readonly [key: string, value: string])[];

/** JSON strings are YAML strings. */
const quoted = (text: string): string => JSON.stringify(text);

const listed = (entry: Entry): readonly string[] =>
  entry.map(([key, value], at) => `    ${at === 0 ? '- ' : '  '}${key}: ${value}`);

function command(feature: Feature): Entry {
  const about = feature.words('en').label(feature.about);
  const hint = hintOf(feature);
  return [
    ['command', `/${feature.name}`],
    ['description', quoted(about.slice(0, longestDescription))],
    ...(hint ? [['usage_hint', quoted(hint.slice(0, longestHint))] as const] : []),
    // People and channels that are typed come as ids with their names, and `& < >` escaped.
    ['should_escape', 'true'],
  ];
}

/** What may follow the command: the options of the main route, then the other verbs. */
function hintOf(feature: Feature): string {
  const [main, ...others] = typedRoutes(feature).map((typed) => usage(typed).slice(feature.name.length + 2));
  return [main, ...others].filter((words) => words).join(' | ');
}

function menuItems(feature: Feature): readonly Entry[] {
  const words = feature.words('en');
  return Object.values(feature.routes).flatMap(({ menu }): readonly Entry[] => {
    if (menu === undefined) return [];
    return [
      [
        ['type', 'message'],
        ['name', quoted(words.label(menu).slice(0, longestName))],
        ['callback_id', callbackIdOf(menu)],
        ['description', quoted(words.label(`${menu}About`))],
      ],
    ];
  });
}
