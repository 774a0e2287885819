// Both SDKs in one process, doing the least.
import { startBolt } from './bolt.js';
import { startDiscord } from './discord.js';

await Promise.all([startBolt(), startDiscord()]);
process.stdout.write('ready\n');
