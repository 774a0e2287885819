// SECURITY.md: the community's own glossary.
import { expect } from 'vitest';
import { glossary } from '../../src/features/acronym/own/feature.js';
import { addEntry, fromElsewhere, lookUp, staffCards, stage, submit } from '../features/acronym/own/stage.js';
import { claim } from '../support/claim.js';
import { cardOf, type Harness, textOf } from '../support/harness.js';

const fresh = { term: 'XNEW', expansion: 'Example of the New', language: 'en' };

claim('S36: nobody but staff changes what the glossary says; what a member suggests waits for them', async () => {
  const bot = await stage();
  await addEntry(bot, 'XOLD', 'Old Example');
  /** Every change that there has been here; another workspace has steps of its own. */
  const kept = async (): Promise<unknown> =>
    (await bot.bot.store.collection({ name: 'glossary-steps', parse: (raw) => raw }).find()).filter(({ id }) =>
      id.startsWith('fake/S1/'),
    );
  const before = await kept();
  expect(JSON.stringify(before)).toContain('Old Example');
  for (const person of ['alice', 'root']) {
    for (const line of ['add', 'edit XOLD', 'remove XOLD', 'import', 'export', 'history XOLD', 'gaps']) {
      expect(textOf(cardOf(await bot.type(person, `/glossary ${line}`)))).toContain('This is for staff');
    }
    await bot.call(person, 'glossary.save', { ...fresh, stands: 'beside' });
    await bot.call(person, 'glossary.paste', { csv: 'term,expansion\nXNEW,Example of the New' });
  }
  await fromElsewhere(bot, 'sam', 'glossary.save', { ...fresh, stands: 'beside' });
  await submit(bot, 'alice', await bot.type('alice', '/glossary suggest'), fresh);
  for (const label of ['Accept', 'Edit', 'Reject'])
    await bot.press('alice', suggestion(bot), label, { channel: 'staff' });
  expect(await kept()).toEqual(before);
  expect(await lookUp(bot, 'XNEW')).toContain('is not in the glossary');
  await bot.press('sam', suggestion(bot), 'Accept', { channel: 'staff' });
  expect(await lookUp(bot, 'XNEW')).toContain('Example of the New');
});

function suggestion(bot: Harness) {
  const [card] = staffCards(bot);
  if (!card) throw new Error('no suggestion');
  return card;
}

claim('S36: what members may call of it is to read and to suggest', () => {
  const open = Object.entries(glossary.routes).filter(([, { who }]) => who !== 'staff');
  expect(open.map(([name]) => name.replace('glossary.', '')).sort()).toEqual([
    'browse',
    'open',
    'page',
    'propose',
    'suggest',
  ]);
});

claim('S37: an import is shown before it is done, by whoever brought it, and done whole or not at all', async () => {
  const bot = await stage();
  const csv = 'term,expansion\nXONE,Example One\nXTWO,Example Two';
  const plan = cardOf(await submit(bot, 'sam', await bot.type('sam', '/glossary import'), { csv }));
  expect(textOf(plan)).toContain('2 rows add');
  expect(await lookUp(bot, 'XONE')).toContain('is not in the glossary');
  await bot.press('alice', plan, 'Import');
  await bot.press('root', plan, 'Import');
  bot.store.break(true);
  await bot.press('sam', plan, 'Import');
  bot.store.break(false);
  for (const term of ['XONE', 'XTWO']) expect(await lookUp(bot, term)).toContain('is not in the glossary');
  await bot.press('sam', plan, 'Import');
  for (const term of ['XONE', 'XTWO']) expect(await lookUp(bot, term)).toContain('Example');
});

claim('S37: an export names no member and holds no formula', async () => {
  const bot = await stage();
  await addEntry(bot, 'XOLD', '=HYPERLINK("https://evil.example")', { definition: '@SUM(1)' });
  const answer = await bot.type('sam', '/glossary export');
  const files = answer.kind === 'say' ? (answer.files ?? []) : [];
  const table = files.map(({ body }) => new TextDecoder().decode(body)).join('\n');
  expect(table).toContain('HYPERLINK');
  expect(table).not.toMatch(/(^|,|")[=+\-@]/m);
  expect(table).not.toMatch(/\bsam\b/i);
});
