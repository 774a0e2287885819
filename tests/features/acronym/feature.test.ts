import { describe, expect, test } from 'vitest';
import { modalOf as discordModal } from '../../../adapters/discord/modal.js';
import { modalOf as slackModal } from '../../../adapters/slack/modal.js';
import { shippedGlossary } from '../../../src/features/acronym/glossary.js';
import { buttonsOf, cardOf, harness, textOf } from '../../support/harness.js';
import { addEntry, lookUp, stage } from './own/stage.js';

const ask = async (line: string, where = {}) => {
  const bot = await harness();
  const card = cardOf(await bot.type('alice', line, where));
  return { bot, card, text: textOf(card) };
};

describe('/acronym', () => {
  test('explains an acronym to the asker alone, with body, source and date', async () => {
    const { bot, text } = await ask('/acronym PDP');
    expect(text).toContain('PDP — Policy Development Process');
    expect(text).toMatch(/Used by GNSO · Source: \S+ · seen November 2026/);
    expect(bot.platform.messages).toEqual([]);
  });

  test('tells every sense of an ambiguous one', async () => {
    const { text } = await ask('/acronym EC');
    expect(text).toContain('“EC” has 3 senses:');
  });

  test('answers in the language asked for, with the English name beside the official one', async () => {
    const { text } = await ask('/acronym GAC in fr');
    expect(text).toContain('GAC — Comité consultatif gouvernemental\nOrgane par lequel');
    expect(text).toContain('In English: Governmental Advisory Committee');
    expect(text).not.toContain('Translated by this project');
  });

  test('marks a name that this project has translated, with the official one', async () => {
    const { text } = await ask('/acronym ABR', { locale: 'ru' });
    expect(text).toContain('ABR — Запрос на дополнительное финансирование');
    expect(text).toContain(
      'Перевод этого проекта; официальное название — на английском языке: Additional Budget Request',
    );
  });

  test('says so where a text is not there', async () => {
    const { text } = await ask('/acronym 3GPP in fr');
    expect(text).toContain('3GPP — Third Generation Partnership Project');
    expect(text).toContain('No Français text for this yet; shown in English.');
    expect(text).not.toContain('Translated by');
  });

  test('tells the names that the asker’s language has for the same', async () => {
    expect((await ask('/acronym OIG', { locale: 'fr' })).text).toMatch(/^IGO — organisations[\s\S]*Autres noms : OIG/);
  });

  test('answers a French speaker in French without being asked', async () => {
    const { text } = await ask('/acronym GAC', { locale: 'fr-FR' });
    expect(text).toContain('Comité consultatif gouvernemental');
  });

  test.each(['pt-BR', 'Portuguese', 'português', '葡萄牙语', 'البرتغالية', 'PT'])(
    'answers in a language by whatever name it is asked for: %s',
    async (language) => {
      const { text } = await ask(`/acronym GAC in ${language}`);
      expect(text).toMatch(/^GAC — Comitê Consultivo/);
      expect(text).not.toContain('not in the glossary');
    },
  );

  test.each(['GAC fr', 'GAC FR', 'GAC, fr', 'GAC en fr', 'GAC Français', 'what is the  GAC  fr '])(
    'takes the language at the end without “in” as well: %s',
    async (asked) => {
      const { text } = await ask(`/acronym ${asked}`);
      expect(text.match(/^.+(?= — )/gm)).toEqual(['GAC']);
      expect(text).toContain('GAC — Comité consultatif gouvernemental');
      expect(text).not.toContain('not in the glossary');
    },
  );

  test('a language by its name leaves no gap in the glossary', async () => {
    const bot = await harness({ staff: 'staff' });
    bot.platform.channels.set('staff', { state: 'private', members: new Set(['sam']) });
    for (const name of ['French', 'pt-BR', 'français']) await bot.type('alice', `/acronym PDP in ${name}`);
    expect(textOf(cardOf(await bot.type('sam', '/glossary gaps')))).toContain('Nothing that was looked for is missing');
  });

  test('takes a word at the end for a term where it is one, or ends one, whatever language it names', async () => {
    const bot = await stage();
    await addEntry(bot, 'AR', 'Annual Review');
    await addEntry(bot, 'TFA', 'Task Force on Español');
    expect(await lookUp(bot, 'GAC ar')).toMatch(/^GAC — Governmental[\s\S]*AR — Annual Review/);
    expect(await lookUp(bot, 'task force on español')).toContain('TFA — Task Force');
    expect(await lookUp(bot, 'GAC in ar')).toContain('اللجنة');
  });

  test('shows how the language is typed where help and the platforms show the command', async () => {
    const bot = await harness();
    expect(textOf(cardOf(await bot.type('alice', '/rapporteur help')))).toContain('/acronym TERM [in LANGUAGE]: ');
  });

  test('refuses a language that is not one of the seven, by name', async () => {
    const bot = await harness();
    const answer = await bot.type('alice', '/acronym PDP in xx');
    expect(answer).toMatchObject({ kind: 'again', wrong: { term: expect.stringContaining('“xx”') } });
  });

  test('gives back all that was typed when it is refused, on either platform', async () => {
    const bot = await harness();
    const typed = `${'word '.repeat(590)}TAIL in xx`;
    const answer = await bot.type('alice', `/acronym ${typed}`);
    if (answer.kind !== 'again') throw new Error(answer.kind);
    for (const modal of [
      slackModal(answer.form, { channel: 'C1' }, answer.wrong),
      discordModal(answer.form, answer.wrong),
    ])
      expect(JSON.stringify(modal)).toContain(JSON.stringify(typed));
  });

  test('asks for a term with a form when there is none', async () => {
    const bot = await harness();
    expect(await bot.type('alice', '/acronym')).toMatchObject({ kind: 'ask', form: { title: 'Explain an acronym' } });
  });

  test('says honestly that something is not there, and offers near misses', async () => {
    const { bot, card, text } = await ask('/acronym GNOS');
    expect(text).toContain('“GNOS” is not in the glossary.');
    const [label] = buttonsOf(card).map((button) => button.label);
    expect(label).toMatch(/^GNSO: /);
    const shown = textOf(cardOf(await bot.press('alice', card, label ?? '')));
    expect(shown).toContain('GNSO — Generic Names Supporting Organization');
  });

  test('explains the first ten of many', async () => {
    const { text } = await ask('/acronym PDP GNSO ALAC GAC ccNSO ASO SSAC RSSAC RALO ALS IGF NomCom');
    expect(text).toContain('Only the first 10 are explained here');
    expect(text).not.toContain('NomCom');
  });

  test('reads the first 3,000 characters, and says so where there are more', async () => {
    const { text } = await ask(`/acronym GAC ${'🙂'.repeat(1600)} PDP in xx`);
    expect(text).toContain('GAC — ');
    expect(text).toContain('Only the first 3000 characters of what you asked were read.');
    expect((await ask(`/acronym GAC ${'🙂 '.repeat(900)}`)).text).not.toContain('characters');
  });

  test.each([
    ['', 'form'],
    ['🙂🙂', 'letter'],
    ['<!channel>', '“<!channel>” is not'],
    ['](http://x', 'not in the glossary'],
    ['x'.repeat(3000), '…'],
  ])('%s gets an answer in words', async (typed, said) => {
    const bot = await harness();
    const answer = await bot.type('alice', `/acronym ${typed}`);
    const told = JSON.stringify(answer);
    expect(told.length).toBeLessThan(3000);
    expect(told).toContain(said);
  });
});

