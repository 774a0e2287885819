// Two processes with one token: one holds the gateway connection, the other stands by and still posts.
import { describe, expect, test } from 'vitest';
import { leaseOn } from '../../../src/core/lease.js';
import { features } from '../../../src/features/index.js';
import { ids } from '../../support/discord-stand-in.js';
import { silentLog } from '../../support/log.js';
import { memoryStore } from '../../support/memory-store.js';
import { alice, card, general, read, scene, until } from './stage.js';

async function two() {
  const store = { ...memoryStore(), now: async () => new Date() };
  const lease = (owner: string) => leaseOn({ store, name: 'discord-gateway', owner, log: silentLog });
  const holder = await scene({ store, features, lease: lease('a') });
  await holder.platform.start(holder.core);
  const standby = await scene({ store, features, lease: lease('b'), discord: holder.discord });
  await standby.platform.start(standby.core);
  return { holder, standby, discord: holder.discord };
}

describe('of two processes', () => {
  test('one is connected, and both are well', async () => {
    const { holder, standby, discord } = await two();
    expect(discord.gateway.connections).toBe(1);
    expect([holder.platform.connected(), standby.platform.connected()]).toEqual([true, true]);
  });

  test('the one that stands by posts, edits and knows who may what', async () => {
    const { standby, discord } = await two();
    const { platform } = standby;
    const posted = await platform.post(general, card('from afar'));
    await platform.edit(posted, card('changed from afar'));
    expect(discord.messages.at(-1)?.content).toContain('changed from afar');
    const staff = { ...general, channel: ids.staff };
    expect(await platform.channel(staff)).toBe('private');
    expect(await platform.presence(staff, { ...alice, person: ids.sam })).toBe('member');
    expect(await platform.presence(staff, alice)).toBe('absent');
    const aside = { ...general, channel: ids.aside };
    expect(await platform.presence(aside, { ...alice, person: ids.sam })).toBe('member');
    expect(await platform.presence(aside, alice)).toBe('absent');
    expect(await platform.isAdmin({ ...alice, person: ids.root })).toBe(true);
    expect(discord.faults).toEqual([]);
  });

  test('the other connects when the first stops, and answers', async () => {
    const { holder, standby, discord } = await two();
    await holder.platform.stop();
    await until(() => discord.gateway.connections === 1 && standby.platform.connected());
    const asked = await discord.command('alice', 'acronym', { term: 'PDP' });
    expect(read(asked)).toContain('Policy');
    expect(discord.faults).toEqual([]);
  });
});
