// Writes adapters/slack/manifest.yaml: `npm run build && node dist/scripts/slack-manifest.js`.
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { slackManifest } from '../adapters/slack/manifest.js';
import { features } from '../src/features/index.js';

let root = dirname(fileURLToPath(import.meta.url));
while (!existsSync(join(root, 'package.json'))) root = dirname(root);
writeFileSync(join(root, 'adapters/slack/manifest.yaml'), slackManifest(features));