describe('Share', () => {
  test('posts the answer in the channel, with who shared it', async () => {
    const { bot, card } = await ask('/acronym PDP');
    const after = await bot.press('alice', card, 'Share');
    const [message, ...more] = bot.platform.messages;
    expect(more).toEqual([]);
    expect(message?.posted.channel).toBe('general');
    expect(textOf(message?.card ?? card)).toMatch(/Policy Development Process[\s\S]*Shared by @alice/);
    expect(buttonsOf(cardOf(after))).toEqual([]);
  });

  test('pressed twice posts once', async () => {
    const { bot, card } = await ask('/acronym PDP');
    await Promise.all([bot.press('alice', card, 'Share'), bot.press('alice', card, 'Share')]);
    expect(bot.platform.messages).toHaveLength(1);
  });

  test('speaks the channel’s language, or the one that was asked for', async () => {
    const { bot, card } = await ask('/acronym GAC', { locale: 'fr' });
    await bot.press('alice', card, 'Partager').catch(() => bot.press('alice', card, 'Share'));
    expect(textOf(bot.platform.messages[0]?.card ?? card)).toContain('Governmental Advisory Committee');
    const asked = cardOf(await bot.type('alice', '/acronym GAC in fr'));
    await bot.press('alice', asked, 'Share', { on: 'm9' });
    expect(textOf(bot.platform.messages[1]?.card ?? card)).toContain('Comité consultatif gouvernemental');
  });

  test('in a multilingual channel can be read by each in their own language, alone', async () => {
    const { bot, card } = await ask('/acronym GAC');
    await bot.press('alice', card, 'Share');
    expect(JSON.stringify(bot.platform.messages)).not.toContain('acronym.translate');
    await bot.call('root', 'rapporteur.set', { language: 'es', multilingual: 'yes' });
    await bot.press('alice', card, 'Share', { on: 'm9' });
    const shared = bot.platform.messages[1]?.card ?? card;
    expect(textOf(shared)).toContain('Comité Asesor Gubernamental');
    const read = await bot.press('bob', shared, '🌐 Traducir', { locale: 'fr' });
    expect(read.kind).toBe('say');
    expect(textOf(cardOf(read))).toContain('Comité consultatif gouvernemental');
    expect(buttonsOf(cardOf(read))).toEqual([]);
    expect(bot.platform.messages).toHaveLength(2);
  });

  test('of ten terms can all be translated in a multilingual channel', async () => {
    const { bot, card } = await ask('/acronym PDP GNSO ALAC GAC ccNSO ASO SSAC RSSAC RALO ALS');
    await bot.call('root', 'rapporteur.set', { language: 'en', multilingual: 'yes' });
    for (const { label } of buttonsOf(card)) await bot.press('alice', card, label);
    let read = '';
    for (const message of bot.platform.messages)
      for (const { label } of buttonsOf(message.card))
        read += textOf(cardOf(await bot.press('bob', message.card, label, { locale: 'zh-CN' })));
    for (const acronym of ['PDP', 'RSSAC', 'ALS']) expect(read).toContain(`${acronym} — `);
    expect(read).toContain('政策制定流程');
  });

  test('is not said to be there before the platform has taken it', async () => {
    const { bot, card } = await ask('/acronym PDP');
    const { post } = bot.platform;
    bot.platform.post = () => Promise.reject(new Error('away'));
    const after = textOf(cardOf(await bot.press('alice', card, 'Share')));
    expect(after).toContain('Not in this channel yet');
    expect(after).not.toContain('Shared in');
    bot.platform.post = post;
    await bot.sleepUntil('2026-03-01T12:10:00Z');
    expect(bot.platform.messages.map((message) => textOf(message.card))).toEqual([
      expect.stringContaining('Shared by'),
    ]);
  });

  test('where the bot was not invited asks to be invited', async () => {
    const { bot, card } = await ask('/acronym PDP', { channel: 'elsewhere' });
    const answer = await bot.press('alice', card, 'Share', { channel: 'elsewhere' });
    expect(textOf(cardOf(answer))).toContain('invite me');
  });

  test('of ten terms fits on its buttons', async () => {
    const { bot, card } = await ask('/acronym PDP GNSO ALAC GAC ccNSO ASO SSAC RSSAC RALO ALS');
    for (const { label } of buttonsOf(card)) await bot.press('alice', card, label);
    const posted = bot.platform.messages.map((message) => textOf(message.card)).join('\n');
    for (const acronym of ['PDP', 'RSSAC', 'ALS']) expect(posted).toContain(`${acronym} — `);
  });
});

