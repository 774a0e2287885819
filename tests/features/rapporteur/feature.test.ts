import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/core/call.js';
import { typedRoutes, usage } from '../../../src/core/typed.js';
import { features } from '../../../src/features/index.js';
import { cardOf, harness, textOf } from '../../support/harness.js';

describe('/rapporteur', () => {
  test.each([
    ['alice', ['anyone'], []],
    ['sam', ['anyone', 'staff'], ['For staff']],
    ['root', ['anyone', 'admin'], ['For administrators']],
  ])(
    'help tells %s of every command that is theirs, under its heading, and of no other',
    async (who, roles, headings) => {
      const bot = await harness({ staff: 'staff' });
      const text = textOf(cardOf(await bot.type(who, '/rapporteur')));
      const lines = text.split('\n');
      for (const typed of features.flatMap(typedRoutes))
        expect([usage(typed), lines.some((line) => line.startsWith(`${usage(typed)}: `))]).toEqual([
          usage(typed),
          roles.includes(typed.route.who ?? 'anyone'),
        ]);
      expect(lines.filter((line) => /^For (staff|administrators)$/.test(line))).toEqual(headings);
    },
  );

  test('words that no command takes are named, after the one that was meant, with those that it does', async () => {
    const bot = await harness();
    const said = async (line: string) => textOf(cardOf(await bot.type('alice', line)));
    expect(await said('/rapporteur statsu')).toContain(
      '“statsu” means nothing to /rapporteur. Did you mean /rapporteur status? It understands: help, ',
    );
    expect(await said('/rapporteur xyz')).toContain('“xyz” means nothing to /rapporteur. It understands: help, ');
  });

  test('what is for staff is named to staff alone, also where it was nearly typed', async () => {
    const bot = await harness({ staff: 'staff' });
    const said = async (who: string, line: string) => textOf(cardOf(await bot.type(who, line)));
    expect(await said('sam', '/comments improt')).toContain('Did you mean /comments import?');
    expect(await said('alice', '/comments improt')).not.toContain('import');
    expect(await said('alice', '/comments foo')).toMatch(/It understands: list, (?!.*extend)/);
    expect(await said('sam', '/comments foo')).toContain('extend');
    expect(await said('sam', '/rapporteur foo')).not.toContain('settings');
    expect(await said('root', '/rapporteur foo')).toContain('settings');
  });

  test('language changes how the bot speaks, and can follow the app again', async () => {
    const bot = await harness();
    await bot.type('alice', '/rapporteur language ar');
    expect(cardOf(await bot.type('alice', '/rapporteur')).locale).toBe('ar');
    const following = cardOf(await bot.type('alice', '/rapporteur language auto', { locale: 'pt' }));
    expect(following.locale).toBe('pt');
    expect(textOf(following)).toContain('A partir de agora sigo o idioma do seu aplicativo.');
    expect(cardOf(await bot.type('alice', '/rapporteur', { locale: 'pt' })).locale).toBe('pt');
  });

  test('language says how the language was found', async () => {
    const bot = await harness();
    const said = async (where = {}) => textOf(cardOf(await bot.type('alice', '/rapporteur language', where)));
    expect(await said()).toContain('Neither you, nor your app, nor this channel has told me a language');
    await bot.call('root', 'rapporteur.set', { language: 'es' });
    expect(await said()).toContain('este (Español) es el de este canal');
    expect(await said({ locale: 'pt-BR' })).toContain('este (Português) é o do seu aplicativo');
    expect(await said({ locale: 'de' })).toContain('este (Español) es el de este canal');
    await bot.type('alice', '/rapporteur language fr');
    expect(await said({ locale: 'pt-BR' })).toContain('Vous avez choisi : Français.');
  });

  test('to follow an app that says nothing is answered in the language of the channel, or in English', async () => {
    const bot = await harness();
    const auto = async () => cardOf(await bot.type('alice', '/rapporteur language auto'));
    await bot.type('alice', '/rapporteur language ar');
    expect(await auto()).toMatchObject({ locale: 'en' });
    await bot.call('root', 'rapporteur.set', { language: 'es' });
    await bot.type('alice', '/rapporteur language ar');
    expect(textOf(await auto())).toContain('este (Español) es el de este canal');
  });

  test('a language that is not one of the seven is refused by name', async () => {
    const bot = await harness();
    expect(textOf(cardOf(await bot.type('alice', '/rapporteur language Klingon')))).toContain('“Klingon”');
  });
});

