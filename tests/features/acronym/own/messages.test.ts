// A space's own entries in messages: as they are written, whatever they look like.
import { describe, expect, test } from 'vitest';
import { cardOf, type Harness, textOf } from '../../../support/harness.js';
import { addEntry, stage, submit } from './stage.js';

describe('in messages', () => {
  const explain = async (bot: Harness, text: string) =>
    textOf(cardOf(await bot.call('alice', 'acronym.message', { text })));

  test('an own entry is found as it is written, whatever it looks like', async () => {
    const bot = await stage();
    const entries = {
      i18n: 'internationalization',
      Ops: 'Operations',
      互治: '互联网治理',
      إنغ: 'إدارة الإنترنت',
      it: 'IT',
    };
    for (const [term, expansion] of Object.entries(entries)) await addEntry(bot, term, expansion);
    await addEntry(bot, 'XE, e2e, open call', 'end to end');
    const text = await explain(bot, 'We discuss i18n-e2e，我们讨论互治和ICANN, إنغ with Ops as it is an open call');
    expect(text).toContain('7 acronyms in this message:');
    const told = [...text.matchAll(/^(\S+) — /gm)].map(([, term]) => term);
    expect(told).toEqual(['i18n', 'XE', '互治', 'ICANN', 'إنغ', 'Ops', 'it']);
  });

  test.each([
    'I18N, I18n, ops and OPS, news',
    'إنغلو وإنغ',
    '互 治',
    '`i18n` @互治 #互治 x@互治.com 互治@例子.中国 www.互治.中国 @إنغ https://x.org/i18n i18n.org',
  ])('and not in another case or form, nor in code, links and names: %s', async (text) => {
    const bot = await stage();
    for (const term of ['i18n', 'Ops', '互治', 'إنغ', 'new']) await addEntry(bot, term, 'Example');
    expect(await explain(bot, text)).toContain('No acronym of the glossary');
  });

  test('the words of a shipped entry that was edited count as they did before', async () => {
    const bot = await stage();
    await submit(bot, 'sam', await bot.type('sam', '/glossary edit registry'), { expansion: 'our registry' });
    expect(await explain(bot, 'a registry is so')).toContain('No acronym of the glossary');
    await submit(bot, 'sam', await bot.type('sam', '/glossary edit registry'), { term: 'registry, reg' });
    expect(await explain(bot, 'a reg is so')).toContain('our registry');
  });
});
