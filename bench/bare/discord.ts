// discord.js alone, doing the least: a look-up in a Map, answered privately.
import { Client, GatewayIntentBits, MessageFlags } from 'discord.js';
import { termAt, toldOf } from '../terms.js';

const { DISCORD_TOKEN, DISCORD_API_URL, TERMS } = process.env;

const told = new Map(Array.from({ length: Number(TERMS) }, (_, nth) => [termAt(nth).acronym, toldOf(termAt(nth))]));

export async function startDiscord(): Promise<void> {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: DISCORD_API_URL ?? '' } });
  client.on('interactionCreate', (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const content = told.get(interaction.options.getString('term', true)) ?? 'not found';
    void interaction.reply({ content, flags: MessageFlags.Ephemeral });
  });
  const ready = new Promise((resolve) => client.once('clientReady', resolve));
  await client.login(DISCORD_TOKEN);
  await ready;
}

if (process.argv[1]?.endsWith('discord.js')) {
  await startDiscord();
  process.stdout.write('ready\n');
}
