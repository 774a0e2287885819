// Channels that could not be posted in when last tried: where the bot is to be invited, or is looked for in vain.
import { type Blocked, obstacles } from '../../src/core/delivery.js';
import type { RawStore } from '../../src/store/raw.js';
import { type Finding, warning } from './finding.js';

/** Lines at most; a bot that was thrown out everywhere is told so all the same. */
const most = 10;

/** What lets the bot in, by platform. */
const remedies: Readonly<Record<string, string>> = {
  slack: 'type “/invite @Rapporteur” there',
  discord: 'let the bot’s role view it and send messages in it',
};

/** Who has closed their direct messages has their reasons: people are not named. */
export async function invitationsIn(store: RawStore): Promise<readonly Finding[]> {
  const lines: string[] = [];
  for await (const { json } of store.documents(obstacles.name)) {
    const line = lineFor(obstacles.parse(JSON.parse(json)));
    if (line !== undefined) lines.push(line);
  }
  const more = lines.length > most ? [`and ${lines.length - most} more; /rapporteur status names them`] : [];
  return [...lines.slice(0, most), ...more].map((line) => warning('invitations', line));
}

function lineFor({ to, obstacle }: Blocked): string | undefined {
  // A message that was too long says nothing of the channel.
  if (!('channel' in to) || obstacle === 'tooLong') return undefined;
  const where = `nothing can be posted in ${to.channel} of ${to.space}`;
  if (obstacle === 'gone') return `${where}, which is gone or archived; let its followers choose another channel`;
  return `${where} (${obstacle}); ${remedies[to.platform] ?? 'let the bot in'}`;
}
