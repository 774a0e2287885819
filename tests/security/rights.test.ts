// SECURITY.md: who may do what.
import { expect } from 'vitest';
import { slackPlatform } from '../../adapters/slack/connect.js';
import { assemble } from '../../src/core/bot.js';
import type { Person } from '../../src/core/call.js';
import { systemClock } from '../../src/core/clock.js';
import { features } from '../../src/features/index.js';
import { claim } from '../support/claim.js';
import { cardOf, harness, textOf } from '../support/harness.js';
import { silentLog } from '../support/log.js';
import { memoryStore } from '../support/memory-store.js';
import { testParts } from '../support/parts.js';
import { note } from '../support/sample-feature.js';
import { slackStandIn } from '../support/slack-stand-in.js';

const person = (id: string, space = 'S1'): Person => ({ platform: 'fake', space, person: id });

claim('S1: staff are the members of the staff channel and nobody else', async () => {
  const bot = await harness({ staff: 'staff' });
  const isStaff = (id: string): Promise<boolean> => bot.bot.is({ by: person(id) }, 'staff');
  bot.platform.channels.get('staff')?.members.add('gus');
  bot.platform.guests.add('gus');
  expect(await Promise.all(['sam', 'alice', 'root', 'gus'].map(isStaff))).toEqual([true, false, false, false]);
  expect(await bot.bot.is({ by: person('root') }, 'admin')).toBe(true);
});

claim('S1: on Slack, guests, strangers and those who left are no staff, although they are in the channel', async () => {
  const slack = await slackStandIn();
  const app = slack.install();
  app.join('CSTAFF');
  const { botToken: token, signingSecret } = app.options;
  const platform = slackPlatform({ token, signingSecret, apiUrl: slack.apiUrl, log: silentLog });
  const parts = { ...testParts, store: memoryStore(), clock: systemClock, log: silentLog };
  const { core, bot } = assemble({ features: [], platforms: [platform], staffChannels: { slack: 'CSTAFF' }, ...parts });
  await platform.start(core);
  const isStaff = (id: string) => bot.is({ by: { platform: 'slack', space: 'T1', person: id } }, 'staff');
  expect(await Promise.all(['UADA', 'UGUS', 'UUNA', 'USTAN', 'ULEA'].map(isStaff))).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
  await platform.stop();
  await slack.close();
});

claim('S2: a staff channel that is public makes nobody staff, also when it was made public later', async () => {
  const open = await harness({ staff: 'general' });
  expect(await open.bot.is({ by: person('sam') }, 'staff')).toBe(false);
  const bot = await harness({ staff: 'staff', now: '2026-03-01T12:00:00Z' });
  expect(await bot.bot.is({ by: person('sam') }, 'staff')).toBe(true);
  const channel = bot.platform.channels.get('staff');
  if (channel) channel.state = 'public';
  await bot.sleepUntil('2026-03-01T12:01:01Z');
  expect(await bot.bot.is({ by: person('sam') }, 'staff')).toBe(false);
});

claim('S3: where the platform cannot be asked, the answer is no', async () => {
  const bot = await harness({ staff: 'staff' });
  const cannot = async (): Promise<never> => {
    throw new Error('the platform is away');
  };
  Object.assign(bot.platform, { presence: cannot, isAdmin: cannot });
  expect(await bot.bot.is({ by: person('sam') }, 'staff')).toBe(false);
  expect(await bot.bot.is({ by: person('root') }, 'admin')).toBe(false);
  expect(textOf(cardOf(await bot.type('root', '/rapporteur settings')))).toContain('administrators');
});

claim('S4: a right that was taken away lives for a minute at most', async () => {
  const bot = await harness({ staff: 'staff', now: '2026-03-01T12:00:00Z' });
  const has = async (): Promise<readonly boolean[]> => [
    await bot.bot.is({ by: person('sam') }, 'staff'),
    await bot.bot.is({ by: person('root') }, 'admin'),
  ];
  expect(await has()).toEqual([true, true]);
  bot.platform.channels.get('staff')?.members.delete('sam');
  bot.platform.admins.delete('root');
  await bot.sleepUntil('2026-03-01T12:01:01Z');
  expect(await has()).toEqual([false, false]);
});

claim('S5: only administrators name the staff channel', async () => {
  const bot = await harness();
  await bot.call('alice', 'rapporteur.set', { staff: 'staff' });
  expect(await bot.bot.settings.staffPlace(person('alice'))).toBe(undefined);
  await bot.call('root', 'rapporteur.set', { staff: 'staff' });
  expect(await bot.bot.settings.staffPlace(person('alice'))).toMatchObject({ channel: 'staff' });
});

claim('S5: nobody names it in chat where the environment names it', async () => {
  const bot = await harness({ staff: 'staff' });
  bot.platform.channels.set('other', { state: 'private', members: new Set(['root']) });
  await bot.call('root', 'rapporteur.set', { staff: 'other' });
  expect(await bot.bot.settings.staffPlace(person('root'))).toMatchObject({ channel: 'staff' });
  expect(bot.store.dump()).not.toContain('other');
});

claim('S6: a form that was kept opens for its owner alone, and not in another workspace', async () => {
  const bot = await harness({ features: [note] });
  const form = { locale: 'en', title: 'Note', target: { to: 'note.save', args: {} }, fields: [] } as const;
  const typed = { ...form, fields: [{ name: 'text', label: 'Text', kind: 'line', value: 'canary' } as const] };
  const { to, args } = await bot.core.shelve(typed, person('alice'));
  const opened = async (by: Person): Promise<string> => {
    return JSON.stringify(await bot.core.answer({ to, args, by, place: { ...by, channel: 'general' } }));
  };
  expect(await opened(person('alice'))).toContain('canary');
  for (const other of [person('bob'), person('alice', 'S2')]) {
    expect(await opened(other)).toContain('no longer kept');
    expect(await opened(other)).not.toContain('canary');
  }
});

/** Arguments that any route could take for its own. */
const anything = {
  id: '7K3F',
  text: 'canary',
  term: 'CANARY',
  expansion: 'Canary',
  list: 'title,closing',
  staff: 'staff',
};

const guardedRoutes = features.flatMap(({ routes }) =>
  Object.entries(routes).flatMap(([to, { who }]) => (who === undefined || who === 'anyone' ? [] : [{ to, who }])),
);

claim('S24: what is for staff or administrators is refused to everybody else, and changes nothing', async () => {
  const bot = await harness({ staff: 'staff' });
  bot.platform.guests.add('gus');
  bot.platform.channels.get('staff')?.members.add('gus');
  expect(guardedRoutes.length).toBeGreaterThan(50);
  const kept = bot.store.dump();
  for (const { to, who } of guardedRoutes) {
    for (const person of ['alice', 'gus', who === 'staff' ? 'root' : 'sam']) {
      const answer = await bot.call(person, to, anything, { channel: 'staff' });
      expect([to, person, JSON.stringify(answer)]).toEqual([
        to,
        person,
        expect.stringMatching(/is for (the )?(staff|administrators)/),
      ]);
    }
  }
  expect(bot.store.dump()).toBe(kept);
  expect(bot.platform.messages).toEqual([]);
});
