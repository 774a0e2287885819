// Bolt alone, doing the least: a look-up in a Map, and a counter that edits its message at most once a second.
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { App, type BlockAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { termAt, toldOf } from '../terms.js';

const {
  SLACK_BOT_TOKEN,
  SLACK_SIGNING_SECRET,
  SLACK_APP_TOKEN,
  SLACK_API_URL,
  PORT,
  TERMS,
  BLOCKS = '0',
  DATA_DIR,
} = process.env;

const told = new Map(Array.from({ length: Number(TERMS) }, (_, nth) => [termAt(nth).acronym, toldOf(termAt(nth))]));

/** What is told, in so many blocks of some ninety letters. */
const inBlocks = (text: string) =>
  Array.from({ length: Number(BLOCKS) }, (_, nth) => ({
    type: 'section' as const,
    text: { type: 'mrkdwn' as const, text: nth === 0 ? text : 'what else there is to say of it '.repeat(3) },
  }));

/** Each press as a line of a file whose writes wait for the disk: the least that outlives a crash. */
const lines = DATA_DIR ? await open(join(DATA_DIR, 'presses.log'), 'as') : undefined;

export async function startBolt(): Promise<void> {
  const app = new App({
    token: SLACK_BOT_TOKEN ?? '',
    clientOptions: { slackApiUrl: SLACK_API_URL ?? '' },
    ...(SLACK_APP_TOKEN
      ? { socketMode: true, appToken: SLACK_APP_TOKEN }
      : { signingSecret: SLACK_SIGNING_SECRET ?? '' }),
  });
  app.command('/acronym', async ({ ack, command }) => {
    const text = told.get(command.text) ?? 'not found';
    await ack({ response_type: 'ephemeral', text, ...(BLOCKS === '0' ? {} : { blocks: inBlocks(text) }) });
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
    if (!lines) throw new Error('DATA_DIR is not set');
    await lines.write(`${count}\n`);
    await ack();
    await respond(receipt());
  });
  await app.start(Number(PORT));
}

if (process.argv[1]?.endsWith('bolt.js')) {
  await startBolt();
  process.stdout.write('ready\n');
}
