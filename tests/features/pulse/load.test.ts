// Many answers at once on the embedded engine: none is lost, and nobody waits for a platform.
import { rm } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { assemble } from '../../../src/core/bot.js';
import type { Answer, Args } from '../../../src/core/call.js';
import { readTyped } from '../../../src/core/typed.js';
import { pulse } from '../../../src/features/pulse/feature.js';
import { pulseKind } from '../../../src/features/pulse/model.js';
import { openEmbedded } from '../../../src/store/embedded.js';
import { fakePlatform } from '../../support/fake-platform.js';
import { silentLog } from '../../support/log.js';
import { testParts } from '../../support/parts.js';
import { freshFolder } from '../../support/program.js';
import { toldIn } from './scene.js';

/** In milliseconds. */
const editTakes = 30;

/** A bot with so many people in one channel, on a platform that takes its time to edit. */
async function crowded(people: number) {
  const folder = await freshFolder();
  const store = await openEmbedded(folder);
  const platform = fakePlatform();
  let edits = 0;
  const { edit } = platform;
  platform.edit = async (what, card) => {
    edits += 1;
    await new Promise((resolve) => setTimeout(resolve, editTakes));
    await edit(what, card);
  };
  for (let n = 0; n < people; n += 1) platform.channels.get('general')?.members.add(`p${n}`);
  const clock = { now: () => new Date() };
  const parts = { features: [pulse], platforms: [platform], store, clock, log: silentLog, staffChannels: {} };
  const { core, bot } = assemble({ ...testParts, ...parts });
  const call = (person: string, to: string, args: Args): Promise<Answer> => {
    const space = { platform: 'fake', space: 'S1' };
    return core.answer({ to, args, by: { ...space, person }, place: { ...space, channel: 'general' } });
  };
  const slowest = { ms: 0 };
  return {
    ...{ bot, platform, call, slowest },
    edits: () => edits,
    async ask(person: string, line: string): Promise<string> {
      const target = readTyped([pulse], '/pulse', line);
      const told = toldIn(await call(person, target?.to ?? '', target?.args ?? {}));
      return /ID is (\w+)/.exec(told)?.[1] ?? '';
    },
    async answer(person: string, id: string, option: number): Promise<void> {
      const started = performance.now();
      const answer = await call(person, 'pulse.answer', { id, option: String(option) });
      slowest.ms = Math.max(slowest.ms, performance.now() - started);
      expect(toldIn(answer)).toMatch(/^Your answer(:| stays)/);
    },
    kept: async (id: string) => (await bot.store.collection(pulseKind).get(id))?.value,
    async close(): Promise<void> {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describe.each(['', 'anonymous '])('2,000 answers of 2,000 people on one %spulse', (kind) => {
  test('are all counted, each acknowledged within a second', { timeout: 120_000 }, async () => {
    const bot = await crowded(2000);
    const id = await bot.ask('p0', `${kind}"Shall we?" "A" "B" "C"`);
    const started = performance.now();
    // Forty at a time, as they would come over the wire; and each tenth has second thoughts.
    for (let n = 0; n < 2000; n += 40) {
      const group = Array.from({ length: 40 }, (_, at) => n + at);
      await Promise.all(group.map((one) => bot.answer(`p${one}`, id, one % 3)));
      await Promise.all(group.filter((one) => one % 10 === 0).map((one) => bot.answer(`p${one}`, id, 2)));
    }
    const seconds = (performance.now() - started) / 1000;
    const expected = [0, 0, 0];
    for (let n = 0; n < 2000; n += 1)
      expected[n % 10 === 0 ? 2 : n % 3] = (expected[n % 10 === 0 ? 2 : n % 3] ?? 0) + 1;
    expect((await bot.kept(id))?.answers).toHaveLength(2000);
    await bot.call('p0', 'pulse.close', { id, sure: 'yes' });
    expect((await bot.kept(id))?.tally).toEqual({ people: 2000, counts: expected });
    await vi.waitFor(() => expect(JSON.stringify(bot.platform.messages[0]?.card)).toContain('2,000 people'), 5000);
    process.stdout.write(
      `${kind || 'named '}pulse: 2,200 presses in ${seconds.toFixed(1)} s, slowest receipt ${bot.slowest.ms.toFixed(0)} ms, ${bot.edits()} edits\n`,
    );
    expect(bot.slowest.ms).toBeLessThan(1000);
    // One after the other: presses that came meanwhile were drawn together.
    expect(bot.edits()).toBeLessThan((seconds * 1000) / editTakes + 5);
    await bot.close();
  });
});

test('fifty pulses at once, forty answers each, lose nothing', { timeout: 120_000 }, async () => {
  const bot = await crowded(50);
  const ids: string[] = [];
  for (let n = 0; n < 50; n += 1) {
    ids.push(await bot.ask(`p${Math.floor(n / 5)}`, `${n % 2 ? 'anonymous ' : ''}"Shall we ${n}?" "A" "B"`));
  }
  expect(new Set(ids).size).toBe(50);
  const started = performance.now();
  for (let person = 0; person < 40; person += 1) {
    await Promise.all(ids.map((id) => bot.answer(`p${person}`, id, person % 2)));
  }
  process.stdout.write(
    `50 pulses: 2,000 presses in ${((performance.now() - started) / 1000).toFixed(1)} s, slowest receipt ${bot.slowest.ms.toFixed(0)} ms\n`,
  );
  await Promise.all(ids.map((id, n) => bot.call(`p${Math.floor(n / 5)}`, 'pulse.close', { id, sure: 'yes' })));
  for (const id of ids) expect((await bot.kept(id))?.tally).toEqual({ people: 40, counts: [20, 20] });
  await vi.waitFor(
    () => {
      for (const { card } of bot.platform.messages) expect(JSON.stringify(card)).toContain('Closed by its author');
    },
    { timeout: 20_000, interval: 100 },
  );
  expect(bot.slowest.ms).toBeLessThan(3000);
  await bot.close();
});
