// What is posted and edited outside of interactions, and who may see what.
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { button, buttons, type Card, para, to } from '../../../src/core/card.js';
import { Undeliverable } from '../../../src/core/platform.js';
import { ids } from '../../support/discord-stand-in.js';
import { alice, card, connected, general, read } from './stage.js';

const withButton: Card = { locale: 'en', blocks: [para('x'), buttons(button('List', to('try.list')))] };

describe('a post', () => {
  test('whose answer was lost is there once, with a key and without', async () => {
    const { discord, platform } = await connected();
    discord.failing.push({ path: /messages/, status: 500, code: 0, times: 2, after: true });
    await platform.post(general, card('with'), 'key');
    await platform.post(general, card('without'));
    expect(discord.messages.map(({ content }) => content)).toEqual(['with', 'without']);
    expect(discord.posts.every(({ nonce }) => nonce.length <= 25)).toBe(true);
  });

  test('that says the same twice without a key is there twice', async () => {
    const { discord, platform } = await connected();
    await platform.post(general, card('x'));
    await platform.post(general, card('x'));
    expect(discord.messages).toHaveLength(2);
  });

  test('in several pages is tried again as a whole, and each page is there once', async () => {
    const { discord, platform } = await connected();
    const long = card(...Array.from({ length: 5 }, (_, at) => `${at}`.repeat(1500)));
    discord.failing.push({ path: /messages/, status: 403, code: 0, times: 0 });
    const first = await platform.post(general, long, 'long');
    const second = await platform.post(general, long, 'long');
    expect(second).toEqual(first);
    expect(discord.messages).toHaveLength(5);
    expect(first.message).toBe(discord.messages[0]?.id);
  });

  test.each([
    [403, 50001, 'notInvited'],
    [403, 50013, 'forbidden'],
    [404, 10003, 'gone'],
    [403, 50007, 'closed'],
    [403, 50278, 'closed'],
    [403, 160005, 'forbidden'],
    [400, 50035, 'tooLong'],
  ] as const)('refused with %i and %i is undeliverable: %s', async (status, code, obstacle) => {
    const { discord, platform } = await connected();
    discord.failing.push({ path: /messages/, status, code, times: 1 });
    await expect(platform.post(general, card('x'))).rejects.toEqual(new Undeliverable(obstacle, String(code)));
  });

  test('to something that is no channel is undeliverable without asking Discord', async () => {
    const { discord, platform } = await connected();
    const before = discord.requests.length;
    await expect(platform.post({ ...general, channel: 'CGENERAL' }, card('x'))).rejects.toBeInstanceOf(Undeliverable);
    expect(discord.requests).toHaveLength(before);
  });

  test('that fails for now is worth another try', async () => {
    const { discord, platform } = await connected();
    discord.failing.push({ path: /messages/, status: 503, code: 0, times: 4 });
    const error = await platform.post(general, card('x')).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(Undeliverable);
    expect(error).toMatchObject({ name: 'Unanswered', status: 503, mayHaveArrived: true });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(general.channel);
  });

  test('that fails on its second page has arrived in part', async () => {
    const { discord, platform } = await connected();
    const long = card(...Array.from({ length: 3 }, (_, at) => `${at}`.repeat(1500)));
    const posted = expect(platform.post(general, long, 'long')).rejects.toMatchObject({ mayHaveArrived: true });
    while (discord.messages.length === 0) await setImmediate();
    discord.failing.push({ path: /messages/, status: 403, code: 0, times: 1 });
    await posted;
  });

  test('that would wait too long for the rate limit says for how long', async () => {
    const { discord, platform } = await connected();
    discord.failing.push({ path: /messages/, status: 429, code: 0, times: 1, retryAfter: 40 });
    const error = await platform.post(general, card('x')).catch((caught: unknown) => caught);
    expect((error as { retryAfter: number }).retryAfter).toBeGreaterThanOrEqual(40);
  });

  test('that need wait only shortly waits', async () => {
    const { discord, platform } = await connected();
    discord.failing.push({ path: /messages/, status: 429, code: 0, times: 1 });
    await platform.post(general, card('x'));
    expect(discord.messages).toHaveLength(1);
  });

  test('to the same person opens the conversation once', async () => {
    const { discord, platform } = await connected();
    await platform.post(alice, card('one'));
    await platform.post(alice, card('two'));
    expect(discord.requests.filter((line) => line === 'POST /users/@me/channels')).toHaveLength(1);
  });
});

describe('an edit', () => {
  test('that has to wait is given back at once, since something newer may come', async () => {
    const { discord, platform } = await connected();
    const posted = await platform.post(general, card('old'));
    discord.failing.push({ path: /messages\/\d+/, status: 429, code: 30046, times: 1, retryAfter: 5 });
    const error = await platform.edit(posted, card('new')).catch((caught: unknown) => caught);
    expect((error as { retryAfter: number }).retryAfter).toBeGreaterThanOrEqual(5);
    expect(discord.messages[0]?.content).toBe('old');
  });

  test('of a direct message leaves its buttons knowing their server', async () => {
    const { discord, platform } = await connected();
    const posted = await platform.post(alice, card('x'));
    await platform.edit(posted, withButton);
    const [message] = discord.messages;
    if (!message) throw new Error('nothing was posted');
    expect(read(await discord.press('alice', message, 'List', { isPrivate: true }))).toBe('listed');
  });

  test('in a channel of the server leaves the whole custom_id to the target', async () => {
    const { discord, platform } = await connected();
    await platform.edit(await platform.post(general, card('x')), withButton);
    expect(discord.messages[0]?.components[0].components[0].custom_id).toBe('try.list');
  });
});

