import { describe, expect, test } from 'vitest';
import { again, ask, say } from '../../src/core/call.js';
import { type Form, para } from '../../src/core/card.js';
import type { Feature, Route } from '../../src/core/feature.js';
import { refuse } from '../../src/core/refusal.js';
import { coreWords } from '../../src/core/words/index.js';
import { cardOf, harness, textOf } from '../support/harness.js';

const form = (value = ''): Form => ({
  locale: 'en',
  title: 'Sample',
  target: { to: 'sample.send', args: {} },
  fields: [{ name: 'line', label: 'Line', kind: 'line', required: true, value }],
});

/** A feature with one route of every kind. */
function sample(routes: Readonly<Record<string, Route>> = {}): Feature {
  return {
    name: 'sample',
    about: 'fault',
    main: 'sample.echo',
    words: coreWords as Feature['words'],
    privacy: { exports: async () => undefined, erases: async () => undefined },
    routes: {
      'sample.echo': {
        typed: { about: 'fault', options: [{ name: 'line', about: 'fault', required: true, rest: true }] },
        run: async (call) => say({ locale: call.locale, blocks: [para(call.args.line ?? '')] }),
      },
      'sample.open': { run: async () => ask(form()) },
      'sample.send': {
        form: async (call) => form(call.args.line),
        run: async () => {
          throw refuse('missingOption', { option: 'MORE' }, 'line');
        },
      },
      'sample.staff': { who: 'staff', run: async (call) => say({ locale: call.locale, blocks: [para('secret')] }) },
      'sample.admin': { who: 'admin', run: async (call) => say({ locale: call.locale, blocks: [para('admin')] }) },
      'sample.broken': {
        run: async () => {
          throw new Error('the text of a member and xoxb-secret');
        },
      },
      ...routes,
    },
  };
}

const start = (routes?: Readonly<Record<string, Route>>, staff = 'staff') =>
  harness({ features: [sample(routes)], staff });

describe('dispatch', () => {
  test('a call goes to its route and comes back as its answer', async () => {
    const bot = await start();
    expect(textOf(cardOf(await bot.type('alice', '/sample hello')))).toBe('hello');
  });

  test('a button of a route that is no more is answered politely', async () => {
    const bot = await start();
    expect(textOf(cardOf(await bot.call('alice', 'sample.gone')))).toContain('older version');
  });

  test('a required option that is missing is named', async () => {
    const bot = await start();
    expect(textOf(cardOf(await bot.type('alice', '/sample')))).toBe('Please add LINE to the command.');
  });

  test('a required option that is missing opens the form where the route has one', async () => {
    const route: Route = {
      typed: { about: 'fault', options: [{ name: 'line', about: 'fault', required: true }] },
      form: async () => form(),
      run: async () => ({ kind: 'nothing' }),
    };
    const bot = await start({ 'sample.echo': route });
    expect(await bot.type('alice', '/sample')).toEqual(ask(form()));
  });

  test('a fault is logged once, under the reference that the member reads, without what was typed', async () => {
    const bot = await start();
    const told = textOf(cardOf(await bot.call('alice', 'sample.broken', { line: 'my typed text' })));
    const [line, ...more] = bot.logged;
    expect(more).toEqual([]);
    expect(line?.level).toBe('error');
    expect(told).toContain(String(line?.data.reference));
    expect(JSON.stringify(line)).not.toMatch(/my typed text|the text of a member|xoxb|alice/);
  });

  test('a refusal of a submitted form brings the form back with what was typed', async () => {
    const bot = await start();
    const answer = await bot.call('alice', 'sample.send', { line: 'kept' });
    expect(answer).toEqual(again(form('kept'), { line: 'Please add MORE to the command.' }));
  });

  test('a fault in a submitted form brings the form back as well', async () => {
    const route: Route = {
      form: async (call) => form(call.args.line),
      run: () => Promise.reject(new Error('broken')),
    };
    const bot = await start({ 'sample.send': route });
    const answer = await bot.call('alice', 'sample.send', { line: 'kept' });
    expect(answer).toMatchObject({ kind: 'again', form: form('kept') });
  });

  test('a store that is down is told as not recorded, never as done', async () => {
    const route: Route = {
      run: async (call, bot) => {
        await bot.settings.setMemberLocale(call.by, 'fr');
        return say({ locale: 'en', blocks: [para('done')] });
      },
    };
    const bot = await start({ 'sample.save': route });
    bot.store.break(true);
    expect(textOf(cardOf(await bot.call('alice', 'sample.save')))).toContain('not recorded');
  });

  test('NUL and lone surrogates are dropped on arrival', async () => {
    const bot = await start();
    expect(textOf(cardOf(await bot.call('alice', 'sample.echo', { line: 'a\0b\ud800c' })))).toBe('abc');
  });
});

