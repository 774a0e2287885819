// Both SDKs imported, and nothing else done.
import '@slack/bolt';
import 'discord.js';

process.stdout.write('ready\n');