test('Share posts the terms that were asked for, and nothing that a joining word brought', async () => {
  const { bot, card } = await ask('/acronym what is a PDP and the GNSO');
  await bot.press('alice', card, 'Share');
  const posted = textOf(bot.platform.messages[0]?.card ?? card);
  expect(posted.match(/^.+(?= — )/gm)).toEqual(['PDP', 'GNSO']);
});

describe('Explain acronyms', () => {
  const explain = async (text: string, where = {}) => {
    const bot = await harness();
    const card = cardOf(await bot.call('alice', 'acronym.message', { text }, where));
    return { bot, card, text: textOf(card) };
  };

  test('explains those of a message in their order, each in short, to the asker alone', async () => {
    const { bot, text } = await explain('The GNSO starts a PDP, says ALAC.');
    expect(text).toContain('3 acronyms in this message:');
    expect(text.indexOf('GNSO — ')).toBeLessThan(text.indexOf('PDP — '));
    expect(text.indexOf('PDP — ')).toBeLessThan(text.indexOf('ALAC — '));
    expect(text).not.toContain('Source:');
    expect(bot.platform.messages).toEqual([]);
  });

  test('speaks the asker’s language, names the English original, and marks what this project has translated', async () => {
    const { text } = await explain('GAC, ABR', { locale: 'fr' });
    expect(text).toContain('GAC — Comité consultatif gouvernemental (Governmental Advisory Committee). Organe');
    expect(text).toContain('ABR — demande de budget supplémentaire* (Additional Budget Request). Demande');
    expect(text).toContain('* Traduit par ce projet');
  });

  test('says which texts are not there in the asker’s language', async () => {
    const { text } = await explain('HTTP and GAC', { locale: 'ar' });
    expect(text).toMatch(/^HTTP — .*Hypertext Transfer Protocol\P{L}*†/mu);
    expect(text).toMatch(/^† لا يوجد نص بهذه اللغة \(\P{L}?العربية\P{L}?\) بعد؛ يظهر بالإنجليزية\.$/mu);
    expect(text.match(/†/g)).toHaveLength(2);
    expect((await explain('HTTP and GAC')).text).not.toContain('†');
  });

  test('tells every sense of an ambiguous one', async () => {
    const { text } = await explain('the EC met');
    expect(text.match(/EC — /g)).toHaveLength(3);
  });

  test('says so when there is none', async () => {
    expect((await explain('it is so as ever, core ideas sip tea')).text).toContain('No acronym of the glossary');
    expect((await explain('')).text).toContain('No acronym of the glossary');
  });

  const many = 'PDP GNSO ALAC GAC ccNSO ASO SSAC RSSAC RALO ALS IGF NomCom gTLD ccTLD UDRP URS RAA RSEP IDN';

  test('of more than fit brings the rest on further buttons, which leave the first part as it is', async () => {
    const { bot, card, text } = await explain(many);
    expect(text).toContain('19 acronyms in this message:');
    const rest = buttonsOf(card).filter(({ target }) => target.to === 'acronym.more');
    expect(rest.length).toBeGreaterThan(0);
    const parts = await Promise.all(rest.map(({ label }) => bot.press('alice', card, label)));
    expect(parts.map(({ kind }) => kind)).toEqual(rest.map(() => 'say'));
    const told = [text, ...parts.map((part) => textOf(cardOf(part)))];
    for (const acronym of many.split(' ')) {
      expect([acronym, told.filter((one) => one.includes(`${acronym} — `)).length]).toEqual([acronym, 1]);
    }
  });

  const shipped = [...new Set(shippedGlossary.senses.map(({ acronym }) => acronym))].filter((one) =>
    /^[A-Z]{3,}$/.test(one),
  );

  test('brings every one of eighty', async () => {
    const eighty = shipped.slice(0, 80);
    const { bot, card, text } = await explain(eighty.join(' '));
    expect(text).toContain('80 acronyms in this message:');
    expect(text).not.toContain('Of the 80');
    const rest = buttonsOf(card).filter(({ target }) => target.to === 'acronym.more');
    const parts = await Promise.all(rest.map(({ label }) => bot.press('alice', card, label)));
    const told = [text, ...parts.map((part) => textOf(cardOf(part)))].join('\n');
    for (const acronym of eighty) expect(told).toMatch(new RegExp(`^${acronym}\\b`, 'm'));
  });

  test('of more than there are buttons for says how many of how many are told', async () => {
    const { bot, card, text } = await explain(shipped.join(' '));
    const rest = buttonsOf(card).filter(({ target }) => target.to === 'acronym.more');
    expect(rest).toHaveLength(20);
    const parts = await Promise.all(rest.map(({ label }) => bot.press('alice', card, label)));
    const all = [text, ...parts.map((part) => textOf(cardOf(part)))].join('\n');
    const told = shipped.filter((acronym) => new RegExp(`^${acronym}\\b`, 'm').test(all)).length;
    expect(told).toBeGreaterThan(100);
    expect(text).toContain(`Of the ${shipped.length} acronyms, the first ${told} are explained here`);
  });

  test('is shared in full', async () => {
    const { bot, card } = await explain('The GNSO');
    await bot.press('alice', card, 'Share');
    expect(textOf(bot.platform.messages[0]?.card ?? card)).toMatch(/GNSO — [\s\S]*Source: [\s\S]*Shared by @alice/);
  });
});

