// How many pulses may be open, and how they are named.
import { describe, expect, test } from 'vitest';
import { pulseKind } from '../../../src/features/pulse/model.js';
import { harness, textOf } from '../../support/harness.js';
import { asked, onCard, preview, scene, toldIn, wrongOf } from './scene.js';

describe('limits', () => {
  test('are told before they are hit: five open pulses a person', async () => {
    const bot = await scene();
    for (let n = 0; n < 4; n += 1) await asked(bot, `"Q${n}" "A" "B"`);
    expect(textOf(await preview(bot))).toContain('Open pulses: yours 5 of 5, in this workspace 5 of 50');
    const fifth = await preview(bot);
    await asked(bot, '"Q5" "A" "B"');
    expect(toldIn(await bot.type('alice', '/pulse'))).toContain('You have 5 open pulses, which is the most');
    expect(toldIn(await bot.type('alice', '/pulse "Q6" "A" "B"'))).toContain('Please close one first: /pulse list');
    expect(toldIn(await bot.press('alice', fifth, 'Post'))).toContain('You have 5 open pulses');
    expect(bot.platform.messages).toHaveLength(5);
    expect((await bot.type('bob', '/pulse')).kind).toBe('ask');
  });

  test('hold where many are posted at the same time, and let go of what was closed', async () => {
    const bot = await scene();
    const type = (n: number) => bot.type('alice', `/pulse "Q${n}" "A" "B"`);
    const told = await Promise.all(Array.from({ length: 9 }, (_, n) => type(n)));
    expect(bot.platform.messages).toHaveLength(5);
    expect(told.filter(({ kind }) => kind === 'say')).toHaveLength(5);
    for (const answer of told.filter(({ kind }) => kind === 'again')) {
      expect(wrongOf(answer)?.['']).toContain('You have 5 open pulses');
    }
    const { id } = onCard(bot, 'm1');
    await bot.call('alice', 'pulse.close', { id, sure: 'yes' });
    const more = await Promise.all([type(10), bot.type('alice', `/pulse reopen ${id} 1d`)]);
    expect(more.filter(({ kind }) => kind === 'say')).toHaveLength(1);
    expect(await bot.bot.store.collection(pulseKind).find({ stage: 'open' })).toHaveLength(5);
  });

  test('hold over processes that share a store', async () => {
    const bot = await scene();
    const other = await harness({ store: bot.store });
    const type = (n: number) => (n % 2 ? bot : other).type('alice', `/pulse "Q${n}" "A" "B"`);
    await Promise.all(Array.from({ length: 9 }, (_, n) => type(n)));
    expect(await bot.bot.store.collection(pulseKind).find({ stage: 'open' })).toHaveLength(5);
  });

  test('fifty a workspace', async () => {
    const bot = await scene(11);
    for (let n = 0; n < 50; n += 1) await asked(bot, `"Q${n}" "A" "B"`, `p${1 + Math.floor(n / 5)}`);
    expect(toldIn(await bot.type('alice', '/pulse'))).toContain('In this workspace 50 pulses are open');
    expect(bot.platform.messages).toHaveLength(50);
  });

  test('short ids differ, and are taken as they are read aloud', async () => {
    const bot = await scene();
    const pulse = await asked(bot, '"Q" "A" "B"');
    const spoken = pulse.id.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
    expect(toldIn(await bot.type('bob', `/pulse results ${spoken}`))).toContain(`ID ${pulse.id}`);
  });
});
