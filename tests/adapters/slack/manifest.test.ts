// The app's manifest is made from the table of routes, and is up to date.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { botScopes, slackManifest } from '../../../adapters/slack/manifest.js';
import { typedRoutes } from '../../../src/core/typed.js';
import { features } from '../../../src/features/index.js';
import { demoFeature } from './demo.js';

const file = join(import.meta.dirname, '..', '..', '..', 'adapters', 'slack', 'manifest.yaml');

test('manifest.yaml is what scripts/slack-manifest.ts makes of the features', () => {
  expect(readFileSync(file, 'utf8')).toBe(slackManifest(features));
});

test('every command is there, typed text arrives escaped', () => {
  const { features: made } = parse(slackManifest(features)) as { features: { slash_commands: { command: string }[] } };
  const names = features.filter((feature) => typedRoutes(feature).length > 0).map(({ name }) => `/${name}`);
  expect(made.slash_commands.map(({ command }) => command)).toEqual(names);
  expect(made.slash_commands).toEqual(
    made.slash_commands.map((one) => expect.objectContaining({ ...one, should_escape: true })),
  );
});

test('a menu item is a message shortcut under the name that inbound looks for', () => {
  const made = parse(slackManifest([demoFeature().feature])) as { features: { shortcuts: unknown[] } };
  expect(made.features.shortcuts).toMatchObject([
    { type: 'message', name: 'Explain this', callback_id: 'explain_this' },
  ]);
});

test('the least scopes, Home and Messages, Socket Mode, no token rotation', () => {
  expect(parse(slackManifest(features))).toMatchObject({
    features: { app_home: { home_tab_enabled: true, messages_tab_enabled: true } },
    oauth_config: { scopes: { bot: [...botScopes] } },
    settings: { interactivity: { is_enabled: true }, socket_mode_enabled: true, token_rotation_enabled: false },
  });
});
