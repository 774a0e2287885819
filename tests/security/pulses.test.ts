// SECURITY.md: pulses. What bytes the whole program leaves behind is read in tests/features/pulse/anonymity.test.ts.
import { expect } from 'vitest';
import { hashWith } from '../../src/core/secret.js';
import { saltKind } from '../../src/features/pulse/model.js';
import { asked, crowd, scene, settle, toldIn } from '../features/pulse/scene.js';
import { claim } from '../support/claim.js';
import type { Harness } from '../support/harness.js';
import { testParts } from '../support/parts.js';

const anonymous = 'anonymous "Shall we?" "Yes" "No"';
const voters = crowd(6);

/** What is kept and what was said to all, with every name that a byte could have for a voter. */
const everything = (bot: Harness): string => bot.store.dump() + JSON.stringify([bot.platform.messages, bot.logged]);

claim('S25: nothing that is kept links an anonymous answer to anybody, once the pulse is closed', async () => {
  const bot = await scene();
  const pulse = await asked(bot, anonymous);
  for (const person of voters) await pulse.press(person, person === 'p1' ? '2. No' : '1. Yes');
  const salt = (await bot.bot.store.collection(saltKind).get(pulse.id))?.value.salt ?? '';
  expect(salt.length).toBeGreaterThan(40);
  const hashes = voters.map((person) => hashWith(testParts.secretKey)({ platform: 'fake', space: 'S1', person }, salt));
  // Open: whoever holds the store and the key can find out, and nobody else; not who came first either.
  const open = (await pulse.kept()).answers.map((answer) => answer.key);
  expect(open).toEqual([...hashes].sort());
  expect(everything(bot)).not.toMatch(/\bp[1-6]\b/);
  await bot.call('alice', 'pulse.close', { id: pulse.id, sure: 'yes' });
  await settle();
  expect(everything(bot)).not.toMatch(/\bp[1-6]\b/);
  for (const gone of [salt, ...hashes]) expect(everything(bot)).not.toContain(gone);
  expect((await pulse.kept()).answers).toEqual([]);
});

claim('S26: nobody reads a number of an anonymous pulse below five, nor what one or two have changed', async () => {
  const bot = await scene();
  const pulse = await asked(bot, anonymous);
  /** What the asker, staff, an administrator and a member can get at. */
  const seen = async (): Promise<readonly string[]> => {
    const answers = [];
    for (const person of ['alice', 'sam', 'root', 'p9']) {
      answers.push(toldIn(await bot.type(person, `/pulse results ${pulse.id}`)));
      const exported = await bot.type(person, `/pulse export ${pulse.id}`);
      const files = exported.kind === 'say' ? (exported.files ?? []) : [];
      answers.push(...files.map(({ body }) => new TextDecoder().decode(body)), toldIn(exported));
    }
    return [pulse.text(), ...answers];
  };
  const before = await seen();
  for (const person of crowd(4)) await pulse.press(person, '1. Yes');
  await settle();
  expect(await seen()).toEqual(before);
  await pulse.press('p5', '1. Yes');
  await pulse.says('1. Yes — 5 (100%)');
  const five = await seen();
  expect(five).not.toEqual(before);
  await pulse.press('p6', '2. No');
  await pulse.press('p5', '2. No');
  await settle();
  expect(await seen()).toEqual(five);
});

claim('S27: a pulse is there for those alone who are in a channel that it was asked in', async () => {
  const bot = await scene();
  const pulse = await asked(bot, '"Shall we?" "Yes" "No"', 'alice', { channel: 'board' });
  await pulse.press('bob', '1. Yes', { channel: 'board' });
  await settle();
  const kept = bot.store.dump();
  for (const person of ['p2', 'root']) {
    expect(await pulse.told(person, '1. Yes', { channel: 'board' })).toContain('Only members of the channels');
    for (const line of ['results', 'export']) {
      const told = toldIn(await bot.type(person, `/pulse ${line} ${pulse.id}`));
      expect(told).toContain('There is nothing under that ID');
      expect(told).not.toContain('Shall we?');
    }
  }
  expect(bot.store.dump()).toBe(kept);
  expect(toldIn(await bot.type('p1', `/pulse results ${pulse.id}`))).toContain('1. Yes: @bob');
});

claim('S27: guests answer where the asker lets them', async () => {
  const bot = await scene();
  bot.platform.guests.add('p1');
  const pulse = await asked(bot, '"Shall we?" "Yes" "No"');
  expect(await pulse.told('p1', '1. Yes')).toContain('not to guests');
  expect((await pulse.kept()).answers).toEqual([]);
});

claim('S28: a reason of an anonymous pulse is told after it closed, beside no name and no option', async () => {
  const bot = await scene();
  const pulse = await asked(bot, anonymous);
  for (const person of voters) {
    await pulse.press(person, person === 'p1' ? '2. No' : '1. Yes');
    await bot.call(person, 'pulse.reasoned', { id: pulse.id, reason: `canary ${['x', 'y', 'z'].join()}` });
  }
  const read = async (person: string): Promise<string> => toldIn(await bot.type(person, `/pulse results ${pulse.id}`));
  for (const person of ['alice', 'sam', 'root']) expect(await read(person)).not.toContain('canary');
  await bot.call('alice', 'pulse.close', { id: pulse.id, sure: 'yes' });
  const reasons = (await read('sam')).split('\n').filter((line) => line.includes('canary'));
  expect(reasons.length).toBeGreaterThan(0);
  for (const line of reasons) expect(line).not.toMatch(/@|Yes|No\b|\bp\d/);
});
