// The real discord.js against a stand-in of Discord, with the features that ship.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { discordCommands } from '../../../adapters/discord/commands.js';
import { say } from '../../../src/core/call.js';
import { type Card, para } from '../../../src/core/card.js';
import type { Feature } from '../../../src/core/feature.js';
import { BadCredentials, Undeliverable } from '../../../src/core/platform.js';
import { refuse } from '../../../src/core/refusal.js';
import { coreWords } from '../../../src/core/words/index.js';
import { features as shipped } from '../../../src/features/index.js';
import { DiscordStandIn, ids } from '../../support/discord-stand-in.js';
import * as stage from './stage.js';
import { card, general, type Options, read } from './stage.js';

/** A feature with what the shipped ones do not show: slow answers, and a form that comes back. */
const slow: Feature = {
  name: 'slow',
  about: 'openForm',
  main: 'slow.say',
  words: coreWords as Feature['words'],
  privacy: { exports: async () => undefined, erases: async () => undefined },
  routes: {
    'slow.say': {
      typed: { about: 'openForm', options: [] },
      run: async (call) => {
        await sleep(2300);
        return say({ locale: call.locale, blocks: [para('at last')] });
      },
    },
    'slow.form': {
      typed: { about: 'openForm', options: [] },
      run: async () => {
        await sleep(2300);
        return { kind: 'ask', form: form('typed before') };
      },
    },
    'slow.send': {
      form: async (call) => form(call.args.line),
      run: async () => {
        throw refuse('missingOption', { option: 'SENSE' }, 'line');
      },
    },
    'slow.now': { typed: { about: 'openForm', options: [] }, run: async () => ({ kind: 'ask', form: form() }) },
  },
};

const form = (value = '') => ({
  locale: 'en' as const,
  title: 'A form with a title that is far longer than Discord takes',
  target: { to: 'slow.send', args: {} },
  fields: [{ name: 'line', label: 'Line', kind: 'line' as const, required: true, max: 100, value }],
});

const features = [...shipped, slow];

const scene = (options: Options = {}) => stage.scene({ features, ...options });

async function connected(options: Options = {}) {
  const all = await stage.connected({ features, ...options });
  expect(all.lines.filter((line) => line.startsWith('error'))).toEqual([]);
  expect(all.discord.faults).toEqual([]);
  return all;
}

describe('connecting', () => {
  test('asks for the intent Guilds alone', async () => {
    const { discord } = await connected();
    expect(discord.intents).toEqual([1]);
  });

  test('registers the commands once, and again only when they changed', async () => {
    const discord = await new DiscordStandIn().listen();
    stage.atEnd(() => discord.close());
    const { store } = await connected({ discord });
    expect(discord.commands.map(({ name }) => name)).toEqual(discordCommands(features).map(({ name }) => name));
    await connected({ discord, store });
    expect(discord.puts).toBe(1);
    expect(discord.faults).toEqual([]);
  });

  test('a refused token is a fault of DISCORD_TOKEN', async () => {
    const { platform, core } = await scene({ token: 'wrong' });
    await expect(platform.start(core)).rejects.toThrow(BadCredentials);
  });

  test('Discord being down at start holds nothing up, and it connects when Discord is back', async () => {
    const discord = await new DiscordStandIn().listen();
    stage.atEnd(() => discord.close());
    discord.failing.push({ path: /gateway/, status: 500, code: 0, times: 4 });
    const { platform, core } = await scene({ discord });
    await platform.start(core);
    for (let waited = 0; waited < 8000 && !platform.connected(); waited += 50) await sleep(50);
    expect(platform.connected()).toBe(true);
  });

  test('a dropped connection comes back by itself', async () => {
    const { discord, platform } = await connected();
    discord.drop(4000);
    for (let waited = 0; waited < 1000 && platform.connected(); waited += 1) await sleep(1);
    expect(platform.connected()).toBe(false);
    for (let waited = 0; waited < 10_000 && !platform.connected(); waited += 50) await sleep(50);
    expect(read(await discord.command('alice', 'acronym', { term: 'PDP' }))).toContain('Policy Development Process');
  });

  test('a token that is refused in the middle of work ends the program', async () => {
    const { discord, platform, dead } = await connected();
    discord.refusesToken = true;
    await expect(platform.post(general, card('x'))).rejects.toThrow();
    expect(dead).toEqual([expect.stringMatching(/^DISCORD_TOKEN: /)]);
  });

  test('a connection that Discord ends for good ends the program', async () => {
    const { discord, dead } = await connected();
    discord.drop(4014);
    for (let waited = 0; waited < 2000 && dead.length === 0; waited += 10) await sleep(10);
    expect(dead).toHaveLength(1);
  });
});

