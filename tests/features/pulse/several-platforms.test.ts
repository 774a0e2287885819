// One pulse on two platforms at once, with one tally; and in the local workspace.
import { describe, expect, test, vi } from 'vitest';
import { assemble } from '../../../src/core/bot.js';
import type { Answer, Args } from '../../../src/core/call.js';
import { readTyped } from '../../../src/core/typed.js';
import { features } from '../../../src/features/index.js';
import { pulseKind } from '../../../src/features/pulse/model.js';
import { type FakePlatform, fakePlatform } from '../../support/fake-platform.js';
import { textOf } from '../../support/harness.js';
import { silentLog } from '../../support/log.js';
import { memoryStore } from '../../support/memory-store.js';
import { testParts } from '../../support/parts.js';
import { toldIn } from './scene.js';

function twoPlatforms() {
  const [slack, discord, local] = [fakePlatform('slack'), fakePlatform('discord'), fakePlatform('local')];
  let now = new Date('2026-03-01T12:00:00Z');
  const { core, bot, ticker } = assemble({
    ...{ features, platforms: [slack, discord, local], store: memoryStore(), clock: { now: () => now } },
    ...{ log: silentLog, staffChannels: {}, sleep: async () => undefined },
    ...testParts,
  });
  const spaces: Readonly<Record<string, string>> = { slack: 'T1', discord: 'G1', local: 'local' };
  const call = (platform: FakePlatform, person: string, to: string, args: Args = {}, on?: string): Promise<Answer> => {
    const space = { platform: platform.name, space: spaces[platform.name] ?? '' };
    const place = { ...space, channel: 'general' };
    return core.answer({ to, args, by: { ...space, person }, place, ...(on ? { on: { ...place, message: on } } : {}) });
  };
  const type = (platform: FakePlatform, person: string, text: string): Promise<Answer> => {
    const target = readTyped(features, '/pulse', text);
    if (!target) throw new Error('no such command');
    return call(platform, person, target.to, target.args);
  };
  const sleepUntil = async (instant: string): Promise<void> => {
    now = new Date(instant);
    await ticker.beat();
  };
  return { slack, discord, local, bot, call, type, sleepUntil };
}

type Scene = ReturnType<typeof twoPlatforms>;

const textOn = (platform: FakePlatform): string => textOf(platform.messages[0]?.card ?? { locale: 'en', blocks: [] });

const eventually = (platform: FakePlatform, words: string) =>
  vi.waitFor(() => {
    if (!textOn(platform).includes(words)) throw new Error(textOn(platform));
  });

/** Asked on Slack, and with its key on Discord too. */
async function onBoth({ slack, discord, call, type }: Scene, line = '"Shall we?" "Yes" "No"') {
  await type(slack, 'alice', line);
  const id = /ID (\w+)/.exec(textOn(slack))?.[1] ?? '';
  const told = toldIn(await call(slack, 'alice', 'pulse.key', { id }));
  const key = /add (\S+-\w{8})/.exec(told)?.[1] ?? '';
  return { id, key, joined: await type(discord, 'bob', `add ${key}`) };
}

