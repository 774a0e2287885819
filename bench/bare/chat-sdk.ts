// The Chat SDK with its Slack adapter, doing the least: a look-up in a Map, answered privately.
import { createServer } from 'node:http';
import { createSlackAdapter } from '@chat-adapter/slack';
import { createMemoryState } from '@chat-adapter/state-memory';
import { type Adapter, Chat } from 'chat';
import { termAt, toldOf } from '../terms.js';

const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL, PORT, TERMS } = process.env;

const told = new Map(Array.from({ length: Number(TERMS) }, (_, nth) => [termAt(nth).acronym, toldOf(termAt(nth))]));

const slack = createSlackAdapter({
  botToken: SLACK_BOT_TOKEN ?? '',
  signingSecret: SLACK_SIGNING_SECRET ?? '',
  apiUrl: SLACK_API_URL ?? '',
});
// Its own types do not fit each other where optional properties are taken to the letter.
const adapters = { slack: slack as Adapter };
const bot = new Chat({ userName: 'bare', adapters, state: createMemoryState(), logger: 'silent' });
const take = bot.webhooks.slack;

bot.onSlashCommand('/acronym', async (event) => {
  await event.channel.postEphemeral(event.user, told.get(event.text) ?? 'not found', { fallbackToDM: false });
});
await bot.initialize();

// Its webhooks take what the web calls a Request.
createServer((incoming, outgoing) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => void answer());
  const answer = async (): Promise<void> => {
    const url = `http://${incoming.headers.host}${incoming.url}`;
    const headers = new Headers(incoming.headers as Record<string, string>);
    const request = new Request(url, { method: 'POST', headers, body: Buffer.concat(chunks) });
    const response = await take(request, { waitUntil: (work) => void work.catch(() => undefined) });
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  };
}).listen(Number(PORT), '127.0.0.1', () => process.stdout.write('ready\n'));
