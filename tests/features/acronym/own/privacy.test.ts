// What is kept of a member, and that it goes when they say so.
import { describe, expect, test } from 'vitest';
import { cardOf, textOf } from '../../../support/harness.js';
import { addEntry, lookUp, staffCards, stage, submit } from './stage.js';

const typed = { term: 'XNEW', expansion: 'Example of the New' };

describe('privacy', () => {
  test('shows what a member has suggested and changed, and nobody else’s', async () => {
    const bot = await stage();
    await submit(bot, 'alice', await bot.type('alice', '/glossary suggest'), typed);
    await addEntry(bot, 'XONE', 'Example One');
    const [alice, sam, bob] = await Promise.all(
      ['alice', 'sam', 'bob'].map(async (who) => textOf(cardOf(await bot.type(who, '/rapporteur privacy')))),
    );
    expect(alice).toContain('XNEW');
    expect(alice).not.toContain('XONE');
    expect(sam).toContain('XONE');
    expect(sam).not.toContain('XNEW');
    expect(bob).not.toMatch(/XNEW|XONE/);
  });

  test('erases who it was from suggestions, history and the staff card; what others rely on stays', async () => {
    const bot = await stage();
    await submit(bot, 'alice', await bot.type('alice', '/glossary suggest'), typed);
    await bot.press('sam', staffCards(bot)[0] ?? { locale: 'en', blocks: [] }, 'Accept');
    await submit(bot, 'sam', await bot.type('sam', '/glossary import'), { csv: 'term,expansion\nX,Y' });
    for (const who of ['alice', 'sam']) await bot.call(who, 'rapporteur.erase', { sure: 'yes' });
    const kept = (name: string) => bot.bot.store.collection({ name, parse: (raw) => raw }).find();
    for (const name of ['glossary-suggestions', 'glossary-steps', 'glossary-suggesters', 'glossary-imports'])
      expect([name, JSON.stringify(await kept(name))]).toEqual([name, expect.not.stringMatching(/alice|sam/)]);
    expect(textOf(staffCards(bot)[0] ?? { locale: 'en', blocks: [] })).toMatch(
      /Suggested by: somebody[\s\S]*Accepted by somebody/,
    );
    expect(await lookUp(bot, 'XNEW')).toContain('Example of the New');
    expect(textOf(cardOf(await bot.type('tess', '/glossary history XNEW')))).toContain(
      'somebody: accepted a suggestion',
    );
    expect(textOf(cardOf(await bot.type('alice', '/rapporteur privacy')))).not.toContain('XNEW');
  });

  test('erased before a decision, a suggestion stays, and nobody is written to', async () => {
    const bot = await stage();
    await submit(bot, 'alice', await bot.type('alice', '/glossary suggest'), typed);
    await bot.call('alice', 'rapporteur.erase', { sure: 'yes' });
    const [card] = staffCards(bot);
    expect(card && textOf(card)).toContain('Suggested by: somebody');
    await bot.press('sam', card ?? { locale: 'en', blocks: [] }, 'Accept');
    expect(await lookUp(bot, 'XNEW')).toContain('Example of the New');
    expect(bot.platform.messages.filter(({ posted }) => posted.channel.startsWith('dm-'))).toEqual([]);
  });

  test('no log holds what a member wrote', async () => {
    const bot = await stage();
    bot.store.break(true);
    await bot.type('alice', '/acronym canaryterm');
    bot.store.break(false);
    await submit(bot, 'alice', await bot.type('alice', '/glossary suggest'), { term: 'CANARY', expansion: 'Canary' });
    expect(JSON.stringify(bot.logged)).not.toMatch(/canary|alice/i);
  });
});