describe('commands', () => {
  test('/acronym PDP is answered to the asker alone, in one exchange', async () => {
    const { discord } = await connected();
    const exchange = await discord.command('alice', 'acronym', { term: 'PDP' });
    expect(exchange.type).toBe(4);
    expect(exchange.messages[0]?.flags).toBe(64 | 4);
    expect(read(exchange)).toContain('**PDP** — Policy Development Process');
    expect([discord.messages, discord.faults]).toEqual([[], []]);
  });

  test('Share posts it for all, once, however often it is pressed', async () => {
    const { discord } = await connected();
    const { messages } = await discord.command('alice', 'acronym', { term: 'PDP' });
    const [message] = messages;
    if (!message) throw new Error('no answer');
    const pressed = { ...message };
    await Promise.all([discord.press('alice', message, 'Share'), discord.press('alice', pressed, 'Share')]);
    expect(discord.messages).toHaveLength(1);
    expect(discord.messages[0]?.content).toContain(`Shared by <@${ids.alice}>`);
    expect(message.components).toEqual([]);
    expect(discord.faults).toEqual([]);
  });

  test('near misses are buttons that bring the answer beside what was found', async () => {
    const { discord } = await connected();
    const [message] = (await discord.command('alice', 'acronym', { term: 'GNOS' })).messages;
    if (!message) throw new Error('no answer');
    const label = message.components[0].components[0].label;
    const exchange = await discord.press('alice', message, label);
    expect(exchange.type).toBe(4);
    expect(read(exchange)).toContain('**GNSO** — ');
    expect(message.content).toContain('“GNOS” is not');
  });

  test('many terms go on in further private messages', async () => {
    const { discord } = await connected();
    const { messages } = await discord.command('alice', 'acronym', {
      term: 'EC CPE AC PDP GNSO ALAC GAC ccNSO ASO SSAC',
    });
    expect(messages.length).toBeGreaterThan(1);
    expect(messages.every(({ flags }) => (flags & 64) !== 0)).toBe(true);
    expect(discord.faults).toEqual([]);
  });

  test('terms complete as they are typed', async () => {
    const { discord } = await connected();
    const choices = await discord.typeahead('alice', 'acronym', 'term', 'gn');
    expect(choices[0]).toEqual({ value: 'GNSO', name: 'GNSO: Generic Names Supporting Organization' });
    const [next] = await discord.typeahead('alice', 'acronym', 'term', 'PDP, gn');
    expect(next).toEqual({ value: 'PDP, GNSO', name: 'PDP, GNSO: Generic Names Supporting Organization' });
  });

  test('the menu of a message explains its acronyms', async () => {
    const { discord } = await connected();
    expect(read(await discord.menu('alice', 'Explain acronyms', 'The GNSO starts a PDP'))).toContain('**GNSO** — ');
  });

  test('a member’s language is what their Discord says, until they choose', async () => {
    const { discord } = await connected();
    expect(read(await discord.command('alice', 'acronym', { term: 'GAC' }, { locale: 'es-419' }))).toContain(
      'Comité Asesor',
    );
    await discord.command('alice', 'rapporteur', { language: 'fr' }, { sub: 'language' });
    expect(read(await discord.command('alice', 'acronym', { term: 'GAC' }, { locale: 'es-419' }))).toContain(
      'Comité consultatif',
    );
  });

  test('a choice from a list is a call', async () => {
    const { discord } = await connected();
    const [message] = (await discord.command('alice', 'rapporteur', {}, { sub: 'language' })).messages;
    if (!message) throw new Error('no answer');
    await discord.choose('alice', message, 'fr');
    expect(message.content).toContain('Français');
  });

  test.each([
    ['nothing', ' '],
    ['emoji', '🙂🙂'],
    ['mentions', '<!channel> @everyone <@1>'],
    ['a masked link', '](http://evil)'],
    ['curly quotes', '“PDP”'],
    ['3,000 characters', 'x'.repeat(3000)],
    ['a heading', '# head'],
    ['Arabic', 'مرحبا'],
  ])('%s is answered and comes out inert', async (_, term) => {
    const { discord } = await connected();
    const exchange = await discord.command('alice', 'acronym', { term });
    const text = read(exchange);
    expect(text).not.toMatch(/@everyone|(?<!\\)<@1>|(?<!\\)\]\(http:\/\/evil/);
    expect(exchange.type).toBeGreaterThan(0);
    expect(discord.faults).toEqual([]);
  });
});

