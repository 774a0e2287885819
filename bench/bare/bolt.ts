// Bolt alone, doing the least: a look-up in a Map, and a counter that edits its message at most once a second.
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { App, type BlockAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { syncFolder, writeDurably } from '../../src/store/durable-file.js';
import { termAt, toldOf } from '../terms.js';

const {
  SLACK_BOT_TOKEN,
  SLACK_SIGNING_SECRET,
  SLACK_APP_TOKEN,
  SLACK_API_URL,
  PORT,
  TERMS,
  DATA_DIR = '',
} = process.env;

const told = new Map(Array.from({ length: Number(TERMS) }, (_, nth) => [termAt(nth).acronym, toldOf(termAt(nth))]));

let kept: Promise<void> = Promise.resolve();

/** A new file, fsync, rename, fsync of the folder: one press after the other. */
function keep(count: number): Promise<void> {
  const path = join(DATA_DIR, 'count.json');
  kept = kept.then(async () => {
    await writeDurably(`${path}.tmp`, JSON.stringify({ count }));
    await rename(`${path}.tmp`, path);
    await syncFolder(DATA_DIR);
  });
  return kept;
}

export async function startBolt(): Promise<void> {
  const app = new App({
    token: SLACK_BOT_TOKEN ?? '',
    clientOptions: { slackApiUrl: SLACK_API_URL ?? '' },
    ...(SLACK_APP_TOKEN
      ? { socketMode: true, appToken: SLACK_APP_TOKEN }
      : { signingSecret: SLACK_SIGNING_SECRET ?? '' }),
  });
  app.command('/acronym', async ({ ack, command }) => {
    await ack({ response_type: 'ephemeral', text: told.get(command.text) ?? 'not found' });
  });
  let count = 0;
  let isDue = false;
  const counted = (body: BlockAction, client: WebClient): void => {
    count += 1;
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      const [channel, ts] = [body.channel?.id ?? '', String(body.message?.ts)];
      void client.chat.update({ channel, ts, text: `${count} answers` }).catch(() => undefined);
    }, 1000);
  };
  app.action<BlockAction>('vote', async ({ ack, body, client }) => {
    counted(body, client);
    await ack();
  });
  const receipt = () =>
    ({ response_type: 'ephemeral', replace_original: false, text: `Your answer is counted: ${count}` }) as const;
  // The same, with a receipt for who pressed.
  app.action<BlockAction>('vote-told', async ({ ack, body, client, respond }) => {
    counted(body, client);
    await ack();
    await respond(receipt());
  });
  // And acknowledged only when it is on the disk.
  app.action<BlockAction>('vote-kept', async ({ ack, body, client, respond }) => {
    counted(body, client);
    await keep(count);
    await ack();
    await respond(receipt());
  });
  await app.start(Number(PORT));
}

if (process.argv[1]?.endsWith('bolt.js')) {
  await startBolt();
  process.stdout.write('ready\n');
}