describe('a pulse in another workspace', () => {
  test('is asked there by whoever has its key and may write, and counts in one tally', async () => {
    const scene = twoPlatforms();
    const { slack, discord, call } = scene;
    const { id, joined } = await onBoth(scene);
    expect(toldIn(joined)).toContain('The pulse “Shall we?” is now asked in this channel, too.');
    expect(textOn(discord)).toContain('Asked from another workspace or server.');
    await call(slack, 'bob', 'pulse.answer', { id, option: '0' }, 'm1');
    await call(discord, 'sam', 'pulse.answer', { id, option: '1' }, 'm1');
    for (const platform of [slack, discord]) await eventually(platform, '2 people have answered.');
  });

  test('tells who answers there that they may have answered twice, and counts them twice', async () => {
    const scene = twoPlatforms();
    const { slack, discord, call } = scene;
    const { id } = await onBoth(scene);
    for (const platform of [slack, discord]) {
      const told = toldIn(await call(platform, 'bob', 'pulse.answer', { id, option: '0' }, 'm1'));
      expect(told).toContain('should you have answered there, you have answered twice');
      expect(textOn(platform)).toContain('whoever answers on two of them is counted twice');
    }
    await eventually(slack, '1. Yes — 2 (100%)');
  });

  test('closes everywhere at once', async () => {
    const scene = twoPlatforms();
    const { slack, discord, call, sleepUntil } = scene;
    const { id } = await onBoth(scene, 'closes 1h "Shall we?" "Yes" "No"');
    await call(discord, 'bob', 'pulse.answer', { id, option: '0' }, 'm1');
    await sleepUntil('2026-03-01T13:00:00Z');
    for (const platform of [slack, discord]) await eventually(platform, 'Closed as planned');
    expect(toldIn(await call(discord, 'sam', 'pulse.answer', { id, option: '0' }, 'm1'))).toContain('closed');
  });

  test('takes its key once, from a member of the channel, and no other', async () => {
    const scene = twoPlatforms();
    const { discord, type } = scene;
    const { id, key } = await onBoth(scene);
    expect(toldIn(await type(discord, 'sam', `add ${key}`))).toContain('This key is not valid');
    expect(toldIn(await type(discord, 'sam', `add ${id}-00000000`))).toContain('This key is not valid');
    expect(discord.messages).toHaveLength(1);
  });

  test('is not added where who brings the key may not write', async () => {
    const scene = twoPlatforms();
    const { slack, discord, call, type } = scene;
    await type(slack, 'alice', '"Shall we?" "Yes" "No"');
    const id = /ID (\w+)/.exec(textOn(slack))?.[1] ?? '';
    expect(toldIn(await call(slack, 'bob', 'pulse.key', { id }))).toContain('Only the author');
    const told = toldIn(await call(slack, 'alice', 'pulse.key', { id }));
    const key = /add (\S+-\w{8})/.exec(told)?.[1] ?? '';
    expect(toldIn(await type(discord, 'mallory', `add ${key}`))).toContain('You cannot write in that channel');
    expect(discord.messages).toEqual([]);
    expect(toldIn(await type(discord, 'bob', `add ${key}`))).toContain('is now asked in this channel');
  });

  test('is run from its own workspace alone', async () => {
    const scene = twoPlatforms();
    const { discord, type, bot } = scene;
    const { id } = await onBoth(scene);
    await bot.settings.setStaffChannel({ platform: 'discord', space: 'G1' }, 'staff');
    expect(toldIn(await type(discord, 'sam', `close ${id}`))).toContain('Only the author of a pulse and staff');
    expect(toldIn(await type(discord, 'alice', `export ${id}`))).toContain('Only the author of a pulse and staff');
    expect(toldIn(await type(discord, 'sam', `results ${id}`))).toContain('Results so far');
  });

  test('names people of the other one by name, and one’s own by mention', async () => {
    const scene = twoPlatforms();
    const { slack, discord, call, type } = scene;
    const { id } = await onBoth(scene);
    await call(slack, 'bob', 'pulse.answer', { id, option: '0' }, 'm1');
    await call(discord, 'sam', 'pulse.answer', { id, option: '0' }, 'm1');
    expect(toldIn(await type(slack, 'alice', `results ${id}`))).toContain('1. Yes: Sam, @bob');
  });

  test('one platform that is slow to edit does not hold up the other', async () => {
    const scene = twoPlatforms();
    const { slack, discord, call } = scene;
    const { id } = await onBoth(scene);
    slack.edit = () => new Promise(() => undefined);
    const started = performance.now();
    await call(discord, 'sam', 'pulse.answer', { id, option: '1' }, 'm1');
    await eventually(discord, '1 person has answered.');
    await call(discord, 'bob', 'pulse.answer', { id, option: '1' }, 'm1');
    await eventually(discord, '2 people have answered.');
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

test('results in the local workspace come with the chart', async () => {
  const { local, bot, type } = twoPlatforms();
  await type(local, 'alice', '"Shall we?" "Yes" "No"');
  const [doc] = await bot.store.collection(pulseKind).find();
  const answer = await type(local, 'bob', `results ${doc?.id}`);
  expect(answer).toMatchObject({ files: [{ name: `pulse-${doc?.id}.png`, type: 'image/png' }] });
});