describe('roles', () => {
  test('staff are the members of the staff channel, and nobody else', async () => {
    const bot = await start();
    expect(textOf(cardOf(await bot.call('sam', 'sample.staff')))).toBe('secret');
    expect(textOf(cardOf(await bot.call('alice', 'sample.staff')))).toContain('for staff');
    expect(textOf(cardOf(await bot.call('root', 'sample.staff')))).toContain('for staff');
  });

  test('nobody is staff while the staff channel is public', async () => {
    const bot = await start({}, 'general');
    expect(textOf(cardOf(await bot.call('sam', 'sample.staff')))).toContain('for staff');
  });

  test('a right that was taken away lives for a minute at most', async () => {
    const bot = await start();
    await bot.call('sam', 'sample.staff');
    bot.platform.channels.get('staff')?.members.delete('sam');
    await bot.sleepUntil('2026-03-01T12:01:01Z');
    expect(textOf(cardOf(await bot.call('sam', 'sample.staff')))).toContain('for staff');
  });

  test('a platform that cannot be asked means no', async () => {
    const bot = await start();
    bot.platform.isAdmin = async () => {
      throw new Error('platform is down');
    };
    expect(textOf(cardOf(await bot.call('root', 'sample.admin')))).toContain('administrators');
  });

  test('those who may not send a form are not shown it', async () => {
    const route: Route = { who: 'staff', form: async () => form('secret'), run: async () => ({ kind: 'nothing' }) };
    const bot = await start({ 'sample.send': route });
    expect((await bot.call('alice', 'sample.send')).kind).toBe('say');
  });
});

describe('the language of an answer', () => {
  const speak = { 'sample.speak': { run: async (call) => say({ locale: call.locale, blocks: [] }) } satisfies Route };

  test('is what the member chose, else what the platform says, else the channel’s, else English', async () => {
    const bot = await start(speak);
    const spoken = async (where = {}) => cardOf(await bot.call('alice', 'sample.speak', {}, where)).locale;
    expect(await spoken()).toBe('en');
    await bot.bot.settings.setChannelLocale({ platform: 'fake', space: 'S1', channel: 'general' }, 'es');
    expect(await spoken()).toBe('es');
    expect(await spoken({ locale: 'pt-BR' })).toBe('pt');
    expect(await spoken({ locale: 'de' })).toBe('es');
    await bot.bot.settings.setMemberLocale({ platform: 'fake', space: 'S1', person: 'alice' }, 'ar');
    expect(await spoken({ locale: 'pt-BR' })).toBe('ar');
  });
});

describe('a form that is kept', () => {
  test('opens again for its owner, filled in', async () => {
    const bot = await start();
    const owner = { platform: 'fake', space: 'S1', person: 'alice' };
    const target = await bot.core.shelve(form('kept'), owner);
    expect(await bot.call('alice', target.to, target.args)).toEqual(ask(form('kept')));
  });

  test('opens for nobody else, and not after an hour', async () => {
    const bot = await start();
    const owner = { platform: 'fake', space: 'S1', person: 'alice' };
    const target = await bot.core.shelve(form('kept'), owner);
    expect((await bot.call('bob', target.to, target.args)).kind).toBe('say');
    await bot.sleepUntil('2026-03-01T13:00:30Z');
    expect((await bot.call('alice', target.to, target.args)).kind).toBe('say');
    expect(bot.store.dump()).not.toContain('kept');
  });
});