describe('rights', () => {
  const staff = { ...general, channel: ids.staff };
  const person = (id: string) => ({ ...alice, person: id });

  test('who has left is in no channel', async () => {
    const { discord, platform } = await connected();
    discord.absent.add('sam');
    expect(await platform.presence(staff, person(ids.sam))).toBe('absent');
  });

  test('who sees no channel any more has not left the server; who is no member of it has', async () => {
    const { discord, platform, bot } = await connected();
    expect(await platform.hasLeft(person(ids.alice))).toBe(false);
    discord.absent.add('sam');
    expect(await platform.hasLeft(person(ids.sam))).toBe(true);
    discord.failing.push({ path: /\/members\//, status: 500, code: 0, times: 99 });
    expect(await bot.hasLeft(person(ids.root))).toBeUndefined();
  });

  test('a member of another server is in no channel of this one', async () => {
    const { platform } = await connected();
    expect(await platform.presence(staff, { ...person(ids.sam), space: ids.general })).toBe('absent');
  });

  test.each([
    ['alice', 'Alice A.'],
    ['sam', 'Sam (staff)'],
    ['root', 'root'],
  ] as const)('%s is called %s, and nobody knows their zone', async (who, name) => {
    const { platform } = await connected();
    expect(await platform.profile(person(ids[who]))).toEqual({ name });
  });

  test('who has left is called by their id', async () => {
    const { discord, bot } = await connected();
    discord.absent.add('sam');
    expect(await bot.profile(person(ids.sam))).toEqual({ name: ids.sam });
  });

  test('Discord being away is no answer, and means no', async () => {
    const { discord, platform, bot } = await connected();
    discord.failing.push({ path: /members/, status: 500, code: 0, times: 99 });
    await expect(platform.presence(staff, person(ids.sam))).rejects.toThrow();
    expect(await bot.is({ by: person(ids.sam) }, 'staff')).toBe(false);
  });

  describe('in a thread', () => {
    const aside = { ...general, channel: ids.aside };
    const thread = { ...general, channel: ids.thread };

    test('that is private are those who were added, and who manages threads; nobody else of its channel', async () => {
      const { discord, platform } = await connected();
      expect(await platform.presence(aside, person(ids.sam))).toBe('member');
      expect(await platform.presence(aside, alice)).toBe('absent');
      expect(await platform.presence(aside, person(ids.root))).toBe('member');
      discord.aside.delete('sam');
      expect(await platform.presence(aside, person(ids.sam))).toBe('absent');
      expect(await platform.channel(aside)).toBe('private');
    });

    test('people are answered in the language of its channel, unless another was chosen for it', async () => {
      const { discord, bot } = await connected();
      // The app is in a language that is none of ours.
      const where = { sub: 'refuse', channel: ids.aside, locale: 'tlh' } as const;
      const said = async () => JSON.stringify(await discord.command('sam', 'try', { line: 'short' }, where));
      expect(await said()).toContain('is too short');
      await bot.settings.setChannelLocale(general, 'fr');
      expect(await said()).toContain('est trop court');
      await bot.settings.setChannelLocale(aside, 'en');
      expect(await said()).toContain('is too short');
    });

    test('is whoever may write in threads, whether or not in the channel itself', async () => {
      const { platform } = await connected();
      expect(await platform.presence(thread, alice)).toBe('member');
      expect(await platform.channel(thread)).toBe('public');
      expect(await platform.presence({ ...general, channel: ids.forum }, alice)).toBe('absent');
    });

    test('nobody is while Discord is away, and what it says is remembered', async () => {
      const { discord, bot } = await connected();
      const asked = (): number => discord.requests.filter((line) => line.includes('thread-members')).length;
      discord.failing.push({ path: /thread-members/, status: 500, code: 0, times: 99 });
      expect(await bot.presence(aside, person(ids.sam))).toBe('absent');
      discord.failing.length = 0;
      const before = asked();
      expect(await bot.presence(aside, person(ids.sam))).toBe('member');
      expect(await bot.presence(aside, person(ids.sam))).toBe('member');
      expect(asked()).toBe(before + 1);
    });
  });

  test('a channel that Discord cannot be asked about now is not called gone', async () => {
    const { discord, platform } = await connected();
    discord.failing.push({ path: /^\/channels\/1+$/, status: 500, code: 0, times: 99 });
    await expect(platform.channel({ ...general, channel: '1'.repeat(18) })).rejects.toThrow();
  });

  test('what is no id is unreachable', async () => {
    const { platform } = await connected();
    expect(await platform.channel({ ...general, channel: '../users' })).toBe('unreachable');
  });
});