describe('settings', () => {
  test('that are saved in a thread as they stand leave it with its channel', async () => {
    const bot = await harness({ staff: 'staff' });
    const { settings } = bot.bot;
    const space = { platform: 'fake', space: 'S1' };
    const [general, thread] = [
      { ...space, channel: 'general' },
      { ...space, channel: 'aside', parent: 'general' },
    ];
    const saved = (args: Record<string, string>) =>
      bot.core.answer({ to: 'rapporteur.set', args, by: { ...space, person: 'root' }, place: thread });
    const standing = async () => [await settings.channelLocale(thread), await settings.isMultilingual(thread)];
    await settings.setChannelLocale(general, 'fr');
    await settings.setMultilingual(general, true);
    await saved({ language: 'fr', multilingual: 'yes' });
    await settings.setChannelLocale(general, 'es');
    await settings.setMultilingual(general, false);
    expect(await standing()).toEqual(['es', false]);
    await saved({ language: 'ar', multilingual: 'yes' });
    await settings.setChannelLocale(general, 'en');
    expect(await standing()).toEqual(['ar', true]);
  });

  test('are for administrators', async () => {
    const bot = await harness();
    expect(textOf(cardOf(await bot.type('alice', '/rapporteur settings')))).toContain('administrators');
    expect((await bot.type('root', '/rapporteur settings')).kind).toBe('ask');
    expect(textOf(cardOf(await bot.call('alice', 'rapporteur.set', { staff: 'staff' })))).toContain('administrators');
  });

  test('make a channel multilingual, and keep its language and other channels as they are', async () => {
    const bot = await harness();
    const place = { platform: 'fake', space: 'S1', channel: 'general' };
    const asked = await bot.type('root', '/rapporteur settings');
    expect(JSON.stringify(asked)).toContain('"name":"multilingual"');
    const saved = await bot.call('root', 'rapporteur.set', { language: 'ar', multilingual: 'yes' }, { locale: 'en' });
    expect(textOf(cardOf(saved))).toContain('Channel with several languages: Yes');
    expect(await bot.bot.settings.isMultilingual(place)).toBe(true);
    expect(await bot.bot.settings.isMultilingual({ ...place, channel: 'staff' })).toBe(false);
    // A form of an older version does not have the field.
    await bot.call('root', 'rapporteur.set', { language: 'fr' });
    expect(await bot.bot.settings.isMultilingual(place)).toBe(true);
    expect(await bot.bot.settings.channelLocale(place)).toBe('fr');
    await bot.call('root', 'rapporteur.set', { language: 'fr', multilingual: 'no' });
    expect(await bot.bot.settings.isMultilingual(place)).toBe(false);
    await bot.call('alice', 'rapporteur.set', { language: 'fr', multilingual: 'yes' });
    expect(await bot.bot.settings.isMultilingual(place)).toBe(false);
  });

  test('a private staff channel makes its members staff', async () => {
    const bot = await harness();
    const saved = await bot.call('root', 'rapporteur.set', { staff: 'staff', language: 'en' });
    expect(textOf(cardOf(saved))).toContain('#staff');
    const by = { platform: 'fake', space: 'S1', person: 'sam' };
    expect(await bot.bot.is({ by }, 'staff')).toBe(true);
  });

  test('an empty field takes nobody’s rights: it says so, with a button that does', async () => {
    const bot = await harness();
    const by = { platform: 'fake', space: 'S1', person: 'sam' };
    await bot.call('root', 'rapporteur.set', { staff: 'staff', language: 'en' });
    const saved = cardOf(await bot.call('root', 'rapporteur.set', { staff: '', language: 'fr' }, { locale: 'en' }));
    expect(textOf(saved)).toContain('The field for the staff channel was empty; #staff stays the staff channel.');
    expect(await bot.bot.is({ by }, 'staff')).toBe(true);
    expect(textOf(cardOf(await bot.press('alice', saved, 'Have no staff channel', { locale: 'en' })))).toContain(
      'administrators',
    );
    const dropped = await bot.press('root', saved, 'Have no staff channel', { locale: 'en' });
    expect(textOf(cardOf(dropped))).toContain('nobody is staff until an administrator names one');
    expect(await bot.bot.settings.staffPlace(by)).toBeUndefined();
    const again = cardOf(await bot.call('root', 'rapporteur.set', { staff: '', language: 'fr' }, { locale: 'en' }));
    expect(textOf(again)).not.toContain('stays');
  });

  test('a public staff channel is refused with the reason, and what was chosen comes back', async () => {
    const bot = await harness();
    const answer = await bot.call('root', 'rapporteur.set', { staff: 'general', language: 'fr' });
    expect(answer).toMatchObject({ kind: 'again', wrong: { staff: expect.stringContaining('public') } });
    expect(JSON.stringify(answer)).toContain('"value":"general"');
    expect(await bot.bot.settings.staffPlace({ platform: 'fake', space: 'S1' })).toBeUndefined();
  });

  test('a channel that the bot cannot see asks for an invitation', async () => {
    const bot = await harness();
    const answer = await bot.call('root', 'rapporteur.set', { staff: 'hidden', language: 'en' });
    expect(answer).toMatchObject({ kind: 'again', wrong: { staff: expect.stringContaining('invite me') } });
  });

  test('a staff channel that the environment names is not to be chosen', async () => {
    const bot = await harness({ staff: 'staff' });
    const answer = await bot.type('root', '/rapporteur settings');
    const fields = [{ name: 'language' }, { name: 'multilingual' }, { name: 'reminderDays' }];
    expect(answer).toMatchObject({ kind: 'ask', form: { fields } });
  });

  test('say when channels are reminded that begin to follow', async () => {
    const bot = await harness({ staff: 'staff' });
    const daysIn = async (of: Promise<Answer>, name: string): Promise<string | undefined> => {
      const answer = await of;
      if (answer.kind !== 'ask') throw new Error(`no form: ${answer.kind}`);
      return answer.form.fields.find((field) => field.name === name)?.value;
    };
    expect(await daysIn(bot.type('root', '/rapporteur settings'), 'reminderDays')).toBe('opens,14,7,3,1,closes,own');
    const saved = await bot.call('root', 'rapporteur.set', { language: 'en', reminderDays: '28,10,closes' });
    expect(textOf(cardOf(saved))).toContain('Reminder days: 28 days before · 10 days before · on closing');
    expect(await daysIn(bot.type('root', '/rapporteur settings'), 'reminderDays')).toBe('28,10,closes');
    expect(await daysIn(bot.type('sam', '/comments follow'), 'days')).toBe('28,10,closes');
    // A form of an older version does not have the field.
    await bot.call('root', 'rapporteur.set', { language: 'en' });
    expect(await daysIn(bot.type('sam', '/comments follow'), 'days')).toBe('28,10,closes');
  });

  test('are refused without a day, in the words of what refuses it', async () => {
    const bot = await harness({ staff: 'staff' });
    const answer = await bot.call('root', 'rapporteur.set', { language: 'en', reminderDays: '' });
    expect(answer).toMatchObject({ kind: 'again', wrong: { reminderDays: expect.stringContaining('at least one') } });
  });
});