describe('forms and late answers', () => {
  test('an answer that takes longer than two seconds is deferred and comes all the same', async () => {
    const { discord } = await connected();
    const exchange = await discord.command('alice', 'slow', {}, { sub: 'say' });
    expect(exchange.type).toBe(5);
    await sleep(500);
    expect(read(exchange)).toBe('at last');
  });

  test('a form that comes too late for a modal waits behind a button, filled in', async () => {
    const { discord } = await connected();
    const exchange = await discord.command('alice', 'slow', {}, { sub: 'form' });
    await sleep(500);
    const [message] = exchange.messages;
    if (!message) throw new Error('no answer');
    const opened = await discord.press('alice', message, 'Open the form');
    expect([opened.type, opened.data.components[0].component.value]).toEqual([9, 'typed before']);
    expect((await discord.press('sam', message, 'Open the form')).type).toBe(4);
  });

  test('a form that is refused comes back with what was typed', async () => {
    const { discord } = await connected();
    const { data: modal } = await discord.command('alice', 'slow', {}, { sub: 'now' });
    const refused = await discord.submit('alice', modal, { line: 'my words' });
    expect(read(refused)).toBe('Line: Please add SENSE to the command.');
    const [message] = refused.messages;
    if (!message) throw new Error('no answer');
    const again = await discord.press('alice', message, 'Back to the form');
    expect(again.data.components[0].component.value).toBe('my words');
    expect(discord.faults).toEqual([]);
  });

  test('the same interaction coming twice is worked on once', async () => {
    const { discord } = await connected();
    const id = '888888888888888888';
    await Promise.all([
      discord.command('alice', 'acronym', { term: 'PDP' }, { id }),
      discord.command('alice', 'acronym', { term: 'PDP' }, { id }),
    ]);
    expect(discord.faults).toEqual([]);
  });

  test('an interaction that is void is logged, and nothing dies', async () => {
    const { discord, lines } = await connected();
    discord.failing.push({ path: /callback/, status: 404, code: 10062, times: 1 });
    await discord.command('alice', 'acronym', { term: 'PDP' });
    expect(lines.join('\n')).toContain('answered too late');
    expect(read(await discord.command('alice', 'acronym', { term: 'PDP' }))).toContain('Policy');
  });
});

describe('rights', () => {
  test('administrators are those who may manage the server', async () => {
    const { discord } = await connected();
    expect((await discord.command('root', 'rapporteur', {}, { sub: 'settings' })).type).toBe(9);
    expect(read(await discord.command('alice', 'rapporteur', {}, { sub: 'settings' }))).toContain('administrators');
  });

  test('staff are those who may view and write in the staff channel', async () => {
    const { bot } = await connected();
    const is = (person: string) => bot.is({ by: { platform: 'discord', space: ids.guild, person } }, 'staff');
    expect([await is(ids.sam), await is(ids.alice), await is(ids.root)]).toEqual([true, false, false]);
  });

  test('channels are told apart: private, public, unreachable', async () => {
    const { platform } = await connected();
    const state = (channel: string) => platform.channel({ platform: 'discord', space: ids.guild, channel });
    expect([
      await state(ids.staff),
      await state(ids.general),
      await state(ids.hidden),
      await state('1'.repeat(18)),
    ]).toEqual(['private', 'public', 'unreachable', 'unreachable']);
  });

  test('status says what the role lacks, in words', async () => {
    const { discord } = await connected();
    expect(read(await discord.command('alice', 'rapporteur', {}, { sub: 'status' }))).toContain(
      '**Discord:** connected',
    );
  });
});

describe('posting', () => {
  test('the same key within minutes is one message', async () => {
    const { discord, platform } = await connected();
    const [first, second] = [
      await platform.post(general, card('x'), 'key'),
      await platform.post(general, card('x'), 'key'),
    ];
    expect(second).toEqual(first);
    expect(discord.messages).toHaveLength(1);
    expect(discord.posts[0]).toMatchObject({ enforce_nonce: true, allowed_mentions: { parse: [] } });
  });

  test('a channel that the bot was not invited to, and closed direct messages, are undeliverable', async () => {
    const { discord, platform } = await connected();
    await expect(platform.post({ ...general, channel: ids.hidden }, card('x'))).rejects.toEqual(
      new Undeliverable('notInvited', '50001'),
    );
    discord.closedDirectMessages = true;
    const alice = { platform: 'discord', space: ids.guild, person: ids.alice };
    await expect(platform.post(alice, card('x'))).rejects.toEqual(new Undeliverable('closed', '50007'));
  });

  test('buttons of a direct message know which server they are about', async () => {
    const { discord, platform } = await connected();
    const buttons: Card = {
      locale: 'en',
      blocks: [{ kind: 'buttons', buttons: [{ label: 'Status', target: { to: 'rapporteur.status', args: {} } }] }],
    };
    await platform.post({ platform: 'discord', space: ids.guild, person: ids.alice }, buttons);
    const [message] = discord.messages;
    if (!message) throw new Error('nothing was posted');
    expect(read(await discord.press('alice', message, 'Status', { isPrivate: true }))).toContain('Staff channel');
  });

  test('a message is drawn anew; one that is gone is undeliverable', async () => {
    const { discord, platform } = await connected();
    const posted = await platform.post(general, card('old'));
    await platform.edit(posted, card('new'));
    expect(discord.messages[0]?.content).toBe('new');
    await expect(platform.edit({ ...posted, message: '1'.repeat(18) }, card('x'))).rejects.toEqual(
      new Undeliverable('gone', '10008'),
    );
  });
});

test('no line of the log holds a token or what somebody typed', async () => {
  const { discord, lines } = await connected();
  discord.failing.push({ path: /callback/, status: 500, code: 0, times: 9 });
  await discord.command('alice', 'acronym', { term: 'canary-words' });
  expect(lines.join('\n')).not.toMatch(/canary-words|discord-test-token|token-\d/);
});