test('completion offers acronyms as they are typed', async () => {
  const bot = await harness();
  const incoming = {
    by: { platform: 'fake', space: 'S1', person: 'alice' },
    place: { platform: 'fake', space: 'S1', channel: 'general' },
  };
  const choices = await bot.core.suggest({ to: 'acronym.explain', args: { term: 'gn' }, ...incoming }, 'term');
  expect(choices[0]).toEqual({ value: 'GNSO', label: 'GNSO: Generic Names Supporting Organization' });
  expect(choices.length).toBeLessThanOrEqual(25);
});

test.each([
  ['fr', 'oig', 'IGO (OIG): organisations internationales gouvernementales'],
  ['ru', 'рдв', 'gTLD (рДВУ): '],
  ['zh', '政策制', '政策制定'],
  ['ar', 'السجل', 'السجل'],
])('completion in %s finds “%s”', async (platformLocale, term, label) => {
  const bot = await harness();
  const incoming = {
    by: { platform: 'fake', space: 'S1', person: 'alice' },
    place: { platform: 'fake', space: 'S1', channel: 'general' },
    platformLocale,
  };
  const choices = await bot.core.suggest({ to: 'acronym.explain', args: { term }, ...incoming }, 'term');
  expect(choices.map((choice) => choice.label).join('\n')).toContain(label);
});