describe('status', () => {
  test('says what is missing, and the remedy', async () => {
    const bot = await harness();
    const text = textOf(cardOf(await bot.type('alice', '/rapporteur status')));
    expect(text).toContain('Store: works');
    expect(text).toContain('not named yet: an administrator names it with');
  });

  test.each([
    ['general', 'is public'],
    ['gone', 'is gone, or I was never invited'],
    ['staff', 'private, and I can post'],
  ])('the staff channel %s %s', async (staff, said) => {
    const bot = await harness({ staff });
    expect(textOf(cardOf(await bot.type('alice', '/rapporteur status')))).toContain(said);
  });

  test('a channel that a message could not reach is named, with the remedy', async () => {
    const bot = await harness();
    const hidden = { platform: 'fake', space: 'S1', channel: 'hidden' };
    await bot.bot.outbox.once('k', hidden, { locale: 'en', blocks: [] });
    const text = textOf(cardOf(await bot.type('alice', '/rapporteur status')));
    expect(text).toContain('A message for #hidden could not be delivered. I was not invited there.');
  });

  test('a store that is down and a platform that is gone are said in words', async () => {
    const bot = await harness();
    bot.store.break(true);
    bot.platform.isConnected = false;
    const text = textOf(cardOf(await bot.type('alice', '/rapporteur status')));
    expect(text).toContain('does not answer');
    expect(text).toContain('not connected at the moment');
  });
});

describe('privacy', () => {
  test('shows what is kept, and erases it after a confirmation', async () => {
    const bot = await harness();
    await bot.type('alice', '/rapporteur language fr');
    await bot.type('alice', '/rapporteur language en');
    const card = cardOf(await bot.type('alice', '/rapporteur privacy'));
    expect(textOf(card)).toContain('"language": "en"');
    const sure = cardOf(await bot.press('alice', card, 'Erase everything'));
    expect(bot.store.dump()).toContain('alice');
    await bot.press('alice', sure, 'Yes, erase');
    expect(bot.store.dump()).not.toContain('alice');
  });

  test('much is in the file alone, which has all of it', async () => {
    const bot = await harness();
    for (let i = 0; i < 10; i += 1) {
      await bot.bot.outbox.once(
        `told/${i}`,
        { platform: 'fake', space: 'S1', person: 'alice' },
        { locale: 'en', blocks: [] },
      );
    }
    const answer = await bot.type('alice', '/rapporteur privacy');
    expect(textOf(cardOf(answer))).toContain(
      'Everything that is kept of you, as it is stored, is in the file my-data.json.',
    );
    expect(textOf(cardOf(answer))).not.toContain('{');
    const [file] = answer.kind === 'say' ? (answer.files ?? []) : [];
    const kept = JSON.parse(new TextDecoder().decode(file?.body)) as { other: { messages: unknown[] } };
    expect(kept.other.messages).toHaveLength(10);
  });

  test('a look-up leaves nothing behind', async () => {
    const bot = await harness();
    await bot.type('alice', '/acronym PDP');
    expect(bot.store.dump()).not.toContain('alice');
  });
});
