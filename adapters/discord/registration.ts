// Registers the commands with Discord, only when they have changed: 200 creations a day for each server are all there is.
import { createHash } from 'node:crypto';
import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Feature, Logger } from '../../src/core/feature.js';
import type { Kind, Store } from '../../src/core/store.js';
import { discordCommands } from './commands.js';

const schema = z.object({ hash: z.string() });
const registered: Kind<z.infer<typeof schema>> = { name: 'discord-commands', parse: (raw) => schema.parse(raw) };

interface Registration {
  readonly rest: REST;
  readonly application: string;
  /** Register for this server only. */
  readonly guild: string | undefined;
  readonly features: readonly Feature[];
  readonly store: Store;
  readonly log: Logger;
}

/** @throws what Discord or the store threw; the bot serves all the same */
export async function registerCommands({
  rest,
  application,
  guild,
  features,
  store,
  log,
}: Registration): Promise<void> {
  const commands = discordCommands(features);
  const everywhere = Routes.applicationCommands(application);
  const here = guild === undefined ? everywhere : Routes.applicationGuildCommands(application, guild);
  const hash = createHash('sha256').update(JSON.stringify(commands)).digest('hex');
  const collection = store.collection(registered);
  const id = `${application}/${guild ?? 'global'}`;
  const known = await collection.get(id);
  const names = (list: unknown): string =>
    JSON.stringify((list as readonly { name: string }[]).map(({ name }) => name).sort());
  if (known?.value.hash === hash && names(await rest.get(here)) === names(commands)) return;
  await rest.put(here, { body: commands });
  // Left from a time without a server id, they would show twice.
  if (guild !== undefined && names(await rest.get(everywhere)) !== '[]') await rest.put(everywhere, { body: [] });
  if (!known) await collection.insert(id, { hash });
  else await collection.replace(known, { hash });
  log.info({ commands: commands.length }, 'commands registered');
}
